// Loops, followed through the log by hand: each iteration of a try begins once, in its turn, and ends once, with its run, and
// as often again as someone wants it again; never more go on than may; what is counted, what is recorded and what ran are the
// same; what succeeded is not done again.

import { type StepDefinition } from '../../src/core/definition/model.ts';
import { type Failure } from '../../src/core/failure.ts';
import { iterationIndexOf } from '../../src/core/run/restart-from.ts';
import { type FoldedRun } from './folded.ts';
import { type History, type PlacedEvent, placeText } from './history.ts';

/** One try of a loop. */
interface Try {
  readonly book: string;
  readonly attempt: number;
  readonly total: number | undefined;
  /** Iterations that succeeded in the tries which this one goes on with. */
  readonly done: ReadonlySet<number>;
  readonly began: Set<number>;
  readonly running: Set<number>;
  readonly ended: Map<number, string>;
  /** Those that are to begin again and have not. */
  readonly waiting: Set<number>;
  /** How often each has ended. */
  readonly ends: Map<number, number>;
  /** The iteration that alone begins again, if this try is for one. */
  readonly alone: number | undefined;
  kept: number;
  /** How many of those had not succeeded. */
  keptBad: number;
  next: number;
  isCancelled: boolean;
}

/** Says what is wrong with loops. */
export function checkLoops(history: History, runs: readonly FoldedRun[]): readonly string[] {
  const wrong: string[] = [];
  const iterations = new Map(runs.filter(({ path }) => path !== undefined).map((run) => [run.id, run]));
  const begun = new Set<string>();
  const records = readRecords(history, wrong);
  for (const run of runs) followRun({ run, history, records, iterations, begun, wrong });
  for (const id of iterations.keys()) if (!begun.has(id)) wrong.push(`${id} is an iteration that no loop began`);
  return wrong;
}

/** What the records of one try say in the end, and what they have said of each iteration one after the other. */
interface Book {
  readonly recorded: Map<number, string>;
  readonly said: Map<number, string[]>;
  /** How each ended that it keeps. */
  readonly kept: Map<number, string>;
}

function freshBook(): Book {
  return { recorded: new Map<number, string>(), said: new Map<number, string[]>(), kept: new Map<number, string>() };
}

function readRecords({ events }: History, wrong: string[]): ReadonlyMap<string, Book> {
  const books = new Map<string, Book>();
  for (const { event, in: placed } of [...events.values()].flat()) {
    const isRecord = event.type === 'IterationRecorded' || event.type === 'IterationErased';
    if (!isRecord && event.type !== 'IterationsKept') continue;
    const book = books.get(event.book) ?? freshBook();
    books.set(event.book, book);
    if (event.type === 'IterationErased') {
      if (!book.recorded.delete(event.index)) wrong.push(`what was not recorded is erased in ${placeText(placed)}`);
    } else if (event.type === 'IterationRecorded') {
      const { index, entry } = event;
      if (book.recorded.has(index) || book.kept.has(index))
        wrong.push(`iteration ${String(index)} of ${event.book} was recorded twice, again in ${placeText(placed)}`);
      book.recorded.set(index, entry.status);
      book.said.set(index, [...(book.said.get(index) ?? []), entry.status]);
    } else {
      event.entries.forEach((entry, place) => {
        if (entry === null) return;
        const index = event.from + place;
        book.kept.set(index, entry.status);
        if (books.get(entry.keptFrom ?? '')?.recorded.get(index) !== entry.status)
          wrong.push(
            `${event.book} keeps iteration ${String(index)}, which was not ${entry.status} in ${String(entry.keptFrom)}`,
          );
      });
    }
  }
  return books;
}

interface Following {
  readonly run: FoldedRun;
  readonly history: History;
  readonly records: ReadonlyMap<string, Book>;
  readonly iterations: ReadonlyMap<string, FoldedRun>;
  readonly begun: Set<string>;
  readonly wrong: string[];
}

