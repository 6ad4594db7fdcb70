// Runs that are made or started again, for the tests of parameters.

import { type RunFacts } from '../../../src/core/params/defaults.ts';
import { type GivenParam } from '../../../src/core/params/given.ts';
import { type ResolvedParam } from '../../../src/core/params/merge.ts';
import { type Declared, type Occasion, resolveParams } from '../../../src/core/params/resolve-params.ts';
import { type Json } from '../../../src/core/json.ts';
import { type Refusal } from '../../../src/core/refusal.ts';

/** A run of a workflow without a time trigger, made at noon. */
export const FACTS: RunFacts = { workflowId: 'penguins', owner: 'ada', at: Date.UTC(2026, 0, 15, 12) };

/** A person starts a run. */
export const LAUNCH: Occasion = { source: 'LAUNCH', facts: FACTS };

/** Resolves what must be fine. */
export function resolve(
  declarations: readonly Declared[],
  given: readonly GivenParam[] = [],
  occasion: Occasion = LAUNCH,
): readonly ResolvedParam[] {
  const resolved = resolveParams(declarations, given, occasion);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.failure, null, 2));
  return resolved.value;
}

/** The values by name. */
export function valuesOf(params: readonly ResolvedParam[]): Readonly<Record<string, Json>> {
  return Object.fromEntries(params.map(({ name, value }) => [name, value]));
}

/** Resolves what must be refused. */
export function refusals(
  declarations: readonly Declared[],
  given: readonly GivenParam[] = [],
  occasion: Occasion = LAUNCH,
): readonly Refusal[] {
  const resolved = resolveParams(declarations, given, occasion);
  return resolved.ok ? [] : resolved.failure;
}

/** Someone starts a run again that had these parameters. */
export function again(previous: readonly ResolvedParam[]): Occasion {
  return { source: 'RESTART', facts: FACTS, previous };
}
