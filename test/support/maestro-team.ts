// Documents of Maestro's as a team would bring them, and what becomes of them on an engine.

import { type Json } from '../../src/core/json.ts';
import { type RunView } from '../../src/engine/engine.ts';
import { type TestEngine } from './engine.ts';

const caller = { actor: 'ada' };

/** Keys and values of a document. */
export type Fields = Readonly<Record<string, Json>>;

/** Parameters. */
export const long = (value: number): Fields => ({ type: 'LONG', value });
export const text = (value: string): Fields => ({ type: 'STRING', value });
export const computed = (expression: string, type = 'LONG'): Fields => ({ type, expression });
export const map = (value: Fields): Fields => ({ type: 'MAP', value });
/** A step that does nothing. */
export const noop = (id: string, params: Fields = {}, more: Fields = {}): Json => ({
  step: { id, type: 'NoOp', params, ...more },
});
/** What leads from one step to others, always. */
export const leadsTo = (...ids: readonly string[]): Fields => ({
  transition: { successors: Object.fromEntries(ids.map((id) => [id, 'true'])) },
});

/** A whole request. */
export function workflow(id: string, steps: readonly Json[], more: Fields = {}, properties: Fields = {}): string {
  return JSON.stringify({ properties: { owner: 'ada', ...properties }, workflow: { id, ...more, steps } });
}

/** Applies all of them, and starts the workflow of that id; answers with its first run when that has ended. */
export async function run(
  lab: TestEngine,
  documents: readonly string[],
  id: string,
  params: Fields = {},
): Promise<RunView> {
  for (const source of documents) await lab.apply(source);
  const given = Object.entries(params).map(([name, value]) => ({ name, value }));
  const answer = await lab.engine.startRun({ workflowId: id, params: given, labels: [] }, caller);
  if (!answer.ok) throw new Error(answer.refusals.map(({ message }) => message).join('\n'));
  return lab.ended(`${id}/1`);
}

/** Publishes a signal, and answers with what the triggers made of it. */
export async function publish(
  lab: TestEngine,
  name: string,
  params: Fields,
): Promise<readonly { readonly verdict: string }[]> {
  const entries = Object.entries(params).map(([key, value]) => ({ name: key, value }));
  const answer = await lab.engine.publishSignals([{ name, params: entries }], caller);
  if (!answer.ok) throw new Error(answer.refusals.map(({ message }) => message).join('\n'));
  return answer.value[0]?.verdicts ?? [];
}

/** The parameters that a step was given. */
export function paramsOf({ state, definition }: RunView, id: string): Fields {
  const index = definition.steps.findIndex((step) => step.id === id);
  return Object.fromEntries((state.steps[index]?.params ?? []).map(({ name, value }) => [name, value]));
}

/** How a run and its steps ended: `SUCCEEDED, a SUCCEEDED`. */
export function outcome({ state, definition }: RunView): string {
  const steps = definition.steps.map(({ id }, index) => `${id} ${state.steps[index]?.status ?? ''}`);
  return [state.status, ...steps, state.failure?.message ?? ''].join(', ').replace(/, $/u, '');
}
