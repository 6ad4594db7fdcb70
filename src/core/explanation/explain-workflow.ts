// Why nothing of a workflow starts, or what will start it: what holds all of it up, then what each of its triggers waits for.

import { type QueueState } from '../queue/queue.ts';
import { type WorkflowState } from '../workflow/workflow.ts';
import { explainDeletion } from './explain-deletion.ts';
import { type Explanation, type Reason } from './explanation.ts';

/** Explains a workflow; `triggers` explains each of its triggers. */
export function explainWorkflow(
  workflow: WorkflowState,
  queue: QueueState | undefined,
  triggers: readonly Explanation[],
): Explanation {
  const { workflowId, deleted } = workflow;
  if (deleted !== undefined) return explainDeletion(workflow, deleted);
  const ofTriggers = triggers.flatMap(({ id, reasons }) =>
    reasons.slice(0, 1).map((reason) => ({ subject: id, ...reason })),
  );
  const starts = workflow.active === undefined ? [inactive(workflow)] : [...blocked(workflowId, queue), ...ofTriggers];
  const reasons = [...(starts.length === 0 ? [noTriggers(workflowId)] : starts), ...breakpoints(workflow)];
  return { id: `workflow:${workflowId}`, summary: reasons[0]?.text ?? '', reasons };
}

function inactive({ workflowId, versions }: WorkflowState): Reason {
  return {
    code: 'INACTIVE',
    text: `No version of "${workflowId}" is active, so nothing of it starts.`,
    unblock: `downbeat activate ${workflowId} ${String(versions.length)}`,
  };
}

/** What the failed run that holds the others up says, of the workflow and of each run that waits. */
export function blocked(workflowId: string, queue: QueueState | undefined): readonly Reason[] {
  const [blocker] = queue?.blockedBy ?? [];
  if (blocker === undefined) return [];
  const name = `${workflowId}/${String(blocker)}`;
  return [
    {
      code: 'STRATEGY',
      text: `Its runs wait in the queue: under the strategy strict-sequential the failed run ${name} holds all others up.`,
      unblock: `Restart that run: downbeat restart ${name} – or let the others go on: downbeat unblock ${workflowId}.`,
      subject: `run:${name}`,
    },
  ];
}

function noTriggers(workflowId: string): Reason {
  return {
    code: 'NO_TRIGGERS',
    text: `"${workflowId}" has no trigger, so it runs only when someone starts it.`,
    unblock: `Start it: downbeat run ${workflowId} – or add \`triggers:\` to its definition.`,
  };
}

function breakpoints({ workflowId, breakpoints: set = [] }: WorkflowState): readonly Reason[] {
  return set.map(({ step, by, run, version }) => ({
    code: 'BREAKPOINT',
    text: `${whose(workflowId, run, version)} before "${step}": ${by} set a breakpoint there.`,
    unblock: `downbeat break ${workflowId} ${step}${run === undefined ? '' : ` --run ${workflowId}/${String(run)}`}${version === undefined ? '' : ` --workflow-version ${String(version)}`} --clear`,
  }));
}

function whose(workflowId: string, run: number | undefined, version: number | undefined): string {
  if (run !== undefined) return `Run ${workflowId}/${String(run)} stops`;
  return version === undefined ? 'Its runs stop' : `Its runs of version ${String(version)} stop`;
}
