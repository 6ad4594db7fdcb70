// One trigger alone in a partition of its own, with a clock that is moved by hand: what it makes of a past that is told to it. The
// rules are the real ones (`decide`); its runs are over the moment they are made.

import { type Definition, type StepDefinition, type TriggerDefinition } from '../definition/model.ts';
import { type EntityId, kindOf, triggerEntity } from '../ids.ts';
import { type CommandBody } from '../partition/command.ts';
import { decide } from '../partition/decide.ts';
import { type Directory, directoryOf, type RecordedEvent } from '../partition/entity.ts';
import { type Versioned } from '../partition/gathering.ts';
import { type Message } from '../partition/message.ts';
import { firstCause } from '../run/state.ts';
import { type TriggerVerdict } from '../signal/signal.ts';
import { type Instant } from '../time.ts';
import { type Happening, type Sleep, type TriggerStart } from './past.ts';
import { createWakes, type Wakes } from './wakes.ts';

/** A replay that goes on. */
export interface Replay {
  /** Lets time pass to what happened, and lets it happen. Happenings come in their order. */
  take(happening: Happening): void;
  /** Lets the next of what is due happen, if it is due by then (that time included); answers whether it did. */
  wake(by: Instant): boolean;
  /** The runs that were made, in their order. */
  readonly starts: readonly TriggerStart[];
  /** What the trigger made of each signal when it came. */
  readonly verdicts: ReadonlyMap<EntityId, TriggerVerdict>;
  /** Runs that could not be made, since a parameter did not fit: when, and why. */
  readonly refused: readonly { readonly at: Instant; readonly message: string }[];
}

interface Stage {
  readonly workflowId: string;
  readonly sleeps: readonly Sleep[];
  readonly entities: Map<EntityId, Versioned>;
  readonly listening: Map<EntityId, readonly string[]>;
  readonly wakes: Wakes;
  readonly definitions: Map<string, Definition>;
  readonly starts: TriggerStart[];
  readonly verdicts: Map<EntityId, TriggerVerdict>;
  readonly refused: { readonly at: Instant; readonly message: string }[];
  now: Instant;
  decisions: number;
  /** Which trigger was armed last. */
  trigger?: string;
  /** Names that it hears only once that is told. */
  awaited: readonly string[];
}

/** As many runs at once as there may ever be, so that none of them waits. */
const unlimited = 1_000_000_000;

const nothing: StepDefinition = {
  id: 'nothing',
  needs: [],
  work: { kind: 'noop' },
  env: [],
  outputs: [],
  artifacts: [],
  retry: { user: 0, platform: 0, timeout: 0, backoff: { first: 0, longest: 0 } },
};

/** Begins a replay in which nothing has happened yet. While `sleeps` last, nothing that is due is dealt with. */
export function createReplay(workflowId: string, sleeps: readonly Sleep[]): Replay {
  const stage: Stage = {
    workflowId,
    sleeps,
    entities: new Map(),
    listening: new Map(),
    wakes: createWakes(),
    definitions: new Map(),
    starts: [],
    verdicts: new Map(),
    refused: [],
    now: -Infinity,
    decisions: 0,
    awaited: [],
  };
  return {
    starts: stage.starts,
    verdicts: stage.verdicts,
    refused: stage.refused,
    wake: (by) => wake(stage, by),
    take: (happening) => {
      while (wake(stage, happening.at));
      stage.now = Math.max(stage.now, happening.at);
      happen(stage, happening);
    },
  };
}

function wake(stage: Stage, by: Instant): boolean {
  const next = stage.wakes.first();
  if (next === undefined) return false;
  const at = awakeAt(stage.sleeps, next.at);
  if (at > by) return false;
  stage.now = Math.max(stage.now, at);
  carryOut(stage, { type: 'Wake', entity: next.id });
  // What is due and changes nothing would be due for ever.
  const after = stage.wakes.first();
  if (after?.id === next.id && after.at === next.at) stage.wakes.set(next.id, undefined);
  return true;
}

/** When something that is due is dealt with. */
function awakeAt(sleeps: readonly Sleep[], due: Instant): Instant {
  return sleeps.reduce((at, { from, to }) => (at >= from && at < to ? to : at), due);
}

function happen(stage: Stage, happening: Happening): void {
  const { workflowId } = stage;
  switch (happening.kind) {
    case 'ARMED': {
      stage.trigger = happening.trigger.name;
      stage.awaited = happening.awaited;
      apply(stage, happening.definition, [happening.trigger]);
      return;
    }
    case 'DISARMED': {
      const [last] = [...stage.definitions.values()].slice(-1);
      if (last !== undefined) apply(stage, last, []);
      return;
    }
    case 'LISTENING':
      answer(stage, happening.name, happening.since);
      return;
    case 'PAUSED':
      carryOut(stage, { type: 'PauseTriggers', workflowId });
      return;
    case 'RESUMED':
      carryOut(stage, { type: 'ResumeTriggers', workflowId });
      return;
    case 'RESET':
      if (stage.trigger !== undefined) {
        carryOut(stage, { type: 'ResetTrigger', workflowId, trigger: stage.trigger });
      }
      return;
    case 'SIGNAL': {
      const { id, name, sequence, params, occurredAt } = happening.signal;
      tell(stage, { type: 'SignalArrived', signal: id, name, sequence, params, occurredAt });
    }
  }
}

