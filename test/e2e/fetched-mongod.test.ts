// Fetching a mongod from MongoDB's download site, with a site of our own in its place.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { fetchMongodFromDownload } from '../../src/adapters/mongo/embedded/mongod-from-download.ts';

let folder = '';
let cacheDir = '';
let site: Server;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-fetched-'));
  cacheDir = join(folder, 'cache');
});

afterEach(() => {
  delete process.env['MONGOMS_DOWNLOAD_MIRROR'];
  delete process.env['MONGOMS_USE_HTTP'];
  site.closeAllConnections();
  site.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openSite(answer: RequestListener): Promise<void> {
  site = createServer(answer);
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const address = site.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.env['MONGOMS_DOWNLOAD_MIRROR'] = `http://127.0.0.1:${String(port)}`;
  process.env['MONGOMS_USE_HTTP'] = 'true';
}

function archive(): Buffer {
  mkdirSync(join(folder, 'mongodb', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'mongodb', 'bin', 'mongod'), '#!/bin/sh\necho "db version v7.0.14"\n', { mode: 0o755 });
  execFileSync('tar', ['czf', join(folder, 'archive.tgz'), '-C', folder, 'mongodb']);
  return readFileSync(join(folder, 'archive.tgz'));
}

function serving(content: Buffer, checksum: string): RequestListener {
  return (request, response) => {
    const body = request.url?.endsWith('.md5') === true ? Buffer.from(`${checksum}  archive\n`) : content;
    response.writeHead(200, { 'content-length': body.length }).end(body);
  };
}

test('keeps the program under its version in the cache, and nothing else', async () => {
  const content = archive();
  await openSite(serving(content, createHash('md5').update(content).digest('hex')));
  const place = join(cacheDir, '7.0.14', 'mongod');
  expect(await fetchMongodFromDownload(cacheDir)).toEqual({ path: place, version: '7.0.14' });
  expect(readdirSync(cacheDir)).toEqual(['7.0.14']);
});

test('refuses an archive whose checksum is another, and keeps nothing', async () => {
  await openSite(serving(archive(), '0'.repeat(32)));
  expect(await fetchMongodFromDownload(cacheDir)).toContain('MD5 check failed');
  expect(readdirSync(cacheDir)).toEqual([]);
});

test('gives up after five seconds when nobody answers', async () => {
  await openSite(() => undefined);
  expect(await fetchMongodFromDownload(cacheDir)).toBe('no answer within 5 s');
  expect(readdirSync(cacheDir)).toEqual([]);
});
