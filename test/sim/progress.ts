// Whether anything is left to do, followed block by block: runs that have not ended, verdicts that are awaited, messages
// that nobody took.

import { type Block } from '../../src/core/partition/commit.ts';
import { type EntityId, type RunPlace, runPlaceOf } from '../../src/core/ids.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type SimStore } from './store.ts';

/** Follows what is left to do. */
export interface Progress {
  /** When something last happened. */
  last(): Milliseconds;
  isQuiet(): boolean;
  /** What is left, for people. */
  left(): string;
  /** All runs and iterations that were made so far. */
  made(): readonly RunPlace[];
  /** Those of them that have not ended. */
  going(): readonly RunPlace[];
  /** Called for each run that is made; not for iterations. */
  onRun(act: (run: RunPlace) => void): void;
  /** Called each time that an iteration ends. */
  onIterationEnd(act: (iteration: RunPlace) => void): void;
}

/** Follows a store from now on. */
export function watchProgress(store: SimStore, time: VirtualTime): Progress {
  const runs = new Map<string, RunPlace>();
  const verdicts = new Map<string, number>();
  const messages = new Map<string, number>();
  const made: RunPlace[] = [];
  const listeners: ((run: RunPlace) => void)[] = [];
  const onlookers: ((iteration: RunPlace) => void)[] = [];
  let last = time.now();

  function count(map: Map<string, number>, key: string, change: number): void {
    const now = (map.get(key) ?? 0) + change;
    if (now === 0) map.delete(key);
    else map.set(key, now);
  }

  function tell(run: RunPlace): void {
    for (const act of listeners) act(run);
  }

  function end(entity: EntityId): void {
    runs.delete(entity);
    const place = runPlaceOf(entity);
    if (place.path !== undefined) for (const act of onlookers) act(place);
  }

  function take(block: Block): void {
    if (block.commits.length > 0) last = time.now();
    for (const commit of block.commits) {
      if (commit.in !== undefined) count(messages, `${String(commit.in.from)}>${String(block.partition)}`, -1);
      for (const { to } of commit.out) count(messages, `${String(block.partition)}>${String(to)}`, 1);
      for (const { entity, event } of commit.events) {
        if (event.type === 'RunEnded') end(entity);
        if (event.type === 'RunReopened') runs.set(entity, runPlaceOf(entity));
        if (event.type === 'SignalPublished') count(verdicts, entity, event.awaited.length);
        if (event.type === 'VerdictsReceived') count(verdicts, entity, -1);
        if (event.type !== 'RunCreated') continue;
        runs.set(entity, event);
        made.push(event);
        if (event.path === undefined) tell(event);
      }
    }
  }

  store.onBlock(take);
  return {
    last: () => last,
    isQuiet: () => runs.size === 0 && verdicts.size === 0 && messages.size === 0,
    left: () =>
      `runs ${[...runs.keys()].join(' ')}; verdicts of ${[...verdicts.keys()].join(' ')}; messages ${[...messages.keys()].join(' ')}`,
    made: () => made,
    going: () => [...runs.values()],
    onRun: (act) => {
      listeners.push(act);
    },
    onIterationEnd: (act) => {
      onlookers.push(act);
    },
  };
}
