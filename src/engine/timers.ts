// Wakes entities when their time has come: timers of runs from one heap, calendar times through the alarm clock.
//
// A wake is only a question: the core fires what its state says is due and not yet fired. So a wake that comes early,
// late or twice does no harm, and one that was lost is found by the sweep at the next beat.

import { type EntityId } from '../core/ids.ts';
import { type Instant, type Milliseconds } from '../core/time.ts';
import { createHeap } from './heap.ts';
import { type Outside } from './outside.ts';

/** The timers of a node. */
export interface Timers {
  /** An entity's directory says when it wants to be woken; without a time, an earlier wish is forgotten. */
  wish(partition: number, entity: EntityId, wake: Instant | undefined, calendar: boolean): void;
  /** Wakes everything that is due. Called at each beat and when an alarm rings. */
  sweep(): void;
  /** Forgets the wishes of a partition. */
  forget(partition: number): void;
  stop(): void;
}

interface Wish {
  readonly partition: number;
  readonly entity: EntityId;
  readonly at: Instant;
}

/** Times nearer than this are fired from the heap; an alarm clock that polls each second would be late. */
const near: Milliseconds = 1_000;

/** Creates the timers of a node. `wake` posts a `Wake` command. */
export function createTimers(
  outside: Outside,
  now: () => Instant,
  wake: (partition: number, entity: EntityId) => void,
): Timers {
  const wishes = new Map<EntityId, Wish>();
  const heap = createHeap<Wish>((one, other) => one.at - other.at);
  const alarms = new Map<number, Instant>();
  let cancel: (() => void) | undefined;
  let armedFor = Infinity;

  function arm(): void {
    const first = heap.peek();
    if (first === undefined || first.at >= armedFor) return;
    cancel?.();
    armedFor = first.at;
    cancel = outside.clock.after(Math.max(0, first.at - now()), () => {
      armedFor = Infinity;
      sweep();
    });
  }

  function sweep(): void {
    const due = now();
    for (let first = heap.peek(); first !== undefined && first.at <= due; first = heap.peek()) {
      heap.pop();
      if (wishes.get(first.entity) !== first) continue;
      wishes.delete(first.entity);
      wake(first.partition, first.entity);
    }
    arm();
  }

  function setAlarm({ partition, at }: Wish): void {
    const set = alarms.get(partition);
    if (at - now() <= near || (set !== undefined && set > now() && set <= at)) return;
    alarms.set(partition, at);
    outside.alarmClock.set(partition, at).catch((error: unknown) => {
      outside.logger.error('an alarm could not be set', error, { partition });
      alarms.delete(partition);
    });
  }

  return {
    wish: (partition, entity, at, calendar) => {
      if (wishes.get(entity)?.at === at) return;
      wishes.delete(entity);
      if (at === undefined) return;
      const wish = { partition, entity, at };
      wishes.set(entity, wish);
      heap.push(wish);
      if (calendar) setAlarm(wish);
      arm();
    },
    sweep,
    forget: (partition) => {
      for (const [entity, wish] of wishes) if (wish.partition === partition) wishes.delete(entity);
      alarms.delete(partition);
    },
    stop: () => {
      cancel?.();
      wishes.clear();
    },
  };
}
