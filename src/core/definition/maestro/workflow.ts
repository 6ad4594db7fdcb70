// A request to create a workflow (maestro-behaviour §1.1): properties, the workflow itself, and what is only carried along.

import { type Entry } from '../../json.ts';
import { type GivenLimit } from '../given-limit.ts';
import { type Definition, type StepDefinition, type TriggerDefinition } from '../model.ts';
import { workflowIdFaults } from '../identifiers.ts';
import { type Fields, readEntries } from '../reading/fields.ts';
import { readFlag, readText } from '../reading/scalars.ts';
import { type Spot, keyOf, report } from '../reading/spot.ts';
import { carriedOf, checkName, fieldsOf, isNull, listOf, textOf } from './fields.ts';
import { type Gathering, checkCount } from './gathering.ts';
import { setAside } from './given-limits.ts';
import { lengthOf } from './lengths.ts';
import { limitOf } from './limits.ts';
import { paramsOf } from './params.ts';
import { runStrategyOf } from './run-strategy.ts';
import { INACTIVE } from './stays-inactive.ts';
import { signalTriggerOf } from './signal-triggers.ts';
import { stepsOf } from './steps.ts';
import { checkTags } from './tags.ts';
import { timeTriggerOf } from './time-triggers.ts';

const REQUEST = ['properties', 'workflow', 'is_active'];
const PROPERTIES = [
  'owner',
  'access_control',
  'run_strategy',
  'step_concurrency',
  'alerting',
  'alerting_disabled',
  'signal_trigger_disabled',
  'time_trigger_disabled',
  'description',
  'tags',
];
const WORKFLOW = [
  'id',
  'name',
  'description',
  'tags',
  'timeout',
  'time_triggers',
  'signal_triggers',
  'criticality',
  'instance_step_concurrency',
  'params',
  'steps',
];
const DISABLED = ['signal_trigger_disabled', 'time_trigger_disabled'] as const;
const CARRIED_PROPERTIES = [
  'access_control',
  'alerting',
  'alerting_disabled',
  'step_concurrency',
  'description',
  'tags',
];
const CARRIED = ['tags', 'criticality', 'instance_step_concurrency'];
const LONGEST_NAME = 256;
const LONGEST_DESCRIPTION = 16_384;

/** Reads a request whose `workflow` is there. */
export function readRequest(spot: Spot): Definition {
  const entries = new Map(spot.node.kind === 'map' ? readEntries(spot, spot.node) : []);
  const propertiesSpot = entries.get('properties');
  const properties = known(propertiesSpot, 'the properties', PROPERTIES);
  const workflowSpot = entries.get('workflow') ?? spot;
  const fields = known(workflowSpot, 'a workflow', WORKFLOW);
  const owner = ownerOf(properties.get('owner'));
  const strategy = runStrategyOf(properties.get('run_strategy'));
  const steps = readSteps(workflowSpot, fields);
  const ofRun = limitOf(fields, 'instance_step_concurrency', { most: 999, load: { steps, strategy } });
  const ofAll = limitOf(properties, 'step_concurrency', { most: 1000, load: { steps, strategy } });
  const timeout = fields.get('timeout');
  const limits: GivenLimit[] = [];
  const limit = timeout === undefined || setAside(timeout, 'timeout', limits) ? undefined : lengthOf(timeout);
  const carried = [
    ...carriedOfAll(entries),
    ...inactivity(entries.get('is_active')),
    ...carriedOf(properties, CARRIED_PROPERTIES, 'properties.'),
    ...DISABLED.flatMap((key) => (isTrue(properties, key) ? [{ name: `properties.${key}`, value: true }] : [])),
    ...carriedOf(fields, CARRIED, 'workflow.'),
  ];
  return {
    id: idOf(workflowSpot, fields),
    ...titlesOf(fields),
    ...(owner === undefined ? {} : { owner }),
    labels: labelsOf(fields, properties),
    runStrategy: strategy,
    params: paramsOf(fields.get('params')),
    triggers: triggersOf(fields, properties),
    ...(limit === undefined ? {} : { timeout: limit }),
    ...(limits.length === 0 ? {} : { limits }),
    ...(ofAll === undefined ? {} : { stepConcurrency: ofAll }),
    ...(ofRun === undefined ? {} : { runStepConcurrency: ofRun }),
    steps,
    files: [],
    dialect: 'maestro',
    ...(carried.length === 0 ? {} : { carried }),
  };
}

