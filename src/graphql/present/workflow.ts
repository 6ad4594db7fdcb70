// A workflow and its versions as the schema shows them.

import { type Definition, type RunStrategy } from '../../core/definition/model.ts';
import { workflowEntity } from '../../core/ids.ts';
import { type WorkflowRow } from '../../core/partition/summary.ts';
import { type VersionState, type WorkflowState } from '../../core/workflow/workflow.ts';
import { type Workflow, type WorkflowDefinition } from '../generated/schema.ts';
import { workflowUrl } from './public-id.ts';

type Plain =
  | 'id'
  | 'workflowId'
  | 'name'
  | 'owner'
  | 'activeVersion'
  | 'versionCount'
  | 'triggersPaused'
  | 'createdAt'
  | 'updatedAt'
  | 'url';

/** What the fields of `Workflow` are resolved from. */
export interface WorkflowSource extends Pick<Workflow, Plain> {
  readonly __typename: 'Workflow';
  /** The whole state, if it is at hand. */
  readonly state?: WorkflowState;
}

/** A workflow from its state. */
export function workflowOf(state: WorkflowState): WorkflowSource {
  const { workflowId, name, owner, active, versions, triggersPaused, createdAt, updatedAt } = state;
  return {
    ...present({ workflowId, name, owner, active, triggersPaused, updatedAt }, versions.length, createdAt),
    state,
  };
}

/** A workflow from its line in a list. */
export function workflowOfRow(row: WorkflowRow): WorkflowSource {
  return present(row, row.versions, row.at);
}

interface Line {
  readonly workflowId: string;
  readonly name?: string | undefined;
  readonly owner?: string | undefined;
  readonly active?: number | undefined;
  readonly triggersPaused: boolean;
  readonly updatedAt: number;
}

function present(line: Line, versionCount: number, createdAt: number): WorkflowSource {
  return {
    __typename: 'Workflow',
    id: workflowEntity(line.workflowId),
    workflowId: line.workflowId,
    name: line.name,
    owner: line.owner,
    activeVersion: line.active,
    versionCount,
    triggersPaused: line.triggersPaused,
    createdAt,
    updatedAt: line.updatedAt,
    url: workflowUrl(line.workflowId),
  };
}

/** A version with its definition. */
export function definitionOf(version: VersionState, definition: Definition): WorkflowDefinition {
  return {
    version: version.version,
    hash: version.definition,
    appliedAt: version.appliedAt,
    appliedBy: version.appliedBy,
    runStrategy: strategyText(definition.runStrategy),
    params: definition.params.map(({ name, type, value }) => ({ name, type, value })),
    steps: definition.steps.map((step) => ({
      stepId: step.id,
      name: step.name,
      kind: step.work.kind,
      needs: step.needs.map((need) => need.step),
      when: step.when,
    })),
    json: JSON.parse(JSON.stringify(definition)) as WorkflowDefinition['json'],
  };
}

function strategyText(strategy: RunStrategy): string {
  return strategy.kind === 'sequential' ? 'sequential' : `parallel(${String(strategy.limit)})`;
}
