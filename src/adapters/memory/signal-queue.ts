// Signals through a queue in memory: for tests. It outlives those who read it, and hands every entry over until it is struck out.
//
// 1. An entry leaves the queue only when it was published, or when it was put aside with the reason.
// 2. Who takes an entry has it alone; what he has not finished when he stops, or may take no more, goes back to where it was.

import { parseSignal, type ParsedSignal } from '../../core/signal/parse-signal.ts';
import { type Logger } from '../../ports/logger.ts';
import { type SignalQueue, type SignalTaker, type Taken } from '../../ports/signal-queue.ts';

/** What was put down in the queue. */
interface Entry {
  readonly id: string;
  readonly text: string;
}

/** An entry that will never be published, and why. */
export interface AsideEntry {
  readonly entry: string;
  readonly why: string;
  readonly signal: string;
}

/** A queue, and those who read it. */
export interface MemorySignalStream {
  /** Puts a text down; answers the id of its entry. */
  add(text: string): string;
  /** How many entries are neither published nor put aside. */
  left(): number;
  /** What was put aside, the first one first. */
  aside(): readonly AsideEntry[];
  /** Another one who reads, once started. */
  queue(log: Logger): SignalQueue;
}

interface Shared {
  readonly entries: Entry[];
  /** Whose entries are being taken just now, by id. */
  readonly lent: Set<string>;
  readonly aside: AsideEntry[];
  /** Ends the pauses of all who wait for something new. */
  readonly wakers: Set<() => void>;
}

interface Reading {
  readonly shared: Shared;
  readonly taker: SignalTaker;
  readonly log: Logger;
  isStopped: boolean;
  /** What it has taken and not finished; nothing more is taken before that is done. */
  own: readonly Entry[];
  wake: () => void;
}

const BATCH = 100;
const STANDBY_MS = 20;
const FAILED_MS = 20;

/** Makes an empty queue. */
export function createMemorySignalStream(): MemorySignalStream {
  const shared: Shared = { entries: [], lent: new Set(), aside: [], wakers: new Set() };
  let added = 0;
  return {
    add: (text) => {
      added += 1;
      const id = `${String(added)}-0`;
      shared.entries.push({ id, text });
      wakeAll(shared);
      return id;
    },
    left: () => shared.entries.length,
    aside: () => [...shared.aside],
    queue: (log) => createQueue(shared, log),
  };
}

function createQueue(shared: Shared, log: Logger): SignalQueue {
  let reading: Reading | undefined;
  let ended: Promise<void> = Promise.resolve();
  return {
    start: (taker) => {
      if (reading !== undefined) return;
      reading = { shared, taker, log, isStopped: false, own: [], wake: () => undefined };
      ended = readOn(reading);
    },
    stop: async () => {
      if (reading === undefined) return;
      reading.isStopped = true;
      reading.wake();
      await ended;
      reading = undefined;
    },
  };
}

async function readOn(reading: Reading): Promise<void> {
  while (!reading.isStopped) {
    try {
      if (!(await reading.taker.mayTake())) {
        giveBack(reading);
        await pause(reading, STANDBY_MS);
        continue;
      }
      if (reading.own.length === 0) reading.own = lend(reading.shared);
      if (reading.own.length === 0) await somethingNew(reading);
      else await take(reading);
    } catch (error) {
      reading.log.error('A signal of the queue cannot be taken; it is tried again.', error);
      await pause(reading, FAILED_MS);
    }
  }
  giveBack(reading);
}

/** The oldest entries that nobody has. */
function lend({ entries, lent }: Shared): readonly Entry[] {
  const batch = entries.filter(({ id }) => !lent.has(id)).slice(0, BATCH);
  for (const { id } of batch) lent.add(id);
  return batch;
}

function giveBack(reading: Reading): void {
  if (reading.own.length === 0) return;
  for (const { id } of reading.own) reading.shared.lent.delete(id);
  reading.own = [];
  wakeAll(reading.shared);
}

/** Publishes what it has: those of one name in order, names beside one another. Pauses if something has to wait. */
async function take(reading: Reading): Promise<void> {
  const lanes = new Map<string, (readonly [ParsedSignal, Entry])[]>();
  for (const entry of reading.own) {
    const parsed = parseSignal(entry.text);
    const lane = parsed.ok ? parsed.signal.name : '';
    lanes.set(lane, [...(lanes.get(lane) ?? []), [parsed, entry]]);
  }
  const waits = await Promise.allSettled([...lanes.values()].map((lane) => takeLane(reading, lane)));
  const failed = waits.find((wait) => wait.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const longest = Math.max(0, ...waits.map((wait) => (wait.status === 'fulfilled' ? wait.value : 0)));
  if (longest > 0) await pause(reading, longest);
}

/** Takes entries one after the other; answers how long the rest has to wait, 0 if nothing is left. */
async function takeLane(reading: Reading, lane: readonly (readonly [ParsedSignal, Entry])[]): Promise<number> {
  for (const [parsed, entry] of lane) {
    if (reading.isStopped) return 1;
    const taken: Taken = parsed.ok
      ? await reading.taker.take({ ...parsed.signal, idempotencyKey: parsed.signal.idempotencyKey ?? entry.id })
      : { kind: 'REFUSED', why: `The entry is no signal: ${parsed.problem}.` };
    if (taken.kind === 'LATER') return Math.max(1, taken.afterMs);
    if (taken.kind === 'REFUSED') putAside(reading, entry, taken.why);
    strikeOut(reading, entry);
  }
  return 0;
}

function putAside({ shared, log }: Reading, { id, text }: Entry, why: string): void {
  shared.aside.push({ entry: id, why, signal: text });
  log.warn('Put an entry of the queue aside that could not be published.', { entry: id, problem: why });
}

function strikeOut(reading: Reading, entry: Entry): void {
  const { entries, lent } = reading.shared;
  entries.splice(entries.indexOf(entry), 1);
  lent.delete(entry.id);
  reading.own = reading.own.filter((one) => one !== entry);
}

function wakeAll({ wakers }: Shared): void {
  for (const wake of [...wakers]) wake();
}

function somethingNew(reading: Reading): Promise<void> {
  return new Promise((resolve) => {
    const { wakers } = reading.shared;
    const wake = (): void => {
      wakers.delete(wake);
      resolve();
    };
    reading.wake = wake;
    wakers.add(wake);
    if (reading.isStopped) wake();
  });
}

function pause(reading: Reading, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, reading.isStopped ? 0 : milliseconds);
    reading.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
