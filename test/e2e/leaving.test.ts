// How a command ends: soon, whatever hangs, and not before everything that it said has been read.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildServer } from '../../scripts/build.mjs';

const program = join(import.meta.dirname, '../../dist/downbeat.js');
let folder = '';

beforeAll(async () => {
  await buildServer();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-leaving-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('Ctrl-C ends a command at once while a server that took the request says nothing', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
  const asked = once(silent, 'connection');
  const child = spawn(process.execPath, [program, 'runs', '--url', url], {
    cwd: folder,
    stdio: 'ignore',
    timeout: 50_000,
  });
  const ended = once(child, 'exit');
  await asked;

  const began = performance.now();
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  expect(performance.now() - began).toBeLessThan(5_000);
  silent.close();
});

test('everything that was said arrives, however slowly it is read', async () => {
  const ids = Array.from({ length: 3_000 }, (_, index) => `workflow-${String(index)}`);
  const definitions = ids.map((id) => `id: ${id}\nsteps: [{ id: a, noop: true }]\n`);
  writeFileSync(join(folder, 'many.yaml'), definitions.join('---\n'));
  const child = spawn(process.execPath, [program, 'validate', 'many.yaml'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 50_000,
  });
  const ended = once(child, 'close');
  child.stdout.pause();
  // More is said than a pipe holds, so that the command has to wait for its reader.
  await pause(1_000);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdout.resume();

  expect((await ended)[0]).toBe(0);
  expect(said.trimEnd().split('\n')).toEqual(ids.map((id) => `✓ ${id} in many.yaml is fine`));
});
