// How every mutation goes: read the input and the caller, refuse with all problems at once, ask the engine.

import { type Answer, type Caller } from '../engine/answer.ts';
import { type Context } from './context.ts';
import { both, type Read } from './parse/both.ts';
import { type ChangeInput, parseCaller } from './parse/caller.ts';
import { withSuggestion } from './suggest-workflow.ts';

/** A wish that was read from an input, and the use case that fulfils it. */
export interface Wish<T, V> {
  readonly read: Read<T>;
  readonly perform: (wish: T, caller: Caller) => Promise<Answer<V>>;
}

/** Asks the engine, unless the input is refused already. What the request has read before is forgotten. */
export async function change<T, V>(
  context: Context,
  input: ChangeInput,
  { read, perform }: Wish<T, V>,
): Promise<Answer<V>> {
  const ready = both(read, parseCaller(context.actor, input));
  if (!ready.ok) return { ok: false, refusals: ready.failure };
  const [wish, caller] = ready.value;
  const answer = await perform(wish, caller);
  context.loaders.forget();
  if (answer.ok) return answer;
  return { ok: false, refusals: await withSuggestion(context.engine, input, answer.refusals) };
}
