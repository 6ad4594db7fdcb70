// Everything that is nested in a run, in words.

import { type Rollup } from '../api/view-documents.ts';
import { progressOf } from './progress.ts';

/** "1,204 of 3,000 small steps done, 3 failed, 12 running". */
export function rollupText({ total, counts }: Pick<Rollup, 'total' | 'counts'>): string {
  const progress = progressOf(counts);
  const countOf = (...phases: readonly string[]): number =>
    progress.filter(({ phase }) => phases.includes(phase)).reduce((sum, { count }) => sum + count, 0);
  const said = [
    [countOf('FAILED'), 'failed'],
    [countOf('STOPPED'), 'stopped'],
    [countOf('PAUSED'), 'at a breakpoint'],
    [countOf('RUNNING'), 'running'],
  ] as const;
  const done = countOf('SUCCEEDED', 'IGNORED', 'SKIPPED');
  const all = `${number(done)} of ${number(total)} small ${total === 1 ? 'step' : 'steps'} done`;
  return [all, ...said.flatMap(([count, word]) => (count === 0 ? [] : [`${number(count)} ${word}`]))].join(', ');
}

function number(count: number): string {
  return count.toLocaleString('en');
}
