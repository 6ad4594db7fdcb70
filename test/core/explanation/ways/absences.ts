// Ways in which a trigger on a signal that does not come starts no run, or has started one.

import { explainTrigger } from '../../../../src/core/explanation/explain-trigger.ts';
import { type Reason } from '../../../../src/core/explanation/explanation.ts';
import { type Listening } from '../../../../src/core/explanation/listening.ts';
import { type EntityId } from '../../../../src/core/ids.ts';
import { given, publish, type Situation } from '../../../support/given.ts';
import { reason, trigger, type Way } from './way.ts';

const hour = 3_600_000;

const daily = `id: flow
triggers: [{ expect: A, by: "0 7 * * *", where: { n: ">= 1" } }]
steps: [{ id: a, noop: true }]`;
const silent = daily.replace('expect: A, by: "0 7 * * *"', 'absentFor: 26h, signal: A');
const late = (): Situation => given(daily).after(19 * hour);

const waiting: Listening = {
  triggers: ['trigger:report/signal-1' as EntityId],
  steps: [{ workflowId: 'forecast', stepId: 'weather' }],
  runs: ['forecast/12', 'forecast/13'],
  moreRuns: 1,
};

/** Ways in which a trigger on an absence waits, or has had its run. */
export const absences: readonly Way[] = [
  {
    what: 'its signal may still come in time',
    ask: () => reason(trigger(given(daily), 'flow/expected-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'It starts a run at 2026-01-16 07:00:00 UTC, unless A with n >= 1 comes before. None has come since 2026-01-15 12:00:00 UTC.',
  },
  {
    what: 'its signal came in time',
    ask: () =>
      reason(
        trigger(
          given(daily)
            .when(publish('A', { n: 1 }))
            .delivered(),
          'flow/expected-1',
        ),
      ),
    code: 'WAITING_FOR_SIGNAL',
    says: 'It will not start a run at 2026-01-16 07:00:00 UTC: A with n >= 1 came at 2026-01-15 12:00:00 UTC.',
  },
  {
    what: 'its signal has not come for too long',
    ask: () => reason(trigger(given(silent).after(26 * hour), 'flow/absent-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'No A with n >= 1 has come since 2026-01-15 12:00:00 UTC. It did what it does about that, and counts again from the next one on.',
    unblock: 'Publish it: downbeat publish A.',
  },
  {
    what: 'its signal had not come in time, and has not since',
    ask: () => reason(trigger(late(), 'flow/expected-1'), 1),
    code: 'MISSED',
    says: 'A with n >= 1 had not come by 2026-01-16 07:00:00 UTC, and flow/1 was started. It has not come since.',
  },
  {
    what: 'its signal came late',
    ask: () =>
      reason(
        trigger(
          late()
            .after(2 * hour + 600_000)
            .when(publish('A', { n: 1 }))
            .delivered(),
          'flow/expected-1',
        ),
        1,
      ),
    code: 'MISSED',
    says: 'A with n >= 1 had not come by 2026-01-16 07:00:00 UTC, and flow/1 was started. It came at 2026-01-16 09:10:00 UTC, 2 h 10 min late.',
  },
  {
    what: 'others wait for what it misses',
    ask: (): Reason => {
      const state = late().trigger('flow/expected-1');
      return reason(explainTrigger('trigger:flow/expected-1' as EntityId, state, { listening: waiting }), 2);
    },
    code: 'LISTENERS',
    says: 'Who waits for A: report/signal-1 starts runs on it; the step weather of forecast waits for it; the runs forecast/12, forecast/13 and 1 more wait for it now.',
  },
];
