// What the contract names and this version does not have: told as such, so that nobody searches for a typing mistake.

/** Keys of a workflow that are still to come. */
export const WORKFLOW_LATER: ReadonlySet<string> = new Set(
  words('onFailure tags concurrency stepConcurrency alerting criticality secrets requirements template stepParams'),
);

/** Keys of a step that are still to come. */
export const STEP_LATER: ReadonlySet<string> = new Set(
  words(
    'uses with http container kubernetes notebook queue wait approve requirements secrets tags params signals description',
  ),
);

/** Keys of a trigger that are still to come. */
export const TRIGGER_LATER: ReadonlySet<string> = new Set(words('all any within joinOn as'));

/** Keys of a parameter that are still to come. */
export const PARAM_LATER: ReadonlySet<string> = new Set(words('tags validator secret description'));

/** Kinds of document that are still to come. */
export const KIND_LATER: ReadonlySet<string> = new Set(words('signal pool template'));

/** The sentence for any of them. */
export function notYet(word: string): string {
  return `\`${word}\` is not yet supported here: this version of Downbeat does not have it.`;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/u);
}
