// What imported workflows take that ours refuse: names that nobody declared are NULL in their expressions, and a start may
// give them parameters that they do not declare (maestro-behaviour §3.4).

import { type Definition } from '../../definition/model.ts';
import { type Context } from '../../expression/context.ts';
import { type Entry } from '../../json.ts';
import { DEFAULT_PARAMS, isSettableDefault } from '../../params/defaults.ts';
import { inferType } from '../../params/infer-type.ts';
import { type ResolvedParam } from '../../params/merge.ts';
import { isReservedParam } from '../../params/reserved.ts';
import { type Declared } from '../../params/resolve-params.ts';
import { type TypedEntry } from '../../params/typed-entry.ts';

/** How expressions of a definition treat names that nobody declared. */
export function leniency({ dialect }: Definition): Pick<Context, 'undefinedNames'> {
  return dialect === 'maestro' ? { undefinedNames: 'null' } : {};
}

/** The parameters that a run of the workflow may have: those it declares, and if it is imported all that it is or was given. */
export function declaredFor(
  { dialect, params }: Definition,
  given: readonly TypedEntry[],
  previous: readonly ResolvedParam[] = [],
): readonly Declared[] {
  if (dialect !== 'maestro') return params;
  const known = new Set([...params.map(({ name }) => name), ...DEFAULT_PARAMS.keys()]);
  const kept = previous.filter(({ name }) => !known.has(name)).map(({ name, type }) => ({ name, type }));
  for (const { name } of kept) known.add(name);
  const added = new Map<string, Declared>();
  for (const { name, value, type: told } of given) {
    const type = told ?? inferType(value);
    if (!known.has(name) && !isReservedParam(name) && type !== undefined) added.set(name, { name, type });
  }
  return [...params, ...kept, ...added.values()];
}

/** What a workflow takes of what another hands down to it: what it was not told anyway, and of ours only what is declared. */
export function takenOver(
  { dialect, params }: Definition,
  inherited: readonly TypedEntry[],
  given: readonly Entry[],
): readonly TypedEntry[] {
  const own = new Set(params.map(({ name }) => name));
  const told = new Set(given.map(({ name }) => name));
  return inherited.filter(({ name }) => {
    if (told.has(name) || isReservedParam(name)) return false;
    if (own.has(name) || isSettableDefault(name)) return true;
    return dialect === 'maestro' && !DEFAULT_PARAMS.has(name);
  });
}
