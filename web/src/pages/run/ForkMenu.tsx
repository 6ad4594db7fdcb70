// Making a new run of what this one has done; the page goes there.

import { type ReactElement } from 'react';
import { ask } from '../../api/ask.ts';
import { FORK_RUN, type RunPicture } from '../../api/documents.ts';
import { newKey } from '../../api/new-key.ts';
import { type StepState } from '../../api/shapes.ts';
import { problemsOf, useAction } from '../../api/use-action.ts';
import { Menu } from '../../parts/Menu.tsx';
import { UserErrors } from '../../parts/UserErrors.tsx';
import { goTo } from '../../routing/location.ts';

interface Options {
  readonly run: RunPicture;
  /** The step that is looked at: there a fork can begin. */
  readonly step: StepState | undefined;
}

/** The button with its ways, and what the server said no to. */
export function ForkMenu({ run, step }: Options): ReactElement {
  const { isBusy, problems, act } = useAction();
  const fork = (from?: string): void => {
    const input = { runId: run.id, idempotencyKey: newKey(), ...(from === undefined ? {} : { from }) };
    act(async () => {
      const answer = await ask(FORK_RUN, { input });
      if ('data' in answer && answer.data.forkRun.run !== null) goTo(answer.data.forkRun.run.url);
      return problemsOf(answer, (data) => data.forkRun.errors);
    });
  };
  const isPlain = step === undefined || step.isFinal;
  const isDone = run.steps.nodes.every(({ phase, isFinal }) => isFinal || phase === 'SUCCEEDED' || phase === 'SKIPPED');
  return (
    <>
      <Menu
        label="Fork"
        isBusy={isBusy}
        items={[
          {
            label: 'From what is incomplete',
            note: isDone ? 'Everything is done.' : 'A new run keeps what is done; this one stays as it is.',
            onChoose: isDone
              ? undefined
              : () => {
                  fork();
                },
          },
          {
            label: isPlain ? 'From one step' : `From ${step.stepId}`,
            note: isPlain ? 'Choose the step first.' : 'A new run begins there and keeps what is done before it.',
            onChoose: isPlain
              ? undefined
              : () => {
                  fork(step.stepId);
                },
          },
        ]}
      />
      <UserErrors errors={problems} />
    </>
  );
}
