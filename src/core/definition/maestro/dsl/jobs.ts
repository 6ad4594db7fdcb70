// Jobs of the YAML language as steps of the JSON format, with the transitions that `dag` gives to those that have none.

import { STEP_TYPES } from '../step-types.ts';
import { type Spot, report } from '../../reading/spot.ts';
import { type ListNode, type MapEntry, type MapNode, type SourceNode } from '../../source/node.ts';
import { type Member, entriesOf, mapNode, textNode, under, written } from './nodes.ts';
import { paramNodes } from './params.ts';
import { transitionNode } from './transitions.ts';

const COMMON = [
  'id',
  'name',
  'description',
  'failure_mode',
  'tags',
  'timeout',
  'signal_dependencies',
  'signal_outputs',
];
const KINDS = ['job', 'step', 'subworkflow', 'foreach', 'while', 'template'];

/** Writes the jobs of a workflow or a loop as a list of steps. */
export function stepsNode(owner: SourceNode, spot: Spot): ListNode {
  const jobs = under(owner, 'jobs');
  const at = jobs?.at ?? owner.at;
  const items = jobs?.kind === 'list' ? jobs.items : [];
  const inner = items.map(wrapped);
  const ways = waysOf(
    under(owner, 'dag'),
    inner.map(({ job }) => written(under(job, 'id')) ?? ''),
    spot,
  );
  return { kind: 'list', at, items: inner.map(({ kind, job }) => jobNode(kind, job, { spot, ways })) };
}

interface Job {
  readonly kind: string;
  readonly job: SourceNode;
}

/** A map with one key that names the kind, or the job itself. */
function wrapped(node: SourceNode): Job {
  const entries = entriesOf(node);
  const [only] = entries;
  const isWrapped = only !== undefined && entries.length === 1 && KINDS.includes(only[0]);
  const [kind, job] = isWrapped ? [only[0], only[1].value] : ['job', node];
  return { kind: kind === 'job' ? 'step' : kind, job };
}

interface Around {
  readonly spot: Spot;
  /** Where jobs without a transition lead. */
  readonly ways: ReadonlyMap<string, SourceNode>;
}

function jobNode(kind: string, job: SourceNode, { spot, ways }: Around): MapNode {
  const id = written(under(job, 'id')) ?? '';
  const transition = under(job, 'transition') ?? ways.get(id);
  const members: readonly Member[] = [
    ...COMMON.map((key): Member => [key, under(job, key)]),
    ['transition', transition && transitionNode(transition, spot)],
    ...ownMembers(kind, job, spot),
  ];
  return mapNode(job.at, [[kind, mapNode(job.at, members)]]);
}

function ownMembers(kind: string, job: SourceNode, spot: Spot): readonly Member[] {
  switch (kind) {
    case 'foreach':
      return [
        ['concurrency', under(job, 'concurrency') ?? under(job, 'job_concurrency')],
        ['strict_ordering', under(job, 'strict_ordering')],
        ['steps', stepsNode(job, spot)],
        ['params', paramsNode(job, FOREACH, loopParams(job))],
      ];
    case 'while':
      return [
        ['condition', under(job, 'condition')],
        ['steps', stepsNode(job, spot)],
        ['params', paramsNode(job, WHILE, loopParams(job))],
      ];
    case 'subworkflow':
      return [
        ['sync', under(job, 'sync')],
        ['explicit_params', under(job, 'explicit_params')],
        ['params', paramsNode(job, SUBWORKFLOW, subworkflowParams(job))],
      ];
    default:
      return [
        ...typeMembers(job),
        ['sub_type_version', versionOf(job)],
        ['retry_policy', under(job, 'retry_policy')],
        ['params', paramsNode(job, PLAIN, [])],
      ];
  }
}

/** A type that no step has is that of a job: its template says which type of step it is. */
function typeMembers(job: SourceNode): readonly Member[] {
  const type = under(job, 'type');
  const subType = under(job, 'sub_type');
  const isOfJob = type !== undefined && subType === undefined && !STEP_TYPES.has((written(type) ?? '').toLowerCase());
  return isOfJob
    ? [['sub_type', type]]
    : [
        ['type', type],
        ['sub_type', subType],
      ];
}

