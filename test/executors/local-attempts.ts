// A local executor on a folder of its own, and short ways to run attempts on it.

import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { type Failure } from '../../src/core/failure.ts';
import { type FileReference } from '../../src/core/definition/model.ts';
import { createLocalExecutor, type LocalExecutorOptions } from '../../src/executors/local.ts';
import { type Blobs } from '../../src/ports/blobs.ts';
import { type AttemptResult, type AttemptSpec, type LogLine, type RunningAttempt } from '../../src/ports/executor.ts';

/** An attempt that was started, and what it said so far. */
export interface Followed {
  readonly attempt: RunningAttempt;
  readonly lines: readonly LogLine[];
  /** Resolves with the first line of stdout that matches. */
  readonly said: (wanted: RegExp) => Promise<string>;
}

/** How an attempt ended, and all it said. */
export interface Finished {
  readonly result: AttemptResult;
  readonly lines: readonly LogLine[];
  /** Lines of stdout. */
  readonly out: readonly string[];
  readonly failure: Failure | undefined;
}

/** What tests do with a local executor. */
export interface LocalAttempts {
  readonly blobs: Blobs;
  readonly workRoot: string;
  readonly start: (script: string, more?: Partial<AttemptSpec>) => Followed;
  readonly run: (script: string, more?: Partial<AttemptSpec>) => Promise<Finished>;
  /** Puts a text into the store, as a file of that path. */
  readonly file: (path: string, text: string) => Promise<FileReference>;
  /** Places of attempts that are still there. */
  readonly places: () => Promise<readonly string[]>;
  readonly dispose: () => Promise<void>;
}

/** Makes a local executor on a folder of its own. Scripts are shell steps unless `work` says otherwise. */
export async function createLocalAttempts(options: Partial<LocalExecutorOptions> = {}): Promise<LocalAttempts> {
  const workRoot = await mkdtemp(join(tmpdir(), 'downbeat-steps-'));
  await chmod(workRoot, 0o711);
  const blobs = createMemoryBlobs();
  const executor = createLocalExecutor({
    blobs,
    workRoot,
    serverUrl: () => 'http://127.0.0.1:4000',
    environment: process.env,
    secrets: createMemorySecrets(),
    now: () => 1_000,
    ...options,
  });
  let count = 0;
  const start = (script: string, more: Partial<AttemptSpec> = {}): Followed => {
    count += 1;
    return follow((log) => executor.start(specOf(script, count, more), { log }));
  };
  return {
    blobs: options.blobs ?? blobs,
    workRoot,
    start,
    run: async (script, more) => finish(start(script, more)),
    file: async (path, text) => ({
      path,
      hash: await blobs.put(Buffer.from(text)),
      size: Buffer.byteLength(text),
    }),
    places: async () => {
      const [home] = await readdir(workRoot);
      return home === undefined ? [] : readdir(join(workRoot, home));
    },
    dispose: async () => rm(workRoot, { recursive: true, force: true }),
  };
}

function specOf(script: string, count: number, more: Partial<AttemptSpec>): AttemptSpec {
  return {
    attemptId: `attempt:penguins/12.1/train/${String(count)}`,
    token: `token-${String(count)}`,
    runId: 'run:penguins/12.1',
    stepId: 'train',
    work: { kind: 'shell', script },
    env: [],
    params: {},
    files: [],
    inputs: [],
    outputs: [],
    artifacts: [],
    ...more,
  };
}

function follow(begin: (log: (line: LogLine) => void) => RunningAttempt): Followed {
  const lines: LogLine[] = [];
  const waiting: { wanted: RegExp; resolve: (text: string) => void }[] = [];
  const attempt = begin((line) => {
    lines.push(line);
    for (const { wanted, resolve } of waiting) {
      if (line.stream === 'out' && wanted.test(line.text)) resolve(line.text);
    }
  });
  const said = async (wanted: RegExp): Promise<string> =>
    new Promise((resolve) => {
      waiting.push({ wanted, resolve });
    });
  return { attempt, lines, said };
}

async function finish({ attempt, lines }: Followed): Promise<Finished> {
  const result = await attempt.result;
  return {
    result,
    lines,
    out: lines.filter((line) => line.stream === 'out').map((line) => line.text),
    failure: result.outcome === 'failed' ? result.failure : undefined,
  };
}
