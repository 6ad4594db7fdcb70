// Ways in which a signal starts nothing.

import { explainSignal } from '../../../../src/core/explanation/explain-signal.ts';
import { type Reason } from '../../../../src/core/explanation/explanation.ts';
import { type EntityId } from '../../../../src/core/ids.ts';
import { type SignalState } from '../../../../src/core/signal/signal.ts';
import { given, publish } from '../../../support/given.ts';
import {
  waiting,
  listener,
  unfilled,
  sequence,
  started,
  sent,
  pausedTriggers,
  heard,
  joined,
  tooLate,
  asideBucket,
  debounced,
  debouncing,
  throttled,
  contracted,
} from './situations.ts';
import { signal, refused, reason, type Way } from './way.ts';

/** Ways in which a signal starts nothing. */
export const signals: readonly Way[] = [
  {
    what: 'nobody listened',
    ask: () => reason(signal(given().when(publish('ready')), 'ready-1')),
    code: 'NO_TRIGGERS',
    says: 'When it came, no trigger listened to "ready", and no step waited for it.',
    unblock: 'Apply a workflow with `triggers: [{ signal: ready }]`, and publish it again.',
  },
  {
    what: 'nobody listened, and somebody does now',
    ask: (): Reason => {
      const before = given()
        .when(publish('ready', { rows: 7 }))
        .entity('signal:ready-1' as EntityId)?.state;
      const listening = { triggers: ['trigger:flow/signal-1' as EntityId], steps: [], runs: [], moreRuns: 0 };
      return reason(explainSignal(before as SignalState, listening));
    },
    code: 'NO_TRIGGERS',
    says: 'When it came, nobody listened to "ready". By now somebody does: flow/signal-1 starts runs on it.',
    unblock: 'Publish it again: downbeat publish ready -p rows=7',
  },
  {
    what: 'the triggers have not answered yet',
    ask: () => ({ code: 'ARMING', text: signal(given(listener).when(publish('ready')), 'ready-1').summary }),
    code: 'ARMING',
    says: '"ready" number 1 has started nothing so far: the triggers that may listen have not answered yet.',
  },
  {
    what: 'it did not meet a `where`',
    ask: () => reason(signal(heard({ rows: 7 }), 'ready-1')),
    code: 'WHERE',
    says: 'flow/signal-1 wants `rows >= 100`, and rows was 7.',
    unblock: 'Publish one that meets it, or change `where` of flow/signal-1.',
  },
  {
    what: 'it lacked what a `where` asks for',
    ask: () => reason(signal(heard({}), 'ready-1')),
    code: 'WHERE',
    says: 'flow/signal-1 wants `rows >= 100`, and rows was not given.',
    unblock: 'Publish one that meets it, or change `where` of flow/signal-1.',
  },
  {
    what: 'the triggers were paused',
    ask: () =>
      reason(
        signal(
          pausedTriggers(given(listener))
            .when(publish('ready', { rows: 200 }))
            .delivered(),
          'ready-1',
        ),
      ),
    code: 'PAUSED',
    says: 'flow/signal-1 is paused.',
    unblock: 'Resume it: downbeat resume flow – and publish the signal again.',
  },
  {
    what: 'it waits for another signal',
    ask: () => reason(signal(joined(publish('A', { k: 1 })), 'A-1')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'flow/all-1 keeps it, and waits for B with k = 1.',
    unblock: 'Publish it: downbeat publish B -p k=1',
  },
  {
    what: 'it waits until no more come',
    ask: () => reason(signal(debounced(), 'ready-3')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'flow/signal-1 keeps it, and waits until 2026-01-15 12:05:00 UTC (5m without another), with 2 others.',
  },
  {
    what: 'it waits for the end of a period',
    ask: () => reason(signal(throttled(), 'ready-2')),
    code: 'WAITING_FOR_SIGNAL',
    says: 'flow/signal-1 keeps it, and waits until 2026-01-15 12:10:00 UTC.',
  },
  {
    what: 'it has no plain value to be grouped by',
    ask: () => reason(signal(sent(given(debouncing), publish('ready', { k: [1] })), 'ready-1')),
    code: 'REFUSED',
    says: 'flow/signal-1 did not take it: Its "k", on which it is grouped, is no plain value.',
    unblock: 'See what flow/signal-1 waits for: downbeat explain flow/signal-1',
  },
  {
    what: 'it has no plain value to be joined on',
    ask: () => reason(signal(joined(publish('A', { k: { of: 1 } })), 'A-1')),
    code: 'REFUSED',
    says: 'flow/all-1 did not take it: Its "k", on which it is joined, is no plain value.',
    unblock: 'See what flow/all-1 waits for: downbeat explain flow/all-1',
  },
  {
    what: 'the values to be joined on are too long',
    ask: () => reason(signal(joined(publish('A', { k: 'x'.repeat(600) })), 'A-1')),
    code: 'REFUSED',
    says: 'flow/all-1 did not take it: The values on which it is joined have more than 500 characters.',
    unblock: 'See what flow/all-1 waits for: downbeat explain flow/all-1',
  },
  {
    what: 'it came too late to be joined',
    ask: () => reason(signal(tooLate(), 'A-9')),
    code: 'REFUSED',
    says: 'flow/all-1 did not take it: It came too late: it happened at 2026-01-15T07:00:00.000Z, and its window has closed.',
    unblock: 'See what flow/all-1 waits for: downbeat explain flow/all-1',
  },
  {
    what: 'it came out of turn',
    ask: () => reason(signal(sent(given(sequence), publish('B', { k: 1 })), 'B-1')),
    code: 'REFUSED',
    says: 'flow/sequence-1 did not take it: It came out of turn: there is no A with its key (and in its window) for it to follow.',
    unblock: 'See what flow/sequence-1 waits for: downbeat explain flow/sequence-1',
  },
  {
    what: 'the run could not be made',
    ask: () => reason(signal(heard({ rows: 200 }, unfilled), 'ready-1')),
    code: 'REFUSED',
    says: 'flow/signal-1 matched, but its run could not be made: Its parameter "p" could not be made: There is no name signal.nothing here.',
    unblock:
      'Correct the `params` of the trigger or of the workflow and apply again. What waits for other signals is then tried again; any other signal has to be published again.',
  },
  {
    what: 'what waits with its key was set aside',
    ask: () => reason(signal(asideBucket(), 'A-2')),
    code: 'REFUSED',
    says: 'flow/all-1 did not take it: What waits with its key was set aside after an error: bucket:flow/all-1/[1].',
    unblock: 'See what flow/all-1 waits for: downbeat explain flow/all-1',
  },
  {
    what: 'it started a run',
    ask: () => reason(signal(heard({ rows: 200 }), 'ready-1')),
    code: 'STARTED',
    says: 'flow/signal-1 started flow/1.',
  },
  {
    what: 'it ended the wait of a step',
    ask: () =>
      reason(
        signal(
          started(waiting)
            .delivered()
            .when(publish('weather', { rows: 200 }))
            .delivered(),
          'weather-1',
        ),
      ),
    code: 'STARTED',
    says: 'It ended the wait of flow/1/w.',
  },
  {
    what: 'its contract refused it',
    ask: () => refused(contracted(), publish('ready', { rows: 'many' })),
    code: 'CONTRACT_BROKEN',
    says: 'A signal "ready" does not fit its contract: `rows` must be a whole number, and is "many".',
    unblock: 'See what is expected under `contract` of signalType(name: "ready"). What was refused is kept there, too.',
  },
];
