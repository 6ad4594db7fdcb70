// `given(definitions).when(command, at).then({ events, effects, refusal })`: drives `decide` alone, on partitions in plain
// memory. Commits are applied at once; messages wait until `delivered()`, which hands each over in order and exactly once.

import { expect } from 'vitest';

import { bodyOf } from '../../src/core/definition/body.ts';
import { graphOf } from '../../src/core/definition/graph.ts';
import { type Definition, type StepDefinition } from '../../src/core/definition/model.ts';
import { readDefinitions } from '../../src/core/definition/read.ts';
import { type Failure } from '../../src/core/failure.ts';
import { type EntityId, parseRunName, queueEntity, runEntity } from '../../src/core/ids.ts';
import { type Entry, type Json } from '../../src/core/json.ts';
import { type CommandBody, type RunTarget } from '../../src/core/partition/command.ts';
import { type Decision, decide } from '../../src/core/partition/decide.ts';
import { directoryOf, type RecordedEvent } from '../../src/core/partition/entity.ts';
import { type Message } from '../../src/core/partition/message.ts';
import { type Versioned } from '../../src/core/partition/gathering.ts';
import { newestAttempt, type QueueState } from '../../src/core/queue/queue.ts';
import { type Refusal } from '../../src/core/refusal.ts';
import { type AttemptReport } from '../../src/core/run/report.ts';
import { type RunState } from '../../src/core/run/state.ts';
import { type Instant } from '../../src/core/time.ts';
import { type TriggerState } from '../../src/core/trigger/trigger.ts';
import { placeOf, placeOfEntity } from './placement.ts';

/** When every situation begins: noon, UTC. */
export const noon: Instant = Date.UTC(2026, 0, 15, 12);

const mostLetters = 10_000;

/** A decision that was carried out. */
export interface Taken {
  readonly body: CommandBody;
  readonly partition: number;
  readonly at: Instant;
  readonly decision: Exclude<Decision, { readonly kind: 'NEED' }>;
}

/** A message on its way. */
export interface Letter {
  readonly from: number;
  readonly to: number;
  readonly sequence: number;
  readonly message: Message;
}

/** What a decision should have come to; what is not named is not looked at. */
export interface Expected {
  /** Each as `told` puts it, or as a part of the event. */
  readonly events?: readonly (string | object)[];
  /** Such as `StartAttempt train`. */
  readonly effects?: readonly string[];
  readonly messages?: readonly object[];
  readonly outcome?: object;
  readonly refusal?: Partial<Refusal>;
}

/** How a definition is applied; it is activated unless this says otherwise. */
export interface Applying {
  readonly activate?: boolean;
  readonly expectedVersion?: number;
}

/** Partitions with what they know, at a moment. Methods that answer a situation change this one and answer it. */
export interface Situation {
  readonly now: Instant;
  /** Everything that was taken so far, oldest first. */
  readonly taken: readonly Taken[];
  /** Messages that were not delivered yet, oldest first. */
  readonly letters: readonly Letter[];
  /** The incarnation that hosts attempts from now on. */
  host: string;
  /** Applies the definitions of a text. */
  applied(text: string, more?: Applying): Situation;
  /** Applies one definition that is read already. */
  appliedDefinition(definition: Definition, more?: Applying): Situation;
  /** Decides a command, and carries the decision out. */
  when(body: CommandBody, at?: Instant): Situation;
  /** A host reports the newest attempt of a step, of the newest attempt of a run. */
  reported(place: string, result: AttemptReport['result'], more?: Partial<AttemptReport>): Situation;
  /** Time passes; whatever waits for a time is woken just then. */
  after(milliseconds: number): Situation;
  /** Delivers messages until none is left, or the first so many. */
  delivered(count?: number): Situation;
  /** Puts a message on its way, as if its sender had said it (again). */
  sent(letter: Letter): Situation;
  then(expected: Expected): Situation;
  /** Compares a run's status and its steps' (`a: SUCCEEDED, b: RUNNING`). */
  shows(run: string, status: RunState['status'], steps?: string): Situation;
  /** Decides and changes nothing; for a message, in the partition that gets it. */
  decided(body: CommandBody, partition?: number): Decision;
  entity(id: EntityId): Versioned | undefined;
  entities(): ReadonlyMap<EntityId, Versioned>;
  run(name: string): RunState;
  queue(workflowId: string): QueueState;
  trigger(name: string): TriggerState;
  definition(hash: string): Definition;
}

