// What a step waits for before its work begins: signals by name and demand, each found, bypassed, or still awaited.
//
// Waits do not consume: one signal may be found by any number of steps and runs.

import { type Clause } from '../definition/model.ts';
import { type EntityId } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type Instant } from '../time.ts';

/** How far a step is with the signals that it waits for. Kept after the wait is over. */
export interface Awaiting {
  /** How often it has asked; answers to an earlier time change nothing. */
  readonly round: number;
  /** When it began to wait. */
  readonly since: Instant;
  readonly signals: readonly AwaitedSignal[];
  /** Someone let it go on with what it had. */
  readonly bypassed?: { readonly actor: string; readonly at: Instant; readonly reason?: string };
}

/** One signal that a step waits for. */
export interface AwaitedSignal extends Wanted {
  /** Every later signal of the name, by its number, will be heard. Absent: the name has not answered yet. */
  readonly listening?: number;
  readonly found?: FoundSignal;
  /** Nobody waits for it any more. */
  readonly bypassed?: true;
}

/** A signal as it is wanted, with everything filled in. */
export interface Wanted {
  /** The signal's name. */
  readonly signal: string;
  /** The name under which its parameters are outputs, in a list of several. */
  readonly as?: string;
  readonly where: readonly Clause[];
  /** Only what was published then or later counts. Absent: whenever it was. */
  readonly from?: Instant;
}

/** The signal that a wait has taken. */
export interface FoundSignal {
  readonly signal: EntityId;
  readonly sequence: number;
  readonly params: readonly Entry[];
}

/** What happens to a wait. */
export type AwaitingEvent =
  /** The step begins to wait, or asks again; what is `kept` is as it was. */
  | {
      readonly type: 'SignalsAwaited';
      readonly step: number;
      readonly round: number;
      readonly signals: readonly (Wanted & { readonly kept?: true })[];
      readonly until?: Instant;
    }
  /** The name has answered: every signal with a greater number will be heard. `place` is that in the list. */
  | { readonly type: 'SignalListened'; readonly step: number; readonly place: number; readonly since: number }
  | ({ readonly type: 'SignalFound'; readonly step: number; readonly place: number } & FoundSignal)
  /** Someone lets the step go on without the signals that are missing. */
  | { readonly type: 'SignalsBypassed'; readonly step: number; readonly actor: string; readonly reason?: string };

/** Whether nothing is left to wait for. */
export function isSatisfied(awaiting: Awaiting | undefined): boolean {
  return awaiting?.signals.every((signal) => !isOpen(signal)) !== false;
}

/** Whether a signal is still waited for. */
export function isOpen({ found, bypassed }: AwaitedSignal): boolean {
  return found === undefined && bypassed !== true;
}

/** What the step gives: the parameters of the signal, or in a list an object of them for each. */
export function signalOutputs(awaiting: Awaiting | undefined): readonly Entry[] {
  return (awaiting?.signals ?? []).flatMap(({ as, found }): readonly Entry[] => {
    if (found === undefined) return [];
    if (as === undefined) return found.params;
    return [{ name: as, value: Object.fromEntries(found.params.map(({ name, value }) => [name, value])) }];
  });
}

/** The wait after an event. */
export function evolveAwaiting(before: Awaiting | undefined, event: AwaitingEvent, at: Instant): Awaiting {
  if (event.type === 'SignalsAwaited') {
    return {
      round: event.round,
      since: at,
      signals: event.signals.map(({ kept, ...wanted }, place) =>
        kept === true ? (before?.signals[place] ?? wanted) : wanted,
      ),
    };
  }
  if (before === undefined) throw new Error(`${event.type} of a step that does not wait`);
  switch (event.type) {
    case 'SignalListened':
      return withSignal(before, event.place, { listening: event.since });
    case 'SignalFound': {
      const { signal, sequence, params } = event;
      return withSignal(before, event.place, { found: { signal, sequence, params } });
    }
    case 'SignalsBypassed': {
      const { actor, reason } = event;
      return {
        ...before,
        signals: before.signals.map((signal) => (isOpen(signal) ? { ...signal, bypassed: true } : signal)),
        bypassed: { actor, at, ...(reason === undefined ? {} : { reason }) },
      };
    }
  }
}

function withSignal(before: Awaiting, place: number, change: Partial<AwaitedSignal>): Awaiting {
  const signal = before.signals[place];
  return signal === undefined ? before : { ...before, signals: before.signals.with(place, { ...signal, ...change }) };
}
