// What a person reads who made a mistake in or around a loop, under `finally`, or in a step that runs another workflow.

import { describe, expect, test } from 'vitest';

import { inLoop, refusalsOf, withHead, withStep } from './text.ts';

type Message = readonly [text: string, message: string, hint: string | undefined, suggestion?: string];

/** A loop `each` around `train`, then these lines as the step `x`. */
function afterLoop(...lines: readonly string[]): string {
  const loop = '{ id: each, foreach: { a: [1] }, steps: [{ id: train, run: ls, outputs: { rows: long } }] }';
  return ['id: a', 'steps:', `  - ${loop}`, '  - id: x', ...lines.map((line) => `    ${line}`)].join('\n');
}

const MESSAGES: readonly Message[] = [
  [
    afterLoop('noop: true', 'needs: each', 'when: "steps.train.rows > 1"'),
    'The step "train" is inside a loop.\nsteps.train.rows > 1\n^^^^^^^^^^^^^^^^',
    'From here its outputs are an array: steps.each.train.rows',
  ],
  [
    afterLoop('noop: true', 'needs: each', 'when: "steps.each.rows > 1"'),
    'There is no step "rows" inside the loop "each".\nsteps.each.rows > 1\n^^^^^^^^^^^^^^^',
    'Did you mean steps.each.train.rows?',
    'steps.each.train.rows',
  ],
  [
    afterLoop('noop: true', 'needs: each', 'when: "steps.each.train.row.length > 1"'),
    'The step "train" has no output "row".\nsteps.each.train.row.length > 1\n^^^^^^^^^^^^^^^^^^^^^^^^^^^',
    'Did you mean "rows"?',
    'rows',
  ],
  [
    afterLoop('noop: true', 'needs: each', 'when: "steps.each.train > 1"'),
    '`steps.each.train` by itself is no value: write steps.each.train.<output>.\nsteps.each.train > 1\n^^^^^^^^^^^^^^^^',
    undefined,
  ],
  [
    afterLoop('noop: true', 'needs: each', 'when: "steps.each > 1"'),
    '`steps.each` by itself is no value: write steps.each.<step>.<output>.\nsteps.each > 1\n^^^^^^^^^^',
    undefined,
  ],
  [
    afterLoop('noop: true', 'needs: each', 'when: "a > 1"'),
    '`a` is known inside the loop "each" only.\na > 1\n^',
    'Use it in the steps of "each", or use steps.<id>.<output>, run.number|status|scheduledFor.',
  ],
  [
    afterLoop('noop: true', 'needs: train'),
    'The step "x" needs "train", which is inside the loop "each".',
    'Wait for the loop: needs: each',
    'each',
  ],
  [
    afterLoop('noop: true', 'when: "steps.each.train.rows[0] > 1"'),
    'The step "each" may not be complete by then: "x" does not wait for it.\nsteps.each.train.rows[0] > 1\n^^^^^^^^^^^^^^^^^^^^^',
    'Let "x" wait for it: needs: each',
  ],
  [
    afterLoop('foreach: { b: [1] }', 'steps: [{ id: y, noop: , when: "steps.each.train.rows[0] > 1" }]'),
    'The step "each" may not be complete by then: "x" does not wait for it.\nsteps.each.train.rows[0] > 1\n^^^^^^^^^^^^^^^^^^^^^',
    'Let "x" wait for it: needs: each',
  ],
  [
    afterLoop('foreach: { b: [1] }', 'steps: [{ id: y, noop: , needs: each }]'),
    'The step "y" needs "each", which stands outside of the loop "x".',
    'Let "x" wait for it instead: needs: each',
  ],
  [
    afterLoop('foreach: { b: [1] }', 'steps: [{ id: y, noop: , needs: train }]'),
    'The step "y" needs "train", which stands inside the loop "each".',
    'A step can only need steps of the list that it stands in.',
  ],
  [
    inLoop('run: ls', 'when: "steps.x.y.z > 1"'),
    'The loop "x" is not complete by then: "y" is inside it.\nsteps.x.y.z > 1\n^^^^^^^^^^^',
    'A step inside a loop sees the steps of its own round: write steps.<id>.<output>.',
  ],
  [
    withStep('while: "steps.x.y.z > 1"', 'steps: [{ id: y, run: ls, outputs: { z: long } }]'),
    'The step "x" cannot look at its own outputs: it has not run yet.\nsteps.x.y.z > 1\n^^^^^^^^^^^',
    undefined,
  ],
  [
    `finally: [{ id: y, run: ls, outputs: { z: long } }]\n${withStep('noop: true', 'when: "steps.y.z > 1"')}`,
    'The step "y" stands under `finally`, which runs when everything else has ended.\nsteps.y.z > 1\n^^^^^^^^^',
    undefined,
  ],
  [
    `finally: [{ id: y, noop: }]\n${withStep('noop: true', 'needs: y')}`,
    'The step "x" needs "y", which stands under `finally`, which runs last.',
    'A step can only need steps of the list that it stands in.',
  ],
  [
    withHead('finally: [{ id: y, noop: , needs: x }]'),
    'The step "y" needs "x", and what is under `finally` waits for all other steps anyway.',
    'Remove it.',
  ],
  [
    withHead('finally: [{ id: y, run: ls, outputs: { z: long } }, { id: q, noop: , when: "steps.y.z > 1" }]'),
    'The step "y" may not be complete by then: "q" does not wait for it.\nsteps.y.z > 1\n^^^^^^^^^',
    'Let "q" wait for it: needs: y',
  ],
  [
    'id: a\nsteps: [{ id: c, workflow: b }, { id: x, noop: , needs: c, when: "steps.c.rows > 1" }]',
    '`steps.c` by itself is no value: write steps.c.<step>.<output>.\nsteps.c.rows > 1\n^^^^^^^^^^^^',
    undefined,
  ],
  [
    'id: a\nsteps: [{ id: c, workflow: { id: b, async: true } }, { id: x, noop: , needs: c, when: "steps.c.y.rows > 1" }]',
    '`steps.c` gives nothing: the step does not wait for the workflow that it starts.\nsteps.c.y.rows > 1\n^^^^^^^^^^^^^^',
    'Remove `async` from that step.',
  ],
  [
    inLoop('noop: true', 'when: "zone > 1"'),
    'There is no parameter "zone".\nzone > 1\n^^^^',
    'Declare it under `params`, or use a|loop_index, steps.<id>.<output>, run.number|status|scheduledFor.',
  ],
  [
    `params: { n: 1 }\n${withStep('foreach: { a: n }', 'steps: [{ id: y, noop: }]')}`,
    'This is a long, but an array is expected.\nn\n^',
    undefined,
  ],
  [
    withStep('foreach: { a: "${days}" }', 'steps: [{ id: y, noop: }]'),
    '`a` is an expression, where names stand by themselves and nothing is filled in.',
    'Write days',
    'days',
  ],
  [
    withStep('foreach: { a: Biscoe }', 'steps: [{ id: y, noop: }]'),
    'There is no parameter "Biscoe".\nBiscoe\n^^^^^^',
    'Declare it under `params`, or use steps.<id>.<output>, run.number|status|scheduledFor.',
  ],
  [
    withStep('foreach: { a: 3 }', 'steps: [{ id: y, noop: }]'),
    '`a` must be a list of values or an expression that gives one, and this is the number 3.',
    'Write the values as a list: [3]',
  ],
  [
    withStep('while: { condition: "i < 3" }', 'steps: [{ id: y, noop: }]'),
    '`while` must be an expression, and this is a map.',
    'For example while: "i < 3", with values: { i: 0 } beside it',
  ],
  [
    withStep('while: "i < 1"', 'values: { i: 0 }', 'steps: [{ id: y, run: ls, outputs: { i: string } }]'),
    'The output "i" is a string, and it gives the next value of the loop\'s "i", which is a long.',
    'Declare it as long, or give one of the two another name.',
  ],
  [
    withStep('run: ls', 'concurrency: 3'),
    '`concurrency` has no effect on a step that does `run`.',
    'Remove it; it belongs to foreach.',
  ],
  [
    withStep('workflow: a'),
    'The step "x" runs its own workflow and waits for its end: under the strategy sequential that run waits for this one, and neither ever goes on.',
    'Let runs go on side by side (runStrategy: { parallel: 5 }), or do not wait: workflow: { id, async: true }.',
  ],
  [
    withStep('sleep: 1s', 'retry: 3'),
    '`retry` has no effect on a step that does `sleep`.',
    'Remove it; it belongs to run, python, node, notebook, http, kubernetes, foreach, while and workflow.',
  ],
  [
    withStep('steps: [{ id: y, noop: }]'),
    'A step needs something to do: one of noop, sleep, wait, publish, run, python, node, notebook, http, kubernetes, foreach, while, workflow.',
    'Steps inside a step belong to foreach: or while:',
  ],
];

describe('messages say what is wrong and what to write', () => {
  const cases = MESSAGES.map(([text, message, hint, suggestion]) => ({ text, message, hint, suggestion }));

  test.each(cases)('$message', ({ text, message, hint, suggestion }) => {
    const [first] = refusalsOf(text);
    expect({ message: first?.message, hint: first?.hint, suggestion: first?.place?.suggestion }).toEqual({
      message,
      hint,
      suggestion,
    });
  });
});
