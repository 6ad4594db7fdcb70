// Steps that have steps of their own, steps that run another workflow, and those that run last: what they become in the
// model, and where something wrong with them is told.

import { describe, expect, test } from 'vitest';

import { type StepDefinition } from '../../../src/core/definition/model.ts';
import { inLoop, placesOf, readOne, refusalsOf, withHead, withStep } from './text.ts';

const EXAMPLE = `
id: penguins
params: { island: Biscoe, days: [1, 2], limit: 3 }
steps:
  - { id: clean, run: ls, outputs: { rows: long, names: string_array } }
  - id: each
    needs: clean
    foreach: { species: [Adelie, Gentoo, Chinstrap], day: days, name: steps.clean.names }
    concurrency: 2
    strictOrdering: true
    onFailure: ignore
    retry: 2
    timeout: 1h
    steps:
      - id: train
        run: ./train.sh
        when: "species != 'Gentoo' && day > loop_index && name != island && steps.clean.rows > 1"
        env: { SPECIES: "\${species}", ROUND: "\${loop_index}", ROWS: "\${steps.clean.rows}" }
        outputs: { accuracy: double, labels: string_array }
      - id: again
        needs: train
        while: "i < limit && loop_index < 10 && steps.train.accuracy > 0.5"
        values: { i: 0, note: first }
        steps:
          - { id: step, run: ls, when: "i > day", env: { A: "\${steps.train.accuracy}" }, outputs: { i: long } }
          - { id: more, needs: { step: "steps.step.i > 1" }, publish: { signal: s, params: { i: "\${i}", species: "\${species}" } } }
  - id: report
    needs: [each, call]
    run: ls
    when: "steps.each.train.accuracy.length > 1 && steps.each.train.accuracy[0] > 0.5 && steps.each.again.step.i != null"
    env: { A: "\${steps.each.train.accuracy}", B: "\${steps.call.inner.value}", C: "\${steps.each.train.labels}" }
  - { id: call, workflow: { id: other, version: 3, params: { island: "\${island}", n: 1 } } }
  - { id: start, workflow: third.flow, onFailure: fail-now }
finally:
  - { id: tidy, run: ls, when: "run.status == 'FAILED' && steps.clean.rows > 1", env: { A: "\${steps.each.train.accuracy}" } }
  - { id: last, needs: tidy, workflow: { id: other, async: true } }
`;

const step = (text: string, index = 0): StepDefinition | undefined => readOne(text).steps[index];

describe('the model', () => {
  const { steps, finally: last } = readOne(EXAMPLE);
  const [, each, , call, start] = steps;

  test('of a foreach', () => {
    expect(each).toMatchObject({ onFailure: 'ignore', timeout: 3_600_000, retry: { user: 2 } });
    expect(each?.work).toMatchObject({
      kind: 'foreach',
      over: [
        { name: 'species', type: 'string', values: ['Adelie', 'Gentoo', 'Chinstrap'] },
        { name: 'day', expression: 'days' },
        { name: 'name', expression: 'steps.clean.names' },
      ],
      concurrency: 2,
      strictOrdering: true,
      steps: [{ id: 'train' }, { id: 'again', needs: [{ step: 'train' }] }],
    });
  });

  test('of a while', () => {
    const again = each?.work.kind === 'foreach' ? each.work.steps[1] : undefined;
    expect(again?.work).toMatchObject({
      kind: 'while',
      condition: 'i < limit && loop_index < 10 && steps.train.accuracy > 0.5',
      values: [
        { name: 'i', type: 'long', value: 0 },
        { name: 'note', type: 'string', value: 'first' },
      ],
      steps: [{ id: 'step' }, { id: 'more' }],
    });
  });

  test('of a workflow and of what runs last', () => {
    expect(call?.work).toEqual({
      kind: 'workflow',
      workflowId: 'other',
      version: 3,
      params: [
        { name: 'island', value: '${island}' },
        { name: 'n', value: 1 },
      ],
    });
    expect(start).toMatchObject({
      work: { kind: 'workflow', workflowId: 'third.flow', params: [] },
      onFailure: 'fail-now',
    });
    expect(last?.map(({ id, work }) => ({ id, kind: work.kind }))).toEqual([
      { id: 'tidy', kind: 'shell' },
      { id: 'last', kind: 'workflow' },
    ]);
  });

  test('has nothing where nothing is said', () => {
    const definition = readOne(withStep('foreach: { a: [] }', 'steps: [{ id: y, noop: }]'));
    expect(definition).not.toHaveProperty('finally');
    expect(definition.steps[0]).not.toHaveProperty('onFailure');
    expect(Object.keys(definition.steps[0]?.work ?? {})).toEqual(['kind', 'over', 'steps']);
  });

  const lists: readonly (readonly [string, string, readonly unknown[]])[] = [
    ['[1, 2]', 'long', [1, 2]],
    ['[1, 2.5]', 'double', [1, 2.5]],
    ['[true]', 'boolean', [true]],
    ['["1", x]', 'string', ['1', 'x']],
    ['[9007199254740993]', 'long', ['9007199254740993']],
    ['[]', 'string', []],
  ];

  test.each(lists)('foreach: { a: %s }', (text, type, values) => {
    const work = step(withStep(`foreach: { a: ${text} }`, 'steps: [{ id: y, noop: }]'))?.work;
    expect(work).toMatchObject({ over: [{ name: 'a', type, values }] });
  });
});

