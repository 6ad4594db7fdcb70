// A signal that is expected for each value of a key: each has its own count, its own run, and is ended by its own signal.

import { describe, expect, test } from 'vitest';

import { armedTriggers } from '../../../src/core/definition/armed-triggers.ts';
import { canonicalJson } from '../../../src/core/definition/canonical.ts';
import { type Definition } from '../../../src/core/definition/model.ts';
import { toNativeYaml } from '../../../src/core/definition/native/to-native-yaml.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { type EntityId } from '../../../src/core/ids.ts';
import { type RunState } from '../../../src/core/run/state.ts';
import { type SignalState } from '../../../src/core/signal/signal.ts';
import { given, noon, publish, type Situation } from '../../support/given.ts';

const hour = 3_600_000;
const day = 24 * hour;

function flow(trigger: string, params = 'params: { missing: "" }'): string {
  return `id: flow\n${params}\ntriggers:\n  - ${trigger}\nsteps: [{ id: a, noop: true }]`;
}

const islands = flow(
  '{ expect: A, by: "0 7 * * *", for: { island: [Biscoe, Dream] }, params: { missing: "${absence.island}" } }',
);
const seven = noon + 19 * hour;

function missing(situation: Situation): readonly unknown[] {
  return runs(situation).map(({ cause, params }) => [
    params[0]?.value,
    cause.kind === 'ABSENCE' ? (cause.by ?? cause.since) : undefined,
  ]);
}

function runs(situation: Situation): readonly RunState[] {
  return [...situation.entities().values()].flatMap(({ state }) => (state.kind === 'run' ? [state] : []));
}

function armed(situation: Situation): readonly string[] {
  const state = situation.entity('workflow:flow' as EntityId)?.state;
  return state?.kind === 'workflow' ? state.triggers : [];
}

describe('a signal that is expected for each value of a key', () => {
  test('starts one run for each value that is missing, and tells it which', () => {
    const situation = given(islands);
    expect(armed(situation)).toEqual(['expected-1-Biscoe', 'expected-1-Dream']);
    situation.when(publish('A', { island: 'Dream' })).delivered();
    expect(missing(situation.after(19 * hour))).toEqual([['Biscoe', seven]]);
    expect(missing(situation.after(day))).toEqual([
      ['Biscoe', seven],
      ['Biscoe', seven + day],
      ['Dream', seven + day],
    ]);
  });

  test('is heard only by the count of its own value, and by none if it has another', () => {
    const situation = given(islands);
    situation.when(publish('A', { island: 'Dream' }, '1'), undefined).delivered();
    situation.when(publish('A', { island: 'Torgersen' }, '2')).delivered();
    const verdicts = (key: string): unknown =>
      (situation.entity(`signal:A-${key}` as EntityId)?.state as SignalState).verdicts.map(({ verdict }) => verdict);
    expect(verdicts('1')).toEqual(['UNMET', 'HEARD']);
    expect(verdicts('2')).toEqual(['UNMET', 'UNMET']);
  });

  test('goes on for the values that a new version keeps, begins for new ones, and ends for those that go', () => {
    const situation = given(islands).after(10 * hour);
    situation.when(publish('A', { island: 'Dream' })).delivered();
    situation.applied(islands.replace('[Biscoe, Dream]', '[Dream, Torgersen]')).delivered();
    expect(armed(situation)).toEqual(['expected-1-Dream', 'expected-1-Torgersen']);
    expect(situation.trigger('flow/expected-1-Biscoe').armed).toBe(false);
    expect(missing(situation.after(9 * hour))).toEqual([['Torgersen', seven]]);
  });

  test('works with absentFor, with several keys, and with values that are no texts', () => {
    const text = flow(
      '{ absentFor: 2h, signal: A, for: { year: [2025, 2026], final: true }, where: { n: ">= 1" }, params: { missing: "${absence.year} ${absence.final}" } }',
    );
    const situation = given(text);
    expect(armed(situation)).toEqual(['absent-1-2025-true', 'absent-1-2026-true']);
    situation
      .after(hour)
      .when(publish('A', { year: 2026, final: true, n: 1 }))
      .delivered();
    expect(missing(situation.after(hour))).toEqual([['2025 true', noon]]);
  });
});

