// What the laws of control flow look up in a situation: what a run is made of, what it allows, and how its iterations ended.

import { bodyOf } from '../../../src/core/definition/body.ts';
import { graphOf } from '../../../src/core/definition/graph.ts';
import { type Definition } from '../../../src/core/definition/model.ts';
import { enclosingPlace, type EntityId, iterationsEntity, runEntity } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { type Versioned } from '../../../src/core/partition/gathering.ts';
import { runActions, stepActions } from '../../../src/core/run/actions.ts';
import { chunkOf, type IterationsState } from '../../../src/core/run/iterations.ts';
import { type LoopState, type RunState } from '../../../src/core/run/state.ts';
import { laterRecord, mayReturn } from '../../../src/core/run/way-back.ts';
import { type Situation } from '../../support/given.ts';

/** The definition as a run or an iteration sees it. */
export function bodyFor(situation: Pick<Situation, 'definition'>, run: RunState): Definition {
  return bodyOf(situation.definition(run.definition), run.path);
}

/** How many iterations ended how, as their records tell. */
export function countedIn(situation: Situation, loop: LoopState): LoopState['ended'] {
  const counted = { SUCCEEDED: 0, FAILED: 0, STOPPED: 0, TIMED_OUT: 0 };
  for (let index = 0; index < loop.next; index++) {
    const record = situation.entity(iterationsEntity(loop.book, chunkOf(index)))?.state as IterationsState;
    const { status } = record.entries[index] ?? {};
    if (status !== undefined) counted[status] += 1;
  }
  return counted;
}

/** Entities as they were at some time. */
export type States = ReadonlyMap<EntityId, Versioned>;

/** What is allowed of a run or a step, and what a command would do with it, when things stood as `states` says. */
export function allowedNow(
  situation: Situation,
  run: RunState,
  body: CommandBody,
  states: States,
): { readonly allowed: readonly string[]; readonly action: string } {
  const returns = mayComeBack(situation, run, states);
  if (body.type !== 'SkipStep' && body.type !== 'RetryStep' && body.type !== 'ResumeStep') {
    return { allowed: runActions(run, returns), action: body.type.replace('Run', '').toUpperCase() };
  }
  const graph = graphOf(bodyFor(situation, run));
  const index = graph.indexes.get(body.stepId) ?? -1;
  const [step, node] = [run.steps[index], graph.steps[index]];
  const allowed = step === undefined ? [] : stepActions(run, step, node?.isFinal === true, returns);
  return { allowed, action: body.type.replace('Step', '').toUpperCase() };
}

function mayComeBack(situation: Situation, iteration: RunState, states: States): boolean {
  const place = enclosingPlace(iteration);
  const around = place && (states.get(runEntity(place))?.state as RunState | undefined);
  if (around === undefined) return false;
  const body = bodyFor(situation, around);
  const later = laterRecord(around, body, iteration);
  const record = later && (states.get(later.record)?.state as IterationsState | undefined);
  const aroundReturns = mayComeBack(situation, around, states);
  return mayReturn(around, body, { iteration, isKept: later?.isKept(record) === true, aroundReturns });
}

/** The loops of a run that have begun, with the places of their steps. */
export function loopsIn(run: RunState): readonly (readonly [number, LoopState])[] {
  return run.steps.flatMap(({ loop }, index) => (loop === undefined ? [] : [[index, loop] as const]));
}

/** How many iterations have ended. */
export function sumOf({ ended }: LoopState): number {
  return ended.SUCCEEDED + ended.FAILED + ended.STOPPED + ended.TIMED_OUT;
}

/** The iterations that go on, or wait to begin again. */
export function openIn({ running, again = [] }: LoopState): readonly number[] {
  return [...running, ...again];
}
