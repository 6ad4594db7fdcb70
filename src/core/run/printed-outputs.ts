// What an imported step prints between its marks (maestro-behaviour §2.8, §3.9, §6.6): `{"params": …, "artifacts": …}`. Parameters of
// its own get new values of their own types; two artifacts mean something to the engine, and nothing is kept of the others.

import { type OutputDeclaration } from '../definition/model.ts';
import { nameFaults } from '../definition/identifiers.ts';
import { nearest } from '../expression/nearest.ts';
import { type ValueType } from '../expression/value.ts';
import { type Entry, type Json, type JsonObject } from '../json.ts';
import { isJsonArray, isJsonObject, jsonTypeName } from '../params/infer-type.ts';
import { fromJson, toJson } from '../params/value.ts';
import { type Result, failed, success } from '../result.ts';

/** What a step said by printing it. */
export interface PrintedOutputs {
  /** In the order of their declarations; what it did not print is not among them. */
  readonly outputs: readonly Entry[];
  readonly signals: readonly { readonly name: string; readonly params: readonly Entry[] }[];
  /** If the step has failed, another try would not help. */
  readonly isFinal: boolean;
  /** Sentences for its log: what of it means nothing here. */
  readonly notes: readonly string[];
}

/** Reads the text between the marks; the failure is what is wrong with it, as the end of a sentence. */
export function printedOutputs(text: string, declared: readonly OutputDeclaration[]): Result<PrintedOutputs, string> {
  const json = parsed(text);
  if (json === undefined) return failed('it is not JSON');
  if (isTooDeep(json)) return failed(`it is nested more than ${String(DEEPEST)} deep`);
  if (!isJsonObject(json)) return failed(`it is no JSON object but a ${jsonTypeName(json)}`);
  const { params = null, artifacts = null, ...others } = json as Readonly<Record<string, Json>>;
  const outputs = outputsOf(params, declared);
  if (!outputs.ok) return outputs;
  const rest = restOf(artifacts ?? {});
  if (!rest.ok) return rest;
  const leftOut = Object.keys(others).map(
    (name) => `${JSON.stringify(name)} stands beside \`params\` and \`artifacts\` and was left out.`,
  );
  return success({ ...rest.value, outputs: outputs.value, notes: [...rest.value.notes, ...leftOut] });
}

const SIGNALS = 'maestro_dynamic_output';
const RETRY = 'maestro_retry';
const DEEPEST = 100;
const INSTEAD = 'store what is large elsewhere, and print its address as the value of a parameter.';

