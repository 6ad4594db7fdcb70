// Every kind of step keeps the same contract; loops and workflow steps, which have steps of their own, have suites of theirs.

import { kindOfStepContract } from './kind-of-step.ts';

kindOfStepContract('noop', { quick: 'noop: true' });
kindOfStepContract('publish', { quick: 'publish: { signal: done }' });
kindOfStepContract('sleep', {
  quick: 'sleep: 20ms',
  long: 'sleep: 1000s',
  refusesTimeout: /no effect on a step that does `sleep`/u,
});
kindOfStepContract('shell', { quick: 'run: "true"', long: 'run: sleep 1000' });
kindOfStepContract('python', { quick: 'python: "pass"', long: 'python: "import time; time.sleep(1000)"' });
kindOfStepContract('node', { quick: 'node: "void 0"', long: 'node: "setTimeout(() => undefined, 1000000)"' });