function followRun(following: Following): void {
  const { run, history } = following;
  const tries = new Map<number, Try>();
  const rests = restingOf();
  for (const placed of history.events.get(run.id) ?? []) {
    const { event } = placed;
    const mayBegin = !rests(event);
    if ('step' in event) followStep(following, tries, { placed, mayBegin });
  }
  for (const { book, running } of tries.values())
    if (running.size > 0) following.wrong.push(`${book} ended with iterations ${[...running].join(' ')} under way`);
}

/** Tells, event by event, whether a run is paused or is to end. */
function restingOf(): (event: PlacedEvent['event']) => boolean {
  let [isPaused, isEnding, isFinal] = [false, false, false];
  return (event) => {
    if (event.type === 'RunPaused') isPaused = true;
    else if (event.type === 'RunResumed') isPaused = false;
    else if (event.type === 'RunEnding') isEnding = event.killed === true || !isFinal;
    else if (event.type === 'RunFinishing') [isPaused, isEnding, isFinal] = [false, false, true];
    return isPaused || isEnding;
  };
}

interface Step {
  readonly placed: PlacedEvent;
  readonly mayBegin: boolean;
}

function followStep(following: Following, tries: Map<number, Try>, step: Step): void {
  const { event } = step.placed;
  if (!('step' in event)) return;
  const known = tries.get(event.step);
  if (event.type === 'LoopStarted') {
    if (known !== undefined) following.wrong.push(`${event.book} began while ${known.book} went on`);
    tries.set(event.step, freshTry(following, event));
    return;
  }
  if (known === undefined) return;
  if (!ends.includes(event.type)) {
    followTry(following, known, step);
    return;
  }
  tries.delete(event.step);
  checkTry(following, known, event.type === 'StepSucceeded');
  if ('failure' in event && event.failure.code === 'ITERATIONS_FAILED') checkBlame(following, known, event.failure);
}

function freshTry(
  { run, records, begun }: Following,
  {
    step,
    book,
    attempt,
    total,
    within,
    again = [],
    resumes = [],
  }: Extract<PlacedEvent['event'], { readonly type: 'LoopStarted' }>,
): Try {
  const alone = within && iterationIndexOf(within.run);
  const defined = run.defined[step];
  const stays = (index: number): boolean =>
    alone === undefined || (defined?.work.kind === 'while' ? index < alone : index !== alone);
  // The newest that says anything of them: a later try may have gone back behind what an earlier one had done.
  const newest = resumes.find((earlier) => records.has(earlier));
  const done = new Set(newest === undefined ? [] : doneIn(records.get(newest), alone !== undefined).filter(stays));
  const [began, running, waiting] = [new Set<number>(again), new Set<number>(), new Set<number>(again)];
  for (const index of again) if (defined !== undefined) begun.add(iterationId(run, defined, { index, attempt }));
  const [ended, times] = [new Map<number, string>(), new Map<number, number>()];
  return {
    book,
    attempt,
    total,
    done,
    began,
    running,
    waiting,
    ended,
    ends: times,
    alone: again.length > 0 ? alone : undefined,
    keptBad: 0,
    kept: 0,
    next: 0,
    isCancelled: false,
  };
}

/** An event of a try that does not end it. */
function followTry(following: Following, known: Try, { placed, mayBegin }: Step): void {
  const { event } = placed;
  if (!('step' in event)) return;
  const defined = following.run.defined[event.step];
  if (defined === undefined) return;
  if (event.type === 'IterationsStarted') takeBeginning(following, known, { event, placed, defined, mayBegin });
  else if (event.type === 'IterationEnded') takeEnd(following, known, { event, placed, defined });
  else if (event.type === 'IterationReopened') takeBack(following, known, event);
  else if (event.type === 'IterationBegunAgain') beginAgain(following, known, { event, placed, defined, mayBegin });
  else if (event.type === 'AttemptCancelling') known.isCancelled = true;
}

