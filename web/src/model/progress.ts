// How far a run is, from the numbers of its steps by status.

import { type RunLine } from '../api/shapes.ts';
import { type Phase, stepWords } from '../words/status-words.ts';

/** Some steps of one phase. */
export interface PhaseCount {
  readonly phase: Phase;
  readonly count: number;
}

const ORDER: readonly Phase[] = ['SUCCEEDED', 'IGNORED', 'SKIPPED', 'FAILED', 'STOPPED', 'RUNNING', 'WAITING'];

/** The numbers of steps by phase: what is over first, what is still to come last. */
export function progressOf(counts: RunLine['counts']): readonly PhaseCount[] {
  const byPhase = new Map<Phase, number>();
  for (const { status, count } of counts) {
    const { phase } = stepWords(status);
    byPhase.set(phase, (byPhase.get(phase) ?? 0) + count);
  }
  return ORDER.flatMap((phase) => {
    const count = byPhase.get(phase) ?? 0;
    return count === 0 ? [] : [{ phase, count }];
  });
}

/** "5 of 8 steps are over, 1 runs, 2 wait"; whoever cannot see the picture reads this. */
export function progressText(progress: readonly PhaseCount[]): string {
  const countOf = (...phases: readonly Phase[]): number =>
    progress.filter(({ phase }) => phases.includes(phase)).reduce((sum, { count }) => sum + count, 0);
  const all = progress.reduce((sum, { count }) => sum + count, 0);
  const parts = [
    [countOf('SUCCEEDED'), 'done'],
    [countOf('IGNORED'), 'failed and ignored'],
    [countOf('SKIPPED'), 'left out'],
    [countOf('FAILED'), 'failed'],
    [countOf('STOPPED'), 'stopped'],
    [countOf('RUNNING'), 'running'],
    [countOf('WAITING'), 'waiting'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${String(count)} ${word}`);
  return `${String(all)} ${all === 1 ? 'step' : 'steps'}: ${said.join(', ')}`;
}
