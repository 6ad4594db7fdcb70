// What a try of a loop takes over from earlier ones, a record of a thousand iterations at a time: those that succeeded; and where
// one iteration alone begins again, all others as they ended.

import { placeInBook, runEntity } from '../ids.ts';
import { type IterationEntry, chunkOf, ITERATIONS_A_RECORD, type IterationsState } from './iterations.ts';
import { iterationIndexOf, type Within } from './restart-from.ts';
import { type LoopState, type RunEnd } from './state.ts';
import { type RunWork } from './work.ts';

/** Where to look for what earlier tries have done: a try that came to its end has taken everything over. */
export function booksOf(before: LoopState | undefined): readonly string[] {
  if (before === undefined) return [];
  const { book, next, total, resumes = [] } = before;
  if (next === 0) return resumes;
  // A `while` may have gone back: what an earlier try had done behind that point was made of other values.
  return total === undefined || next === total ? [book] : [book, ...resumes];
}

/** What an earlier try had come to, if it stays; the records of that try are taken over one by one. */
export function keptEntry(
  work: RunWork,
  { step, loop: { book, resumes, within } }: { readonly step: number; readonly loop: LoopState },
  index: number,
): IterationEntry | undefined {
  if (resumes === undefined) return undefined;
  const chunk = chunkOf(index);
  if (work.iterations.record(book, chunk) === undefined) {
    const from = resumes.find((earlier) => work.iterations.record(earlier, chunk) !== undefined) ?? book;
    const stays = staysIn(work.definition.steps[step]?.work.kind === 'while', within);
    work.iterations.keep(
      book,
      chunk * ITERATIONS_A_RECORD,
      entriesOf(work.iterations.record(from, chunk), from, stays),
    );
  }
  const entry = entryOf(work, { book }, index);
  return entry?.keptFrom === undefined ? undefined : entry;
}

/** What the record of a try says of an iteration; undefined if nothing. */
export function entryOf(work: RunWork, { book }: Pick<LoopState, 'book'>, index: number): IterationEntry | undefined {
  const record = work.iterations.record(book, chunkOf(index));
  return record?.entries[index - record.from] ?? undefined;
}

/** An iteration that stays as it ended. */
export interface KeptIteration {
  readonly index: number;
  readonly entry: IterationEntry;
}

/** How an iteration goes on that an earlier try had begun and not brought to a good end; undefined if none had. */
export function begunBefore(work: RunWork, { resumes = [] }: LoopState, index: number): Within | undefined {
  for (const book of resumes) {
    const record = work.iterations.record(book, chunkOf(index));
    const entry = record?.entries[index - record.from];
    if (entry?.status === 'SUCCEEDED') return undefined;
    if (entry !== undefined && entry !== null) {
      const run = runEntity(placeInBook(entry.keptFrom ?? book, index));
      return { run, actor: 'its loop', from: { kind: 'INCOMPLETE' } };
    }
  }
  return undefined;
}

/** What is kept of the iterations that did not succeed: how many ended how, and the first of them. */
export function keptBadly(kept: readonly KeptIteration[]): {
  readonly keptBad?: Partial<Record<RunEnd, number>>;
  readonly firstBad?: NonNullable<LoopState['firstBad']>;
} {
  const bad = kept.filter(({ entry }) => entry.status !== 'SUCCEEDED');
  const [first] = bad;
  if (first === undefined) return {};
  const keptBad: Partial<Record<RunEnd, number>> = {};
  for (const { entry } of bad) keptBad[entry.status] = (keptBad[entry.status] ?? 0) + 1;
  return { keptBad, firstBad: { index: first.index, message: `was ${first.entry.status.toLowerCase()} before` } };
}

type Stays = (index: number, entry: IterationEntry) => boolean;

function staysIn(isWhile: boolean, within: Within | undefined): Stays {
  if (within === undefined) return (_, { status }) => status === 'SUCCEEDED';
  const again = iterationIndexOf(within.run);
  return (index) => (isWhile ? index < again : index !== again);
}

function entriesOf(record: IterationsState | undefined, book: string, stays: Stays): IterationsState['entries'] {
  return (record?.entries ?? []).map((entry, place) =>
    entry !== null && stays((record?.from ?? 0) + place, entry) ? { ...entry, keptFrom: entry.keptFrom ?? book } : null,
  );
}
