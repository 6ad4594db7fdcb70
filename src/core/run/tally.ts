// How many steps are where in a run with all that is nested in it, step by step of its definition: kept as a short text where
// an iteration or a child ends, so that nobody has to walk a loop of a hundred thousand iterations to count them.

import { type Definition, type StepDefinition } from '../definition/model.ts';
import { innerSteps } from '../definition/body.ts';
import { isTerminalStep, type LoopState, type RunEnd, type StepState, type StepStatus } from './state.ts';

/** How many have a status; those that none has are left out. */
export type StatusCounts = Readonly<Partial<Record<StepStatus, number>>>;

/** Counts, one for each slot of a definition. */
export type Tally = readonly StatusCounts[];

/**
 * One place of a definition that is counted. A loop counts itself only while it has no iterations, and a step that runs a
 * workflow has two places: its own, and one for the leaf steps of the runs that it started.
 */
export interface Slot {
  readonly kind: 'leaf' | 'loop' | 'call' | 'called';
  readonly step: StepDefinition;
  /** The loops around it, from the outermost. */
  readonly loops: readonly string[];
}

const known = new WeakMap<readonly StepDefinition[], readonly Slot[]>();

/** The slots of a list of steps, each loop's own followed by those inside it. */
export function slotsOf(steps: readonly StepDefinition[]): readonly Slot[] {
  const found = known.get(steps);
  if (found !== undefined) return found;
  const slots = steps.flatMap((step) => slotsOfStep(step));
  known.set(steps, slots);
  return slots;
}

/** All steps of a definition, those under `finally` last: as a run's state has them. */
export function stepsIn({ steps, finally: final }: Definition): readonly StepDefinition[] {
  if (final === undefined) return steps;
  const all = joined.get(steps) ?? [...steps, ...final];
  joined.set(steps, all);
  return all;
}

const joined = new WeakMap<readonly StepDefinition[], readonly StepDefinition[]>();

function slotsOfStep(step: StepDefinition): readonly Slot[] {
  const inner = innerSteps(step);
  if (inner !== undefined) {
    const within = slotsOf(inner).map((slot) => ({ ...slot, loops: [step.id, ...slot.loops] }));
    return [{ kind: 'loop', step, loops: [] }, ...within];
  }
  if (step.work.kind !== 'workflow' || step.work.async === true) return [{ kind: 'leaf', step, loops: [] }];
  return [
    { kind: 'call', step, loops: [] },
    { kind: 'called', step, loops: [] },
  ];
}

/** A run that is nested in another and is not in that one's counts yet. */
export type OpenPart =
  | { readonly kind: 'iteration'; readonly step: number; readonly index: number; readonly slot: number }
  | { readonly kind: 'child'; readonly step: number; readonly slot: number };

/** What a run's own state tells, and which nested runs have to be added to it. */
interface OwnTally {
  readonly counts: Tally;
  readonly open: readonly OpenPart[];
}

/** Counts what the state of a run, or of an iteration, tells: what has ended within it is counted with it already. */
export function ownTally(steps: readonly StepDefinition[], states: readonly StepState[]): OwnTally {
  const counts: StatusCounts[] = [];
  const open: OpenPart[] = [];
  for (const [index, step] of steps.entries()) {
    const state = states[index];
    const slot = counts.length;
    if (state === undefined) counts.push(...slotsOfStep(step).map(() => ({})));
    else if (innerSteps(step) !== undefined) counts.push(...loopTally(step, state));
    else counts.push(...stepTally(step, state));
    if (state !== undefined) open.push(...openPartsOf(step, state, { step: index, slot }));
  }
  return { counts, open };
}

/** The counts of a run that has ended; of children that did not say what they came to, the step that started them counts. */
export function endedTally(steps: readonly StepDefinition[], states: readonly StepState[]): Tally {
  const { counts, open } = ownTally(steps, states);
  return open.reduce<Tally>((sum, { kind, step, slot }) => {
    const status = states[step]?.status;
    return kind === 'child' && status !== undefined ? sum.with(slot, { [status]: 1 }) : sum;
  }, counts);
}

/** The leaf steps alone, summed over all slots. */
export function leavesOf(slots: readonly Slot[], tally: Tally): StatusCounts {
  return tally.reduce((sum, counts, index) => (slots[index]?.kind === 'call' ? sum : addCounts(sum, counts)), {});
}

/** The leaf steps of a run that has ended. */
export function leavesIn(definition: Definition, { steps }: { readonly steps: readonly StepState[] }): StatusCounts {
  const defined = stepsIn(definition);
  return leavesOf(slotsOf(defined), endedTally(defined, steps));
}

/** What an iteration counts as that has not begun, or of which nothing is known. */
export function unbegun(steps: readonly StepDefinition[]): Tally {
  return slotsOf(steps).map(({ loops }) => (loops.length > 0 ? {} : { NOT_CREATED: 1 }));
}

/** Two counts as one. */
function addCounts(one: StatusCounts, other: StatusCounts, times = 1): StatusCounts {
  const sum: Partial<Record<StepStatus, number>> = { ...one };
  for (const [status, count] of Object.entries(other) as [StepStatus, number][]) {
    if (count * times > 0) sum[status] = (sum[status] ?? 0) + count * times;
  }
  return sum;
}

