// Says what applying a definition would change and touch, and does nothing of it: not even its files are kept.

import { canonicalJson } from '../../core/definition/canonical.ts';
import { compareDefinitions } from '../../core/definition/compare.ts';
import { withFiles } from '../../core/definition/files.ts';
import { type Definition } from '../../core/definition/model.ts';
import { explainPlan, type PlanFacts } from '../../core/explanation/explain-plan.ts';
import { queueEntity, triggerEntity, workflowEntity } from '../../core/ids.ts';
import { strategyRefusal } from '../../core/partition/workflow/apply-workflow.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type Result, failed } from '../../core/result.ts';
import { keepsPlace } from '../../core/trigger/keeps-place.ts';
import { versionOf, type WorkflowState } from '../../core/workflow/workflow.ts';
import { type Definitions } from '../definitions.ts';
import { type Engine } from '../engine.ts';
import { type DefinitionInput } from '../definition-input.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';
import { activeDefinitions } from './active-definitions.ts';
import { readOne } from './apply-workflow.ts';
import { notebooksOf } from './check-notebooks.ts';

/** What planning reads through. */
export interface PlanParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
  readonly definitions: Definitions;
}

/** How many runs and other workflows are looked at, so that a plan stays quick. */
const mostRuns = 1_000;
const mostWorkflows = 500;

/** Plans a definition against the version that starts use now. */
export async function planWorkflow(parts: PlanParts, input: DefinitionInput): ReturnType<Engine['planWorkflow']> {
  const { outside, node, reader, definitions } = parts;
  const whole = await readWhole(parts, input);
  if (!whole.ok) return { ok: false, refusals: whole.failure };
  const after = whole.value;
  const partition = node.partitionOf(after.id);
  const workflow = (await reader.entity('workflow', workflowEntity(after.id), partition))?.state;
  const active = workflow === undefined ? undefined : versionOf(workflow, undefined);
  const before = active === undefined ? undefined : await definitions.load(active.definition);
  const changes = compareDefinitions(before, after, { keepsPlace });
  const known = reusable(workflow).findLast(({ definition }) => definition === hashOf(outside, after));
  return {
    ok: true,
    value: {
      workflowId: after.id,
      activeVersion: active?.version,
      version: known?.version ?? (workflow?.versions.length ?? 0) + 1,
      isKnown: known !== undefined,
      changes,
      effects: explainPlan({
        ...(before === undefined ? {} : { before }),
        after,
        changes,
        ...(await standing(parts, after, workflow)),
        others: await otherDefinitions(parts, after.id),
        now: node.now(),
      }),
    },
  };
}

/** The versions that an equal definition is: what was deleted begins again with one of its own. */
function reusable(workflow: WorkflowState | undefined): WorkflowState['versions'] {
  return workflow === undefined || workflow.deleted !== undefined ? [] : workflow.versions;
}

/** The definition with its files, which are only looked at. */
async function readWhole(parts: PlanParts, input: DefinitionInput): Promise<Result<Definition, readonly Refusal[]>> {
  const { randomness } = parts.outside;
  const read = await readOne(parts, input);
  if (!read.ok) return read;
  const files = input.files.map(({ path, content }) => ({
    path,
    hash: randomness.hash(content),
    size: content.byteLength,
  }));
  const unfit = notebooksOf(read.value.definition, input);
  if (unfit.length > 0) return failed(unfit);
  return withFiles(read.value, [...read.value.templateFiles, ...files]);
}

function hashOf({ randomness }: Outside, definition: Definition): string {
  return randomness.hash(canonicalJson(definition));
}

/** The workflow as it stands: what runs, what is armed, and whether the new version could take over. */
async function standing(
  { outside, node, reader }: PlanParts,
  after: Definition,
  workflow: WorkflowState | undefined,
): Promise<Pick<PlanFacts, 'refusal' | 'runs' | 'triggers' | 'triggersPaused'>> {
  const partition = node.partitionOf(after.id);
  const queue = await reader.entity('queue', queueEntity(after.id), partition);
  const refusal = strategyRefusal(queue?.state, after);
  const triggers = await Promise.all(
    (workflow?.triggers ?? []).map((name) => reader.entity('trigger', triggerEntity(after.id, name), partition)),
  );
  return {
    ...(refusal === undefined ? {} : { refusal }),
    runs: await unfinishedRuns(outside, node, after.id),
    triggers: triggers.flatMap((trigger) => (trigger === undefined ? [] : [trigger.state])),
    triggersPaused: workflow?.triggersPaused ?? false,
  };
}

async function unfinishedRuns(outside: Outside, node: EngineNode, workflowId: string): Promise<PlanFacts['runs']> {
  await node.projector.flush();
  const { rows } = await outside.projections.page('runs', {
    where: { newest: true, workflowId, status: ['QUEUED', 'RUNNING', 'PAUSED'] },
    order: 'NEWEST_FIRST',
    limit: mostRuns,
  });
  const versions = new Map<number, { going: number; waiting: number }>();
  for (const { row } of rows) {
    const counted = versions.get(row.version) ?? { going: 0, waiting: 0 };
    counted[row.status === 'QUEUED' ? 'waiting' : 'going'] += 1;
    versions.set(row.version, counted);
  }
  return [...versions].sort(([a], [b]) => b - a).map(([version, counted]) => ({ version, ...counted }));
}

/** The active definitions of the other workflows, the newest ones if there are very many. */
async function otherDefinitions(parts: PlanParts, workflowId: string): Promise<readonly Definition[]> {
  const active = await activeDefinitions(parts, mostWorkflows);
  return active.map(({ definition }) => definition).filter(({ id }) => id !== workflowId);
}
