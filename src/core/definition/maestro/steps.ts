// Steps (maestro-behaviour §2.1): an object with one key that says what kind of step it is. All of a list are read before
// their transitions are turned into needs.

import { type GivenLimit } from '../given-limit.ts';
import { orderSteps } from '../order.ts';
import { type Entry } from '../../json.ts';
import { type FailureMode, type ParamDeclaration, type StepDefinition, type Work } from '../model.ts';
import { referenceIdFaults, workflowIdFaults } from '../identifiers.ts';
import { type Fields, readEntries } from '../reading/fields.ts';
import { type Spot, keyOf, nodeName, report } from '../reading/spot.ts';
import { carriedOf, checkName, fieldsOf, listOf, reportNotYet, textOf, wordOf } from './fields.ts';
import { type Surrounding, gather } from './gathering.ts';
import { setAside } from './given-limits.ts';
import { lengthOf } from './lengths.ts';
import { STATE_PARAM, answerOf, httpOf } from './http.ts';
import { kubernetesOf, printableOf } from './kubernetes.ts';
import { foreachOf, whileOf } from './loops.ts';
import { type OneStep } from './one-step.ts';
import { paramsOf } from './params.ts';
import { NO_RETRY, retryOf } from './retry.ts';
import { dependenciesOf, outputsOf } from './step-signals.ts';
import { subworkflowOf } from './subworkflow.ts';
import { NO_TITUS, STEP_TYPES, STEP_TYPE_WORDS, type StepType } from './step-types.ts';
import { checkTags, tagLimitsOf } from './tags.ts';
import { type Transition, needsOf, transitionOf } from './transitions.ts';

const COMMON = [
  'id',
  'name',
  'description',
  'transition',
  'failure_mode',
  'tags',
  'timeout',
  'signal_dependencies',
  'signal_outputs',
  'params',
];
const CARRIED = ['description', 'tags', 'sub_type', 'sub_type_version'];
const FAILURE_MODES: ReadonlyMap<string, FailureMode> = new Map([
  ['fail_after_running', 'fail-after-running'],
  ['fail_immediately', 'fail-now'],
  ['ignore_failure', 'ignore'],
]);

/** What one kind of step has beyond the common fields. */
interface Kind {
  readonly keys: readonly string[];
  readonly read: (step: OneStep) => Work | undefined;
  /** Parameters that say something to the kind itself and are no parameters of the step. */
  readonly own: readonly string[];
}

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['step', { keys: ['type', 'sub_type', 'sub_type_version', 'retry_policy'], read: typedOf, own: [] }],
  ['foreach', { keys: ['concurrency', 'strict_ordering', 'steps'], read: foreachOf, own: ['loop_params'] }],
  ['while', { keys: ['condition', 'steps'], read: whileOf, own: ['loop_params'] }],
  ['subworkflow', { keys: ['sync', 'explicit_params'], read: subworkflowOf, own: [] }],
]);

/** Reads a list of steps, with those inside loops. */
export function stepsOf(spot: Spot, around: Surrounding): readonly StepDefinition[] {
  const read = listOf(spot).flatMap((item) => stepOf(item, around) ?? []);
  const needs = needsOf(read.map(({ step, transition }) => ({ id: step.id, transition })));
  const steps = read.map(({ step }) => ({ ...step, needs: needs.get(step.id) ?? [] }));
  for (const cycle of orderSteps(steps).cycles) {
    const ids = cycle.map((index) => steps[index]?.id ?? '');
    const way = [...ids.toReversed(), ids.at(-1) ?? ''].join(' → ');
    const place = read[cycle[0] ?? 0]?.spot ?? spot;
    report(place, 'cycle', `These steps lead to one another in a circle, so none could ever start: ${way}.`);
  }
  if (read.length === 0 && spot.node.kind === 'list') report(spot, 'no-steps', 'There must be at least one step.');
  return steps;
}

