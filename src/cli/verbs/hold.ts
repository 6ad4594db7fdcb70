// `stop`, `pause` and `resume`: what is going on ends, what would begin does not, and begins again.

import { type ExitCode, FINE } from '../exit-code.ts';
import { globalRunId, shortId } from '../global-id.ts';
import { PAUSE, RESUME, STOP, type TriggersView } from '../operations.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { lookOf } from '../status-words.ts';

/** What all of them may be told. */
export interface HoldOptions {
  readonly reason?: string;
}

/** Ends a run. */
export async function stop(session: Session, runId: string, { reason }: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(STOP, {
    runId: globalRunId(runId),
    ...(reason === undefined ? {} : { reason }),
  });
  const { run } = accepted(session, answer.stopRun);
  if (session.json) printJson(session, run);
  else if (run !== null) {
    const { sign, word } = lookOf(run.status);
    const name = shortId(run.id);
    print(session, run.isTerminal ? `${sign} ${name} ${word}` : `${name} is being stopped (now: ${word})`);
    if (!run.isTerminal) say(session, `See it end with: downbeat watch ${name}`);
  }
  return FINE;
}

/** Keeps a workflow's triggers from starting runs. */
export async function pauseTriggers(session: Session, workflow: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(PAUSE, { workflowId: workflow, ...options });
  return showTriggers(session, accepted(session, answer.pauseTriggers));
}

/** Lets a workflow's triggers start runs again. */
export async function resumeTriggers(session: Session, workflow: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(RESUME, { workflowId: workflow, ...options });
  return showTriggers(session, accepted(session, answer.resumeTriggers));
}

function showTriggers(session: Session, { workflow }: TriggersView): ExitCode {
  if (session.json) printJson(session, workflow);
  else if (workflow !== null) {
    const { workflowId, triggersPaused, triggers } = workflow;
    const count = triggers.length === 1 ? 'its trigger' : `its ${String(triggers.length)} triggers`;
    print(
      session,
      triggersPaused
        ? `■ ${workflowId} is paused: ${count} will start nothing`
        : `✓ ${workflowId} goes on: ${count} may start runs`,
    );
    say(
      session,
      triggersPaused
        ? `Runs that are going on go on. Undo with: downbeat resume ${workflowId}`
        : `See when it starts next with: downbeat explain ${workflowId}`,
    );
  }
  return FINE;
}
