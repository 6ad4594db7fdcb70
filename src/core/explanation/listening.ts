// Who waits for a signal of a name, in one sentence: what goes on when it comes, and stands still while it does not.

import { type EntityId, nameOf } from '../ids.ts';
import { list } from './sentences.ts';

/** Who waits for the next signal of a name. Triggers that only watch whether it comes are not among them. */
export interface Listening {
  /** Triggers that start runs on it, by themselves or with other signals. */
  readonly triggers: readonly EntityId[];
  /** Steps of active versions that wait for it whenever a run gets there. */
  readonly steps: readonly { readonly workflowId: string; readonly stepId: string }[];
  /** Runs that wait for it now, by their public names: some of them. */
  readonly runs: readonly string[];
  /** How many runs do beyond those. */
  readonly moreRuns: number;
}

const MOST_NAMED = 5;

/** `report/signal-1 starts runs on it; the run forecast/12 waits for it now`; undefined if nobody does. */
export function listeningText({ triggers, steps, runs, moreRuns }: Listening): string | undefined {
  const parts = [
    part(triggers.map(nameOf), ['starts runs on it', 'start runs on it']),
    part(
      steps.map(({ workflowId, stepId }) => `the step ${stepId} of ${workflowId}`),
      ['waits for it', 'wait for it'],
    ),
    part(runs, ['waits for it now', 'wait for it now'], { before: ['the run ', 'the runs '], unnamed: moreRuns }),
  ].filter((text) => text !== undefined);
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** What is said of one, and of several. */
type OneOrMany = readonly [string, string];

function part(
  names: readonly string[],
  after: OneOrMany,
  { before = ['', ''], unnamed = 0 }: { readonly before?: OneOrMany; readonly unnamed?: number } = {},
): string | undefined {
  const shown = names.slice(0, MOST_NAMED);
  const more = names.length - shown.length + unnamed;
  if (shown.length === 0) return undefined;
  const all = more === 0 ? shown : [...shown, `${String(more)} more`];
  const number = all.length === 1 ? 0 : 1;
  return `${before[number]}${list(all)} ${after[number]}`;
}