interface ReadStep {
  readonly step: StepDefinition;
  readonly transition: Transition;
  readonly spot: Spot;
}

function stepOf(spot: Spot, around: Surrounding): ReadStep | undefined {
  const wrapped = unwrapped(spot);
  if (wrapped === undefined) return undefined;
  const { kind, name, inner } = wrapped;
  around.gathering.count += 1;
  const fields = fieldsOf(inner, { what: `a ${name}`, keys: [...COMMON, ...kind.keys] });
  const id = textOf(fields, 'id') ?? '';
  checkId(inner, fields, id);
  if (id !== '') gather(around.gathering, id, fields.get('id') ?? inner);
  const named = paramSpotsOf(fields.get('params'));
  const params = paramsOf(without(fields.get('params'), isHttp(fields) ? [STATE_PARAM] : kind.own));
  const limits: GivenLimit[] = [];
  const work = kind.read({ spot: inner, fields, paramSpots: named, params, around, limits, readSteps: stepsOf });
  const { retry, limits: tries } = name === 'step' ? retryOf(fields.get('retry_policy')) : NO_RETRY;
  const step = {
    id,
    ...titleOf(fields),
    needs: [],
    work: work ?? NOOP,
    env: [],
    outputs: [...answerOf(work), ...printableOf(work, params)],
    artifacts: [],
    retry,
  };
  return {
    step: { ...step, ...restOf(fields, params, [...limits, ...tries]), ...templateOf(inner) },
    transition: transitionOf(fields.get('transition')),
    spot: inner,
  };
}

const NOOP: Work = { kind: 'noop' };

function checkId(spot: Spot, fields: Fields, id: string): void {
  const place = fields.get('id');
  if (place === undefined) report(spot, 'missing-key', 'A step needs an `id`.');
  else checkName(place, 'the id of a step', id, referenceIdFaults);
}

function unwrapped(spot: Spot): { readonly kind: Kind; readonly name: string; readonly inner: Spot } | undefined {
  const { node } = spot;
  const entries = node.kind === 'map' ? readEntries(spot, node) : [];
  const [only] = entries;
  const [name = '', inner] = only ?? [];
  const kind = KINDS.get(name);
  if (entries.length === 1 && inner !== undefined && kind !== undefined) return { kind, name, inner };
  if (name === 'template' && entries.length === 1) {
    reportNotYet(spot, 'A template step', 'Write the steps that it stands for.');
    return undefined;
  }
  const given = node.kind === 'map' ? `has ${[...node.entries.keys()].join(', ') || 'none'}` : `is ${nodeName(node)}`;
  const message = `${keyOf(spot)} must be a map with one key, step, foreach, while or subworkflow, and this ${given}.`;
  report(spot, 'wrong-type', message, { hint: 'Write it as {"step": {"id": "a", "type": "NoOp"}}.' });
  return undefined;
}

function templateOf({ reading, node }: Spot): Pick<StepDefinition, 'template'> {
  const stored = reading.templates?.get(node);
  if (stored === undefined) return {};
  return { template: { id: stored.template.id, version: stored.version, source: stored.source } };
}

function titleOf(fields: Fields): Pick<StepDefinition, 'name'> {
  const name = textOf(fields, 'name');
  return name === undefined ? {} : { name };
}

function restOf(
  fields: Fields,
  params: readonly ParamDeclaration[],
  given: readonly GivenLimit[],
): Pick<
  StepDefinition,
  'timeout' | 'limits' | 'onFailure' | 'tags' | 'tagLimits' | 'params' | 'waits' | 'announces' | 'carried'
