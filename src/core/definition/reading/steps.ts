// Steps: their order is that of the text, what waits for what is said by `needs`.

import { type Entry } from '../../json.ts';
import { type Need, type OutputDeclaration, type StepDefinition, type Work } from '../model.ts';
import { STEP_KEYS } from '../schema.ts';
import { readDuration } from './duration.ts';
import { type Fields, readEntries, readFields } from './fields.ts';
import { readFilePath } from './file-path.ts';
import { STEP_LATER } from './not-yet.ts';
import { readType } from './params.ts';
import { DEFAULT_RETRY, readRetry } from './retry.ts';
import { isClear, itemsOf, readLooseText, readTexts } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';
import { textAt } from './triggers.ts';
import { readWork } from './work.ts';

const MOST_STEPS = 5000;

/** Reads the steps; one whose work cannot be read stays in the model as `noop`, so that others may need it. */
export function readSteps(spot: Spot): readonly StepDefinition[] {
  if (spot.node.kind !== 'list') {
    const message = `${keyOf(spot)} must be a list, and this is ${nodeName(spot.node)}.`;
    report(spot, 'wrong-type', message, { hint: 'Begin each step with a dash: `- id: download`.' });
    doubt(spot.reading, spot.path);
    return [];
  }
  const items = itemsOf(spot);
  if (items.length > MOST_STEPS) {
    const message = `The workflow has ${String(items.length)} steps, and ${String(MOST_STEPS)} are the most.`;
    report(spot, 'too-many-steps', message, {
      hint: 'Split it into several workflows that start one another by signals.',
    });
    doubt(spot.reading, spot.path);
    return [];
  }
  return items.map(readStep);
}

function readStep(spot: Spot): StepDefinition {
  const fields = readFields(spot, { what: 'a step', keys: STEP_KEYS, later: STEP_LATER }) ?? new Map<string, Spot>();
  const work = readWork(spot, fields);
  reportNoEffect(fields, work);
  if (work === undefined) doubt(spot.reading, [...spot.path, 'work']);
  const name = textAt(fields, 'name');
  const timeout = fields.get('timeout');
  const limit = timeout && readDuration(timeout);
  const retry = fields.get('retry');
  const condition = fields.get('when');
  const when = condition && readCondition(condition);
  return {
    id: readId(spot, fields),
    ...(name === undefined ? {} : { name }),
    needs: readNeeds(fields.get('needs')),
    ...(when === undefined ? {} : { when }),
    work: work ?? { kind: 'noop' },
    env: readEnv(fields.get('env')),
    outputs: readOutputs(fields.get('outputs')),
    artifacts: readArtifacts(fields.get('artifacts')),
    retry: retry === undefined ? DEFAULT_RETRY : readRetry(retry),
    ...(limit === undefined ? {} : { timeout: limit }),
  };
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

/** What the engine itself does has no environment, gives nothing and cannot fail: these keys would have no effect. */
function reportNoEffect(fields: Fields, work: Work | undefined): void {
  if (work?.kind !== 'noop' && work?.kind !== 'sleep' && work?.kind !== 'publish') return;
  for (const key of ['env', 'outputs', 'artifacts', 'retry']) {
    const field = fields.get(key);
    if (field === undefined) continue;
    report(field, 'no-effect', `\`${key}\` has no effect on a step that does \`${work.kind}\`.`, {
      hint: 'Remove it; it belongs to run, python and node.',
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
    const condition = isBare ? undefined : readCondition(edge);
    return condition === undefined ? { step } : { step, condition };
  });
}

/** An expression is a text; `true` and `false` are expressions too. */
function readCondition(spot: Spot): string | undefined {
  const { node } = spot;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return String(node.value);
  if (node.kind === 'scalar' && typeof node.value === 'string') return isClear(spot, node) ? node.value : undefined;
  const message = `${keyOf(spot)} must be an expression, and this is ${nodeName(node)}.`;
  report(spot, 'wrong-type', message, { hint: 'For example when: "steps.clean.rows > 100"' });
  return undefined;
}

function readEnv(spot: Spot | undefined): readonly Entry<string>[] {
  return readNamed(spot, 'Write it as { URL: "${source}" }.').flatMap(([name, member]) => {
    const value = readLooseText(member);
    return value === undefined ? [] : [{ name, value }];
  });
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
