// Why a step still waits for a signal: which, with what, since and until when, and what the last one of that name lacked.

import { isOpen, type AwaitedSignal } from '../run/awaiting.ts';
import { type StepState } from '../run/state.ts';
import { type SignalState } from '../signal/signal.ts';
import { clauseText, unmetClause } from '../signal/match.ts';
import { type Reason } from './explanation.ts';
import { list, moment } from './sentences.ts';

/** Explains a step that waits; `runName` is the public name of its run, `recent` the newest signals of the names that it waits for. */
export function explainWait(
  id: string,
  runName: string,
  { awaiting, wakeAt }: StepState,
  recent: readonly SignalState[],
): Reason {
  const open = (awaiting?.signals ?? []).filter(isOpen);
  const since = awaiting === undefined ? '' : `, since ${moment(awaiting.since)}`;
  const until = wakeAt === undefined ? '' : ` until ${moment(wakeAt)} at most`;
  if (open.length === 0) {
    const text = `"${id}" has all the signals that it waited for, and begins when its run goes on.`;
    return { code: 'PAUSED', text, unblock: `downbeat resume ${runName}`, subject: `run:${runName}` };
  }
  const missing = open.map(wantedText);
  const misses = open.flatMap((signal) => nearestMiss(signal, recent) ?? []);
  const [first] = open;
  const publish = first === undefined ? '' : publishLine(first);
  return {
    code: 'WAITING_FOR_SIGNAL',
    text: [
      `"${id}" waits for ${list(missing)}${since}${until}.`,
      ...foundText(awaiting?.signals ?? []),
      ...misses,
    ].join(' '),
    unblock: `${publish} – or let it go on without: downbeat bypass ${runName} ${id}`,
    ...(wakeAt === undefined ? {} : { until: wakeAt }),
  };
}

/** The signal with what is demanded of it: `"weather.ready" with place == "Biscoe"`. */
export function wantedText({ signal, where }: Pick<AwaitedSignal, 'signal' | 'where'>): string {
  const demands = where.map((clause) => clauseText(clause));
  return `"${signal}"${demands.length === 0 ? '' : ` with ${list(demands)}`}`;
}

/** The line that publishes what is waited for. */
export function publishLine({ signal, where }: Pick<AwaitedSignal, 'signal' | 'where'>): string {
  const params = where.flatMap(({ param, operator, operand }) => {
    const fits = operator === '==' || operator === '>=' || operator === '<=';
    return fits && !param.includes('.') ? [` -p ${param}=${shellText(operand)}`] : [];
  });
  return `downbeat publish ${signal}${params.join('')}`;
}

function shellText(operand: AwaitedSignal['where'][number]['operand']): string {
  const text = typeof operand === 'string' ? operand : JSON.stringify(operand);
  return /^[\w.:/-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function foundText(signals: readonly AwaitedSignal[]): readonly string[] {
  const found = signals.flatMap(({ signal, found: one }) =>
    one === undefined ? [] : [`"${signal}" number ${String(one.sequence)}`],
  );
  return found.length === 0 ? [] : [`It has ${list(found)} already.`];
}

/** The last signal of the name that could have counted, and the demand that it did not meet. */
function nearestMiss({ signal, where, from = 0 }: AwaitedSignal, recent: readonly SignalState[]): string | undefined {
  const last = recent
    .filter(({ name, publishedAt }) => name === signal && publishedAt >= from)
    .reduce<SignalState | undefined>(
      (newest, one) => ((newest?.sequence ?? 0) > one.sequence ? newest : one),
      undefined,
    );
  if (last === undefined) return undefined;
  const unmet = unmetClause(where, last.params);
  if (unmet === undefined) return undefined;
  const actual = unmet.actual === null ? 'not given' : JSON.stringify(unmet.actual);
  return `The last "${signal}" (number ${String(last.sequence)}, ${moment(last.publishedAt)}) did not meet \`${clauseText(unmet.clause)}\`: ${unmet.clause.param} was ${actual}.`;
}