/** Two tallies as one; the second begins at slot `at` of the first. */
export function addTally(one: Tally, other: Tally, { at = 0, times = 1 } = {}): Tally {
  return one.map((counts, slot) => addCounts(counts, other[slot - at] ?? {}, times));
}

/** Whether a loop or a called workflow has come to something in this attempt of its run, or was kept as it ended. */
export function hasBegun({ status }: StepState): boolean {
  return isTerminalStep(status) || status === 'RUNNING' || status === 'RETRY_PENDING';
}

function stepTally(step: StepDefinition, state: StepState): Tally {
  const own: StatusCounts = { [state.status]: 1 };
  if (slotsOfStep(step).length === 1) return [own];
  if (!hasBegun(state) || state.child?.run === undefined) return [own, own];
  return [own, state.child.leaves === undefined ? {} : readCounts(state.child.leaves)];
}

function openPartsOf(
  step: StepDefinition,
  state: StepState,
  place: { readonly step: number; readonly slot: number },
): readonly OpenPart[] {
  if (!hasBegun(state)) return [];
  if (innerSteps(step) !== undefined) {
    const { running = [], again = [] } = state.loop ?? {};
    return [...running, ...again].map((index) => ({
      kind: 'iteration',
      step: place.step,
      index,
      slot: place.slot + 1,
    }));
  }
  const isOpen = state.child?.run !== undefined && state.child.leaves === undefined;
  return isOpen && slotsOfStep(step).length > 1 ? [{ kind: 'child', step: place.step, slot: place.slot + 1 }] : [];
}

function loopTally(step: StepDefinition, state: StepState): Tally {
  const inner = innerSteps(step) ?? [];
  const width = slotsOf(inner).length;
  const { loop } = state;
  const isEmpty = loop === undefined || (loop.next === 0 && (loop.total ?? 0) === 0);
  if (isEmpty || !hasBegun(state)) return [{ [state.status]: 1 }, ...Array.from({ length: width }, () => ({}))];
  const ended = loop.leaves === undefined ? [] : readTally(loop.leaves);
  const whole = Array.from({ length: width }, (_, slot) => ended[slot] ?? {});
  const left = Math.max(0, (loop.total ?? loop.next) - loop.next);
  return [uncountedIn(loop), ...addTally(whole, unbegun(inner), { times: left })];
}

/** Iterations that ended under a server which did not count their steps count as one each. */
function uncountedIn({ leaves, uncounted, ended }: LoopState): StatusCounts {
  const counts: Readonly<Record<RunEnd, number>> | undefined = leaves === undefined ? ended : uncounted;
  return counts === undefined ? {} : addCounts({}, counts);
}

/** Letters of statuses in the texts that are kept: never changed, only added to. */
const LETTERS: Readonly<Record<StepStatus, string>> = {
  NOT_CREATED: 'n',
  PAUSED: 'p',
  WAITING_FOR_SIGNALS: 'w',
  WAITING_FOR_PERMITS: 'q',
  RUNNING: 'r',
  RETRY_PENDING: 't',
  SUCCEEDED: 's',
  COMPLETED_WITH_ERROR: 'e',
  SKIPPED: 'k',
  UNSATISFIED: 'u',
  FAILED: 'f',
  STOPPED: 'x',
  TIMED_OUT: 'o',
};

const STATUSES = new Map(Object.entries(LETTERS).map(([status, letter]) => [letter, status as StepStatus]));

/** A tally as a text: `s|s30f2|` are three slots, the last of which counted nothing. A count of one goes without its number. */
export function writeTally(tally: Tally): string {
  return tally.map(writeCounts).join('|');
}

/** The tally that a text stands for. */
export function readTally(text: string): Tally {
  return text.split('|').map(readCounts);
}

/** Counts as a text: `s30f2`. */
export function writeCounts(counts: StatusCounts): string {
  const parts = Object.entries(counts) as [StepStatus, number][];
  return parts.map(([status, count]) => `${LETTERS[status]}${count === 1 ? '' : String(count)}`).join('');
}

/** The counts that a text stands for. */
export function readCounts(text: string): StatusCounts {
  const counts: Partial<Record<StepStatus, number>> = {};
  for (const [, letter = '', count = ''] of text.matchAll(/([a-z])([0-9]*)/gu)) {
    const status = STATUSES.get(letter);
    if (status !== undefined) counts[status] = (counts[status] ?? 0) + (count === '' ? 1 : Number(count));
  }
  return counts;
}

/** What the steps of kept iterations came to, as a text; of one that was not counted, its first step counts as done. */
export function keptLeaves(
  loop: StepDefinition | undefined,
  kept: readonly { readonly leaves?: string }[],
): string | undefined {
  const inner = loop === undefined ? undefined : innerSteps(loop);
  if (inner === undefined || kept.every(({ leaves }) => leaves === undefined)) return undefined;
  const none: Tally = slotsOf(inner).map(() => ({}));
  return writeTally(
    kept.reduce(
      (sum, { leaves }) => addTally(sum, leaves === undefined ? [{ SUCCEEDED: 1 }] : readTally(leaves)),
      none,
    ),
  );
}

/** The first tally without what the second counts. */
export function withoutTally(one: Tally, other: Tally): Tally {
  return one.map((counts, slot) => {
    const left = (Object.entries(counts) as [StepStatus, number][]).map(
      ([status, count]) => [status, count - (other[slot]?.[status] ?? 0)] as const,
    );
    return Object.fromEntries(left.filter(([, count]) => count > 0));
  });
}