/** A situation in which these definitions are active. */
export function given(...texts: readonly string[]): Situation {
  const situation = createSituation(16);
  for (const text of texts) situation.applied(text);
  return situation.delivered();
}

/** A situation with a workflow `flow` of very many steps `s0`, `s1`, …, made without reading them one by one. */
export function givenMany(
  count: number,
  work: (index: number) => string,
  needs: (index: number) => number | undefined = () => undefined,
): Situation {
  const steps = Array.from({ length: count }, (_, index): StepDefinition => {
    const need = needs(index);
    const like = oneStep(work(index)).steps[0];
    if (like === undefined) throw new Error('a definition has a step');
    return { ...like, id: `s${String(index)}`, needs: need === undefined ? [] : [{ step: `s${String(need)}` }] };
  });
  return createSituation(16).appliedDefinition({ ...oneStep('noop: true'), steps });
}

function oneStep(work: string): Definition {
  const [definition] = readOnce(`id: flow\nsteps: [{ id: a, ${work} }]`);
  if (definition === undefined) throw new Error(`"${work}" makes no definition`);
  return definition;
}

/** An event in a word or two: `StepSucceeded train`, `RunEnded FAILED`, `RunQueued 2`. */
export function told({ entity, event }: RecordedEvent, situation: Pick<Situation, 'entity' | 'definition'>): string {
  if ('step' in event) {
    return `${event.type} ${stepId(situation, entity, event.step)}`;
  }
  if ('status' in event) return `${event.type} ${event.status}`;
  if ('attempt' in event)
    return `${event.type} ${String(event.number)}${event.attempt === 1 ? '' : `.${String(event.attempt)}`}`;
  return event.type;
}

function stepId(situation: Pick<Situation, 'entity' | 'definition'>, entity: EntityId, step: number): string {
  const run = situation.entity(entity)?.state as RunState;
  return graphOf(bodyOf(situation.definition(run.definition), run.path)).steps[step]?.step.id ?? '';
}

/** Starts a run. */
export function start(workflowId: string, params: Readonly<Record<string, Json>> = {}): CommandBody {
  return { type: 'StartRun', workflowId, params: entries(params), labels: [] };
}

/** Stops a run, by its public name. */
export function stop(run: string): CommandBody {
  return { type: 'StopRun', run: target(run) };
}

/** Stops a run at once, without what stands under `finally`. */
export function kill(run: string): CommandBody {
  return { type: 'KillRun', run: target(run) };
}

/** Lets nothing of a run begin. */
export function pause(run: string): CommandBody {
  return { type: 'PauseRun', run: target(run) };
}

/** Lets a run go on that was paused. */
export function resume(run: string): CommandBody {
  return { type: 'ResumeRun', run: target(run) };
}

/** Leaves a step out: `flow/1/train`. */
export function skip(place: string): CommandBody {
  return { type: 'SkipStep', ...stepTarget(place) };
}

/** Lets a step go on without the signals that it waits for: `flow/1/weather`. */
export function bypass(place: string): CommandBody {
  return { type: 'BypassSignals', ...stepTarget(place) };
}

/** Lets a step begin again: `flow/1/train`. */
export function retry(place: string): CommandBody {
  return { type: 'RetryStep', ...stepTarget(place) };
}

/** A step by its public name: `flow/1/train`. */
export function stepTarget(place: string): { readonly run: RunTarget; readonly stepId: string } {
  const cut = place.lastIndexOf('/');
  return { run: target(place.slice(0, cut)), stepId: place.slice(cut + 1) };
}

/** Restarts a run, by its public name; from its beginning unless `from` says otherwise. */
export function restart(
  run: string,
  params: Readonly<Record<string, Json>> = {},
  from?: 'INCOMPLETE' | { readonly step: string },
): CommandBody {
  const begins =
    from === 'INCOMPLETE' ? ({ kind: 'INCOMPLETE' } as const) : from && ({ kind: 'STEP', ...from } as const);
  return {
    type: 'RestartRun',
    run: target(run),
    params: entries(params),
    ...(begins === undefined ? {} : { from: begins }),
  };
}

/** Publishes one signal; its id is made of the name and `key`. */
export function publish(name: string, params: Readonly<Record<string, Json>> = {}, key = '1'): CommandBody {
  return {
    type: 'PublishSignals',
    name,
    signals: [{ id: `signal:${name}-${key}` as EntityId, params: entries(params) }],
  };
}

/** Says that a time has come. */
export function wake(entity: string): CommandBody {
  return { type: 'Wake', entity: entity as EntityId };
}