const ends: readonly string[] = [
  'StepSucceeded',
  'RetryScheduled',
  'StepFailed',
  'StepTimedOut',
  'StepCompletedWithError',
  'StepSkipped',
  'StepStopped',
];

/** What succeeded in a try, or however it ended. */
function doneIn(book: Book | undefined, anyhow: boolean): readonly number[] {
  if (book === undefined) return [];
  const isDone = (status: string): boolean => anyhow || status === 'SUCCEEDED';
  return [...book.kept, ...book.recorded].flatMap(([index, status]) => (isDone(status) ? [index] : []));
}

function takeBeginning(
  { run, iterations, begun, wrong }: Following,
  known: Try,
  change: {
    readonly event: Extract<PlacedEvent['event'], { readonly type: 'IterationsStarted' }>;
    readonly placed: PlacedEvent;
    readonly defined: StepDefinition;
    readonly mayBegin: boolean;
  },
): void {
  const { event, placed, defined, mayBegin } = change;
  const say = (what: string): void => void wrong.push(`${known.book} ${what} in ${placeText(placed.in)}`);
  if (!mayBegin || known.isCancelled) say('begins iterations and is to end or to pause');
  if (hasFailed(known) && event.indexes.length > 0) say('begins iterations after one failed');
  for (const index of event.indexes) {
    const id = iterationId(run, defined, { index, attempt: known.attempt });
    if (known.began.has(index)) say(`begins ${String(index)} twice`);
    if (known.done.has(index)) say(`begins ${String(index)}, which had succeeded`);
    if (iterations.get(id)?.createdIn !== placed.in) say(`begins ${String(index)}, of which there is no run`);
    known.began.add(index);
    known.running.add(index);
    begun.add(id);
  }
  if (event.indexes.some((index) => index < known.next || index >= event.next)) say('begins iterations out of turn');
  takeKept(known, event, say);
  checkWindow(known, defined, say);
}

/** What is counted as kept, and how far the loop has come with it. */
function takeKept(
  known: Try,
  { kept = 0, keptBad = {}, next }: Extract<PlacedEvent['event'], { readonly type: 'IterationsStarted' }>,
  say: (what: string) => void,
): void {
  const bad = Object.values(keptBad).reduce((sum, count) => sum + count, 0);
  if (bad > 0 && known.alone === undefined) say('keeps iterations that did not succeed');
  known.kept += kept + bad;
  known.keptBad += bad;
  const ahead = known.alone !== undefined && known.alone >= next ? 1 : 0;
  if (known.began.size + known.kept !== next + ahead) say('miscounts what is kept');
  known.next = next;
}

function takeBack(
  { wrong }: Following,
  known: Try,
  { index, was }: Extract<PlacedEvent['event'], { readonly type: 'IterationReopened' }>,
): void {
  if (known.isCancelled) wrong.push(`${known.book} takes ${String(index)} back and is to end`);
  if (known.ended.get(index) !== was) wrong.push(`${known.book} takes ${String(index)} back, which was not ${was}`);
  known.ended.delete(index);
  known.waiting.add(index);
}

function beginAgain(
  { run, iterations, wrong }: Following,
  known: Try,
  change: {
    readonly event: Extract<PlacedEvent['event'], { readonly type: 'IterationBegunAgain' }>;
    readonly placed: PlacedEvent;
    readonly defined: StepDefinition;
    readonly mayBegin: boolean;
  },
): void {
  const { event, placed, defined, mayBegin } = change;
  const say = (what: string): void => void wrong.push(`${known.book} ${what} in ${placeText(placed.in)}`);
  const { index } = event;
  if (!mayBegin || known.isCancelled) say('begins an iteration again and is to end or to pause');
  if (!known.waiting.delete(index)) say(`begins ${String(index)} again, which does not wait for it`);
  const id = iterationId(run, defined, { index, attempt: known.attempt });
  if (iterations.get(id)?.restarts.includes(placed.in) !== true) say(`begins ${String(index)} again, and it does not`);
  known.running.add(index);
  checkWindow(known, defined, say);
}

