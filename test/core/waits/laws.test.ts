// However publications, waits and their messages fall out with one another: a wait ends exactly if a signal exists that fits.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signalEntity, signalTypeEntity } from '../../../src/core/ids.ts';
import { type Instant } from '../../../src/core/time.ts';
import { given, type Situation, start, stop } from '../../support/given.ts';

const flow = `id: flow
runStrategy: { parallel: 50 }
steps:
  - id: ready
    wait: { all: [{ signal: s, as: a, where: { rows: ">= 5" } }, { signal: s, as: b, where: { rows: "< 3" }, lookBack: LOOK }] }
`;

type Act =
  | { readonly kind: 'publish'; readonly rows: readonly number[] }
  | { readonly kind: 'start' }
  | { readonly kind: 'deliver'; readonly count: number }
  | { readonly kind: 'stop'; readonly number: number }
  | { readonly kind: 'pass' };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('publish' as const),
    rows: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }),
  }),
  fc.constant({ kind: 'start' as const }),
  fc.record({ kind: fc.constant('deliver' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('stop' as const), number: fc.integer({ min: 1, max: 3 }) }),
  fc.constant({ kind: 'pass' as const }),
);

/** What has happened so far, beside what the situation knows. */
interface World {
  readonly situation: Situation;
  readonly published: { readonly at: Instant; readonly rows: number }[];
  readonly runs: { readonly at: Instant; isStopped: boolean }[];
}

function perform({ situation, published, runs }: World, one: Act): void {
  switch (one.kind) {
    case 'pass':
      situation.after(6_000);
      return;
    case 'deliver':
      situation.delivered(one.count);
      return;
    case 'start':
      runs.push({ at: situation.now, isStopped: false });
      situation.when(start('flow'));
      return;
    case 'stop': {
      const run = runs[one.number - 1];
      const name = `flow/${String(one.number)}`;
      if (run === undefined || situation.run(name).status !== 'RUNNING') return;
      run.isStopped = true;
      situation.when(stop(name));
      return;
    }
    case 'publish': {
      const signals = one.rows.map((rows, place) => ({
        id: signalEntity(`${String(published.length)}-${String(place)}`.padStart(26, '0')),
        params: [{ name: 'rows', value: rows }],
      }));
      published.push(...one.rows.map((rows) => ({ at: situation.now, rows })));
      if (signals.length > 0) situation.when({ type: 'PublishSignals', name: 's', signals });
    }
  }
}

test.each([
  ['0s', 0],
  ['10s', 10_000],
  ['all', Infinity],
])('with a lookBack of %s', (look, window) => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
      const world: World = { situation: given(flow.replace('LOOK', look)), published: [], runs: [] };
      for (const one of acts) perform(world, one);
      const { published, runs } = world;
      const situation = world.situation.delivered();
      const status = (index: number): string => situation.run(`flow/${String(index + 1)}`).status;
      const has = (from: Instant, fits: (rows: number) => boolean): boolean =>
        published.some(({ at, rows }) => at >= from && fits(rows));
      for (const [index, { at, isStopped }] of runs.entries()) {
        const isComplete = has(at, (rows) => rows >= 5) && has(at - window, (rows) => rows < 3);
        if (!isStopped) expect(status(index)).toBe(isComplete ? 'SUCCEEDED' : 'RUNNING');
      }
      const type = situation.entity(signalTypeEntity('s'))?.state;
      const isHeard = type?.kind === 'signalType' && type.interest.length > 0;
      expect(isHeard).toBe(runs.some((_, index) => status(index) === 'RUNNING'));
    }),
    { numRuns: 150 },
  );
});
