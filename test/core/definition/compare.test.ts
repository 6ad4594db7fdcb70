// What a new version changes, in words.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/core/definition/canonical.ts';
import { compareDefinitions, type DefinitionChange } from '../../../src/core/definition/compare.ts';
import { type Definition } from '../../../src/core/definition/model.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { keepsPlace } from '../../../src/core/trigger/keeps-place.ts';

function definition(text: string, files: Definition['files'] = []): Definition {
  const read = readDefinitions(text);
  if (!read.ok) throw new Error(read.failure.map(({ message }) => message).join('\n'));
  const [first] = read.value;
  if (first === undefined) throw new Error('no definition');
  return { ...first.definition, files };
}

function changes(before: Definition | undefined, after: Definition): readonly DefinitionChange[] {
  return compareDefinitions(before, after, { keepsPlace });
}

/** A change in a line: `~ step a: timeout: 5m → 10m`. */
function lines(before: string, after: string): readonly string[] {
  const signs = { ADDED: '+', REMOVED: '-', CHANGED: '~' };
  return changes(definition(before), definition(after)).map(({ kind, subject, name, details, keepsPlace: kept }) =>
    [`${signs[kind]} ${subject} ${name}`, ...details, ...(kept === undefined ? [] : [kept ? 'kept' : 'anew'])].join(
      ' | ',
    ),
  );
}

const flow = (step: string, head = ''): string => `id: flow\n${head}\nsteps:\n  - { id: a, ${step} }`;

describe('what changes in a step', () => {
  it.each([
    ['its script', 'run: echo 1', 'run: echo 2', '~ step a | run: "echo 1" → "echo 2"'],
    ['a line of its script', 'run: "a\\nb\\nc"', 'run: "a\\nB\\nc"', '~ step a | run: line 2: b → B'],
    ['a line more', 'run: "a\\nb"', 'run: "a\\nb\\nc"', '~ step a | run: line 3: c added (2 → 3 lines)'],
    ['what it does', 'run: ls', 'sleep: 90s', '~ step a | run is gone: it was ls | sleep is new: 90s'],
    ['its program', 'python: a.py', 'python: b.py', '~ step a | python: a.py → b.py'],
    ['its timeout', 'run: ls, timeout: 5m', 'run: ls, timeout: 600s', '~ step a | timeout: 5m → 10m'],
    ['its tries', 'run: ls', 'run: ls, retry: 3', '~ step a | retry user: 0 → 3 | retry timeout: 0 → 3'],
    ['its pauses', 'run: ls', 'run: ls, retry: { backoff: 5s..2m }', '~ step a | retry backoff: 1s..1m → 5s..2m'],
    [
      'its environment',
      'run: ls, env: { A: 1, B: 2 }',
      'run: ls, env: { B: 3, C: 4 }',
      '~ step a | env A is gone: it was 1 | env B: 2 → 3 | env C is new: 4',
    ],
    [
      'its outputs',
      'run: ls, outputs: { rows: long }',
      'run: ls, outputs: { rows: double }',
      '~ step a | outputs rows: long → double',
    ],
    [
      'its artifacts',
      'run: ls, artifacts: [x, y]',
      'run: ls, artifacts: [y, z]',
      '~ step a | artifacts: z added | artifacts: x taken away',
    ],
    ['its condition', 'run: ls, when: run.number > 1', 'run: ls', '~ step a | when is gone: it was "run.number > 1"'],
    ['what its failure means', 'run: ls', 'run: ls, onFailure: ignore', '~ step a | onFailure is new: ignore'],
    [
      'the signal',
      'publish: { signal: x, params: { k: 1 } }',
      'publish: { signal: y, params: { k: 2 } }',
      '~ step a | publish: x → y | publish params k: 1 → 2',
    ],
    ['the workflow that it runs', 'workflow: x', 'workflow: { id: x, version: 2 }', '~ step a | version is new: 2'],
  ])('%s', (_what, before, after, expected) => {
    expect(lines(flow(before), flow(after))).toEqual([expected]);
  });

  it('is also where it stands, and what it needs', () => {
    const before = 'id: flow\nsteps:\n  - { id: a, run: ls }\n  - { id: b, run: ls }';
    expect(lines(before, 'id: flow\nsteps:\n  - { id: a, run: ls }\n  - { id: b, run: ls, needs: a }')).toEqual([
      '~ step b | needs is new: a',
    ]);
    expect(lines(before, 'id: flow\nsteps:\n  - { id: a, run: ls }\nfinally:\n  - { id: b, run: ls }')).toEqual([
      '~ step b | stands: "on its own" → "under finally"',
    ]);
    expect(
      lines(
        before,
        'id: flow\nsteps:\n  - { id: a, run: ls }\n  - id: l\n    foreach: { x: [1, 2] }\n    steps: [{ id: b, run: ls }]',
      ),
    ).toEqual(['+ step l | foreach: x in [1,2]', '~ step b | stands: "on its own" → "inside l"']);
  });
});

