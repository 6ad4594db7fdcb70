// Watching a workflow, signals, or everything: the commits that touch them.

import { type EntityId, workflowEntity } from '../../core/ids.ts';
import { type Cursor, type Place } from '../../core/partition/cursor.ts';
import { cursorExpired } from '../cursor-expired.ts';
import { type Change, type Watched } from '../engine.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';
import { commitsBehind } from './commits.ts';

/** What watching works with. */
export interface WatchParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
}

/** Commits that touch what is watched: behind `after` and then live, or live only. */
export async function* watch(
  parts: WatchParts,
  watched: Watched,
  after: Cursor | undefined,
): AsyncGenerator<Change, void, undefined> {
  const partitions = partitionsOf(watched, parts.node);
  const places =
    after === undefined ? await headOf(parts, partitions) : partitions.map((partition) => placeIn(after, partition));
  yield* commitsBehind(parts.outside, parts.node, places, interestIn(watched));
}

/** The head of every partition. */
export async function head(parts: WatchParts): Promise<Cursor> {
  return headOf(parts, all(parts.node));
}

/** The place of a partition in a cursor; a cursor of another feed has none. */
export function placeIn(cursor: Cursor, partition: number): Place {
  const place = cursor.find((candidate) => candidate.partition === partition);
  if (place === undefined) throw cursorExpired('This cursor belongs to another change feed.');
  return place;
}

async function headOf({ reader }: WatchParts, partitions: readonly number[]): Promise<Cursor> {
  return Promise.all(partitions.map((partition) => reader.head(partition)));
}

function partitionsOf(watched: Watched, node: EngineNode): readonly number[] {
  switch (watched.kind) {
    case 'workflow':
    case 'backfill':
      return [node.partitionOf(watched.workflowId)];
    case 'signals':
      return watched.name === undefined ? all(node) : [node.partitionOf(watched.name)];
    case 'all':
      return all(node);
  }
}

function interestIn(watched: Watched): (entity: EntityId) => boolean {
  switch (watched.kind) {
    case 'workflow': {
      const workflow = workflowEntity(watched.workflowId);
      const parts = ['run', 'trigger', 'backfill'].map((kind) => `${kind}:${watched.workflowId}/`);
      return (entity) => entity === workflow || parts.some((part) => entity.startsWith(part));
    }
    case 'backfill':
      return (entity) => entity === watched.id;
    case 'signals':
      return (entity) => entity.startsWith('signal:');
    case 'all':
      return () => true;
  }
}

function all(node: EngineNode): readonly number[] {
  return Array.from({ length: node.partitions() }, (_, partition) => partition);
}
