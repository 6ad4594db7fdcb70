// Every kind of step keeps the same contract; loops and workflow steps, which have steps of their own, have suites of theirs.

import { afterAll, beforeAll } from 'vitest';
import { notebookText, prepareNotebooks } from '../support/notebooks.ts';
import { startWebServer } from '../support/web-server.ts';
import { kindOfStepContract } from './kind-of-step.ts';

const web = await startWebServer(({ path }) => (path === '/never' ? undefined : {}));
afterAll(() => web.stop());
beforeAll(prepareNotebooks, 300_000);

kindOfStepContract('noop', { quick: 'noop: true' });
kindOfStepContract('publish', { quick: 'publish: { signal: done }' });
kindOfStepContract('sleep', {
  quick: 'sleep: 20ms',
  long: 'sleep: 1000s',
  refusesTimeout: /no effect on a step that does `sleep`/u,
});
kindOfStepContract('shell', { quick: 'run: "true"', long: 'run: sleep 1000' });
kindOfStepContract('python', { quick: 'python: "pass"', long: 'python: "import time; time.sleep(1000)"' });
kindOfStepContract('http', { quick: `http: "${web.url}"`, long: `http: "${web.url}/never"` });
kindOfStepContract('node', { quick: 'node: "void 0"', long: 'node: "setTimeout(() => undefined, 1000000)"' });
kindOfStepContract('notebook', {
  quick: 'notebook: quick.ipynb',
  long: 'notebook: long.ipynb',
  files: {
    'quick.ipynb': notebookText(['pass']),
    'long.ipynb': notebookText(['import time; time.sleep(1000)']),
  },
});
