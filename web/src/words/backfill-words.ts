// Backfills in words: where one is, where its lines are, and how far it is.

import { type BackfillEntry, type BackfillLine } from '../api/backfill-documents.ts';
import { countText } from './count-words.ts';
import { sentence } from './sentence.ts';
import { type StatusWords } from './status-words.ts';

type Phase = StatusWords['phase'];

const STATUSES: Readonly<Record<string, readonly [Phase, string]>> = {
  PLANNED: ['WAITING', 'Planned'],
  RUNNING: ['RUNNING', 'Going on'],
  PAUSED: ['PAUSED', 'Paused'],
  SUCCEEDED: ['SUCCEEDED', 'Succeeded'],
  FAILED: ['FAILED', 'Not all succeeded'],
  CANCELLED: ['STOPPED', 'Cancelled'],
  EXPIRED: ['SKIPPED', 'Expired'],
};

const LINES: Readonly<Record<string, readonly [Phase, string]>> = {
  WAITING: ['WAITING', 'to come'],
  RUNNING: ['RUNNING', 'in the queue or running'],
  SUCCEEDED: ['SUCCEEDED', 'succeeded'],
  FAILED: ['FAILED', 'failed'],
  STOPPED: ['STOPPED', 'stopped'],
  TIMED_OUT: ['FAILED', 'took too long'],
  REFUSED: ['FAILED', 'could not start'],
};

/** Where a backfill is. */
export function backfillWords(status: string): StatusWords {
  const [phase, text] = STATUSES[status] ?? ['WAITING', status];
  return { phase, text, status };
}

/** Where a line is; one that gets no run is left out. */
export function lineWords({ status }: Pick<BackfillEntry, 'status'>): StatusWords {
  if (status === null) return { phase: 'SKIPPED', text: 'Left out', status: 'SKIP' };
  const [phase, text] = LINES[status] ?? ['WAITING', status];
  return { phase, text: sentence(text), status };
}

/** The parts of the bar: how many lines are in which phase. */
export function backfillBar({
  counts,
}: Pick<BackfillLine, 'counts'>): readonly { readonly phase: Phase; readonly count: number }[] {
  return (['SUCCEEDED', 'FAILED', 'STOPPED', 'RUNNING', 'WAITING'] as const).flatMap((phase) => {
    const count = counts.filter(({ status }) => LINES[status]?.[0] === phase).reduce((sum, one) => sum + one.count, 0);
    return count === 0 ? [] : [{ phase, count }];
  });
}

/** "12 succeeded, 1 failed, 17 wait". */
export function progressText({ counts }: Pick<BackfillLine, 'counts'>): string {
  const parts = counts.flatMap(({ status, count }) => {
    if (count === 0) return [];
    return [`${String(count)} ${LINES[status]?.[1] ?? status}`];
  });
  return parts.length === 0 ? 'No run to start' : parts.join(', ');
}

/** "20 new, 3 done again, 7 left out". */
export function verdictText({ verdicts }: Pick<BackfillLine, 'verdicts'>): string {
  const of = (...wanted: readonly string[]): number =>
    verdicts.filter(({ verdict }) => wanted.includes(verdict)).reduce((sum, { count }) => sum + count, 0);
  const parts: readonly (readonly [number, string])[] = [
    [of('NEW'), 'new'],
    [of('REDO'), 'done again'],
    [of('SKIP'), 'left out: done already'],
    [of('CONFLICT'), 'left out: not over'],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${String(count)} ${word}`);
  return said.length === 0 ? countText(0, 'line') : said.join(', ');
}

/** What a line stands for. */
export function keyText({ scheduledFor, params }: Pick<BackfillEntry, 'scheduledFor' | 'params'>): string {
  if (scheduledFor !== null) return scheduledFor.replace('T', ' ').replace(/(?::00)?\.000Z$/u, ' UTC');
  return Object.entries(params ?? {})
    .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
