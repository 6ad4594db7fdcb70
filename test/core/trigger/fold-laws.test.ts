// The laws of folding, over random triggers, signals, refusals, pauses, resets, edits and orders of delivery: every signal
// is accounted for and stands in one run at most, no run starts before its time or is kept waiting after it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type EntityId, kindOf } from '../../../src/core/ids.ts';
import { entryOf, type Json } from '../../../src/core/json.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { type EntityState, evolve } from '../../../src/core/partition/entity.ts';
import { type FirstCause, type RunState } from '../../../src/core/run/state.ts';
import { type SignalState } from '../../../src/core/signal/signal.ts';
import { type BucketState } from '../../../src/core/trigger/bucket.ts';
import { isBalanced } from '../../../src/core/trigger/tally.ts';
import { generationOf, tallyOf } from '../../../src/core/trigger/trigger.ts';
import { entries, given, type Situation } from '../../support/given.ts';

const minute = 60_000;

interface Shape {
  readonly kind: 'debounce' | 'throttle';
  /** In minutes. */
  readonly length: number;
  readonly atMost: number;
  readonly isGrouped: boolean;
  /** Runs are refused whose last signal has an odd number. */
  readonly isPicky: boolean;
}

const shape = fc.record<Shape>({
  kind: fc.constantFrom('debounce', 'throttle'),
  length: fc.integer({ min: 1, max: 8 }),
  atMost: fc.integer({ min: 8, max: 20 }),
  isGrouped: fc.boolean(),
  isPicky: fc.boolean(),
});

function textOf({ kind, length, atMost, isGrouped, isPicky }: Shape, step = 'a'): string {
  const by = isGrouped ? ', by: k' : '';
  const fold =
    kind === 'debounce'
      ? `debounce: { quiet: ${String(length)}m, atMost: ${String(atMost)}m${by} }`
      : `throttle: { every: ${String(length)}m${by} }`;
  const params = isPicky ? ', params: { even: "${signal.even}" }' : '';
  return `id: flow\nparams: { even: { type: long, value: 0 } }\ntriggers: [{ signal: A, name: f, where: { n: ">= 1" }, ${fold}${params} }]\nsteps: [{ id: ${step}, noop: true }]`;
}

type Act =
  | { readonly does: 'publish'; readonly k: number; readonly n: number }
  | { readonly does: 'deliver'; readonly count: number }
  | { readonly does: 'wait'; readonly seconds: number }
  | { readonly does: 'pause' | 'resume' | 'reset' | 'apply' };

const publication = fc.record({
  does: fc.constant('publish' as const),
  k: fc.constantFrom(1, 2),
  n: fc.integer({ min: 0, max: 5 }),
});
const delivery = fc.record({ does: fc.constant('deliver' as const), count: fc.integer({ min: 1, max: 6 }) });
const waiting = fc.record({ does: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 900 }) });
const calm = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: publication },
    { weight: 4, arbitrary: delivery },
    { weight: 6, arbitrary: waiting },
  ),
  { minLength: 5, maxLength: 40 },
);
const rough: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 10, arbitrary: publication },
    { weight: 4, arbitrary: delivery },
    { weight: 5, arbitrary: waiting },
    { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('pause' as const, 'resume', 'reset', 'apply') }) },
  ),
  { minLength: 5, maxLength: 40 },
);

function publish(situation: Situation, { k, n }: Extract<Act, { does: 'publish' }>, number: number): void {
  const params = entries({ k, n, even: n % 2 === 0 ? n : 'odd' });
  const signals = [{ id: `signal:${String(number)}` as EntityId, params }];
  situation.when({ type: 'PublishSignals', name: 'A', signals });
}

const bodies: Readonly<Record<'pause' | 'resume' | 'reset', CommandBody>> = {
  pause: { type: 'PauseTriggers', workflowId: 'flow' },
  resume: { type: 'ResumeTriggers', workflowId: 'flow' },
  reset: { type: 'ResetTrigger', workflowId: 'flow', trigger: 'f' },
};

function play(wanted: Shape, all: readonly Act[]): Situation {
  const situation = given(textOf(wanted));
  all.forEach((act, number) => {
    if (act.does === 'publish') publish(situation, act, number);
    else if (act.does === 'deliver') situation.delivered(act.count);
    else if (act.does === 'wait') situation.after(act.seconds * 1_000);
    else if (act.does === 'apply') situation.applied(textOf(wanted, `a${String(number)}`));
    else situation.when(bodies[act.does]);
  });
  return situation.when({ type: 'ResumeTriggers', workflowId: 'flow' }).delivered();
}

