// A step in all iterations of the loops around it as a list, filtered by status and by the values of the loops.

import { type Entry, type Json } from '../../core/json.ts';
import { type Engine, type RunView } from '../../engine/engine.ts';
import { type FlattenedPage, type FlattenedRequest, type FlattenedStep } from '../../engine/views.ts';
import { badInput } from '../errors/bad-input.ts';
import { type FlattenedFilter, type StepFlattenedArgs } from '../generated/schema.ts';
import { countWithin } from '../parse/page.ts';
import { decodePageCursor, encodePageCursor } from '../parse/page-cursor.ts';
import { flattenedOf, type FlattenedSource } from '../present/flattened.ts';
import { type StepSource } from '../present/step.ts';

const LARGEST_SIZE = 100;

/** A page of the list; null for a step that is no loop. */
export async function listFlattened(
  engine: Engine,
  { id, kind, view, index }: Pick<StepSource, 'id' | 'kind' | 'view' | 'index'>,
  { step, first, after, filter }: Pick<StepFlattenedArgs, 'step' | 'first' | 'after' | 'filter'>,
): Promise<FlattenedSource | null> {
  if (kind !== 'foreach' && kind !== 'while') return null;
  const values = valuesOf(nestedStep(engine.nestedSteps(view, index), step), filter?.loopParams);
  const statuses = filter?.statuses ?? undefined;
  const list = `flattened ${JSON.stringify([id, view.state.attempt, step, statuses, values])}`;
  const behind = after === null || after === undefined ? undefined : indexesOf(decodePageCursor(list, after).id);
  const limit = countWithin('first', first ?? 20, LARGEST_SIZE);
  const page = await engine.flattened(view, index, requestOf({ stepId: step, limit }, { behind, statuses, values }));
  return {
    ...pageOf(view, list, page, behind !== undefined),
    summary: { view, index, nested: step },
    counted: values === undefined ? (statuses ?? 'all') : undefined,
  };
}

function requestOf(
  wanted: Pick<FlattenedRequest, 'stepId' | 'limit'>,
  {
    behind,
    statuses,
    values,
  }: {
    readonly behind: FlattenedRequest['after'] | undefined;
    readonly statuses: FlattenedRequest['statuses'] | undefined;
    readonly values: FlattenedRequest['values'] | undefined;
  },
): FlattenedRequest {
  return {
    ...wanted,
    ...(behind === undefined ? {} : { after: behind }),
    ...(statuses === undefined ? {} : { statuses }),
    ...(values === undefined ? {} : { values }),
  };
}

function pageOf(
  view: RunView,
  list: string,
  { rows, next }: FlattenedPage,
  hasPreviousPage: boolean,
): Pick<FlattenedSource, 'edges' | 'nodes' | 'pageInfo'> {
  const cursorAt = (indexes: readonly number[]): string => encodePageCursor(list, { at: 0, id: indexes.join('.') });
  const edges = rows.map((row) => ({ cursor: cursorAt(row.indexes), node: flattenedOf(view, row) }));
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: next !== undefined,
      hasPreviousPage,
      startCursor: edges[0]?.cursor,
      endCursor: next === undefined ? edges.at(-1)?.cursor : cursorAt(next),
    },
  };
}

function nestedStep(steps: readonly FlattenedStep[], wanted: string): FlattenedStep {
  const found = steps.find(({ stepId }) => stepId === wanted);
  if (found !== undefined) return found;
  const ids = steps.map(({ stepId }) => stepId).join(', ');
  throw badInput(`There is no step "${wanted}" in this loop that could be listed.`, `Those that can: ${ids}.`);
}

function valuesOf(
  { names, stepId }: FlattenedStep,
  wanted: FlattenedFilter['loopParams'],
): readonly Entry<readonly Json[]>[] | undefined {
  if (wanted === null || wanted === undefined) return undefined;
  if (typeof wanted !== 'object' || Array.isArray(wanted)) {
    throw badInput('`loopParams` must be an object: names of loops, and the values that are wanted.', EXAMPLE);
  }
  const entries = Object.entries(wanted).map(([name, value]) => {
    if (!names.includes(name)) {
      throw badInput(`No loop around "${stepId}" gives a value to "${name}".`, `They give: ${names.join(', ')}.`);
    }
    return { name, value: Array.isArray(value) ? (value as readonly Json[]) : [value] };
  });
  return entries.length === 0 ? undefined : entries;
}

const EXAMPLE = 'Such as {"species": ["Adelie", "Gentoo"]}.';

function indexesOf(text: string): readonly number[] {
  return text.split('.').map(Number);
}
