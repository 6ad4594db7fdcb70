// The store that all nodes share: the memory adapters, reached over a network that loses, delays and doubts.
//
// A call of a process takes time to get there and back. It may fail before it is done, be done while its answer says
// otherwise, or be done after its caller was told that it failed. A stale read shows only where the port allows one.

import { type Block } from '../../src/core/partition/commit.ts';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createMemoryEntities } from '../../src/adapters/memory/entities.ts';
import { createMemoryHistory } from '../../src/adapters/memory/history.ts';
import { createMemoryInbox } from '../../src/adapters/memory/inbox.ts';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { createMemoryPartitions } from '../../src/adapters/memory/partitions.ts';
import { createMemoryProjections } from '../../src/adapters/memory/projections.ts';
import { createMemoryStepLogs } from '../../src/adapters/memory/step-logs.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type Outside } from '../../src/engine/outside.ts';
import { type AppendOutcome, type Log } from '../../src/ports/log.ts';
import { StoreUnreachableError } from '../../src/ports/store-unreachable-error.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type Choices } from './choices.ts';
import { appending, type Faults } from './faults.ts';
import { type SimProcess } from './process.ts';
import { type Trace } from './trace.ts';

type StorePorts = Pick<
  Outside,
  'log' | 'entities' | 'partitions' | 'inbox' | 'blobs' | 'stepLogs' | 'projections' | 'history'
>;

/** The store, and each process's way to it. */
export interface SimStore {
  /** The truth, without a network in between: for checkers only. */
  readonly truth: StorePorts;
  /** When a block got in. */
  appliedAt(partition: number, n: number): Milliseconds;
  /** Every block that ever got in, in order of `n`: also those that were cut since. */
  record(partition: number): readonly Block[];
  /** When a block was cut; Infinity while it is there. */
  cutAt(partition: number, n: number): Milliseconds;
  /** Called for each block that gets in. */
  onBlock(act: (block: Block) => void): void;
  /** The ports as a process sees them. */
  seenBy(process: SimProcess): StorePorts;
}

/** What the store stands on. */
export interface StoreParts {
  readonly time: VirtualTime;
  readonly choices: Choices;
  readonly faults: Faults;
  readonly trace: Trace;
}

/** How old a write may be that a stale read of one place does not show. */
const staleness: Milliseconds = 300;
/** The same for reads of many blocks, which come back with holes. */
const holeAge: Milliseconds = 20_000;

/** Makes an empty store. */
export function createSimStore(parts: StoreParts): SimStore {
  const { time } = parts;
  const log = createMemoryLog();
  const applied = new Map<string, Milliseconds>();
  const record = new Map<number, Block[]>();
  const cuts = new Map<string, Milliseconds>();
  const listeners: ((block: Block) => void)[] = [];
  const truth: StorePorts = {
    log: {
      ...log,
      append: (blocks) => Promise.all(blocks.map(appendOne)),
      cut: async (partition, below) => {
        for (let n = below - 1; n > 0 && !cuts.has(placeName(partition, n)); n--)
          cuts.set(placeName(partition, n), time.now());
        parts.trace.add(`cut ${placeName(partition, below)}`);
        await log.cut(partition, below);
      },
    },
    entities: createMemoryEntities(),
    // Here every process dies by chance and none of a command, so no breadcrumb may be blamed.
    partitions: { ...createMemoryPartitions(() => Math.floor(time.now())), leaveBreadcrumb: () => Promise.resolve() },
    inbox: createMemoryInbox(),
    blobs: createMemoryBlobs(),
    stepLogs: createMemoryStepLogs(),
    projections: createMemoryProjections(),
    history: createMemoryHistory(),
  };
  /**
   * A place that was in use is never free again, also when its block was cut: what a block's sender takes to give it up
   * is seconds in a simulation and seconds in life, while the retention is seconds here and days there.
   */
  async function appendOne(block: Block): Promise<AppendOutcome> {
    const name = placeName(block.partition, block.n);
    if (applied.has(name)) return 'duplicate';
    const [outcome = 'unknown'] = await log.append([block]);
    if (outcome !== 'durable') return outcome;
    applied.set(name, time.now());
    const text = JSON.stringify(block);
    const blocks = record.get(block.partition) ?? [];
    record.set(block.partition, blocks);
    blocks.push(JSON.parse(text) as Block);
    parts.trace.add(`block ${text}`);
    for (const act of listeners) act(block);
    return outcome;
  }

  const appliedAt = (partition: number, n: number): Milliseconds => applied.get(placeName(partition, n)) ?? -Infinity;
  return {
    truth,
    appliedAt,
    record: (partition) => (record.get(partition) ?? []).toSorted((one, other) => one.n - other.n),
    cutAt: (partition, n) => cuts.get(placeName(partition, n)) ?? Infinity,
    onBlock: (act) => {
      listeners.push(act);
    },
    seenBy: (process) => {
      const network = createNetwork(parts, process);
      return {
        log: logSeenBy({ ...parts, process, network, log: truth.log, appliedAt }),
        entities: network.port('entities', truth.entities),
        partitions: network.port('partitions', truth.partitions),
        inbox: network.port('inbox', truth.inbox),
        blobs: network.port('blobs', truth.blobs),
        stepLogs: network.port('stepLogs', truth.stepLogs),
        projections: network.port('projections', truth.projections),
        history: network.port('history', truth.history),
      };
    },
  };
}

