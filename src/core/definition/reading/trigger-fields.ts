// What triggers of all kinds have: a name and parameters.

import { type Entry } from '../../json.ts';
import { type TriggerDefinition } from '../model.ts';
import { type Fields, textAt } from './fields.ts';
import { readNamedValues } from './json-values.ts';

/** A trigger without the name that it may still need. */
export type Unnamed<T extends TriggerDefinition> = T extends TriggerDefinition
  ? Omit<T, 'name'> & { readonly name?: string }
  : never;

/** Reads the name and the parameters. */
export function readShared(fields: Fields): { readonly name?: string; readonly params: readonly Entry[] } {
  const params = fields.get('params');
  const name = textAt(fields, 'name');
  return { params: params === undefined ? [] : readNamedValues(params), ...(name === undefined ? {} : { name }) };
}
