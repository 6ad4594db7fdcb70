// What the steps of a run gave, by step and output; of a loop an array for each output, which is read from its records.

import { graphOf } from '../core/definition/graph.ts';
import { type Entry, type Json } from '../core/json.ts';
import { type RunView } from '../engine/engine.ts';
import { type Context } from './context.ts';
import { objectOf } from './present/object.ts';

/** The outputs of a run; steps that gave nothing are left out, and so are loops too long to be read at once. */
export async function loadOutputs(view: RunView, { engine }: Context): Promise<Json> {
  const entries = await Promise.all(
    graphOf(view.definition).steps.map(async ({ step, index }): Promise<readonly Entry[]> => {
      const isLoop = view.state.steps[index]?.loop !== undefined;
      const outputs = isLoop ? await engine.loopOutputs(view, index) : view.state.steps[index]?.outputs;
      return outputs === undefined || outputs.length === 0 ? [] : [{ name: step.id, value: objectOf(outputs) }];
    }),
  );
  return objectOf(entries.flat());
}
