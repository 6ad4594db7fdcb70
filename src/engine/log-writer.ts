// Keeps what an attempt prints: numbered without gaps, in batches, all of it by the time it is closed.

import { type LogLine } from '../ports/executor.ts';
import { type NumberedLine } from '../ports/step-logs.ts';
import { type Milliseconds } from '../core/time.ts';
import { type Outside } from './outside.ts';

/** Takes the lines of one attempt. */
export interface LogWriter {
  readonly write: (line: LogLine) => void;
  /** Resolves when every line is kept, or was given up after the store failed for half a minute. */
  close(): Promise<void>;
}

const batch = 500;
const pause: Milliseconds = 100;
const mostTries = 30;

/** Creates the writer of an attempt. Of one that was out before, it goes on behind the lines that are there. */
export async function createLogWriter(outside: Outside, attemptId: string, again: boolean): Promise<LogWriter> {
  const [last] = again ? await outside.stepLogs.tail(attemptId, 1) : [];
  let number = last?.number ?? 0;
  let waiting: NumberedLine[] = [];
  let writing: Promise<void> | undefined;
  let isScheduled = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const lines = waiting.slice(0, batch);
      waiting = waiting.slice(lines.length);
      await keep(lines);
    }
  }

  async function keep(lines: readonly NumberedLine[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await outside.stepLogs.append(attemptId, lines);
        outside.bus.publish('logs', attemptId);
        return;
      } catch (error) {
        if (tries >= mostTries) {
          outside.logger.error('lines of a step were given up', error, { attemptId, lines: lines.length });
          return;
        }
        await new Promise<void>((resolve) => outside.clock.after(1_000, resolve));
      }
    }
  }

  function schedule(): void {
    if (isScheduled || writing !== undefined) return;
    isScheduled = true;
    outside.clock.after(pause, () => {
      isScheduled = false;
      writing ??= drain().finally(() => {
        writing = undefined;
        if (waiting.length > 0) schedule();
      });
    });
  }

  return {
    write: (line) => {
      number++;
      waiting.push({ ...line, number });
      schedule();
    },
    close: async () => {
      while (writing !== undefined || waiting.length > 0) {
        if (writing === undefined) await drain();
        else await writing;
      }
    },
  };
}
