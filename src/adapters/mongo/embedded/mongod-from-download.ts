// Fetches mongod from MongoDB's download site with mongodb-memory-server-core, which knows the archive for each system.
// It runs in a process of its own: it prints progress on stdout, which is ours for the `ready` line; it has to be made to
// verify certificates and checksums; and a download that does not begin within seconds has to be ended for good.

import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

import { keepMongod, withScratchFolder } from './mongod-cache.ts';
import { type MongodProbe, probeMongod } from './mongod-probe.ts';

const VERSION = '7.0.14';
const BEGIN_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 600_000;
const POLL_MS = 50;
const DOWNLOAD = [
  'Object.assign(process.env, { npm_config_strict_ssl: "true", MONGOMS_MAX_RETRIES: "1" });',
  'const [module, version, downloadDir] = process.argv.slice(1);',
  'const { MongoBinary } = (await import(module)).default;',
  'const options = { version, downloadDir, checkMD5: true, systemBinary: "" };',
  'try { process.stderr.write("path=" + (await MongoBinary.getPath(options))); }',
  'catch (error) { process.stderr.write("error=" + error.message.replace(/\\s+/g, " ").trim()); process.exit(1); }',
].join('\n');

/** Downloads a mongod and keeps it in the cache, or says in one sentence why that cannot be. */
export async function fetchMongodFromDownload(cacheDir: string): Promise<MongodProbe> {
  const module = memoryServerModule();
  if (module === undefined) return 'not tried, the optional package mongodb-memory-server-core is not installed';
  return withScratchFolder(cacheDir, async (folder) => {
    const answer = await downloadInto(folder, module);
    const path = /^path=(.+)$/m.exec(answer)?.[1];
    if (path === undefined) return answer.replace(/^[^]*error=/, '');
    const found = await probeMongod(path);
    if (typeof found === 'string') return found;
    return { ...found, path: await keepMongod(cacheDir, found.version, path) };
  });
}

function memoryServerModule(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('mongodb-memory-server-core');
  } catch {
    return undefined;
  }
}

async function downloadInto(folder: string, module: string): Promise<string> {
  const args = ['--input-type=module', '-e', DOWNLOAD, module, VERSION, folder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ended = new Promise<string>((resolve) => {
    child.once('close', () => {
      resolve(said);
    });
  });
  const limits = new AbortController();
  const late = tooLate(folder, child, limits.signal);
  const answer = await Promise.race([ended, late]);
  limits.abort();
  return answer;
}

// The archive's file appears with the first byte of the answer; until then nobody has answered.
async function tooLate(folder: string, child: ChildProcess, signal: AbortSignal): Promise<string> {
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  while (!signal.aborted && elapsed() < DOWNLOAD_TIMEOUT_MS) {
    if (elapsed() > BEGIN_TIMEOUT_MS && !hasBegun(folder)) {
      child.kill('SIGKILL');
      return `error=no answer within ${String(BEGIN_TIMEOUT_MS / 1000)} s`;
    }
    await sleep(POLL_MS);
  }
  child.kill('SIGKILL');
  return `error=not finished after ${String(DOWNLOAD_TIMEOUT_MS / 1000)} s`;
}

function hasBegun(folder: string): boolean {
  return readdirSync(folder).some((name) => /\.(downloading|tgz|zip)$/.test(name));
}
