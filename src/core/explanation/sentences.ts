// Small pieces of sentences that several explanations share.

import { type EntityId, nameOf } from '../ids.ts';
import { type Instant } from '../time.ts';

/** An instant as people read it, in UTC, to the second. */
export function moment(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A list in a sentence: "clean, train and report". */
export function list(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** A run's name outside: the newest attempt goes without, and a restart is rare: `penguins/12`, `penguins/12.2`. */
export function publicRun(run: EntityId): string {
  return nameOf(run).replace(/\.1$/, '');
}

/** A number with its noun: "1 run", "3 runs". */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
