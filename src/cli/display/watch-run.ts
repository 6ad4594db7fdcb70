// Follows a run to its end and shows it: as a live picture on a terminal, as lines elsewhere, as JSON when asked.

import { CliError } from '../cli-error.ts';
import { type ExitCode, FAILED, FINE } from '../exit-code.ts';
import { follow } from './follow.ts';
import { shortId } from '../server/global-id.ts';
import { createLiveDisplay } from './live-display.ts';
import { RUN_BY_ID, RUN_CHANGES, type RunView } from '../operations/operations.ts';
import { changeLines, endLines } from './plain-view.ts';
import { CONNECTION_WORDS, type RunDisplay } from './run-display.ts';
import { endsRun, progressAfter, type RunProgress, UNKNOWN_RUN } from './run-progress.ts';
import { print, printJson, say, type Session } from '../session.ts';

/** Watches until the run has ended: fine if it succeeded. */
export async function watchRun(session: Session, runId: string): Promise<ExitCode> {
  const { run } = await session.client.query(RUN_BY_ID, { id: runId });
  if (run === null) throw noSuchRun(runId);
  const name = shortId(run.id);
  session.interruptNote = run.isTerminal ? '' : `The run goes on. Look at it again with: downbeat watch ${name}`;
  const display = displayFor(session);
  let progress: RunProgress = UNKNOWN_RUN;
  try {
    const changes = follow(
      { operation: RUN_CHANGES, variables: { runId: run.id }, itemOf: (data) => data.runChanges, isLast: endsRun },
      {
        endpoint: session.client.endpoint,
        pace: session.pace,
        signal: session.signal,
        onConnection: display.connection,
      },
    );
    for await (const change of changes) {
      display.show(progress, change);
      progress = progressAfter(progress, change);
    }
  } finally {
    display.close();
  }
  return session.signal.aborted ? FAILED : conclude(session, progress.run ?? run);
}

/** Nothing of that id. */
export function noSuchRun(runId: string): CliError {
  return new CliError('NOT_FOUND', `There is no run ${shortId(runId)}.`, {
    hint: 'See which there are with: downbeat runs',
  });
}

function conclude(session: Session, run: RunView): ExitCode {
  if (!session.json) print(session, ...endLines(run, session.paint));
  const hasSucceeded = run.status === 'SUCCEEDED';
  if (!hasSucceeded && !session.json) {
    const name = shortId(run.id);
    say(
      session,
      `See why: downbeat explain ${name}   What it printed: downbeat logs ${name}   Run it again: downbeat restart ${name}`,
    );
  }
  return hasSucceeded ? FINE : FAILED;
}

function displayFor(session: Session): RunDisplay {
  if (session.json) return jsonDisplay(session);
  return session.io.stdout.isTerminal && !session.config.surroundings.dumbTerminal
    ? createLiveDisplay(session)
    : plainDisplay(session);
}

function plainDisplay(session: Session): RunDisplay {
  return {
    show: (before, change) => {
      print(session, ...changeLines(before, change, session.paint));
    },
    connection: (event) => {
      say(session, CONNECTION_WORDS[event]);
    },
    close: () => undefined,
  };
}

function jsonDisplay(session: Session): RunDisplay {
  return {
    show: (_before, change) => {
      printJson(session, change);
    },
    connection: (event) => {
      say(session, CONNECTION_WORDS[event]);
    },
    close: () => undefined,
  };
}
