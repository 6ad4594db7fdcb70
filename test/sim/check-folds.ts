// Folding: each run that was started on signals took all that waited in its group and no other, neither before its time nor long
// after it, nor while the triggers were paused; each signal is in one run at most, and who published it was told the time. Counted
// from the log by hand.

import { type SignalFold, type TriggerDefinition } from '../../src/core/definition/model.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type FoldedRun } from './folded.ts';
import { type History, type PlacedCommit, type PlacedEvent, placeText } from './history.ts';

/** How late a run may start in a cluster without faults. */
const patience: Milliseconds = 3_000;

interface Group {
  readonly waiting: { readonly signal: string; readonly at: Milliseconds }[];
  due: Milliseconds;
  takenAt: Milliseconds | undefined;
}

interface Follower {
  fold: SignalFold | undefined;
  isPaused: boolean;
  readonly groups: Map<string, Group>;
  /** Where the event is that is looked at. */
  placed: PlacedCommit | undefined;
  readonly say: (what: string) => void;
}

type Joined = Extract<PlacedEvent['event'], { type: 'SignalsJoined' }>;

interface Known {
  readonly runs: ReadonlyMap<string, FoldedRun>;
  /** Runs that a trigger has started, so that no signal is in two of them. */
  readonly found: Set<string>;
  readonly calmFrom: Milliseconds;
  /** The last moment of the log. */
  readonly end: Milliseconds;
}

/** Says what is wrong with folding. From `calmFrom` on, nothing keeps runs from starting in time. */
export function checkFolds(history: History, runs: readonly FoldedRun[], calmFrom: Milliseconds): readonly string[] {
  const end = history.commits.reduce((latest, { commit }) => Math.max(latest, commit.at), 0);
  const known = { runs: new Map(runs.map((run) => [run.id, run])), found: new Set<string>(), calmFrom, end };
  const wrong = [...history.events].flatMap(([id, list]) => (id.startsWith('trigger:') ? follow(list, known) : []));
  const unexplained = runs.filter(({ id, cause }) => cause === 'FOLD' && !known.found.has(id));
  return [...wrong, ...unexplained.map(({ id }) => `I9: ${id} was started on folded signals that nobody took`)];
}

function follow(events: readonly PlacedEvent[], known: Known): readonly string[] {
  const wrong: string[] = [];
  const trigger: Follower = {
    fold: undefined,
    isPaused: false,
    groups: new Map(),
    placed: undefined,
    say: (what) => {
      const place = trigger.placed === undefined ? '' : placeText(trigger.placed);
      wrong.push(`I9: ${events[0]?.entity ?? ''} ${what} in ${place}`);
    },
  };
  for (const { entity, event, in: placed } of events) {
    trigger.placed = placed;
    take(trigger, event, placed.commit.at, known);
    if (event.type === 'SignalHeld') checkTold(trigger, entity, event);
  }
  if (!trigger.isPaused) lookForOverdue(trigger, known.end, known);
  return wrong;
}

function take(trigger: Follower, event: PlacedEvent['event'], at: Milliseconds, known: Known): void {
  if (event.type === 'TriggerArmed') {
    arm(trigger, event.definition);
    trigger.isPaused = event.paused;
  }
  if (event.type === 'TriggerPaused') {
    lookForOverdue(trigger, at, known);
    trigger.isPaused = true;
  }
  if (event.type === 'TriggerResumed') {
    trigger.isPaused = false;
    for (const group of trigger.groups.values()) group.due = Math.max(group.due, at);
  }
  if (event.type === 'SignalHeld') hold(trigger, event, at);
  if (event.type === 'SignalsJoined' && trigger.fold !== undefined) join(trigger, event, at, known);
  if (event.type === 'PendingDropped') trigger.groups.clear();
}

/** What waits for the one waits for the other if both fold in the same way by the same parameters. */
function arm(trigger: Follower, definition: TriggerDefinition): void {
  const fold = definition.kind === 'signal' ? definition.fold : undefined;
  const shape = (one: SignalFold | undefined): string => JSON.stringify([one?.kind, one?.by]);
  const isWaiting = [...trigger.groups.values()].some(({ waiting }) => waiting.length > 0);
  if (shape(fold) !== shape(trigger.fold) && isWaiting) trigger.say('keeps what it folded otherwise');
  trigger.fold = fold;
}

function hold(
  { fold, groups }: Follower,
  event: Extract<PlacedEvent['event'], { type: 'SignalHeld' }>,
  at: number,
): void {
  if (fold === undefined) return;
  const { signal, bucket } = event;
  const group = groups.get(bucket) ?? { waiting: [], due: at, takenAt: undefined };
  groups.set(bucket, group);
  group.waiting.push({ signal, at });
  const [first] = group.waiting;
  group.due =
    fold.kind === 'throttle'
      ? Math.max(at, (group.takenAt ?? -Infinity) + fold.every)
      : Math.min(at + fold.quiet, (first?.at ?? at) + fold.atMost);
}

/** Who published it was told when its run starts, unless that was at once. */
function checkTold(
  { groups, placed, say }: Follower,
  id: string,
  { signal, bucket }: Extract<PlacedEvent['event'], { type: 'SignalHeld' }>,
): void {
  const group = groups.get(bucket);
  for (const { message } of placed?.commit.out ?? []) {
    if (group === undefined || message.type !== 'VerdictsReached' || message.signal !== signal) continue;
    const told = message.verdicts.find(({ trigger }) => trigger === id);
    if (told?.verdict !== 'PENDING') continue;
    if (told.fold?.until !== group.due || told.fold.others !== group.waiting.length - 1)
      say(`told ${JSON.stringify(told.fold)} of ${signal}, which waits until ${String(group.due)}`);
  }
}

function join(
  { groups, isPaused, say }: Follower,
  { signals, run, bucket }: Joined,
  at: Milliseconds,
  { runs, found, calmFrom }: Known,
): void {
  const group = groups.get(bucket);
  const waiting = group?.waiting.splice(0).map(({ signal }) => signal) ?? [];
  if (waiting.join(' ') !== signals.join(' ')) say(`took ${signals.join(' ')} where ${waiting.join(' ')} waited`);
  if (namedBy(runs.get(run)) !== signals.join(' ')) say(`took ${signals.join(' ')}, which ${run} does not name`);
  if (found.has(run)) say(`started ${run} twice`);
  found.add(run);
  if (isPaused) say(`started ${run} while it was paused`);
  if (group === undefined) return;
  if (at < group.due) say(`started ${run} at ${String(at)}, before ${String(group.due)}`);
  if (group.due >= calmFrom && at > group.due + patience) say(`started ${run} long after ${String(group.due)}`);
  group.takenAt = at;
}

/** The signals that were folded into a run, as it says itself. */
function namedBy(run: FoldedRun | undefined): string {
  const cause = run?.startedBy;
  const named = cause?.kind === 'SIGNAL' ? (cause.folded?.signals ?? []) : [];
  return named.map(({ signal }) => `signal:${signal}`).join(' ');
}

function lookForOverdue({ groups, isPaused, say }: Follower, at: Milliseconds, { calmFrom }: Known): void {
  if (isPaused) return;
  for (const { waiting, due } of groups.values())
    if (waiting.length > 0 && at >= calmFrom && due < at - patience)
      say(`let ${String(waiting.length)} signals wait beyond ${String(due)}`);
}
