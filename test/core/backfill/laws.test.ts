// Laws of backfills that hold whatever happens in whatever order: one run a line, no more at once than it may, none before a live
// run that waits, nothing begun when its failures are too many, and counts that add up.

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { badLines } from '../../../src/core/backfill/backfill.ts';
import { runEntity } from '../../../src/core/ids.ts';
import { type QueueState } from '../../../src/core/queue/queue.ts';
import { isTerminalRun, type RunState } from '../../../src/core/run/state.ts';
import { backfilled, backfillOf, held, hours, linesOf } from '../../support/backfills.ts';
import { failed, given, type Situation, start, stop, succeeded } from '../../support/given.ts';

type Happening = 'live' | 'succeed' | 'fail' | 'stop' | 'pause' | 'resume' | 'retry' | 'again';

const scene = fc.record({
  strategy: fc.constantFrom(
    'sequential',
    'strict-sequential',
    'first-only',
    'last-only',
    'latest-only',
    '{ parallel: 3 }',
  ),
  lines: fc.integer({ min: 1, max: 8 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
  stopAfterFailures: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
  happenings: fc.array(
    fc.record({
      what: fc.constantFrom<Happening>(
        'live',
        'succeed',
        'succeed',
        'fail',
        'stop',
        'pause',
        'resume',
        'retry',
        'again',
      ),
      pick: fc.nat(99),
    }),
    { maxLength: 40 },
  ),
});

function runs(situation: Situation): readonly RunState[] {
  return [...situation.entities().values()].flatMap(({ state }) => (state.kind === 'run' ? [state] : []));
}

function happen(situation: Situation, what: Happening, pick: number): void {
  const newest = runs(situation).filter(({ superseded }) => !superseded);
  const going = newest.filter(({ status, steps }) => status === 'RUNNING' && steps[0]?.status === 'RUNNING');
  const chosen = (list: readonly RunState[]): string | undefined => {
    const run = list[pick % Math.max(1, list.length)];
    return run === undefined ? undefined : `flow/${String(run.number)}`;
  };
  switch (what) {
    case 'live':
      situation.when(start('flow'));
      return;
    case 'succeed':
    case 'fail': {
      const name = chosen(going);
      if (name !== undefined) situation.reported(`${name}/a`, what === 'fail' ? failed('USER', false) : succeeded());
      return;
    }
    case 'stop': {
      const name = chosen(newest.filter(({ status }) => !isTerminalRun(status)));
      if (name !== undefined) situation.when(stop(name));
      return;
    }
    case 'pause':
      situation.when(held('PauseBackfill'));
      return;
    case 'resume':
      situation.when(held('ResumeBackfill'));
      return;
    case 'retry':
      situation.when(held('RetryBackfill'));
      return;
    case 'again':
      situation.when({ type: 'UnblockWorkflow', workflowId: 'flow' });
  }
}

function checkLines(situation: Situation): void {
  const made = runs(situation).filter(({ cause, attempt }) => cause.kind === 'BACKFILL' && attempt === 1);
  const lines = made.map(({ cause }) => (cause.kind === 'BACKFILL' ? cause.line : -1));
  expect(new Set(lines).size, 'one run a line').toBe(lines.length);
  for (const [index, line] of linesOf(situation).entries()) {
    expect(line.run === undefined).toBe(!lines.includes(index));
  }
  const { counts, going, plan } = backfillOf(situation);
  const sum = Object.values(counts).reduce((all, count) => all + count, 0);
  expect(sum, 'every line is somewhere').toBe(plan.verdicts.NEW + plan.verdicts.REDO);
  expect(counts.RUNNING).toBe(going.length);
  expect(going.length, 'no more at once than it may').toBeLessThanOrEqual(plan.concurrency);
}

/** What the last command did: no run of a backfill is admitted while another waits, nothing begins that is held. */
function checkTurn(situation: Situation, queue: QueueState): void {
  const { decision } = situation.taken.at(-1) ?? {};
  if (decision?.kind !== 'COMMIT') return;
  let waiting = new Set(
    queue.waiting.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
  );
  for (const { event } of decision.gathered.events) {
    if (event.type === 'RunQueued' && event.behind !== true) waiting = new Set([...waiting, event.number]);
    if (event.type === 'RunLeft') waiting.delete(event.number);
    if (event.type !== 'RunAdmitted') continue;
    const { cause } = situation.entity(runEntity({ workflowId: 'flow', ...event }))?.state as RunState;
    const isOfBackfill = cause.kind === 'BACKFILL' || cause.kind === 'RESTART';
    expect(isOfBackfill && waiting.size > 0, 'live runs come first').toBe(false);
    waiting.delete(event.number);
  }
}

test('hold for random histories under every strategy', () => {
  fc.assert(
    fc.property(scene, ({ strategy, lines, concurrency, stopAfterFailures, happenings }) => {
      const situation = given(`id: flow\nrunStrategy: ${strategy}\nsteps: [{ id: a, run: x }]`);
      backfilled(situation, hours(lines), {
        concurrency,
        ...(stopAfterFailures === undefined ? {} : { stopAfterFailures }),
      });
      checkLines(situation);
      for (const { what, pick } of happenings) {
        const [queue, before] = [situation.queue('flow'), backfillOf(situation)];
        happen(situation, what, pick);
        checkTurn(situation, queue);
        checkLines(situation);
        const isHeld = before.status === 'PAUSED' && what !== 'resume' && what !== 'retry';
        if (isHeld) expect(backfillOf(situation).next, 'nothing begins while it is paused').toBe(before.next);
        if (stopAfterFailures !== undefined) {
          const { failures } = backfillOf(situation);
          expect(failures, 'its failures stay near its budget').toBeLessThan(stopAfterFailures + concurrency);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('whatever happened before, it comes to its end once every run succeeds and nobody holds it', () => {
  fc.assert(
    fc.property(scene, ({ strategy, lines, concurrency, happenings }) => {
      const situation = given(`id: flow\nrunStrategy: ${strategy}\nsteps: [{ id: a, run: x }]`);
      backfilled(situation, hours(lines), { concurrency });
      for (const { what, pick } of happenings) happen(situation, what, pick);
      for (let rounds = 0; rounds < 200 && backfillOf(situation).status !== 'SUCCEEDED'; rounds++) {
        happen(situation, 'again', 0);
        if (backfillOf(situation).status === 'PAUSED') happen(situation, 'resume', 0);
        else if (badLines(backfillOf(situation)) > 0) happen(situation, 'retry', 0);
        happen(situation, 'succeed', rounds);
      }
      expect(backfillOf(situation)).toMatchObject({ status: 'SUCCEEDED', going: [] });
      expect(backfillOf(situation).counts.SUCCEEDED).toBe(lines);
    }),
    { numRuns: 150 },
  );
});
