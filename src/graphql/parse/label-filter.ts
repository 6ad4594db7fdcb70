// Named values in a filter: labels, and parameters of signals.

import { type Entry, type Json } from '../../core/json.ts';
import { badInput } from '../errors/bad-input.ts';
import { parseEntries, parseLabels } from './entries.ts';

/** Reads an object of names and texts. */
export function parseLabelFilter(labels: Json): readonly Entry<string>[] {
  const read = parseLabels(['labels'], labels);
  if (!read.ok) throw badInput(read.failure.map(({ message }) => message).join(' '));
  return read.value;
}

/** Reads an object of names and single values: only those can be looked for. */
export function parseParamFilter(params: Json): readonly Entry<string | number | boolean | null>[] {
  const read = parseEntries(['params'], params);
  if (!read.ok) throw badInput(read.failure.map(({ message }) => message).join(' '));
  return read.value.map(({ name, value }) => {
    if (typeof value === 'object' && value !== null) {
      throw badInput(`The parameter "${name}" is looked for as a list or an object.`, 'Only single values can be.');
    }
    return { name, value };
  });
}
