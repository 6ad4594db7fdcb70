// The log itself: no gap, epochs never go back, one writer an epoch, time never goes back, versions count, messages arrive
// exactly once and in order (I4, and the outbox of design §3).

import { type Block } from '../../src/core/partition/commit.ts';
import { type History, pair, type PlacedCommit, placeText } from './history.ts';

/** Says what is wrong with the log. */
export function checkLog(history: History, partitions: number): readonly string[] {
  return [
    ...history.blocks.flatMap(checkBlocks),
    ...checkTime(history),
    ...checkVersions(history),
    ...checkAside(history),
    ...checkMessages(history, partitions),
    ...checkKeys(history),
  ];
}

function checkBlocks(blocks: readonly Block[], partition: number): readonly string[] {
  const wrong: string[] = [];
  const writers = new Map<number, string>();
  blocks.forEach((block, place) => {
    const name = `I4: block ${String(partition)}:${String(block.n)}`;
    if (block.n !== place + 1) wrong.push(`${name} stands where ${String(place + 1)} should`);
    const before = blocks[place - 1];
    if (before !== undefined && before.epoch > block.epoch) {
      wrong.push(`${name} has epoch ${String(block.epoch)} behind ${String(before.epoch)}`);
    }
    const writer = writers.get(block.epoch) ?? block.writer;
    if (writer !== block.writer) wrong.push(`${name}: two writers wrote epoch ${String(block.epoch)}`);
    if (!writers.has(block.epoch) && block.commits.length > 0) wrong.push(`${name}: its epoch began without a fence`);
    writers.set(block.epoch, writer);
  });
  return wrong;
}

function checkTime({ commits }: History): readonly string[] {
  return commits.flatMap((placed, place) => {
    const before = commits[place - 1];
    if (before?.partition !== placed.partition || before.commit.at <= placed.commit.at) return [];
    return [`time went back in ${placeText(placed)}`];
  });
}

function checkVersions({ events }: History): readonly string[] {
  return [...events].flatMap(([entity, list]) =>
    list.flatMap(({ version, in: placed }, place) =>
      version === place + 1
        ? []
        : [`I4: ${entity} has version ${String(version)} as its event ${String(place + 1)} in ${placeText(placed)}`],
    ),
  );
}

/** Nothing is ever set aside: that would be an error of ours. */
function checkAside({ events }: History): readonly string[] {
  return [...events].flatMap(([entity, list]) =>
    list.flatMap(({ event }) => (event.type === 'Quarantined' ? [`${entity} was set aside: ${event.reason}`] : [])),
  );
}

function checkMessages({ sent, taken }: History, partitions: number): readonly string[] {
  const wrong: string[] = [];
  for (let from = 0; from < partitions; from++) {
    for (let to = 0; to < partitions; to++) {
      const name = pair(from, to);
      const out = sent.get(name) ?? [];
      const inn = taken.get(name) ?? [];
      out.forEach(({ sequence }, place) => {
        if (sequence !== place + 1)
          wrong.push(`message ${name} ${String(sequence)} was sent as number ${String(place + 1)}`);
      });
      inn.forEach(({ place: { sequence, n } }, place) => {
        if (sequence !== place + 1)
          wrong.push(`message ${name} ${String(sequence)} was taken as number ${String(place + 1)}`);
        if (out[place]?.in.n !== n)
          wrong.push(`message ${name} ${String(sequence)} was taken from block ${String(n)}, which does not hold it`);
      });
      if (inn.length !== out.length) wrong.push(`${String(out.length - inn.length)} messages ${name} were never taken`);
    }
  }
  return wrong;
}

/** I3: one commit an idempotency key, as long as the log is kept. */
function checkKeys({ commits }: History): readonly string[] {
  const keys = new Map<string, PlacedCommit>();
  return commits.flatMap((placed) => {
    const key = placed.commit.command?.key;
    if (key === undefined) return [];
    const first = keys.get(key);
    keys.set(key, placed);
    if (first === undefined || first.cutAt < placed.appliedAt) return [];
    return [`I3: key "${key}" was used in ${placeText(first)} and again in ${placeText(placed)}`];
  });
}
