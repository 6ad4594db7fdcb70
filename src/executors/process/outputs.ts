// What a step gave as outputs: lines `name=value`, or JSON lines `{"name": value}`. Only declared ones, all of them, each of its type.
// A name that is given again takes the later value.

import { nearest } from '../../core/expression/nearest.ts';
import { type Value, type ValueType } from '../../core/expression/value.ts';
import { type OutputDeclaration } from '../../core/definition/model.ts';
import { type Failure } from '../../core/failure.ts';
import { type Entry, type Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/params/infer-type.ts';
import { parseText } from '../../core/params/parse-text.ts';
import { fromJson, toJson } from '../../core/params/value.ts';
import { failed, success, type Result } from '../../core/result.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { authorFailure, stepFailure } from './failures.ts';
import { type AttemptLimits } from './limits.ts';
import {
  inexactInteger,
  parseJsonLine,
  readReport,
  type ReportBounds,
  type ReportFile,
  reportLines,
  type ReportLine,
} from './report-file.ts';

/** A value as the step wrote it, before its type is known. */
interface Given {
  readonly name: string;
  readonly line: number;
  /** How many bytes it took to write. */
  readonly bytes: number;
  read(type: ValueType): Result<Value, string>;
}

/** Reads the outputs of a step from the file at `path`, in the order of their declarations. */
export async function collectOutputs(
  spec: AttemptSpec,
  path: string,
  bounds: ReportBounds,
): Promise<Result<readonly Entry[], Failure>> {
  const lines = await readReport({ ...reportOf(spec, bounds), path });
  return lines.ok ? outputsOf(spec, lines.value, bounds.limits) : lines;
}

/** Reads them from what stood in that file. */
export function outputsIn(
  spec: AttemptSpec,
  content: Uint8Array,
  bounds: ReportBounds,
): Result<readonly Entry[], Failure> {
  const lines = reportLines(content, reportOf(spec, bounds));
  return lines.ok ? outputsOf(spec, lines.value, bounds.limits) : lines;
}

function reportOf({ stepId }: AttemptSpec, bounds: ReportBounds): Omit<ReportFile, 'path'> {
  return { variable: 'DOWNBEAT_OUTPUTS', stepId, bounds, limitCode: 'OUTPUT_LIMIT', badCode: 'BAD_OUTPUT' };
}

function outputsOf(
  spec: AttemptSpec,
  lines: readonly ReportLine[],
  limits: AttemptLimits,
): Result<readonly Entry[], Failure> {
  const values = new Map<string, Json>();
  for (const line of lines) {
    const given = givenBy(line);
    if (!given.ok) return badOutput(spec, line.number, given.failure);
    for (const one of given.value) {
      const read = readOne(spec, one, limits);
      if (!read.ok) return read;
      values.set(one.name, read.value);
    }
  }
  return inOrder(spec, values);
}

function givenBy(line: ReportLine): Result<readonly Given[], string> {
  if (line.text.trimStart().startsWith('{')) return givenAsJson(line);
  const equals = line.text.indexOf('=');
  if (equals <= 0) return failed('it is neither name=value nor {"name": value}');
  const text = line.text.slice(equals + 1);
  return success([
    {
      name: line.text.slice(0, equals).trim(),
      line: line.number,
      bytes: Buffer.byteLength(text),
      read: (type) => parseText(type, text),
    },
  ]);
}

function givenAsJson(line: ReportLine): Result<readonly Given[], string> {
  const json = parseJsonLine(line.text);
  if (!json.ok) return json;
  if (!isJsonObject(json.value)) return failed('it is not an object {"name": value}');
  const inexact = inexactInteger(line.text);
  return success(
    Object.entries(json.value).map(([name, value]) => ({
      name,
      line: line.number,
      bytes: Buffer.byteLength(JSON.stringify(value)),
      read: (type: ValueType) =>
        inexact !== undefined && !type.startsWith('double')
          ? failed(`${inexact} is beyond ±2^53, where a JSON number is not exact: write it in quotes`)
          : fromJson(type, value),
    })),
  );
}

function readOne(spec: AttemptSpec, given: Given, limits: AttemptLimits): Result<Json, Failure> {
  const declared = spec.outputs.find((output) => output.name === given.name);
  if (declared === undefined) return undeclared(spec, given.name);
  if (given.bytes > limits.outputBytes) {
    return stepFailure(
      'OUTPUT_LIMIT',
      `The output "${given.name}" of step "${spec.stepId}" has ${String(given.bytes)} bytes; a value may have ${String(limits.outputBytes)}.`,
      'Keep what is large as an artifact and give its name as the output.',
    );
  }
  const value = given.read(declared.type);
  if (!value.ok)
    return badOutput(spec, given.line, `"${given.name}" is declared as ${declared.type}: ${value.failure}`);
  return success(toJson(declared.type, value.value));
}

function inOrder(spec: AttemptSpec, values: ReadonlyMap<string, Json>): Result<readonly Entry[], Failure> {
  const outputs: Entry[] = [];
  for (const { name } of spec.outputs) {
    const value = values.get(name);
    if (value === undefined) return missing(spec, name);
    outputs.push({ name, value });
  }
  return success(outputs);
}

function undeclared(spec: AttemptSpec, name: string): Result<never, Failure> {
  const near = nearest(name, spec.outputs.map(nameOf));
  const known = spec.outputs.length === 0 ? 'It declares none.' : `It declares ${spec.outputs.map(nameOf).join(', ')}.`;
  return authorFailure(
    'UNDECLARED_OUTPUT',
    `Step "${spec.stepId}" gave the output "${name}", which it does not declare.`,
    near === undefined ? `${known} Add it to the outputs of the step, with its type.` : `Did you mean "${near}"?`,
  );
}

function badOutput(spec: AttemptSpec, line: number, why: string): Result<never, Failure> {
  return stepFailure(
    'BAD_OUTPUT',
    `Line ${String(line)} of $DOWNBEAT_OUTPUTS of step "${spec.stepId}" cannot be read: ${why}.`,
    'Write name=value, or a JSON line {"name": value}, with a value of the declared type.',
  );
}

function missing(spec: AttemptSpec, name: string): Result<never, Failure> {
  return stepFailure(
    'MISSING_OUTPUT',
    `Step "${spec.stepId}" declares the output "${name}" and did not give it.`,
    `Write it before the step ends, as in: echo "${name}=…" >> "$DOWNBEAT_OUTPUTS"`,
  );
}

function nameOf(output: OutputDeclaration): string {
  return output.name;
}
