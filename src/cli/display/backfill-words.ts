// Backfills in plain words.

import {
  type BackfillDifferenceView,
  type BackfillLineView,
  type BackfillView,
} from '../operations/backfill-operations.ts';
import { printableLine } from './printable.ts';

const VERDICTS: Readonly<Record<string, string>> = {
  NEW: 'new: no run of it yet',
  REDO: 'done again: a run of it is over',
  SKIP: 'left out: a run of it is there',
  CONFLICT: 'left out: a run of it is not over',
};

const STATUSES: Readonly<Record<string, string>> = {
  WAITING: 'waiting',
  RUNNING: 'in the queue or running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  STOPPED: 'stopped',
  TIMED_OUT: 'timed out',
  REFUSED: 'could not start',
};

const SIGNS: Readonly<Record<string, string>> = { NEW: '+', REDO: '~', SKIP: '=', CONFLICT: '!' };

/** The plan's head and its counts. */
export function planLines(backfill: BackfillView): readonly string[] {
  const { id, workflowId, version, text, concurrency, stopAfterFailures, estimatedMs } = backfill;
  const stop = stopAfterFailures === null ? '' : `, pausing after ${counted(stopAfterFailures, 'failure')}`;
  const estimate = estimatedMs === null ? '' : `, about ${roughly(estimatedMs)} going by the last runs`;
  return [
    `${id}: ${workflowId} version ${String(version)}, ${printableLine(text)}`,
    ...backfill.verdicts
      .filter(({ count }) => count > 0)
      .map(
        ({ verdict, count }) =>
          `  ${SIGNS[verdict] ?? ' '} ${String(count).padStart(5)}  ${VERDICTS[verdict] ?? verdict}`,
      ),
    `  ${counted(toDo(backfill), 'run')}, ${String(concurrency)} at once${stop}${estimate}`,
  ];
}

/** The first lines of a plan, and how many more there are. */
export function lineList(lines: readonly BackfillLineView[], total: number): readonly string[] {
  const more = total - lines.length;
  return [
    ...lines.map((line) => `    ${SIGNS[line.verdict] ?? ' '} ${keyText(line)}  ${printableLine(line.text)}`),
    ...(more > 0 ? [`      and ${counted(more, 'line')} more`] : []),
  ];
}

/** What is different now. */
export function differenceLines(differences: readonly BackfillDifferenceView[]): readonly string[] {
  return differences.map((difference) => `  ${keyText(difference)}  ${printableLine(difference.text)}`);
}

/** How far it is, in one line. */
export function progressLine(backfill: BackfillView): string {
  const { id, status, counts } = backfill;
  if (status === 'PLANNED')
    return `${id} planned: ${counted(toDo(backfill), 'run')} to start, none of them started yet`;
  const parts = counts
    .filter(({ count }) => count > 0)
    .map((one) => `${String(one.count)} ${STATUSES[one.status] ?? one.status}`);
  return `${id} ${status.toLowerCase()}: ${parts.length === 0 ? 'nothing to do' : parts.join(', ')}`;
}

/** How many lines get a run. */
export function toDo({ verdicts }: BackfillView): number {
  return verdicts
    .filter(({ verdict }) => verdict === 'NEW' || verdict === 'REDO')
    .reduce((sum, { count }) => sum + count, 0);
}

/** Whether a backfill will not change by itself any more. */
export function isOver({ status }: BackfillView): boolean {
  return ['SUCCEEDED', 'FAILED', 'CANCELLED', 'EXPIRED'].includes(status);
}

function keyText({ scheduledFor, params }: Pick<BackfillLineView, 'scheduledFor' | 'params'>): string {
  if (scheduledFor !== null) return scheduledFor.replace(/:00\.000Z$|\.000Z$/u, 'Z');
  return Object.entries(params ?? {})
    .map(([name, value]) => printableLine(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`))
    .join(' ');
}

function counted(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function roughly(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 90) return counted(seconds, 'second');
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? counted(minutes, 'minute') : counted(Math.round(minutes / 60), 'hour');
}
