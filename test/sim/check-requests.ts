// Answers to requests (P21): a step ends well with an answer that holds what it expects and with no other; and nobody who asked
// to be left alone is asked again before. Answers are those of the ledger, which the engine never sees but by its reports.

import { type FoldedRun } from './folded.ts';
import { type History, type PlacedEvent, placeText } from './history.ts';
import { type LedgerLine } from './ledger.ts';

/** Says what is wrong with what was made of answers. */
export function checkRequests(
  history: History,
  runs: readonly FoldedRun[],
  lines: readonly LedgerLine[],
): readonly string[] {
  const answers = new Map(lines.flatMap((line) => (line.what === 'end' ? [[line.token, line] as const] : [])));
  return runs.flatMap((run) => {
    const expected = run.defined.map(({ work }) =>
      work.kind === 'http' ? Number(/^rows >= (\d+)$/u.exec(work.expect ?? '')?.[1] ?? '0') : undefined,
    );
    return checkRun(history.events.get(run.id) ?? [], { expected, answers });
  });
}

interface Known {
  /** By step: the fewest rows with which it may end well; undefined where it sends no request. */
  readonly expected: readonly (number | undefined)[];
  readonly answers: ReadonlyMap<string, LedgerLine>;
}

function checkRun(events: readonly PlacedEvent[], { expected, answers }: Known): readonly string[] {
  const tokens = new Map<number, string>();
  return events.flatMap((placed) => {
    const { event } = placed;
    if (event.type === 'AttemptStarted' || event.type === 'AttemptRedispatched') tokens.set(event.step, event.token);
    if (!('step' in event) || expected[event.step] === undefined) return [];
    const answer = answers.get(tokens.get(event.step) ?? '');
    return faultsOf(placed, expected[event.step] ?? 0, answer).map(
      (fault) => `${fault}: step ${String(event.step)} of ${placed.entity} ${placeText(placed.in)}`,
    );
  });
}

function faultsOf(
  { event, in: { commit } }: PlacedEvent,
  least: number,
  answer: LedgerLine | undefined,
): readonly string[] {
  if (event.type === 'StepSucceeded') {
    const rows = event.outputs?.find(({ name }) => name === 'rows')?.value;
    return typeof rows === 'number' && rows >= least ? [] : ['an answer that is not expected counts'];
  }
  if (event.type === 'RetryScheduled') {
    const isEarly = event.at < commit.at + (answer?.wait ?? 0);
    return [
      ...(isEarly ? ['somebody who asked to wait is asked too early'] : []),
      ...unjust(event.failure.code, least, answer),
    ];
  }
  const hasEnded = event.type === 'StepFailed' || event.type === 'StepCompletedWithError';
  return hasEnded ? unjust(event.failure.code, least, answer) : [];
}

function unjust(code: string, least: number, answer: LedgerLine | undefined): readonly string[] {
  if (code !== 'HTTP_UNEXPECTED') return [];
  return answer?.rows !== undefined && answer.rows < least ? [] : ['an answer that is expected counts for nothing'];
}
