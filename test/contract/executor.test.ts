// The local executor keeps the contract for each of its kinds of program.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { createLocalExecutor } from '../../src/executors/local.ts';
import { type FileReference } from '../../src/core/definition/model.ts';
import { type Executor, type ExecutorWork } from '../../src/ports/executor.ts';
import { anyExecutorContract } from './any-executor.ts';
import { executorContract, type ContractPrograms, type ExecutorSubject } from './executor.ts';
import { notebookText, prepareNotebooks } from '../support/notebooks.ts';
import { startWebServer } from '../support/web-server.ts';
import { type HttpExchange } from '../../src/core/run/http-exchange.ts';

async function localSubject(programs: ContractPrograms): Promise<ExecutorSubject> {
  const workRoot = await mkdtemp(join(tmpdir(), 'downbeat-contract-'));
  const blobs = createMemoryBlobs();
  const executor = createLocalExecutor({
    blobs,
    workRoot,
    serverUrl: () => 'http://127.0.0.1:4000',
    environment: process.env,
    secrets: createMemorySecrets(),
    now: () => 1_000,
  });
  const dispose = async (): Promise<void> => {
    const [home] = await readdir(workRoot);
    expect(await readdir(join(workRoot, home ?? ''))).toEqual([]);
    await rm(workRoot, { recursive: true });
  };
  return { executor, blobs, programs, dispose };
}

/** The contract of programs, and that of all executors. */
function programContract(name: string, make: () => Promise<ExecutorSubject>): void {
  executorContract(name, make);
  anyExecutorContract(name, async () => {
    const subject = await make();
    const { executor, programs, keeps = [] } = subject;
    const { quiet, waiting } = programs;
    return { executor, quiet, waiting, keeps, spec: { outputs: [] }, dispose: () => subject.dispose() };
  });
}

function shell(script: string): ExecutorWork {
  return { kind: 'shell', script };
}

function python(code: string): ExecutorWork {
  return { kind: 'python', program: { code } };
}

function node(code: string): ExecutorWork {
  return { kind: 'node', program: { code } };
}

const SHELL_REPORT = `
echo rows=12 >> "$DOWNBEAT_OUTPUTS"
echo '{"name": "data.ready", "params": {"rows": 12}}' >> "$DOWNBEAT_SIGNALS"
echo a,b > data.csv`;

programContract('shell', async () =>
  localSubject({
    quiet: shell('true'),
    speaking: shell("echo 'häuser 🐧'\necho careful >&2"),
    failing: shell('echo it went wrong >&2\nexit 3'),
    retrying: shell('exit 75'),
    reporting: shell(SHELL_REPORT),
    reportingAndFailing: shell(`${SHELL_REPORT}\nexit 1`),
    reading: shell('echo "$PARAM_ISLAND"\ncat "$DOWNBEAT_INPUTS/first/data.csv"'),
    waiting: shell('echo ready\nsleep 1000'),
    stubborn: shell("trap '' TERM\necho ready\nwhile true; do sleep 1000; done"),
  }),
);

const PYTHON_REPORT = `
import json, os
with open(os.environ["DOWNBEAT_OUTPUTS"], "a") as outputs:
    print(json.dumps({"rows": 12}), file=outputs)
with open(os.environ["DOWNBEAT_SIGNALS"], "a") as signals:
    print(json.dumps({"name": "data.ready", "params": {"rows": 12}}), file=signals)
with open("data.csv", "w") as data:
    print("a,b", file=data)`;

programContract('python', async () => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
  } catch (cause) {
    throw new Error('These tests need python3 on the PATH: install it (apt-get install python3).', { cause });
  }
  return localSubject({
    quiet: python('pass'),
    speaking: python("import sys\nsys.stdout.buffer.write('häuser 🐧\\n'.encode())\nprint('careful', file=sys.stderr)"),
    failing: python("import sys\nprint('it went wrong', file=sys.stderr)\nsys.exit(3)"),
    retrying: python('raise SystemExit(75)'),
    reporting: python(PYTHON_REPORT),
    reportingAndFailing: python(`${PYTHON_REPORT}\nraise SystemExit(1)`),
    reading: python(
      "import os\nprint(os.environ['PARAM_ISLAND'])\nprint(open(os.environ['DOWNBEAT_INPUTS'] + '/first/data.csv').read(), end='')",
    ),
    waiting: python("import time\nprint('ready')\ntime.sleep(1000)"),
    stubborn: python(
      "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('ready')\nwhile True: time.sleep(1000)",
    ),
  });
});

