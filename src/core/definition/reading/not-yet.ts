// What the contract names and this version does not have: told as such, so that nobody searches for a typing mistake.

/** Keys of a workflow that are still to come. */
export const WORKFLOW_LATER: ReadonlySet<string> = new Set(
  words('onFailure tags concurrency alerting criticality secrets requirements template stepParams'),
);

/** Keys of a step that are still to come. */
export const STEP_LATER: ReadonlySet<string> = new Set(
  words('container queue approve secrets params signals description'),
);

/** Keys of a parameter that are still to come. */
export const PARAM_LATER: ReadonlySet<string> = new Set(words('tags validator secret description'));

/** The sentence for any of them. */
export function notYet(word: string): string {
  return `\`${word}\` is not yet supported here: this version of Downbeat does not have it.`;
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/u);
}
