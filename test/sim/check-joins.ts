// Joins: what each trigger made of each signal is what an oracle says that tries every combination, no signal serves two runs of
// a trigger, and the trigger's events account for every signal (I9). None of the engine's matching takes part.

import { type JoinTrigger } from '../../src/core/definition/model.ts';
import { type JoinedSignal } from '../../src/core/run/state.ts';
import { type TriggerVerdict } from '../../src/core/signal/signal.ts';
import { type Instant } from '../../src/core/time.ts';
import { type FoldedRun } from './folded.ts';

/** A signal as the oracle keeps it. */
interface Waiting {
  readonly signal: string;
  readonly name: string;
  readonly rows: number;
  readonly occurredAt: Instant;
  /** For a sequence: the signal that began it. */
  readonly row: string;
}

/** What waits for a trigger, by the rules of docs/signals.md. */
export interface JoinOracle {
  /** Says what is wrong with a verdict on a signal. */
  judge(signal: Arrived, verdict: TriggerVerdict): readonly string[];
  /** All that waits is dropped. */
  drop(): void;
  /** What waits for another version of the trigger waits for this one. */
  takeOver(other: JoinOracle): void;
  /** What waits, by key. */
  readonly places: ReadonlyMap<number, readonly Waiting[]>;
}

/** A signal at the moment of its arrival. */
export interface Arrived {
  readonly signal: string;
  readonly name: string;
  readonly rows: number;
  readonly occurredAt: Instant;
  readonly at: Instant;
}

/** Creates the oracle of one trigger. */
export function createJoinOracle(
  id: string,
  definition: JoinTrigger,
  runs: ReadonlyMap<string, FoldedRun>,
): JoinOracle {
  const places = new Map<number, Waiting[]>();
  const isKeyed = definition.slots.some(({ joinOn }) => joinOn.length > 0);
  const patience = (definition.within ?? Infinity) + (definition.late ?? 0);

  function expected(arrived: Arrived): readonly [TriggerVerdict['verdict'], Waiting[]] {
    const { rows, at, occurredAt } = arrived;
    const key = isKeyed ? rows : -1;
    const waiting = pruned(definition, places.get(key) ?? [], at, patience);
    places.set(key, waiting);
    if (!definition.slots.some((slot) => fits(slot, arrived))) return ['UNMET', waiting];
    if (definition.kind === 'any') return [isWanted(id, definition, runs, rows) ? 'STARTED' : 'REJECTED', waiting];
    if (occurredAt + patience <= at) return ['REJECTED', waiting];
    if (definition.kind === 'sequence') return inSequence(definition, waiting, arrived);
    waiting.push({ ...arrived, row: '' });
    return [isComplete(definition, waiting, []) ? 'STARTED' : 'PENDING', waiting];
  }

  function take(waiting: Waiting[], arrived: Arrived, verdict: TriggerVerdict): readonly string[] {
    if (verdict.verdict !== 'STARTED') return [];
    const cause = runs.get(verdict.run)?.startedBy;
    const joined = cause?.kind === 'SIGNAL' ? (cause.signals ?? []) : [];
    if (definition.kind === 'any')
      return joined.length === 1 ? [] : [`I9: ${verdict.run} names ${String(joined.length)} signals`];
    const chosen = joined.map(({ signal }) => waiting.find((one) => one.signal === `signal:${signal}`));
    const found = chosen.filter((one) => one !== undefined);
    if (found.length < joined.length || !belongs(definition, joined, found)) {
      return [
        `I9: ${verdict.run} was started on signals that do not belong together, or did not wait: ${JSON.stringify(joined)}`,
      ];
    }
    if (!found.some(({ signal }) => signal === arrived.signal))
      return [`I9: ${verdict.run} does not name the signal that started it`];
    for (const one of found) waiting.splice(waiting.indexOf(one), 1);
    return [];
  }

  return {
    judge: (arrived, verdict) => {
      const [wanted, waiting] = expected(arrived);
      if (verdict.verdict !== wanted)
        return [`I9: ${id} said ${verdict.verdict} of ${arrived.signal}, and the oracle ${wanted}`];
      return take(waiting, arrived, verdict);
    },
    drop: () => {
      places.clear();
    },
    takeOver: (other) => {
      for (const [key, waiting] of other.places) places.set(key, [...waiting]);
    },
    places,
  };
}

