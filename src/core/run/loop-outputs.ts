// What the steps inside a loop gave, as the steps behind the loop see it: for each output an array over all iterations.

import { type OutputDeclaration, type StepDefinition } from '../definition/model.ts';
import { type Value, type ValueMap, type ValueType } from '../expression/value.ts';
import { chunkOf, chunksOf, ITERATIONS_A_RECORD, type IterationsState } from './iterations.ts';
import { bareMap } from '../params/bare.ts';
import { fromJson } from '../params/value.ts';
import { type LoopState } from './state.ts';

/** One array an output; null for an iteration that did not give it. `record` reads a record of the loop by its number. */
export function loopOutputs(
  inner: readonly StepDefinition[],
  loop: LoopState,
  record: (chunk: number) => IterationsState | undefined,
): ValueMap {
  const records = Array.from({ length: chunksOf(loop.next) }, (_, chunk) => record(chunk));
  return new Map(
    inner.map((step, place): [string, ValueMap] => [
      step.id,
      new Map(
        step.work.kind === 'wait'
          ? collectedWaits(records, loop.next, place)
          : namesOf(step).map((output): [string, Value] => [
              output.name,
              collected(records, loop.next, { place, output }),
            ]),
      ),
    ]),
  );
}

/** What a step gives: in imported definitions, its own parameters too. */
function namesOf({ outputs, params }: StepDefinition): readonly OutputDeclaration[] {
  return params === undefined ? outputs : [...params.map(({ name, type }) => ({ name, type })), ...outputs];
}

function collected(
  records: readonly (IterationsState | undefined)[],
  total: number,
  { place, output }: { readonly place: number; readonly output: OutputDeclaration },
): readonly Value[] {
  return Array.from({ length: total }, (_, index) => {
    const entry = records[chunkOf(index)]?.entries[index % ITERATIONS_A_RECORD];
    const values = entry?.outputs?.find(({ step }) => step === place)?.values;
    return valueOf(output.type, values?.find(({ name }) => name === output.name)?.value);
  });
}

/** What signals brought: nobody has declared it, so it is what any iteration has. */
function collectedWaits(
  records: readonly (IterationsState | undefined)[],
  total: number,
  place: number,
): readonly (readonly [string, Value])[] {
  const given = Array.from({ length: total }, (_, index) => {
    const entry = records[chunkOf(index)]?.entries[index % ITERATIONS_A_RECORD];
    return bareMap(entry?.outputs?.find(({ step }) => step === place)?.values ?? []);
  });
  const names = new Set(given.flatMap((values) => [...values.keys()]));
  return Array.from(names, (name) => [name, given.map((values) => values.get(name) ?? null)] as const);
}

function valueOf(type: ValueType, json: Parameters<typeof fromJson>[1] | undefined): Value {
  const value = json === undefined ? undefined : fromJson(type, json);
  return value?.ok === true ? value.value : null;
}
