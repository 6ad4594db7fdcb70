// `skip`, `retry` and `resume` of a step: a run goes on without it, with another try of it, or past its breakpoint.

import { type ExitCode, FINE } from '../exit-code.ts';
import { globalStepId, shortId } from '../server/global-id.ts';
import { BYPASS, RESUME_STEP, RETRY, SKIP, type StepChangeView } from '../operations/operations.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { lookOf } from '../display/status-words.ts';
import { type HoldOptions } from './hold-options.ts';

/** Lets a run go on as if the step were done. */
export async function skip(session: Session, run: string, step: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(SKIP, { stepId: globalStepId(run, step), ...options });
  return show(session, accepted(session, answer.skipStep), 'is skipped');
}

/** Lets a step go on without the signals that it waits for. */
export async function bypass(session: Session, run: string, step: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(BYPASS, { stepId: globalStepId(run, step), ...options });
  return show(session, accepted(session, answer.bypassSignals), 'goes on without its signals');
}

/** Lets a step begin again. */
export async function retry(session: Session, run: string, step: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(RETRY, { stepId: globalStepId(run, step), ...options });
  return show(session, accepted(session, answer.retryStep), 'begins again');
}

/** Lets a step go on that stands at a breakpoint. */
export async function resumeStep(session: Session, stepId: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(RESUME_STEP, { stepId, ...options });
  return show(session, accepted(session, answer.resumeStep), 'goes on');
}

function show(session: Session, { step, run }: StepChangeView, what: string): ExitCode {
  if (session.json) printJson(session, { step, run });
  else if (step !== null && run !== null) {
    const { word } = lookOf(step.status, step.phase);
    print(session, `✓ ${shortId(step.id)} ${what} (now: ${word}; the run: ${lookOf(run.status).word})`);
    say(session, `See how it goes on with: downbeat watch ${shortId(run.id)}`);
  }
  return FINE;
}