type Case = readonly [rule: string, text: string, places: readonly string[]];

const SHAPE: readonly Case[] = [
  ['foreach is no map', withStep('foreach: [1]', 'steps: [{ id: y, noop: }]'), ['4:14 wrong-type']],
  ['foreach names nothing', withStep('foreach: {}', 'steps: [{ id: y, noop: }]'), ['4:14 wrong-type']],
  ['foreach over a number', withStep('foreach: { a: 3 }', 'steps: [{ id: y, noop: }]'), ['4:19 wrong-type']],
  ['foreach over mixed values', withStep('foreach: { a: [1, x] }', 'steps: [{ id: y, noop: }]'), ['4:19 no-type']],
  ['foreach over maps', withStep('foreach: { a: [{ b: 1 }] }', 'steps: [{ id: y, noop: }]'), ['4:19 no-type']],
  ['foreach over templates', withStep('foreach: { a: ["${b}"] }', 'steps: [{ id: y, noop: }]'), ['4:20 bad-template']],
  ['foreach over a template', withStep('foreach: { a: "${b}" }', 'steps: [{ id: y, noop: }]'), ['4:19 bad-expression']],
  ['foreach without steps', withStep('foreach: { a: [1] }'), ['4:5 missing-key']],
  ['foreach with no steps', withStep('foreach: { a: [1] }', 'steps: []'), ['5:12 no-steps']],
  ['concurrency', withStep('foreach: { a: [1] }', 'concurrency: 0', 'steps: [{ id: y, noop: }]'), ['5:18 wrong-type']],
  [
    'too much concurrency',
    withStep('foreach: { a: [1] }', 'concurrency: 1001', 'steps: [{ id: y, noop: }]'),
    ['5:18 wrong-type'],
  ],
  [
    'strictOrdering',
    withStep('foreach: { a: [1] }', 'strictOrdering: yes', 'steps: [{ id: y, noop: }]'),
    ['5:21 ambiguous-word'],
  ],
  ['while is no expression', withStep('while: { i: 0 }', 'steps: [{ id: y, noop: }]'), ['4:12 wrong-type']],
  ['values are no map', withStep('while: "true"', 'values: [i]', 'steps: [{ id: y, noop: }]'), ['5:13 wrong-type']],
  [
    'a first value is a list',
    withStep('while: "true"', 'values: { i: [] }', 'steps: [{ id: y, noop: }]'),
    ['5:18 wrong-type'],
  ],
  [
    'a first value is empty',
    withStep('while: "true"', 'values: { i: }', 'steps: [{ id: y, noop: }]'),
    ['5:18 wrong-type'],
  ],
  [
    'a first value is a template',
    withStep('while: "true"', 'values: { i: "${j}" }', 'steps: [{ id: y, noop: }]'),
    ['5:18 bad-template'],
  ],
  ['workflow without id', withStep('workflow: { version: 1 }'), ['4:15 missing-key']],
  ['workflow version', withStep('workflow: { id: b, version: 0 }'), ['4:33 wrong-type']],
  ['workflow async', withStep('workflow: { id: b, async: 1 }'), ['4:31 wrong-type']],
  ['workflow key', withStep('workflow: { id: b, sync: true }'), ['4:24 unknown-key']],
  ['workflow id', withStep('workflow: "b/c"'), ['4:15 bad-identifier']],
  ['workflow id in a map', withStep('workflow: { id: "${b}" }'), ['4:21 bad-identifier']],
  ['steps without a loop', withStep('steps: [{ id: y, noop: }]'), ['3:5 missing-key']],
  ['steps beside other work', withStep('run: ls', 'steps: [{ id: y, noop: }]'), ['5:5 no-effect']],
  [
    'concurrency of a while',
    withStep('while: "true"', 'concurrency: 2', 'steps: [{ id: y, noop: }]'),
    ['5:5 no-effect'],
  ],
  [
    'values of a foreach',
    withStep('foreach: { a: [1] }', 'values: { i: 0 }', 'steps: [{ id: y, noop: }]'),
    ['5:5 no-effect'],
  ],
  [
    'outputs of a loop',
    withStep('foreach: { a: [1] }', 'outputs: { b: long }', 'steps: [{ id: y, noop: }]'),
    ['5:5 no-effect'],
  ],
  [
    'env and artifacts of a workflow',
    withStep('workflow: b', 'env: { A: x }', 'artifacts: [a]'),
    ['5:5 no-effect', '6:5 no-effect'],
  ],
  [
    'two kinds',
    withStep('foreach: { a: [1] }', 'run: ls', 'steps: [{ id: y, nop: }]'),
    ['3:5 two-kinds', '6:13 missing-key', '6:22 unknown-key'],
  ],
  ['finally is no list', withHead('finally: { id: y, noop: true }'), ['2:10 wrong-type']],
  ['finally of a step', withStep('run: ls', 'finally: []'), ['5:5 unknown-key']],
];

