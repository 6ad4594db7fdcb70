// Signals that data jobs put down in a Redis stream (contract, "Redis in"): `XADD downbeat:signals * signal '{"name": …}'`,
// at least once.
//
// 1. An entry is acknowledged only after its signal is durable, or after it was put aside in `downbeat:signals:refused`.
// 2. What a server took and never finished is claimed by whoever makes the changes then; the entry's id keeps it one signal.
// 3. Nothing new is read while something that was read waits for the store: what is in memory is bounded by one batch.

import { type Redis } from 'ioredis';
import { parseSignal, type ParsedSignal } from '../../core/signal/parse-signal.ts';
import { type Logger } from '../../ports/logger.ts';
import { type SignalQueue, type SignalTaker, type Taken } from '../../ports/signal-queue.ts';
import { createRedisConnection, reportAbsence } from './connection.ts';

/** How the stream is read. */
export interface RedisSignalStreamOptions {
  readonly url: string;
  readonly log: Logger;
  /** This server's name among those that read: what it left behind it finds again under the same name. */
  readonly consumer: string;
  /** The stream's key, `downbeat:signals` unless told otherwise. */
  readonly key?: string;
  /** How long an entry may lie with a server before another takes it to be dead, in milliseconds. */
  readonly idle?: number;
}

/** An entry of the stream: its id, and its fields as they stand there; none if it was deleted meanwhile. */
type Entry = readonly [id: string, fields: readonly string[] | null];

interface Reading {
  readonly redis: Redis;
  readonly options: Required<RedisSignalStreamOptions>;
  readonly taker: SignalTaker;
  isStopped: boolean;
  /** Ends the pause that is going on, or the waiting for something new. */
  wake: () => void;
}

const GROUP = 'downbeat';
const BATCH = 100;
const BLOCK_MS = 500;
const STANDBY_MS = 250;
const AWAY_MS = 500;
const DEAD_AFTER_MS = 10_000;
const MOST_REFUSED = 10_000;
const SHOWN_CHARACTERS = 10_000;

/** Makes the queue. Connects at `start`, in the background, and for ever again. */
export function createRedisSignalStream(given: RedisSignalStreamOptions): SignalQueue {
  const options = { key: 'downbeat:signals', idle: DEAD_AFTER_MS, ...given };
  let reading: Reading | undefined;
  let ended: Promise<void> = Promise.resolve();
  return {
    start: (taker) => {
      if (reading !== undefined) return;
      const redis = createRedisConnection(options.url, { maxRetriesPerRequest: 0, enableOfflineQueue: false });
      reportAbsence(redis, options.url, { log: options.log, meanwhile: `what is in ${options.key} waits` });
      reading = { redis, options, taker, isStopped: false, wake: () => undefined };
      ended = readOn(reading);
    },
    stop: async () => {
      if (reading === undefined) return;
      reading.isStopped = true;
      reading.wake();
      await ended;
      reading.redis.disconnect();
      reading = undefined;
    },
  };
}

/** Reads until it is told to stop: first what this server has left behind, then what others have, then what is new. */
async function readOn(reading: Reading): Promise<void> {
  let isReady = false;
  let claimedAt = 0;
  while (!reading.isStopped) {
    try {
      if (reading.redis.status !== 'ready' || !(await reading.taker.mayTake())) {
        isReady = false;
        await pause(reading, STANDBY_MS);
        continue;
      }
      if (!isReady) {
        await createGroup(reading);
        isReady = await finish(reading, own);
      } else if (Date.now() - claimedAt >= reading.options.idle / 2) {
        isReady = await finish(reading, claim);
        claimedAt = Date.now();
      } else {
        isReady = await take(reading, await fresh(reading));
      }
    } catch (error) {
      isReady = false;
      tell(reading, error);
      await pause(reading, AWAY_MS);
    }
  }
}

/** Takes batch after batch; answers whether nothing is left, or false if something has to wait. */
async function finish(reading: Reading, next: (reading: Reading) => Promise<readonly Entry[]>): Promise<boolean> {
  for (let entries = await next(reading); entries.length > 0; entries = await next(reading)) {
    if (reading.isStopped || !(await take(reading, entries))) return false;
  }
  return true;
}

async function createGroup({ redis, options }: Reading): Promise<void> {
  try {
    // From the first entry: what was put down before any server ran is meant as well.
    await redis.xgroup('CREATE', options.key, GROUP, '0', 'MKSTREAM');
  } catch (error) {
    if (!String(error).includes('BUSYGROUP')) throw error;
  }
}

