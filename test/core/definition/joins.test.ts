// Triggers on several signals as they are written, and everything that can be wrong with them.

import { describe, expect, test } from 'vitest';

import { canonicalJson } from '../../../src/core/definition/canonical.ts';
import { compareDefinitions } from '../../../src/core/definition/compare.ts';
import { type Definition } from '../../../src/core/definition/model.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { unmetClause } from '../../../src/core/signal/match.ts';
import { keepsPlace } from '../../../src/core/trigger/keeps-place.ts';

function whole(trigger: string, more = ''): string {
  return `id: flow\n${more}\ntriggers:\n  - ${trigger}\nsteps: [{ id: a, noop: true }]`;
}

function readOne(text: string): Definition {
  const read = readDefinitions(text);
  if (!read.ok) throw new Error(read.failure.map(({ message }) => message).join('\n'));
  const [first] = read.value;
  if (first === undefined) throw new Error('nothing was read');
  return first.definition;
}

function problems(text: string): readonly (readonly [rule: string | undefined, message: string])[] {
  const read = readDefinitions(text);
  return read.ok ? [] : read.failure.map((refusal) => [refusal.place?.rule, refusal.message]);
}

describe('what is written', () => {
  test('slots get names that expressions can have, a window, and a minute for those that are late', () => {
    const [trigger] = readOne(
      whole('{ all: [{ signal: a.ready, joinOn: k }, { signal: b/2, joinOn: [l], as: other }], within: 6h }'),
    ).triggers;
    expect(trigger).toEqual({
      kind: 'all',
      name: 'all-1',
      slots: [
        { as: 'a_ready', signal: 'a.ready', joinOn: ['k'], where: [] },
        { as: 'other', signal: 'b/2', joinOn: ['l'], where: [] },
      ],
      within: 21_600_000,
      late: 60_000,
      params: [],
    });
  });

  test.each([
    ['{ any: [{ signal: a }, { signal: b }] }', 'any', 'any-1'],
    ['{ sequence: [{ signal: a }, { signal: b }] }', 'sequence', 'sequence-1'],
    ['{ atLeast: 2, of: [{ signal: a }, { signal: b }, { signal: c }] }', 'at-least', 'at-least-1'],
  ])('%s', (text, kind, name) => {
    expect(readOne(whole(text)).triggers[0]).toMatchObject({ kind, name });
  });

  test('what means the same is the same version', () => {
    const text = (where: string): string =>
      canonicalJson(readOne(whole(`{ all: [{ signal: a, ${where} }, { signal: b }] }`)));
    expect(text('where: { x: "> 1, < 5", y: 2 }')).toBe(text('where: { y: 2, x: ["< 5", "> 1"] }'));
  });

  test('a plan tells the difference in words, and whether what waits goes on waiting', () => {
    const before = readOne(whole('{ all: [{ signal: a, joinOn: k }, { signal: b, joinOn: k }], within: 1h }'));
    const [longer] = [
      before,
      readOne(whole('{ all: [{ signal: a, joinOn: k }, { signal: b, joinOn: k }], within: 2h }')),
    ].slice(1);
    const other = readOne(whole('{ all: [{ signal: a, joinOn: l }, { signal: b, joinOn: k }], within: 1h }'));
    const changes = (after: Definition | undefined) =>
      after === undefined
        ? []
        : compareDefinitions(before, after, { keepsPlace }).filter(({ subject }) => subject === 'trigger');
    expect(changes(longer)).toMatchObject([{ kind: 'CHANGED', keepsPlace: true, details: ['within: 1h → 2h'] }]);
    expect(changes(other)).toMatchObject([{ kind: 'CHANGED', keepsPlace: false }]);
  });
});

