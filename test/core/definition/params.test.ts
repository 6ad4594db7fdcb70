// Parameters with expressions, texts to fill in, and modes: how they are read, and what is refused at apply.

import { describe, expect, test } from 'vitest';

import { placesOf, readOne, refusalsOf, withHead } from './text.ts';

function withParams(...lines: readonly string[]): string {
  return withHead('params:', ...lines.map((line) => `  ${line}`));
}

describe('a declaration', () => {
  test('has a type with a value or an expression, and a mode', () => {
    const text = withParams(
      'island: Biscoe',
      'cutoff: { type: long, value: 40, mode: constant }',
      'yesterday: { type: long, expression: "Util.incrementDateInt(TARGET_RUN_DATE, -1)", mode: IMMUTABLE }',
      'one: { type: long, expression: 1 }',
      'day: { type: string, mode: mutable_on_start }',
      'debug: { value: false, mode: mutable }',
    );
    expect(readOne(text).params).toEqual([
      { name: 'island', type: 'string', value: 'Biscoe' },
      { name: 'cutoff', type: 'long', value: 40, mode: 'constant' },
      {
        name: 'yesterday',
        type: 'long',
        expression: 'Util.incrementDateInt(TARGET_RUN_DATE, -1)',
        mode: 'immutable',
      },
      { name: 'one', type: 'long', expression: '1' },
      { name: 'day', type: 'string', mode: 'mutable_on_start' },
      { name: 'debug', type: 'boolean', value: false },
    ]);
  });

  test.each<readonly [string, readonly string[]]>([
    ['a: { type: long, value: 1, expression: "1" }', ['3:20 two-kinds']],
    ['a: { expression: "1" }', ['3:6 missing-key']],
    ['a: { mode: constant }', ['3:6 missing-key']],
    ['a: { type: long, expression: "" }', ['3:32 wrong-type']],
    ['a: { type: long, expression: [1] }', ['3:32 wrong-type']],
    ['a: { type: long, value: 1, mode: fixed }', ['3:36 unknown-word']],
    ['a: { type: long, mode: constant }', ['3:6 missing-key']],
    ['a: { type: long, mode: immutable }', ['3:6 missing-key']],
    ['a: { type: long, value: 1, secret: true }', ['3:30 not-yet']],
  ])('%s is refused', (line, places) => {
    expect(placesOf(withParams(line))).toEqual(places);
  });

  test('says what to write instead', () => {
    expect(refusalsOf(withParams('a: { type: long, value: 1, mode: constnt }'))).toMatchObject([
      {
        message:
          '`mode` is one of mutable, mutable_on_start_restart, mutable_on_start, immutable, constant, and this is `constnt`.',
        hint: 'Did you mean "constant"?',
        place: { suggestion: 'constant' },
      },
    ]);
  });
});

