// Steps: their order is that of the text, what waits for what is said by `needs`.

import { type Entry } from '../../json.ts';
import { type FailureMode, type Need, type OutputDeclaration, type StepDefinition, type Work } from '../model.ts';
import { STEP_KEYS, WORK_KEYS } from '../schema.ts';
import { readCondition } from './condition.ts';
import { readDuration } from './duration.ts';
import { type Fields, readEntries, readFields, textAt } from './fields.ts';
import { readFilePath } from './file-path.ts';
import { withAnswer } from './http.ts';
import { setLimitsAside } from './given-limits.ts';
import { STEP_LATER } from './not-yet.ts';
import { readType } from './params.ts';
import { readPermits } from './permits.ts';
import { DEFAULT_RETRY, readRetry } from './retry.ts';
import { itemsOf, readLooseText, readTexts, readWord } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';
import { readWaits } from './wait.ts';
import { kindsOf, readWork } from './work.ts';

const FAILURE_MODES = ['fail-after-running', 'fail-now', 'ignore'] as const;
const EXAMPLE = 'when: "steps.clean.rows > 100"';

/** Reads a list of steps, with those inside loops; one whose work cannot be read stays in the model as `noop`, so that others may need it. */
export function readSteps(spot: Spot): readonly StepDefinition[] {
  if (spot.node.kind !== 'list') {
    const message = `${keyOf(spot)} must be a list, and this is ${nodeName(spot.node)}.`;
    report(spot, 'wrong-type', message, { hint: 'Begin each step with a dash: `- id: download`.' });
    doubt(spot.reading, spot.path);
    return [];
  }
  return itemsOf(spot).map(readStep);
}

function readStep(spot: Spot): StepDefinition {
  const all = readFields(spot, { what: 'a step', keys: STEP_KEYS, later: STEP_LATER }) ?? new Map<string, Spot>();
  const { given, fields } = setLimitsAside(all);
  const work = readWork({ step: spot, fields, readSteps });
  reportNoEffect(all);
  if (work === undefined) doubt(spot.reading, [...spot.path, 'work']);
  const name = textAt(fields, 'name');
  const timeout = fields.get('timeout');
  const limit = timeout && readDuration(timeout);
  const retry = fields.get('retry');
  const condition = fields.get('when');
  const when = condition && readCondition(condition, EXAMPLE);
  const onFailure = fields.get('onFailure');
  const mode = onFailure && readFailureMode(onFailure);
  return {
    id: readId(spot, fields),
    ...(name === undefined ? {} : { name }),
    needs: readNeeds(fields.get('needs')),
    ...(when === undefined ? {} : { when }),
    ...waitsOf(fields.get('wait')),
    ...readPermits(fields),
    work: work ?? { kind: 'noop' },
    env: readEnv(fields.get('env')),
    outputs: outputsOf(fields, work),
    artifacts: readArtifacts(fields.get('artifacts')),
    retry: retry === undefined ? DEFAULT_RETRY : readRetry(retry),
    ...(limit === undefined ? {} : { timeout: limit }),
    ...given,
    ...heartbeatOf(fields.get('heartbeat'), limit),
    ...(mode === undefined ? {} : { onFailure: mode }),
    ...readTemplateOf(spot, fields),
  };
}

/** By now, steps that use templates have been made whole: one that still does stands inside a template. */
function readTemplateOf(spot: Spot, fields: Fields): Pick<StepDefinition, 'template'> {
  const uses = fields.get('uses');
  if (uses !== undefined)
    report(uses, 'not-in-template', 'A step inside a template cannot use a template.', {
      hint: 'Let the template build on the other one by `extends`, or write the step out.',
    });
  const stored = spot.reading.templates?.get(spot.node);
  if (stored === undefined) return {};
  return { template: { id: stored.template.id, version: stored.version, source: stored.source } };
}

/** One that is as long as the timeout would never be the first to end the step. */
function heartbeatOf(spot: Spot | undefined, timeout: number | undefined): Pick<StepDefinition, 'heartbeat'> {
  const heartbeat = spot && readDuration(spot);
  if (spot === undefined || heartbeat === undefined) return {};
  if (timeout !== undefined && heartbeat >= timeout) {
    report(spot, 'no-effect', '`heartbeat` has no effect where `timeout` is not longer: that ends the step first.', {
      hint: 'Make the heartbeat shorter than the timeout, or remove one of them.',
    });
  }
  return { heartbeat };
}

function waitsOf(spot: Spot | undefined): Pick<StepDefinition, 'waits'> {
  return spot === undefined ? {} : { waits: readWaits(spot) };
}

/** What would hold anyway is left out, so that both ways of writing mean the same definition. */
function readFailureMode(spot: Spot): FailureMode | undefined {
  const mode = readWord(spot, FAILURE_MODES);
  return mode === 'fail-after-running' ? undefined : mode;
}

