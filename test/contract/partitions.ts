// What every store of ownership does, whatever keeps it. Time is the store's own.

import { describe, expect, test } from 'vitest';

import { workflowEntity } from '../../src/core/ids.ts';
import { type PartitionCheckpoint } from '../../src/core/partition/commit.ts';
import { NewerFormatError } from '../../src/ports/newer-format-error.ts';
import { type Beat, type Breadcrumb, keptDeaths, type Partitions } from '../../src/ports/partitions.ts';

/** A store, and a way to let its time pass. */
export interface PartitionsUnderTest {
  readonly partitions: Partitions;
  readonly pass: (milliseconds: number) => Promise<void>;
}

/** A node's beat. */
export function aBeat(incarnation: string, more: Partial<Beat> = {}): Beat {
  return { incarnation, nodeId: `node of ${incarnation}`, address: 'http://127.0.0.1:1', lastOut: [], ...more };
}

const format = 3;
const checkpointAt = (n: number): PartitionCheckpoint => ({
  n,
  at: 1_700_000_000_000 + n,
  seen: [{ from: 1, sequence: n, n: 2 }],
  sent: [{ to: 2, sequence: 3, n: 4 }],
});

/** The suite of the port. */
export function partitionsContract(name: string, make: () => PartitionsUnderTest): void {
  describe(`partitions (${name})`, () => {
    test('fixes their number at first use', async () => {
      const { partitions } = make();

      expect(await partitions.open({ partitions: 4, format })).toEqual({ partitions: 4 });
      expect(await partitions.open({ partitions: 16, format })).toEqual({ partitions: 4 });
      expect(await partitions.list()).toEqual(
        [0, 1, 2, 3].map((partition) => ({
          partition,
          epoch: 0,
          owner: undefined,
          ownerAlive: false,
          checkpoint: undefined,
          deaths: [],
          breadcrumb: undefined,
        })),
      );
    });

    test('opens for many at once as for one', async () => {
      const { partitions } = make();

      const opened = await Promise.all([2, 3, 4, 5].map((count) => partitions.open({ partitions: count, format })));

      expect(new Set(opened.map((each) => each.partitions)).size).toBe(1);
      expect(await partitions.list()).toHaveLength(opened[0]?.partitions ?? 0);
    });

    test('refuses to open what a newer version wrote', async () => {
      const { partitions } = make();
      await partitions.open({ partitions: 2, format });

      await expect(partitions.open({ partitions: 2, format: format - 1 })).rejects.toThrow(NewerFormatError);
      await expect(partitions.open({ partitions: 2, format: format + 1 })).resolves.toEqual({ partitions: 2 });
    });

    test('tells the time with each beat, and it does not go back', async () => {
      const { partitions, pass } = make();
      const first = await partitions.beat(aBeat('a'), 5_000);
      await pass(20);
      const second = await partitions.beat(aBeat('a'), 5_000);

      expect(second - first).toBeGreaterThanOrEqual(20);
      expect(second - first).toBeLessThan(5_000);
    });

    test('counts a node among the living until its beat runs out or it leaves', async () => {
      const { partitions, pass } = make();
      const lastOut = [{ from: 1, to: 2, sequence: 3, n: 4 }];
      await partitions.beat(aBeat('short'), 700);
      await partitions.beat(aBeat('leaving'), 60_000);
      await partitions.beat(aBeat('long', { nodeId: '$nodeId', address: '$$NOW' }), 60_000);
      await partitions.beat(aBeat('long', { nodeId: '$nodeId', address: '$$NOW', lastOut }), 60_000);
      expect(await partitions.nodes()).toHaveLength(3);

      await pass(750);
      await partitions.leave('leaving');

      expect(await partitions.nodes()).toEqual([{ incarnation: 'long', nodeId: '$nodeId', address: '$$NOW', lastOut }]);
    });

    test('gives a partition to one of many who claim it', async () => {
      const { partitions } = make();
      await partitions.open({ partitions: 2, format });
      const claimants = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
      await Promise.all(claimants.map((claimant) => partitions.beat(aBeat(claimant), 60_000)));

      const claims = await Promise.all(claimants.map((claimant) => partitions.claim(1, 0, claimant)));

      const won = claims.filter((claim) => claim !== undefined);
      expect(won).toHaveLength(1);
      expect(won[0]).toMatchObject({ partition: 1, epoch: 1, ownerAlive: true, checkpoint: undefined });
      expect((await partitions.list())[1]).toEqual(won[0]);
    });

    test('raises the epoch at every take-over, and none is taken by an old one', async () => {
      const { partitions } = make();
      await partitions.open({ partitions: 1, format });

      expect((await partitions.claim(0, 0, 'a'))?.epoch).toBe(1);
      expect(await partitions.claim(0, 0, 'b')).toBeUndefined();
      expect((await partitions.claim(0, 1, 'b'))?.epoch).toBe(2);
      expect(await partitions.claim(7, 0, 'b')).toBeUndefined();
    });

    test('says whether the owner lives', async () => {
      const { partitions, pass } = make();
      await partitions.open({ partitions: 3, format });
      await partitions.beat(aBeat('short'), 700);
      await partitions.beat(aBeat('long'), 60_000);
      await partitions.claim(0, 0, 'short');
      await partitions.claim(1, 0, 'long');
      await partitions.claim(2, 0, 'never beat');
      expect((await partitions.list()).map(({ ownerAlive }) => ownerAlive)).toEqual([true, true, false]);

      await pass(750);

      expect((await partitions.list()).map(({ owner, ownerAlive }) => [owner, ownerAlive])).toEqual([
        ['short', false],
        ['long', true],
        ['never beat', false],
      ]);
    });

    test('remembers when its last owners were found dead, and no owner that left or came back', async () => {
      const { partitions, pass } = make();
      await partitions.open({ partitions: 2, format });
      const deaths = async (): Promise<readonly number[] | undefined> => (await partitions.list())[1]?.deaths;
      const began = await partitions.beat(aBeat('a'), 60_000);

      expect((await partitions.claim(1, 0, 'a'))?.deaths).toEqual([]);
      await partitions.claim(1, 1, 'a');
      expect(await deaths()).toEqual([]);
      await partitions.claim(1, 2, '$b');
      const [first = 0] = (await deaths()) ?? [];
      expect(first).toBeGreaterThanOrEqual(began);
      await partitions.release(1, 3, '$b');
      await partitions.claim(1, 3, 'c');
      expect(await deaths()).toEqual([first]);
      await pass(20);
      await partitions.claim(1, 4, 'd');
      await pass(20);
      const taken = await partitions.claim(1, 5, 'e');

      const [second = 0, third = 0] = taken?.deaths ?? [];
      expect(taken?.deaths).toHaveLength(keptDeaths);
      expect([second - first, third - second].every((apart) => apart >= 20)).toBe(true);
      expect(await deaths()).toEqual([second, third]);
      expect((await partitions.list())[0]?.deaths).toEqual([]);
    });

    test('keeps the breadcrumb of an owner that died, and none of one that left or was overtaken', async () => {
      const { partitions } = make();
      await partitions.open({ partitions: 1, format });
      const kept = async (): Promise<Breadcrumb | undefined> => (await partitions.list())[0]?.breadcrumb;
      const crumb = (name: string): Breadcrumb => ({
        command: `Wake ${name}`,
        aim: { kind: 'entity', id: workflowEntity(name) },
      });
      await partitions.claim(0, 0, 'a');

      await partitions.leaveBreadcrumb(0, { epoch: 1, owner: 'a' }, crumb('one'));
      await partitions.leaveBreadcrumb(0, { epoch: 1, owner: 'a' }, crumb('two'));
      expect(await kept()).toEqual(crumb('two'));
      await partitions.leaveBreadcrumb(0, { epoch: 1, owner: 'a' }, undefined);
      expect(await kept()).toBeUndefined();

      await partitions.leaveBreadcrumb(0, { epoch: 1, owner: 'a' }, crumb('$three'));
      expect((await partitions.claim(0, 1, 'b'))?.breadcrumb).toEqual(crumb('$three'));
      await partitions.leaveBreadcrumb(0, { epoch: 1, owner: 'a' }, crumb('late'));
      await partitions.leaveBreadcrumb(0, { epoch: 2, owner: 'a' }, undefined);
      expect(await kept()).toEqual(crumb('$three'));
      await partitions.release(0, 2, 'b');
      expect(await kept()).toBeUndefined();
    });

    test('takes a partition back from its owner only', async () => {
      const { partitions } = make();
      await partitions.open({ partitions: 1, format });
      await partitions.claim(0, 0, 'a');

      await partitions.release(0, 1, 'b');
      await partitions.release(0, 0, 'a');
      expect((await partitions.list())[0]?.owner).toBe('a');

      await partitions.release(0, 1, 'a');
      expect((await partitions.list())[0]).toMatchObject({ owner: undefined, ownerAlive: false, epoch: 1 });
      expect((await partitions.claim(0, 1, 'b'))?.epoch).toBe(2);
    });

    test('keeps the checkpoint that is furthest ahead, and none of an owner that was overtaken', async () => {
      const { partitions } = make();
      await partitions.open({ partitions: 2, format });
      const kept = async (): Promise<PartitionCheckpoint | undefined> => (await partitions.list())[1]?.checkpoint;

      await partitions.checkpoint(1, 1, checkpointAt(10));
      expect(await kept()).toEqual(checkpointAt(10));
      await partitions.checkpoint(1, 1, checkpointAt(9));
      expect(await kept()).toEqual(checkpointAt(10));
      await partitions.checkpoint(1, 3, checkpointAt(20));
      await partitions.checkpoint(1, 2, checkpointAt(30));
      expect(await kept()).toEqual(checkpointAt(20));
      expect((await partitions.claim(1, 0, 'a'))?.checkpoint).toEqual(checkpointAt(20));
    });
  });
}