/** Each time a version of its own, as in reality: what is armed anew keeps its place, or not, by the real rules. */
function apply(stage: Stage, whole: Definition, triggers: readonly TriggerDefinition[]): void {
  const definition = String(stage.definitions.size + 1);
  stage.definitions.set(definition, startsOnly(whole, triggers));
  carryOut(stage, { type: 'ApplyWorkflow', workflowId: stage.workflowId, definition, activate: true });
}

/** What of a definition decides whether its triggers start runs. */
function startsOnly({ id, params, dialect }: Definition, triggers: readonly TriggerDefinition[]): Definition {
  return {
    id,
    labels: [],
    runStrategy: { kind: 'parallel', limit: unlimited },
    params,
    triggers,
    steps: [nothing],
    files: [],
    ...(dialect === undefined ? {} : { dialect }),
  };
}

function answer(stage: Stage, name: string, since: number): void {
  if (stage.trigger === undefined) return;
  tell(stage, { type: 'Subscribed', name, trigger: triggerEntity(stage.workflowId, stage.trigger), since });
}

function tell(stage: Stage, message: Message): void {
  const sequence = stage.decisions + 1;
  carryOut(stage, { type: 'TakeMessage', place: { from: 0, sequence, n: sequence }, message });
}

function carryOut(stage: Stage, body: CommandBody): void {
  stage.decisions += 1;
  const decision = decide(
    {
      entity: (id) => stage.entities.get(id) ?? null,
      definition: (name) => stage.definitions.get(name),
      listeners: (name) => [...stage.listening].flatMap(([id, names]) => (names.includes(name) ? [id] : [])),
    },
    { id: String(stage.decisions), actor: 'what-if', body },
    { now: stage.now, seed: stage.decisions, host: 'what-if', partition: 0, partitions: 1 },
  );
  // A replay asks for nothing that could be missing; what is refused (a reset of what joins nothing) changes nothing.
  if (decision.kind !== 'COMMIT') return;
  const { events, messages, changed } = decision.gathered;
  for (const [id, versioned] of changed) keep(stage, id, versioned);
  for (const recorded of events) note(stage, recorded);
  for (const { message } of messages) react(stage, message);
}

/** Runs are over already, and nobody asks for them again. */
function keep(stage: Stage, id: EntityId, versioned: Versioned): void {
  if (kindOf(id) === 'run') return;
  stage.entities.set(id, versioned);
  const directory: Directory | undefined = directoryOf(versioned.state);
  stage.wakes.set(id, directory?.wake);
  if (directory?.listens === undefined) stage.listening.delete(id);
  else stage.listening.set(id, directory.listens);
}

function note(stage: Stage, { event }: RecordedEvent): void {
  const { type } = event;
  if (type === 'RunCreated') {
    const { cause, scheduledFor } = event;
    stage.starts.push({
      at: stage.now,
      cause: firstCause(cause),
      ...(scheduledFor === undefined ? {} : { scheduledFor }),
    });
  } else if (type === 'StartRefused' || type === 'JoinRefused' || type === 'AbsenceRefused') {
    stage.refused.push({ at: stage.now, message: event.message });
  }
}

function react(stage: Stage, message: Message): void {
  if (message.type === 'Subscribe' && !stage.awaited.includes(message.name)) answer(stage, message.name, 0);
  else if (message.type === 'Continue') tell(stage, message);
  else if (message.type === 'VerdictsReached') {
    const [verdict] = message.verdicts;
    if (verdict !== undefined) stage.verdicts.set(message.signal, verdict);
  }
}

/** How many decisions are made between two pauses. */
const turn = 10;

/** Replays a past up to a time, and pauses again and again so that whoever asks can let others have their turn. */
export function* replayPast(
  replay: Replay,
  happenings: readonly Happening[],
  to: Instant,
): Generator<undefined, Replay, undefined> {
  let decisions = 0;
  const isTurnOver = (): boolean => (decisions = (decisions + 1) % turn) === 0;
  for (const happening of happenings) {
    while (replay.wake(happening.at)) if (isTurnOver()) yield;
    replay.take(happening);
    if (isTurnOver()) yield;
  }
  while (replay.wake(to)) if (isTurnOver()) yield;
  return replay;
}