const RULES: readonly Case[] = [
  ['the same id inside', inLoop('noop: true').replace('id: y', 'id: x'), ['6:13 duplicate-step']],
  ['the same id under finally', withHead('finally: [{ id: x, noop: }]'), ['2:17 duplicate-step']],
  ['an identifier inside', inLoop('noop: true').replace('id: y', 'id: y__z'), ['6:13 bad-identifier']],
  ['the name of a value', withStep('foreach: { 1a: [x] }', 'steps: [{ id: y, noop: }]'), ['4:16 bad-identifier']],
  [
    'a value named like a group',
    withStep('foreach: { run: [x] }', 'steps: [{ id: y, noop: }]'),
    ['4:16 reserved-name'],
  ],
  [
    'a value named loop_index',
    withStep('while: "true"', 'values: { loop_index: 1 }', 'steps: [{ id: y, noop: }]'),
    ['5:15 reserved-name'],
  ],
  ['a value named like a parameter', `params: { a: x }\n${inLoop('noop: true')}`, ['5:16 hidden-name']],
  ['a value named like one outside', inLoop('foreach: { a: [1] }', 'steps: [{ id: z, noop: }]'), ['7:20 hidden-name']],
  ['a parameter named loop_index', `params: { loop_index: 1 }\n${inLoop('noop: true')}`, ['1:11 reserved-name']],
  ['a need that is nowhere', inLoop('noop: true', 'needs: z'), ['8:16 unknown-need']],
  ['a need outside', inLoop('noop: true', 'needs: [x]'), ['8:17 unknown-need']],
  ['a circle inside', inLoop('noop: true', 'needs: y'), ['8:16 cycle']],
  ['a circle under finally', withHead('finally: [{ id: y, noop: , needs: y }]'), ['2:35 cycle']],
  ['a condition inside', inLoop('noop: true', 'when: "a + 1"'), ['8:16 bad-expression']],
  ['the env of a step inside', inLoop('run: ls', 'env: { A: "${b}" }'), ['8:20 unknown-name']],
  ['what a step inside publishes', inLoop('publish: { signal: s, params: { p: "${b}" } }'), ['7:45 unknown-name']],
  ['what a workflow is given', withStep('workflow: { id: b, params: { p: "${b}" } }'), ['4:38 unknown-name']],
  ['a template in a list', withStep('workflow: { id: b, params: { p: ["${b}"] } }'), ['4:37 bad-template']],
  ['a script inside that mentions a value', inLoop('run: echo ${a}'), ['7:19 run-interpolates']],
  [
    'a while that is no condition',
    withStep('while: "i + 1"', 'values: { i: 0 }', 'steps: [{ id: y, noop: }]'),
    ['4:13 bad-expression'],
  ],
  [
    'a while over a wrong name',
    withStep('while: "j < 1"', 'values: { i: 0 }', 'steps: [{ id: y, noop: }]'),
    ['4:13 unknown-name'],
  ],
  [
    'an output that does not fit',
    withStep('while: "i < 1"', 'values: { i: 0 }', 'steps: [{ id: y, run: ls, outputs: { i: string } }]'),
    ['6:45 wrong-type'],
  ],
  [
    'foreach over no array',
    `params: { n: 1 }\n${withStep('foreach: { a: n }', 'steps: [{ id: y, noop: }]')}`,
    ['5:19 bad-expression'],
  ],
  ['foreach over a wrong name', withStep('foreach: { a: n }', 'steps: [{ id: y, noop: }]'), ['4:19 unknown-name']],
  [
    'foreach over its own value',
    withStep('foreach: { a: [1], b: a }', 'steps: [{ id: y, noop: }]'),
    ['4:27 unknown-name'],
  ],
  [
    'a value by its type',
    withStep('foreach: { a: [1] }', 'steps: [{ id: y, noop: , when: a }]'),
    ['5:36 bad-expression'],
  ],
];

