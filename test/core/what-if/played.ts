// A history that was really lived through by the rules, in a world of the lab, and what is known of one trigger's part in it.

import { type Definition } from '../../../src/core/definition/model.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { type EntityId, signalEntity, triggerEntity } from '../../../src/core/ids.ts';
import { type Json } from '../../../src/core/json.ts';
import { type Forecast, weatherOf } from '../../../src/core/lab/weather.ts';
import { createWorld, type World } from '../../../src/core/lab/world.ts';
import { type EntityEvent } from '../../../src/core/partition/entity.ts';
import { type SignalState } from '../../../src/core/signal/signal.ts';
import { type Difference, compareStarts } from '../../../src/core/what-if/compare-starts.ts';
import { looksBackTo } from '../../../src/core/what-if/look-back.ts';
import { type PastSignal, type RealStart, timeOf } from '../../../src/core/what-if/past.ts';
import { knownPast, otherPast, type PastFacts, type Standing } from '../../../src/core/what-if/pasts.ts';
import { type LoggedEvent } from '../../../src/core/what-if/recorded-past.ts';
import { createReplay, replayPast, type Replay } from '../../../src/core/what-if/replay.ts';
import { entries } from '../../support/given.ts';

export const start = Date.UTC(2026, 0, 15, 12);
export const minute = 60_000;

/** What is done in a history. */
export type Deed =
  | {
      readonly does: 'publish';
      readonly name: string;
      readonly params: Readonly<Record<string, Json>>;
      readonly ago?: number;
    }
  | { readonly does: 'wait'; readonly minutes: number }
  | { readonly does: 'pause' | 'resume' | 'reset' | 'delete' }
  | { readonly does: 'apply'; readonly text: string };

/** A history, and all that is known of it. */
export interface Lived {
  readonly world: World;
  readonly signals: readonly PastSignal[];
  readonly runs: readonly RealStart[];
  /** What is known of the trigger when the replay begins at a time. */
  facts(begin: number): PastFacts;
}

export function definitionOf(text: string): Definition {
  const read = readDefinitions(text);
  if (!read.ok) throw new Error(read.failure.map(({ message }) => message).join('\n'));
  const [first] = read.value;
  if (first === undefined) throw new Error('no definition');
  return first.definition;
}

/** Lives through a history of the workflow `flow` and its trigger of that name. */
export function lived(deeds: readonly Deed[], trigger: string, forecast?: Forecast): Lived {
  const world = createWorld({
    begin: start,
    cast: () => ({ takes: 0, result: { outcome: 'succeeded', outputs: [], artifacts: [], signals: [] } }),
    weather: weatherOf(forecast ?? { mishaps: [], seed: 1 }),
  });
  const versions: Definition[] = [];
  const names = new Map<string, string>();
  deeds.forEach((deed, place) => {
    perform(world, deed, { place, trigger, versions, names });
  });
  const id = triggerEntity('flow', trigger);
  const signals = [...names].map(([ulid, name]) => pastSignal(world, id, ulid, name));
  return {
    world,
    signals,
    runs: runsOf(world, trigger),
    facts: (begin) => factsOf({ world, id, versions, signals }, begin),
  };
}

function perform(
  world: World,
  deed: Deed,
  {
    place,
    trigger,
    versions,
    names,
  }: { place: number; trigger: string; versions: Definition[]; names: Map<string, string> },
): void {
  switch (deed.does) {
    case 'publish': {
      const ulid = `S${String(place).padStart(25, '0')}`;
      names.set(ulid, deed.name);
      const occurredAt = deed.ago === undefined ? {} : { occurredAt: world.now() - deed.ago };
      const signal = { id: signalEntity(ulid), params: entries(deed.params), ...occurredAt };
      world.take(deed.name, { type: 'PublishSignals', name: deed.name, signals: [signal] });
      return;
    }
    case 'wait':
      world.advance(world.now() + deed.minutes * minute);
      return;
    case 'apply': {
      const definition = definitionOf(deed.text);
      const taken = world.take('flow', {
        type: 'ApplyWorkflow',
        workflowId: 'flow',
        definition: world.define(definition),
        activate: true,
      });
      if (taken.ok && taken.value?.type === 'Applied') versions[taken.value.version - 1] = definition;
      return;
    }
    case 'delete':
      world.take('flow', { type: 'DeleteWorkflow', workflowId: 'flow', stopRuns: true });
      return;
    case 'pause':
      world.take('flow', { type: 'PauseTriggers', workflowId: 'flow' });
      return;
    case 'resume':
      world.take('flow', { type: 'ResumeTriggers', workflowId: 'flow' });
      return;
    case 'reset':
      world.take('flow', { type: 'ResetTrigger', workflowId: 'flow', trigger });
  }
}

