// What is wrong with a name in an expression or template, before it has a place in the text.

import { type Mistyped } from './problem.ts';

/** What is wrong with a name. */
export interface NameFault {
  readonly message: string;
  readonly hint?: string;
  readonly suggestion?: string;
  readonly meant?: Mistyped;
}

/** Says that a name only leads to other names. */
export function groupFault(name: string, form: string): NameFault {
  return { message: `\`${name}\` by itself is no value: write ${form}.` };
}
