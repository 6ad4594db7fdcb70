// Effects with what it takes to perform them: the run as it was right after the commit that caused them.

import { type Gathered } from '../core/partition/gathering.ts';
import { type RunState } from '../core/run/state.ts';

/** An effect, and the run that it is about. */
export type Performable =
  | { readonly type: 'StartAttempt'; readonly run: RunState; readonly step: number; readonly again: boolean }
  | { readonly type: 'CancelAttempt'; readonly run: RunState; readonly step: number };

/** The effects of a commit, in order. */
export function performables({ effects, changed }: Gathered): readonly Performable[] {
  return effects.flatMap((effect) => {
    const state = changed.get(effect.run)?.state;
    return state?.kind === 'run' ? [{ ...effect, run: state }] : [];
  });
}
