// What the parameters of a run are worked out from when it is made or started again: who gives them, the time and chance of
// the turn, and what its cause tells.

import { type Definition } from '../../definition/model.ts';
import { runFacts } from '../../definition/run-facts.ts';
import { type Answer, type ParamsPort } from '../../expression/context.ts';
import { type Scope } from '../../expression/evaluate.ts';
import { type Value, type ValueMap } from '../../expression/value.ts';
import { type RunPlace } from '../../ids.ts';
import { bareMap } from '../../params/bare.ts';
import { DEFAULT_PARAMS, mentionsRunTime } from '../../params/defaults.ts';
import { type ResolvedParam } from '../../params/merge.ts';
import { type ParamSource } from '../../params/mode.ts';
import { type Occasion } from '../../params/resolve-params.ts';
import { typedMap } from '../../params/typed-entry.ts';
import { type Random } from '../../random.ts';
import { failed, success } from '../../result.ts';
import { joinedSignals } from '../../run/joined-signals.ts';
import { type FirstCause, firstCause, type RunCause, type RunState } from '../../run/state.ts';
import { type Instant } from '../../time.ts';
import { leniency } from './open-params.ts';
import { type Turn } from '../turn.ts';

/** A run that is about to be made. */
interface Coming extends RunPlace {
  readonly cause: RunCause;
  readonly scheduledFor?: Instant | undefined;
}

/** The occasion of a new run. */
export function startOccasion(turn: Turn, definition: Definition, run: Coming): Occasion {
  return occasionOf(turn, definition, { run, at: run.scheduledFor ?? turn.circumstances.now });
}

/** The occasion of another attempt of a run, or of a run that goes on from it; the run's own time stays what it was. */
export function restartOccasion(
  turn: Turn,
  definition: Definition,
  ended: RunState,
  { cause, ...place }: { readonly cause: RunCause; readonly number: number; readonly attempt: number },
): Occasion {
  const at = ended.scheduledFor ?? ended.createdAt;
  const run = { ...ended, ...place, cause };
  return { ...occasionOf(turn, definition, { run, at }), previous: keptParams(definition, ended) };
}

/** Without a scheduled time, dates come from when the run was made: another attempt has to remember that. */
function keptParams(definition: Definition, { params, scheduledFor, createdAt }: RunState): readonly ResolvedParam[] {
  const isKnown = scheduledFor !== undefined || [...params, ...definition.params].some(({ name }) => name === 'RUN_TS');
  if (isKnown || !mentionsRunTime(JSON.stringify(definition))) return params;
  const type = DEFAULT_PARAMS.get('RUN_TS') ?? 'long';
  return [...params, { name: 'RUN_TS', type, value: createdAt, source: 'DEFAULT' }];
}

function occasionOf(
  turn: Turn,
  definition: Definition,
  { run, at }: { readonly run: Coming; readonly at: Instant },
): Occasion {
  const first = firstCause(run.cause);
  const facts = runFacts(
    definition,
    at,
    first.kind === 'CRON' || first.kind === 'BACKFILL' ? first.trigger : undefined,
  );
  const { now } = turn.circumstances;
  return {
    source: sourceOf(run.cause),
    facts,
    names: namesOf(run, first),
    context: { now, random: turn.random, params: paramsPortOf(definition, run, turn.random), ...leniency(definition) },
  };
}

const SOURCES: Readonly<Record<RunCause['kind'], ParamSource>> = {
  MANUAL: 'LAUNCH',
  CRON: 'TIME_TRIGGER',
  BACKFILL: 'LAUNCH',
  SIGNAL: 'SIGNAL',
  ABSENCE: 'SIGNAL',
  LOOP: 'SUBWORKFLOW',
  WORKFLOW: 'SUBWORKFLOW',
  RESTART: 'RESTART',
  FORK: 'RESTART',
};

function sourceOf(cause: RunCause): ParamSource {
  return SOURCES[cause.kind];
}

function namesOf({ number, scheduledFor }: Coming, first: FirstCause): Scope {
  const run = new Map<string, Value>([
    ['number', BigInt(number)],
    ['scheduledFor', scheduledFor === undefined ? null : BigInt(scheduledFor)],
  ]);
  return (name) => {
    if (name === 'run') return run;
    if (name === 'signals') return joinedSignals(first);
    return name === 'signal' ? signalOf(first) : undefined;
  };
}

