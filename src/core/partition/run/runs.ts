// Works on a run: with its definition, with what it stands in, and with what its end means for others.

import { bytesOf } from '../../bytes.ts';
import { bodyOf, innerSteps } from '../../definition/body.ts';
import { graphOf, type GraphStep } from '../../definition/graph.ts';
import { type StepDefinition } from '../../definition/model.ts';
import {
  enclosingPlace,
  type EntityId,
  iterationPlace,
  iterationsEntity,
  loopsOf,
  queueEntity,
  runEntity,
  type RunPlace,
  workflowEntity,
} from '../../ids.ts';
import { chunkOf, type IterationEntry } from '../../run/iterations.ts';
import { type Entry, type JsonObject } from '../../json.ts';
import { openIterations } from '../../run/again.ts';
import { announceSuccess } from '../../run/announce.ts';
import { attemptSpec } from '../../run/attempt-spec.ts';
import { type RunEvent } from '../../run/events.ts';
import { isSpent } from '../../run/loop.ts';
import { nextValues } from '../../run/loop-values.ts';
import { loopOutputs } from '../../run/loop-outputs.ts';
import { givenByAll, hasRoomFor, noRoomInRecord, shortened } from '../../run/room.ts';
import { type Level } from '../../run/scope.ts';
import { givenBy } from '../../run/step-params.ts';
import { stepsPort } from '../../run/steps-port.ts';
import { firstCause, isTerminalRun, openAttempt, type LoopState, type RunEnd, type RunState } from '../../run/state.ts';
import { endedTally, leavesIn, writeCounts, writeTally } from '../../run/tally.ts';
import { type RunWork } from '../../run/work.ts';
import { breakpointOf } from '../../workflow/breakpoints.ts';
import { childEnded, requestChild, stopChild } from './child-messages.ts';
import { lineEnded } from '../backfill/line-progress.ts';
import { paramsPortOf } from './param-occasion.ts';
import { announceSignal } from '../signal/publish-signals.ts';
import { makeIteration } from './make-iteration.ts';
import { leniency } from './open-params.ts';
import { type Turn } from '../turn.ts';
import { askForSignal } from '../signal/wait-messages.ts';

/** Works on a run that is not over; afterwards it moves on, or leaves whatever it stood in. */
export function withRun(turn: Turn, id: EntityId, act: (work: RunWork) => void): void {
  const before = turn.read('run', id);
  if (before === undefined || isTerminalRun(before.status)) return;
  const level = levelOf(turn, before);
  if (level === undefined) return;
  act(workOn(turn, level));
  const run = turn.read('run', id);
  // What a full commit cut short may have changed others only, such as the iterations of a loop.
  if (run === undefined || (run === before && !turn.isFull())) return;
  if (isTerminalRun(run.status)) leave(turn, run);
  else turn.follow(id);
}

/** The run with all that its names can refer to, also where what it stands in is set aside; undefined if not all is loaded. */
export function levelOf(turn: Turn, run: RunState): Level | undefined {
  const definition = turn.definition(run.definition);
  const place = enclosingPlace(run);
  const around = place === undefined ? undefined : turn.peek(runEntity(place));
  const outer = around === undefined ? undefined : levelOf(turn, around);
  if (definition === undefined || (place !== undefined && outer === undefined)) return undefined;
  const body = bodyOf(definition, run.path);
  const { now } = turn.circumstances;
  const level: Level = {
    run,
    definition: body,
    outer,
    loopOutputs: (step) => {
      const { loop } = turn.peek(runEntity(run))?.steps[step] ?? {};
      const inner = graphOf(body).steps[step];
      if (loop === undefined || inner === undefined) return new Map();
      return loopOutputs(innerSteps(inner.step) ?? [], loop, (chunk) =>
        turn.read('iterations', iterationsEntity(loop.book, chunk)),
      );
    },
  };
  const ofRun = outer?.context?.params ?? paramsPortOf(definition, run, turn.random);
  const params = { ...ofRun, ...stepsPort(level) };
  return { ...level, context: { now, random: turn.random, params, ...leniency(definition) } };
}

/** What the end of a run means: for the loop or the step that waits for it, and for those behind it in the queue. */
export function leave(turn: Turn, run: RunState): void {
  const place = enclosingPlace(run);
  if (place === undefined) {
    const failed = run.status === 'FAILED' ? ({ failed: true } as const) : {};
    turn.emit(queueEntity(run.workflowId), { type: 'RunLeft', number: run.number, attempt: run.attempt, ...failed });
    turn.follow(queueEntity(run.workflowId));
    tellParent(turn, run);
    lineEnded(turn, run);
  } else if (isTerminalRun(run.status)) {
    iterationEnded(turn, run, { place, status: run.status });
  }
}

/** Tells the step that started an ended run how it ended; telling it twice does no harm. */
export function tellParent(turn: Turn, run: RunState): void {
  const cause = firstCause(run.cause);
  if (cause.kind !== 'WORKFLOW') return;
  const definition = turn.definition(run.definition);
  const leaves = definition === undefined ? {} : { leaves: writeCounts(leavesIn(definition, run)) };
  childEnded(turn, cause.parent, run, { outputs: outputsByStep(turn, run), ...leaves });
}

