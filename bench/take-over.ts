// How long until a stand-by makes changes after the owner was killed or asked to end: two servers on one MongoDB, the owner
// ended round by round. `--busy n` adds n processes that do nothing but compute, for a machine that has other work.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { startEmbeddedMongod } from '../src/adapters/mongo/embedded/embedded-mongod.ts';
import { distributionOf } from './statistics.ts';

const root = join(import.meta.dirname, '..');
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const PROBE_MS = 20;
const PATIENCE_MS = 30_000;
const DEFINITION = 'id: probe\nsteps: [{ id: only, noop: true }]';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '8' }, busy: { type: 'string', default: '0' } },
});
const folder = await mkdtemp(join(tmpdir(), 'downbeat-take-over-'));
const started = new Set<ChildProcess>();
let count = 0;

/** A server on the database that all share. */
interface Contender {
  readonly process: ChildProcess;
  readonly url: string;
}

async function startServer(mongodbUri: string): Promise<Contender> {
  const { PATH, HOME } = process.env;
  count++;
  const dataDir = join(folder, `server-${String(count)}`);
  const child = spawn(process.execPath, [join(root, 'dist', 'downbeat.js'), 'serve'], {
    cwd: folder,
    env: { PATH, HOME, PORT: '0', MONGODB_URI: mongodbUri, DOWNBEAT_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.add(child);
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => {
      reject(new Error('The server ended before it was ready.'));
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const address = /^ready (\S+)$/m.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  return { process: child, url };
}

/** Sends one operation; answers its errors of both kinds, or undefined if there is no answer. */
async function errorsOf(url: string, query: string): Promise<number | undefined> {
  try {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return ((await response.json()) as { readonly errors?: readonly unknown[] }).errors?.length ?? 0;
  } catch {
    return undefined;
  }
}

async function untilItMakesChanges(url: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  const start = 'mutation { startRun(input: { workflowId: "probe" }) { errors { message } } }';
  while ((await errorsOf(url, start)) !== 0) {
    if (performance.now() > deadline) throw new Error('The stand-by did not take over.');
    await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
  }
}

async function measure(mongodbUri: string, signal: 'SIGKILL' | 'SIGTERM', rounds: number): Promise<readonly number[]> {
  const took: number[] = [];
  let owner = await startServer(mongodbUri);
  const apply = `mutation { applyWorkflow(input: { source: ${JSON.stringify(DEFINITION)} }) { errors { message } } }`;
  await errorsOf(owner.url, apply);
  for (let round = 0; round < rounds; round++) {
    const standby = await startServer(mongodbUri);
    await untilItMakesChanges(owner.url);
    // Beats are a second apart: the end may come at any moment between two.
    await new Promise((resolve) => setTimeout(resolve, 1_000 * ((round + 0.5) / rounds)));
    const ended = new Promise((resolve) => owner.process.once('exit', resolve));
    const since = performance.now();
    owner.process.kill(signal);
    await untilItMakesChanges(standby.url);
    took.push(performance.now() - since);
    await ended;
    owner = standby;
  }
  const ended = new Promise((resolve) => owner.process.once('exit', resolve));
  owner.process.kill('SIGTERM');
  await ended;
  return took;
}

async function load(): Promise<string> {
  return (await readFile('/proc/loadavg', 'utf8').catch(() => 'unknown')).split(' ').slice(0, 3).join(' ');
}

await promisify(execFile)(process.execPath, [join(root, 'scripts', 'build.mjs'), '--no-web'], { cwd: root });
const mongod = await startEmbeddedMongod({
  dataDir: join(folder, 'mongo'),
  log: silent,
  offline: false,
  cacheDir: join(homedir(), '.cache', 'downbeat'),
});
try {
  for (let each = 0; each < Number(values.busy); each++) {
    started.add(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
  }
  const uri = new URL(mongod.uri);
  uri.pathname = '/take-over';
  process.stdout.write(`load before: ${await load()}\n`);
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    const took = await measure(uri.href, signal, Number(values.rounds));
    const { count: n, min, median, max } = distributionOf(took);
    const figures = [min, median, max].map((figure) => (figure / 1_000).toFixed(2)).join(' / ');
    process.stdout.write(`${signal}: n = ${String(n)}, min / median / max ${figures} s\n`);
    process.stdout.write(`  ${took.map((figure) => (figure / 1_000).toFixed(2)).join(' ')}\n`);
  }
  process.stdout.write(`load after: ${await load()}\n`);
} finally {
  for (const child of started) child.kill('SIGKILL');
  await mongod.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}
