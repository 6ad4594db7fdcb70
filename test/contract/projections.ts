// What every keeper of lists does, whatever keeps it.

import { describe, expect, test } from 'vitest';

import { runEntity, signalEntity, triggerEntity, workflowEntity } from '../../src/core/ids.ts';
import { type AuditRow, auditEntity } from '../../src/core/partition/audit.ts';
import { type RunRow, type SignalRow, type TriggerRow, type WorkflowRow } from '../../src/core/partition/summary.ts';
import { type Projections, type RowQuery, type StoredRow } from '../../src/ports/projections.ts';
import { awkwardJson } from './awkward-json.ts';

/** A run's row; its number is its time. */
export function aRun(workflowId: string, number: number, more: Partial<RunRow> = {}, n = 1): StoredRow<RunRow> {
  const row: RunRow = {
    collection: 'runs',
    at: number,
    workflowId,
    number,
    attempt: 1,
    newest: true,
    status: 'RUNNING',
    version: 1,
    definition: 'hash',
    cause: { kind: 'MANUAL', actor: 'ada' },
    labels: [],
    counts: [{ status: 'RUNNING', count: 1 }],
    ...more,
  };
  return { id: runEntity({ workflowId, number, attempt: row.attempt }), partition: 1, n, row };
}

function aWorkflow(workflowId: string, more: Partial<WorkflowRow> = {}): StoredRow<WorkflowRow> {
  const row: WorkflowRow = {
    collection: 'workflows',
    at: 1,
    workflowId,
    versions: 1,
    triggersPaused: false,
    updatedAt: 2,
    ...more,
  };
  return { id: workflowEntity(workflowId), partition: 2, n: 1, row };
}

function aSignal(ulid: string, name: string, at: number): StoredRow<SignalRow> {
  const id = signalEntity(ulid);
  const signal = {
    kind: 'signal',
    id,
    name,
    sequence: 1,
    params: [{ name: 'a.b', value: awkwardJson }],
    payload: awkwardJson,
    occurredAt: at,
    publishedAt: at,
    publishedBy: 'ada',
    awaited: [],
    verdicts: [],
    more: 0,
  } as const;
  return { id, partition: 3, n: 1, row: { collection: 'signals', at, name, sequence: 1, signal } };
}

function aTrigger(workflowId: string, name: string, more: Partial<TriggerRow> = {}): StoredRow<TriggerRow> {
  const trigger = triggerEntity(workflowId, name);
  return {
    id: trigger,
    partition: 1,
    n: 1,
    row: { collection: 'triggers', at: 1, workflowId, trigger, armed: true, ...more },
  };
}

function anAudit(n: number): StoredRow<AuditRow> {
  const place = { partition: 1, n, i: 0 };
  const run = runEntity({ workflowId: 'a', number: 1, attempt: 1 });
  const row: AuditRow = {
    collection: 'audits',
    at: n,
    place,
    actor: 'ada',
    operation: 'StopRun',
    about: ['run:a/1', 'workflow:a'],
    outcome: { type: 'Done', entity: run },
  };
  return { id: auditEntity(place), partition: 1, n, row };
}

const all: RowQuery = { where: {}, order: 'NEWEST_FIRST', limit: 100 };

