// `skip` and `retry`: a run goes on without a step, or with another try of it.

import { type ExitCode, FINE } from '../exit-code.ts';
import { globalStepId, shortId } from '../global-id.ts';
import { RETRY, SKIP, type StepChangeView } from '../operations.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { lookOf } from '../status-words.ts';
import { type HoldOptions } from './hold.ts';

/** Lets a run go on as if the step were done. */
export async function skip(session: Session, run: string, step: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(SKIP, { stepId: globalStepId(run, step), ...options });
  return show(session, accepted(session, answer.skipStep), 'is skipped');
}

/** Lets a step begin again. */
export async function retry(session: Session, run: string, step: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(RETRY, { stepId: globalStepId(run, step), ...options });
  return show(session, accepted(session, answer.retryStep), 'begins again');
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