function known(spot: Spot | undefined, what: string, keys: readonly string[]): Fields {
  return spot === undefined || isNull(spot.node) ? new Map<string, Spot>() : fieldsOf(spot, { what, keys });
}

function idOf(spot: Spot, fields: Fields): string {
  const place = fields.get('id');
  const id = place && readText(place);
  if (place === undefined) report(spot, 'missing-key', 'The workflow has no `id`.');
  if (place !== undefined && id !== undefined) checkName(place, 'the id of a workflow', id, workflowIdFaults);
  return id ?? '';
}

function titlesOf(fields: Fields): Pick<Definition, 'name' | 'description'> {
  const name = boundedText(fields, 'name', LONGEST_NAME);
  const description = boundedText(fields, 'description', LONGEST_DESCRIPTION);
  return { ...(name === undefined ? {} : { name }), ...(description === undefined ? {} : { description }) };
}

function boundedText(fields: Fields, key: string, longest: number): string | undefined {
  const text = textOf(fields, key);
  const spot = fields.get(key);
  if (text === undefined || spot === undefined || text.length <= longest) return text;
  const message = `${keyOf(spot)} has ${String(text.length)} characters, and ${String(longest)} are the most.`;
  report(spot, 'too-long', message);
  return text;
}

/** A text, or a map with a name; what else stands in the map is not kept. */
function ownerOf(spot: Spot | undefined): string | undefined {
  if (spot?.node.kind !== 'map') return spot && readText(spot);
  const name = new Map(readEntries(spot, spot.node)).get('name');
  if (name !== undefined) return readText(name);
  report(spot, 'missing-key', 'An owner needs a `name`.');
  return undefined;
}

/** A tag is a label that says `true`, so that workflows are found by it. */
function labelsOf(fields: Fields, properties: Fields): readonly Entry<string>[] {
  const tags = [fields.get('tags'), properties.get('tags')].flatMap((spot) => {
    return spot === undefined ? [] : checkTags(spot, { mayHavePermits: true });
  });
  return Array.from(new Set(tags), (name) => ({ name, value: 'true' }));
}

function readSteps(spot: Spot, fields: Fields): readonly StepDefinition[] {
  const place = fields.get('steps');
  if (place === undefined) {
    report(spot, 'no-steps', 'A workflow needs `steps`: at least one.');
    return [];
  }
  const gathering: Gathering = { ids: new Map(), count: 0 };
  const steps = stepsOf(place, { gathering, depth: 1, loopNames: [] });
  checkCount(place, gathering);
  return steps;
}

/** What is disabled is there all the same, and paused. */
function triggersOf(fields: Fields, properties: Fields): readonly TriggerDefinition[] {
  const times = fields.get('time_triggers');
  const signals = fields.get('signal_triggers');
  const pausedIf = (key: (typeof DISABLED)[number]): { readonly paused?: true } =>
    isTrue(properties, key) ? { paused: true } : {};
  const [ofTimes, ofSignals] = [pausedIf('time_trigger_disabled'), pausedIf('signal_trigger_disabled')];
  return [
    ...(times === undefined ? [] : listOf(times)).flatMap((item, index): readonly TriggerDefinition[] => {
      const trigger = timeTriggerOf(item, index + 1);
      return trigger === undefined ? [] : [{ ...trigger, ...ofTimes }];
    }),
    ...(signals === undefined ? [] : listOf(signals)).flatMap((item, index): readonly TriggerDefinition[] => {
      const trigger = signalTriggerOf(item, index + 1);
      return trigger === undefined ? [] : [{ ...trigger, ...ofSignals }];
    }),
  ];
}

function isTrue(fields: Fields, key: string): boolean {
  const spot = fields.get(key);
  return spot !== undefined && readFlag(spot) === true;
}

/** Kept for the one who applies it: see `staysInactive`. */
function inactivity(spot: Spot | undefined): readonly Entry[] {
  if (spot === undefined || isNull(spot.node) || readFlag(spot) !== false) return [];
  return [{ name: INACTIVE, value: false }];
}

/** Keys of the request that only describe where it came from. */
function carriedOfAll(entries: ReadonlyMap<string, Spot>): readonly Entry[] {
  const others = [...entries.keys()].filter((key) => !REQUEST.includes(key));
  return carriedOf(new Map([...entries].filter(([, { node }]) => !isNull(node))), others, 'request.');
}
