// What every history does, whatever keeps it.

import { describe, expect, test } from 'vitest';

import { type EntityId, runEntity } from '../../src/core/ids.ts';
import { type Excerpt, type History } from '../../src/ports/history.ts';
import { awkwardJson } from './awkward-json.ts';
import { aBlock } from './log.ts';

/** The id of a run's attempt. */
export function aRun(number: number, attempt = 1): EntityId {
  return runEntity({ workflowId: 'penguins', number, attempt });
}

/** What block `n` of partition 3 says of a run. */
export function anExcerpt(run: EntityId, n: number, reason = 'because'): Excerpt {
  const event = { type: 'Quarantined', reason } as const;
  const commits = [4, 7].map((at) => ({ at, events: [{ entity: run, version: n + at, event }], out: [] }));
  return { run, block: aBlock(3, n, { commits }), places: [4, 7] };
}

function numbers(found: readonly Excerpt[]): readonly number[] {
  return found.map(({ block }) => block.n);
}

/** The suite of the port. */
export function historyContract(name: string, make: () => History): void {
  describe(`history (${name})`, () => {
    test('gives back what was added, with all that users may have put into it', async () => {
      const history = make();
      const run = aRun(1);
      const event = { type: 'RunSuperseded', by: 2, said: awkwardJson } as never;
      const commits = [{ at: 1_700_000_000_000, events: [{ entity: run, version: 1, event }], out: [] }];
      const excerpt = { run, block: aBlock(3, 17, { commits, writer: 'w', epoch: 9 }), places: [12] };

      await history.append([excerpt]);

      expect(await history.read(run, 0, 10)).toEqual([excerpt]);
      expect(JSON.stringify((await history.read(run, 0, 10))[0]?.block)).toBe(JSON.stringify(excerpt.block));
    });

    test('reads one attempt of a run in order, behind a block, up to a limit', async () => {
      const history = make();
      await history.append([2, 10, 1, 9, 100].map((n) => anExcerpt(aRun(1), n)));
      await history.append([aRun(1, 2), aRun(10), aRun(1, 11)].map((run) => anExcerpt(run, 5)));

      expect(numbers(await history.read(aRun(1), 0, 10))).toEqual([1, 2, 9, 10, 100]);
      expect(numbers(await history.read(aRun(1), 2, 2))).toEqual([9, 10]);
      expect(await history.read(aRun(1), 100, 10)).toEqual([]);
      expect(await history.read(aRun(1), 0, 0)).toEqual([]);
      expect(await history.read(aRun(7), 0, 10)).toEqual([]);
    });

    test('keeps what came first when it comes again, and adds what is new beside it', async () => {
      const history = make();
      await history.append([1, 2].map((n) => anExcerpt(aRun(1), n, 'first')));
      await history.append([3, 2, 1, 4].map((n) => anExcerpt(aRun(1), n, 'second')));
      await history.append([]);

      expect(await history.read(aRun(1), 0, 10)).toEqual([
        anExcerpt(aRun(1), 1, 'first'),
        anExcerpt(aRun(1), 2, 'first'),
        anExcerpt(aRun(1), 3, 'second'),
        anExcerpt(aRun(1), 4, 'second'),
      ]);
    });

    test('keeps one of each when many add the same at once', async () => {
      const history = make();
      const excerpts = Array.from({ length: 700 }, (_, index) => anExcerpt(aRun((index % 3) + 1), index + 1));

      await Promise.all([1, 2, 3, 4].map(() => history.append(excerpts)));

      const kept = await Promise.all([1, 2, 3].map((number) => history.read(aRun(number), 0, 1_000)));
      expect(kept.flatMap(numbers).sort((one, other) => one - other)).toEqual(excerpts.map(({ block }) => block.n));
    });

    test('takes a run of megabytes a block and many blocks', async () => {
      const history = make();
      const excerpts = [1, 2, 3, 4, 5, 6].map((n) => anExcerpt(aRun(1), n, 'x'.repeat(2_000_000)));

      await history.append(excerpts);

      expect(numbers(await history.read(aRun(1), 0, 10))).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await history.read(aRun(1), 5, 1)).toEqual(excerpts.slice(-1));
    });
  });
}
