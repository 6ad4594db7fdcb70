// What each message from another partition does.

import { type ParentStep } from '../run/state.ts';
import { type RunWork } from '../run/work.ts';
import { childAccepted, childRefused, startChild, takeChildEnded, takeStopChild } from './run/children.ts';
import { goOnHoldingBack } from './run/control-run.ts';
import { publishOrKeep } from './signal/contracts.ts';
import { type Message } from './message.ts';
import { takePermitMessage } from './pool/permits.ts';
import { withRun } from './run/runs.ts';
import { judgeSignal, subscribe, subscribed, takeVerdicts, unsubscribe } from './signal/signals.ts';
import { takeWaitMessage } from './signal/take-wait-message.ts';
import { type Turn } from './turn.ts';
import { hearInWaits } from './signal/waits.ts';

/** Takes a message. That never fails: what cannot be handled changes nothing. */
export function takeMessage(turn: Turn, message: Message, from: number): void {
  switch (message.type) {
    case 'Subscribe':
      subscribe(turn, message, from);
      return;
    case 'Unsubscribe':
      unsubscribe(turn, message.name, from);
      return;
    case 'Subscribed':
      subscribed(turn, message);
      return;
    case 'SignalArrived':
    case 'JudgeSignal':
      takeSignal(turn, message);
      return;
    case 'AwaitSignal':
    case 'LookBack':
    case 'WaitAnswered':
    case 'HearSignal':
    case 'SignalTaken':
      takeWaitMessage(turn, message, from);
      return;
    case 'VerdictsReached':
      takeVerdicts(turn, message, from);
      return;
    case 'PublishFromStep':
      publishOrKeep(turn, message.name, message.signals, message.by);
      return;
    case 'StartChild':
      startChild(turn, message);
      return;
    case 'ChildAccepted':
      ofParent(turn, message, (work) => {
        childAccepted(work, message);
      });
      return;
    case 'ChildRefused':
      ofParent(turn, message, (work) => {
        childRefused(work, message);
      });
      return;
    case 'ChildEnded':
      ofParent(turn, message, (work) => {
        takeChildEnded(work, message);
      });
      return;
    case 'StopChild':
      takeStopChild(turn, message);
      return;
    case 'AcquirePermits':
    case 'ReleasePermits':
    case 'PermitsAnswered':
      takePermitMessage(turn, message);
      return;
    case 'HoldBack':
    case 'Continue':
      goOn(turn, message);
  }
}

/** Goes on with what did not fit into a commit. */
function goOn(turn: Turn, message: Extract<Message, { type: 'HoldBack' | 'Continue' }>): void {
  if (message.type === 'HoldBack') goOnHoldingBack(turn, message);
  else turn.follow(message.entity);
}

function takeSignal(turn: Turn, message: Extract<Message, { type: 'SignalArrived' | 'JudgeSignal' }>): void {
  if (message.type === 'JudgeSignal') {
    judgeSignal(turn, message);
    return;
  }
  // The waits' answer goes first: who published hears of all of them at once.
  hearInWaits(turn, message);
  judgeSignal(turn, { ...message, verdicts: [], more: 0 });
}

function ofParent(turn: Turn, { parent }: { readonly parent: ParentStep }, act: (work: RunWork) => void): void {
  turn.alone(parent.run, () => {
    withRun(turn, parent.run, act);
  });
}
