// What the contract names and this version does not have: told as such, so that nobody searches for a typing mistake.

/** Keys of a workflow that are still to come. */
export const WORKFLOW_LATER: ReadonlySet<string> = new Set(
  words(
    'finally onFailure tags concurrency stepConcurrency alerting criticality secrets requirements template stepParams',
  ),
);

/** Keys of a step that are still to come. */
export const STEP_LATER: ReadonlySet<string> = new Set(
  words(`foreach while uses with steps concurrency strictOrdering http container kubernetes notebook queue wait approve workflow
    requirements onFailure secrets tags params finally signals description`),
);

/** Keys of a trigger that are still to come. */
export const TRIGGER_LATER: ReadonlySet<string> = new Set(words('every at all any within joinOn as jitter'));

/** Keys of a parameter that are still to come. */
export const PARAM_LATER: ReadonlySet<string> = new Set(words('expression mode tags validator secret description'));

/** Run strategies that are still to come. */
export const STRATEGY_LATER: ReadonlySet<string> = new Set(words('strict-sequential first-only last-only latest-only'));

/** Kinds of document that are still to come. */
export const KIND_LATER: ReadonlySet<string> = new Set(words('signal pool template'));

/** The sentence for any of them. */
export function notYet(word: string): string {
  return `\`${word}\` is not yet supported here: this version of Downbeat does not have it.`;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/u);
}