function runsOf(situation: Situation): readonly RunState[] {
  const runs = [...situation.entities().values()].flatMap(({ state }) => (state.kind === 'run' ? [state] : []));
  return runs.sort((one, other) => one.number - other.number);
}

function causeOf({ cause }: RunState): Extract<FirstCause, { kind: 'SIGNAL' }> {
  return cause as Extract<FirstCause, { kind: 'SIGNAL' }>;
}

function foldedIn(run: RunState): readonly string[] {
  return (causeOf(run).folded?.signals ?? []).map(({ signal }) => signal);
}

function buckets(situation: Situation): readonly BucketState[] {
  const generation = generationOf(situation.trigger('flow/f'));
  return [...situation.entities()]
    .filter(([id]) => kindOf(id) === 'bucket')
    .map(([, { state }]) => state as BucketState)
    .filter((state) => state.generation === generation);
}

/** When each signal came in, by what the trigger said. */
function arrivals(situation: Situation): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { decision, at } of situation.taken) {
    if (decision.kind !== 'COMMIT') continue;
    for (const { event } of decision.gathered.events)
      if (event.type === 'SignalHeld') found.set(event.signal.slice('signal:'.length), at);
  }
  return found;
}

function paramOf(situation: Situation, ulid: string, name: string): Json | undefined {
  return entryOf((situation.entity(`signal:${ulid}` as EntityId)?.state as SignalState).params, name);
}

describe('folding', () => {
  test('accounts for every signal, each in one run at most, in the order in which they came', () => {
    fc.assert(
      fc.property(shape, rough, (wanted, all) => {
        const situation = play(wanted, all);
        const trigger = situation.trigger('flow/f');
        const tally = tallyOf(trigger);
        const consumed = runsOf(situation).flatMap(foldedIn);
        expect(isBalanced(tally)).toBe(true);
        expect(tally.pending).toBe(buckets(situation).reduce((sum, { candidates }) => sum + candidates.length, 0));
        expect(tally.consumed).toBe(consumed.length);
        expect(new Set(consumed).size).toBe(consumed.length);
        expect(trigger.started).toBe(runsOf(situation).length);
        for (const run of runsOf(situation)) {
          const { signal, folded } = causeOf(run);
          const sequences = folded?.signals.map(({ sequence }) => sequence) ?? [];
          expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
          expect(foldedIn(run).at(-1)).toBe(signal);
          const groups = new Set(foldedIn(run).map((one) => paramOf(situation, one, 'k')));
          expect(groups.size === 1 || !wanted.isGrouped).toBe(true);
          expect(foldedIn(run).every((one) => Number(paramOf(situation, one, 'n')) >= 1)).toBe(true);
        }
      }),
    );
  });

  test('starts each run at its time, exactly', () => {
    fc.assert(
      fc.property(shape, calm, (wanted, all) => {
        const steady = { ...wanted, isPicky: false };
        const situation = play(steady, all).after(60 * minute);
        const cameAt = arrivals(situation);
        const last = new Map<Json, number>();
        expect(tallyOf(situation.trigger('flow/f')).pending).toBe(0);
        for (const run of runsOf(situation)) {
          const times = foldedIn(run).map((one) => cameAt.get(one) ?? Number.NaN);
          const group = wanted.isGrouped ? (paramOf(situation, foldedIn(run)[0] ?? '', 'k') ?? null) : null;
          const [first = Number.NaN] = times;
          const length = wanted.length * minute;
          const end = Math.min((times.at(-1) ?? Number.NaN) + length, first + wanted.atMost * minute);
          const due = wanted.kind === 'debounce' ? end : Math.max(first, (last.get(group) ?? -Infinity) + length);
          expect(run.createdAt).toBe(due);
          last.set(group, run.createdAt);
        }
      }),
    );
  });

  test('is what its events make of it: a take-over forgets no signal and no time', () => {
    fc.assert(
      fc.property(shape, rough, (wanted, all) => {
        const situation = play(wanted, all);
        const folded = new Map<EntityId, EntityState>();
        for (const { decision, at } of situation.taken) {
          if (decision.kind !== 'COMMIT') continue;
          for (const { entity, event } of decision.gathered.events) {
            const before = folded.get(entity);
            const stored = before === undefined ? undefined : (JSON.parse(JSON.stringify(before)) as EntityState);
            folded.set(entity, evolve(stored, event, at));
          }
        }
        for (const [id, { state }] of situation.entities()) {
          if (kindOf(id) === 'bucket' || kindOf(id) === 'trigger') expect(folded.get(id)).toEqual(state);
        }
      }),
    );
  });
});
