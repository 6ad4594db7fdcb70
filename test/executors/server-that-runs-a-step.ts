// A process that runs one shell step given as its argument and repeats what the step says: made to be killed.

import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { createLocalExecutor } from '../../src/executors/local.ts';

const [workRoot = '', script = ''] = process.argv.slice(2);
const executor = createLocalExecutor({
  blobs: createMemoryBlobs(),
  workRoot,
  serverUrl: () => 'http://127.0.0.1:4000',
  environment: process.env,
  secrets: createMemorySecrets(),
  now: () => 0,
});
const attempt = executor.start(
  {
    attemptId: 'attempt:penguins/12.1/train/1',
    token: 'token',
    runId: 'run:penguins/12.1',
    stepId: 'train',
    work: { kind: 'shell', script },
    env: [],
    params: {},
    files: [],
    inputs: [],
    outputs: [],
    artifacts: [],
  },
  {
    log: (line) => {
      process.stdout.write(`${line.text}\n`);
    },
  },
);
await attempt.result;
