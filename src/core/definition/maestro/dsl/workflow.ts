// A document of the YAML language: the key `Workflow`, and under it the workflow, its properties, jobs, and parameters.

import { type Spot } from '../../reading/spot.ts';
import { type MapNode, type SourceNode } from '../../source/node.ts';
import { type Member, entriesOf, mapNode, under } from './nodes.ts';
import { stepsNode } from './jobs.ts';
import { paramNodes } from './params.ts';

const WORKFLOW = ['id', 'name', 'description', 'tags', 'timeout', 'criticality'];
const KNOWN = [...WORKFLOW, 'owner', 'run_strategy', 'workflow_concurrency', 'jobs', 'dag'];

/** Writes a document of the YAML language as the JSON format has it. */
export function requestNode(spot: Spot): MapNode {
  const workflow = under(spot.node, 'Workflow') ?? spot.node;
  const params = paramNodes(entriesOf(workflow).filter(([key]) => !KNOWN.includes(key)));
  const paramsNode: SourceNode | undefined =
    params.length === 0 ? undefined : { kind: 'map', at: workflow.at, entries: new Map(params) };
  const members: readonly Member[] = [
    ...WORKFLOW.map((key): Member => [key, under(workflow, key)]),
    ['params', paramsNode],
    ['steps', stepsNode(workflow, spot)],
  ];
  const properties: readonly Member[] = [
    ['owner', under(workflow, 'owner')],
    ['run_strategy', strategyNode(workflow)],
  ];
  return mapNode(workflow.at, [
    ['properties', mapNode(workflow.at, properties)],
    ['workflow', mapNode(workflow.at, members)],
  ]);
}

function strategyNode(workflow: SourceNode): SourceNode | undefined {
  const rule = under(workflow, 'run_strategy');
  const limit = under(workflow, 'workflow_concurrency');
  if (limit === undefined) return rule;
  return mapNode(limit.at, [
    ['rule', rule],
    ['workflow_concurrency', limit],
  ]);
}