/** The suite of the port. */
export function projectionsContract(name: string, make: () => Projections): void {
  const runsIn = async (lists: Projections, query: Partial<RowQuery>): Promise<readonly string[]> =>
    (await lists.page('runs', { ...all, ...query })).rows.map(({ id }) => id);

  describe(`lists (${name})`, () => {
    test('give rows back as they were saved, each in its own list', async () => {
      const lists = make();
      const run = aRun('a', 1, { labels: [{ name: '$team.x', value: '$where' }], startedAt: 5 });
      const saved = [
        run,
        aWorkflow('a', { name: 'A', owner: 'ada' }),
        aSignal('01', 'penguins', 3),
        aTrigger('a', 't', { listens: ['penguins'] }),
      ];
      await lists.save(saved, []);

      expect(await lists.page('runs', all)).toEqual({ rows: [saved[0]], more: false });
      expect(await lists.page('workflows', all)).toEqual({ rows: [saved[1]], more: false });
      expect(await lists.page('signals', all)).toEqual({ rows: [saved[2]], more: false });
      expect(await lists.page('triggers', all)).toEqual({ rows: [saved[3]], more: false });
    });

    test('keep the row of the greater position', async () => {
      const lists = make();
      await lists.save([aRun('a', 1, { status: 'FAILED' }, 5)], []);
      await lists.save([aRun('a', 1, { status: 'QUEUED' }, 4)], []);
      await lists.save([aRun('a', 1, { status: 'STOPPED' }, 5)], []);

      expect((await lists.page('runs', all)).rows.map(({ n, row }) => [n, row.status])).toEqual([[5, 'FAILED']]);
    });

    test('keep the row of the greater position also where they were told that there is none', async () => {
      const lists = make();
      const [run, workflow] = [aRun('a', 1), aWorkflow('a')];
      const born = new Set([run.id, workflow.id]);
      await lists.save([{ ...run, n: 5 }, workflow], [], born);
      await lists.save([{ ...run, n: 4 }, aRun('b', 2)], [], born);
      await lists.save([{ ...workflow, n: 9 }], [], born);

      expect((await lists.page('runs', all)).rows.map(({ id, n }) => [id, n]).sort()).toEqual([
        ['run:a/1.1', 5],
        ['run:b/2.1', aRun('b', 2).n],
      ]);
      expect((await lists.page('workflows', all)).rows.map(({ n }) => n)).toEqual([9]);
    });

    test('come newest or oldest first, and by id within one instant', async () => {
      const lists = make();
      await lists.save([aRun('a', 1), aRun('b', 3), aRun('c', 2), aRun('d', 3, { at: 2 })], []);

      expect(await runsIn(lists, {})).toEqual(['run:b/3.1', 'run:d/3.1', 'run:c/2.1', 'run:a/1.1']);
      expect(await runsIn(lists, { order: 'OLDEST_FIRST' })).toEqual([
        'run:a/1.1',
        'run:c/2.1',
        'run:d/3.1',
        'run:b/3.1',
      ]);
    });

    test.each(['NEWEST_FIRST', 'OLDEST_FIRST'] as const)('come in pages without gap or repeat, %s', async (order) => {
      const lists = make();
      await lists.save(
        Array.from({ length: 23 }, (_, index) => aRun('a', index + 1, { at: Math.floor(index / 4) })),
        [],
      );
      const whole = await runsIn(lists, { order });
      const paged: string[] = [];
      let after: RowQuery['after'];
      for (;;) {
        const page = await lists.page('runs', { ...all, order, limit: 5, ...(after === undefined ? {} : { after }) });
        paged.push(...page.rows.map(({ id }) => id));
        const last = page.rows.at(-1);
        if (!page.more || last === undefined) break;
        after = { at: last.row.at, id: last.id };
      }

      expect(whole).toHaveLength(23);
      expect(paged).toEqual(whole);
    });

    test('are narrowed by fields', async () => {
      const lists = make();
      await lists.save(
        [
          aRun('a', 1, { status: 'FAILED' }),
          aRun('a', 2, { status: 'STOPPED', cause: { kind: 'CRON', trigger: 't' } }),
          aRun('a', 3, { status: 'FAILED', newest: false }),
          aRun('b', 4, { status: 'QUEUED', cause: { kind: 'CRON', trigger: 't' } }),
        ],
        [],
      );

      expect(await runsIn(lists, { where: { workflowId: 'a', newest: true } })).toEqual(['run:a/2.1', 'run:a/1.1']);
      expect(await runsIn(lists, { where: { status: ['FAILED', 'QUEUED'] } })).toEqual([
        'run:b/4.1',
        'run:a/3.1',
        'run:a/1.1',
      ]);
      expect(await runsIn(lists, { where: { 'cause.kind': ['CRON'], workflowId: 'b', number: 4 } })).toEqual([
        'run:b/4.1',
      ]);
      expect(await runsIn(lists, { where: { status: [] } })).toEqual([]);
      expect(await runsIn(lists, { where: { workflowId: '$a' } })).toEqual([]);
    });

    test('are narrowed by the beginning of a name, in any case', async () => {
      const lists = make();
      const ids = ['Penguins', 'penguin-daily', 'pen.guins', 'p', 'walrus', 'a(b'];
      await lists.save(
        ids.map((id) => aWorkflow(id, { owner: id.length > 2 ? 'ada' : 'bob' })),
        [],
      );
      const named = async (prefix: string, where: RowQuery['where'] = {}): Promise<readonly string[]> =>
        (await lists.page('workflows', { ...all, order: 'OLDEST_FIRST', where, prefix })).rows.map(
          ({ row }) => row.workflowId,
        );

      expect(await named('PENG')).toEqual(['Penguins', 'penguin-daily']);
      expect(await named('pen.')).toEqual(['pen.guins']);
      expect(await named('a(')).toEqual(['a(b']);
      expect(await named('p', { owner: 'bob' })).toEqual(['p']);
      expect(await named('')).toHaveLength(6);
    });

    test('are narrowed by what is not there, by bounds, by named values and by either of two fields', async () => {
      const lists = make();
      const [red, blue] = [
        { name: 'team', value: 'red' },
        { name: 'team', value: 'blue' },
      ];
      const signal = { kind: 'SIGNAL', trigger: 't', name: 'ready', signal: '01', params: [] } as const;
      await lists.save(
        [
          aRun('a', 1, { startedAt: 10, labels: [red, { name: 'day', value: 'mon' }] }),
          aRun('a', 2, { startedAt: 20, scheduledFor: 5, labels: [blue] }),
          aRun('a', 3, { startedAt: 30, cause: signal }),
          aRun('a', 4, { cause: { kind: 'RESTART', actor: 'bob', attempt: 1, of: signal } }),
          aWorkflow('a', { deletedAt: 7 }),
          aWorkflow('b'),
        ],
        [],
      );

      expect(await runsIn(lists, { where: { scheduledFor: null, startedAt: [20, 30] } })).toEqual(['run:a/3.1']);
      expect(await runsIn(lists, { within: { startedAt: { from: 10, to: 30 } } })).toEqual(['run:a/2.1', 'run:a/1.1']);
      expect(await runsIn(lists, { within: { startedAt: {} } })).toHaveLength(3);
      expect(await runsIn(lists, { within: { startedAt: { to: 20 }, at: { from: 1 } } })).toEqual(['run:a/1.1']);
      expect(await runsIn(lists, { holding: { labels: [red] } })).toEqual(['run:a/1.1']);
      expect(await runsIn(lists, { holding: { labels: [{ name: 'day', value: 'mon' }, red] } })).toEqual(['run:a/1.1']);
      expect(await runsIn(lists, { holding: { labels: [red, blue] } })).toEqual([]);
      expect(await runsIn(lists, { holding: { labels: [{ name: 'day', value: 'red' }] } })).toEqual([]);
      expect(await runsIn(lists, { where: { 'cause.name|cause.of.name': 'ready' } })).toEqual([
        'run:a/4.1',
        'run:a/3.1',
      ]);
      expect((await lists.page('workflows', { ...all, where: { deletedAt: null } })).rows.map(({ id }) => id)).toEqual([
        'workflow:b',
      ]);
      expect(await lists.count('runs', { where: {}, holding: { labels: [blue] } }, 10)).toBe(1);
    });

    test('are narrowed by a text in any of the fields, in any case, which is no pattern', async () => {
      const lists = make();
      await lists.save(
        [
          aRun('penguins', 1, { labels: [{ name: 'x', value: 'South.Pole' }] }),
          aRun('walrus', 2, { cause: { kind: 'MANUAL', actor: 'Ada' } }),
          aRun('walrus', 3, { cause: { kind: 'CRON', trigger: 'guin' } }),
        ],
        [],
      );
      const found = (contains: string): Promise<readonly string[]> =>
        runsIn(lists, { text: { contains, fields: ['workflowId', 'labels.value', 'cause.actor'] } });

      expect(await found('GUIN')).toEqual(['run:penguins/1.1']);
      expect(await found('south.p')).toEqual(['run:penguins/1.1']);
      expect(await found('h.pole')).toEqual(['run:penguins/1.1']);
      expect(await found('s.uth')).toEqual([]);
      expect(await found('ada')).toEqual(['run:walrus/2.1', 'run:penguins/1.1']);
    });

    test.each([
      ['startedAt', 'NEWEST_FIRST'],
      ['endedAt', 'OLDEST_FIRST'],
      ['took', 'NEWEST_FIRST'],
      ['took', 'OLDEST_FIRST'],
      ['id', 'OLDEST_FIRST'],
      ['id', 'NEWEST_FIRST'],
    ] as const)(
      'come sorted by %s, %s, in pages without gap or repeat, and without what lacks it',
      async (by, order) => {
        const lists = make();
        const times = [5, 3, 5, 9, 1, 3, 3];
        await lists.save(
          [
            ...times.map((time, index) => aRun('a', index + 1, { startedAt: time, endedAt: time * 3, took: time * 2 })),
            aRun('a', 8, { startedAt: 4 }),
            aRun('a', 9),
          ],
          [],
        );
        const paged: string[] = [];
        let after: RowQuery['after'];
        for (;;) {
          const page = await lists.page('runs', {
            ...all,
            by,
            order,
            limit: 2,
            ...(after === undefined ? {} : { after }),
          });
          paged.push(...page.rows.map(({ id }) => id));
          const last = page.rows.at(-1);
          if (!page.more || last === undefined) break;
          after = { at: by === 'id' ? 0 : (last.row[by] ?? -1), id: last.id };
        }
        const key = (number: number): number => (by === 'id' ? 0 : (times[number - 1] ?? 4));
        const there = { startedAt: 8, endedAt: 7, took: 7, id: 9 }[by];
        const direction = order === 'OLDEST_FIRST' ? 1 : -1;
        const expected = Array.from({ length: there }, (_, index) => index + 1)
          .sort((one, other) => direction * (key(one) - key(other) || one - other))
          .map((number) => `run:a/${String(number)}.1`);

        expect(paged).toEqual(expected);
      },
    );

    test('know the attempt that was made last, of each workflow', async () => {
      const lists = make();
      await lists.save(
        [aRun('a', 1, { at: 9, attempt: 2 }), aRun('a', 1, { newest: false }), aRun('a', 2), aRun('b', 3)],
        [],
      );

      expect((await lists.latestRuns()).map(({ id }) => id).sort()).toEqual(['run:a/1.2', 'run:b/3.1']);
    });

    test('are counted up to a limit', async () => {
      const lists = make();
      await lists.save(
        [1, 2, 3, 4, 5].map((number) => aRun('a', number, { status: number > 3 ? 'FAILED' : 'QUEUED' })),
        [],
      );

      expect(await lists.count('runs', { where: {} }, 10)).toBe(5);
      expect(await lists.count('runs', { where: {} }, 3)).toBe(3);
      expect(await lists.count('runs', { where: { status: ['FAILED'] } }, 10)).toBe(2);
      expect(await lists.count('signals', { where: {} }, 10)).toBe(0);
    });

    test('know how far they are, and never go back', async () => {
      const lists = make();
      await lists.save(
        [],
        [
          { partition: 1, n: 7 },
          { partition: 0, n: 2 },
        ],
      );
      await lists.save([], [{ partition: 1, n: 6 }]);

      expect(await lists.projected()).toEqual([
        { partition: 0, n: 2 },
        { partition: 1, n: 7 },
      ]);
    });

    test('start anew once they are cleared', async () => {
      const lists = make();
      await lists.save([aRun('a', 1, {}, 9), aSignal('01', 'x', 1), anAudit(3)], [{ partition: 1, n: 7 }]);

      await lists.clear();

      expect(await lists.projected()).toEqual([]);
      expect((await lists.page('signals', all)).rows).toEqual([]);
      await lists.save([aRun('a', 1, {}, 3)], []);
      expect(await runsIn(lists, {})).toEqual(['run:a/1.1']);
      // The audit outlives the log that it was made from, so nothing could make it anew.
      expect((await lists.page('audits', { ...all, where: { about: 'run:a/1' } })).rows).toEqual([anAudit(3)]);
    });
  });
}
