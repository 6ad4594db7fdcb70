// The laws of joins, over random triggers, signals, windows, pauses, resets and orders of delivery: every signal is accounted
// for, a run's signals really belong together, and nothing that is complete is left waiting. The oracle tries every combination.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type EntityId, kindOf } from '../../../src/core/ids.ts';
import { entryOf } from '../../../src/core/json.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { type EntityState, evolve } from '../../../src/core/partition/entity.ts';
import { type FirstCause, type RunState } from '../../../src/core/run/state.ts';
import { type SignalState } from '../../../src/core/signal/signal.ts';
import { type BucketState, type Candidate } from '../../../src/core/trigger/bucket.ts';
import { isBalanced } from '../../../src/core/trigger/tally.ts';
import { generationOf, tallyOf } from '../../../src/core/trigger/trigger.ts';
import { entries, given, type Situation } from '../../support/given.ts';

const minute = 60_000;
const names = ['A', 'B', 'C'] as const;

interface Slot {
  readonly name: string;
  readonly least: number | undefined;
}

const slots = fc.array(
  fc.record<Slot>({ name: fc.constantFrom(...names), least: fc.option(fc.constantFrom(2, 4), { nil: undefined }) }),
  { minLength: 2, maxLength: 4 },
);

interface Shape {
  readonly kind: 'all' | 'atLeast' | 'sequence';
  readonly slots: readonly Slot[];
  readonly isKeyed: boolean;
  readonly isWindowed: boolean;
  /** Runs are refused whose first signal has an odd number. */
  readonly isPicky: boolean;
}

const shape = fc.record<Shape>({
  kind: fc.constantFrom('all', 'atLeast', 'sequence'),
  slots,
  isKeyed: fc.boolean(),
  isWindowed: fc.boolean(),
  isPicky: fc.boolean(),
});

function textOf({ kind, slots: wanted, isKeyed, isWindowed, isPicky }: Shape): string {
  const list = wanted.map(({ name, least }, place) => {
    const where = least === undefined ? '' : `, where: { n: ">= ${String(least)}" }`;
    return `{ signal: ${name}, as: s${String(place)}${isKeyed ? ', joinOn: k' : ''}${where} }`;
  });
  const head = kind === 'atLeast' ? `{ atLeast: 2, of: [${list.join(', ')}]` : `{ ${kind}: [${list.join(', ')}]`;
  const window = isWindowed ? ', within: 30m, late: { wait: 5m }' : '';
  const params = isPicky ? `, params: { even: "\${signals.s0.even}" }` : '';
  return `id: flow\nparams: { even: { type: long, value: 0 } }\ntriggers:\n  - ${head}, name: j${window}${params} }\nsteps: [{ id: a, noop: true }]`;
}

type Act =
  | { readonly does: 'publish'; readonly name: string; readonly k: number; readonly n: number; readonly ago: number }
  | { readonly does: 'deliver'; readonly count: number }
  | { readonly does: 'wait'; readonly minutes: number }
  | { readonly does: 'pause' | 'resume' | 'reset' | 'apply' };

const publication = fc.record({
  does: fc.constant('publish' as const),
  name: fc.constantFrom(...names),
  k: fc.constantFrom(1, 2),
  n: fc.integer({ min: 0, max: 5 }),
  ago: fc.integer({ min: 0, max: 40 }),
});
const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 14, arbitrary: publication },
    {
      weight: 4,
      arbitrary: fc.record({ does: fc.constant('deliver' as const), count: fc.integer({ min: 1, max: 6 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ does: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 40 }) }),
    },
    { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('pause' as const, 'resume', 'reset', 'apply') }) },
  ),
  { minLength: 5, maxLength: 40 },
);

function bodyOf(act: Act, situation: Situation, number: number): CommandBody | undefined {
  switch (act.does) {
    case 'publish': {
      const params = entries({ k: act.k, n: act.n, even: act.n % 2 === 0 ? act.n : 'odd' });
      const id = `signal:${String(number)}` as EntityId;
      return {
        type: 'PublishSignals',
        name: act.name,
        signals: [{ id, params, occurredAt: situation.now - act.ago * minute }],
      };
    }
    case 'pause':
      return { type: 'PauseTriggers', workflowId: 'flow' };
    case 'resume':
      return { type: 'ResumeTriggers', workflowId: 'flow' };
    case 'reset':
      return { type: 'ResetTrigger', workflowId: 'flow', trigger: 'j' };
    case 'apply':
    case 'deliver':
    case 'wait':
      return undefined;
  }
}

function played(wanted: Shape, all: readonly Act[]): Situation {
  const text = textOf(wanted);
  const situation = given(text);
  all.forEach((act, number) => {
    if (act.does === 'deliver') situation.delivered(act.count);
    else if (act.does === 'wait') situation.after(act.minutes * minute);
    else if (act.does === 'apply') situation.applied(text.replace('id: a,', `id: a${String(number)},`));
    const body = bodyOf(act, situation, number);
    if (body !== undefined) situation.when(body);
  });
  return situation.when({ type: 'ResumeTriggers', workflowId: 'flow' }).delivered();
}

