// The whole state of a run of which only a line of a list is at hand.

import { type RunView } from '../engine/engine.ts';
import { type Context } from './context.ts';
import { notFound } from './errors/bad-input.ts';
import { type RunSource } from './present/run.ts';

/** The run's state and definition. */
export async function viewOf(run: RunSource, { loaders }: Context): Promise<RunView> {
  const view = run.view ?? (await loaders.run(run.place));
  if (view === undefined) throw notFound(`${run.id} is in the list, but is no longer kept.`);
  return view;
}
