// How far a loop is: as parts of a bar, and in words for whoever does not see the bar.

import { type Loop } from '../api/shapes.ts';
import { type PhaseCount } from './progress.ts';

/** How many iterations ended how, and how many go on. */
export interface LoopScore {
  readonly succeeded: number;
  readonly failed: number;
  readonly stopped: number;
  readonly going: number;
  /** How many have ended and wait to begin again. */
  readonly again: number;
  /** How many have not begun; 0 where that is not known beforehand. */
  readonly toCome: number;
}

/** The score of a loop. */
export function scoreOf({ total, begun, counts }: Loop): LoopScore {
  const countOf = (...statuses: readonly string[]): number =>
    counts.filter(({ status }) => statuses.includes(status)).reduce((sum, { count }) => sum + count, 0);
  return {
    succeeded: countOf('SUCCEEDED'),
    failed: countOf('FAILED', 'TIMED_OUT'),
    stopped: countOf('STOPPED'),
    going: countOf('RUNNING', 'PAUSED'),
    again: countOf('QUEUED'),
    toCome: Math.max(0, (total ?? begun) - begun),
  };
}

/** The parts of a loop's bar: what is over first, what is still to come last. */
export function loopBar(loop: Loop): readonly PhaseCount[] {
  const { succeeded, failed, stopped, going, again, toCome } = scoreOf(loop);
  const parts: readonly PhaseCount[] = [
    { phase: 'SUCCEEDED', count: succeeded },
    { phase: 'FAILED', count: failed },
    { phase: 'STOPPED', count: stopped },
    { phase: 'RUNNING', count: going },
    { phase: 'WAITING', count: again + toCome },
  ];
  return parts.filter(({ count }) => count > 0);
}

/** "7 of 24 done, 3 going, 1 to begin again, 1 failed"; of a `while`, which does not know how often, "7 done, 1 going". */
export function loopText(loop: Loop): string {
  const { succeeded, failed, stopped, going, again } = scoreOf(loop);
  const said = (count: number, word: string): readonly string[] => (count === 0 ? [] : [`${number(count)} ${word}`]);
  const done = loop.total === null ? `${number(succeeded)} done` : `${number(succeeded)} of ${number(loop.total)} done`;
  const open = [...said(going, 'going'), ...said(again, 'to begin again')];
  return [done, ...open, ...said(failed, 'failed'), ...said(stopped, 'stopped')].join(', ');
}

function number(count: number): string {
  return count.toLocaleString('en');
}