/** After a run was set aside: it hears which iterations ended meanwhile, and what it stands in looks at it again. */
export function rejoin(turn: Turn, id: EntityId): void {
  const run = turn.read('run', id);
  const level = run === undefined ? undefined : levelOf(turn, run);
  if (run === undefined || level === undefined) return;
  const place = enclosingPlace(run);
  turn.follow(place === undefined ? queueEntity(run.workflowId) : runEntity(place));
  for (const [step, { loop }] of run.steps.entries()) {
    for (const index of openIterations(loop)) {
      const inner = turn.read('run', runEntity(iterationOf(run, level.definition, { step, index })));
      if (inner !== undefined && isTerminalRun(inner.status)) {
        iterationEnded(turn, inner, { place: run, status: inner.status });
      }
    }
  }
}

function workOn(turn: Turn, level: Level): RunWork {
  const { definition } = level;
  const id = runEntity(level.run);
  const now = (): RunState => turn.read('run', id) ?? level.run;
  const work: RunWork = {
    get run() {
      return now();
    },
    definition,
    outer: level.outer,
    ...(level.context === undefined ? {} : { context: level.context }),
    loopOutputs: (step) => level.loopOutputs(step),
    now: turn.circumstances.now,
    host: turn.circumstances.host,
    random: turn.random,
    emit: (event) => {
      if (event.type === 'StepSucceeded' && !(hasRoomFor(work, event) && announceSuccess(work, event))) return;
      turn.emit(id, event.type === 'RunEnded' ? endWithin(turn, now(), event) : shortened(work, event));
      sendOut(turn, { ...level, run: now() }, event);
    },
    breakpointAt: (stepId) =>
      breakpointOf(turn.read('workflow', workflowEntity(level.run.workflowId))?.breakpoints, level.run, stepId),
    publish: (name, params, step) => {
      announceSignal(turn, name, params, publisherIn(level.run, step));
    },
    awaitSignal: (wait, wanted) => {
      askForSignal(turn, { ...wait, run: id }, wanted);
    },
    isFull: (bytes) => turn.isFull(bytes),
    hasRoom: (bytes) => turn.hasRoom(id, bytes),
    iterations: {
      start: (step, index, made) => {
        makeIteration(turn, iterationOf(now(), definition, { step, index }), { around: now(), ...made });
      },
      valuesOf: (iteration) => turn.read('run', iteration)?.params,
      startAgain: (step, index) => startIterationAgain(turn, iterationOf(now(), definition, { step, index })),
      stop: (step, index) => {
        stopIteration(turn, iterationOf(now(), definition, { step, index }));
      },
      record: (book, chunk) => turn.read('iterations', iterationsEntity(book, chunk)),
      keep: (book, from, entries) => {
        turn.emit(iterationsEntity(book, chunkOf(from)), { type: 'IterationsKept', book, from, entries });
      },
    },
    children: {
      request: (step, wanted) => {
        requestChild(turn, level, { ...wanted, step, attempt: now().steps[step]?.attempts.length ?? 0 });
      },
      stop: (run) => {
        stopChild(turn, run);
      },
    },
  };
  return work;
}

function publisherIn({ workflowId, number, path }: RunPlace, step: string): string {
  return `step:${workflowId}/${String(number)}${path === undefined ? '' : `/${path}`}/${step}`;
}

/** An attempt on a host begins or ends outside, with everything looked up as it is now. */
function sendOut(turn: Turn, level: Level, event: RunEvent): void {
  if (event.type !== 'AttemptStarted' && event.type !== 'AttemptRedispatched' && event.type !== 'AttemptCancelling') {
    return;
  }
  const { number: attempt, token, host } = level.run.steps[event.step]?.attempts.at(-1) ?? {};
  if (attempt === undefined || token === undefined || host === undefined) return;
  const run = runEntity(level.run);
  if (event.type === 'AttemptCancelling') {
    turn.effect({ type: 'CancelAttempt', run, step: event.step, token, host });
    return;
  }
  const spec = attemptSpec(level, event.step);
  const again = event.type === 'AttemptRedispatched';
  turn.effect({ type: 'StartAttempt', run, step: event.step, attempt, token, host, again, spec });
}

function iterationOf(
  run: RunState,
  definition: Level['definition'],
  { step, index }: { readonly step: number; readonly index: number },
): RunPlace {
  const id = graphOf(definition).steps[step]?.step.id ?? '';
  const { workflowId, number, attempt, path } = run;
  const place = { workflowId, number, attempt, ...(path === undefined ? {} : { path }) };
  return iterationPlace(place, id, index, run.steps[step]?.attempts.length ?? 1);
}

function startIterationAgain(turn: Turn, place: RunPlace): boolean {
  const id = runEntity(place);
  if (turn.read('run', id) === undefined) return false;
  turn.emit(id, { type: 'RunStarted' });
  turn.follow(id);
  return true;
}

