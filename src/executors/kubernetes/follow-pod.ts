// Follows a pod to its end, or until its attempt is cancelled or given up: one thing after the other, as it happens.

import { EventEmitter, on } from 'node:events';
import { type Failure } from '../../core/failure.ts';
import { failed, success, type Result } from '../../core/result.ts';
import { type Milliseconds } from '../../core/time.ts';
import { authorFailure, platformFailure, reasonOf } from '../process/failures.ts';
import { type Pod } from './pod.ts';
import { type PodEnd, type PodState, podState } from './pod-state.ts';
import { type Pods } from './pods.ts';
import { type PodWatch, type Sighting } from './pod-watch.ts';

/** Which pod, and who wants to know. */
export interface PodFollowing {
  readonly watch: PodWatch;
  readonly pods: Pods;
  readonly pod: Pod;
  readonly name: string;
  readonly stepId: string;
  /** The dispatch to which the pod must belong to be ended. */
  readonly dispatch: string;
  readonly stuckFor: Milliseconds;
  /** Aborted when the attempt is given up; the pod goes on. */
  readonly detached: AbortSignal;
  /** Aborted when the pod is to end, with the grace as its reason. */
  readonly cancelled: AbortSignal;
  readonly say: (text: string) => void;
  /** Called once, as soon as the program has begun. */
  readonly begun: () => void;
}

type Happening =
  | Sighting
  | { readonly kind: 'LOST'; readonly why: string }
  | { readonly kind: 'STUCK' }
  | { readonly kind: 'CANCELLED' }
  | { readonly kind: 'UNCONFIRMED' }
  | { readonly kind: 'DETACHED' };

/** How long a node may take to say that a pod has ended, beyond the grace, before that is told. */
const CONFIRMED_WITHIN: Milliseconds = 30_000;

/** How it ended; undefined if it was given up, or cancelled and is gone. */
export async function followPod(following: PodFollowing): Promise<Result<PodEnd | undefined, Failure>> {
  const { watch, name, detached, cancelled } = following;
  const happenings = new EventEmitter();
  const happen = (happening: Happening): void => {
    happenings.emit('happening', happening);
  };
  const waiting = createWaiting(following, happen);
  // Listening begins before anything can happen.
  const all = on(happenings, 'happening');
  const unfollow = watch.follow(name, happen, (why) => {
    happen({ kind: 'LOST', why });
  });
  const told = [
    tellOf(detached, () => {
      happen({ kind: 'DETACHED' });
    }),
    tellOf(cancelled, () => {
      happen({ kind: 'CANCELLED' });
    }),
  ];
  try {
    for await (const [happening] of all as AsyncIterable<[Happening]>) {
      const result = take(following, waiting, happening);
      if (result !== undefined) return await result;
    }
    return success(undefined);
  } finally {
    unfollow();
    waiting.end();
    for (const end of told) end();
  }
}

/** What it waits for, told when it changes, and for how long it may. */
interface Waiting {
  see(state: PodState): void;
  lost(why: string): void;
  /** Asks the cluster to end the pod, again and again until it took that. */
  askToEnd(): void;
  end(): void;
}

