// What may be done with a run now. It asks back only before it ends something that is going on.

import { type ReactElement } from 'react';
import { ask } from '../../api/ask.ts';
import { KILL_RUN, PAUSE_RUN, RESTART_RUN, RESUME_RUN, type RunPicture, STOP_RUN } from '../../api/documents.ts';
import { newKey } from '../../api/new-key.ts';
import { type StepState } from '../../api/shapes.ts';
import { problemsOf, useAction } from '../../api/use-action.ts';
import { ConfirmButton } from '../../parts/ConfirmButton.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { UserErrors } from '../../parts/UserErrors.tsx';
import { ForkMenu } from './ForkMenu.tsx';

interface ActionOptions {
  readonly run: RunPicture;
  /** The step that is looked at: there a restart can begin. */
  readonly step: StepState | undefined;
  readonly onChanged: () => void;
}

/** The buttons, and what the server said no to. */
export function RunActions({ run, step, onChanged }: ActionOptions): ReactElement {
  const { isBusy, problems, act } = useAction();
  const wish = (): { runId: string; idempotencyKey: string } => ({ runId: run.id, idempotencyKey: newKey() });
  const what = run.path === null ? 'run' : 'iteration';
  const may = (action: string): boolean => run.allowedActions.includes(action);
  const restart = (from: Beginning, { stepId, alone }: { stepId?: string; alone?: true } = {}): void => {
    const input = {
      ...wish(),
      from,
      ...(stepId === undefined ? {} : { stepId }),
      ...(alone === undefined ? {} : { alone }),
    };
    act(async () => {
      const answer = await ask(RESTART_RUN, { input });
      onChanged();
      return problemsOf(answer, (data) => data.restartRun.errors);
    });
  };
  return (
    <span className="actions">
      {may('RESUME') ? (
        <button
          type="button"
          className="button button-strong"
          disabled={isBusy}
          onClick={() => {
            const input = wish();
            act(async () => problemsOf(await ask(RESUME_RUN, { input }), (data) => data.resumeRun.errors));
          }}
        >
          Resume
        </button>
      ) : null}
      {may('PAUSE') ? (
        <button
          type="button"
          className="button"
          disabled={isBusy}
          title="No further step starts; what is going on goes on"
          onClick={() => {
            const input = wish();
            act(async () => problemsOf(await ask(PAUSE_RUN, { input }), (data) => data.pauseRun.errors));
          }}
        >
          Pause
        </button>
      ) : null}
      {may('STOP') ? (
        <ConfirmButton
          label="Stop"
          question={`Stop this ${what}? What is going on is ended.`}
          isBusy={isBusy}
          onConfirm={() => {
            const input = wish();
            act(async () => problemsOf(await ask(STOP_RUN, { input }), (data) => data.stopRun.errors));
          }}
        />
      ) : null}
      {may('KILL') ? (
        <ConfirmButton
          label="Kill"
          question={`Kill this ${what}? What is going on is cut off, and nothing tidies up after it.`}
          isBusy={isBusy}
          onConfirm={() => {
            const input = wish();
            act(async () => problemsOf(await ask(KILL_RUN, { input }), (data) => data.killRun.errors));
          }}
        />
      ) : null}
      {may('FORK') ? <ForkMenu run={run} step={step} /> : null}
      {may('RESTART') ? <Restart isBusy={isBusy} step={step} run={run} onRestart={restart} /> : null}
      <UserErrors errors={problems} />
    </span>
  );
}

type Beginning = 'BEGINNING' | 'INCOMPLETE' | 'STEP';

/** The run whose step runs this one, `etl/7`. */
function parentOf({ cause, path }: RunPicture): string | undefined {
  if (path !== null || cause.step === null) return undefined;
  return /^step:([^/]+\/\d+)/u.exec(cause.step)?.[1];
}

function Restart({
  isBusy,
  step,
  run,
  onRestart,
}: {
  readonly isBusy: boolean;
  readonly step: StepState | undefined;
  readonly run: RunPicture;
  readonly onRestart: (from: Beginning, more?: { stepId?: string; alone?: true }) => void;
}): ReactElement {
  const isPlain = step === undefined || step.isFinal;
  const parent = parentOf(run);
  const whole = run.path === null ? parent : `${run.workflowId}/${String(run.number)}`;
  const then = whole === undefined ? '' : ` Then ${whole} goes on.`;
  return (
    <Menu
      label="Run it again"
      isBusy={isBusy}
      items={[
        {
          label: 'From the beginning',
          note: `Every step runs again.${then}`,
          onChoose: () => {
            onRestart('BEGINNING');
          },
        },
        {
          label: 'From what is incomplete',
          note: `What is done stays as it is, in loops too.${then}`,
          onChoose: () => {
            onRestart('INCOMPLETE');
          },
        },
        {
          label: isPlain ? 'From one step' : `From ${step.stepId}`,
          note: isPlain ? 'Choose the step first.' : `It runs again, and all that needs it.${then}`,
          onChoose: isPlain
            ? undefined
            : () => {
                onRestart('STEP', { stepId: step.stepId });
              },
        },
        ...(parent === undefined
          ? []
          : [
              {
                label: 'By itself, from the beginning',
                note: `Every step runs again. ${parent} stays as it is.`,
                onChoose: () => {
                  onRestart('BEGINNING', { alone: true });
                },
              },
            ]),
      ]}
    />
  );
}