/** The version of the job template. Beside a type that has none, `type_version` says nothing. */
function versionOf(job: SourceNode): SourceNode | undefined {
  const own = under(job, 'sub_type_version');
  const isPlain =
    under(job, 'sub_type') === undefined && STEP_TYPES.has((written(under(job, 'type')) ?? '').toLowerCase());
  return own ?? (isPlain ? undefined : under(job, 'type_version'));
}

const LOOP = ['params', 'loop_params', 'jobs', 'dag'];
const FOREACH = [...LOOP, 'concurrency', 'job_concurrency', 'strict_ordering', 'ranges'];
const WHILE = [...LOOP, 'condition'];
const SUBWORKFLOW = ['workflow_id', 'subworkflow_id', 'version', 'sync', 'explicit_params'];
const PLAIN = ['type', 'type_version', 'sub_type', 'sub_type_version', 'retry_policy'];

type Entries = readonly (readonly [string, MapEntry])[];

/** Every key that says nothing to the job itself is a parameter. */
function paramsNode(job: SourceNode, own: readonly string[], more: Entries): SourceNode | undefined {
  const known = [...COMMON, 'transition', ...own];
  const params = paramNodes(entriesOf(job).filter(([key]) => !known.includes(key)));
  const entries = new Map([...params, ...more]);
  return entries.size === 0 ? undefined : { kind: 'map', at: job.at, entries };
}

function loopParams(job: SourceNode): Entries {
  const given = under(job, 'params') ?? under(job, 'loop_params');
  const ranges = entriesOf(under(job, 'ranges')).map(([name, { keyAt, value }]): readonly [string, MapEntry] => [
    name,
    { keyAt, value: rangeNode(value) },
  ]);
  const entries = new Map([...paramNodes(entriesOf(given)), ...ranges]);
  if (entries.size === 0) return [];
  const at = given?.at ?? job.at;
  const value: MapNode = { kind: 'map', at, entries };
  return [
    [
      'loop_params',
      {
        keyAt: at,
        value: mapNode(at, [
          ['value', value],
          ['type', textNode(at, 'MAP')],
        ]),
      },
    ],
  ];
}

/** `{ from, to, increment }`, the end not counted. */
function rangeNode(range: SourceNode): MapNode {
  const part = (key: string, otherwise: string): string => written(under(range, key)) ?? otherwise;
  const source = `Util.intsBetween(${part('from', '0')}, ${part('to', '0')}, ${part('increment', '1')})`;
  return mapNode(range.at, [
    ['expression', textNode(range.at, source)],
    ['type', textNode(range.at, 'LONG_ARRAY')],
  ]);
}

function subworkflowParams(job: SourceNode): Entries {
  const id = under(job, 'workflow_id') ?? under(job, 'subworkflow_id') ?? under(job, 'id');
  const version = under(job, 'version');
  return [
    ...(id === undefined ? [] : [stringParam('subworkflow_id', id)]),
    ...(version === undefined ? [] : [stringParam('subworkflow_version', version)]),
  ];
}

function stringParam(name: string, value: SourceNode): readonly [string, MapEntry] {
  const node = mapNode(value.at, [
    ['value', value],
    ['type', textNode(value.at, 'STRING')],
  ]);
  return [name, { keyAt: value.at, value: node }];
}

/** Where each job leads by `dag`: to the next, nowhere, or as it says. */
function waysOf(dag: SourceNode | undefined, ids: readonly string[], spot: Spot): ReadonlyMap<string, SourceNode> {
  if (dag === undefined) return new Map();
  if (dag.kind === 'map') {
    for (const [id, { keyAt }] of dag.entries) {
      if (ids.includes(id)) continue;
      const message = `\`dag\` names the job "${id}", and there is no such job in this list.`;
      report({ ...spot, node: dag }, 'unknown-step', message, { at: keyAt, meant: { word: id, among: ids } });
    }
    return new Map(Array.from(dag.entries, ([id, { value }]) => [id, value]));
  }
  const word = (written(dag) ?? '').trim().toLowerCase();
  if (word === 'sequential') {
    return new Map(ids.slice(0, -1).map((id, index) => [id, textNode(dag.at, ids[index + 1] ?? '')]));
  }
  if (word !== 'parallel') {
    const message = '`dag` is `sequential`, `parallel`, or a map of jobs and the jobs that follow them.';
    report({ ...spot, node: dag }, 'unknown-word', message);
  }
  return new Map();
}
