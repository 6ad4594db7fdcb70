// Reading runs: one with its definition, and all that happened to it.

import { bodyOf } from '../../core/definition/body.ts';
import { enclosingPlace, type EntityId, queueEntity, runEntity, type RunPlace, runPlaceOf } from '../../core/ids.ts';
import { type RunTarget } from '../../core/partition/command.ts';
import { type Cursor } from '../../core/partition/cursor.ts';
import { type RecordedEvent } from '../../core/partition/entity.ts';
import { newestAttempt } from '../../core/queue/queue.ts';
import { type RunState } from '../../core/run/state.ts';
import { laterRecord, mayReturn } from '../../core/run/way-back.ts';
import { type Answer } from '../answer.ts';
import { type Asked } from '../ask.ts';
import { type Definitions } from '../definitions.ts';
import { type Engine, type RunView } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { nothingSeen, pastOf } from '../past.ts';
import { type Reader } from '../reader.ts';

/** Reads runs. */
export interface RunReader {
  /** The attempt that is meant; without one, the newest. Undefined if there is no such run. */
  place(target: RunTarget): Promise<RunPlace | undefined>;
  /** One attempt with its definition. */
  view(place: RunPlace): Promise<RunView | undefined>;
  /** The run that the outcome of a command names. */
  answer(asked: Asked): Promise<Answer<RunView>>;
  timeline: Engine['timeline'];
}

/** Creates the reader of runs. */
export function createRunReader(
  outside: Outside,
  node: EngineNode,
  reader: Reader,
  definitions: Definitions,
): RunReader {
  async function mayBeginAgain(outer: RunView, iteration: RunState): Promise<boolean> {
    const later = laterRecord(outer.state, outer.definition, iteration);
    const partition = node.partitionOf(iteration.workflowId);
    const record = later && (await reader.entity('iterations', later.record, partition));
    const isKept = later?.isKept(record?.state) === true;
    return mayReturn(outer.state, outer.definition, { iteration, isKept, aroundReturns: outer.returns === true });
  }

  async function view(place: RunPlace): Promise<RunView | undefined> {
    const run = await reader.entity('run', runEntity(place), node.partitionOf(place.workflowId));
    if (run === undefined) return undefined;
    const definition = bodyOf(await definitions.load(run.state.definition), place.path);
    const around = enclosingPlace(place);
    if (around === undefined) return { ...run, definition };
    // An iteration is history as soon as its run is.
    const outer = await view(around);
    const superseded = outer?.state.superseded ?? false;
    const returns = outer !== undefined && (await mayBeginAgain(outer, run.state));
    return { ...run, definition, returns, state: { ...run.state, superseded } };
  }

  return {
    place: async ({ workflowId, number, attempt, ...path }) => {
      if (attempt !== undefined) return { workflowId, number, attempt, ...path };
      const queue = await reader.entity('queue', queueEntity(workflowId), node.partitionOf(workflowId));
      const newest = queue === undefined ? undefined : newestAttempt(queue.state, number);
      return newest === undefined ? undefined : { workflowId, number, attempt: newest, ...path };
    },
    view,
    answer: async (asked) => {
      if (!asked.ok) return asked;
      const value = await view(runOf(asked.outcome));
      if (value === undefined) throw new Error(`${asked.outcome.type} names a run that is not there`);
      return { ok: true, value, cursor: [asked.place], replayed: asked.replayed };
    },
    timeline: async (run, last) => {
      const partition = node.partitionOf(run.workflowId);
      const lines: { readonly cursor: Cursor; readonly at: number; readonly event: RecordedEvent }[] = [];
      for await (const { place, at, events } of pastOf(outside, partition, runEntity(run), nothingSeen)) {
        for (const event of events) lines.push({ cursor: [place], at, event });
        if (lines.length > 2 * last) lines.splice(0, lines.length - last);
      }
      return lines.slice(-last);
    },
  };
}

function runOf(outcome: {
  readonly type: string;
  readonly run?: EntityId;
  readonly entity?: EntityId;
}): ReturnType<typeof runPlaceOf> {
  const id = outcome.run ?? outcome.entity;
  if (id === undefined) throw new Error(`${outcome.type} names no run`);
  return runPlaceOf(id);
}
