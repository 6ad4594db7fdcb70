// The types of typed steps: those that there are, and those that are told not to be there yet.

/** By the word in lower case. */
export const STEP_TYPES: ReadonlyMap<string, 'noop' | 'sleep' | 'http' | 'later'> = new Map([
  ['noop', 'noop'],
  ['sleep', 'sleep'],
  ['http', 'http'],
  ['kubernetes', 'later'],
  ['notebook', 'later'],
  ['titus', 'later'],
]);
