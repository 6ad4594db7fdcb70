// What became of a signal: which triggers it started, and for each that it did not, what decided.

import { nameOf } from '../ids.ts';
import { type Entry } from '../json.ts';
import { type MissingSignal, type SignalState, type TriggerVerdict } from '../signal/signal.ts';
import { untilText } from '../trigger/describe-fold.ts';
import { missingText } from '../trigger/describe-join.ts';
import { clauseText } from '../signal/match.ts';
import { type Explanation, type Reason, type ReasonCode } from './explanation.ts';
import { count, list, moment, publicRun, spanText } from './sentences.ts';
import { type Listening, listeningText } from './listening.ts';

/** Explains a published signal. */
export function explainSignal(signal: SignalState, listening?: Listening): Explanation {
  const summary = `"${signal.name}" number ${String(signal.sequence)} ${whatCame(signal)}`;
  return {
    id: signal.id,
    summary,
    reasons: [...nobody(signal, listening), ...signal.verdicts.map(reasonOf), ...waitsEnded(signal)],
  };
}

/** Nobody heard it: a signal is for those that listen when it comes. */
function nobody(signal: SignalState, listening: Listening | undefined): readonly Reason[] {
  if (!wentNowhere(signal)) return [];
  const { name } = signal;
  const now = listening === undefined ? undefined : listeningText(listening);
  if (now !== undefined) {
    return [
      {
        code: 'NO_TRIGGERS',
        text: `When it came, nobody listened to "${name}". By now somebody does: ${now}.`,
        unblock: `Publish it again: downbeat publish ${name}${paramsText(signal.params)}`,
      },
    ];
  }
  return [
    {
      code: 'NO_TRIGGERS',
      text: `When it came, no trigger listened to "${name}", and no step waited for it.`,
      unblock: `Apply a workflow with \`triggers: [{ signal: ${name} }]\`, and publish it again.`,
    },
  ];
}

/** Whether nobody who listens has answered, and nobody is still to answer. */
export function wentNowhere({ verdicts, awaited, taken }: SignalState): boolean {
  return verdicts.length === 0 && awaited.length === 0 && taken === undefined;
}

/** The waits that it has ended. */
function waitsEnded({ taken }: SignalState): readonly Reason[] {
  if (taken === undefined) return [];
  const steps = taken.steps.slice(0, MOST_STEPS).map((step) => {
    const [, before = '', after = ''] = /^step:([^/]+\/\d+)\.\d+(\/.*)$/u.exec(step) ?? [];
    return `${before}${after}`;
  });
  const more = taken.count - steps.length;
  const named = more === 0 ? steps : [...steps, count(more, 'more step')];
  return [{ code: 'STARTED', text: `It ended the wait of ${list(named)}.`, subject: taken.steps[0] ?? '' }];
}

const MOST_STEPS = 10;

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
    case 'HEARD':
      return verdict.lateBy === undefined
        ? `${trigger} heard it, and waits for the next one.`
        : `${trigger} heard it, ${spanText(verdict.lateBy)} late, and waits for the next one.`;
    case 'PENDING':
      return verdict.fold === undefined
        ? `${trigger} keeps it, and waits for ${missingText(verdict.missing)}.`
        : `${trigger} keeps it, and waits ${untilText(verdict.fold, moment)}.`;
    case 'REJECTED':
      return `${trigger} did not take it: ${verdict.message}`;
    case 'REFUSED':
      return `${trigger} matched, but its run could not be made: ${verdict.message}`;
  }
}

const CODES: Readonly<Record<TriggerVerdict['verdict'], ReasonCode>> = {
  STARTED: 'STARTED',
  UNMET: 'WHERE',
  PAUSED: 'PAUSED',
  HEARD: 'WAITING_FOR_SIGNAL',
  PENDING: 'WAITING_FOR_SIGNAL',
  REJECTED: 'REFUSED',
  REFUSED: 'REFUSED',
};

function reasonOf(verdict: TriggerVerdict): Reason {
  const code = CODES[verdict.verdict];
  const unblock = wayOut(verdict);
  return { code, text: verdictText(verdict), ...(unblock === undefined ? {} : { unblock }), subject: verdict.trigger };
}

/** What would let the trigger start a run. */
function wayOut(verdict: TriggerVerdict): string | undefined {
  const trigger = nameOf(verdict.trigger);
  switch (verdict.verdict) {
    case 'STARTED':
    case 'HEARD':
      return undefined;
    case 'UNMET':
      return `Publish one that meets it, or change \`where\` of ${trigger}.`;
    case 'PAUSED':
      return `Resume it: downbeat resume ${trigger.slice(0, trigger.indexOf('/'))} – and publish the signal again.`;
    case 'PENDING':
      return verdict.fold === undefined ? `Publish it: downbeat publish ${publishOf(verdict.missing)}` : undefined;
    case 'REJECTED':
      return `See what ${trigger} waits for: downbeat explain ${trigger}`;
    case 'REFUSED':
      return 'Correct the `params` of the trigger or of the workflow and apply again. What waits for other signals is then tried again; any other signal has to be published again.';
  }
}

function publishOf(missing: readonly MissingSignal[]): string {
  const [first] = missing;
  const { name = '', on = [] } = first ?? {};
  return `${name}${paramsText(on)}`;
}

function paramsText(params: readonly Entry[]): string {
  return params
    .map(({ name, value }) => ` -p ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('');
}
