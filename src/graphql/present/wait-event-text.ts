// What happened to a wait, as a sentence of the history.

import { wantedText } from '../../core/explanation/explain-wait.ts';
import { moment } from '../../core/explanation/sentences.ts';
import { type AwaitingEvent } from '../../core/run/awaiting.ts';

/** One event of a step that waits. */
export function waitEventText(event: AwaitingEvent, step: string): string {
  switch (event.type) {
    case 'SignalsAwaited': {
      const wanted = event.signals.filter(({ kept }) => kept !== true).map(wantedText);
      const until = event.until === undefined ? '' : `, until ${moment(event.until)} at most`;
      return `${step} waits for ${wanted.join(' and ')}${until}.`;
    }
    case 'SignalListened':
      return `${step} hears every signal after number ${String(event.since)}.`;
    case 'SignalFound':
      return `${step} took signal number ${String(event.sequence)} (${event.signal}).`;
    case 'SignalsBypassed': {
      const why = event.reason === undefined ? '' : `: ${event.reason}`;
      return `${event.actor} let ${step} go on without the signals that it still waited for${why}.`;
    }
  }
}