function createWaiting(following: PodFollowing, happen: (happening: Happening) => void): Waiting {
  const { say, begun, stuckFor } = following;
  let said = '';
  let hasBegun = false;
  let stuck: NodeJS.Timeout | undefined;
  let ending: NodeJS.Timeout | undefined;
  const tell = (text: string): void => {
    if (text !== said) say(text);
    said = text;
  };
  return {
    see: (state) => {
      if (state.kind === 'WAITING') tell(`The pod ${state.why}.`);
      else if (!hasBegun) {
        hasBegun = true;
        if (state.kind === 'RUNNING') tell(`It runs on node ${state.node}, from ${state.image}.`);
        begun();
      }
      if (state.kind !== 'WAITING' || !state.isStuck) {
        clearTimeout(stuck);
        stuck = undefined;
      } else stuck ??= setTimeout(happen, stuckFor, { kind: 'STUCK' });
    },
    lost: (why) => {
      tell(`The cluster cannot be asked now: ${why}. The pod may well go on.`);
    },
    askToEnd: () => {
      const grace = Number(following.cancelled.reason);
      const again = (): void => {
        following.pods.remove(following.pod, grace, following.dispatch).then(
          () => {
            ending = setTimeout(happen, grace + CONFIRMED_WITHIN, { kind: 'UNCONFIRMED' });
          },
          (error: unknown) => {
            tell(`The cluster could not be asked to end the pod: ${reasonOf(error)}. It is asked again.`);
            ending = setTimeout(again, ASK_AGAIN);
          },
        );
      };
      again();
    },
    end: () => {
      clearTimeout(stuck);
      clearTimeout(ending);
    },
  };
}

const ASK_AGAIN: Milliseconds = 2000;

type Ending = Promise<Result<PodEnd | undefined, Failure>> | Result<PodEnd | undefined, Failure> | undefined;

/** What follows from what has happened; undefined if it goes on. */
function take(following: PodFollowing, waiting: Waiting, happening: Happening): Ending {
  const { cancelled, say, name } = following;
  switch (happening.kind) {
    case 'DETACHED':
      return success(undefined);
    case 'CANCELLED':
      waiting.askToEnd();
      return undefined;
    case 'UNCONFIRMED':
      say(
        `The pod ${name} was told to end, and its node has not confirmed it. Where that node is gone for good: kubectl delete pod ${name} --force`,
      );
      return undefined;
    case 'LOST':
      waiting.lost(happening.why);
      return undefined;
    case 'STUCK':
      return cancelled.aborted ? undefined : given(following, notBegun(following));
    case 'GONE':
      return cancelled.aborted ? success(undefined) : gone(following, happening.last);
    case 'THERE': {
      const state = podState(happening.pod);
      waiting.see(state);
      if (cancelled.aborted) return undefined;
      if (state.kind === 'ENDED') return success(state.end);
      return state.kind === 'WAITING' && state.isHopeless
        ? given(following, hopeless(following, state.why))
        : undefined;
    }
  }
}

/** A pod that never began is not worth keeping. */
async function given({ pods, pod, dispatch }: PodFollowing, failure: Failure): Promise<Result<never, Failure>> {
  await pods.remove(pod, 0, dispatch).catch(() => undefined);
  return failed(failure);
}

/** Somebody else has removed it, perhaps after its end. */
function gone({ stepId, name }: PodFollowing, last: Pod | undefined): Result<PodEnd, Failure> {
  const state = last === undefined ? undefined : podState(last);
  if (state?.kind === 'ENDED') return success(state.end);
  return platformFailure(
    'POD_GONE',
    `The pod ${name} of step "${stepId}" was removed before its end was known.`,
    'Somebody deleted it, or its node is gone. It is tried again as `retry` says.',
  );
}

function notBegun({ stepId, stuckFor }: PodFollowing): Failure {
  return platformFailure(
    'POD_NOT_STARTED',
    `The pod of step "${stepId}" could not begin for ${String(stuckFor / 60_000)} minutes.`,
    'The log of the step says what it waited for. Mostly the image does not exist under that name, or the cluster may not fetch it.',
  ).failure;
}

function hopeless({ stepId }: PodFollowing, why: string): Failure {
  return authorFailure(
    'POD_NOT_STARTED',
    `The pod of step "${stepId}" ${why}.`,
    'Correct the name of the image, and apply the workflow again.',
  ).failure;
}

/** Tells it when the signal is aborted, or at once if it is. */
function tellOf(signal: AbortSignal, tell: () => void): () => void {
  if (signal.aborted) queueMicrotask(tell);
  else signal.addEventListener('abort', tell, { once: true });
  return () => {
    signal.removeEventListener('abort', tell);
  };
}
