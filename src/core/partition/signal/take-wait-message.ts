// Messages about waits, on both sides: of a signal's name, and of the steps that wait.

import { goOnLookingBack, takeAwait, takeTaken } from './look-back.ts';
import { type Message } from '../message.ts';
import { type Turn } from '../turn.ts';
import { hearInWaits, waitAnswered } from './waits.ts';

/** What signals' names and waiting steps tell one another. */
export type WaitMessage = Extract<
  Message,
  { type: 'AwaitSignal' | 'LookBack' | 'WaitAnswered' | 'HearSignal' | 'SignalTaken' }
>;

/** Takes a message about a wait. */
export function takeWaitMessage(turn: Turn, message: WaitMessage, from: number): void {
  switch (message.type) {
    case 'AwaitSignal':
      takeAwait(turn, message, from);
      return;
    case 'LookBack':
      goOnLookingBack(turn, message);
      return;
    case 'WaitAnswered':
      waitAnswered(turn, message);
      return;
    case 'HearSignal':
      hearInWaits(turn, message);
      return;
    case 'SignalTaken':
      takeTaken(turn, message);
  }
}
