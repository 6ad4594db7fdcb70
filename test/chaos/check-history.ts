// Reads the log of a database whole and says everything that is wrong with its history (reliability §3.4):
// I1 what was acknowledged is there; I2 each run and each attempt ends once, states fold from the log as lists show them;
// I3 one commit a key; I4 no hole in `n`, epochs never fall, one accepted result an attempt; I6 what steps wrote matches what
// the log says of them; I21 every message is consumed exactly once and in order.

import { connectMongo } from '../../src/adapters/mongo/connect.ts';
import { createMongoLog } from '../../src/adapters/mongo/log.ts';
import { type EntityId } from '../../src/core/ids.ts';
import { type Block, type Commit } from '../../src/core/partition/commit.ts';
import { type EntityState, evolve, type RecordedEvent } from '../../src/core/partition/entity.ts';
import { isTerminalRun, type RunState } from '../../src/core/run/state.ts';
import { type FreshMongo } from '../support/mongod.ts';
import { type LedgerLine } from './ledger.ts';

/** The whole log of a database, and what it folds to. */
export interface History {
  readonly blocks: ReadonlyMap<number, readonly Block[]>;
  readonly entities: ReadonlyMap<EntityId, EntityState>;
  /** The rows of the list of runs: id and status. */
  readonly listed: ReadonlyMap<string, string>;
}

/** What the outside knows of a history that is over. */
export interface Witness {
  /** Ids of runs and signals that a server acknowledged, such as `run:penguins/12` and `signal:01JD…`. */
  readonly acknowledged: readonly string[];
  readonly ledger: readonly LedgerLine[];
  /** Whether everything must have come to rest. */
  readonly isAtRest: boolean;
}

/** Reads the log of a database, partition by partition. */
export async function readHistory(mongo: FreshMongo): Promise<History> {
  const connection = await connectMongo(mongo.uri, { database: mongo.database });
  try {
    const log = createMongoLog(connection.db);
    const blocks = new Map<number, readonly Block[]>();
    const entities = new Map<EntityId, EntityState>();
    for (const { _id } of await connection.db.collection<{ _id: number }>('partitions').find().toArray()) {
      const read = await log.read(_id, 0, 1_000_000);
      blocks.set(_id, read);
      fold(read, entities);
    }
    const rows = await connection.db.collection<{ _id: string; row: { status: string } }>('runs').find().toArray();
    return { blocks, entities, listed: new Map(rows.map(({ _id, row }) => [_id, row.status])) };
  } finally {
    await connection.close();
  }
}

/** Everything that is wrong, one sentence each; empty if the history is right. */
export function checkHistory(history: History, witness: Witness): readonly string[] {
  const { blocks } = history;
  const all = [...blocks.values()].flatMap((partition) => [...partition]);
  return [
    ...[...blocks].flatMap(([partition, list]) => checkBlocks(partition, list)),
    ...[...blocks.values()].flatMap(checkVersions),
    ...checkKeys(all),
    ...checkMessages(history, witness.isAtRest),
    ...checkAcknowledged(history, witness.acknowledged),
    ...checkResults(all),
    ...checkLedger(all, witness.ledger),
    ...(witness.isAtRest ? checkRest(history) : []),
  ];
}

/** The runs that the log knows, each in its newest attempt. */
export function runsOf(history: History): readonly RunState[] {
  return [...history.entities.values()].filter((state) => state.kind === 'run').filter((run) => !run.superseded);
}

function fold(blocks: readonly Block[], entities: Map<EntityId, EntityState>): void {
  for (const { commit } of commitsOf(blocks)) {
    for (const { entity, event } of commit.events) entities.set(entity, evolve(entities.get(entity), event, commit.at));
  }
}

function commitsOf(blocks: readonly Block[]): readonly { readonly block: Block; readonly commit: Commit }[] {
  return blocks.flatMap((block) => block.commits.map((commit) => ({ block, commit })));
}

function eventsOf(blocks: readonly Block[]): readonly RecordedEvent[] {
  return commitsOf(blocks).flatMap(({ commit }) => commit.events);
}

function checkBlocks(partition: number, blocks: readonly Block[]): readonly string[] {
  const wrong: string[] = [];
  const writers = new Map<number, string>();
  let epoch = 0;
  blocks.forEach((block, place) => {
    const where = `partition ${String(partition)}, block ${String(block.n)}`;
    if (block.n !== place + 1) wrong.push(`I4 ${where}: expected n = ${String(place + 1)}`);
    if (block.epoch < epoch) wrong.push(`I4 ${where}: the epoch falls from ${String(epoch)} to ${String(block.epoch)}`);
    epoch = Math.max(epoch, block.epoch);
    const writer = writers.get(block.epoch) ?? block.writer;
    if (writer !== block.writer) wrong.push(`I4 ${where}: two writers in epoch ${String(block.epoch)}`);
    writers.set(block.epoch, writer);
  });
  return wrong;
}

function checkVersions(blocks: readonly Block[]): readonly string[] {
  const versions = new Map<string, number>();
  return eventsOf(blocks).flatMap(({ entity, version, event }) => {
    const expected = (versions.get(entity) ?? 0) + 1;
    versions.set(entity, version);
    return version === expected
      ? []
      : [`I2 ${entity}: ${event.type} is event ${String(version)}, not ${String(expected)}`];
  });
}

