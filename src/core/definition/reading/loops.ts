// Loops: `foreach` and `while`, with what stands beside them in the step. A part that cannot be read is in doubt, and the
// rest is read all the same, so that what is wrong inside the loop is told too.

import { type ForeachWork, type LoopValues, type ScalarType, type StepDefinition, type WhileWork } from '../model.ts';
import { readCondition } from './condition.ts';
import { type Fields, readEntries } from './fields.ts';
import { readBareValue } from './json-values.ts';
import { PERCENT } from '../schema-parts.ts';
import { isClear, itemsOf, readCount, readFlag } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';

const MOST_AT_ONCE = 1000;
const DEEPEST = 9;
const MOST_LOST = 100_000;

/** Reads the steps inside a loop. */
export type ReadSteps = (spot: Spot) => readonly StepDefinition[];

/** A step that is a loop: its spot, its keys, and how steps are read. */
export interface LoopSpot {
  readonly step: Spot;
  readonly fields: Fields;
  readonly readSteps: ReadSteps;
}

/** Reads `foreach: { island: [Biscoe, Dream] }` with the keys beside it. */
export function readForeach(spot: Spot, loop: LoopSpot): ForeachWork {
  const concurrency = loop.fields.get('concurrency');
  const strict = loop.fields.get('strictOrdering');
  const limit = concurrency && readCount(concurrency, 1, MOST_AT_ONCE);
  const isStrict = strict !== undefined && readFlag(strict) === true;
  return {
    kind: 'foreach',
    over: readOver(spot),
    ...(limit === undefined ? {} : { concurrency: limit }),
    ...(isStrict ? { strictOrdering: true } : {}),
    ...readTolerance(loop.fields.get('tolerate')),
    steps: readBody(spot, loop),
  };
}

/** Reads `tolerate: 3` or `tolerate: 10%`. None at all is what holds anyway. */
function readTolerance(spot: Spot | undefined): Pick<ForeachWork, 'tolerate'> {
  if (spot === undefined) return {};
  const { node } = spot;
  const text = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
  const percent = text === undefined ? undefined : PERCENT.exec(text)?.[1];
  if (percent !== undefined) return Number(percent) === 0 ? {} : { tolerate: { percent: Number(percent) } };
  if (text !== undefined) {
    const message = `\`tolerate\` must be a number of rounds, or so many of a hundred, and this is \`${text}\`.`;
    report(spot, 'wrong-type', message, { hint: 'Write tolerate: 3, or tolerate: 10%' });
    return {};
  }
  const count = readCount(spot, 0, MOST_LOST);
  return count === undefined || count === 0 ? {} : { tolerate: count };
}

/** Reads `while: "i < 3"` with the keys beside it. */
export function readWhile(spot: Spot, loop: LoopSpot): WhileWork {
  const condition = readCondition(spot, 'while: "i < 3", with values: { i: 0 } beside it');
  if (condition === undefined) doubt(spot.reading, spot.path);
  const values = loop.fields.get('values');
  return {
    kind: 'while',
    condition: condition ?? 'false',
    values: values === undefined ? [] : readFirstValues(values),
    steps: readBody(spot, loop),
  };
}

function readBody(spot: Spot, { step, fields, readSteps }: LoopSpot): readonly StepDefinition[] {
  const steps = fields.get('steps');
  if (steps === undefined) {
    report(spot, 'missing-key', `${keyOf(spot)} needs \`steps\`: what is to be done in each round.`, {
      ...(spot.keyAt === undefined ? {} : { at: spot.keyAt }),
      hint: 'Add steps: [{ id: greet, run: "echo hello" }]',
    });
    doubt(step.reading, [...step.path, 'steps']);
    return [];
  }
  if (loopsAround(step) < DEEPEST) return readSteps(steps);
  report(steps, 'too-deep', `Loops stand inside one another more than ${String(DEEPEST)} deep.`, {
    hint: 'Make the inner ones a workflow of their own, and start it with `workflow:`.',
  });
  doubt(steps.reading, steps.path);
  return [];
}

/** The path to a step is that of its list and its index: `steps 0`, or inside a loop `steps 0 steps 0`. */
function loopsAround(step: Spot): number {
  return step.path.length / 2 - 1;
}