/** The keys under which runs were started, by workflow; one map of runs is one simulation. */
const keysTaken = new WeakMap<ReadonlyMap<string, FoldedRun>, Map<string, Set<number>>>();

/** What `when: "signal.rows > 1"` and `idempotencyKey: "signal.rows"` want, which are all that the workload writes. */
function isWanted(
  trigger: string,
  { when, idempotencyKey }: JoinTrigger,
  runs: ReadonlyMap<string, FoldedRun>,
  rows: number,
): boolean {
  if (when !== undefined && rows <= 1) return false;
  if (idempotencyKey === undefined) return true;
  const byWorkflow = keysTaken.get(runs) ?? new Map<string, Set<number>>();
  keysTaken.set(runs, byWorkflow);
  const [workflow = ''] = trigger.slice('trigger:'.length).split('/');
  const taken = byWorkflow.get(workflow) ?? new Set<number>();
  byWorkflow.set(workflow, taken);
  if (taken.has(rows)) return false;
  taken.add(rows);
  return true;
}

type Slot = JoinTrigger['slots'][number];

function fits({ signal, where }: Slot, { name, rows }: Pick<Arrived, 'name' | 'rows'>): boolean {
  return signal === name && where.every(({ operand }) => rows >= Number(operand));
}

function pruned(definition: JoinTrigger, waiting: readonly Waiting[], at: Instant, patience: number): Waiting[] {
  const over = waiting.filter(({ occurredAt }) => occurredAt + patience <= at);
  const rows = new Set(over.map(({ row }) => row));
  return waiting.filter((one) => (definition.kind === 'sequence' ? !rows.has(one.row) : !over.includes(one)));
}

function isNear(definition: JoinTrigger, all: readonly Pick<Waiting, 'occurredAt'>[]): boolean {
  const times = all.map(({ occurredAt }) => occurredAt);
  return Math.max(...times) - Math.min(...times) <= (definition.within ?? Infinity);
}

function inSequence(
  definition: JoinTrigger,
  waiting: Waiting[],
  arrived: Arrived,
): readonly [TriggerVerdict['verdict'], Waiting[]] {
  const begun = [...new Set(waiting.map(({ row }) => row))];
  for (const row of begun) {
    const members = waiting.filter((one) => one.row === row);
    const slot = definition.slots[members.length];
    if (slot === undefined || !fits(slot, arrived) || !isNear(definition, [...members, arrived])) continue;
    waiting.push({ ...arrived, row });
    return [members.length + 1 === definition.slots.length ? 'STARTED' : 'PENDING', waiting];
  }
  const [first] = definition.slots;
  if (first === undefined || !fits(first, arrived)) return ['REJECTED', waiting];
  waiting.push({ ...arrived, row: arrived.signal });
  return ['PENDING', waiting];
}

/** Tries every combination: for each slot one of those that wait, or (where not all are needed) none. */
function isComplete(
  definition: JoinTrigger,
  waiting: readonly Waiting[],
  chosen: readonly (Waiting | undefined)[],
): boolean {
  const slot = definition.slots[chosen.length];
  const taken = chosen.filter((one) => one !== undefined);
  if (taken.length > 0 && !isNear(definition, taken)) return false;
  if (slot === undefined) return taken.length >= (definition.count ?? definition.slots.length);
  const own = waiting.filter((one) => fits(slot, one) && !taken.includes(one));
  return [...own, ...(definition.count === undefined ? [] : [undefined])].some((one) =>
    isComplete(definition, waiting, [...chosen, one]),
  );
}

function belongs(definition: JoinTrigger, joined: readonly JoinedSignal[], found: readonly Waiting[]): boolean {
  const slots = joined.map(({ as }) => definition.slots.find((slot) => slot.as === as));
  return (
    joined.length >= (definition.count ?? definition.slots.length) &&
    new Set(joined.map(({ as }) => as)).size === joined.length &&
    new Set(found).size === found.length &&
    slots.every((slot, place) => slot !== undefined && fits(slot, found[place] ?? { name: '', rows: -1 })) &&
    isNear(definition, found)
  );
}