function checkKeys(blocks: readonly Block[]): readonly string[] {
  const keys = commitsOf(blocks).flatMap(({ commit }) => commit.command?.key ?? []);
  return repeated(keys).map((key) => `I3 the key "${key}" was committed twice`);
}

function checkMessages({ blocks }: History, isAtRest: boolean): readonly string[] {
  const wrong: string[] = [];
  for (const [to, list] of blocks) {
    for (const [from, senders] of blocks) {
      const pair = `I21 messages ${String(from)} → ${String(to)}`;
      const sent = commitsOf(senders).flatMap(({ commit }) => commit.out.filter((message) => message.to === to));
      const taken = commitsOf(list).flatMap(({ commit }) => (commit.in?.from === from ? [commit.in.sequence] : []));
      if (sent.some(({ sequence }, place) => sequence !== place + 1)) wrong.push(`${pair}: numbers have holes`);
      if (taken.some((sequence, place) => sequence !== place + 1)) wrong.push(`${pair}: taken as ${taken.join(' ')}`);
      if (isAtRest && taken.length !== sent.length) {
        wrong.push(`${pair}: ${String(sent.length)} sent, ${String(taken.length)} taken`);
      }
    }
  }
  return wrong;
}

function checkAcknowledged({ entities }: History, acknowledged: readonly string[]): readonly string[] {
  const known = new Set([...entities.keys()].flatMap((id) => [id, id.replace(/\.\d+$/, '')]));
  return acknowledged.filter((id) => !known.has(id)).map((id) => `I1 ${id} was acknowledged and is not there`);
}

const results = new Set(['StepSucceeded', 'RetryScheduled', 'StepFailed', 'StepTimedOut', 'StepStopped']);

/** At most one result for each start of an attempt, and nothing after the end of a run. */
function checkResults(blocks: readonly Block[]): readonly string[] {
  const wrong: string[] = [];
  const settled = new Set<string>();
  const ended = new Set<string>();
  for (const { entity, event } of eventsOf(blocks)) {
    if (event.type === 'RunSuperseded') continue;
    if (ended.has(entity)) wrong.push(`I2 ${entity}: ${event.type} after its end`);
    if (event.type === 'RunEnded') ended.add(entity);
    if (!('step' in event)) continue;
    const step = `${entity} step ${String(event.step)}`;
    if (event.type === 'AttemptStarted') settled.delete(step);
    if (!results.has(event.type)) continue;
    if (settled.has(step)) wrong.push(`I4 ${step}: a second result, ${event.type}`);
    settled.add(step);
  }
  return wrong;
}

/**
 * What steps wrote, where every step that leaves the engine writes to the ledger: each success began and ended, and a run's
 * steps began no more often than the log says that they were sent out.
 */
function checkLedger(blocks: readonly Block[], ledger: readonly LedgerLine[]): readonly string[] {
  const sentOut = new Map<string, number>();
  const succeeded = new Map<string, number>();
  const away = new Set<string>();
  for (const { entity, event } of eventsOf(blocks)) {
    if (!('step' in event)) continue;
    const step = `${entity} ${String(event.step)}`;
    if (event.type === 'AttemptStarted' || event.type === 'AttemptRedispatched') {
      away.add(step);
      sentOut.set(entity, (sentOut.get(entity) ?? 0) + 1);
    } else if (event.type === 'StepSucceeded' && away.has(step)) {
      succeeded.set(entity, (succeeded.get(entity) ?? 0) + 1);
    }
  }
  const begun = countBy(ledger.filter(({ phase }) => phase === 'begin').map(runIn));
  const ended = new Set(ledger.filter(({ phase }) => phase === 'end').map((line) => `${runIn(line)} ${line.attempt}`));
  const done = countBy([...ended].map((text) => text.slice(0, text.indexOf(' '))));
  return [
    ...[...begun].flatMap(([run, count]) =>
      count <= (sentOut.get(run) ?? 0)
        ? []
        : [`I6 ${run}: steps began ${String(count)} times and were sent out ${String(sentOut.get(run) ?? 0)} times`],
    ),
    ...[...succeeded].flatMap(([run, count]) =>
      count <= (done.get(run) ?? 0)
        ? []
        : [`I6 ${run}: ${String(count)} steps succeeded and ${String(done.get(run) ?? 0)} came to their end`],
    ),
  ];
}

/** The id of the run's entity that a line belongs to. */
function runIn({ attempt }: LedgerLine): string {
  return attempt.replace('attempt:', 'run:').replace(/(\/\d+\.\d+)\/.*$/, '$1');
}

/** At rest no run waits, and the lists show what the log folds to. */
function checkRest({ entities, listed }: History): readonly string[] {
  return [...entities].flatMap(([id, state]) => {
    if (state.quarantine !== undefined) return [`I2 ${id} was set aside: ${state.quarantine.reason}`];
    if (state.kind === 'queue' && (state.running.length > 0 || state.waiting.length > 0))
      return [`I2 ${id} is not empty`];
    if (state.kind !== 'run') return [];
    const wrong = isTerminalRun(state.status) ? [] : [`I2 ${id} is stuck in ${state.status}`];
    const shown = listed.get(id);
    return shown === state.status
      ? wrong
      : [...wrong, `I2 ${id} is ${state.status} and listed as ${shown ?? 'nothing'}`];
  });
}

function repeated(values: readonly string[]): readonly string[] {
  return [...countBy(values)].filter(([, count]) => count > 1).map(([value]) => value);
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
