// Ways to break the engine, each of which the simulation must notice. Each is a mistake that someone could make.

import { type Edit } from './break-engine.ts';

/** A mistake, and the snippets that make it. */
export interface Breakage {
  readonly name: string;
  readonly edits: readonly Edit[];
}

const openPartition = 'engine/open-partition.ts';
const undurable = 'engine/undurable.ts';
const flusher = 'engine/flusher.ts';
const inTurn = "if (place.sequence !== last + 1) return place.sequence <= last ? 'KNOWN' : 'GAP';";

/** All breakages. */
export const breakages: readonly Breakage[] = [
  {
    name: 'no fence: a take-over believes the tail that it reads',
    edits: [
      {
        file: 'engine/take-over.ts',
        find: 'const fence = await raiseFence(outside, claimed, writer);',
        put: 'const fence: number | undefined = await outside.log.head(row.partition);',
      },
    ],
  },
  {
    name: 'publish before commit: effects and messages go out when a block is sent',
    edits: [
      {
        file: undurable,
        find: 'durable: settle,',
        put: `durable: settle,
          sent: () => (flight?.commits ?? []).map((decided, i) => releasedOf(decided, { partition, n: head.n + 1, i })),`,
      },
      {
        file: openPartition,
        find: 'nextBlock: () => (isLost() ? undefined : undurable.nextBlock()),',
        put: `nextBlock: () => {
          const block = isLost() ? undefined : undurable.nextBlock();
          if (block !== undefined) parts.onDurable(block, (undurable as any).sent());
          return block;
        },`,
      },
      { file: openPartition, find: 'parts.onDurable(block, released);', put: '' },
    ],
  },
  {
    name: 'answer before commit: the sender is told when its wish is decided',
    edits: [
      {
        file: undurable,
        find: 'waiting.push(decided);',
        put: 'waiting.push(decided); decided.answer({ partition, n: head.n + 1, i: 0 });',
      },
      {
        file: undurable,
        find: 'if (after === undefined) act(head);',
        put: 'if (after === undefined || fail !== undefined) act(head);',
      },
    ],
  },
  {
    name: 'an unknown commit is taken for a failure: its position is decided anew',
    edits: [
      {
        file: flusher,
        find: "if (outcome === 'duplicate') {",
        put: "if (outcome === 'unknown') return 'AGAIN'; if (outcome === 'duplicate') {",
      },
      {
        file: flusher,
        find: 'else partition.lose(fate);',
        put: "else if (fate === 'AGAIN') (partition as any).again(); else partition.lose(fate);",
      },
      {
        file: openPartition,
        find: 'durable: (block) => {',
        put: 'again: () => { (undurable as any).again(); parts.onReady(); }, durable: (block) => {',
      },
      {
        file: undurable,
        find: 'durable: settle,',
        put: `durable: settle,
          again: () => {
            waiting = [...(flight?.commits ?? []), ...waiting];
            flight = undefined;
          },`,
      },
    ],
  },
  {
    name: 'an unknown commit is taken for a success',
    edits: [
      {
        file: flusher,
        find: "if (outcome === 'durable') return 'durable';",
        put: "if (outcome === 'durable' || outcome === 'unknown') return 'durable';",
      },
    ],
  },
  {
    name: 'a stranger at our place is taken for ourselves',
    edits: [
      {
        file: flusher,
        find: "if (found?.writer === block.writer) return 'durable';",
        put: "if (found !== undefined) return 'durable';",
      },
    ],
  },
  {
    name: 'timers are forgotten at a take-over',
    edits: [
      {
        file: 'engine/ownership.ts',
        find: 'for (const id of taken.memory.directory().keys()) wish(timers, partition, id);',
        put: '',
      },
    ],
  },
  {
    name: 'messages are taken out of order',
    edits: [{ file: openPartition, find: inTurn, put: "if (place.sequence <= last) return 'KNOWN';" }],
  },
  {
    name: 'messages are taken twice',
    edits: [{ file: openPartition, find: inTurn, put: "if (place.sequence > last + 1) return 'GAP';" }],
  },
  {
    name: 'blocks are replayed over a hole',
    edits: [
      {
        file: 'engine/take-over.ts',
        find: 'const blocks = withoutHoles(await outside.log.read(row.partition, n, page), n);',
        put: 'const blocks = await outside.log.read(row.partition, n, page);',
      },
    ],
  },
  {
    name: 'an idempotency key is forgotten when a partition moves',
    edits: [
      {
        file: 'engine/keys.ts',
        find: 'const block = await log.withKey(key);',
        put: 'const block: Awaited<ReturnType<Log["withKey"]>> = await Promise.resolve(undefined);',
      },
    ],
  },
  {
    name: 'a report with an old token is accepted',
    edits: [{ file: 'core/run/outcome.ts', find: 'open.token !== report.token', put: 'false' }],
  },
  {
    name: 'what ran on a dead host is never sent out again',
    edits: [
      {
        file: 'engine/hosts.ts',
        find: "void delivery.tell(partition.index, { type: 'HostsLost', entity, hosts });",
        put: 'void delivery; void hosts;',
      },
    ],
  },
  {
    name: 'a checkpoint says more than it holds',
    edits: [
      {
        file: 'engine/checkpointer.ts',
        find: 'const n = partition.head().n;',
        put: 'const n = partition.head().n + 1;',
      },
    ],
  },
  {
    name: 'a watcher skips a block when it comes again',
    edits: [{ file: 'engine/use-cases/commits.ts', find: 'Math.max(0, n - 1)', put: 'n' }],
  },
  {
    name: 'a strategy lets one run too many in',
    edits: [
      {
        file: 'core/queue/queue.ts',
        find: 'let room = state.limit - state.running.length;',
        put: 'let room = state.limit - state.running.length + 1;',
      },
    ],
  },
  {
    name: 'a refused block is taken for a success',
    edits: [
      {
        file: flusher,
        find: "if (outcome === 'refused') {",
        put: "if (outcome === 'refused') return 'durable'; if (outcome === ('refused' as string)) {",
      },
    ],
  },
  {
    name: 'a refused fence is waited for',
    edits: [
      {
        file: 'engine/take-over.ts',
        find: 'if (fate === refusedByStore) throw new Error(fate);',
        put: '',
      },
    ],
  },
  {
    name: 'the log is cut ahead of the checkpoint',
    edits: [
      {
        file: 'engine/retention.ts',
        find: 'return Math.min(own.n, ...awaited);',
        put: 'return awaited.length + 1_000_000;',
      },
    ],
  },
  {
    name: 'the log is cut ahead of those who have not taken its messages',
    edits: [
      {
        file: 'engine/retention.ts',
        find: 'return Math.min(own.n, ...awaited);',
        put: 'return own.n + 0 * awaited.length;',
      },
    ],
  },
  {
    name: 'the log is cut before its past is kept',
    edits: [
      {
        file: 'engine/retention.ts',
        find: 'const kept = await foldHistory(outside, partition, { first: below, below: Math.min(below + portion, floor) });',
        put: 'const kept = Math.min(below + portion, floor); void foldHistory;',
      },
    ],
  },
  {
    name: 'a wake that nobody can take is repeated at once',
    edits: [
      {
        file: 'engine/release.ts',
        find: 'if (wake !== undefined && wake <= membership.now()) await pause(outside, tooEarly);',
        put: 'void wake; void pause; void tooEarly;',
      },
    ],
  },
  {
    name: 'a checkpoint is ahead of the rows of lists',
    edits: [
      {
        file: 'engine/release.ts',
        find: 'project(projector, block, released);',
        put: 'void projector;',
      },
      {
        file: 'engine/release.ts',
        find: 'function release(parts: ReleaseParts, partition: OpenPartition, block: Block, released: readonly Released[]): void {',
        put: 'function release(parts: ReleaseParts, partition: OpenPartition, block: Block, released: readonly Released[]): void { project(parts.projector, block, released);',
      },
    ],
  },
  {
    name: 'who waits for a lost partition gets no answer',
    edits: [
      {
        file: undurable,
        find: 'for (const { fail } of [...all(), ...waiters.splice(0)]) fail(error);',
        put: 'for (const { fail } of all()) fail(error);',
      },
    ],
  },
];
