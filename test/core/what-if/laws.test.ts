// The laws of replaying: a trigger that is not changed gives exactly the runs that there are, whatever was done to it meanwhile and
// from wherever one begins; and a changed demand makes exactly the difference that it says.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryOf } from '../../../src/core/json.ts';
import { signalsOfStart } from '../../../src/core/what-if/past.ts';
import { counted, type Deed, definitionOf, lived, minute, replayed, start } from './played.ts';

const names = ['A', 'B', 'C'] as const;

const kinds = [
  'one',
  'all',
  'any',
  'atLeast',
  'sequence',
  'debounce',
  'throttle',
  'absentFor',
  'expect',
  'every',
  'cron',
] as const;
type Kind = (typeof kinds)[number];

interface Shape {
  readonly kind: Kind;
  readonly isKeyed: boolean;
  readonly isWindowed: boolean;
  readonly least: number;
}

const shape = fc.record<Shape>({
  kind: fc.constantFrom(...kinds),
  isKeyed: fc.boolean(),
  isWindowed: fc.boolean(),
  least: fc.integer({ min: 0, max: 3 }),
});

function textOf({ kind, isKeyed, isWindowed, least }: Shape, note = ''): string {
  const where = least === 0 ? '' : `, where: { n: ">= ${String(least)}" }`;
  const items = names.map((name) => `{ signal: ${name}, as: s${name}${isKeyed ? ', joinOn: k' : ''}${where} }`);
  const free = names.map((name) => `{ signal: ${name}, as: s${name}${where} }`).join(', ');
  const window = isWindowed ? ', within: 30m, late: { wait: 5m }' : '';
  const triggers: Readonly<Record<Shape['kind'], string>> = {
    one: `{ signal: A${where}`,
    all: `{ all: [${items.join(', ')}]${window}`,
    any: `{ any: [${free}]`,
    atLeast: `{ atLeast: 2, of: [${items.join(', ')}]${window}`,
    sequence: `{ sequence: [${items.join(', ')}]${window}`,
    debounce: `{ signal: A${where}, debounce: { quiet: 6m, atMost: 20m${isKeyed ? ', by: k' : ''} }`,
    throttle: `{ signal: A${where}, throttle: { every: 9m${isKeyed ? ', by: k' : ''} }`,
    expect: `{ expect: A${where}, by: "*/20 * * * *"`,
    absentFor: `{ absentFor: 15m, signal: A${where}`,
    every: '{ every: 7m',
    cron: '{ cron: "*/10 * * * *"',
  };
  return `id: flow\ndescription: "${note}"\ntriggers:\n  - ${triggers[kind]}, name: t }\nsteps: [{ id: a, noop: true }]\n`;
}

const publish = fc.record({
  does: fc.constant('publish' as const),
  name: fc.constantFrom(...names),
  params: fc.record({ k: fc.integer({ min: 0, max: 2 }), n: fc.integer({ min: 0, max: 4 }) }),
  ago: fc.option(fc.integer({ min: 0, max: 40 * minute }), { nil: undefined }),
});

const deed = fc.oneof(
  { weight: 12, arbitrary: publish },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 25 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('pause' as const, 'resume' as const, 'reset' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('note' as const), note: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('edit' as const), to: shape }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('delete' as const) }) },
);

type Drawn = typeof deed extends fc.Arbitrary<infer T> ? T : never;

function deedsOf(first: Shape, drawn: readonly Drawn[]): readonly Deed[] {
  let now = first;
  return [
    { does: 'apply', text: textOf(first) },
    ...drawn.map((one): Deed => {
      if (one.does === 'note') return { does: 'apply', text: textOf(now, String(one.note)) };
      if (one.does === 'edit') return { does: 'apply', text: textOf((now = one.to)) };
      if (one.does !== 'publish') return one;
      const { ago, ...rest } = one;
      return ago === undefined ? rest : { ...rest, ago };
    }),
    { does: 'wait', minutes: 1 },
  ];
}

const history = fc.array(deed, { minLength: 5, maxLength: 60 });
const forecast = fc.record({ mishaps: fc.constant(['reorder'] as const), seed: fc.integer({ min: 1, max: 1_000 }) });

test('a trigger that is not changed gives exactly the runs that there are', () => {
  fc.assert(
    fc.property(shape, history, forecast, (first, drawn, weather) => {
      const past = lived(deedsOf(first, drawn), 't', weather);
      const { differences } = replayed(past);
      expect(counted(differences)).toEqual({ KEPT: past.runs.length, MOVED: 0, LOST: 0, GAINED: 0 });
      for (const difference of differences) {
        if (difference.outcome === 'KEPT') expect(difference.replayed.at).toBe(difference.real.at);
      }
    }),
    { numRuns: 150 },
  );
});

test('so it does from the middle on, of whatever has a window or waits for nothing', () => {
  fc.assert(
    fc.property(shape, history, fc.integer({ min: 1, max: 90 }), (first, drawn, after) => {
      const windowed = (one: Shape): Shape => ({ ...one, isWindowed: true });
      const bounded = drawn.map((one) => (one.does === 'edit' ? { ...one, to: windowed(one.to) } : one));
      const past = lived(deedsOf(windowed(first), bounded), 't');
      const { differences } = replayed(past, { from: start + after * minute });
      const { KEPT: _, ...others } = counted(differences);
      expect(others).toEqual({ MOVED: 0, LOST: 0, GAINED: 0 });
    }),
    { numRuns: 150 },
  );
});

test('another demand on a single signal loses and gains exactly the runs of the signals between the two', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }), history, (before, after, drawn) => {
      const shaped = (least: number): Shape => ({ kind: 'one', isKeyed: false, isWindowed: false, least });
      const calm = drawn.filter((one) => one.does !== 'edit' && one.does !== 'note');
      const past = lived(deedsOf(shaped(before), calm), 't');
      const definition = definitionOf(textOf(shaped(after)));
      const [trigger] = definition.triggers;
      if (trigger === undefined) throw new Error('no trigger');
      const { differences } = replayed(past, { changed: { definition, trigger } });
      const heard = past.signals.filter(({ verdict }) => verdict !== undefined && verdict.verdict !== 'PAUSED');
      const reaching = (least: number): readonly string[] =>
        heard.filter(({ params }) => least === 0 || Number(entryOf(params, 'n')) >= least).map(({ id }) => id);
      const [was, would] = [reaching(before), reaching(after)];
      const idsOf = (outcome: string): readonly string[] =>
        differences
          .filter((one) => one.outcome === outcome)
          .map((one) => `signal:${signalsOfStart('real' in one ? one.real : one.replayed)[0] ?? ''}`)
          .sort();
      expect(idsOf('KEPT')).toEqual(was.filter((id) => would.includes(id)).sort());
      expect(idsOf('LOST')).toEqual(was.filter((id) => !would.includes(id)).sort());
      expect(idsOf('GAINED')).toEqual(would.filter((id) => !was.includes(id)).sort());
    }),
    { numRuns: 100 },
  );
});
