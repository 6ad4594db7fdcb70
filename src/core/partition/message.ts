// What partitions tell one another, through the log (design §3, "the log is the outbox").

import { type Failure } from '../failure.ts';
import { type EntityId } from '../ids.ts';
import { type Entry, type Json } from '../json.ts';
import { type TypedEntry } from '../params/typed-entry.ts';
import { type PermitPlace, type PermitRequest } from '../pool/pools.ts';
import { type Within } from '../run/restart-from.ts';
import { type ParentStep, type RunEnd } from '../run/state.ts';
import { type TriggerVerdict } from '../signal/signal.ts';
import { type Instant } from '../time.ts';
import { type LookingBack, type WaitPlace } from './signal/wait-place.ts';
import { type FoundSignal } from '../run/awaiting.ts';

/** Which message of which sender: numbers run without gaps for each pair of partitions. */
export interface MessagePlace {
  readonly from: number;
  readonly sequence: number;
  /** The sender's block that carries it. */
  readonly n: number;
}

/** A message. Taking it never fails: what cannot be handled is committed as refused. */
export type Message =
  /** A trigger of the sender wants the signals of a name. */
  | { readonly type: 'Subscribe'; readonly name: string; readonly trigger: EntityId }
  /** No trigger of the sender wants them any more. */
  | { readonly type: 'Unsubscribe'; readonly name: string }
  /** The trigger will get every signal of that name with a number above `since`. */
  | { readonly type: 'Subscribed'; readonly name: string; readonly trigger: EntityId; readonly since: number }
  /** A signal was published. */
  | {
      readonly type: 'SignalArrived';
      readonly signal: EntityId;
      readonly name: string;
      readonly sequence: number;
      readonly params: readonly Entry[];
      /** Absent in logs from before joins: then, when it arrives. */
      readonly occurredAt?: Instant;
    }
  /** What the sender's triggers made of a signal. */
  | {
      readonly type: 'VerdictsReached';
      readonly signal: EntityId;
      readonly verdicts: readonly TriggerVerdict[];
      readonly more: number;
    }
  /** A step of the sender's run waits for a signal. */
  | ({ readonly type: 'AwaitSignal' } & Omit<LookingBack, 'before'>)
  /** To itself: the search through what was published before goes on here. */
  | ({ readonly type: 'LookBack' } & LookingBack)
  /** The run will hear of every signal with a number above `since`; `found` was published before. */
  | {
      readonly type: 'WaitAnswered';
      readonly name: string;
      readonly wait: WaitPlace;
      readonly since: number;
      readonly found?: FoundSignal;
    }
  /** To itself: those that wait for a signal and come behind `after` are still to hear of it. */
  | {
      readonly type: 'HearSignal';
      readonly signal: EntityId;
      readonly name: string;
      readonly sequence: number;
      readonly params: readonly Entry[];
      readonly after: EntityId;
    }
  /** To itself: the triggers that come behind `after` are still to judge a signal; what the others made of it. */
  | {
      readonly type: 'JudgeSignal';
      readonly signal: EntityId;
      readonly name: string;
      readonly sequence: number;
      readonly params: readonly Entry[];
      readonly occurredAt?: Instant;
      /** Absent: none has judged it. */
      readonly after?: EntityId;
      readonly verdicts: readonly TriggerVerdict[];
      readonly more: number;
    }
  /** To itself: iterations of `run` are still to be paused, or to go on, as `top` is, which is that run or stands around it. */
  | { readonly type: 'HoldBack'; readonly run: EntityId; readonly top: EntityId; readonly actor: string }
  /** Steps of the sender's runs waited for a signal, and have taken it. */
  | { readonly type: 'SignalTaken'; readonly signal: EntityId; readonly steps: readonly string[] }
  /** A step publishes signals of one name. */
  | {
      readonly type: 'PublishFromStep';
      readonly name: string;
      readonly by: string;
      readonly signals: readonly NewSignal[];
    }
  /** A step of the sender's run wants a run of a workflow, or a further attempt of one (`again`). */
  | {
      readonly type: 'StartChild';
      readonly parent: ParentStep;
      readonly depth: number;
      /** The runs that wait for this one, from the outermost. */
      readonly ancestors?: readonly EntityId[];
      readonly workflowId: string;
      readonly version?: number;
      /** In place of a number: the newest, or the active one and without that the newest. */
      readonly pick?: 'latest' | 'default';
      readonly params: readonly Entry[];
      /** What that workflow also gets; one that does not declare a name leaves it out, unless it takes any. */
      readonly inherited?: readonly TypedEntry[];
      readonly again?: EntityId;
      /** How that one begins again. Absent: from what is incomplete. */
      readonly within?: Within;
    }
  /** There is such a run now, */
  | { readonly type: 'ChildAccepted'; readonly parent: ParentStep; readonly run: EntityId }
  /** or there will be none. */
  | { readonly type: 'ChildRefused'; readonly parent: ParentStep; readonly message: string }
  /** The run that a step waits for has ended. `outputs` holds an object for each step that gave something. */
  | {
      readonly type: 'ChildEnded';
      readonly parent: ParentStep;
      readonly run: EntityId;
      readonly status: RunEnd;
      readonly outputs: readonly Entry[];
      readonly failure?: Failure;
      /** How its leaf steps ended, see `writeCounts`. */
      readonly leaves?: string;
    }
  /** The step that started a run is being stopped. */
  | { readonly type: 'StopChild'; readonly run: EntityId }
  /** A step of the sender's run wants permits. Said twice, it is answered twice and counted once. */
  | { readonly type: 'AcquirePermits'; readonly request: PermitRequest }
  /** It has no more need of them, whether it had got them or not. */
  | { readonly type: 'ReleasePermits'; readonly place: PermitPlace }
  /** The step has its permits; or, `refused`, the ledger is too full to let it wait. */
  | ({ readonly type: 'PermitsAnswered'; readonly refused?: string } & PermitPlace)
  /** To itself: a cascade that is too long for one commit goes on here. */
  | { readonly type: 'Continue'; readonly entity: EntityId };

/** A signal that is about to be published. */
export interface NewSignal {
  readonly id: EntityId;
  readonly params: readonly Entry[];
  readonly payload?: Json;
  readonly occurredAt?: Instant;
}
