// A logger that keeps what it is told, for tests that look at it or want quiet.

import { type Logger } from '../../src/ports/logger.ts';

/** Makes a logger and the list of facts that it was told. */
export function silentLogger(): { readonly log: Logger; readonly facts: string[] } {
  const facts: string[] = [];
  const note = (fact: string): void => {
    facts.push(fact);
  };
  return {
    facts,
    log: {
      info: note,
      warn: (fact, fields) => {
        note(typeof fields?.['problem'] === 'string' ? `${fact} ${fields['problem']}` : fact);
      },
      error: note,
    },
  };
}
