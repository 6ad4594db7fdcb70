// Deleting a workflow: asks once, and again where runs go on that would be stopped with it.

import { type ReactElement } from 'react';
import { DELETE_WORKFLOW } from '../api/admin-documents.ts';
import { ask } from '../api/ask.ts';
import { problemsOf, useAction } from '../api/use-action.ts';
import { ConfirmButton } from './ConfirmButton.tsx';
import { UserErrors } from './UserErrors.tsx';

/** The button; `onDeleted` is called once it is gone. */
export function DeleteWorkflow({
  workflowId,
  onDeleted,
}: {
  readonly workflowId: string;
  readonly onDeleted: () => void;
}): ReactElement {
  const { isBusy, problems, act } = useAction();
  const goesOn = problems.some(({ code }) => code === 'ACTION_NOT_ALLOWED');
  const remove = (stopRuns: boolean) => (): void => {
    act(async () => {
      const input = { workflowId, stopRuns };
      const said = problemsOf(await ask(DELETE_WORKFLOW, { input }), (data) => data.deleteWorkflow.errors);
      if (said.length === 0) onDeleted();
      return said;
    });
  };
  return (
    <section>
      <h2>Deleting it</h2>
      <p className="quiet above-command">
        Nothing of it starts any more then. Its runs can still be read, and applying it again brings it back.
      </p>
      <UserErrors errors={problems} />
      {goesOn ? (
        <ConfirmButton
          key="with runs"
          label="Stop its runs and delete"
          question="Stop what goes on, and delete the workflow?"
          isBusy={isBusy}
          onConfirm={remove(true)}
        />
      ) : (
        <ConfirmButton
          key="alone"
          label="Delete"
          question={`Delete ${workflowId}?`}
          isBusy={isBusy}
          onConfirm={remove(false)}
        />
      )}
    </section>
  );
}