/** Says that hosts are gone. */
export function lost(entity: string, ...hosts: readonly string[]): CommandBody {
  return { type: 'HostsLost', entity: entity as EntityId, hosts };
}

/** A step's success, as its host reports it. */
export function succeeded(
  outputs: Readonly<Record<string, Json>> = {},
  signals: readonly { readonly name: string; readonly params: readonly Entry[] }[] = [],
): AttemptReport['result'] {
  return { outcome: 'succeeded', outputs: entries(outputs), artifacts: [], signals };
}

/** A step's failure, as its host reports it. */
export function failed(kind: Failure['kind'] = 'USER', retryable = true): AttemptReport['result'] {
  return {
    outcome: 'failed',
    failure: { kind, code: 'EXIT_CODE', message: 'The command ended with exit code 3.', retryable },
  };
}

/** A step that ended since it was told to. */
export const cancelled: AttemptReport['result'] = { outcome: 'cancelled' };

/** Named values as the core keeps them. */
export function entries(values: Readonly<Record<string, Json>>): readonly Entry[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

/** An empty situation of so many partitions. */
export function createSituation(partitions: number): Situation {
  const entities = new Map<EntityId, Versioned>();
  const definitions = new Map<string, Definition>();
  const taken: Taken[] = [];
  const letters: Letter[] = [];
  const sent = new Map<string, number>();
  let now = noon;

  const situation: Situation = {
    host: 'host-1',
    taken,
    letters,
    get now() {
      return now;
    },
    applied: (text, more = {}) => {
      for (const definition of readOnce(text)) situation.appliedDefinition(definition, more);
      return situation;
    },
    appliedDefinition: (definition, more = {}) => {
      const hash = JSON.stringify(definition);
      if (!definitions.has(hash)) definitions.set(hash, definition);
      return situation.when({
        type: 'ApplyWorkflow',
        workflowId: definition.id,
        definition: hash,
        activate: true,
        ...more,
      });
    },
    when: (body, at = now) => {
      take(body, placeOf(body, partitions), at);
      return situation;
    },
    reported: (place, result, more = {}) => {
      const [name, id] = [place.slice(0, place.lastIndexOf('/')), place.slice(place.lastIndexOf('/') + 1)];
      const run = situation.run(name);
      const step = graphOf(bodyOf(situation.definition(run.definition), run.path)).indexes.get(id) ?? -1;
      const attempt = run.steps[step]?.attempts.at(-1);
      const report = { step, attempt: attempt?.number ?? 1, token: attempt?.token ?? '', result, ...more };
      return situation.when({ type: 'ReportAttempt', run, report });
    },
    after: (milliseconds) => {
      const end = now + milliseconds;
      for (let due = nextWake(entities, end); due !== undefined; due = nextWake(entities, end)) {
        situation.when(wake(due.id), Math.max(now, due.at));
        const decision = taken.at(-1)?.decision;
        const changed = decision?.kind === 'COMMIT' && decision.gathered.events.length > 0;
        if (!changed)
          throw new Error(
            `${due.id} wants to be woken at ${String(due.at)}, and nothing comes of it: it would be woken for ever`,
          );
      }
      now = end;
      return situation;
    },
    delivered: (count = mostLetters) => {
      for (let left = count; left > 0; left--) {
        const letter = letters.shift();
        if (letter === undefined) return situation;
        const { from, sequence, message } = letter;
        take({ type: 'TakeMessage', place: { from, sequence, n: 1 }, message }, letter.to, now);
      }
      if (count === mostLetters) throw new Error('the messages never end: what is given here starts itself again');
      return situation;
    },
    sent: (letter) => {
      letters.push(letter);
      return situation;
    },
    then: (expected) => {
      compare(taken.at(-1), expected, situation);
      return situation;
    },
    shows: (name, status, steps) => {
      const run = situation.run(name);
      const defined = graphOf(bodyOf(situation.definition(run.definition), run.path)).steps;
      const shown = run.steps.map((step, index) => `${defined[index]?.step.id ?? ''}: ${step.status}`).join(', ');
      expect({ status: run.status, steps: steps === undefined ? undefined : shown }).toEqual({ status, steps });
      return situation;
    },
    decided: (body, partition) => decideIn(body, partition ?? placeOf(body, partitions), now),
    entity: (id) => entities.get(id),
    entities: () => entities,
    run: (name) => {
      const { workflowId, number, attempt, ...path } = target(name);
      const newest = attempt ?? newestAttempt(situation.queue(workflowId), number) ?? 1;
      return entities.get(runEntity({ workflowId, number, attempt: newest, ...path }))?.state as RunState;
    },
    queue: (workflowId) => entities.get(queueEntity(workflowId))?.state as QueueState,
    trigger: (name) => entities.get(`trigger:${name}` as EntityId)?.state as TriggerState,
    definition: (hash) => {
      const found = definitions.get(hash);
      if (found === undefined) throw new Error(`no definition ${hash}`);
      return found;
    },
  };

  const decideIn = (body: CommandBody, partition: number, at: Instant): Decision =>
    decide(
      {
        entity: (id) => entities.get(id) ?? null,
        definition: (hash) => definitions.get(hash),
        listeners: (name) => listenersOf(entities, name, (id) => placeOfEntity(id, partitions) === partition),
      },
      { id: 'command', actor: 'ada', body },
      { now: at, seed: taken.length + 1, host: situation.host, partition, partitions },
    );

  const take = (body: CommandBody, partition: number, at: Instant): void => {
    const decision = decideIn(body, partition, at);
    if (decision.kind === 'NEED')
      throw new Error(`nothing is left out of memory, and yet: ${JSON.stringify(decision.needs)}`);
    now = Math.max(now, at);
    taken.push({ body, partition, at, decision });
    if (decision.kind === 'REFUSED') return;
    for (const [id, versioned] of decision.gathered.changed) entities.set(id, versioned);
    for (const { to, message } of decision.gathered.messages) {
      const pair = `${String(partition)}>${String(to)}`;
      const sequence = (sent.get(pair) ?? 0) + 1;
      sent.set(pair, sequence);
      letters.push({ from: partition, to, sequence, message });
    }
  };
  return situation;
}

const known = new Map<string, readonly Definition[]>();

/** Reading is the slow part of a small test, and definitions are immutable. */
function readOnce(text: string): readonly Definition[] {
  const found = known.get(text);
  if (found !== undefined) return found;
  const read = readDefinitions(text);
  if (!read.ok) throw new Error(read.failure.map((refusal) => refusal.message).join('\n'));
  const definitions = read.value.map(({ definition }) => definition);
  known.set(text, definitions);
  return definitions;
}

function compare(taken: Taken | undefined, expected: Expected, situation: Situation): void {
  const decision = taken?.decision;
  if (expected.refusal !== undefined) {
    expect(decision).toMatchObject({ kind: 'REFUSED', refusals: [expected.refusal] });
    return;
  }
  if (decision?.kind !== 'COMMIT')
    throw new Error(`nothing was decided, or it was refused: ${JSON.stringify(decision)}`);
  const { events, messages } = decision.gathered;
  if (expected.events !== undefined) {
    const wanted = expected.events;
    const shown = events.map((event, index) =>
      typeof wanted[index] === 'object' ? event.event : told(event, situation),
    );
    expect(shown).toMatchObject(wanted);
  }
  if (expected.effects !== undefined) {
    const shown = decision.gathered.effects.map(({ type, run, step }) => `${type} ${stepId(situation, run, step)}`);
    expect(shown).toEqual(expected.effects);
  }
  if (expected.messages !== undefined) expect(messages.map(({ message }) => message)).toMatchObject(expected.messages);
  if (expected.outcome !== undefined) expect(decision.outcome).toMatchObject(expected.outcome);
}

function nextWake(
  entities: ReadonlyMap<EntityId, Versioned>,
  end: Instant,
): { readonly id: EntityId; readonly at: Instant } | undefined {
  let first: { readonly id: EntityId; readonly at: Instant } | undefined;
  for (const [id, { state }] of entities) {
    const at = directoryOf(state)?.wake;
    if (at !== undefined && at <= end && (first === undefined || at < first.at)) first = { id, at };
  }
  return first;
}

function listenersOf(
  entities: ReadonlyMap<EntityId, Versioned>,
  name: string,
  isHere: (id: EntityId) => boolean,
): readonly EntityId[] {
  const listeners = [...entities].filter(
    ([id, { state }]) => directoryOf(state)?.listens?.includes(name) === true && isHere(id),
  );
  return listeners.map(([id]) => id).sort();
}

/** A run by its public name. */
export function target(name: string): RunTarget {
  const parsed = parseRunName(name);
  if (parsed === undefined) throw new Error(`${name} is no run`);
  const { attempt, ...place } = parsed;
  return { ...place, ...(attempt === undefined ? {} : { attempt }) };
}
