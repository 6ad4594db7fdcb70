// One line a fact, with fields rather than prose.

import { type Json } from '../core/json.ts';

/** Says what happened, to the people who run the server. */
export interface Logger {
  /** Something that an operator may want to know. */
  info(fact: string, fields?: Readonly<Record<string, Json | undefined>>): void;
  /** Something is weaker than it should be, and goes on. */
  warn(fact: string, fields?: Readonly<Record<string, Json | undefined>>): void;
  /** Something failed. `error` is the cause as thrown. */
  error(fact: string, error: unknown, fields?: Readonly<Record<string, Json | undefined>>): void;
}
