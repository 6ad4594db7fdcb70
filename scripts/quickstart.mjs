// The demo: serves, applies examples/penguins, publishes `measurements.ready`, and shows the two runs that follow, live.
// It uses the commands that a user has; `--once` ends with the demo, 0 when both runs have succeeded.

import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist', 'downbeat.js');
const dataDir = process.env.DOWNBEAT_DATA_DIR || join(root, '.downbeat');
const logFile = join(dataDir, 'quickstart.log');
const isOnce = process.argv.includes('--once');
const start = { workflow: 'penguins', signal: 'measurements.ready', params: ['-p', 'rows=344', '-p', 'island=all'] };
const next = { workflow: 'model-card', signal: 'model.ready' };
const NEW_RUN_MS = 30_000;

const server = await serve();
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(130));

try {
  const hasSucceeded = await demo();
  if (isOnce) await stop(hasSucceeded ? 0 : 1);
  else
    console.log(
      `\nThe page: ${server.url}\nServing on. Ctrl-C stops it; "npx downbeat --help" has the commands for a second terminal.`,
    );
} catch (error) {
  if (!isStopping) {
    console.error(`The demo did not get through: ${error.message}\nThe server's log is ${logFile}.`);
    await stop(1);
  }
}

async function demo() {
  heading('Teaching it two workflows');
  await downbeat('apply', join('examples', 'penguins', 'penguins.downbeat.yaml'));
  const before = { [start.workflow]: await newestRun(start.workflow), [next.workflow]: await newestRun(next.workflow) };

  heading(`Saying that new measurements are here: the signal ${start.signal}`);
  await downbeat('publish', start.signal, ...start.params);

  const first = await newRun(start.workflow, before);
  heading(`It starts ${first.id} by itself`);
  if (!(await watch(first))) return false;

  const second = await newRun(next.workflow, before);
  heading(`Its last step said ${next.signal}, and that starts ${second.id}`);
  const hasSucceeded = await watch(second);

  heading('And by itself');
  await tellNextFire(start.workflow);
  return hasSucceeded;
}

async function tellNextFire(workflow) {
  const query = 'query ($workflow: ID!) { workflow(id: $workflow) { triggers { text nextFire } } }';
  const { triggers } = (await ask(query, { workflow })).workflow;
  for (const { text, nextFire } of triggers) {
    if (nextFire !== null)
      console.log(`${workflow} also starts ${text}: next at ${nextFire.slice(0, 16).replace('T', ' ')} UTC.`);
  }
}

async function serve() {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = process.env.PORT || ((await isFree(4000)) ? '4000' : '0');
  const child = spawn(process.execPath, [program, 'serve'], {
    cwd: root,
    env: { ...process.env, PORT: port, DOWNBEAT_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.pipe(createWriteStream(logFile));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const ready = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = /^ready (http\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  const url = await Promise.race([ready, ended.then(() => undefined)]);
  if (url === undefined) {
    console.error('The server did not start. It said:\n' + readFileSync(logFile, 'utf8').trimEnd());
    process.exit(1);
  }
  void ended.then((code) => {
    if (isStopping) return;
    console.error(`The server has ended with code ${code}. Its log is ${logFile}.`);
    process.exit(1);
  });
  return { child, ended, url };
}

async function stop(code) {
  isStopping = true;
  server.child.kill('SIGTERM');
  await server.ended;
  process.exit(code);
}

async function downbeat(...args) {
  const code = await run(args);
  if (code !== 0) throw new Error(`"downbeat ${args.join(' ')}" ended with code ${code}.`);
}

async function watch({ id }) {
  return (await run(['watch', id])) === 0;
}

function run(args) {
  console.log(`$ npx downbeat ${args.join(' ')}`);
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    env: { ...process.env, DOWNBEAT_URL: server.url },
    stdio: 'inherit',
  });
  return new Promise((resolve) => child.on('close', resolve));
}

async function newRun(workflow, before) {
  const deadline = performance.now() + NEW_RUN_MS;
  while (performance.now() < deadline) {
    const newest = await newestRun(workflow);
    if (newest.number > before[workflow].number) return newest;
    await sleep(100);
  }
  throw new Error(`no new run of ${workflow} within ${NEW_RUN_MS / 1000} s.`);
}

async function newestRun(workflow) {
  const query = 'query ($workflow: ID!) { runs(first: 1, filter: { workflowId: $workflow }) { nodes { id number } } }';
  return (await ask(query, { workflow })).runs.nodes[0] ?? { number: 0 };
}

async function ask(query, variables) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors !== undefined) throw new Error(errors[0].message);
  return data;
}

function heading(text) {
  console.log(`\n── ${text}`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
