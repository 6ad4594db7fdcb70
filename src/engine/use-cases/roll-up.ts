// The leaf steps of a run over everything that is nested in it: loops, loops within loops, runs of other workflows. What has
// ended is counted in the states around it, so only what goes on right now is read, however long the loops are.

import { type StepDefinition } from '../../core/definition/model.ts';
import { placeInBook, type RunPlace, runPlaceOf } from '../../core/ids.ts';
import { chunkOf, chunksOf, ITERATIONS_A_RECORD, type IterationEntry } from '../../core/run/iterations.ts';
import { type LoopState, type StepState, type StepStatus } from '../../core/run/state.ts';
import {
  addTally,
  hasBegun,
  leavesOf,
  type OpenPart,
  ownTally,
  readCounts,
  readTally,
  slotsOf,
  type StatusCounts,
  type Tally,
  unbegun,
} from '../../core/run/tally.ts';
import { URGENT } from '../../core/run/urgency.ts';
import { type LeafStep, type Rollup } from '../views.ts';
import { type RunTree, type TreeRun } from './run-tree.ts';

/** How many runs that go on are read for one roll-up; of the rest it is only known how many they are. */
const MOST_READ = 500;
/** How many leaf steps that ask for attention are named. */
const MOST_NAMED = 20;
const AT_ONCE = 25;
/** How many records are searched for iterations that failed, in one loop. */
const MOST_RECORDS = 5;

interface Found {
  readonly tree: RunTree;
  readonly named: Map<StepStatus, LeafStep[]>;
  /** Runs that have ended and in which something failed: looked at for names alone. */
  readonly failed: (() => Promise<void>)[];
  readonly workflows: Set<string>;
  left: number;
  isWhole: boolean;
}

/** A run on the way, and whether no restart made a newer attempt of the run that it belongs to. */
interface Visited extends TreeRun {
  readonly newest: boolean;
}

/** Counts the leaf steps of a run and of all that is nested in it. */
export async function rollUp(tree: RunTree, root: TreeRun, newest: boolean): Promise<Rollup> {
  const found: Found = {
    tree,
    named: new Map(),
    failed: [],
    workflows: new Set([root.place.workflowId]),
    left: MOST_READ,
    isWhole: true,
  };
  const tally = await countRun(found, { ...root, newest });
  for (let look = found.failed.shift(); look !== undefined && !isFull(found); look = found.failed.shift()) await look();
  const attention = URGENT.flatMap((status) => found.named.get(status) ?? []).slice(0, MOST_NAMED);
  const counts = leavesOf(slotsOf(root.steps), tally);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { total, counts, attention, isWhole: found.isWhole, tally, workflows: [...found.workflows] };
}

/** The counts of a run with all that is nested in it. */
async function countRun(found: Found, run: Visited): Promise<Tally> {
  nameSteps(found, run);
  const { counts, open } = ownTally(run.steps, run.state.steps);
  let tally = counts;
  for (let from = 0; from < open.length; from += AT_ONCE) {
    const parts = open.slice(from, from + AT_ONCE);
    const added = await Promise.all(parts.map((part) => countPart(found, run, part)));
    for (const [place, { slot }] of parts.entries()) tally = addTally(tally, added[place] ?? [], { at: slot });
  }
  return tally;
}

async function countPart(found: Found, run: Visited, part: OpenPart): Promise<Tally> {
  const place = placeOfPart(run, part);
  const inner = found.left > 0 && place !== undefined ? await readNested(found, run, place) : undefined;
  if (inner === undefined) {
    found.isWhole = false;
    return unreadPart(run.steps[part.step], part);
  }
  const tally = await countRun(found, inner);
  return part.kind === 'iteration' ? tally : [leavesOf(slotsOf(inner.steps), tally)];
}

function unreadPart(step: StepDefinition | undefined, { kind }: OpenPart): Tally {
  if (kind === 'child' || step === undefined) return [{ RUNNING: 1 }];
  return unbegun('steps' in step.work ? step.work.steps : []);
}

