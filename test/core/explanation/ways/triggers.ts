// Ways in which a trigger starts no run, at a time or on a signal.

import { createSituation, given, publish } from '../../../support/given.ts';
import {
  listener,
  unfilled,
  join,
  refusing,
  sent,
  clock,
  jump,
  missed,
  edited,
  pausedTriggers,
  unable,
  heard,
  joined,
  joinedWithin,
  debounced,
  foldRefused,
  throttled,
  tooLate,
} from './situations.ts';
import { trigger, setAside, reason, type Way } from './way.ts';

/** Ways in which a trigger starts no run, at a time or on a signal. */
export const triggers: readonly Way[] = [
  {
    what: 'its time has not come',
    ask: () => reason(trigger(clock(), 'flow/cron-1')),
    code: 'SCHEDULE',
    says: 'It fires next at 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC) (every hour at :00 in Madrid).',
  },
  {
    what: 'its time comes a little later: jitter',
    ask: () => reason(trigger(clock('jitter: 10m'), 'flow/cron-1')),
    code: 'SCHEDULE',
    says: 'It fires next at 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC) (every hour at :00 in Madrid). Its jitter puts the start off to 2026-01-15 14:02:31 Europe/Madrid (13:02:31 UTC).',
  },
  {
    what: 'its schedule names no time any more',
    ask: () => reason(trigger(clock('', '0 0 13 15 1 * 2026').after(7_200_000), 'flow/cron-1')),
    code: 'SCHEDULE',
    says: 'Its schedule (cron `0 0 13 15 1 * 2026` in Madrid) names no time that is still to come.',
    unblock: 'Change the schedule.',
  },
  {
    what: 'its time is left out by the clocks',
    ask: () => reason(trigger(jump('2026-03-28T12:00:00Z'), 'flow/cron-1')),
    code: 'SCHEDULE',
    says: 'It fires next at 2026-03-29 03:00:00 Europe/Madrid (01:00:00 UTC) (every day at 02:30 in Madrid). On 29 March 2026 02:30 does not exist there, so it runs at 03:00.',
  },
  {
    what: 'its hour is left out by the clocks',
    ask: () => reason(trigger(jump('2026-03-29T00:45:00Z', '30 * * * *'), 'flow/cron-1')),
    code: 'SCHEDULE',
    says: 'It fires next at 2026-03-29 03:30:00 Europe/Madrid (01:30:00 UTC) (every hour at :30 in Madrid). On 29 March 2026 clocks there jump from 02:00 to 03:00, and it goes on from there.',
  },
  {
    what: 'its time comes twice by the clocks',
    ask: () => reason(trigger(jump('2026-10-24T12:00:00Z'), 'flow/cron-1')),
    code: 'SCHEDULE',
    says: 'It fires next at 2026-10-25 02:30:00 Europe/Madrid (00:30:00 UTC) (every day at 02:30 in Madrid). On 25 October 2026 02:30 comes twice there, and it runs the first time only.',
  },
  {
    what: 'it has started its run after a jump of the clocks',
    ask: () => reason(trigger(jump('2026-03-28T12:00:00Z').after(86_400_000), 'flow/cron-1'), 1),
    code: 'STARTED',
    says: 'It has started 1 run, the last one flow/1 at 2026-03-29 03:00:00 Europe/Madrid (01:00:00 UTC). On 29 March 2026 02:30 does not exist there, so it runs at 03:00.',
  },
  {
    what: 'it missed a time: `catchUp: latest`',
    ask: () => reason(trigger(missed('latest'), 'flow/cron-1'), -1),
    code: 'SCHEDULE',
    says: 'It left out 2 missed ticks from 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC) to 2026-01-15 15:00:00 Europe/Madrid (14:00:00 UTC), as `catchUp: latest` says: of missed times, only the last starts a run.',
    unblock:
      'To have their runs all the same: downbeat backfill plan flow --trigger cron-1 --from 2026-01-15T13:00:00Z --to 2026-01-15T14:00:00Z',
  },
  {
    what: 'it missed a time: `catchUp: none`',
    ask: () => reason(trigger(missed('none'), 'flow/cron-1'), -1),
    code: 'SCHEDULE',
    says: 'It left out 3 missed ticks from 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC) to 2026-01-15 16:00:00 Europe/Madrid (15:00:00 UTC), as `catchUp: none` says: of missed times, none starts a run.',
    unblock:
      'To have their runs all the same: downbeat backfill plan flow --trigger cron-1 --from 2026-01-15T13:00:00Z --to 2026-01-15T15:00:00Z',
  },
  {
    what: 'it missed a time: `catchUp: { within: … }`',
    ask: () => reason(trigger(missed('{ within: 90m }'), 'flow/cron-1'), -1),
    code: 'SCHEDULE',
    says: 'It left out 1 missed tick of 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC), as `catchUp: { within: 90m }` says: of missed times, those that are at most 90m late start runs.',
    unblock:
      'To have their runs all the same: downbeat backfill plan flow --trigger cron-1 --from 2026-01-15T13:00:00Z --to 2026-01-15T13:00:00Z',
  },
  {
    what: 'a new version changed its schedule first',
    ask: () => reason(trigger(edited(), 'flow/cron-1'), -1),
    code: 'SCHEDULE',
    says: 'It left out 1 missed tick of 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC), since a new version changed its schedule before it was dealt with.',
    unblock:
      'To have their runs all the same: downbeat backfill plan flow --trigger cron-1 --from 2026-01-15T13:00:00Z --to 2026-01-15T13:00:00Z',
  },
  {
    what: 'its triggers are paused',
    ask: () => reason(trigger(pausedTriggers(clock()), 'flow/cron-1')),
    code: 'PAUSED',
    says: '"cron-1" starts nothing: the triggers of "flow" are paused.',
    unblock: 'Resume them: downbeat resume flow.',
  },
  {
    what: 'its triggers are paused, and times pass',
    ask: () => reason(trigger(pausedTriggers(clock()), 'flow/cron-1'), 1),
    code: 'SCHEDULE',
    says: 'Its next time would be 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC) (every hour at :00 in Madrid). Of the times that pass while it is paused, only the last starts a run.',
  },
  {
    what: 'they are paused, under `catchUp: all`',
    ask: () => reason(trigger(pausedTriggers(clock('catchUp: all')), 'flow/cron-1'), 1),
    code: 'SCHEDULE',
    says: 'Its next time would be 2026-01-15 14:00:00 Europe/Madrid (13:00:00 UTC) (every hour at :00 in Madrid). Of the times that pass while it is paused, each starts a run.',
  },
  {
    what: 'it belongs to no active version',
    ask: () => reason(trigger(clock().applied('id: flow\nsteps: [{ id: a, noop: true }]'), 'flow/cron-1')),
    code: 'NOT_ARMED',
    says: '"cron-1" starts nothing: it belongs to no active version of "flow" any more.',
    unblock: 'Put it into the definition and apply that.',
  },
  {
    what: 'its workflow was deleted',
    ask: () =>
      reason(trigger(clock().when({ type: 'DeleteWorkflow', workflowId: 'flow', stopRuns: false }), 'flow/cron-1')),
    code: 'NOT_ARMED',
    says: '"cron-1" starts nothing: it belongs to no active version of "flow" any more.',
    unblock: 'Put it into the definition and apply that.',
  },
  {
    what: 'it could not start its run',
    ask: () => reason(trigger(unable(), 'flow/cron-1'), 1),
    code: 'REFUSED',
    says: 'At 2026-01-15 13:00:00 UTC it should have started a run and could not: The parameter "n" could not be worked out: Division by zero. `1 / z`',
    unblock: 'Correct the trigger’s `params` or the workflow’s, and apply again.',
  },
  {
    what: 'it is about to listen',
    ask: () => reason(trigger(createSituation(16).applied(listener), 'flow/signal-1')),
    code: 'ARMING',
    says: 'It is about to listen to "ready"; that takes a moment.',
  },
  {
    what: 'its signal was never published',
    ask: () => reason(trigger(given(listener), 'flow/signal-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'It waits for the signal "ready", which was never published.',
    unblock: 'Publish it: downbeat publish ready.',
  },
  {
    what: 'the last signal did not meet its `where`',
    ask: () => reason(trigger(heard({ rows: 7 }), 'flow/signal-1', 'ready-1')),
    code: 'WHERE',
    says: 'The last "ready" (number 1, 2026-01-15 12:00:00 UTC) did not meet `rows >= 100`: rows was 7.',
    unblock: 'Publish one that meets it: downbeat publish ready -p rows=100 – or change `where`.',
  },
  {
    what: 'the last signal lacked what `where` asks for',
    ask: () => reason(trigger(heard({}), 'flow/signal-1', 'ready-1')),
    code: 'WHERE',
    says: 'The last "ready" (number 1, 2026-01-15 12:00:00 UTC) did not meet `rows >= 100`: rows was not given.',
    unblock: 'Publish one that meets it: downbeat publish ready -p rows=100 – or change `where`.',
  },
  {
    what: 'the last signal came before it listened',
    ask: () =>
      reason(
        trigger(
          given()
            .when(publish('ready', { rows: 200 }))
            .applied(listener)
            .delivered(),
          'flow/signal-1',
          'ready-1',
        ),
      ),
    code: 'WAITING_FOR_SIGNAL',
    says: 'It waits for the next "ready": the last one (number 1, 2026-01-15 12:00:00 UTC) had come before it began to listen.',
    unblock: 'Publish it again: downbeat publish ready -p rows=100.',
  },
  {
    what: 'it waits for the next signal',
    ask: () => reason(trigger(heard({ rows: 200 }), 'flow/signal-1', 'ready-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'It waits for the next "ready".',
    unblock: 'Publish it: downbeat publish ready.',
  },
  {
    what: 'it could not start its run on a signal',
    ask: () => reason(trigger(heard({ rows: 200 }, unfilled), 'flow/signal-1', 'ready-1'), 1),
    code: 'REFUSED',
    says: 'At 2026-01-15 12:00:00 UTC it should have started a run and could not: Its parameter "p" could not be made: There is no name signal.nothing here.',
    unblock: 'Correct the trigger’s `params` or the workflow’s, and apply again.',
  },
  {
    what: 'it folds signals until no more come',
    ask: () => reason(trigger(debounced(), 'flow/signal-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'For k = 1: 3 signals (ready) wait since 2026-01-15 12:00:00 UTC; one run starts on all of them at 2026-01-15 12:05:00 UTC: no other must come for 5m, or 50m must have passed since the first.',
  },
  {
    what: 'it folds what comes too soon after a run',
    ask: () => reason(trigger(throttled(), 'flow/signal-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: '1 signal (ready) waits since 2026-01-15 12:00:00 UTC; one run starts on all of them at 2026-01-15 12:10:00 UTC: at most one starts every 10m.',
  },
  {
    what: 'its run was refused, and the signals that it folds wait on',
    ask: () => reason(trigger(foldRefused(), 'flow/signal-1')),
    code: 'REFUSED',
    says: 'For k = 1: 1 signal (ready) waits since 2026-01-15 12:00:00 UTC. They would have started a run at 2026-01-15 12:05:00 UTC, which was refused: Its parameter "p" could not be made: There is no name signal.nothing here. Nothing was consumed.',
    unblock:
      'They are tried again when a new version is activated or the triggers are resumed; to drop them: downbeat reset-trigger flow/signal-1.',
  },
  {
    what: 'it folds signals, and its triggers are paused',
    ask: () => reason(trigger(pausedTriggers(debounced()), 'flow/signal-1'), 1),
    code: 'PAUSED',
    says: 'For k = 1: 3 signals (ready) wait since 2026-01-15 12:00:00 UTC; once the triggers are resumed, one run starts on all of them.',
  },
  {
    what: 'it joins signals, and none has come',
    ask: () => reason(trigger(given(join), 'flow/all-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'Nothing waits: it starts a run when A and B have come for the same k.',
    unblock: 'Publish the first: downbeat publish A -p k=….',
  },
  {
    what: 'it joins signals, and is about to listen',
    ask: () => reason(trigger(createSituation(16).applied(join), 'flow/all-1')),
    code: 'ARMING',
    says: 'It is about to listen to "A" and "B"; that takes a moment.',
  },
  {
    what: 'it joins signals, and one is missing',
    ask: () => reason(trigger(joined(publish('A', { k: 1 })), 'flow/all-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'For k = 1: 1 signal (A) waits since 2026-01-15 12:00:00 UTC; missing: B with k = 1.',
    unblock: 'Publish it: downbeat publish B -p k=1.',
  },
  {
    what: 'it joins signals within a time',
    ask: () => reason(trigger(joinedWithin(publish('A', { k: 1 })), 'flow/all-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'For k = 1: 1 signal (A) waits since 2026-01-15 12:00:00 UTC; missing: B with k = 1. It expires at 2026-01-15 13:01:00 UTC.',
    unblock: 'Publish it: downbeat publish B -p k=1.',
  },
  {
    what: 'it joined signals, and could not start its run',
    ask: () =>
      reason(
        trigger(sent(given(refusing), publish('A', { k: 1, rows: 'many' }), publish('B', { k: 1 })), 'flow/all-1'),
      ),
    code: 'REFUSED',
    says: 'For k = 1: 2 signals (A and B) wait since 2026-01-15 12:00:00 UTC. They would have started a run at 2026-01-15 12:00:00 UTC, which was refused: The parameter "rows" cannot have this value: a long is wanted, and "many" is a string. Nothing was consumed.',
    unblock:
      'They are tried again when a new version is activated or the triggers are resumed; to drop them: downbeat reset-trigger flow/all-1.',
  },
  {
    what: 'a signal that it held has expired',
    ask: () =>
      reason(
        trigger(
          joinedWithin(publish('A', { k: 1 }))
            .after(7_200_000)
            .delivered(),
          'flow/all-1',
        ),
        -1,
      ),
    code: 'REFUSED',
    says: '1 signal has expired, the last at 2026-01-15 13:01:00 UTC: The window of A ended and no B had come.',
  },
  {
    what: 'a signal came too late for it',
    ask: () => reason(trigger(tooLate(), 'flow/all-1'), -1),
    code: 'REFUSED',
    says: '1 signal was rejected, the last at 2026-01-15 12:00:00 UTC: It came too late: it happened at 2026-01-15T07:00:00.000Z, and its window has closed.',
  },
  {
    what: 'an error of Downbeat set it aside',
    ask: () => reason(trigger(setAside(clock(), 'trigger:flow/cron-1'), 'flow/cron-1')),
    code: 'QUARANTINED',
    says: 'An error in Downbeat set it aside at 2026-01-15 12:00:00 UTC, so that everything else could go on: TypeError: x is y.',
    unblock:
      'Please report the error. When it is mended, let it take part again: downbeat release trigger:flow/cron-1.',
  },
];
