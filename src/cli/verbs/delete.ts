// `delete` and `set`: what is done to a workflow rather than to a version of it.

import { DELETE_WORKFLOW, type PropertiesView, UPDATE_WORKFLOW } from '../operations/admin-operations.ts';
import { wrongUse } from '../cli-error.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { printableLine } from '../display/printable.ts';
import { labelsOf } from '../program/run-filter.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { type HoldOptions } from './hold-options.ts';

/** Whether runs that go on are stopped with it. */
export interface DeleteOptions extends HoldOptions {
  readonly stopRuns?: boolean;
}

/** Deletes a workflow. */
export async function deleteWorkflow(session: Session, workflow: string, options: DeleteOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(DELETE_WORKFLOW, { workflowId: workflow, ...options });
  const deleted = accepted(session, answer.deleteWorkflow).workflow;
  if (session.json) printJson(session, deleted);
  else {
    print(session, `✓ ${deleted?.workflowId ?? workflow} is deleted: nothing of it starts any more`);
    say(session, 'Its runs can still be read. To have it again, apply its definition.');
  }
  return FINE;
}

const NAMES = ['owner', 'labels', 'description'] as const;

/** What to set, and what to take back. */
export interface SetOptions extends HoldOptions {
  readonly owner?: string;
  readonly label?: readonly string[];
  readonly description?: string;
  readonly unset?: readonly string[];
}

/** Sets owner, labels or description by hand, or takes them back. */
export async function set(session: Session, workflow: string, options: SetOptions): Promise<ExitCode> {
  const { reason } = options;
  const input = { workflowId: workflow, ...changeOf(options), ...(reason === undefined ? {} : { reason }) };
  const changed = accepted(session, (await session.client.mutate(UPDATE_WORKFLOW, input)).updateWorkflow).workflow;
  if (session.json || changed === null) printJson(session, changed);
  else print(session, ...linesOf(changed));
  return FINE;
}

function changeOf({ owner, label, description, unset = [] }: SetOptions): object {
  const unknown = unset.find((name) => !(NAMES as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw wrongUse(`--unset ${unknown} is nothing that can be set.`, `There are ${NAMES.join(', ')}.`);
  }
  const change = {
    ...Object.fromEntries(unset.map((name) => [name, null])),
    ...(owner === undefined ? {} : { owner }),
    ...(label === undefined ? {} : { labels: labelsOf(label) }),
    ...(description === undefined ? {} : { description }),
  };
  if (Object.keys(change).length > 0) return change;
  throw wrongUse('There is nothing to set.', 'Give --owner, --label, --description or --unset.');
}

function linesOf({ workflowId, owner, labels, description }: PropertiesView): readonly string[] {
  const named = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return [
    `✓ ${workflowId}`,
    `  owner        ${printableLine(owner ?? '–')}`,
    `  labels       ${printableLine(named.length === 0 ? '–' : named.join(' '))}`,
    `  description  ${printableLine(description ?? '–')}`,
  ];
}
