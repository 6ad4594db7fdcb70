// What the verbs are grouped by in the help: what a person wants.

/** The headings of the help, by a short name. */
export const GROUPS = {
  begin: 'Begin:',
  describe: 'Say what should happen:',
  start: 'Let it happen:',
  look: 'See what happens, and why:',
  hold: 'Hold it, or let it go on:',
  keep: 'Look after it:',
} as const;