async function own({ redis, options }: Reading): Promise<readonly Entry[]> {
  const { key, consumer } = options;
  return entriesOf(await redis.xreadgroup('GROUP', GROUP, consumer, 'COUNT', BATCH, 'STREAMS', key, '0'));
}

async function fresh(reading: Reading): Promise<readonly Entry[]> {
  const { redis } = reading;
  const { key, consumer } = reading.options;
  reading.wake = () => {
    redis.disconnect();
  };
  return entriesOf(
    await redis.xreadgroup('GROUP', GROUP, consumer, 'COUNT', BATCH, 'BLOCK', BLOCK_MS, 'STREAMS', key, '>'),
  );
}

async function claim({ redis, options }: Reading): Promise<readonly Entry[]> {
  const { key, consumer, idle } = options;
  const answer = (await redis.xautoclaim(key, GROUP, consumer, idle, '0-0', 'COUNT', BATCH)) as readonly unknown[];
  return (answer[1] ?? []) as readonly Entry[];
}

function entriesOf(answer: unknown): readonly Entry[] {
  const streams = (answer ?? []) as readonly (readonly [string, readonly Entry[]])[];
  return streams.flatMap(([, entries]) => entries);
}

/** Publishes a batch: those of one name in the order of the stream, names beside one another. Answers whether all is done. */
async function take(reading: Reading, entries: readonly Entry[]): Promise<boolean> {
  reading.wake = () => undefined;
  const lanes = new Map<string, (readonly [ParsedSignal, Entry])[]>();
  for (const entry of entries) {
    const parsed = parseEntry(entry);
    const lane = parsed.ok ? parsed.signal.name : '';
    lanes.set(lane, [...(lanes.get(lane) ?? []), [parsed, entry]]);
  }
  const waits = await Promise.all([...lanes.values()].map((lane) => takeLane(reading, lane)));
  const longest = Math.max(0, ...waits);
  if (longest > 0) await pause(reading, longest);
  return longest === 0;
}

/** Takes entries one after the other; answers how long the rest has to wait, 0 if nothing is left. */
async function takeLane(reading: Reading, lane: readonly (readonly [ParsedSignal, Entry])[]): Promise<number> {
  for (const [parsed, entry] of lane) {
    if (reading.isStopped) return 1;
    const [id] = entry;
    const taken: Taken = parsed.ok
      ? await reading.taker.take({ ...parsed.signal, idempotencyKey: parsed.signal.idempotencyKey ?? id })
      : { kind: 'REFUSED', why: `The entry is no signal: ${parsed.problem}.` };
    if (taken.kind === 'LATER') return Math.max(1, taken.afterMs);
    if (taken.kind === 'REFUSED') await putAside(reading, entry, taken.why);
    else await reading.redis.xack(reading.options.key, GROUP, id);
  }
  return 0;
}

/** Copies an entry to where refused ones lie, and acknowledges it in the same step. */
async function putAside({ redis, options }: Reading, [id, fields]: Entry, why: string): Promise<void> {
  const { key, log } = options;
  const text = textOf(fields) ?? JSON.stringify(fields ?? []);
  const aside = `${key}:refused`;
  const done = await redis
    .multi()
    .xadd(aside, 'MAXLEN', '~', MOST_REFUSED, '*', 'entry', id, 'why', why, 'signal', text.slice(0, SHOWN_CHARACTERS))
    .xack(key, GROUP, id)
    .exec();
  const failure = done?.find(([error]) => error !== null)?.[0];
  if (failure !== undefined && failure !== null) throw failure;
  log.warn('Put an entry of the stream aside that could not be published.', { entry: id, aside, problem: why });
}

function parseEntry([, fields]: Entry): ParsedSignal {
  if (fields === null) return { ok: false, problem: 'it was deleted before it was read' };
  const text = textOf(fields);
  return text === undefined ? { ok: false, problem: 'it has no field "signal"' } : parseSignal(text);
}

function textOf(fields: readonly string[] | null): string | undefined {
  const index = (fields ?? []).findIndex((field, place) => place % 2 === 0 && field === 'signal');
  return index === -1 ? undefined : fields?.[index + 1];
}

/** A connection that broke says so by itself; anything else is for a person to see. */
function tell({ redis, options, isStopped }: Reading, error: unknown): void {
  if (isStopped || redis.status !== 'ready' || String(error).includes('NOGROUP')) return;
  options.log.error('The stream of signals cannot be read; it is tried again.', error, { key: options.key });
}

function pause(reading: Reading, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (reading.isStopped) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, milliseconds);
    reading.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
