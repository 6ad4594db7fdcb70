// What a step does, under the key that it is written with, and what stands beside it.

import { type HttpRequest, type HttpWork } from '../http-work.ts';
import { type KubernetesWork } from '../kubernetes-work.ts';
import { type ForeachWork, type SignalWait, type StepDefinition, type WhileWork, type WorkflowWork } from '../model.ts';
import { durationText } from '../plain-view.ts';
import { type Tree, type TreeMap, type WritingSpot, mapOf, note } from './tree.ts';
import { whereTree } from './trigger-tree.ts';
import { scalarTree, valueTree } from './value-tree.ts';

/** Writes the work of a step without the steps inside it. */
export function workTree(step: StepDefinition, spot: WritingSpot): TreeMap {
  const { work } = step;
  switch (work.kind) {
    case 'noop':
      return { noop: true };
    case 'wait':
      return { wait: waitTree(step.waits ?? [], spot) };
    case 'sleep':
      if (work.param !== undefined) note(spot, `How long it sleeps is said by its own parameter "${work.param}".`);
      return { sleep: durationText(work.duration) };
    case 'publish':
      return {
        publish: { signal: work.signal, params: mapOf(work.params, ({ value }) => valueTree(value)) },
      };
    case 'shell':
      return { run: work.script };
    case 'python':
    case 'node':
    case 'notebook': {
      const program = 'file' in work.program ? work.program.file : work.program.code;
      return { [work.kind]: program, requirements: 'requirements' in work ? work.requirements : undefined };
    }
    case 'http':
      return { http: httpTree(work, spot) };
    case 'kubernetes':
      return { kubernetes: podTree(work, spot) };
    case 'foreach':
      return foreachTree(work, spot);
    case 'while':
      return whileTree(work, spot);
    case 'workflow':
      return { workflow: callTree(work, spot) };
  }
}

/** Writes what a step waits for: a name where that is all. */
export function waitTree(waits: readonly SignalWait[], spot: WritingSpot): Tree {
  const [first] = waits;
  const isOne = waits.length === 1 && first?.as === undefined;
  const trees = waits.map((wait) => awaitedTree(wait, spot));
  if (!isOne) return { all: trees };
  const { signal, ...rest } = trees[0] ?? {};
  return Object.values(rest).every((value) => value === undefined) ? signal : trees[0];
}

function awaitedTree({ signal, as, match, where, lookBack }: SignalWait, spot: WritingSpot): TreeMap {
  for (const one of match.filter(({ operator, value }) => operator !== '==' || value === undefined)) {
    note(spot, `What it demands of "${one.param}" of "${signal}" has no words here: ${JSON.stringify(one)}.`);
  }
  const equal = match.flatMap(({ param, operator, value }) =>
    operator === '==' && value !== undefined ? [{ name: param, value }] : [],
  );
  return {
    signal,
    as,
    match: mapOf(equal, ({ value }) => valueTree(value)),
    where: whereTree(where),
    lookBack: lookBack === undefined || lookBack === 'all' ? lookBack : durationText(lookBack),
  };
}

function httpTree({ request, expect, state }: HttpWork, spot: WritingSpot): Tree {
  if (request === undefined) {
    note(spot, 'What it sends is said by its own parameter "http", which our own format has no words for.');
  }
  if (state !== undefined) note(spot, `What its answer means is said by an expression of Maestro's: ${state}`);
  return request === undefined ? '' : requestTree(request, expect);
}

/** A plain GET is its address alone. */
function requestTree({ method, url, headers, body }: HttpRequest, expect: string | undefined): Tree {
  const usual = body === undefined ? 'GET' : 'POST';
  if (method === 'GET' && headers.length === 0 && body === undefined && expect === undefined) return url;
  return {
    url,
    method: method === usual ? undefined : method,
    headers: mapOf(headers, ({ value }) => value),
    body: body === undefined ? undefined : valueTree(body),
    expect,
  };
}

/** An image without anything else is its name alone. */
function podTree({ pod }: KubernetesWork, spot: WritingSpot): Tree {
  if (pod === undefined) {
    note(spot, 'What it runs is said by its own parameters, which our own format has no words for.');
    return '';
  }
  const { image, command, args, ...rest } = pod;
  return Object.keys(pod).length === 1 ? image : { image, command, args, ...rest };
}

function foreachTree({ over, all, concurrency, strictOrdering, tolerate }: ForeachWork, spot: WritingSpot): TreeMap {
  if (all !== undefined) note(spot, `What it goes over is worked out together, names and values: ${all}`);
  return {
    foreach: mapOf(over, (one) =>
      'values' in one ? one.values.map((value) => scalarTree(one.type, value)) : one.expression,
    ),
    concurrency,
    strictOrdering,
    tolerate: typeof tolerate === 'object' ? `${String(tolerate.percent)}%` : tolerate,
  };
}

function whileTree({ condition, values, all }: WhileWork, spot: WritingSpot): TreeMap {
  for (const { name, expression } of values) {
    if (expression !== undefined) note(spot, `The first value of "${name}" is worked out: ${expression}`);
  }
  if (all !== undefined) note(spot, `Its first values are worked out together: ${all}`);
  return { while: condition, values: mapOf(values, ({ type, value }) => scalarTree(type, value)) };
}

function callTree({ workflowId, version, params, inherits, ...rest }: WorkflowWork, spot: WritingSpot): Tree {
  if (inherits !== undefined) {
    const whose = inherits === 'step' ? 'of this step' : 'of this step and of this run';
    note(spot, `The run gets all parameters ${whose} that it knows; here they must be named under \`params\`.`);
  }
  if (version === undefined && params.length === 0 && rest.async === undefined) return workflowId;
  return { id: workflowId, version, params: mapOf(params, ({ value }) => valueTree(value)), async: rest.async };
}