function signalOf(first: FirstCause): ValueMap {
  return first.kind === 'SIGNAL' ? bareMap(first.params) : new Map<string, Value>();
}

/** The functions that ask about the run itself; the others are for its steps. */
type RunPort = ParamsPort & Required<Pick<ParamsPort, 'getFromInstance' | 'getFromSignal'>>;

/** What the functions of `params` answer about a run itself: its number, its cause, the signal that started it. */
export function paramsPortOf(definition: Definition, run: Coming, random: Random): RunPort {
  const first = firstCause(run.cause);
  const arrived = signalOf(first);
  const given = typedMap(first.kind === 'SIGNAL' ? (first.given ?? []) : []);
  const find = (signal: string | undefined, param: string): Value | undefined => {
    if (signal === undefined) return given.get(param) ?? arrived.get(param);
    if (first.kind !== 'SIGNAL' || first.name === signal) return arrived.get(param);
    const joined = first.signals?.find(({ name }) => name === signal);
    return joined === undefined ? undefined : bareMap(joined.params).get(param);
  };
  return {
    getFromInstance: (field) => instanceField(definition, run, field),
    getFromSignal: (paramOrSignal, param) => {
      const value = param === undefined ? find(undefined, paramOrSignal) : find(paramOrSignal, param);
      return value === undefined ? noSignal(first, paramOrSignal, param) : success(value);
    },
    getFromSignalOrDefault: (signal, param, otherwise) => success(find(signal, param) ?? otherwise),
    nextUniqueId: () => success(uniqueId(random)),
  };
}

function noSignal(first: FirstCause, paramOrSignal: string, param: string | undefined): Answer {
  if (first.kind !== 'SIGNAL') return failed('No signal started this run.');
  const names = first.signals?.map(({ name }) => name) ?? [first.name];
  const signal = param === undefined ? first.name : paramOrSignal;
  if (!names.includes(signal)) {
    return failed(`No signal ${signal} started the run: that was done by ${names.join(' and ')}.`);
  }
  return failed(`The signal ${signal}, which started the run, has no "${param ?? paramOrSignal}".`);
}

/** A LONG of 63 random bits. */
function uniqueId(random: Random): bigint {
  return (BigInt(random() >>> 1) << 32n) | BigInt(random());
}

const INITIATORS: Readonly<Record<FirstCause['kind'], string>> = {
  MANUAL: 'MANUAL',
  CRON: 'TIME',
  BACKFILL: 'MANUAL',
  SIGNAL: 'SIGNAL',
  ABSENCE: 'SIGNAL',
  LOOP: 'FOREACH',
  WORKFLOW: 'SUBWORKFLOW',
};

/** The fields of maestro-behaviour §3.8 that a workflow's own parameters may ask for. */
function instanceField(definition: Definition, run: Coming, field: string): Answer {
  const first = firstCause(run.cause);
  const zones = definition.triggers.flatMap((trigger) => ('timezone' in trigger ? [trigger] : []));
  const zoneOf = (name: string): string | undefined => zones.find((trigger) => trigger.name === name)?.timezone;
  const fields = new Map<string, Value | undefined>([
    ['INITIATOR_TIMEZONE', first.kind === 'CRON' ? zoneOf(first.trigger) : undefined],
    ['INITIATOR_TYPE', INITIATORS[first.kind]],
    ['INITIATOR_RUNNER_NAME', first.kind === 'MANUAL' ? first.actor : undefined],
    ['RUN_POLICY', run.cause.kind === 'RESTART' ? restartPolicy(run.cause) : 'START_FRESH_NEW_RUN'],
    ['FIRST_TIME_TRIGGER_TIMEZONE', zones[0]?.timezone],
    ['owner', definition.owner ?? ''],
    ['workflow_id', run.workflowId],
    ['workflow_instance_id', BigInt(run.number)],
    ['workflow_run_id', BigInt(run.attempt)],
  ]);
  if (!fields.has(field)) return failed(`There is no field "${field}"; there are ${[...fields.keys()].join(', ')}.`);
  const value = fields.get(field);
  return value === undefined ? failed(`The field ${field} has no value for this run.`) : success(value);
}

function restartPolicy(cause: Extract<RunCause, { readonly kind: 'RESTART' }>): string {
  if (cause.from === undefined) return 'RESTART_FROM_BEGINNING';
  return cause.from.kind === 'INCOMPLETE' ? 'RESTART_FROM_INCOMPLETE' : 'RESTART_FROM_SPECIFIC';
}