function stopIteration(turn: Turn, place: RunPlace): void {
  const id = runEntity(place);
  const run = turn.read('run', id);
  if (run === undefined || isTerminalRun(run.status) || run.ending !== undefined) return;
  turn.emit(id, { type: 'RunEnding', status: 'STOPPED' });
  turn.follow(id);
}

/** Writes down how an iteration ended, and lets its loop go on. */
function iterationEnded(
  turn: Turn,
  run: RunState,
  { place, status }: { readonly place: RunPlace; readonly status: RunEnd },
): void {
  const found = loopAround(turn, run, place);
  if (found === undefined) return;
  const { node, loop } = found;
  const index = indexOf(run);
  const { leaves, outputs, gave } = cameTo(run, node.step);
  const hasRoom = turn.hasRoom(iterationsEntity(loop.book, chunkOf(index)), bytesOf(outputs));
  turn.emit(iterationsEntity(loop.book, chunkOf(index)), {
    type: 'IterationRecorded',
    book: loop.book,
    index,
    // What did not succeed is kept as far as there is room for it; what did was let end so because there is.
    entry: { status, leaves, ...(status === 'SUCCEEDED' || hasRoom ? gave : {}) },
  });
  const { work } = node.step;
  turn.emit(runEntity(place), {
    type: 'IterationEnded',
    step: node.index,
    index,
    status,
    leaves,
    ...(work.kind === 'while' && status === 'SUCCEEDED' ? { values: nextValues(work, run.params, outputs) } : {}),
    ...(status === 'SUCCEEDED' ? {} : { message: run.failure?.message ?? `was ${status.toLowerCase()}` }),
  });
  // Where none begins any more only the last matters: all were told to end already, if they were to.
  if (mayMove(found)) turn.follow(runEntity(place));
}

/** The end of a run. An iteration fails for whose outputs there is no room in the record of its loop. */
function endWithin(turn: Turn, run: RunState, event: RunEnded): RunEnded {
  const place = enclosingPlace(run);
  const outputs = place === undefined || event.status !== 'SUCCEEDED' ? [] : givenByAll(run.steps);
  if (place === undefined || outputs.length === 0) return event;
  const { loop } = loopAround(turn, run, place) ?? {};
  const chunk = chunkOf(indexOf(run));
  if (loop === undefined || turn.hasRoom(iterationsEntity(loop.book, chunk), bytesOf(outputs))) return event;
  return { type: 'RunEnded', status: 'FAILED', failure: noRoomInRecord(chunk) };
}

type RunEnded = Extract<RunEvent, { readonly type: 'RunEnded' }>;

/** Which iteration of its loop a run is. */
function indexOf(run: RunState): number {
  return Number(run.params.find(({ name }) => name === 'loop_index')?.value);
}

/** What the steps of an iteration came to, and what they gave: as a list, and as a record has it. */
function cameTo(
  { steps }: RunState,
  loop: StepDefinition,
): Required<Pick<IterationEntry, 'leaves' | 'outputs'>> & { readonly gave: Pick<IterationEntry, 'outputs'> } {
  const outputs = givenByAll(steps);
  const leaves = writeTally(endedTally(innerSteps(loop) ?? [], steps));
  return { leaves, outputs, gave: outputs.length === 0 ? {} : { outputs } };
}

/** Whether the end of an iteration lets its loop do something: begin another one, or end. */
function mayMove({ node, loop, isCancelled }: FoundLoop): boolean {
  const wasEnding = isCancelled || isSpent(node.step.work, loop);
  return !wasEnding || loop.again !== undefined || loop.running.length <= 1;
}

/** The loop that an iteration belongs to: its step, how far it is, and whether it was told to end. */
interface FoundLoop {
  readonly node: GraphStep;
  readonly loop: LoopState;
  readonly isCancelled: boolean;
}

function loopAround(turn: Turn, { path }: RunState, place: RunPlace): FoundLoop | undefined {
  const around = turn.read('run', runEntity(place));
  const level = around === undefined ? undefined : levelOf(turn, around);
  if (around === undefined || level === undefined) return undefined;
  const { steps, indexes } = graphOf(level.definition);
  const node = steps[indexes.get(loopsOf(path ?? '').at(-1) ?? '') ?? -1];
  const step = node && around.steps[node.index];
  if (node === undefined || step?.loop === undefined) return undefined;
  return { node, loop: step.loop, isCancelled: openAttempt(step)?.cancelling !== undefined };
}

/** What a run gave: for each step that gave something, its outputs. */
function outputsByStep(turn: Turn, run: RunState): readonly Entry[] {
  const definition = turn.definition(run.definition);
  if (definition === undefined) return [];
  return graphOf(definition).steps.flatMap(({ step, index }) => {
    const state = run.steps[index];
    const outputs = state === undefined ? [] : givenBy(state);
    if (outputs.length === 0) return [];
    const value: JsonObject = Object.fromEntries(outputs.map((output) => [output.name, output.value]));
    return [{ name: step.id, value }];
  });
}