/** Each program as the one cell of a notebook, which goes along with the attempts that run it. */
async function notebookSubject(sources: Readonly<Record<keyof ContractPrograms, string>>): Promise<ExecutorSubject> {
  const file = 'report.ipynb';
  const files = new Map<ExecutorWork, FileReference>();
  const notebook = (name: keyof ContractPrograms): ExecutorWork => {
    const work = { kind: 'notebook', program: { file }, types: [] } as const;
    const text = notebookText([sources[name]]);
    files.set(work, { path: file, hash: sha256(text), size: Buffer.byteLength(text) });
    return work;
  };
  const { executor, blobs, ...subject } = await localSubject({
    quiet: notebook('quiet'),
    speaking: notebook('speaking'),
    failing: notebook('failing'),
    retrying: notebook('retrying'),
    reporting: notebook('reporting'),
    reportingAndFailing: notebook('reportingAndFailing'),
    reading: notebook('reading'),
    waiting: notebook('waiting'),
    stubborn: notebook('stubborn'),
  });
  for (const source of Object.values(sources)) await blobs.put(Buffer.from(notebookText([source])));
  const start: Executor['start'] = (spec, listener) => {
    const own = files.get(spec.work);
    return executor.start({ ...spec, files: own === undefined ? [] : [own] }, listener);
  };
  return { ...subject, executor: { ...executor, start }, blobs, keeps: [file] };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

programContract('notebook', async () => {
  await prepareNotebooks();
  return notebookSubject({
    quiet: 'pass',
    speaking: "import sys\nprint('häuser 🐧')\nprint('careful', file=sys.stderr)",
    failing: "import sys\nprint('it went wrong', file=sys.stderr)\nsys.exit(3)",
    retrying: 'raise SystemExit(75)',
    reporting: PYTHON_REPORT,
    reportingAndFailing: `${PYTHON_REPORT}\nraise SystemExit(1)`,
    reading:
      "import os\nprint(os.environ['PARAM_ISLAND'])\nprint(open(os.environ['DOWNBEAT_INPUTS'] + '/first/data.csv').read(), end='')",
    waiting: "import time\nprint('ready')\ntime.sleep(1000)",
    stubborn:
      "import signal, time\n_ = signal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('ready')\nwhile True: time.sleep(1000)",
  });
});

const NODE_REPORT = `
const { appendFileSync, writeFileSync } = require('node:fs');
appendFileSync(process.env.DOWNBEAT_OUTPUTS, 'rows=12\\n');
appendFileSync(process.env.DOWNBEAT_SIGNALS, JSON.stringify({ name: 'data.ready', params: { rows: 12 } }) + '\\n');
writeFileSync('data.csv', 'a,b\\n');`;

programContract('node', async () =>
  localSubject({
    quiet: node(''),
    speaking: node("console.log('häuser 🐧'); console.error('careful');"),
    failing: node("console.error('it went wrong'); process.exitCode = 3;"),
    retrying: node('process.exit(75)'),
    reporting: node(NODE_REPORT),
    reportingAndFailing: node(`${NODE_REPORT}\nprocess.exitCode = 1;`),
    reading: node(
      "import { readFileSync } from 'node:fs';\nconsole.log(process.env.PARAM_ISLAND);\nprocess.stdout.write(readFileSync(process.env.DOWNBEAT_INPUTS + '/first/data.csv'));",
    ),
    waiting: node("console.log('ready'); setInterval(() => {}, 1000);"),
    stubborn: node("process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000);"),
  }),
);

function request(url: string): HttpExchange {
  const names = { status: 'status', body: 'body' };
  return { kind: 'http', method: 'GET', url, headers: [], key: 'a-key', names, isJudgedLater: false };
}

anyExecutorContract('http', async () => {
  const web = await startWebServer(({ path }) => (path === '/never' ? undefined : { body: 'done' }));
  const executor = createLocalExecutor({
    blobs: createMemoryBlobs(),
    workRoot: tmpdir(),
    serverUrl: () => 'http://127.0.0.1:4000',
    environment: {},
    secrets: createMemorySecrets(),
    httpHosts: ['127.0.0.1'],
    now: () => 1_000,
  });
  return {
    executor,
    quiet: request(web.url),
    waiting: request(`${web.url}/never`),
    spec: {
      outputs: [
        { name: 'status', type: 'long' },
        { name: 'body', type: 'string' },
      ],
    },
    dispose: () => web.stop(),
  };
});
