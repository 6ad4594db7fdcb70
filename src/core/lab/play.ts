// Plays a story on the real rules, and says what did not hold.

import { type OutputDeclaration } from '../definition/model.ts';
import { type ValueType } from '../expression/value.ts';
import { parseRunName, POOLS, runPlaceOf, signalEntity, type EntityId } from '../ids.ts';
import { type Entry, type Json, entryOf } from '../json.ts';
import { randomOf, ulidOf } from '../random.ts';
import { type Refusal } from '../refusal.ts';
import { expectationFaults } from './expectations.ts';
import { type Props } from './read-props.ts';
import { type Act, type Fault, type Role, type Story } from './story.ts';
import { weatherOf, type Forecast } from './weather.ts';
import { type Cast, createWorld, type World } from './world.ts';

/** How a story went. */
export interface Played {
  readonly story: Story;
  /** Nothing: all held. */
  readonly faults: readonly Fault[];
  /** At which moments the weather struck. */
  readonly struck: readonly number[];
  readonly world: World;
}

/** What of a story is played: without `acts`, all of them. */
export interface Playing {
  readonly forecast: Forecast;
  readonly acts?: readonly Act[];
}

/** Plays a story from its beginning. The same story, workflows and forecast give the same. */
export function play(story: Story, props: Props, { forecast, acts = story.acts }: Playing): Played {
  const weather = weatherOf(forecast);
  const world = createWorld({ begin: story.start, cast: castOf(story), weather });
  const faults: Fault[] = [];
  const { definitions, pools } = props;
  for (const { id: pool, size } of pools) world.take(POOLS, { type: 'ApplyPool', pool, size });
  for (const definition of definitions) {
    const body = {
      type: 'ApplyWorkflow',
      workflowId: definition.id,
      definition: world.define(definition),
      activate: true,
    } as const;
    const applied = world.take(definition.id, body);
    if (!applied.ok)
      faults.push({ line: story.line, message: `"${definition.id}" is refused: ${told(applied.failure)}` });
  }
  const names = new Set(definitions.map(({ id }) => id));
  const random = randomOf(forecast.seed + 1);
  acts.forEach((act, place) => {
    try {
      faults.push(...perform(world, act, { names, ulid: ulidOf(random, place) }));
    } catch (error) {
      faults.push({ line: act.line, message: error instanceof Error ? error.message : String(error) });
    }
  });
  return { story, faults, struck: [...weather.struck], world };
}

interface Stage {
  /** The workflows that there are. */
  readonly names: ReadonlySet<string>;
  readonly ulid: string;
}

function perform(world: World, act: Act, { names, ulid }: Stage): readonly Fault[] {
  switch (act.kind) {
    case 'publish': {
      const { signal, params, occurredAt } = act;
      const published = { id: signalEntity(ulid), params, ...(occurredAt === undefined ? {} : { occurredAt }) };
      return refused(act, world.take(signal, { type: 'PublishSignals', name: signal, signals: [published] }));
    }
    case 'run': {
      const { workflow, params, scheduledFor } = act;
      if (!names.has(workflow)) return [unknown(act, workflow, names)];
      const at = scheduledFor === undefined ? {} : { scheduledFor };
      return refused(act, world.take(workflow, { type: 'StartRun', workflowId: workflow, params, labels: [], ...at }));
    }
    case 'wait':
      world.advance(world.now() + act.time);
      return [];
    case 'until':
      if (act.time < world.now()) return [{ line: act.line, message: 'That time has passed already.' }];
      world.advance(act.time);
      return [];
    case 'stop': {
      const name = parseRunName(act.run);
      if (name === undefined) return [{ line: act.line, message: `"${act.run}" names no run: write penguins/1.` }];
      const { attempt, ...run } = name;
      const target = attempt === undefined ? run : { ...run, attempt };
      return refused(act, world.take(run.workflowId, { type: 'StopRun', run: target }));
    }
    case 'pause':
    case 'resume': {
      if (!names.has(act.workflow)) return [unknown(act, act.workflow, names)];
      const type = act.kind === 'pause' ? 'PauseTriggers' : 'ResumeTriggers';
      return refused(act, world.take(act.workflow, { type, workflowId: act.workflow }));
    }
    case 'expect':
      return expectationFaults(world, act.expected).map((message) => ({ line: act.line, message }));
  }
}

function unknown({ line }: Act, workflow: string, names: ReadonlySet<string>): Fault {
  return { line, message: `There is no workflow "${workflow}" among those under test: ${[...names].join(', ')}.` };
}

function refused({ line }: Act, outcome: ReturnType<World['take']>): readonly Fault[] {
  return outcome.ok ? [] : [{ line, message: `It was refused: ${told(outcome.failure)}` }];
}

function told(refusals: readonly Refusal[]): string {
  return refusals.map(({ message }) => message).join(' ');
}

/** Plays the steps as the story casts them. */
function castOf({ steps }: Story): Cast {
  return ({ run, attempt, spec }) => {
    if (!spec.ok) return { takes: 0, result: { outcome: 'failed', failure: spec.failure } };
    const { stepId, outputs, work } = spec.value;
    const role = roleOf(steps, run, stepId);
    const takes = role?.takes ?? 0;
    if (role !== undefined && attempt <= role.fails) {
      const failure = {
        kind: role.as,
        code: 'PLAYED',
        message: `Step "${stepId}" fails, since the test says so (try ${String(attempt)}).`,
        retryable: true,
      };
      return { takes, result: { outcome: 'failed', failure } };
    }
    // Of an answer of which the story says nothing, the status is that of a success.
    const status = work.kind === 'http' ? work.names.status : undefined;
    // What a step prints is laid over its parameters: those of which the story says nothing stay as they are.
    const isPrinted = work.kind === 'kubernetes' && work.outputs === 'PRINTED';
    const told = isPrinted ? outputs.filter(({ name }) => entryOf(role?.outputs ?? [], name) !== undefined) : outputs;
    const given = told.map((declared) => ({
      name: declared.name,
      value: outputOf(declared, role, declared.name === status ? SUCCESS : undefined),
    }));
    return { takes, result: { outcome: 'succeeded', outputs: given, artifacts: [], signals: role?.signals ?? [] } };
  };
}

function roleOf(roles: readonly Role[], run: EntityId, stepId: string): Role | undefined {
  const { workflowId } = runPlaceOf(run);
  return roles.find(({ step }) => step === `${workflowId}/${stepId}`) ?? roles.find(({ step }) => step === stepId);
}

const SUCCESS = 200;

function outputOf({ name, type }: OutputDeclaration, role: Role | undefined, otherwise: Json = nothingOf(type)): Json {
  return entryOf(role?.outputs ?? ([] as readonly Entry[]), name) ?? otherwise;
}

/** What a step gives of which the story says nothing. */
function nothingOf(type: ValueType): Json {
  switch (type) {
    case 'string':
      return '';
    case 'long':
    case 'double':
      return 0;
    case 'boolean':
      return false;
    case 'map':
    case 'string_map':
      return {};
    case 'string_array':
    case 'long_array':
    case 'double_array':
    case 'boolean_array':
      return [];
  }
}