/** A step that cannot be named is in doubt, and so is whatever asks which steps there are. */
function readId(spot: Spot, fields: Fields): string {
  const id = textAt(fields, 'id');
  if (id !== undefined) return id;
  const list = spot.path.slice(0, -1);
  if (!fields.has('id') && spot.node.kind === 'map') {
    report(spot, 'missing-key', 'A step needs an `id`.', { hint: 'Begin it with `- id: download`, say.' });
  }
  doubt(spot.reading, [...spot.path, 'id']);
  doubt(spot.reading, list);
  return '';
}

/** Where nothing is done while it waits, nothing is held. */
const PERMITTED = WORK_KEYS.filter((kind) => kind !== 'wait' && kind !== 'approve');

/** What is done at once, or after a time of its own, cannot take too long. */
const TIMED = WORK_KEYS.filter((kind) => kind !== 'noop' && kind !== 'sleep' && kind !== 'publish');

/** Keys that only say something beside some kinds of work, by the native names of those. */
const BELONGS: readonly (readonly [key: string, kinds: readonly string[]])[] = [
  ['env', ['run', 'python', 'node', 'notebook', 'kubernetes']],
  ['outputs', ['run', 'python', 'node', 'notebook', 'http', 'kubernetes']],
  ['artifacts', ['run', 'python', 'node', 'notebook']],
  ['requirements', ['python', 'notebook']],
  ['retry', ['run', 'python', 'node', 'notebook', 'http', 'kubernetes', 'foreach', 'while', 'workflow']],
  ['steps', ['foreach', 'while']],
  ['concurrency', ['foreach']],
  ['strictOrdering', ['foreach']],
  ['tolerate', ['foreach']],
  ['timeout', TIMED],
  ['heartbeat', ['run', 'python', 'node', 'notebook']],
  ['values', ['while']],
  ...['pool', 'pools', 'tags', 'priority'].map((key) => [key, PERMITTED] as const),
];

/** Tells keys that would have no effect; not when it is unclear what the step does. */
function reportNoEffect(fields: Fields): void {
  const [kind, ...others] = kindsOf(fields);
  if (kind === undefined || others.length > 0) return;
  for (const [key, kinds] of BELONGS) {
    const field = fields.get(key);
    if (field === undefined || kinds.includes(kind)) continue;
    const last = kinds.length > 1 ? ` and ${kinds.at(-1) ?? ''}` : '';
    const belongs = kinds.length > 1 ? kinds.slice(0, -1).join(', ') : (kinds[0] ?? '');
    report(field, 'no-effect', `\`${key}\` has no effect on a step that does \`${kind}\`.`, {
      hint: `Remove it; it belongs to ${belongs}${last}.`,
      ...(field.keyAt === undefined ? {} : { at: field.keyAt }),
    });
  }
}

function readNeeds(spot: Spot | undefined): readonly Need[] {
  if (spot === undefined) return [];
  const { node } = spot;
  if (node.kind !== 'map') return readTexts(spot).map(([step]) => ({ step }));
  return readEntries(spot, node).map(([step, edge]) => {
    const isBare = edge.node.kind === 'scalar' && edge.node.value === null;
    const condition = isBare ? undefined : readCondition(edge, EXAMPLE);
    return condition === undefined ? { step } : { step, condition };
  });
}

function readEnv(spot: Spot | undefined): readonly Entry<string>[] {
  return readNamed(spot, 'Write it as { URL: "${source}" }.').flatMap(([name, member]) => {
    const value = readLooseText(member);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** What the step declares, and what its kind gives without being asked. */
function outputsOf(fields: Fields, work: Work | undefined): readonly OutputDeclaration[] {
  const declared = readOutputs(fields.get('outputs'));
  return work?.kind === 'http' ? withAnswer(declared, fields.get('outputs')) : declared;
}

function readOutputs(spot: Spot | undefined): readonly OutputDeclaration[] {
  return readNamed(spot, 'Write them with their types: { rows: long }.').map(([name, member]) => {
    const type = readType(member);
    if (type === undefined) doubt(member.reading, member.path);
    return { name, type: type ?? 'string' };
  });
}

function readNamed(spot: Spot | undefined, hint: string): readonly (readonly [string, Spot])[] {
  if (spot === undefined) return [];
  if (spot.node.kind === 'map') return readEntries(spot, spot.node);
  report(spot, 'wrong-type', `${keyOf(spot)} must be a map, and this is ${nodeName(spot.node)}.`, { hint });
  doubt(spot.reading, spot.path);
  return [];
}

function readArtifacts(spot: Spot | undefined): readonly string[] {
  if (spot === undefined) return [];
  return readTexts(spot).flatMap(([text, item]) => readFilePath(item, text) ?? []);
}
