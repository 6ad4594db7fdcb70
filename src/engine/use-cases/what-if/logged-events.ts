// The events of one entity as the log has them, in their order, each once.

import { type EntityId } from '../../../core/ids.ts';
import { type Commit } from '../../../core/partition/commit.ts';
import { type LoggedEvent } from '../../../core/what-if/recorded-past.ts';
import { type Log } from '../../../ports/log.ts';

const page = 200;

/** Reads the events of an entity from blocks behind `after`. */
export async function* loggedEvents(
  log: Log,
  { partition, entity, after }: { readonly partition: number; readonly entity: EntityId; readonly after: number },
): AsyncGenerator<LoggedEvent, void, undefined> {
  for (let behind = after; ;) {
    const blocks = await log.ofEntity(partition, entity, behind, page);
    yield* blocks.flatMap(({ commits }) => commits.flatMap((commit) => eventsIn(commit, entity)));
    const last = blocks.at(-1);
    if (last === undefined || blocks.length < page) return;
    behind = last.n;
  }
}

function eventsIn({ at, events, command }: Commit, entity: EntityId): readonly LoggedEvent[] {
  const operation = command?.operation;
  return events.flatMap((recorded) =>
    recorded.entity === entity
      ? [{ at, event: recorded.event, ...(operation === undefined ? {} : { operation }) }]
      : [],
  );
}