async function readNested(found: Found, around: Visited, place: RunPlace): Promise<Visited | undefined> {
  found.left -= 1;
  found.workflows.add(place.workflowId);
  const inner = await found.tree.run(place);
  if (inner === undefined) return undefined;
  const isOwn = place.workflowId === around.place.workflowId && place.number === around.place.number;
  const newest = place.path === undefined ? !inner.state.superseded : around.newest;
  return { ...inner, newest: newest && (!isOwn || place.attempt === around.place.attempt) };
}

function placeOfPart({ state }: TreeRun, part: OpenPart): RunPlace | undefined {
  const { loop, child } = state.steps[part.step] ?? {};
  if (part.kind === 'iteration') return loop && placeInBook(loop.book, part.index);
  return child?.run && runPlaceOf(child.run);
}

function nameSteps(found: Found, run: Visited): void {
  for (const [index, step] of run.steps.entries()) {
    const state = run.state.steps[index];
    if (state === undefined) continue;
    if ('steps' in step.work && hasIterations(state)) lookIntoLoop(found, run, state.loop);
    else if (step.work.kind === 'workflow' && step.work.async !== true && hasBegun(state) && state.child?.run)
      lookIntoChild(found, run, state);
    else if (URGENT.includes(state.status)) name(found, run, step, state);
  }
}

function hasIterations(state: StepState): state is StepState & { readonly loop: LoopState } {
  const { loop } = state;
  return hasBegun(state) && loop !== undefined && (loop.next > 0 || (loop.total ?? 0) > 0);
}

function name(found: Found, { place, newest }: Visited, { id }: StepDefinition, state: StepState): void {
  const known = found.named.get(state.status) ?? [];
  found.named.set(state.status, known);
  if (known.length >= MOST_NAMED) return;
  const { status, startedAt, endedAt } = state;
  known.push({
    place,
    newest,
    stepId: id,
    status,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  });
}

/** A child that has ended is looked into if something in it failed; one that goes on is counted, and named with it. */
function lookIntoChild(found: Found, run: Visited, { child }: StepState): void {
  const place = child?.run && runPlaceOf(child.run);
  if (place === undefined || child?.leaves === undefined || !holdsBad(readCounts(child.leaves))) return;
  found.failed.push(() => visit(found, run, place));
}

function lookIntoLoop(found: Found, run: Visited, loop: LoopState): void {
  const isUncounted = loop.leaves === undefined && loop.ended.FAILED + loop.ended.TIMED_OUT > 0;
  if (!isUncounted && !readTally(loop.leaves ?? '').some(holdsBad)) return;
  found.failed.push(async () => {
    const first = chunkOf(loop.firstBad?.index ?? 0);
    const last = Math.min(chunksOf(loop.next), first + MOST_RECORDS);
    for (let chunk = first; chunk < last && !isFull(found); chunk++) {
      const record = await found.tree.record(run.place.workflowId, loop.book, chunk);
      for (const [at, entry] of (record?.entries ?? []).entries()) {
        if (isFull(found)) return;
        if (entry === null || !hasFailed(entry)) continue;
        await visit(found, run, placeInBook(entry.keptFrom ?? loop.book, chunk * ITERATIONS_A_RECORD + at));
      }
    }
  });
}

async function visit(found: Found, around: Visited, place: RunPlace): Promise<void> {
  const inner = await readNested(found, around, place);
  if (inner !== undefined) nameSteps(found, inner);
}

function hasFailed({ status, leaves }: IterationEntry): boolean {
  return leaves === undefined ? isBad(status) : readTally(leaves).some(holdsBad);
}

function holdsBad(counts: StatusCounts): boolean {
  return (counts.FAILED ?? 0) + (counts.TIMED_OUT ?? 0) > 0;
}

function isBad(status: StepStatus): boolean {
  return status === 'FAILED' || status === 'TIMED_OUT';
}

function isFull({ named, left }: Found): boolean {
  const bad = (named.get('FAILED') ?? []).length + (named.get('TIMED_OUT') ?? []).length;
  return bad >= MOST_NAMED || left <= -MOST_READ;
}