describe('every rule fires inside loops and under finally', () => {
  test.each([...SHAPE, ...RULES])('%s', (_, text, places) => {
    expect(placesOf(text)).toEqual(places);
  });

  test('all at once, each once', () => {
    const text = [
      'id: a',
      'steps:',
      '  - id: x',
      '    foreach: { a: 1, b: [1] }',
      '    steps:',
      '      - { id: 5, run: ls, when: a }',
      '      - { id: z, run: ls, need: y, when: "a + b > c" }',
      '  - { id: w, noop: , needs: x, when: "steps.x.five.out > 1" }',
      'finally:',
      '  - { id: f, run: ls, timeout: soon, env: { A: "${steps.x.z.rows}" } }',
    ].join('\n');
    expect(placesOf(text)).toEqual([
      '4:19 wrong-type',
      '6:15 number-for-text',
      '7:27 unknown-key',
      '7:51 unknown-name',
      '10:32 bad-duration',
    ]);
  });

  test('a missing file is named with its step', () => {
    const [refusal] = refusalsOf(inLoop('python: b.py'), { fileNames: ['c.py'] });
    expect(refusal).toMatchObject({
      message: 'The step "y" names the file "b.py", which did not come with the definition.',
      path: ['steps', '0', 'steps', '0', 'python'],
      place: { line: 7, column: 17 },
    });
  });
});

describe('bounds', () => {
  const nested = (depth: number): string =>
    depth === 0
      ? 'noop: true'
      : `foreach: { a${String(depth)}: [1] }, steps: [{ id: s${String(depth)}, ${nested(depth - 1)} }]`;

  test('nine loops may stand inside one another, and ten may not', () => {
    expect(placesOf(withStep('noop: true').replace('noop: true', 'name: x')).length).toBe(1);
    expect(placesOf(`id: a\nsteps: [{ id: x, ${nested(9)} }]`)).toEqual([]);
    expect(placesOf(`id: a\nsteps: [{ id: x, ${nested(10)} }]`).map((place) => place.split(' ')[1])).toEqual([
      'too-deep',
    ]);
  });

  test('the steps of all lists together are no more than 5,000', () => {
    const inner = Array.from({ length: 2500 }, (_, n) => `{ id: i${String(n)}, noop: }`).join(', ');
    const outer = Array.from({ length: 2499 }, (_, n) => `{ id: o${String(n)}, noop: }`).join(', ');
    const text = `id: a\nsteps: [{ id: x, foreach: { a: [1] }, steps: [${inner}] }, ${outer}]`;
    expect(placesOf(text)).toEqual([]);
    expect(placesOf(`${text}\nfinally: [{ id: f, noop: }]`)).toEqual(['2:8 too-many-steps']);
  });
});
