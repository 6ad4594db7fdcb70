// Whether this run stops before a step begins: said, set and taken back.

import { type ReactElement } from 'react';
import { ask } from '../../api/ask.ts';
import { CLEAR_BREAKPOINT, type RunPicture, SET_BREAKPOINT } from '../../api/documents.ts';
import { newKey } from '../../api/new-key.ts';
import { type StepState } from '../../api/shapes.ts';
import { problemsOf, useAction } from '../../api/use-action.ts';
import { UserErrors } from '../../parts/UserErrors.tsx';

interface Options {
  readonly run: RunPicture;
  readonly step: StepState;
  readonly onChanged: () => void;
}

/** The sentence and the button; nothing once the step has begun. */
export function Breakpoint({ run, step, onChanged }: Options): ReactElement | null {
  const { isBusy, problems, act } = useAction();
  const { breakpoint } = step;
  if (run.isTerminal || step.phase !== 'WAITING') return null;
  if (breakpoint === null && step.startedAt !== null) return null;
  const place = { workflowId: run.workflowId, stepId: step.stepId };
  const set = (): void => {
    const input = { ...place, runId: `${run.workflowId}/${String(run.number)}`, idempotencyKey: newKey() };
    act(async () => {
      const answer = await ask(SET_BREAKPOINT, { input });
      onChanged();
      return problemsOf(answer, (data) => data.setBreakpoint.errors);
    });
  };
  const clear = (): void => {
    const input = {
      ...place,
      idempotencyKey: newKey(),
      ...(typeof breakpoint?.version === 'number' ? { version: breakpoint.version } : {}),
      ...(typeof breakpoint?.run === 'number' ? { runId: `${run.workflowId}/${String(breakpoint.run)}` } : {}),
    };
    act(async () => {
      const answer = await ask(CLEAR_BREAKPOINT, { input });
      onChanged();
      return problemsOf(answer, (data) => data.clearBreakpoint.errors);
    });
  };
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={isBusy}
        title={breakpoint === null ? 'This run stops before the step begins' : 'What stands there goes on'}
        onClick={breakpoint === null ? set : clear}
      >
        {breakpoint === null ? 'Stop before it' : 'Clear the breakpoint'}
      </button>
      {breakpoint === null ? null : (
        <span className="quiet">
          {breakpoint.setBy} set a breakpoint here{whereText(breakpoint)}.
        </span>
      )}
      <UserErrors errors={problems} />
    </>
  );
}

/** For which other runs it holds too: clearing it lets those go on as well. */
function whereText({ version, run }: { readonly version: number | null; readonly run: number | null }): string {
  if (run !== null) return ' in this run';
  return version === null ? ', for all runs' : `, for all runs of version ${String(version)}`;
}
