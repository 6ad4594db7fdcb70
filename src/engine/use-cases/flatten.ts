// A step that is nested in loops, in all its iterations as one list: in the order of their indexes, from the outermost loop
// inwards. A page is read from where the one before it ended; what the records of a loop rule out is not read at all.

import { type StepDefinition } from '../../core/definition/model.ts';
import { placeInBook } from '../../core/ids.ts';
import { type Entry, type Json } from '../../core/json.ts';
import { chunkOf, ITERATIONS_A_RECORD, type IterationsState } from '../../core/run/iterations.ts';
import { type LoopState, type RunState } from '../../core/run/state.ts';
import { hasBegun, readTally, type Slot, slotsOf, type StatusCounts } from '../../core/run/tally.ts';
import { type FlattenedPage, type FlattenedRequest, type FlattenedRow, type FlattenedStep } from '../views.ts';
import { type RunTree, type TreeRun } from './run-tree.ts';

/** How many runs one page reads at the most. */
const MOST_READ = 1_000;
/** How many iterations one page passes over that the records rule out. */
const MOST_PASSED = 200_000;
const AT_ONCE = 25;

/** The steps that are nested in a loop and are no loops themselves. */
export function nestedSteps(loop: StepDefinition): readonly FlattenedStep[] {
  if (!('steps' in loop.work)) return [];
  return slotsOf([loop]).flatMap(({ kind, step, loops }) =>
    kind === 'leaf' || kind === 'call' ? [{ stepId: step.id, loops, names: namesOf(loop, loops).flat() }] : [],
  );
}

/** The names that the loops on a way give values to, loop by loop. */
function namesOf(loop: StepDefinition, loops: readonly string[]): readonly (readonly string[])[] {
  const [, ...inner] = loops;
  const { work } = loop;
  if (!('steps' in work)) return [];
  const own = (work.kind === 'foreach' ? work.over : work.values).map(({ name }) => name);
  const next = work.steps.find(({ id }) => id === inner[0]);
  return [own, ...(next === undefined ? [] : namesOf(next, inner))];
}

interface Walk {
  readonly tree: RunTree;
  readonly request: FlattenedRequest;
  readonly loops: readonly string[];
  /** For each loop on the way, what its own names have to be. */
  readonly wanted: readonly (readonly Entry<readonly Json[]>[])[];
  /** For each loop on the way, the slot of the step among those inside it. */
  readonly slots: readonly number[];
  readonly root: RunState;
  readonly rows: FlattenedRow[];
  left: number;
  passable: number;
  /** Where the page has to stop, since it has read enough. */
  stopped: readonly number[] | undefined;
}

/** How far the walk is within one loop. */
interface Level {
  readonly run: TreeRun;
  readonly depth: number;
  readonly indexes: readonly number[];
  readonly values: readonly Entry[];
  readonly after: readonly number[] | undefined;
}

/** One page of the list. */
export async function flatten(
  tree: RunTree,
  run: TreeRun,
  step: number,
  request: FlattenedRequest,
): Promise<FlattenedPage> {
  const loop = run.steps[step];
  const slot = loop && slotIn([loop], request.stepId);
  if (loop === undefined || slot === undefined) return { rows: [] };
  const names = namesOf(loop, slot.loops);
  const walk: Walk = {
    tree,
    request,
    loops: slot.loops,
    wanted: names.map((own, depth) => wantedAt(request.values ?? [], own, names.slice(depth + 1).flat())),
    slots: slot.loops.map((_, depth) => slotWithin(loop, slot.loops.slice(0, depth + 1), request.stepId)),
    root: run.state,
    rows: [],
    left: MOST_READ,
    passable: MOST_PASSED,
    stopped: undefined,
  };
  await walkLoop(walk, { run, depth: 0, indexes: [], values: [], after: request.after });
  const rows = walk.rows.slice(0, request.limit);
  if (walk.rows.length > request.limit) return { rows, next: rows.at(-1)?.indexes ?? [] };
  return walk.stopped === undefined ? { rows } : { rows, next: walk.stopped };
}

/** How many iterations have a status, from the counts of everything nested in the run. */
export function countsOf(
  steps: readonly StepDefinition[],
  tally: readonly StatusCounts[],
  step: number,
  stepId: string,
): StatusCounts {
  const loop = steps[step]?.id;
  const at = slotsOf(steps).findIndex(
    ({ kind, step: { id }, loops }) => id === stepId && loops[0] === loop && (kind === 'leaf' || kind === 'call'),
  );
  return tally[at] ?? {};
}

function slotIn(steps: readonly StepDefinition[], stepId: string): Slot | undefined {
  return slotsOf(steps).find(
    ({ kind, step, loops }) => step.id === stepId && loops.length > 0 && (kind === 'leaf' || kind === 'call'),
  );
}

/** The place of the step among the slots inside the last of the loops. */
function slotWithin(loop: StepDefinition, loops: readonly string[], stepId: string): number {
  const innermost = loops
    .slice(1)
    .reduce<StepDefinition | undefined>(
      (around, id) => (around && 'steps' in around.work ? around.work.steps.find((step) => step.id === id) : undefined),
      loop,
    );
  if (innermost === undefined || !('steps' in innermost.work)) return -1;
  return slotsOf(innermost.work.steps).findIndex(
    ({ kind, step: { id } }) => id === stepId && (kind === 'leaf' || kind === 'call'),
  );
}

