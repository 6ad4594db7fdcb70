// Deletion and contracts (P15): while a workflow is deleted nothing of it starts; what is published meets the contract that its
// name has at that moment, and what is refused does not; what is published again goes out in the commit that lets go of it.

import { type Entry } from '../../src/core/json.ts';
import { type EntityEvent } from '../../src/core/partition/entity.ts';
import { type History, type PlacedCommit, placeText } from './history.ts';

interface Known {
  readonly deleted: Set<string>;
  /** By name: the fewest rows that its contract allows. */
  readonly fewest: Map<string, number>;
}

/** Says what is wrong with what was deleted and with contracts. */
export function checkKeeping(history: History): readonly string[] {
  const known: Known = { deleted: new Set(), fewest: new Map() };
  return history.commits.flatMap((placed) => {
    const { events } = placed.commit;
    const before = new Set(known.deleted);
    const wrong = events.flatMap(({ entity, event }) => checkEvent(known, entity, event));
    const published = events.filter(({ event }) => event.type === 'SignalPublished').length;
    const again = events.filter(({ event }) => event.type === 'PublicationRepublished').length;
    if (again > published) wrong.push('P15: what was published again did not go out');
    wrong.push(...checkListening(before, placed));
    return wrong.map((sentence) => `${sentence} in ${placeText(placed)}`);
  });
}

function checkEvent({ deleted, fewest }: Known, entity: string, event: EntityEvent): readonly string[] {
  const isFitting = (name: string, params: readonly Entry[]): boolean => rowsOf(params) >= (fewest.get(name) ?? 0);
  if (event.type === 'WorkflowDeleted') deleted.add(nameOf(entity));
  if (event.type === 'VersionActivated') deleted.delete(nameOf(entity));
  if (event.type === 'ContractApplied') fewest.set(event.name, fewestRows(event.schema));
  if (event.type === 'RunCreated' && deleted.has(workflowOf(entity)))
    return [`P15: ${entity} was made though its workflow is deleted`];
  if (event.type === 'SignalPublished' && !isFitting(event.name, event.params))
    return [`P15: ${event.id} breaks its contract`];
  if (event.type === 'PublicationRefused' && isFitting(event.name, event.publication.params))
    return [`P15: ${event.publication.id} was refused and meets its contract`];
  return [];
}

/** A trigger of a workflow that was deleted takes no signal and no tick any more. */
function checkListening(deleted: ReadonlySet<string>, { commit }: PlacedCommit): readonly string[] {
  return commit.events.flatMap(({ entity, event }) => {
    const isStart = event.type === 'SignalMatched' || event.type === 'TickFired';
    return isStart && deleted.has(workflowOf(entity)) ? [`P15: ${entity} started a run though it is deleted`] : [];
  });
}

/** As `applyContract` of the workload writes it. */
function fewestRows(schema: unknown): number {
  const { properties } = schema as { readonly properties: { readonly rows: { readonly minimum: number } } };
  return properties.rows.minimum;
}

function rowsOf(params: readonly Entry[]): number {
  const rows = params.find(({ name }) => name === 'rows')?.value;
  return rows === undefined ? Infinity : Number(rows);
}

function nameOf(entity: string): string {
  return entity.slice(entity.indexOf(':') + 1);
}

function workflowOf(entity: string): string {
  return nameOf(entity).split('/')[0] ?? '';
}