function buckets(situation: Situation): readonly BucketState[] {
  const generation = generationOf(situation.trigger('flow/j'));
  return [...situation.entities()]
    .filter(([id]) => kindOf(id) === 'bucket')
    .map(([, { state }]) => state as BucketState)
    .filter((state) => state.generation === generation);
}

function runsOf(situation: Situation): readonly RunState[] {
  return [...situation.entities().values()].flatMap(({ state }) => (state.kind === 'run' ? [state] : []));
}

function joinedIn({ cause }: RunState): readonly { readonly as: string; readonly signal: string }[] {
  return (cause as Extract<FirstCause, { kind: 'SIGNAL' }>).signals ?? [];
}

function published(situation: Situation, ulid: string): SignalState {
  return situation.entity(`signal:${ulid}` as EntityId)?.state as SignalState;
}

/** Whether these signals, one for each slot that has any, could start a run: every rule said once more, in other words. */
function belong(
  wanted: Shape,
  chosen: readonly (SignalState | undefined)[],
  order: (one: SignalState) => number,
): boolean {
  const there = chosen.flatMap((one) => (one === undefined ? [] : [one]));
  if (there.length < (wanted.kind === 'atLeast' ? 2 : wanted.slots.length)) return false;
  if (new Set(there.map(({ id }) => id)).size < there.length) return false;
  const fits = chosen.every((one, place) => {
    const slot = wanted.slots[place];
    return one === undefined || (slot?.name === one.name && Number(entryOf(one.params, 'n')) >= (slot.least ?? 0));
  });
  const keys = new Set(there.map((one) => entryOf(one.params, 'k')));
  const times = there.map(({ occurredAt }) => occurredAt);
  const isNear = Math.max(...times) - Math.min(...times) <= 30 * minute;
  const places = there.map(order);
  const inOrder = places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
  return (
    fits &&
    (!wanted.isKeyed || keys.size === 1) &&
    (!wanted.isWindowed || isNear) &&
    (wanted.kind !== 'sequence' || inOrder)
  );
}

function someBelong(wanted: Shape, free: readonly SignalState[]): boolean {
  const choose = (place: number, chosen: readonly (SignalState | undefined)[]): boolean => {
    if (place === wanted.slots.length) return belong(wanted, chosen, () => 0);
    return [...free, undefined].some((one) => choose(place + 1, [...chosen, one]));
  };
  return choose(0, []);
}

const isFree = ({ stuck }: Candidate): boolean => stuck === undefined;

describe('joins', () => {
  test('account for every signal: delivered = consumed + pending + expired + rejected', () => {
    fc.assert(
      fc.property(shape, acts, (wanted, all) => {
        const situation = played(wanted, all);
        const trigger = situation.trigger('flow/j');
        const tally = tallyOf(trigger);
        const consumed = runsOf(situation).flatMap(joinedIn);
        expect(isBalanced(tally)).toBe(true);
        expect(tally.pending).toBe(buckets(situation).reduce((sum, { candidates }) => sum + candidates.length, 0));
        expect(tally.consumed).toBe(consumed.length);
        expect(new Set(consumed.map(({ signal }) => signal)).size).toBe(consumed.length);
        expect(trigger.started).toBe(runsOf(situation).length);
      }),
    );
  });

  test('start runs only on signals that belong together', () => {
    fc.assert(
      fc.property(shape, acts, (wanted, all) => {
        const situation = played(wanted, all);
        const arrivals = new Map<string, number>();
        for (const { decision } of situation.taken) {
          if (decision.kind !== 'COMMIT') continue;
          for (const { event } of decision.gathered.events) {
            if (event.type === 'BucketFilled') arrivals.set(event.candidate.signal, arrivals.size);
          }
        }
        for (const run of runsOf(situation)) {
          const joined = joinedIn(run);
          const chosen = wanted.slots.map((_, place) => {
            const one = joined.find(({ as }) => as === `s${String(place)}`);
            return one && published(situation, one.signal);
          });
          expect(belong(wanted, chosen, ({ id }) => arrivals.get(id) ?? 0)).toBe(true);
        }
      }),
    );
  });

  test('leave nothing waiting that is complete, but what was refused', () => {
    const unordered = shape.filter(({ kind }) => kind !== 'sequence');
    fc.assert(
      fc.property(unordered, acts, (wanted, all) => {
        const situation = played(wanted, all);
        for (const { candidates } of buckets(situation)) {
          const free = candidates
            .filter(isFree)
            .map(({ signal }) => published(situation, signal.slice('signal:'.length)));
          expect(free.length > 12 || !someBelong(wanted, free)).toBe(true);
        }
      }),
    );
  });

  test('are what their events make of them: a take-over forgets nothing', () => {
    fc.assert(
      fc.property(shape, acts, (wanted, all) => {
        const situation = played(wanted, all);
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
