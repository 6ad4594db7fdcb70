// What a new run keeps of another one, whatever version it runs: steps are matched by their ids, and what is complete is kept
// unless it was asked for, hangs on something that runs anew, or does not give what the version says it does.

import { innerSteps } from '../definition/body.ts';
import { graphOf } from '../definition/graph.ts';
import { type Definition, type StepDefinition } from '../definition/model.ts';
import { nearest } from '../expression/nearest.ts';
import { type Entry, type Json } from '../json.ts';
import { fromJson, toJson } from '../params/value.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { type StepParamsWish } from './restart-from.ts';
import { isComplete, type RunState, type StepState } from './state.ts';

/** What somebody wants of a fork. */
export interface ForkWish {
  readonly params: readonly Entry[];
  /** The step that runs anew, with all that needs it. Absent: nothing that is complete. */
  readonly from?: string;
  /** Other outputs than kept steps had; what needs those steps runs anew. Absent: none. */
  readonly outputs?: readonly StepOutputsWish[];
  /** For parameters of single steps. Absent: nothing. */
  readonly stepParams?: readonly StepParamsWish[];
  /** Absent: the version that the run had. */
  readonly version?: number;
}

/** Other outputs than a kept step had. */
export interface StepOutputsWish {
  readonly stepId: string;
  readonly values: readonly Entry[];
}

/** A run with its definition. */
export interface ForkSource {
  readonly run: RunState;
  readonly definition: Definition;
}

/** A step that is kept, by its place in the new run's definition. */
export interface KeptOfFork {
  readonly step: number;
  readonly state: StepState;
}

/** Tells what a fork keeps, in the order of the definition that it runs, or everything that is wrong with the wish. */
export function planFork(
  source: ForkSource,
  definition: Definition,
  wish: Pick<ForkWish, 'from' | 'outputs'>,
): Result<readonly KeptOfFork[], readonly Refusal[]> {
  const from = wish.from === undefined ? undefined : beginning(definition, wish.from);
  if (from?.ok === false) return failed([from.failure]);
  const again = from?.ok === true ? from.value : undefined;
  const changed = new Map((wish.outputs ?? []).map(({ stepId, values }) => [stepId, values]));
  const kept = keptSteps(source, definition, { again, changed });
  const refusals = [...changed].flatMap(([stepId, values]) => outputFaults(definition, kept, { stepId, values }));
  if (refusals.length > 0) return failed(refusals);
  if (kept.length === definition.steps.length) return failed([nothingToDo(source.run)]);
  return success(
    kept.map(({ step, state }) => {
      const values = changed.get(definition.steps[step]?.id ?? '');
      return values === undefined ? { step, state } : { step, state: withOutputs(definition, step, { state, values }) };
    }),
  );
}

function beginning(definition: Definition, id: string): Result<number, Refusal> {
  const index = graphOf(definition).indexes.get(id);
  if (index !== undefined && index < definition.steps.length) return success(index);
  return failed({
    code: 'NOT_FOUND',
    message: `"${definition.id}" has no step "${id}" at which a run could begin.`,
    path: ['from'],
    hint: `Its steps: ${definition.steps.map((step) => step.id).join(', ')}. Steps inside loops and under \`finally\` are no beginning.`,
  });
}

function keptSteps(
  source: ForkSource,
  definition: Definition,
  wish: { readonly again: number | undefined; readonly changed: ReadonlyMap<string, unknown> },
): readonly KeptOfFork[] {
  const graph = graphOf(definition);
  const kept: KeptOfFork[] = [];
  /** What runs anew, and what is kept with other outputs: whatever needs one of them runs anew. */
  const fresh = new Set<number>();
  for (const index of graph.order) {
    const node = graph.steps[index];
    if (node === undefined || node.isFinal) continue;
    const isBehind = node.predecessors.some((before) => fresh.has(before.index));
    const state = index === wish.again || isBehind ? undefined : doneBefore(source, node.step);
    if (state !== undefined) kept.push({ step: index, state });
    if (state === undefined || wish.changed.has(node.step.id)) fresh.add(index);
  }
  return kept.sort((one, other) => one.step - other.step);
}

