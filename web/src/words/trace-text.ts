// Where a parameter got its value, in words: the layer that set it, and what that replaced.

import { type ParamLayer, type ParamTrace } from '../api/shapes.ts';
import { valueText } from './value-text.ts';

const SET: Readonly<Record<string, string>> = {
  DEFAULT: 'Every run has it',
  DEFINITION: 'From the definition',
  LAUNCH: 'Set at the start',
  TIME_TRIGGER: 'Set by the time trigger that started it',
  SIGNAL: 'From the signal that started it',
  SUBWORKFLOW: 'From the run that runs this one',
  RESTART: 'Set when it was run again',
};

const REPLACED: Readonly<Record<string, string>> = {
  DEFAULT: 'that every run has',
  DEFINITION: 'from the definition',
  LAUNCH: 'set at the start',
  TIME_TRIGGER: 'from the time trigger',
  SIGNAL: 'from the signal',
  SUBWORKFLOW: 'from the run that runs this one',
  RESTART: 'set when it was run again before',
};

/** "Set at the start, over 40 from the definition": the newest layer first. */
export function traceText({ source, overridden }: Pick<ParamTrace, 'source' | 'overridden'>): string {
  const before = [...overridden].reverse().map((layer) => `over ${layerText(layer)}`);
  return [SET[source] ?? source.toLowerCase(), ...before].join(', ');
}

function layerText({ source, value, expression }: ParamLayer): string {
  const what = expression ?? (value === null ? 'nothing' : valueText(value));
  return `${what} ${REPLACED[source] ?? source.toLowerCase()}`;
}