describe('an expression of a parameter', () => {
  test.each<readonly [string, readonly string[], RegExp]>([
    ['a: { type: long, expression: "1 +" }', ['3:36 bad-expression'], /\n1 \+\n/u],
    [
      'a: { type: long, expression: "isle + 1" }',
      ['3:33 unknown-name'],
      /There is no parameter "isle"\.\nisle \+ 1\n\^{4}$/u,
    ],
    ['a: { type: long, expression: "\'x\'" }', ['3:33 bad-expression'], /This is a string, but a long is expected\./u],
    ['a: { type: long, expression: "steps.x.rows" }', ['3:33 unknown-name'], /before the first step runs/u],
    ['a: { type: long, expression: "signal.rows" }', ['3:33 unknown-name'], /There is no signal here/u],
    ['a: { type: string, expression: "run.status" }', ['3:35 unknown-name'], /`run` has no "status" here/u],
    ['a: "data/${isle}"', ['3:12 unknown-name'], /There is no parameter "isle"/u],
    ['a: { type: string, value: "${isle}" }', ['3:30 unknown-name'], /There is no parameter "isle"/u],
    ['a: ["x", "${isle}"]', ['3:13 unknown-name'], /There is no parameter "isle"/u],
    ['a: { k: "${1 + 1}" }', ['3:12 bad-template'], /takes a name/u],
    ['TARGET_RUN_DATE: "20240101"', ['3:3 wrong-type'], /a long, and here it is a string/u],
  ])('%s is refused with its place', (line, places, message) => {
    const text = withParams(line);
    expect(placesOf(text)).toEqual(places);
    expect(refusalsOf(text)[0]?.message).toMatch(message);
  });

  test('may mention other parameters, default ones, and the run', () => {
    const text = withParams(
      'island: { type: string }',
      'path: "data/${island}/${RUN_DATE}/${run.number}-$${x}"',
      'late: { type: boolean, expression: "TARGET_RUN_HOUR > 12 && island != owner" }',
      'name: { type: string, expression: "params.get(\'island\') + DSL_DEFAULT_TZ" }',
    );
    expect(placesOf(text)).toEqual([]);
  });

  test('sees the signal, if one can start the workflow', () => {
    const text = withHead(
      'params: { rows: { type: long, expression: "signal.rows" }, island: "${signal.island}" }',
      'triggers: [{ signal: measured }]',
    );
    expect(placesOf(text)).toEqual([]);
  });

  test('suggests the nearest name', () => {
    expect(refusalsOf(withParams('island: x', 'a: { type: string, expression: ilsand }'))).toMatchObject([
      { hint: 'Did you mean "island"?', place: { suggestion: 'island' } },
    ]);
  });

  test('of the wrong kind in a doubtful neighbour is not told twice', () => {
    expect(placesOf(withParams('b: { type: lng, value: 1 }', 'a: { type: long, expression: "b + 1" }'))).toEqual([
      '3:14 unknown-word',
    ]);
  });
});

describe('parameters in a circle', () => {
  test('are refused by the way round', () => {
    const text = withParams(
      'a: { type: long, expression: "b + 1" }',
      'b: "${c}"',
      'c: { type: string, expression: "\'x\' + a" }',
      'd: { type: long, expression: "a" }',
    ).replace('b: "${c}"', 'b: { type: long, expression: "c.length()" }');
    expect(refusalsOf(text)).toMatchObject([
      {
        message: 'These parameters need one another in a circle (a → b → c → a), so none could ever be worked out.',
        hint: 'Give one of them a plain value, or let one do without the next.',
        place: { line: 3, column: 3, rule: 'cycle' },
      },
    ]);
  });

  test('also through a default parameter, or with itself', () => {
    const text = withParams('TARGET_RUN_DATE: { type: long, expression: "RUN_DATE_MINUS_1" }', 'a: "${a}"');
    expect(refusalsOf(text).map(({ message }) => message)).toEqual([
      'These parameters need one another in a circle (TARGET_RUN_DATE → RUN_DATE_MINUS_1 → TARGET_RUN_DATE), so none could ever be worked out.',
      'The parameter "a" needs itself (a → a), so none could ever be worked out.',
    ]);
  });
});

describe('a trigger', () => {
  test('gives no parameter that only the definition sets, unless it is the same value', () => {
    const text = withHead(
      'params: { n: { value: 1, mode: constant }, m: { value: a, mode: immutable } }',
      'triggers:',
      '  - { cron: "@daily", params: { n: "1", m: b } }',
      '  - { signal: measured, params: { n: "${signal.n}" } }',
    );
    expect(placesOf(text)).toEqual(['4:41 bad-mode', '5:35 bad-mode']);
    expect(refusalsOf(text)[0]).toMatchObject({
      message:
        'The parameter "m" is immutable, so no trigger may give it a value: every run of this one would be refused.',
      hint: 'Only the definition sets it: change it there and apply, or declare another mode.',
    });
  });
});