/** The step as it ended in the other run, if it is complete there and still is the same step. */
function doneBefore({ run, definition }: ForkSource, step: StepDefinition): StepState | undefined {
  const { steps, indexes } = graphOf(definition);
  const node = steps[indexes.get(step.id) ?? -1];
  const state = node === undefined ? undefined : run.steps[node.index];
  if (node === undefined || node.isFinal || state === undefined || !isComplete(state.status)) return undefined;
  // Whether it is left out is asked again where the version asks something else.
  if (state.status === 'UNSATISFIED' && asked(node.step) !== asked(step)) return undefined;
  return givesAll(node.step, step) ? state : undefined;
}

function asked({ needs, when }: StepDefinition): string {
  return JSON.stringify([needs, when ?? null]);
}

/** Whether what the step gave is all that its other version says it gives; of a loop, that its steps are the same ones. */
function givesAll(before: StepDefinition, now: StepDefinition): boolean {
  if (before === now) return true;
  if (before.work.kind !== now.work.kind) return false;
  const gives = now.outputs.every(({ name, type }) =>
    before.outputs.some((output) => output.name === name && output.type === type),
  );
  return gives && JSON.stringify(loopShape(before)) === JSON.stringify(loopShape(now));
}

function loopShape(step: StepDefinition): Json {
  return (innerSteps(step) ?? []).map((inner) => [
    inner.id,
    inner.work.kind,
    inner.outputs.map(({ name, type }) => [name, type]),
    loopShape(inner),
  ]);
}

function outputFaults(
  definition: Definition,
  kept: readonly KeptOfFork[],
  { stepId, values }: StepOutputsWish,
): readonly Refusal[] {
  const path = ['outputs', stepId];
  const step = definition.steps.find(({ id }) => id === stepId);
  if (step === undefined) {
    const hint = `Its steps: ${definition.steps.map(({ id }) => id).join(', ')}.`;
    return [{ code: 'NOT_FOUND', message: `"${definition.id}" has no step "${stepId}".`, path, hint }];
  }
  const state = kept.find((one) => definition.steps[one.step] === step)?.state;
  if (state?.status !== 'SUCCEEDED') {
    return [
      {
        code: 'BAD_INPUT',
        message: `The outputs of step "${stepId}" cannot be changed: it is not kept, so it will give its own.`,
        path,
        hint: 'Only steps that had succeeded, and do not run anew, are kept with what they gave.',
      },
    ];
  }
  return values.flatMap((value) => valueFaults(step, value));
}

function valueFaults(step: StepDefinition, { name, value }: Entry): readonly Refusal[] {
  const path = ['outputs', step.id, name];
  const declared = step.outputs.find((output) => output.name === name);
  if (declared === undefined) {
    const names = step.outputs.map((output) => output.name);
    const near = nearest(name, names);
    const all = names.length === 0 ? 'It declares none, so none can be changed.' : `Its outputs: ${names.join(', ')}.`;
    const hint = near === undefined ? all : `Did you mean "${near}"?`;
    return [{ code: 'BAD_INPUT', message: `Step "${step.id}" has no output "${name}".`, path, hint }];
  }
  const read = fromJson(declared.type, value);
  if (read.ok) return [];
  const message = `The output "${name}" of step "${step.id}" cannot have this value: ${read.failure}.`;
  return [{ code: 'BAD_INPUT', message, path, hint: `It is declared as ${declared.type}.` }];
}

function withOutputs(
  definition: Definition,
  step: number,
  { state, values }: { readonly state: StepState; readonly values: readonly Entry[] },
): StepState {
  const types = new Map(definition.steps[step]?.outputs.map(({ name, type }) => [name, type]));
  const given = values.map(({ name, value }): Entry => {
    const type = types.get(name);
    const read = type === undefined ? undefined : fromJson(type, value);
    return { name, value: type !== undefined && read?.ok === true ? toJson(type, read.value) : value };
  });
  const names = new Set(given.map(({ name }) => name));
  return { ...state, outputs: [...state.outputs.filter(({ name }) => !names.has(name)), ...given] };
}

function nothingToDo({ workflowId, number, status }: RunState): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Everything in run ${workflowId}/${String(number)} is done, so a fork of it would have nothing to run.`,
    path: ['from'],
    hint: 'Name the step that is to run anew with `from`, or change the `outputs` of a step that others need.',
    status,
    allowed: [],
  };
}
