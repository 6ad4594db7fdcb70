// The whole state of a workflow of which only a line of a list is at hand, and its definitions.

import { versionOf, type WorkflowState } from '../core/workflow/workflow.ts';
import { type Context } from './context.ts';
import { type Definition } from '../core/definition/model.ts';
import { definitionOf, type DefinitionSource, type WorkflowSource } from './present/workflow.ts';

/** The workflow's state; undefined if it is no longer there. */
export async function stateOf(workflow: WorkflowSource, { loaders }: Context): Promise<WorkflowState | undefined> {
  return workflow.state ?? loaders.workflow(workflow.workflowId);
}

/** The definition of the active version; undefined if none is active. */
export async function loadActiveDefinition(
  { engine }: Context,
  workflow: WorkflowState | undefined,
): Promise<Definition | undefined> {
  const active = workflow === undefined ? undefined : versionOf(workflow, undefined);
  return active === undefined ? undefined : engine.definition(active.definition);
}

/** The version of that number, or the active one, with its definition; null if there is none. */
export async function loadDefinition(
  { engine }: Context,
  workflow: WorkflowState | undefined,
  number: number | undefined,
): Promise<DefinitionSource | null> {
  const version = workflow === undefined ? undefined : versionOf(workflow, number);
  return version === undefined ? null : definitionOf(version, await engine.definition(version.definition));
}
