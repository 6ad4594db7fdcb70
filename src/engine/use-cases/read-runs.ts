// Reading runs: one with its definition, and all that happened to it.

import { bodyOf } from '../../core/definition/body.ts';
import { enclosingPlace, queueEntity, runEntity, type RunPlace } from '../../core/ids.ts';
import { type RunTarget } from '../../core/partition/command.ts';
import { type Cursor } from '../../core/partition/cursor.ts';
import { type RecordedEvent } from '../../core/partition/entity.ts';
import { newestAttempt } from '../../core/queue/queue.ts';
import { noWayBack } from '../../core/run/way-back.ts';
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
  timeline: Engine['timeline'];
}

/** Creates the reader of runs. */
export function createRunReader(
  outside: Outside,
  node: EngineNode,
  reader: Reader,
  definitions: Definitions,
): RunReader {
  async function view(place: RunPlace): Promise<RunView | undefined> {
    const run = await reader.entity('run', runEntity(place), node.partitionOf(place.workflowId));
    if (run === undefined) return undefined;
    const definition = bodyOf(await definitions.load(run.state.definition), place.path);
    const around = enclosingPlace(place);
    if (around === undefined) return { ...run, definition };
    // An iteration is history as soon as its run is.
    const outer = await view(around);
    const superseded = outer?.state.superseded ?? false;
    const returns = outer !== undefined && noWayBack(outer.state, outer.definition, run.state) === undefined;
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