describe('what is refused', () => {
  test.each([
    ['{ all: [{ signal: a }] }', 'wrong-type', 'a list of 2 to 16 signals'],
    ['{ all: [{ signal: a, joinOn: k }, { signal: b }] }', 'join-keys', 'nothing to compare with'],
    ['{ all: [{ signal: a, as: x, joinOn: k }, { signal: a, as: y, joinOn: l }] }', 'join-keys', 'different `joinOn`'],
    ['{ all: [{ signal: a }, { signal: a }] }', 'duplicate-name', 'Two signals of this join are called "a"'],
    ['{ atLeast: 3, of: [{ signal: a }, { signal: b }] }', 'join-count', 'Of 2 signals 3 can never come'],
    ['{ atLeast: 3 }', 'missing-key', '`atLeast` needs `of:`'],
    ['{ all: [{ signal: a }, { as: b }] }', 'missing-key', 'names no signal'],
    ['{ all: [{ signal: a }, { signal: b }], late: { wait: 1m } }', 'late-without-window', 'there is no `within`'],
    ['{ any: [{ signal: a }, { signal: b }], within: 1h }', 'unknown-key', '`within`'],
    ['{ all: [{ signal: a }, { signal: b, as: x.y }] }', 'bad-identifier', 'must not contain a dot'],
    [
      '{ all: [{ signal: a }, { signal: b }], params: { n: "${signals.c.n}" } }',
      undefined,
      'No signal of a join is called "c"',
    ],
    [
      '{ all: [{ signal: a }, { signal: b }], params: { n: "${run.number}" } }',
      undefined,
      'can only fill in `signals.<as>.<name>`',
    ],
    ['{ signal: a, where: { n: [1, 2] } }', 'wrong-type', 'another list'],
    ['{ signal: a, where: { n: { in: 5 } } }', 'wrong-type', '`in` must be a list'],
  ])('%s', (text, rule, message) => {
    const found = problems(whole(text, 'params: { n: 0 }'));
    const [first] = found;
    expect(found.map(([, said]) => said).join('\n')).toContain(message);
    if (rule !== undefined) expect(first?.[0]).toBe(rule);
  });

  test('steps and parameters may only read signals that a join has', () => {
    const params = 'params: { n: { type: long, expression: "signals.a.n + signals.c.n" } }';
    const found = problems(whole('{ all: [{ signal: a }, { signal: b }] }', params));
    expect(found.map(([, message]) => message).join('\n')).toContain('No signal of a join is called "c"');
    const none = problems(whole('signal: a', 'params: { n: { type: long, expression: "signals.c.n" } }'));
    expect(none).toHaveLength(1);
  });
});

describe('demands', () => {
  const params = [
    { name: 'rows', value: 150 },
    { name: 'station', value: { city: 'Palmer', deep: { er: 1 } } },
    { name: 'dotted.name', value: 1 },
    { name: 'island', value: 'Biscoe' },
  ];

  test.each([
    ['rows: ">= 100, < 200"', true],
    ['rows: ">= 100, < 150"', false],
    ['rows: [">= 100", "!= 150"]', false],
    ['island: { in: [Dream, Biscoe] }', true],
    ['island: { in: [Dream, 1] }', false],
    ['station.city: Palmer', true],
    ['station.deep.er: 1', true],
    ['station.town: Palmer', false],
    ['dotted.name: 1', true],
  ])('%s', (where, isMet) => {
    const [trigger] = readOne(whole(`{ signal: a, where: { ${where} } }`)).triggers;
    const clauses = trigger !== undefined && 'where' in trigger ? trigger.where : [];
    expect(unmetClause(clauses, params) === undefined).toBe(isMet);
  });

  test('a comma belongs to the value where no comparison follows it', () => {
    const [trigger] = readOne(whole('{ signal: a, where: { x: "== a, b", y: "a, < b" } }')).triggers;
    expect(trigger).toMatchObject({
      where: [
        { param: 'x', operator: '==', operand: 'a, b' },
        { param: 'y', operator: '==', operand: 'a, < b' },
      ],
    });
  });
});
