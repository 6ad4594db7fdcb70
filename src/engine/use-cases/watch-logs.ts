// Watching what a step prints: the lines that are kept, then those that come, until the attempt has ended.

import { graphOf } from '../../core/definition/graph.ts';
import { attemptId, type RunPlace } from '../../core/ids.ts';
import { type AttemptState } from '../../core/run/state.ts';
import { type NumberedLine } from '../../ports/step-logs.ts';
import { type Engine } from '../engine.ts';
import { type Outside } from '../outside.ts';
import { type RunReader } from './read-runs.ts';

const page = 500;
const poll = 250;

/** Creates the use cases that read logs of steps. */
export function createLogReader(outside: Outside, runs: RunReader): Pick<Engine, 'watchLogs' | 'logTail'> {
  /** The attempt of a step, the newest without a number; undefined while there is none, null when there never will be. */
  async function attemptOf(
    place: RunPlace,
    stepId: string,
    number: number | undefined,
  ): Promise<AttemptState | undefined | null> {
    const view = await runs.view(place);
    const index = view && graphOf(view.definition).indexes.get(stepId);
    const step = index === undefined ? undefined : view?.state.steps[index];
    if (view === undefined || step === undefined) return null;
    const attempt = number === undefined ? step.attempts.at(-1) : step.attempts.find((one) => one.number === number);
    return attempt ?? (step.endedAt !== undefined || view.state.endedAt !== undefined ? null : undefined);
  }

  async function* linesAfter(id: string, after: number): AsyncGenerator<readonly NumberedLine[], void, undefined> {
    for (let last = after; ;) {
      const lines = await outside.stepLogs.read(id, last, page);
      if (lines.length === 0) return;
      last = lines.at(-1)?.number ?? last;
      yield lines;
    }
  }

  function moment(): Promise<void> {
    return new Promise((resolve) => outside.clock.after(poll, resolve));
  }

  return {
    logTail: async (place, stepId, lines) => {
      const attempt = await attemptOf(place, stepId, undefined);
      return attempt === undefined || attempt === null
        ? []
        : outside.stepLogs.tail(attemptId(place, stepId, attempt.number), lines);
    },
    watchLogs: async function* (place, stepId, number, after) {
      let last = after;
      for (;;) {
        // Asked before the lines are read: once an attempt has ended, everything it printed is kept.
        const attempt = await attemptOf(place, stepId, number);
        if (attempt === null) return;
        if (attempt !== undefined) {
          const id = attemptId(place, stepId, attempt.number);
          for await (const lines of linesAfter(id, last)) {
            last = lines.at(-1)?.number ?? last;
            yield { attemptId: id, lines };
          }
          if (attempt.endedAt !== undefined) return;
        }
        await moment();
      }
    },
  };
}
