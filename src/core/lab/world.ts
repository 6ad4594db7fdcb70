// All of Downbeat in memory: every partition, with a clock that is moved by hand and steps that are played. The rules are the
// real ones (`decide`, `evolve`); only what stands around them is made up, and everything is decided in one order.

import { type Definition } from '../definition/model.ts';
import { type EntityId, partitionOf, runPlaceOf } from '../ids.ts';
import { type CommandBody, type Outcome } from '../partition/command.ts';
import { decide } from '../partition/decide.ts';
import { type Effect } from '../partition/effect.ts';
import { type EntityState } from '../partition/entity.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { type AttemptReport } from '../run/report.ts';
import { type Instant, type Milliseconds } from '../time.ts';
import {
  earliestWake,
  emptyPartition,
  type LabPartition,
  listenersIn,
  put,
  refold,
  type WorldCommit,
} from './lab-partition.ts';
import { type Weather } from './weather.ts';

/** An attempt that goes out. */
export type Dispatch = Extract<Effect, { readonly type: 'StartAttempt' }>;

/** What a step does when its attempt goes out: when it ends, and how. */
export type Cast = (dispatch: Dispatch) => {
  readonly takes: Milliseconds;
  readonly result: AttemptReport['result'];
};

/** What a world begins with. */
export interface WorldOptions {
  readonly begin: Instant;
  readonly cast: Cast;
  readonly weather: Weather;
}

/** A world. Everything in it has come to rest between two calls, as far as the time allows. */
export interface World {
  now(): Instant;
  /** Everything that was committed, in the order in which it was decided. */
  readonly commits: readonly WorldCommit[];
  /** Makes a definition known under a name that commands can give. */
  define(definition: Definition): string;
  definition(name: string): Definition | undefined;
  /** Decides a command in the partition of its workflow or signal name, and lets everything come to rest. */
  take(placement: string, body: CommandBody): Result<Outcome | undefined, readonly Refusal[]>;
  /** Lets time pass: whatever is due on the way happens at its time. */
  advance(to: Instant): void;
  /** The entity that was placed by a workflow's id or a signal's name. */
  entity(placement: string, id: EntityId): EntityState | undefined;
}

/** The end of an attempt that has yet to come. */
interface Ending {
  readonly at: Instant;
  readonly partition: number;
  readonly run: EntityId;
  readonly report: AttemptReport;
}

interface Stage {
  readonly all: readonly LabPartition[];
  readonly definitions: Map<string, Definition>;
  readonly commits: WorldCommit[];
  /** How many messages each pair of partitions has exchanged. */
  readonly sent: Map<string, number>;
  readonly cast: Cast;
  readonly weather: Weather;
  endings: readonly Ending[];
  now: Instant;
  decisions: number;
  /** How many hosts there have been: the last one lives. */
  hosts: number;
}

const partitions = 16;
/** More decisions at one moment than any story needs. */
const mostAtOnce = 100_000;

/** Creates a world in which nothing has happened. */
export function createWorld({ begin, cast, weather }: WorldOptions): World {
  const all = Array.from({ length: partitions }, (_, index) => emptyPartition(index));
  const stage: Stage = {
    all,
    definitions: new Map(),
    commits: [],
    sent: new Map(),
    cast,
    weather,
    endings: [],
    now: begin,
    decisions: 0,
    hosts: 1,
  };
  return {
    now: () => stage.now,
    commits: stage.commits,
    define: (definition) => {
      const name = JSON.stringify(definition);
      stage.definitions.set(name, definition);
      return name;
    },
    definition: (name) => stage.definitions.get(name),
    take: (placement, body) => {
      const outcome = carryOut(stage, partitionAt(all, placement), body);
      comeToRest(stage);
      return outcome;
    },
    advance: (to) => {
      advance(stage, to);
    },
    entity: (placement, id) => partitionAt(all, placement).entities.get(id)?.state,
  };
}

function partitionAt(all: readonly LabPartition[], placement: string): LabPartition {
  const here = all[partitionOf(placement, partitions)];
  if (here === undefined) throw new Error(`there is no partition for ${placement}`);
  return here;
}

function advance(stage: Stage, to: Instant): void {
  for (;;) {
    const wake = earliestWake(stage.all, to)?.at ?? Infinity;
    const next = stage.endings.reduce((first, { at }) => Math.min(first, at), wake);
    if (next > to) break;
    stage.now = Math.max(stage.now, next);
    comeToRest(stage);
  }
  stage.now = Math.max(stage.now, to);
}

function comeToRest(stage: Stage): void {
  for (let left = mostAtOnce; left > 0; left--) {
    const happens = nextLetter(stage) ?? nextEnding(stage) ?? nextWake(stage);
    if (happens === undefined) return;
    happens();
  }
  throw new Error('This never comes to rest: something in it starts itself again and again.');
}