describe('what changes beside the steps', () => {
  it.each([
    ['the strategy', '', 'runStrategy: { parallel: 5 }', ['~ workflow flow | runStrategy: sequential → "parallel 5"']],
    ['the titles', 'name: A\nowner: ada', 'name: B', ['~ workflow flow | name: A → B | owner is gone: it was ada']],
    ['a label', 'labels: { a: x }', 'labels: { a: y }', ['~ workflow flow | labels a: x → y']],
    [
      'a parameter',
      'params: { a: 1, b: x }',
      'params: { a: 2, c: true }',
      ['~ param a | value: 1 → 2', '+ param c | boolean, true', '- param b'],
    ],
    ['a type', 'params: { a: 1 }', 'params: { a: "1" }', ['~ param a | type: long → string | value: 1 → 1']],
    [
      'a trigger',
      '',
      'triggers: [{ cron: "0 6 * * *" }]',
      ['+ trigger cron-1 | cron: "0 6 * * *"; timezone: UTC; catchUp: latest | anew'],
    ],
    ['no trigger any more', 'triggers: [{ signal: x }]', '', ['- trigger signal-1']],
    [
      'a time',
      'triggers: [{ cron: "0 6 * * *" }]',
      'triggers: [{ cron: "0 7 * * *" }]',
      ['~ trigger cron-1 | cron: "0 6 * * *" → "0 7 * * *" | anew'],
    ],
    [
      'its catch-up alone',
      'triggers: [{ cron: "0 6 * * *" }]',
      'triggers: [{ cron: "0 6 * * *", catchUp: all }]',
      ['~ trigger cron-1 | catchUp: latest → all | kept'],
    ],
    [
      'what a signal must bring',
      'triggers: [{ signal: x }]',
      'triggers: [{ signal: x, where: { rows: ">= 100" } }]',
      ['~ trigger signal-1 | where is new: rows >= 100 | kept'],
    ],
    [
      'the signal',
      'triggers: [{ signal: x }]',
      'triggers: [{ signal: y }]',
      ['~ trigger signal-1 | signal: x → y | anew'],
    ],
    [
      'its kind',
      'triggers: [{ name: t, signal: x }]',
      'triggers: [{ name: t, cron: "0 6 * * *" }]',
      [
        '~ trigger t | signal is gone: it was x | cron is new: "0 6 * * *" | timezone is new: UTC | catchUp is new: latest | anew',
      ],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(lines(flow('run: ls', before), flow('run: ls', after))).toEqual(expected);
  });

  it('is a file with other content, told by its size and by whose program it is', () => {
    const text = flow('python: a.py');
    const file = (path: string, hash: string, size: number): Definition['files'][number] => ({ path, hash, size });
    const before = definition(text, [file('a.py', 'f0', 10), file('b.csv', 'f1', 5)]);
    const after = definition(text, [file('a.py', 'ff', 12), file('c.csv', 'f1', 5)]);
    expect(changes(before, after)).toEqual([
      { kind: 'CHANGED', subject: 'file', name: 'a.py', details: ['10 bytes → 12 bytes; the program of a'] },
      { kind: 'ADDED', subject: 'file', name: 'c.csv', details: ['5 bytes'] },
      { kind: 'REMOVED', subject: 'file', name: 'b.csv', details: [] },
    ]);
  });

  it('is everything, where there was nothing before', () => {
    expect(changes(undefined, definition(flow('run: ls', 'triggers: [{ signal: x }]')))).toEqual([
      { kind: 'ADDED', subject: 'workflow', name: 'flow', details: ['runStrategy: sequential'] },
      { kind: 'ADDED', subject: 'trigger', name: 'signal-1', details: ['signal: x'], keepsPlace: false },
      { kind: 'ADDED', subject: 'step', name: 'a', details: ['run: ls'] },
    ]);
  });
});

describe('no change', () => {
  it.each([
    [
      'another way to write it',
      flow('run: ls, timeout: 5m, needs: []'),
      'steps:\n- run: "ls"\n  id: a\n  timeout: 300s\nid: flow',
    ],
    [
      'the order of names',
      flow('run: ls, env: { A: 1, B: 2 }', 'params: { x: 1, y: 2 }'),
      flow('run: ls, env: { B: 2, A: 1 }', 'params: { y: 2, x: 1 }'),
    ],
    ['the order of artifacts', flow('run: ls, artifacts: [x, y]'), flow('run: ls, artifacts: [y, x]')],
  ])('is %s', (_what, before, after) => {
    expect(lines(before, after)).toEqual([]);
  });

  it('is what the store made of the text: keys stand in another order there', () => {
    const text = flow(
      'foreach: { x: species, y: [1, 2] }, steps: [{ id: b, noop: true }]',
      'params: { species: [a, b] }',
    );
    const stored = JSON.parse(canonicalJson(definition(text))) as Definition;
    expect(changes(stored, definition(text))).toEqual([]);
  });

  it('is the order of steps and triggers, or anything compared with itself', () => {
    const steps = ['{ id: a, run: ls }', '{ id: b, run: ls, needs: a }', '{ id: c, noop: true, needs: [a, b] }'];
    const triggers = ['{ name: x, signal: s }', '{ name: y, cron: "0 6 * * *" }'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(steps, { minLength: 3 }),
        fc.shuffledSubarray(triggers, { minLength: 2 }),
        (s, t) => {
          const text = (ts: readonly string[], ss: readonly string[]): string =>
            `id: flow\ntriggers: [${ts.join(', ')}]\nsteps: [${ss.join(', ')}]`;
          expect(lines(text(triggers, steps), text(t, s))).toEqual([]);
        },
      ),
    );
  });
});
