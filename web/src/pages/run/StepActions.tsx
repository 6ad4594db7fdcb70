// What may be done with a step now.

import { type ReactElement } from 'react';
import { ask } from '../../api/ask.ts';
import { BYPASS_STEP, RESUME_STEP, RETRY_STEP, SKIP_STEP } from '../../api/documents.ts';
import { newKey } from '../../api/new-key.ts';
import { type StepState } from '../../api/shapes.ts';
import { problemsOf, useAction } from '../../api/use-action.ts';
import { ConfirmButton } from '../../parts/ConfirmButton.tsx';
import { UserErrors } from '../../parts/UserErrors.tsx';

/** The buttons, and what the server said no to; nothing where nothing is of use. */
export function StepActions({
  step,
  onChanged,
}: {
  readonly step: StepState;
  readonly onChanged: () => void;
}): ReactElement {
  const { isBusy, problems, act } = useAction();
  const wish = (): { stepId: string; idempotencyKey: string } => ({ stepId: step.id, idempotencyKey: newKey() });
  const skip = (): void => {
    const input = wish();
    act(async () => {
      const answer = await ask(SKIP_STEP, { input });
      onChanged();
      return problemsOf(answer, (data) => data.skipStep.errors);
    });
  };
  const retry = (): void => {
    const input = wish();
    act(async () => {
      const answer = await ask(RETRY_STEP, { input });
      onChanged();
      return problemsOf(answer, (data) => data.retryStep.errors);
    });
  };
  const resume = (): void => {
    const input = wish();
    act(async () => {
      const answer = await ask(RESUME_STEP, { input });
      onChanged();
      return problemsOf(answer, (data) => data.resumeStep.errors);
    });
  };
  const bypass = (): void => {
    const input = wish();
    act(async () => {
      const answer = await ask(BYPASS_STEP, { input });
      onChanged();
      return problemsOf(answer, (data) => data.bypassSignals.errors);
    });
  };
  // The server would do both also with a step that is done, in a new attempt; there "Run it again" says it better.
  const isOfUse = step.phase !== 'SKIPPED' && step.phase !== 'SUCCEEDED';
  const may = (action: string): boolean => isOfUse && step.allowedActions.includes(action);
  return (
    <>
      {may('RESUME') ? (
        <button
          type="button"
          className="button button-strong"
          disabled={isBusy}
          title="It begins, this time past the breakpoint"
          onClick={resume}
        >
          Continue
        </button>
      ) : null}
      {may('RETRY') ? (
        <button type="button" className="button" disabled={isBusy} title="It begins again now" onClick={retry}>
          {step.startedAt === null ? 'Run it now' : 'Try again now'}
        </button>
      ) : null}
      {may('BYPASS') ? (
        <button
          type="button"
          className="button"
          disabled={isBusy}
          title="It goes on with the signals it has"
          onClick={bypass}
        >
          Go on without
        </button>
      ) : null}
      {may('SKIP') ? <Skip isRunning={step.phase === 'RUNNING'} isBusy={isBusy} onSkip={skip} /> : null}
      <UserErrors errors={problems} />
    </>
  );
}

function Skip({
  isRunning,
  isBusy,
  onSkip,
}: {
  readonly isRunning: boolean;
  readonly isBusy: boolean;
  readonly onSkip: () => void;
}): ReactElement {
  if (isRunning) {
    const question = 'Skip this step? What is going on of it is ended.';
    return <ConfirmButton label="Skip" question={question} isBusy={isBusy} onConfirm={onSkip} />;
  }
  const title = 'The run goes on as if this step were done';
  return (
    <button type="button" className="button" disabled={isBusy} title={title} onClick={onSkip}>
      Skip
    </button>
  );
}