function pastSignal(world: World, trigger: EntityId, ulid: string, name: string): PastSignal {
  const state = world.entity(name, signalEntity(ulid)) as SignalState;
  const verdict = state.verdicts.find((one) => one.trigger === trigger);
  const { id, sequence, params, occurredAt, publishedAt } = state;
  return { id, name, sequence, params, occurredAt, publishedAt, ...(verdict === undefined ? {} : { verdict }) };
}

function runsOf(world: World, trigger: string): readonly RealStart[] {
  return world.commits.flatMap(({ at, events }) =>
    events.flatMap(({ event }): readonly RealStart[] => {
      if (event.type !== 'RunCreated') return [];
      const { cause, number, scheduledFor } = event;
      if (!('trigger' in cause) || cause.trigger !== trigger || cause.kind === 'BACKFILL') return [];
      return [{ at, number, cause, ...(scheduledFor === undefined ? {} : { scheduledFor }) }];
    }),
  );
}

interface Witnessed {
  readonly world: World;
  readonly id: EntityId;
  readonly versions: readonly Definition[];
  readonly signals: readonly PastSignal[];
}

function factsOf({ world, id, versions, signals }: Witnessed, begin: number): PastFacts {
  const earlier = world.commits.filter(({ at }) => at < begin).flatMap(({ events }) => events);
  const events = world.commits.filter(({ at }) => at >= begin).flatMap((commit) => loggedIn(commit, id));
  const standing = standingAfter(
    earlier.filter(({ entity }) => entity === id).map(({ event }) => event),
    versions,
  );
  const pausing = ['TriggersPaused', 'TriggersResumed', 'WorkflowDeleted'];
  const arrived = new Set(events.flatMap(({ event }) => ('signal' in event ? [event.signal] : [])));
  return {
    begin,
    earlier: [],
    paused: earlier.findLast(({ event }) => pausing.includes(event.type))?.event.type === 'TriggersPaused',
    events,
    signals: signals.filter((signal) => signal.publishedAt >= begin || arrived.has(signal.id)),
    lookups: { trigger: id, definition: (version) => versions[version - 1] },
    ...(standing === undefined ? {} : { standing }),
  };
}

function loggedIn({ at, events }: World['commits'][number], id: EntityId): readonly LoggedEvent[] {
  // A reset is a commit of its own, which the lab does not name.
  const isReset = events.length === 1 && events[0]?.event.type === 'PendingDropped';
  const operation = isReset ? { operation: 'ResetTrigger' } : {};
  return events.flatMap(({ entity, event }) => (entity === id ? [{ at, event, ...operation }] : []));
}

function standingAfter(events: readonly EntityEvent[], versions: readonly Definition[]): Standing | undefined {
  const last = events.findLast(({ type }) => type === 'TriggerArmed' || type === 'TriggerDisarmed');
  const definition = last?.type === 'TriggerArmed' ? versions[last.version - 1] : undefined;
  return last?.type !== 'TriggerArmed' || definition === undefined
    ? undefined
    : { definition, trigger: last.definition };
}

/** Replays a history, as it was or with another trigger, and compares from a time on. */
export function replayed(
  history: Lived,
  { from = start, changed }: { readonly from?: number; readonly changed?: Standing } = {},
): { readonly differences: readonly Difference[]; readonly replay: Replay } {
  const triggers = [...(changed === undefined ? [] : [changed.trigger]), ...triggersIn(history)];
  const begin = Math.max(start, Math.min(from, ...triggers.map((one) => looksBackTo(one, from))));
  const facts = history.facts(begin);
  const known = knownPast(facts);
  const past = changed === undefined ? known.happenings : otherPast(known, facts, changed);
  const replay = createReplay('flow', known.sleeps);
  const replaying = replayPast(replay, past, history.world.now());
  while (replaying.next().done !== true);
  const isInside = (one: { at: number; scheduledFor?: number }): boolean => timeOf(one as RealStart) >= from;
  return { replay, differences: compareStarts(history.runs.filter(isInside), replay.starts.filter(isInside)) };
}

function triggersIn(history: Lived): readonly Standing['trigger'][] {
  return history.facts(start).events.flatMap(({ event }) => (event.type === 'TriggerArmed' ? [event.definition] : []));
}

/** How many of each kind. */
export function counted(differences: readonly Difference[]): Readonly<Record<Difference['outcome'], number>> {
  const counts = { KEPT: 0, MOVED: 0, LOST: 0, GAINED: 0 };
  for (const { outcome } of differences) counts[outcome] += 1;
  return counts;
}
