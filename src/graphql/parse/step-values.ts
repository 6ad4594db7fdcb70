// Values for single steps, as a caller gives them: by step and name.

import { type Entry, type Json } from '../../core/json.ts';
import { success } from '../../core/result.ts';
import { type StepParamsWish } from '../../core/run/restart-from.ts';
import { all, type Read } from './both.ts';
import { parseEntries } from './entries.ts';

/** Reads values for parameters of single steps. */
export function parseStepParams(value: Json | null | undefined): Read<readonly StepParamsWish[]> {
  const read = parseByStep('stepParams', value);
  return read.ok ? success(read.value.map(({ stepId, entries }) => ({ stepId, params: entries }))) : read;
}

/** Reads values by step and name. */
export function parseByStep(
  field: string,
  value: Json | null | undefined,
): Read<readonly { readonly stepId: string; readonly entries: readonly Entry[] }[]> {
  const steps = parseEntries([field], value);
  if (!steps.ok) return steps;
  return all(
    steps.value.map(({ name, value: values }) => {
      const entries = parseEntries([field, name], values);
      return entries.ok ? success({ stepId: name, entries: entries.value }) : entries;
    }),
  );
}
