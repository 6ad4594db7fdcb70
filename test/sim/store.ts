// The store that all nodes share: the memory adapters, reached over a network that loses, delays and doubts.
//
// A call of a process takes time to get there and back. It may fail before it is done, be done while its answer says
// otherwise, or be done after its caller was told that it failed. A stale read shows only where the port allows one.

import { type Block } from '../../src/core/partition/commit.ts';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createMemoryEntities } from '../../src/adapters/memory/entities.ts';
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
import { type Chance } from './chance.ts';
import { type Faults } from './faults.ts';
import { type SimProcess } from './process.ts';
import { type Trace } from './trace.ts';

type StorePorts = Pick<Outside, 'log' | 'entities' | 'partitions' | 'inbox' | 'blobs' | 'stepLogs' | 'projections'>;

/** The store, and each process's way to it. */
export interface SimStore {
  /** The truth, without a network in between: for checkers only. */
  readonly truth: StorePorts;
  /** When a block got in. */
  appliedAt(partition: number, n: number): Milliseconds;
  /** Called for each block that gets in. */
  onBlock(act: (block: Block) => void): void;
  /** The ports as a process sees them. */
  seenBy(process: SimProcess): StorePorts;
}

/** What the store stands on. */
export interface StoreParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
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
  const listeners: ((block: Block) => void)[] = [];
  const truth: StorePorts = {
    log: {
      ...log,
      append: async (blocks) => {
        const outcomes = await log.append(blocks);
        blocks.forEach((block, place) => {
          if (outcomes[place] !== 'durable') return;
          applied.set(placeName(block.partition, block.n), time.now());
          parts.trace.add(`block ${JSON.stringify(block)}`);
          for (const act of listeners) act(block);
        });
        return outcomes;
      },
    },
    entities: createMemoryEntities(),
    partitions: createMemoryPartitions(() => Math.floor(time.now())),
    inbox: createMemoryInbox(),
    blobs: createMemoryBlobs(),
    stepLogs: createMemoryStepLogs(),
    projections: createMemoryProjections(),
  };
  const appliedAt = (partition: number, n: number): Milliseconds => applied.get(placeName(partition, n)) ?? -Infinity;
  return {
    truth,
    appliedAt,
    onBlock: (act) => {
      listeners.push(act);
    },
    seenBy: (process) => {
      const network = createNetwork(parts, process);
      return {
        log: logSeenBy({ ...parts, network, log: truth.log, appliedAt }),
        entities: network.port('entities', truth.entities),
        partitions: network.port('partitions', truth.partitions),
        inbox: network.port('inbox', truth.inbox),
        blobs: network.port('blobs', truth.blobs),
        stepLogs: network.port('stepLogs', truth.stepLogs),
        projections: network.port('projections', truth.projections),
      };
    },
  };
}

/** A process's network to the store. */
interface Network {
  /** One call there and back. */
  call<T>(name: string, act: () => Promise<T>): Promise<T>;
  /** A port all of whose methods are calls. */
  port<P extends object>(name: string, port: P): P;
  /** Sends blocks, each with a fate of its own. */
  append(log: Log, blocks: readonly Block[]): Promise<readonly AppendOutcome[]>;
}

function createNetwork({ time, faults, trace }: StoreParts, process: SimProcess): Network {
  const call = <T>(name: string, act: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (process.isDead()) return;
      const fate = faults.fate(process.isCutOff());
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
        if (fate.kind === 'BEFORE') fail();
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
    return call('append', async () => (await log.append([block]))[0] ?? 'unknown').catch(() => 'unknown' as const);
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
  chance,
  time,
  appliedAt,
}: StoreParts & { readonly network: Network; readonly log: Log; readonly appliedAt: SimStore['appliedAt'] }): Log {
  const isStale = (partition: number, n: number, age = staleness): boolean =>
    faults.now('stale-reads') && time.now() - appliedAt(partition, n) < age && chance.is(0.3);
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
