// From text to the contract of a signal: `kind: signal`, its name, and what its parameters must be. Everything that is wrong is told
// at once, with its line.

import { type JsonObject } from '../../json.ts';
import { isJsonObject } from '../../params/infer-type.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { placed, refusalOf } from '../problem.ts';
import { type Fields, readFields, textAt } from '../reading/fields.ts';
import { readJson } from '../reading/json-values.ts';
import { readWord } from '../reading/scalars.ts';
import { type Reading, report, type Spot } from '../reading/spot.ts';
import { parseSource } from '../source/parse-source.ts';
import { looksLikeSchema, schemaProblems } from './schema-problems.ts';
import { readShortForm } from './short-form.ts';

/** The contract of a signal as it was written. */
export interface SignalTypeDefinition {
  readonly name: string;
  readonly description?: string;
  readonly owner?: string;
  /** What the parameters must be. */
  readonly schema: JsonObject;
}

const KEYS = ['kind', 'name', 'description', 'owner', 'params'];
const NAME = /^[\p{L}_][\p{L}\p{N}_.\-/]{0,199}$/u;
const MOST_CHARACTERS = 64_000;

/** Reads a text that holds one contract. */
export function readSignalType(text: string): Result<SignalTypeDefinition, readonly Refusal[]> {
  const [document, ...others] = parseSource(text);
  const root = document?.root;
  if (document === undefined || root === undefined || others.length > 0) return failed(unfit(text));
  const reading: Reading = { problems: [...document.problems], doubtful: new Set(), filesWanted: new Map() };
  const definition = readContract({ reading, node: root, path: [] });
  if (definition !== undefined && reading.problems.length === 0) return success(definition);
  return failed(reading.problems.map((problem) => refusalOf(placed(problem, root))));
}

function readContract(spot: Spot): SignalTypeDefinition | undefined {
  const fields = readFields(spot, { what: 'a signal', keys: KEYS });
  if (fields === undefined) return undefined;
  const kind = fields.get('kind');
  if (kind !== undefined) readWord(kind, ['signal']);
  const name = readName(spot, fields);
  const schema = readParams(spot, fields.get('params'));
  const description = textAt(fields, 'description');
  const owner = textAt(fields, 'owner');
  if (name === undefined || schema === undefined) return undefined;
  return {
    name,
    schema,
    ...(description === undefined ? {} : { description }),
    ...(owner === undefined ? {} : { owner }),
  };
}

function readName(spot: Spot, fields: Fields): string | undefined {
  const name = textAt(fields, 'name');
  if (!fields.has('name')) {
    report(spot, 'missing-key', 'The signal has no `name`.', { hint: 'Write `name: measurements.ready`.' });
  } else if (name !== undefined && !NAME.test(name)) {
    const message = `"${name.slice(0, 60)}" is no name for a signal: it begins with a letter or _ and goes on with letters, digits, _ . - /, 200 characters at most.`;
    report(fields.get('name') ?? spot, 'bad-name', message, { hint: 'Names look like `measurements.ready`.' });
  }
  return name;
}

function readParams(spot: Spot, params: Spot | undefined): JsonObject | undefined {
  if (params === undefined) {
    report(spot, 'missing-key', 'The signal has no `params`: what its publications must bring.', {
      hint: 'Write `params: { rows: long, island: string }`, or `params: {}` for none.',
    });
    return undefined;
  }
  const json = readJson(params);
  if (json === undefined) return undefined;
  if (!isJsonObject(json)) {
    report(params, 'wrong-type', '`params` must be a map of names and types, or a JSON Schema of an object.');
    return undefined;
  }
  const schema = looksLikeSchema(json) ? readSchema(params, json) : readShort(params, json);
  if (JSON.stringify(json).length <= MOST_CHARACTERS) return schema;
  report(params, 'too-large', `\`params\` is longer than ${String(MOST_CHARACTERS)} characters.`);
  return undefined;
}

function readSchema(params: Spot, json: JsonObject): JsonObject | undefined {
  const problems = schemaProblems(json);
  for (const { path, message, hint } of problems) tell(params, 'bad-schema', { path, message, hint });
  if (json['type'] !== undefined && json['type'] !== 'object') {
    tell(params, 'bad-schema', {
      path: ['type'],
      message: 'The parameters of a signal are an object.',
      hint: 'Write `type: object`.',
    });
    return undefined;
  }
  return problems.length === 0 ? { ...json, type: 'object' } : undefined;
}

function readShort(params: Spot, json: JsonObject): JsonObject | undefined {
  const read = readShortForm(json);
  if (read.ok) return read.value;
  for (const { path, message, hint } of read.failure) tell(params, 'unknown-type', { path, message, hint });
  return undefined;
}

/** The place is found by the path, since the values were read as a whole. */
function tell(
  { reading, path: owner }: Spot,
  rule: string,
  {
    path,
    message,
    hint,
  }: { readonly path: readonly string[]; readonly message: string; readonly hint: string | undefined },
): void {
  reading.problems.push({
    rule,
    message,
    path: [...owner, ...path],
    onKey: true,
    ...(hint === undefined ? {} : { hint }),
  });
}

function unfit(text: string): readonly Refusal[] {
  const message =
    text.trim() === ''
      ? 'The text holds no signal.'
      : 'The text holds more than one document, and one is applied at a time.';
  const hint = 'Begin with `kind: signal` and `name:`, and send each document behind `---` on its own.';
  return [{ code: 'BAD_DEFINITION', message, path: ['source'], hint }];
}
