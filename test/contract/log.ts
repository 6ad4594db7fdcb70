// What every log does, whatever keeps it.

import { describe, expect, test } from 'vitest';

import { signalEntity, signalTypeEntity, type EntityId } from '../../src/core/ids.ts';
import { type Block, type Commit } from '../../src/core/partition/commit.ts';
import { type Log } from '../../src/ports/log.ts';
import { awkwardJson } from './awkward-json.ts';

const penguins = signalTypeEntity('penguins');
const walruses = signalTypeEntity('walruses');

/** A commit that numbers one signal of each of these names. */
export function aCommit(entities: readonly EntityId[], more: Partial<Commit> = {}): Commit {
  const events = entities.map((entity) => ({
    entity,
    version: 1,
    event: { type: 'SignalNumbered', name: entity, sequence: 1 } as const,
  }));
  return { at: 1_700_000_000_000, events, out: [], ...more };
}

/** A block of one partition; without commits it is a fence. */
export function aBlock(partition: number, n: number, more: Partial<Block> = {}): Block {
  return { partition, n, writer: 'writer-1', epoch: 1, format: 1, commits: [], ...more };
}

/** The suite of the port. */
export function logContract(name: string, make: () => Log): void {
  describe(`the log (${name})`, () => {
    test('gives a block back as it was appended, with all that users may have put into it', async () => {
      const log = make();
      const published = {
        type: 'SignalPublished',
        id: signalEntity('01'),
        name: 'penguins',
        sequence: 1,
        params: [{ name: 'a.b', value: awkwardJson }],
        payload: awkwardJson,
        occurredAt: 1,
        publishedBy: 'ada',
        awaited: [],
      } as const;
      const commit = aCommit([], {
        events: [{ entity: signalEntity('01'), version: 1, event: published }],
        command: {
          id: 'c1',
          actor: 'ada',
          key: 'k1',
          argsHash: 'h',
          outcome: { type: 'Published', signals: [signalEntity('01')] },
        },
        in: { from: 2, sequence: 7, n: 9 },
        out: [{ to: 5, sequence: 1, message: { type: 'Unsubscribe', name: 'penguins' } }],
      });
      const block = aBlock(3, 1, { commits: [commit, aCommit([penguins])] });

      expect(await log.append([block])).toEqual(['durable']);
      expect(await log.at(3, 1)).toEqual(block);
      expect(JSON.stringify(await log.at(3, 1))).toBe(JSON.stringify(block));
    });

    test('appends blocks of many partitions in one go and says of each what became of it', async () => {
      const log = make();
      await log.append([aBlock(1, 1)]);

      const outcomes = await log.append([
        aBlock(0, 1),
        aBlock(1, 1, { writer: 'stranger' }),
        aBlock(1, 2),
        aBlock(2, 8),
      ]);

      expect(outcomes).toEqual(['durable', 'duplicate', 'durable', 'durable']);
      expect((await log.at(1, 1))?.writer).toBe('writer-1');
    });

    test('says duplicate to the same bytes too: only a read tells whose they are', async () => {
      const log = make();
      await log.append([aBlock(1, 1)]);

      expect(await log.append([aBlock(1, 1)])).toEqual(['duplicate']);
      expect(await log.read(1, 0, 10)).toHaveLength(1);
    });

    test('lets one of many writers have a place', async () => {
      const log = make();
      const writers = Array.from({ length: 20 }, (_, index) => `writer-${String(index)}`);

      const outcomes = await Promise.all(writers.map((writer) => log.append([aBlock(1, 1, { writer })])));

      expect(outcomes.flat().filter((outcome) => outcome === 'durable')).toHaveLength(1);
      expect(outcomes.flat().filter((outcome) => outcome === 'duplicate')).toHaveLength(19);
      expect((await log.at(1, 1))?.writer).toBe(writers[outcomes.findIndex(([outcome]) => outcome === 'durable')]);
    });

    test('answers nothing to nothing', async () => {
      expect(await make().append([])).toEqual([]);
    });

    test('knows the head of each partition, and 0 where there is none', async () => {
      const log = make();
      await log.append([aBlock(1, 1), aBlock(2, 5), aBlock(2, 1_000), aBlock(2, 999)]);

      expect([await log.head(0), await log.head(1), await log.head(2)]).toEqual([0, 1, 1_000]);
    });

    test('reads one partition in order, behind a place, up to a limit, holes and all', async () => {
      const log = make();
      await log.append([2, 10, 1, 9, 3].map((n) => aBlock(4, n)));
      await log.append([aBlock(3, 5), aBlock(5, 5), aBlock(40, 5)]);
      const numbers = async (after: number, limit: number): Promise<readonly number[]> =>
        (await log.read(4, after, limit)).map(({ n }) => n);

      expect(await numbers(0, 100)).toEqual([1, 2, 3, 9, 10]);
      expect(await numbers(2, 2)).toEqual([3, 9]);
      expect(await numbers(10, 100)).toEqual([]);
      expect(await numbers(0, 0)).toEqual([]);
      expect(await log.at(4, 4)).toBeUndefined();
    });

    test('reads the blocks that touch an entity', async () => {
      const log = make();
      await log.append([
        aBlock(1, 1, { commits: [aCommit([penguins, walruses])] }),
        aBlock(1, 2, { commits: [aCommit([walruses]), aCommit([penguins]), aCommit([penguins])] }),
        aBlock(1, 3, { commits: [aCommit([walruses])] }),
        aBlock(1, 4, { commits: [aCommit([penguins])] }),
        aBlock(2, 2, { commits: [aCommit([penguins])] }),
      ]);
      const numbers = async (after: number, limit: number): Promise<readonly number[]> =>
        (await log.ofEntity(1, penguins, after, limit)).map(({ n }) => n);

      expect(await numbers(0, 10)).toEqual([1, 2, 4]);
      expect(await numbers(1, 1)).toEqual([2]);
      expect(await numbers(4, 10)).toEqual([]);
    });

    test('reads the blocks of one partition that carry messages to another', async () => {
      const log = make();
      const to = (...recipients: readonly number[]): readonly Commit[] => [
        aCommit([], {
          out: recipients.map((to) => ({ to, sequence: 1, message: { type: 'Unsubscribe', name: 'x' } })),
        }),
      ];
      await log.append([
        aBlock(1, 1, { commits: to(2, 3) }),
        aBlock(1, 2),
        aBlock(1, 3, { commits: to(3) }),
        aBlock(4, 3, { commits: to(2) }),
      ]);
      await log.append([aBlock(1, 4, { commits: to(2) }), aBlock(1, 5, { commits: to(0) })]);
      const numbers = async (recipient: number, from: number, limit: number): Promise<readonly number[]> =>
        (await log.messagesTo(recipient, 1, from, limit)).map(({ n }) => n);

      expect(await numbers(2, 0, 10)).toEqual([1, 4]);
      expect(await numbers(3, 3, 10)).toEqual([3]);
      expect(await numbers(2, 0, 1)).toEqual([1]);
      expect(await numbers(0, 5, 10)).toEqual([5]);
      expect(await numbers(7, 0, 10)).toEqual([]);
    });

    test('finds the block with an idempotency key', async () => {
      const log = make();
      const keyed = (key: string): Commit =>
        aCommit([], { command: { id: key, actor: 'ada', key, outcome: { type: 'Started', run: penguins } } });
      await log.append([
        aBlock(1, 1, { commits: [keyed('one'), keyed('two')] }),
        aBlock(2, 1, { commits: [keyed('$three.4')] }),
      ]);

      expect(await log.withKey('two')).toEqual(await log.at(1, 1));
      expect(await log.withKey('$three.4')).toEqual(await log.at(2, 1));
      expect(await log.withKey('four')).toBeUndefined();
    });

    test('cuts what lies below a place, in one partition', async () => {
      const log = make();
      await log.append([aBlock(1, 1), aBlock(1, 2), aBlock(1, 3), aBlock(2, 1)]);

      await log.cut(1, 3);

      expect((await log.read(1, 0, 10)).map(({ n }) => n)).toEqual([3]);
      expect(await log.head(2)).toBe(1);
    });

    test('knows the first place in use, before and after a cut', async () => {
      const log = make();
      expect(await log.first(1)).toBe(0);
      await log.append([aBlock(1, 1), aBlock(1, 2), aBlock(1, 3), aBlock(2, 7), aBlock(0, 9)]);
      expect([await log.first(0), await log.first(1), await log.first(2)]).toEqual([9, 1, 7]);

      await log.cut(1, 3);
      await log.cut(1, 2);

      expect([await log.first(0), await log.first(1), await log.first(2)]).toEqual([9, 3, 7]);
      expect(await log.head(1)).toBe(3);
    });

    test('knows how far everything was written before a time, whatever fences lie between', async () => {
      const log = make();
      const written = (...times: readonly number[]): Partial<Block> => ({
        commits: times.map((at) => aCommit([], { at })),
      });
      const blocks = [{}, written(10, 20), {}, {}, written(30), written(30, 40), {}, written(50), {}];
      await log.append(blocks.map((more, index) => aBlock(1, index + 4, more)));
      await log.append([aBlock(0, 5, written(99)), aBlock(2, 5, written(99))]);

      const places = await Promise.all([0, 20, 21, 30, 31, 40, 41, 50, 51].map((at) => log.before(1, at)));
      expect(places).toEqual([4, 4, 7, 7, 8, 8, 10, 10, 12]);
      expect([await log.before(2, 99), await log.before(2, 100)]).toEqual([0, 5]);
      expect(await log.before(3, 99)).toBe(0);
    });

    test('finds how far everything is old among any number of blocks', async () => {
      const log = make();
      const isFence = (n: number): boolean => n % 7 < 2 || (n > 30 && n < 45);
      const all = Array.from({ length: 60 }, (_, index) => index + 3);
      await log.append(all.map((n) => aBlock(1, n, isFence(n) ? {} : { commits: [aCommit([], { at: n * 10 })] })));

      for (const at of all.filter((n) => n % 3 === 0).map((n) => n * 10 - 5)) {
        const young = all.find((n) => !isFence(n) && n * 10 >= at) ?? 63;
        expect(await log.before(1, at)).toBe(young === 3 ? 0 : young - 1);
      }
    });

    test('shares nothing with those who append or read', async () => {
      const log = make();
      const block = aBlock(1, 1, { commits: [aCommit([penguins])] });
      await log.append([block]);
      (block as { writer: string }).writer = 'changed';
      const read = await log.at(1, 1);
      (read?.commits as Commit[]).pop();

      expect(await log.at(1, 1)).toEqual(aBlock(1, 1, { commits: [aCommit([penguins])] }));
      expect(Object.keys(block)).not.toContain('_id');
    });
  });
}