function readOver(spot: Spot): readonly LoopValues[] {
  const { node } = spot;
  if (node.kind === 'map' && node.entries.size > 0) return readEntries(spot, node).map(readValuesOf);
  const given = node.kind === 'map' ? 'names none' : `is ${nodeName(node)}`;
  const message = `\`foreach\` must be a map of names and their values, and this ${given}.`;
  report(spot, 'wrong-type', message, { hint: 'Write it as foreach: { island: [Biscoe, Dream] }' });
  doubt(spot.reading, spot.path);
  return [];
}

/** A list is the values; a text is an expression that gives them. */
function readValuesOf([name, spot]: readonly [string, Spot]): LoopValues {
  const values = spot.node.kind === 'list' ? readList(spot) : readExpression(spot);
  if (values === undefined) doubt(spot.reading, spot.path);
  return { name, ...(values ?? { type: 'string', values: [] }) };
}

type Nameless<T> = T extends unknown ? Omit<T, 'name'> : never;

function readList(spot: Spot): Nameless<LoopValues> | undefined {
  const isPlain = itemsOf(spot).map(isWithoutTemplate);
  if (isPlain.includes(false)) return undefined;
  const read = readBareValue(spot);
  const type = read && ITEMS.get(read.type);
  return read === undefined || type === undefined ? undefined : { type, values: read.value as ForeachValues };
}

type ForeachValues = Extract<LoopValues, { readonly values: unknown }>['values'];

const ITEMS: ReadonlyMap<string, ScalarType> = new Map([
  ['string_array', 'string'],
  ['long_array', 'long'],
  ['double_array', 'double'],
  ['boolean_array', 'boolean'],
]);

function readExpression(spot: Spot): Nameless<LoopValues> | undefined {
  const { node } = spot;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    const message = `${keyOf(spot)} must be a list of values or an expression that gives one, and this is ${nodeName(node)}.`;
    const { kind } = node;
    const written = kind === 'scalar' && node.value !== null ? `[${node.source}]` : '[Biscoe, Dream]';
    report(spot, 'wrong-type', message, { hint: `Write the values as a list: ${written}` });
    return undefined;
  }
  if (!isClear(spot, node)) return undefined;
  const name = /^\s*\$\{([^{}]*)\}\s*$/u.exec(node.value)?.[1];
  if (name === undefined) return { expression: node.value };
  const message = `${keyOf(spot)} is an expression, where names stand by themselves and nothing is filled in.`;
  report(spot, 'bad-expression', message, { hint: `Write ${name}`, suggestion: name });
  return undefined;
}

function readFirstValues(spot: Spot): WhileWork['values'] {
  const { node } = spot;
  if (node.kind === 'map') {
    return readEntries(spot, node).map(([name, value]) => {
      const first = readFirstValue(value);
      if (first === undefined) doubt(value.reading, value.path);
      return { name, ...(first ?? { type: 'string', value: '' }) };
    });
  }
  const message = `\`values\` must be a map of names and their first values, and this is ${nodeName(node)}.`;
  report(spot, 'wrong-type', message, { hint: 'Write it as values: { i: 0 }' });
  doubt(spot.reading, spot.path);
  return [];
}

function readFirstValue(spot: Spot): Nameless<WhileWork['values'][number]> | undefined {
  if (!isWithoutTemplate(spot)) return undefined;
  const read = spot.node.kind === 'scalar' && spot.node.value !== null ? readBareValue(spot) : undefined;
  const type = SCALARS.find((scalar) => scalar === read?.type);
  if (read !== undefined && type !== undefined) return { type, value: read.value };
  if (spot.node.kind === 'scalar' && spot.node.value !== null) return undefined;
  const message = `${keyOf(spot)} must be a text, a number or a boolean, and this is ${nodeName(spot.node)}.`;
  report(spot, 'wrong-type', message);
  return undefined;
}

const SCALARS: readonly ScalarType[] = ['string', 'long', 'double', 'boolean'];

function isWithoutTemplate(spot: Spot): boolean {
  const { node } = spot;
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || !node.value.includes('${')) return true;
  report(spot, 'bad-template', `The values of a loop are plain, and \${…} is not filled in.`, {
    hint: 'Let `foreach` take an expression that gives all values, such as a parameter by its name.',
  });
  return false;
}