function carryOut(stage: Stage, here: LabPartition, body: CommandBody): ReturnType<World['take']> {
  if (stage.weather.strikes('crash')) crash(stage, here);
  return decideIn(stage, here, body);
}

function decideIn(stage: Stage, here: LabPartition, body: CommandBody): ReturnType<World['take']> {
  stage.decisions += 1;
  const decision = decide(
    {
      entity: (id) => here.entities.get(id) ?? null,
      definition: (name) => stage.definitions.get(name),
      listeners: (name) => listenersIn(here, name),
    },
    { id: String(stage.decisions), actor: 'test', body },
    { now: stage.now, seed: stage.decisions, host: hostOf(stage), partition: here.index, partitions },
  );
  if (decision.kind === 'NEED') throw new Error(`Something is missing here: ${JSON.stringify(decision.needs)}`);
  if (decision.kind === 'REFUSED') return failed(decision.refusals);
  const { events, messages, effects, changed } = decision.gathered;
  for (const [id, versioned] of changed) put(here, id, versioned);
  const commit = { at: stage.now, partition: here.index, events };
  here.log.push(commit);
  stage.commits.push(commit);
  for (const { to, message } of messages) {
    const { letters } = stage.all[to] ?? here;
    letters.set(here.index, [...(letters.get(here.index) ?? []), message]);
  }
  for (const effect of effects) perform(stage, here, effect);
  return success(decision.outcome);
}

function perform(stage: Stage, here: LabPartition, effect: Effect): void {
  if (effect.type === 'CancelAttempt') {
    const cancelled = { outcome: 'cancelled' } as const;
    stage.endings = stage.endings.map((ending) =>
      ending.report.token === effect.token
        ? { ...ending, at: stage.now, report: { ...ending.report, result: cancelled } }
        : ending,
    );
    return;
  }
  const { takes, result } = stage.cast(effect);
  const { run, step, attempt, token } = effect;
  const report = { step, attempt, token, result };
  stage.endings = [...stage.endings, { at: stage.now + takes, partition: here.index, run, report }];
}

/** The partition's owner dies, and with it what ran there: a new one folds the log, and sends out again what was lost. */
function crash(stage: Stage, here: LabPartition): void {
  refold(here);
  stage.hosts += 1;
  stage.endings = stage.endings.filter(({ partition }) => partition !== here.index);
  for (const [entity, { hosts }] of [...here.living]) {
    if (hosts.length > 0) decideIn(stage, here, { type: 'HostsLost', entity, hosts });
  }
}

function nextLetter(stage: Stage): (() => void) | undefined {
  const waiting = stage.all.flatMap((there) =>
    [...there.letters].flatMap(([from, queue]) => (queue.length > 0 ? [{ there, from, queue }] : [])),
  );
  if (waiting.length === 0) return undefined;
  const chosen = waiting[stage.weather.strikes('reorder') ? stage.weather.random() % waiting.length : 0];
  const message = chosen?.queue.shift();
  if (chosen === undefined || message === undefined) return undefined;
  const { there, from } = chosen;
  return () => {
    const pair = `${String(from)}>${String(there.index)}`;
    const sequence = (stage.sent.get(pair) ?? 0) + 1;
    stage.sent.set(pair, sequence);
    carryOut(stage, there, { type: 'TakeMessage', place: { from, sequence, n: sequence }, message });
  };
}

function nextEnding(stage: Stage): (() => void) | undefined {
  const due = stage.endings.find(({ at }) => at <= stage.now);
  const here = due === undefined ? undefined : stage.all[due.partition];
  if (due === undefined || here === undefined) return undefined;
  return () => {
    stage.endings = stage.endings.filter((ending) => ending !== due);
    const { run, report } = due;
    if (stage.weather.strikes('drop')) {
      const hosts = here.living.get(run)?.hosts ?? [];
      stage.hosts += 1;
      decideIn(stage, here, { type: 'HostsLost', entity: run, hosts, tokens: [report.token] });
      return;
    }
    const body = { type: 'ReportAttempt', run: runPlaceOf(run), report } as const;
    carryOut(stage, here, body);
    if (stage.weather.strikes('double')) carryOut(stage, here, body);
  };
}

function nextWake(stage: Stage): (() => void) | undefined {
  const due = earliestWake(stage.all, stage.now);
  if (due === undefined) return undefined;
  return () => {
    const body = { type: 'Wake', entity: due.id } as const;
    carryOut(stage, due.here, body);
    if (stage.weather.strikes('double')) carryOut(stage, due.here, body);
  };
}

function hostOf({ hosts }: Stage): string {
  return `host-${String(hosts)}`;
}
