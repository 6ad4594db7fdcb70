// The live picture in motion: redrawn at each change and each second, with the log of the step that runs.

import { CliError } from '../cli-error.ts';
import { follow } from './follow.ts';
import { liveLines, stepToFollow } from './live-view.ts';
import { STEP_LOGS } from '../operations/operations.ts';
import { CONNECTION_WORDS, type RunDisplay } from './run-display.ts';
import { progressAfter, type RunProgress, UNKNOWN_RUN } from './run-progress.ts';
import { createScreen } from './screen.ts';
import { type Session } from '../session.ts';

const REDRAW_MS = 200;
const KEPT_LINES = 5;

interface Tail {
  readonly key: string;
  readonly stepId: string;
  readonly stop: AbortController;
  lines: readonly string[];
}

/** A display on the terminal of the session. */
export function createLiveDisplay(session: Session): RunDisplay {
  const screen = createScreen(session.io.stdout);
  let progress: RunProgress = UNKNOWN_RUN;
  let notice: string | undefined;
  let tail: Tail | undefined;
  const lines = (): readonly string[] => {
    const { columns, rows } = session.io.stdout;
    return liveLines({ progress, tail, notice, now: Date.now() }, { columns, rows, paint: session.paint });
  };
  const draw = (): void => {
    screen.draw(lines());
  };
  const timer = setInterval(draw, REDRAW_MS);
  return {
    show: (before, change) => {
      progress = progressAfter(before, change);
      tail = tailFor(session, progress, tail);
      draw();
    },
    connection: (event) => {
      notice = event === 'lost' ? CONNECTION_WORDS.lost : undefined;
      draw();
    },
    close: () => {
      clearInterval(timer);
      tail?.stop.abort();
      tail = undefined;
      notice = undefined;
      screen.draw(lines().slice(1));
      screen.leave();
    },
  };
}

/** Keeps the tail that is still wanted, or begins that of another step. */
function tailFor(session: Session, progress: RunProgress, tail: Tail | undefined): Tail | undefined {
  const step = stepToFollow(progress);
  const key = step === undefined ? '' : `${step.id}#${String(step.attempts.length)}`;
  if (tail?.key === key) return tail;
  tail?.stop.abort();
  if (step === undefined) return undefined;
  const fresh: Tail = { key, stepId: step.stepId, stop: new AbortController(), lines: [] };
  void readTail(session, step.id, fresh);
  return fresh;
}

/** The tail is an ornament: if it cannot be had, the run is watched all the same. */
async function readTail(session: Session, stepId: string, tail: Tail): Promise<void> {
  const chunks = follow(
    { operation: STEP_LOGS, variables: { stepId }, itemOf: (data) => data.stepLogs },
    { endpoint: session.client.endpoint, pace: session.pace, signal: tail.stop.signal, onConnection: () => undefined },
  );
  try {
    for await (const chunk of chunks)
      tail.lines = [...tail.lines, ...chunk.lines.map((line) => line.text)].slice(-KEPT_LINES);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
  }
}
