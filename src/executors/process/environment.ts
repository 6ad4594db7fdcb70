// The variables that a step sees: what contract.md lists, and nothing of the server's own. Values are handed over as they are;
// no shell reads them on the way, so `$(…)`, quotes and line breaks stay literal.

import { type Failure } from '../../core/failure.ts';
import { type Entry } from '../../core/json.ts';
import { success, type Result } from '../../core/result.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { authorFailure } from './failures.ts';
import { type Place } from './place.ts';

/** Marks every process of one dispatch, also one that left its process group. */
export const MARKER = 'DOWNBEAT_DISPATCH';

/** What every program gets from the server's own environment. */
export const FROM_SERVER = ['PATH', 'HOME', 'LANG', 'TZ'];

/** What the environment of a step is made of. */
export interface EnvironmentSource {
  readonly spec: AttemptSpec;
  /** The step's own `env`, with the values of secrets. */
  readonly env: readonly Entry<string>[];
  readonly place: Place;
  readonly server: Readonly<Record<string, string | undefined>>;
  readonly serverUrl: string;
  /** Variables that the kind of program needs. */
  readonly kind: readonly Entry<string>[];
  readonly marker: string;
  readonly variableBytes: number;
}

/** The variables, and what a person should know about those that are missing. */
export interface Environment {
  readonly variables: Record<string, string>;
  readonly notes: readonly string[];
}

/** Puts the environment together. The step's own `env` wins over all but the marker. */
export function environmentOf(source: EnvironmentSource): Result<Environment, Failure> {
  const { spec } = source;
  const variables = new Map<string, string>();
  for (const name of FROM_SERVER) {
    const value = source.server[name];
    if (value !== undefined) variables.set(name, value);
  }
  const { entries, notes } = parameterVariables(spec, source.variableBytes);
  for (const { name, value } of entries) variables.set(name, value);
  for (const { name, value } of [...ownVariables(source), ...source.kind, ...source.env]) variables.set(name, value);
  variables.set(MARKER, source.marker);
  for (const [name, value] of variables) {
    const fault = faultOf(name, value);
    if (fault !== undefined) {
      return authorFailure(
        'BAD_ENVIRONMENT',
        `The variable ${JSON.stringify(name)} of step "${spec.stepId}" cannot be set: ${fault}.`,
        'Change the env of the step, or the parameter that it comes from.',
      );
    }
  }
  return success({ variables: Object.fromEntries(variables), notes });
}

function ownVariables({ spec, place, serverUrl }: EnvironmentSource): readonly Entry<string>[] {
  return [
    { name: 'DOWNBEAT_OUTPUTS', value: place.outputs },
    { name: 'DOWNBEAT_SIGNALS', value: place.signals },
    { name: 'DOWNBEAT_HEARTBEAT', value: place.heartbeat },
    { name: 'DOWNBEAT_ARTIFACTS', value: place.artifacts },
    { name: 'DOWNBEAT_INPUTS', value: place.inputs },
    { name: 'DOWNBEAT_PARAMS', value: place.params },
    ...attemptVariables(spec, serverUrl),
  ];
}

/** What tells a program where it belongs. */
export function attemptVariables(spec: AttemptSpec, serverUrl: string): readonly Entry<string>[] {
  const variables = [
    { name: 'DOWNBEAT_URL', value: serverUrl },
    { name: 'DOWNBEAT_RUN_ID', value: spec.runId },
    { name: 'DOWNBEAT_STEP_ID', value: spec.stepId },
    { name: 'DOWNBEAT_ATTEMPT_ID', value: spec.attemptId },
  ];
  if (spec.scheduledFor === undefined) return variables;
  return [...variables, { name: 'DOWNBEAT_SCHEDULED_FOR', value: new Date(spec.scheduledFor).toISOString() }];
}

/** The parameters that are single values, as `PARAM_<NAME>`; and what a person should know about those that are not there. */
export function parameterVariables(
  spec: Pick<AttemptSpec, 'params'>,
  variableBytes: number,
): { readonly entries: readonly Entry<string>[]; readonly notes: readonly string[] } {
  const notes: string[] = [];
  const entries: Entry<string>[] = [];
  const origins = new Map<string, string>();
  for (const [name, value] of Object.entries(spec.params)) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    const variable = `PARAM_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
    const text = String(value);
    const other = origins.get(variable);
    if (other !== undefined) {
      notes.push(`${variable} is the parameter "${other}"; "${name}" is in $DOWNBEAT_PARAMS only.`);
    } else if (Buffer.byteLength(text) > variableBytes) {
      notes.push(`The parameter "${name}" is too long for ${variable}; it is in $DOWNBEAT_PARAMS only.`);
    } else {
      origins.set(variable, name);
      entries.push({ name: variable, value: text });
    }
  }
  return { entries, notes };
}

function faultOf(name: string, value: string): string | undefined {
  if (name === '' || name.includes('=') || name.includes('\0'))
    return 'a name needs a character, and neither = nor NUL';
  return value.includes('\0') ? 'its value holds a NUL character' : undefined;
}