describe('reading', () => {
  const problems = (trigger: string): readonly string[] => {
    const read = readDefinitions(flow(trigger));
    return read.ok ? [] : read.failure.map(({ message }) => message);
  };

  test('arms what it reads under names that can be told apart', () => {
    const read = readDefinitions(flow('{ expect: A, by: "@daily", for: { k: ["North Sea", "-x_y-", 1.5] } }'));
    if (!read.ok) throw new Error(read.failure.map(({ message }) => message).join());
    const { triggers } = read.value[0]?.definition ?? { triggers: [] };
    expect(armedTriggers(triggers).map(({ name }) => name)).toEqual([
      'expected-1-North-Sea',
      'expected-1-x-y',
      'expected-1-1.5',
    ]);
  });

  test('takes a time of day for every day', () => {
    const by = (text: string): unknown => {
      const read = readDefinitions(flow(`{ expect: A, by: ${text} }`));
      return read.ok ? read.value[0]?.definition.triggers[0] : read.failure[0]?.message;
    };
    expect(by('07:00')).toMatchObject({ by: '0 7 * * *' });
    expect(by('"19:45"')).toMatchObject({ by: '45 19 * * *' });
    expect(by('24:00')).toContain('has 5 fields');
  });

  test('is written as it was read', () => {
    const read = (text: string): Definition => {
      const result = readDefinitions(text);
      const definition = result.ok ? result.value[0]?.definition : undefined;
      if (definition === undefined) throw new Error('it cannot be read');
      return definition;
    };
    const first = read(
      flow('{ absentFor: 2h, signal: A, for: { year: [2025, 2026], island: Dream }, where: { n: ">= 1" } }'),
    );
    expect(canonicalJson(read(toNativeYaml(first, 'schema.json').yaml))).toBe(canonicalJson(first));
  });

  test('says what is wrong with keys', () => {
    const daily = 'expect: A, by: "@daily"';
    expect(problems(`{ ${daily}, for: island }`)).toEqual([
      '`for` must be a map of parameters of the signal and their values, and this is a text.',
    ]);
    expect(problems(`{ ${daily}, for: {} }`)[0]).toContain('this is empty');
    expect(problems(`{ ${daily}, for: { k: [] } }`)).toEqual(['`k` has no values.']);
    expect(problems(`{ ${daily}, for: { k: [a, a] } }`)).toEqual(['"a" stands twice under `k`.']);
    expect(problems(`{ ${daily}, for: { k: ["?"] } }`)[0]).toContain('with a letter or digit in it, and this is "?"');
    expect(problems(`{ ${daily}, for: { k: [{ a: 1 }] } }`)[0]).toContain('this is a map');
    expect(problems(`{ ${daily}, for: { k: ["a b", "a-b"] } }`)[0]).toContain(
      'Two triggers would be called "expected-1-a-b"',
    );
    expect(problems(`{ ${daily}, for: { k: [a] }, where: { k: a } }`)).toEqual([
      '"k" stands under `for` and under `where`.',
    ]);
    const many = Array.from({ length: 11 }, (_, n) => `v${String(n)}`).join(', ');
    expect(problems(`{ ${daily}, for: { k: [${many}], l: [${many}] } }`)[0]).toContain('which makes 121, and 100 are');
    expect(problems('{ signal: A, for: { k: [a] } }')[0]).toContain('`for` is not a key of a signal trigger');
  });

  test('knows what can be told to the run', () => {
    const missing = (name: string): readonly string[] =>
      problems(
        `{ expect: A, by: "@daily", for: { k: [a] }, where: { l: b, m: ">= 1" }, params: { missing: "\${absence.${name}}" } }`,
      );
    expect([missing('k'), missing('l'), missing('since')]).toEqual([[], [], []]);
    expect(missing('m')[0]).toContain('`absence.since`, `absence.signal`, `absence.k` and `absence.l`');
  });
});
