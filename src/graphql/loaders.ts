// What one request has read already. Lives as long as the request; a mutation, or the next event of a subscription,
// forgets everything, so that nothing stale is shown beside what is new.

import { type EntityId } from '../core/ids.ts';
import { type RunTarget } from '../core/partition/command.ts';
import { type SignalState } from '../core/signal/signal.ts';
import { type WorkflowState } from '../core/workflow/workflow.ts';
import { type Engine, type RunView } from '../engine/engine.ts';

/** Reads of one request, each done once. */
export interface Loaders {
  workflow(workflowId: string): Promise<WorkflowState | undefined>;
  run(target: RunTarget): Promise<RunView | undefined>;
  signal(id: EntityId): Promise<SignalState | undefined>;
  /** The next reads ask the engine again. */
  forget(): void;
}

/** Makes the loaders of one request. */
export function createLoaders(engine: Engine): Loaders {
  const read = new Map<string, unknown>();
  const once = <T>(key: string, load: () => Promise<T>): Promise<T> => {
    const known = read.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const loading = load();
    read.set(key, loading);
    return loading;
  };
  return {
    workflow: (workflowId) => once(`workflow:${workflowId}`, () => engine.workflow(workflowId)),
    run: (target) => once(runKey(target), () => engine.run(target)),
    signal: (id) => once(id, () => engine.signal(id)),
    forget: () => {
      read.clear();
    },
  };
}

function runKey({ workflowId, number, attempt, path }: RunTarget): string {
  return `run:${workflowId}/${String(number)}.${attempt === undefined ? 'newest' : String(attempt)}/${path ?? ''}`;
}
