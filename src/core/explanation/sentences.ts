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

/** The run that an iteration belongs to, by its public name; a run that is none is itself: `penguins/12/each[2]` is of `penguins/12`. */
export function outermostRun(runName: string): string {
  return runName.split('/').slice(0, 2).join('/');
}

/** What starts a run again: iterations go on with theirs. */
export function restartLine(runName: string): string {
  return `Run it again: downbeat restart ${outermostRun(runName)}`;
}

/** A message of several lines in one: the place in an expression that its second line shows stands behind it. */
export function oneLine(message: string): string {
  const [first = '', source] = message.split('\n');
  return source === undefined ? first : `${first} \`${source.trim()}\``;
}

/** Where a step ended that is kept: in an attempt of its run, or in another run. */
export function keptIn(attempt: number, run: EntityId | undefined): string {
  return run === undefined ? `attempt ${String(attempt)}` : `run ${publicRun(run)}`;
}

const SPANS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

/** How long something took, as people say it: `2 h 10 min`, to the second and in two units at most. */
export function spanText(milliseconds: number): string {
  let left = Math.round(milliseconds / 1_000) * 1_000;
  const parts = SPANS.flatMap(([size, unit]) => {
    const many = Math.floor(left / size);
    left -= many * size;
    return many > 0 ? [`${String(many)} ${unit}`] : [];
  });
  return parts.length === 0 ? 'less than a second' : parts.slice(0, 2).join(' ');
}

/** A number with its noun: "1 run", "3 runs". */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}