/** Never more go on than may, and under strict ordering none is too far ahead of the first that goes on. */
function checkWindow({ running }: Try, { work }: StepDefinition, say: (what: string) => void): void {
  const most = work.kind === 'foreach' ? (work.concurrency ?? 100) : 1;
  if (running.size > most) say(`has ${String(running.size)} iterations under way and not ${String(most)}`);
  const isStrict = work.kind === 'foreach' && work.strictOrdering === true;
  if (isStrict && Math.max(...running) - Math.min(...running) >= most) say('runs ahead of its window');
}

function takeEnd(
  { run, iterations, wrong, records }: Following,
  known: Try,
  change: {
    readonly event: Extract<PlacedEvent['event'], { readonly type: 'IterationEnded' }>;
    readonly placed: PlacedEvent;
    readonly defined: StepDefinition;
  },
): void {
  const { event, placed, defined } = change;
  const { index, status } = event;
  const id = iterationId(run, defined, { index, attempt: known.attempt });
  const say = (what: string): void => void wrong.push(`${id} ${what} in ${placeText(placed.in)}`);
  if (!known.running.delete(index) && !known.waiting.delete(index)) say('ended, and was not under way');
  const times = known.ends.get(index) ?? 0;
  const end = iterations.get(id)?.ends[times];
  if (end?.in !== placed.in || end.status !== status) say(`is said to be ${status}`);
  if (records.get(known.book)?.said.get(index)?.[times] !== status) say('is recorded otherwise');
  known.ends.set(index, times + 1);
  known.ended.set(index, status);
}

function iterationId(
  { id }: FoldedRun,
  loop: StepDefinition,
  { index, attempt }: { readonly index: number; readonly attempt: number },
): string {
  return `${id}/${loop.id}[${String(index)}${attempt === 1 ? '' : `.${String(attempt)}`}]`;
}

/** A try is over: nothing of it goes on, and its records say what it counted. */
function checkTry({ records, wrong }: Following, known: Try, hasSucceeded: boolean): void {
  const { book, running, waiting, ended, kept, began, next, total } = known;
  const { recorded, kept: keeps } = records.get(book) ?? {
    recorded: new Map<number, string>(),
    kept: new Map<number, string>(),
  };
  if (waiting.size > 0) wrong.push(`${book} ended while ${[...waiting].join(' ')} waited to begin again`);
  const say = (what: string): void => void wrong.push(`${book} ${what}`);
  if (running.size > 0) say(`ended with iterations ${[...running].join(' ')} under way`);
  if (ended.size !== began.size || recorded.size !== ended.size)
    say(`began ${String(began.size)} and recorded ${String(recorded.size)}`);
  const counted = [...keeps.keys()].filter((index) => index < next).length;
  if (counted !== kept) say(`counted ${String(kept)} that it kept, and kept ${String(counted)}`);
  if (!hasSucceeded) return;
  if (hasFailed(known)) say('succeeded although an iteration did not');
  if (total !== undefined && next !== total) say(`succeeded after ${String(next)} of ${String(total)} iterations`);
}

/** A loop that blames its iterations counts them as they ended the last time. */
function checkBlame({ wrong }: Following, { book, ended, keptBad }: Try, { message }: Failure): void {
  const bad = keptBad + [...ended.values()].filter((status) => status !== 'SUCCEEDED').length;
  if (!message.startsWith(`${String(bad)} of `))
    wrong.push(`${book} says "${message}", and ${String(bad)} ended badly`);
}

function hasFailed({ ended, keptBad }: Try): boolean {
  return keptBad > 0 || [...ended.values()].some((status) => status !== 'SUCCEEDED');
}