> {
  const timeout = fields.get('timeout');
  const limits = [...given];
  const limit = timeout === undefined || setAside(timeout, 'timeout', limits) ? undefined : lengthOf(timeout);
  const failure = fields.get('failure_mode');
  const mode = failure && wordOf(failure, FAILURE_MODES);
  const carried: readonly Entry[] = carriedOf(fields, CARRIED);
  return {
    ...(limit === undefined ? {} : { timeout: limit }),
    ...(limits.length === 0 ? {} : { limits }),
    ...(mode === undefined || mode === 'fail-after-running' ? {} : { onFailure: mode }),
    ...tagsOf(fields.get('tags')),
    ...(params.length === 0 ? {} : { params }),
    ...signalsOf(fields),
    ...(carried.length === 0 ? {} : { carried }),
  };
}

/** Only what can be the id of a pool can ever be one. */
function tagsOf(spot: Spot | undefined): Pick<StepDefinition, 'tags' | 'tagLimits'> {
  if (spot === undefined) return {};
  const tags = checkTags(spot, { mayHavePermits: true }).filter((tag) => workflowIdFaults(tag).length === 0);
  const tagLimits = tagLimitsOf(spot);
  return { ...(tags.length === 0 ? {} : { tags }), ...(tagLimits.length === 0 ? {} : { tagLimits }) };
}

function signalsOf(fields: Fields): Pick<StepDefinition, 'waits' | 'announces'> {
  const waits = dependenciesOf(fields.get('signal_dependencies'));
  const announces = outputsOf(fields.get('signal_outputs'));
  return { ...(waits.length === 0 ? {} : { waits }), ...(announces.length === 0 ? {} : { announces }) };
}

function paramSpotsOf(spot: Spot | undefined): ReadonlyMap<string, Spot> {
  return new Map(spot?.node.kind === 'map' ? readEntries(spot, spot.node) : []);
}

function without(spot: Spot | undefined, names: readonly string[]): Spot | undefined {
  if (spot?.node.kind !== 'map' || names.length === 0) return spot;
  const entries = new Map([...spot.node.entries].filter(([name]) => !names.includes(name)));
  return { ...spot, node: { ...spot.node, entries } };
}

function isHttp(fields: Fields): boolean {
  const type = fields.get('type')?.node;
  return type?.kind === 'scalar' && STEP_TYPES.get(type.source.toLowerCase()) === 'http';
}

function typedOf(step: OneStep): Work | undefined {
  const { spot, fields } = step;
  const type = fields.get('type');
  const version = fields.get('sub_type_version');
  if (version !== undefined && !fields.has('sub_type')) {
    report(version, 'no-effect', '`sub_type_version` says nothing without `sub_type`, the job template that it is of.');
  }
  if (type === undefined) {
    // Of a job template that is not known here nobody can say what its steps do.
    if (fields.has('sub_type')) return NOOP;
    report(spot, 'missing-key', 'A step needs a `type`, such as NoOp or Sleep.');
    return undefined;
  }
  const source = type.node.kind === 'scalar' ? type.node.source : '';
  const word = STEP_TYPES.get(source.toLowerCase());
  if (word === undefined) {
    const message = `There is no type of step "${source}": there are ${STEP_TYPE_WORDS}.`;
    report(type, 'unknown-word', message, { hint: 'A job template is named by `sub_type`.' });
    return undefined;
  }
  return workOf(step, type, word);
}

function workOf(step: OneStep, type: Spot, word: StepType): Work | undefined {
  switch (word) {
    case 'noop':
      return NOOP;
    case 'sleep':
      return sleepOf(step.params);
    case 'http':
      return httpOf(step);
    case 'kubernetes':
    case 'notebook':
      return kubernetesOf(step, word);
    case 'titus':
      report(type, 'not-yet', NO_TITUS.why, { hint: NO_TITUS.instead });
      return undefined;
  }
}

const DEFAULT_SLEEP = 3000;
const SLEEP_PARAM = 'sleep_seconds';

function sleepOf(params: readonly ParamDeclaration[]): Work {
  const hasParam = params.some(({ name }) => name === SLEEP_PARAM);
  return { kind: 'sleep', duration: DEFAULT_SLEEP, ...(hasParam ? { param: SLEEP_PARAM } : {}) };
}
