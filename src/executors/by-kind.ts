// Several executors as one: each does the kinds of work that it knows.

import { type AttemptSpec, type Executor } from '../ports/executor.ts';

/** Hands each attempt to the executor of its kind. */
export function executorsByKind(executors: readonly Executor[]): Executor {
  const byKind = new Map(executors.flatMap((executor) => executor.kinds.map((kind) => [kind, executor] as const)));
  return {
    kinds: [...byKind.keys()],
    start: (spec, listener) => {
      const executor = byKind.get(spec.work.kind);
      return executor === undefined ? startedByNobody(spec) : executor.start(spec, listener);
    },
    clearUp: async (isOver) => {
      for (const executor of executors) await executor.clearUp?.(isOver);
    },
  };
}

/** The attempt of a kind that nobody does: it fails. */
export function startedByNobody({ stepId, work }: AttemptSpec): ReturnType<Executor['start']> {
  const failure = {
    kind: 'INTERNAL',
    code: 'NO_EXECUTOR',
    message: `This server cannot do step "${stepId}": nothing here does work of the kind ${work.kind}.`,
    retryable: false,
  } as const;
  return { result: Promise.resolve({ outcome: 'failed', failure }), cancel: () => undefined };
}
