// What became of a signal: which triggers it started, and for each that it did not, what decided.

import { nameOf } from '../ids.ts';
import { type SignalState, type TriggerVerdict } from '../signal/signal.ts';
import { clauseText } from '../trigger/match.ts';
import { type Explanation, type Reason } from './explanation.ts';
import { count, publicRun } from './sentences.ts';

/** Explains a published signal. */
export function explainSignal(signal: SignalState): Explanation {
  const summary = `"${signal.name}" number ${String(signal.sequence)} ${whatCame(signal)}`;
  return { id: signal.id, summary, reasons: signal.verdicts.map(reasonOf) };
}

function whatCame({ verdicts, awaited, more }: SignalState): string {
  const started = verdicts.filter(({ verdict }) => verdict === 'STARTED').length;
  const open = awaited.length > 0 ? ' Some triggers have not answered yet.' : '';
  if (verdicts.length === 0) {
    return awaited.length > 0
      ? 'has started nothing so far: the triggers that may listen have not answered yet.'
      : 'started nothing: no trigger listened.';
  }
  if (more > 0) {
    return `started at least ${count(started, 'run')}; ${count(more, 'more trigger')} answered and ${more === 1 ? 'is' : 'are'} not listed.${open}`;
  }
  if (started > 0) return `started ${count(started, 'run')}.${open}`;
  return `started nothing: ${verdicts.length === 1 ? 'the only trigger that listened' : `none of the ${String(verdicts.length)} triggers that listened`} ${verdicts.length === 1 ? 'did not start' : 'started'} a run.${open}`;
}

/** One verdict as a sentence. */
export function verdictText(verdict: TriggerVerdict): string {
  const trigger = nameOf(verdict.trigger);
  switch (verdict.verdict) {
    case 'STARTED':
      return `${trigger} started ${publicRun(verdict.run)}.`;
    case 'UNMET':
      return `${trigger} wants \`${clauseText(verdict.clause)}\`, and ${verdict.clause.param} was ${verdict.actual === null ? 'not given' : JSON.stringify(verdict.actual)}.`;
    case 'PAUSED':
      return `${trigger} is paused.`;
    case 'REFUSED':
      return `${trigger} matched, but its run could not be made: ${verdict.message}`;
  }
}

function reasonOf(verdict: TriggerVerdict): Reason {
  const code = ({ STARTED: 'STARTED', UNMET: 'WHERE', PAUSED: 'PAUSED', REFUSED: 'REFUSED' } as const)[verdict.verdict];
  return { code, text: verdictText(verdict), subject: verdict.trigger };
}
