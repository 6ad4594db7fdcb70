// What a change touched: runs as they are now, and public ids.

import { kindOf, runEntity, runPlaceOf } from '../core/ids.ts';
import { type Context } from './context.ts';
import { type ChangeSource } from './present/change.ts';
import { publicEntityId } from './present/public-id.ts';
import { runOf, type RunSource } from './present/run.ts';

/** The runs that a change touched, each once; for a SNAPSHOT those that go on. */
export async function changedRuns({ loaders }: Context, change: ChangeSource): Promise<readonly RunSource[]> {
  if (change.snapshot !== undefined) return change.snapshot;
  const runs = change.entities.filter((id) => kindOf(id) === 'run').map((id) => runPlaceOf(id));
  // What happens in an iteration of a loop happens to its run.
  const places = new Map(runs.map(({ path: _, ...run }) => [runEntity(run), run]));
  const views = await Promise.all([...places.values()].map((place) => loaders.run(place)));
  return views.flatMap((view) => (view === undefined ? [] : [runOf(view)]));
}

/** The public ids of everything that a change touched, each once. */
export async function changedIds(context: Context, change: ChangeSource): Promise<readonly string[]> {
  const runs = await changedRuns(context, change);
  const others = change.entities.filter((id) => kindOf(id) !== 'run').flatMap((id) => publicEntityId(id) ?? []);
  return [...new Set([...others, ...runs.map((run) => run.id)])];
}
