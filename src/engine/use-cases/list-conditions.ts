// Filters of lists as conditions on rows.

import { type Bounds, type RowCondition } from '../../ports/projections.ts';
import { type AuditFilter, type RunsFilter, type SignalsFilter, type WorkflowsFilter } from '../filters.ts';

/** The fields of a run that a text is looked for in. */
const runTexts = [
  'workflowId',
  'labels.value',
  'cause.actor',
  'cause.trigger',
  'cause.name',
  'cause.of.actor',
  'cause.of.trigger',
  'cause.of.name',
];

/** The condition for runs; `owned` are the workflows of the wanted owner, if one is wanted. */
export function runsCondition(filter: RunsFilter, owned: readonly string[] | undefined): RowCondition {
  const { workflowId, workflowIds, status, version, awaits } = filter;
  const workflows = common([workflowId === undefined ? undefined : [workflowId], workflowIds, owned]);
  return {
    where: {
      newest: true,
      ...(workflows === undefined ? {} : { workflowId: only(workflows) }),
      ...(status === undefined ? {} : { status }),
      ...(version === undefined ? {} : { version }),
      ...(awaits === undefined ? {} : { awaits }),
      ...causedBy(filter),
    },
    within: bounds({
      at: filter.created,
      startedAt: filter.started,
      endedAt: filter.ended,
      scheduledFor: filter.scheduledFor,
    }),
    ...(filter.prefix === undefined ? {} : { prefix: filter.prefix }),
    ...(filter.labels === undefined ? {} : { holding: { labels: filter.labels } }),
    ...(filter.text === undefined ? {} : { text: { contains: filter.text, fields: runTexts } }),
  };
}

/** What started the run: of one that was restarted, also what started it in the first place. */
function causedBy({ cause, trigger, signal, actor, backfill }: RunsFilter): RowCondition['where'] {
  return {
    ...(cause === undefined ? {} : { 'cause.kind': cause }),
    ...(trigger === undefined ? {} : { 'cause.trigger|cause.of.trigger': trigger }),
    ...(signal === undefined ? {} : { 'cause.name|cause.of.name|cause.signals.name|cause.of.signals.name': signal }),
    ...(actor === undefined ? {} : { 'cause.actor': actor }),
    ...(backfill === undefined ? {} : { 'cause.backfill|cause.of.backfill': backfill }),
  };
}

/** The condition for workflows, but for how their last runs stand. */
export function workflowsCondition(filter: WorkflowsFilter): RowCondition {
  const { prefix, owner, labels, text, deleted, paused } = filter;
  return {
    where: {
      ...(deleted === true ? {} : { deletedAt: null }),
      ...(owner === undefined ? {} : { owner }),
      ...(paused === undefined ? {} : { triggersPaused: paused }),
    },
    ...(deleted === true ? { within: { deletedAt: {} } } : {}),
    ...(prefix === undefined ? {} : { prefix }),
    ...(labels === undefined ? {} : { holding: { labels } }),
    ...(text === undefined
      ? {}
      : { text: { contains: text, fields: ['workflowId', 'name', 'owner', 'labels.value'] } }),
  };
}

/** The condition for published signals. */
export function signalsCondition({ name, published, params, publishedBy }: SignalsFilter): RowCondition {
  return {
    where: {
      ...(name === undefined ? {} : { name }),
      ...(publishedBy === undefined ? {} : { 'signal.publishedBy': publishedBy }),
    },
    within: bounds({ at: published }),
    ...(params === undefined ? {} : { holding: { 'signal.params': params } }),
  };
}

/** The condition for lines of the audit. */
export function auditCondition({ actor, operations, about, at }: AuditFilter): RowCondition {
  return {
    where: {
      ...(actor === undefined ? {} : { actor }),
      ...(operations === undefined ? {} : { operation: operations }),
      ...(about === undefined ? {} : { about }),
    },
    within: bounds({ at }),
  };
}

function bounds(ranges: Readonly<Record<string, Bounds | undefined>>): Readonly<Record<string, Bounds>> {
  return Object.fromEntries(
    Object.entries(ranges).flatMap(([path, range]) => (range === undefined ? [] : [[path, range]])),
  );
}

/** One value as it is, so that an index on it and on time gives the order too. */
function only(values: readonly string[]): string | readonly string[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}

/** What is in all of the lists that are given; undefined if none is. */
function common(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  return lists
    .filter((list) => list !== undefined)
    .reduce<readonly string[] | undefined>(
      (kept, list) => (kept === undefined ? list : kept.filter((value) => list.includes(value))),
      undefined,
    );
}
