// A workflow and its versions as the schema shows them.

import { innerSteps } from '../../core/definition/body.ts';
import { toMaestroJson } from '../../core/definition/maestro/export/to-maestro-json.ts';
import { type Definition, type RunStrategy, type StepDefinition } from '../../core/definition/model.ts';
import { workflowEntity } from '../../core/ids.ts';
import { type Entry } from '../../core/json.ts';
import { type WorkflowRow } from '../../core/partition/summary.ts';
import { type VersionState, type WorkflowState } from '../../core/workflow/workflow.ts';
import {
  type StepDefinition as StepDefinitionShape,
  type Workflow,
  type WorkflowDefinition,
  type WorkflowVersion,
} from '../generated/schema.ts';
import { failureModeOf } from './failure-mode.ts';
import { objectOf } from './object.ts';
import { modeOf } from './param-trace.ts';
import { workflowUrl } from './public-id.ts';

type Plain =
  | 'id'
  | 'workflowId'
  | 'name'
  | 'owner'
  | 'activeVersion'
  | 'versionCount'
  | 'triggersPaused'
  | 'labels'
  | 'deletedAt'
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
  const { versions, createdAt, deleted } = state;
  return {
    ...present({ ...state, deletedAt: deleted?.at }, versions.length, createdAt),
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
  readonly labels?: readonly Entry<string>[];
  readonly deletedAt?: number | undefined;
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
    labels: objectOf(line.labels ?? []),
    deletedAt: line.deletedAt,
    createdAt,
    updatedAt: line.updatedAt,
    url: workflowUrl(line.workflowId),
  };
}

/** What the fields of `WorkflowVersion` are resolved from. */
export interface VersionSource extends Pick<
  WorkflowVersion,
  'version' | 'hash' | 'appliedAt' | 'appliedBy' | 'isActive'
> {
  readonly state: VersionState;
}

/** A version in the list of a workflow. */
export function versionLine(state: VersionState, active: number | undefined): VersionSource {
  const { version, definition, appliedAt, appliedBy } = state;
  return { version, hash: definition, appliedAt, appliedBy, isActive: version === active, state };
}

/** What the fields of `WorkflowDefinition` are resolved from. */
export interface DefinitionSource extends Omit<
  WorkflowDefinition,
  '__typename' | 'yaml' | 'nativeJson' | 'maestroYaml' | 'whyNoMaestroYaml'
> {
  readonly definition: Definition;
}

/** A version with its definition. */
export function definitionOf(version: VersionState, definition: Definition): DefinitionSource {
  return {
    definition,
    version: version.version,
    hash: version.definition,
    appliedAt: version.appliedAt,
    appliedBy: version.appliedBy,
    runStrategy: strategyText(definition.runStrategy),
    params: definition.params.map(({ name, type, value, expression, mode = 'mutable' }) => ({
      name,
      type,
      value,
      expression,
      mode: modeOf(mode),
    })),
    steps: definition.steps.map(stepOf),
    finally: (definition.finally ?? []).map(stepOf),
    json: JSON.parse(JSON.stringify(definition)) as WorkflowDefinition['json'],
    maestroJson: maestroJsonOf(definition),
  };
}

function maestroJsonOf(definition: Definition): WorkflowDefinition['maestroJson'] {
  if (definition.dialect !== 'maestro') return null;
  const exported = toMaestroJson(definition);
  return exported.ok ? exported.value : null;
}

function stepOf(step: StepDefinition): StepDefinitionShape {
  return {
    stepId: step.id,
    name: step.name,
    kind: step.work.kind,
    needs: step.needs.map((need) => need.step),
    when: step.when,
    onFailure: failureModeOf(step),
    steps: (innerSteps(step) ?? []).map(stepOf),
    workflowId: step.work.kind === 'workflow' ? step.work.workflowId : null,
  };
}

function strategyText(strategy: RunStrategy): string {
  return strategy.kind === 'parallel' ? `parallel(${String(strategy.limit)})` : strategy.kind;
}
