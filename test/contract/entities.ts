// What every store of entity states does, whatever keeps it.

import { describe, expect, test } from 'vitest';

import { signalEntity, workflowEntity, type EntityId } from '../../src/core/ids.ts';
import { type StoredEntity } from '../../src/core/partition/commit.ts';
import { type Directory } from '../../src/core/partition/entity.ts';
import { type Entities } from '../../src/ports/entities.ts';
import { awkwardJson } from './awkward-json.ts';

/** An entity as of block `n`. */
export function anEntity(id: EntityId, n: number, more: Partial<StoredEntity> = {}): StoredEntity {
  const state = { kind: 'signalType', name: `as of ${String(n)}`, sequence: n, interest: [] } as const;
  return { id, partition: 1, n, version: n, state, ...more };
}

/** The suite of the port. */
export function entitiesContract(name: string, make: () => Entities): void {
  const one = workflowEntity('one');
  const two = workflowEntity('two');
  const waiting: Directory = {
    wake: 12,
    calendar: true,
    hosts: ['h1', 'h2'],
    listens: ['penguins'],
    ending: [{ host: 'h1', token: 't' }],
  };

  describe(`entities (${name})`, () => {
    test('gives states back as they were saved, and leaves out what is not there', async () => {
      const entities = make();
      const state = {
        kind: 'signal',
        id: signalEntity('01'),
        name: 'penguins',
        sequence: 1,
        params: [{ name: '$a.b', value: awkwardJson }],
        payload: awkwardJson,
        occurredAt: 1,
        publishedAt: 2,
        publishedBy: 'ada',
        awaited: [1, 2],
        verdicts: [],
        more: 0,
      } as const;
      const saved = [
        anEntity(one, 3, { directory: waiting }),
        anEntity(signalEntity('01'), 7, { state, partition: 2 }),
      ];
      await entities.save(saved);

      const loaded = await entities.load([signalEntity('01'), two, one, one]);

      expect([...loaded].sort((a, b) => a.n - b.n)).toEqual(saved);
      expect(await entities.load([])).toEqual([]);
    });

    test('keeps the state of the greater position, in whatever order they come', async () => {
      const entities = make();
      await entities.save([anEntity(one, 5), anEntity(two, 5)]);
      await entities.save([anEntity(one, 4), anEntity(two, 6)]);
      await entities.save([anEntity(two, 6, { version: 99 })]);

      const loaded = await entities.load([one, two]);

      expect(Object.fromEntries(loaded.map(({ id, n, version }) => [id, [n, version]]))).toEqual({
        [one]: [5, 5],
        [two]: [6, 6],
      });
    });

    test('keeps the state of the greater position also where it was told that there is none', async () => {
      const entities = make();
      const born = new Set([one, two]);
      await entities.save([anEntity(one, 5), anEntity(two, 5)], born);
      await entities.save([anEntity(one, 4), anEntity(two, 6)], born);
      await entities.save([anEntity(one, 7)], new Set([two]));

      expect((await entities.load([one, two])).map(({ n }) => n).sort()).toEqual([6, 7]);
    });

    test('keeps the state of the greatest position when many are saved at once', async () => {
      const entities = make();
      const positions = [3, 9, 1, 7, 10, 2, 8, 4, 6, 5];

      await Promise.all(positions.map((n) => entities.save([anEntity(one, n), anEntity(two, n)], new Set([one]))));

      expect((await entities.load([one, two])).map(({ n }) => n)).toEqual([10, 10]);
    });

    test('lists what the living of one partition wait for', async () => {
      const entities = make();
      const bare: Directory = { calendar: false, hosts: [] };
      await entities.save([
        anEntity(one, 5, { directory: waiting }),
        anEntity(two, 6, { directory: bare }),
        anEntity(workflowEntity('ended'), 7),
        anEntity(workflowEntity('elsewhere'), 8, { partition: 2, directory: bare }),
      ]);

      expect(await entities.directory(1)).toEqual([
        { id: one, version: 5, directory: waiting },
        { id: two, version: 6, directory: bare },
      ]);
      expect(await entities.directory(3)).toEqual([]);
    });

    test('forgets what an entity waited for once it waits for nothing', async () => {
      const entities = make();
      await entities.save([anEntity(one, 5, { directory: waiting })]);
      await entities.save([anEntity(one, 6)]);

      expect(await entities.directory(1)).toEqual([]);
      expect(await entities.load([one])).toEqual([anEntity(one, 6)]);
    });

    test('gives every entity of a partition, living or not', async () => {
      const entities = make();
      await entities.save([
        anEntity(one, 5, { directory: waiting }),
        anEntity(two, 6),
        anEntity(workflowEntity('x'), 6, { partition: 2 }),
      ]);
      const found: EntityId[] = [];
      for await (const { id } of entities.all(1)) found.push(id);

      expect(found.sort()).toEqual([one, two]);
    });

    test('saves thousands in one go', async () => {
      const entities = make();
      const ids = Array.from({ length: 2_500 }, (_, index) => workflowEntity(`w${String(index)}`));
      await entities.save(ids.map((id) => anEntity(id, 1, { directory: waiting })));
      await entities.save(ids.map((id, index) => anEntity(id, index % 2, { directory: waiting, version: 9 })));
      await entities.save(ids.map((id, index) => anEntity(id, 1 + (index % 2), { directory: waiting, version: 9 })));

      const versions = (await entities.directory(1)).map(({ version }) => version);

      expect([
        versions.filter((version) => version === 9).length,
        versions.filter((version) => version === 1).length,
      ]).toEqual([1_250, 1_250]);
    });

    test('shares nothing with those who save or load', async () => {
      const entities = make();
      const state = { kind: 'signalType' as const, name: 'x', sequence: 1, interest: [1] };
      await entities.save([anEntity(one, 1, { state })]);
      state.interest.push(2);
      const [loaded] = await entities.load([one]);
      (loaded as { n: number }).n = 7;

      expect(await entities.load([one])).toEqual([anEntity(one, 1, { state: { ...state, interest: [1] } })]);
    });
  });
}
