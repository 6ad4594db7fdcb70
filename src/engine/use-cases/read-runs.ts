// Reading runs: one with its definition, its history, and lists of rows.

import { queueEntity, runEntity, type RunPlace } from '../../core/ids.ts';
import { type RunTarget } from '../../core/partition/command.ts';
import { type Cursor } from '../../core/partition/cursor.ts';
import { type RecordedEvent } from '../../core/partition/entity.ts';
import { newestAttempt } from '../../core/queue/queue.ts';
import { type Definitions } from '../definitions.ts';
import { type Engine, type RunView } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';

/** Reads runs. */
export interface RunReader {
  /** The attempt that is meant; without one, the newest. Undefined if there is no such run. */
  place(target: RunTarget): Promise<RunPlace | undefined>;
  /** One attempt with its definition. */
  view(place: RunPlace): Promise<RunView | undefined>;
  timeline: Engine['timeline'];
}

const page = 500;

/** Creates the reader of runs. */
export function createRunReader(
  outside: Outside,
  node: EngineNode,
  reader: Reader,
  definitions: Definitions,
): RunReader {
  return {
    place: async ({ workflowId, number, attempt }) => {
      if (attempt !== undefined) return { workflowId, number, attempt };
      const queue = await reader.entity('queue', queueEntity(workflowId), node.partitionOf(workflowId));
      const newest = queue === undefined ? undefined : newestAttempt(queue.state, number);
      return newest === undefined ? undefined : { workflowId, number, attempt: newest };
    },
    view: async (place) => {
      const run = await reader.entity('run', runEntity(place), node.partitionOf(place.workflowId));
      if (run === undefined) return undefined;
      return { ...run, definition: await definitions.load(run.state.definition) };
    },
    timeline: async (place, last) => {
      const partition = node.partitionOf(place.workflowId);
      const entity = runEntity(place);
      const lines: { readonly cursor: Cursor; readonly at: number; readonly event: RecordedEvent }[] = [];
      for (let after = 0; ;) {
        const blocks = await outside.log.ofEntity(partition, entity, after, page);
        for (const block of blocks) {
          block.commits.forEach((commit, i) => {
            for (const event of commit.events) {
              if (event.entity === entity) lines.push({ cursor: [{ partition, n: block.n, i }], at: commit.at, event });
            }
          });
          after = block.n;
        }
        if (lines.length > 2 * last) lines.splice(0, lines.length - last);
        if (blocks.length < page) return lines.slice(-last);
      }
    },
  };
}
