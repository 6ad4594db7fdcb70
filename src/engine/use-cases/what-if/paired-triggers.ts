// Which trigger of the definition that is asked about stands for which real one: the one of the same name; and where one is left over on
// either side, these two.

import { armedTriggers } from '../../../core/definition/armed-triggers.ts';
import { type Definition } from '../../../core/definition/model.ts';
import { type Refusal } from '../../../core/refusal.ts';
import { type Result, failed, success } from '../../../core/result.ts';
import { type Standing } from '../../../core/what-if/pasts.ts';
import { type WhatIfTrigger } from '../../what-if-cases.ts';

/** A trigger as it was, if there was one, and as it would have been, if there would have been one. */
export interface PairedTrigger {
  /** Its name. */
  readonly real?: string;
  readonly changed?: Standing;
}

/** Pairs the triggers of a definition with those that the versions in force had, and takes those that are wanted. */
export function pairedTriggers(
  definition: Definition,
  inForce: readonly Definition[],
  wanted: readonly string[] | undefined,
): Result<readonly PairedTrigger[], readonly Refusal[]> {
  const triggers = armedTriggers(definition.triggers);
  const names = new Set(triggers.map(({ name }) => name));
  const latest = armedTriggers(inForce.at(-1)?.triggers ?? []).map(({ name }) => name);
  const ever = new Set(inForce.flatMap((one) => armedTriggers(one.triggers).map(({ name }) => name)));
  const added = triggers.filter(({ name }) => !ever.has(name));
  const left = latest.filter((name) => !names.has(name));
  const [only] = left;
  const renamed = added.length === 1 && left.length === 1 ? only : undefined;
  const pairs: readonly PairedTrigger[] = [
    ...triggers.map((trigger): PairedTrigger => {
      const real = ever.has(trigger.name) ? trigger.name : renamed;
      return { ...(real === undefined ? {} : { real }), changed: { definition, trigger } };
    }),
    ...left.filter((name) => name !== renamed).map((real): PairedTrigger => ({ real })),
  ];
  return wanted === undefined ? success(pairs) : chosen(pairs, wanted);
}

function chosen(
  pairs: readonly PairedTrigger[],
  wanted: readonly string[],
): Result<readonly PairedTrigger[], readonly Refusal[]> {
  const isNamed = (pair: PairedTrigger, name: string): boolean => namesOf(pair).includes(name);
  const unknown = wanted.filter((name) => !pairs.some((pair) => isNamed(pair, name)));
  if (unknown.length === 0) return success(pairs.filter((pair) => wanted.some((name) => isNamed(pair, name))));
  const known = [...new Set(pairs.flatMap(namesOf))];
  return failed(
    unknown.map((name) => ({
      code: 'NOT_FOUND',
      message: `There is no trigger "${name}", neither in the definition nor in the workflow as it was.`,
      path: ['triggers'],
      hint: known.length === 0 ? 'There are no triggers at all.' : `There is ${known.join(', ')}.`,
    })),
  );
}

function namesOf({ real, changed }: PairedTrigger): readonly string[] {
  return [real, changed?.trigger.name].filter((name) => name !== undefined);
}

/** What the pair is called: as it would be, or else as it was. */
export function nameOfPair({ real = '', changed }: PairedTrigger): string {
  return changed?.trigger.name ?? real;
}

/** The pair by its names. */
export function namedPair({ real, changed }: PairedTrigger): WhatIfTrigger {
  return {
    ...(real === undefined ? {} : { real }),
    ...(changed === undefined ? {} : { changed: changed.trigger.name }),
  };
}