/** What is wanted of the names of one loop; a loop further in that has the same name speaks for itself. */
function wantedAt(
  values: readonly Entry<readonly Json[]>[],
  own: readonly string[],
  further: readonly string[],
): readonly Entry<readonly Json[]>[] {
  return values.filter(({ name }) => own.includes(name) && !further.includes(name));
}

async function walkLoop(walk: Walk, level: Level): Promise<void> {
  const { run, depth, after } = level;
  const step = run.steps.findIndex(({ id }) => id === walk.loops[depth]);
  const state = run.state.steps[step];
  if (state?.loop === undefined || !hasBegun(state)) return;
  const isInnermost = depth === walk.loops.length - 1;
  let next = startBehind(after?.[depth], isInnermost);
  while (next < state.loop.next && !isDone(walk)) {
    const { found, end } = await candidates(walk, level, { loop: state.loop, from: next });
    next = end;
    await takeAll(walk, level, found);
    if (hasReadEnough(walk) && next < state.loop.next) {
      walk.stopped ??= [...level.indexes, next - 1, ...(isInnermost ? [] : behindAll(walk, depth))];
    }
  }
}

/** Of the innermost loop the iteration is behind us; of another one, what is nested in it may not be. */
function startBehind(index: number | undefined, isInnermost: boolean): number {
  if (index === undefined) return 0;
  return isInnermost ? index + 1 : index;
}

/** Takes some iterations one by one; they are read together. */
async function takeAll(walk: Walk, level: Level, found: readonly Candidate[]): Promise<void> {
  const inner = await Promise.all(found.map(({ place }) => walk.tree.run(place)));
  walk.left -= found.length;
  for (const [at, { index }] of found.entries()) {
    const nested = inner[at];
    if (nested !== undefined) await take(walk, level, { nested, index });
    if (isDone(walk)) return;
  }
}

function hasReadEnough({ left, passable, rows, request }: Walk): boolean {
  return (left <= 0 || passable <= 0) && rows.length <= request.limit;
}

/** A place behind everything that is nested in an iteration. */
function behindAll({ loops }: Walk, depth: number): readonly number[] {
  return loops.slice(depth + 1).map(() => Number.MAX_SAFE_INTEGER);
}

function isDone({ rows, request, stopped }: Walk): boolean {
  return rows.length > request.limit || stopped !== undefined;
}

interface Candidate {
  readonly index: number;
  readonly place: TreeRun['place'];
}

/** The next iterations that may hold what is wanted, and how far that is. */
async function candidates(
  walk: Walk,
  { run, depth }: Level,
  { loop, from }: { readonly loop: LoopState; readonly from: number },
): Promise<{ readonly found: readonly Candidate[]; readonly end: number }> {
  const chunk = chunkOf(from);
  const record = await walk.tree.record(run.place.workflowId, loop.book, chunk);
  const going = new Set([...loop.running, ...(loop.again ?? [])]);
  const end = Math.min(loop.next, (chunk + 1) * ITERATIONS_A_RECORD);
  const found: Candidate[] = [];
  let index = from;
  for (; index < end && found.length < AT_ONCE; index++) {
    const entry = record?.entries[index % ITERATIONS_A_RECORD] ?? undefined;
    if (entry === undefined ? !going.has(index) : !mayHold(walk, depth, entry)) walk.passable -= 1;
    else found.push({ index, place: placeInBook(entry?.keptFrom ?? loop.book, index) });
  }
  return { found, end: index };
}

/** Whether the step has one of the wanted statuses anywhere in an iteration that has ended. */
function mayHold(
  { request: { statuses }, slots }: Walk,
  depth: number,
  { leaves }: NonNullable<IterationsState['entries'][number]>,
): boolean {
  if (statuses === undefined || leaves === undefined) return true;
  const counts = readTally(leaves)[slots[depth] ?? -1] ?? {};
  return statuses.some((status) => (counts[status] ?? 0) > 0);
}

async function take(
  walk: Walk,
  level: Level,
  { nested, index }: { readonly nested: TreeRun; readonly index: number },
): Promise<void> {
  const own = nested.state.params.flatMap(({ name, value }) => (name === 'loop_index' ? [] : [{ name, value }]));
  if (!fits(own, walk.wanted[level.depth] ?? [])) return;
  const indexes = [...level.indexes, index];
  const values = [...level.values.filter(({ name }) => !own.some((one) => one.name === name)), ...own];
  if (level.depth === walk.loops.length - 1) {
    addRow(walk, nested, { indexes, values });
    return;
  }
  const after = level.after?.[level.depth] === index ? level.after : undefined;
  await walkLoop(walk, { run: nested, depth: level.depth + 1, indexes, values, after });
}

function addRow(
  { request, rows, root }: Walk,
  run: TreeRun,
  where: { readonly indexes: readonly number[]; readonly values: readonly Entry[] },
): void {
  const at = run.steps.findIndex(({ id }) => id === request.stepId);
  const state = run.state.steps[at];
  if (state === undefined || request.statuses?.includes(state.status) === false) return;
  const { status, startedAt, endedAt } = state;
  rows.push({
    ...where,
    place: run.place,
    newest: !root.superseded && run.place.attempt === root.attempt && run.place.number === root.number,
    stepId: request.stepId,
    status,
    attempts: state.attempts.length,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  });
}

/** Values are compared as they are written, so that `2007` finds the number and the text. */
function fits(own: readonly Entry[], wanted: readonly Entry<readonly Json[]>[]): boolean {
  return wanted.every(({ name, value: values }) => {
    const value = own.find((one) => one.name === name)?.value;
    return value !== undefined && values.some((one) => written(one) === written(value));
  });
}

function written(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
