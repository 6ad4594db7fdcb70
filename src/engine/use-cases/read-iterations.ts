// Reading the iterations of a loop: from the loop's state which go on, from its records how the others ended and what they gave.

import { innerSteps } from '../../core/definition/body.ts';
import { graphOf } from '../../core/definition/graph.ts';
import { iterationsEntity, placeInBook } from '../../core/ids.ts';
import { chunkOf, ITERATIONS_A_RECORD, type IterationEntry } from '../../core/run/iterations.ts';
import { type Entry, type Json } from '../../core/json.ts';
import { type LoopState } from '../../core/run/state.ts';
import { type Engine, type IterationRow, type IterationsRequest, type RunView } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Reader } from '../reader.ts';
import { type RunReader } from './read-runs.ts';

/** What a loop is read with. */
interface LoopParts {
  readonly workflowId: string;
  readonly loop: LoopState;
}

/** Creates the use cases that read loops. */
export function createIterationReader(
  node: EngineNode,
  reader: Reader,
  runs: RunReader,
): Pick<Engine, 'iterations' | 'loopOutputs'> {
  async function entriesOf(
    { workflowId, loop }: LoopParts,
    chunk: number,
  ): Promise<readonly (IterationEntry | null)[]> {
    const id = iterationsEntity(loop.book, chunk);
    const record = await reader.entity('iterations', id, node.partitionOf(workflowId));
    return record?.state.entries ?? [];
  }

  /** One iteration that has begun; undefined where nothing is known of it. */
  async function rowOf(
    { loop }: LoopParts,
    index: number,
    entry: IterationEntry | null | undefined,
  ): Promise<IterationRow | undefined> {
    const place = placeInBook(entry?.keptFrom ?? loop.book, index);
    if (entry !== null && entry !== undefined) return { index, status: entry.status, place };
    if (!loop.running.includes(index) && loop.again?.includes(index) !== true) return undefined;
    const status = (await runs.view(place))?.state.status;
    return status === undefined ? undefined : { index, status, place };
  }

  async function rowsOf(parts: LoopParts, { after, limit, statuses }: IterationsRequest): Promise<IterationRow[]> {
    const rows: IterationRow[] = [];
    const { next } = parts.loop;
    for (let index = after + 1; index < next && rows.length <= limit;) {
      const chunk = chunkOf(index);
      const entries = await entriesOf(parts, chunk);
      const end = Math.min(next, (chunk + 1) * ITERATIONS_A_RECORD);
      for (; index < end && rows.length <= limit; index++) {
        const entry = entries[index % ITERATIONS_A_RECORD];
        if (entry != null && statuses?.includes(entry.status) === false) continue;
        const row = await rowOf(parts, index, entry);
        if (row !== undefined && statuses?.includes(row.status) !== false) rows.push(row);
      }
    }
    return rows;
  }

  return {
    iterations: async (view, step, request) => {
      const parts = partsOf(view, step);
      if (parts === undefined) return { rows: [], more: false };
      const rows = await rowsOf(parts, request);
      return { rows: rows.slice(0, request.limit), more: rows.length > request.limit };
    },
    loopOutputs: async (view, step) => {
      const parts = partsOf(view, step);
      const inner = innerStepsOf(view, step);
      const many = (parts?.loop.total ?? parts?.loop.next ?? 0) > ITERATIONS_A_RECORD;
      if (parts === undefined || many) return undefined;
      const entries = await entriesOf(parts, 0);
      return inner.flatMap(({ id, outputs }, place): readonly Entry[] => {
        if (outputs.length === 0) return [];
        const given = outputs.map(({ name }) => [name, collected(entries, parts.loop.next, { place, name })] as const);
        return [{ name: id, value: Object.fromEntries(given) }];
      });
    },
  };
}

/** A loop that has begun in this attempt of the run, or was kept as it ended. */
function partsOf({ state }: RunView, step: number): LoopParts | undefined {
  const { loop, status } = state.steps[step] ?? {};
  return loop === undefined || status === 'NOT_CREATED' ? undefined : { workflowId: state.workflowId, loop };
}

function innerStepsOf({ definition }: RunView, step: number): NonNullable<ReturnType<typeof innerSteps>> {
  const node = graphOf(definition).steps[step];
  return (node && innerSteps(node.step)) ?? [];
}

function collected(
  entries: readonly (IterationEntry | null)[],
  total: number,
  { place, name }: { readonly place: number; readonly name: string },
): readonly Json[] {
  return Array.from({ length: total }, (_, index) => {
    const values = entries[index]?.outputs?.find(({ step }) => step === place)?.values;
    return values?.find((output) => output.name === name)?.value ?? null;
  });
}
