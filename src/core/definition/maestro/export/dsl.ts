// A request of Maestro's JSON as its YAML language writes it: jobs with their transitions in words, and parameters whose keys say
// what their values are, as in `!rounds<long>(mutable)`.

import { type Json, type JsonObject } from '../../../json.ts';
import { isJsonArray, isJsonObject } from '../../../params/infer-type.ts';
import { type Tree, type TreeMap } from '../../native/tree.ts';
import { valueTree } from '../../native/value-tree.ts';

/** Writes a request; what the language has no words for is left out. */
export function dslTree(request: JsonObject): TreeMap {
  const properties = mapAt(request, 'properties');
  const { params, steps, ...workflow } = mapAt(request, 'workflow');
  const strategy = mapAt(properties, 'run_strategy');
  return {
    Workflow: {
      ...only(workflow, ['id', 'name', 'description', 'tags', 'timeout', 'criticality']),
      owner: valueAt(properties, 'owner'),
      run_strategy: valueAt(strategy, 'rule'),
      workflow_concurrency: valueAt(strategy, 'workflow_concurrency'),
      ...paramTrees(params),
      jobs: jobTrees(steps),
    },
  };
}

const COMMON = ['id', 'name', 'description', 'failure_mode', 'tags', 'timeout'];
const SIGNALS = ['signal_dependencies', 'signal_outputs'];
const OWN = [
  'type',
  'sub_type',
  'sub_type_version',
  'retry_policy',
  'sync',
  'explicit_params',
  'concurrency',
  'strict_ordering',
  'condition',
];

function jobTrees(steps: Json | undefined): readonly Tree[] {
  return steps !== undefined && isJsonArray(steps) ? steps.filter(isJsonObject).map(jobTree) : [];
}

function jobTree(wrapped: JsonObject): TreeMap {
  const [kind = 'step'] = Object.keys(wrapped);
  const { params, steps, transition, ...job } = mapAt(wrapped, kind);
  const { loop_params: loop, subworkflow_id: id, subworkflow_version: version, ...own } = mapOr(params);
  const isCall = kind === 'subworkflow';
  const called = isCall ? {} : { ...(id && { subworkflow_id: id }), ...(version && { subworkflow_version: version }) };
  return {
    [kind === 'step' ? 'job' : kind]: {
      ...only(job, [...COMMON, ...OWN]),
      subworkflow_id: isCall ? valueAt(mapOr(id), 'value') : undefined,
      version: isCall ? valueAt(mapOr(version), 'value') : undefined,
      ...paramTrees({ ...called, ...own }),
      ...loopTree(loop),
      ...only(job, SIGNALS),
      jobs: steps === undefined ? undefined : jobTrees(steps),
      transition: waysTree(mapAt(mapOr(transition), 'successors')),
    },
  };
}

/** What a loop goes over: each by itself, or as one parameter where there is none or an expression gives all of them. */
function loopTree(loop: Json | undefined): TreeMap {
  if (loop === undefined) return {};
  const each = mapOr(valueOf(loop));
  return Object.keys(each).length === 0 ? paramTrees({ loop_params: loop }) : { loop_params: paramTrees(each) };
}

function waysTree(successors: JsonObject): Tree {
  const ways = Object.entries(successors).map(([to, condition]) =>
    condition === 'true' || typeof condition !== 'string' ? to : `IF ${condition} THEN ${to}`,
  );
  return ways.length < 2 ? ways[0] : ways;
}

const TYPES: Readonly<Record<string, string>> = { MAP: 'pmap', STRING_MAP: 'map' };

function paramTrees(params: Json | undefined): TreeMap {
  const entries = Object.entries(mapOr(params)).map(([name, declared]): readonly [string, Tree] => {
    const { type, mode, expression, value } = mapOr(declared);
    const word = typeof type === 'string' ? `<${TYPES[type] ?? type.toLowerCase()}>` : '';
    const key = `${name}${word}${typeof mode === 'string' ? `(${mode.toLowerCase()})` : ''}`;
    if (expression !== undefined) return [`!${key}`, valueTree(expression)];
    return [key, type === 'MAP' ? paramTrees(value) : valueTree(value ?? null)];
  });
  return Object.fromEntries(entries);
}

function only(map: JsonObject, keys: readonly string[]): TreeMap {
  return Object.fromEntries(keys.map((key) => [key, valueAt(map, key)]));
}

function valueAt(map: JsonObject, key: string): Tree {
  const value = map[key];
  return value === undefined ? undefined : valueTree(value);
}

function valueOf(declared: Json): Json | undefined {
  return mapOr(declared)['value'];
}

function mapAt(map: JsonObject, key: string): JsonObject {
  return mapOr(map[key]);
}

function mapOr(json: Json | undefined): JsonObject {
  return json !== undefined && isJsonObject(json) ? json : {};
}
