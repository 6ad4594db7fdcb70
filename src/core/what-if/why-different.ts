// Why a run would be there or not, or at another time: one sentence, from what the trigger made of the run's signals in each world.

import { type TriggerDefinition } from '../definition/model.ts';
import { type EntityId, signalEntity } from '../ids.ts';
import { count, moment, spanText } from '../explanation/sentences.ts';
import { clauseText } from '../signal/match.ts';
import { type TriggerVerdict } from '../signal/signal.ts';
import { missingText } from '../trigger/describe-join.ts';
import { signalsOf } from '../trigger/trigger.ts';
import { type Difference, sameTime } from './compare-starts.ts';
import { foldedIn, type PastSignal, signalsOfStart, timeOf, type TriggerStart } from './past.ts';

/** What sentences are made of. */
export interface Knowledge {
  readonly signals: ReadonlyMap<EntityId, PastSignal>;
  /** What the changed trigger made of each signal. */
  readonly verdicts: ReadonlyMap<EntityId, TriggerVerdict>;
  /** The trigger as it would have been; absent if it would not have been there. */
  readonly changed?: TriggerDefinition;
  /** There really was no such trigger. */
  readonly isNew: boolean;
}

/** The sentence; undefined for a run that is kept. */
export function whyDifferent(difference: Difference, knowledge: Knowledge): string | undefined {
  switch (difference.outcome) {
    case 'KEPT':
      return undefined;
    case 'LOST':
      return whyLost(difference.real, knowledge);
    case 'GAINED':
      return whyGained(difference.replayed, knowledge);
    case 'MOVED':
      return whyMoved(difference, knowledge);
  }
}

function whyLost(start: TriggerStart, { signals, verdicts, changed }: Knowledge): string {
  if (changed === undefined) return 'There is no such trigger any more.';
  if (start.cause.kind === 'CRON') return `${moment(timeOf(start))} is no time of the changed trigger.`;
  if (start.cause.kind === 'ABSENCE') return 'The changed trigger would not have missed the signal then.';
  const own = signalsIn(start, signals);
  const unheard = own.find(({ name }) => !signalsOf(changed).includes(name));
  if (unheard !== undefined) return `The changed trigger does not wait for ${unheard.name}.`;
  // What was turned down says more than what waits for it in vain.
  const told = own.flatMap((signal) => {
    const verdict = verdicts.get(signal.id);
    return verdict === undefined ? [] : [{ signal, verdict }];
  });
  const decisive =
    told.find(({ verdict }) => !['PENDING', 'STARTED', 'HEARD'].includes(verdict.verdict)) ??
    told.findLast(({ verdict }) => verdict.verdict === 'PENDING');
  if (decisive !== undefined) return wouldBe(decisive.signal, decisive.verdict);
  const used = told.find(({ verdict }) => verdict.verdict === 'STARTED');
  if (used !== undefined) return `${nameOf(used.signal)} would have started another run.`;
  return 'The changed trigger would not have heard its signals.';
}

function whyGained(start: TriggerStart, { signals, isNew }: Knowledge): string {
  if (isNew) return 'Really there was no such trigger.';
  if (start.cause.kind === 'CRON') return `At ${moment(timeOf(start))} the trigger really made no run.`;
  if (start.cause.kind === 'ABSENCE') return 'The trigger really did not miss the signal then.';
  const own = signalsIn(start, signals);
  const decisive =
    own.find(({ verdict }) => verdict === undefined || !['PENDING', 'STARTED', 'HEARD'].includes(verdict.verdict)) ??
    own.findLast(({ verdict }) => verdict?.verdict === 'PENDING') ??
    own[0];
  if (decisive === undefined) return 'Really these signals started no run.';
  return decisive.verdict === undefined
    ? `Really the trigger did not hear ${nameOf(decisive)}.`
    : wasReally(decisive, decisive.verdict);
}

function whyMoved(
  { real, replayed }: Extract<Difference, { readonly outcome: 'MOVED' }>,
  { signals }: Knowledge,
): string {
  const [before, after] = [signalsOfStart(real), signalsOfStart(replayed)];
  const gone = before.filter((id) => !after.includes(id));
  const added = after.filter((id) => !before.includes(id));
  if (gone.length === 0 && added.length === 0) {
    const later = timeOf(replayed) - timeOf(real);
    const folded = foldedIn(replayed) === foldedIn(real) ? '' : foldedText(real, replayed);
    if (Math.abs(later) <= sameTime) return `It would be made${folded}.`;
    const shift = `${spanText(Math.abs(later))} ${later > 0 ? 'later' : 'earlier'}`;
    return `It would be made ${shift}, at ${moment(timeOf(replayed))}${folded}.`;
  }
  const names = (ids: readonly string[]): string =>
    ids
      .map((id) => signals.get(signalEntity(id)))
      .flatMap((signal) => (signal === undefined ? [] : [nameOf(signal)]))
      .join(', ');
  const parts = [
    ...(added.length === 0 ? [] : [`with ${names(added)}`]),
    ...(gone.length === 0 ? [] : [`without ${names(gone)}`]),
  ];
  return `It would be made ${parts.join(' and ')}.`;
}

function foldedText(real: TriggerStart, replayed: TriggerStart): string {
  const signals = (start: TriggerStart): string => count(Math.max(1, foldedIn(start)), 'signal');
  return `, of ${signals(replayed)} in place of ${signals(real)}`;
}

function signalsIn(start: TriggerStart, signals: Knowledge['signals']): readonly PastSignal[] {
  return signalsOfStart(start).flatMap((id) => signals.get(signalEntity(id)) ?? []);
}

function nameOf({ name, sequence }: PastSignal): string {
  return `${name} #${String(sequence)}`;
}

function wouldBe(signal: PastSignal, verdict: TriggerVerdict): string {
  const name = nameOf(signal);
  switch (verdict.verdict) {
    case 'UNMET':
      return `${name} does not meet \`${clauseText(verdict.clause)}\`: ${actualText(verdict)}.`;
    case 'PENDING':
      return verdict.fold === undefined
        ? `${name} would wait for ${missingText(verdict.missing)}.`
        : `${name} would be folded into one run with others.`;
    case 'PAUSED':
      return `The triggers were paused when ${name} came.`;
    case 'REJECTED':
      return `${name} would not be taken: ${verdict.message}`;
    case 'REFUSED':
      return `The run could not be made: ${verdict.message}`;
    case 'STARTED':
    case 'HEARD':
      return `${name} would not start this run.`;
  }
}

function wasReally(signal: PastSignal, verdict: TriggerVerdict): string {
  const name = nameOf(signal);
  switch (verdict.verdict) {
    case 'UNMET':
      return `Really ${name} did not meet \`${clauseText(verdict.clause)}\`: ${actualText(verdict)}.`;
    case 'PENDING':
      return verdict.fold === undefined
        ? `Really ${name} waited for ${missingText(verdict.missing)}.`
        : `Really ${name} was folded into one run with others.`;
    case 'PAUSED':
      return `Really the triggers were paused when ${name} came.`;
    case 'REJECTED':
      return `Really ${name} was not taken: ${verdict.message}`;
    case 'REFUSED':
      return `Really the run could not be made: ${verdict.message}`;
    case 'STARTED':
      return `Really ${name} was taken by another run.`;
    case 'HEARD':
      return `Really ${name} was only heard.`;
  }
}

function actualText({ clause, actual }: Extract<TriggerVerdict, { readonly verdict: 'UNMET' }>): string {
  return `${clause.param} ${actual === null ? 'is not given' : `is ${JSON.stringify(actual)}`}`;
}