/** A process's network to the store. */
interface Network {
  /** One call there and back; of an append the place, and what is answered when it is refused. */
  call<T>(name: string, act: () => Promise<T>, append?: { readonly place: string; readonly refused: T }): Promise<T>;
  /** A port all of whose methods are calls. */
  port<P extends object>(name: string, port: P): P;
  /** Sends blocks, each with a fate of its own. */
  append(log: Log, blocks: readonly Block[]): Promise<readonly AppendOutcome[]>;
}

function createNetwork({ time, faults, trace }: StoreParts, process: SimProcess): Network {
  const call: Network['call'] = (name, act, append) =>
    new Promise((resolve, reject) => {
      if (process.isDead()) return;
      const fate = faults.fate(process, name, append?.place);
      trace.add(`${process.incarnation} ${name} ${fate.kind}`);
      const answer = (settle: () => void): void => {
        process.reach(fate.back, settle);
      };
      const fail = (): void => {
        answer(() => {
          reject(new StoreUnreachableError(`simulated: ${name}`));
        });
      };
      time.after(fate.there, () => {
        if (fate.kind === 'REFUSED' && append !== undefined) {
          answer(() => {
            resolve(append.refused);
          });
        } else if (fate.kind === 'BEFORE') fail();
        else if (fate.kind === 'LATE') {
          fail();
          time.after(fate.back + fate.late, () => void act().catch(() => undefined));
        } else if (fate.kind === 'AFTER') act().then(fail, fail);
        else {
          act().then(
            (value) => {
              answer(() => {
                resolve(value);
              });
            },
            (error: unknown) => {
              answer(() => {
                reject(error instanceof Error ? error : new Error(String(error)));
              });
            },
          );
        }
      });
    });

  function append(log: Log, block: Block): Promise<AppendOutcome> {
    const send = async (): Promise<AppendOutcome> => (await log.append([block]))[0] ?? 'unknown';
    const place = ` ${placeName(block.partition, block.n)}`;
    return call<AppendOutcome>(appending, send, { place, refused: 'refused' }).catch(() => 'unknown' as const);
  }

  return {
    call,
    port: (name, port) =>
      Object.fromEntries(
        Object.entries(port).map(([method, act]) => [
          method,
          (...args: unknown[]) =>
            call(`${name}.${method}`, () => (act as (...given: unknown[]) => Promise<unknown>)(...args)),
        ]),
      ) as typeof port,
    append: (log, blocks) => Promise.all(blocks.map((block) => append(log, block))),
  };
}

function logSeenBy({
  log,
  network,
  faults,
  choices,
  time,
  appliedAt,
  process,
}: StoreParts & {
  readonly process: SimProcess;
  readonly network: Network;
  readonly log: Log;
  readonly appliedAt: SimStore['appliedAt'];
}): Log {
  const isStale = (partition: number, n: number, age = staleness): boolean =>
    faults.now('stale-reads') &&
    time.now() - appliedAt(partition, n) < age &&
    choices.choose(`${process.incarnation} misses ${placeName(partition, n)}`, false, (chance) => chance.is(0.3));
  return {
    ...network.port('log', log),
    append: (blocks) => network.append(log, blocks),
    at: (partition, n) =>
      network.call('log.at', async () => (isStale(partition, n) ? undefined : log.at(partition, n))),
    head: (partition) =>
      network.call('log.head', async () => {
        const head = await log.head(partition);
        return head > 0 && isStale(partition, head) ? head - 1 : head;
      }),
    read: (partition, after, limit) =>
      network.call('log.read', async () =>
        (await log.read(partition, after, limit)).filter((block) => !isStale(partition, block.n, holeAge)),
      ),
  };
}

function placeName(partition: number, n: number): string {
  return `${String(partition)}:${String(n)}`;
}
