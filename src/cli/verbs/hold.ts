// `stop`, `kill`, `pause`, `resume` and `unblock`: what is going on ends, what would begin does not, and begins again.

import { wrongUse } from '../cli-error.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { globalId, globalRunId, shortId } from '../server/global-id.ts';
import {
  KILL,
  PAUSE,
  PAUSE_RUN,
  RESUME,
  RESUME_RUN,
  type RunView,
  STOP,
  type TriggersView,
  UNBLOCK,
} from '../operations/operations.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { lookOf } from '../display/status-words.ts';
import { type HoldOptions } from './hold-options.ts';
import { resumeStep } from './steps.ts';

/** Ends a run. */
export async function stop(session: Session, runId: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(STOP, { runId: globalRunId(runId), ...options });
  return showEnding(session, accepted(session, answer.stopRun).run, 'stopped');
}

/** Ends a run at once, without its `finally` steps. */
export async function kill(session: Session, runId: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(KILL, { runId: globalRunId(runId), ...options });
  return showEnding(session, accepted(session, answer.killRun).run, 'killed');
}

/** Keeps the steps of a run, or the triggers of a workflow, from starting anything. */
export async function pause(session: Session, what: string, options: HoldOptions): Promise<ExitCode> {
  const id = runOrWorkflow(what);
  if (!id.startsWith('run:')) {
    const answer = await session.client.mutate(PAUSE, { workflowId: shortId(id), ...options });
    return showTriggers(session, accepted(session, answer.pauseTriggers));
  }
  const { run } = accepted(session, (await session.client.mutate(PAUSE_RUN, { runId: id, ...options })).pauseRun);
  if (session.json) printJson(session, run);
  else if (run !== null) {
    const name = shortId(run.id);
    print(session, `${lookOf('PAUSED').sign} ${name} is paused: nothing more of it begins`);
    say(session, `What runs goes on. Undo with: downbeat resume ${name}`);
  }
  return FINE;
}

/** Lets the steps of a run, the triggers of a workflow, or a step at a breakpoint go on. */
export async function resume(session: Session, what: string, options: HoldOptions): Promise<ExitCode> {
  if (globalId(what).startsWith('step:')) return resumeStep(session, globalId(what), options);
  const id = runOrWorkflow(what);
  if (!id.startsWith('run:')) {
    const answer = await session.client.mutate(RESUME, { workflowId: shortId(id), ...options });
    return showTriggers(session, accepted(session, answer.resumeTriggers));
  }
  const { run } = accepted(session, (await session.client.mutate(RESUME_RUN, { runId: id, ...options })).resumeRun);
  if (session.json) printJson(session, run);
  else if (run !== null) {
    const name = shortId(run.id);
    print(session, `✓ ${name} goes on (now: ${lookOf(run.status).word})`);
    say(session, `See it with: downbeat watch ${name}`);
  }
  return FINE;
}

/** Lets the queue of a workflow go on that a failed run holds up. */
export async function unblock(session: Session, workflow: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(UNBLOCK, { workflowId: workflow, ...options });
  const changed = accepted(session, answer.unblockWorkflow).workflow;
  if (session.json) printJson(session, changed);
  else if (changed !== null) {
    print(session, `✓ ${changed.workflowId} goes on: no failed run holds the others up`);
    say(session, `See what runs now with: downbeat runs --workflow ${changed.workflowId}`);
  }
  return FINE;
}

function runOrWorkflow(text: string): string {
  const id = globalId(text);
  if (id.startsWith('run:') || id.startsWith('workflow:')) return id;
  throw wrongUse(
    `"${text}" is neither a run, such as penguins/12, nor a workflow, such as penguins.`,
    'A single step is stopped before it begins with: downbeat break <workflow> <step>',
  );
}

function showEnding(session: Session, run: RunView | null, verb: 'stopped' | 'killed'): ExitCode {
  if (session.json) printJson(session, run);
  else if (run !== null) {
    const { sign, word } = lookOf(run.status);
    const name = shortId(run.id);
    print(session, run.isTerminal ? `${sign} ${name} ${word}` : `${name} is being ${verb} (now: ${word})`);
    if (!run.isTerminal) say(session, `See it end with: downbeat watch ${name}`);
  }
  return FINE;
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