function restOf(artifacts: Json): Result<Omit<PrintedOutputs, 'outputs'>, string> {
  if (artifacts === null || !isJsonObject(artifacts)) return failed('`artifacts` is no map');
  const { [SIGNALS]: dynamic = null, [RETRY]: retry = null, ...others } = artifacts as Readonly<Record<string, Json>>;
  const signals = signalsOf(dynamic);
  if (!signals.ok) return signals;
  return success({
    signals: signals.value,
    isFinal: retry !== null && isJsonObject(retry) && retry['retryable'] === false,
    notes: Object.keys(others).map(
      (name) => `The artifact ${JSON.stringify(name)} that the step printed was not kept: ${INSTEAD}`,
    ),
  });
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Level by level: what is too deep is too deep for a function that calls itself. */
function isTooDeep(json: Json): boolean {
  let level: readonly Json[] = [json];
  for (let depth = 0; depth <= DEEPEST; depth++) {
    level = level.flatMap((one) => (isJsonArray(one) ? one : isJsonObject(one) ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function outputsOf(params: Json, declared: readonly OutputDeclaration[]): Result<readonly Entry[], string> {
  if (params === null) return success([]);
  if (!isJsonObject(params)) return failed('`params` is no map of names and parameters');
  const values = new Map<string, Json>();
  for (const [name, param] of Object.entries(params)) {
    const output = declared.find((one) => one.name === name);
    if (output === undefined) return failed(undeclared(name, declared));
    const value = valueOf(param, output.type);
    if (!value.ok) return failed(`the parameter "${name}" ${value.failure}`);
    values.set(name, value.value);
  }
  return success(
    declared.flatMap(({ name }) => {
      const value = values.get(name);
      return value === undefined ? [] : [{ name, value }];
    }),
  );
}

function undeclared(name: string, declared: readonly OutputDeclaration[]): string {
  const names = declared.map((one) => one.name);
  const near = nearest(name, names);
  const instead =
    near === undefined
      ? `it may set ${names.length === 0 ? 'none' : names.join(', ')}, the parameters of the step whose mode is MUTABLE`
      : `did you mean "${near}"?`;
  return `${JSON.stringify(name)} is no parameter that the step may set: ${instead}`;
}

/** `{"type": …, "value": …}`, or what was worked out of it as `evaluated_result`. The failure goes on behind a name. */
function valueOf(param: Json, wanted: ValueType): Result<Json, string> {
  if (!isJsonObject(param)) return failed('is no map with `type` and `value`');
  const { type = null } = param as Readonly<Record<string, Json>>;
  if (type !== null && typeOf(param) !== wanted) {
    return failed(`is a ${wanted.toUpperCase()} of the step, and its \`type\` is ${shown(type)}`);
  }
  const plain = plainOf(param, wanted);
  if (!plain.ok) return plain;
  if (plain.value === null) return failed('has neither `value` nor `evaluated_result`');
  const read = fromJson(wanted, plain.value);
  return read.ok ? success(toJson(wanted, read.value)) : failed(`does not fit: ${read.failure}`);
}

function shown(type: Json): string {
  return typeof type === 'string' ? JSON.stringify(type.slice(0, 40)) : `a ${jsonTypeName(type)}`;
}

function plainOf(param: JsonObject, wanted: ValueType): Result<Json, string> {
  const { value = null, evaluated_result: evaluated = null } = param as Readonly<Record<string, Json>>;
  return evaluated !== null || wanted !== 'map' ? success(evaluated ?? value) : plainMap(value);
}

/** The members of a MAP are parameters themselves. */
function plainMap(value: Json): Result<Json, string> {
  if (value === null || !isJsonObject(value)) return success(value);
  const members: (readonly [string, Json])[] = [];
  for (const [name, param] of Object.entries(value)) {
    const type = isJsonObject(param) ? typeOf(param) : undefined;
    if (type === undefined)
      return failed(`has a member ${JSON.stringify(name)} that is no map with \`type\` and \`value\``);
    const member = valueOf(param, type);
    if (!member.ok) return failed(`has a member ${JSON.stringify(name)} that ${member.failure}`);
    members.push([name, member.value]);
  }
  return success(Object.fromEntries(members));
}

const TYPES: readonly ValueType[] = [
  'string',
  'long',
  'double',
  'boolean',
  'string_array',
  'long_array',
  'double_array',
  'boolean_array',
  'string_map',
  'map',
];

function typeOf({ type = null }: Readonly<Record<string, Json>>): ValueType | undefined {
  return typeof type === 'string' ? TYPES.find((known) => known === type.toLowerCase()) : undefined;
}

function signalsOf(artifact: Json): Result<PrintedOutputs['signals'], string> {
  if (artifact === null) return success([]);
  const list = isJsonObject(artifact) ? (artifact['signal_outputs'] ?? null) : artifact;
  if (list === null) return success([]);
  if (!isJsonArray(list)) return failed(`\`${SIGNALS}\` has no list \`signal_outputs\``);
  const signals: PrintedOutputs['signals'][number][] = [];
  for (const [index, one] of list.entries()) {
    const signal = signalOf(one);
    if (!signal.ok) return failed(`signal ${String(index + 1)} of \`${SIGNALS}\` ${signal.failure}`);
    signals.push(signal.value);
  }
  return success(signals);
}

/** A MAP with `name`, and everything else its parameters: beside it, or as a map `params`. */
function signalOf(json: Json): Result<PrintedOutputs['signals'][number], string> {
  const map = valueOf(json, 'map');
  if (!map.ok) return map;
  const { name = null, params, ...beside } = map.value as Readonly<Record<string, Json>>;
  if (typeof name !== 'string' || name === '') return failed('has no `name`');
  const [fault] = nameFaults(name);
  if (fault !== undefined) return failed(`cannot be called ${JSON.stringify(name.slice(0, 80))}: ${fault}`);
  const inside = params !== undefined && isJsonObject(params) ? params : undefined;
  return success({ name, params: entriesOf({ ...(inside ?? (params === undefined ? {} : { params })), ...beside }) });
}

function entriesOf(map: JsonObject): readonly Entry[] {
  return Object.entries(map).map(([name, value]) => ({ name, value }));
}
