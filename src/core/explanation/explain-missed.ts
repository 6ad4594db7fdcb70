// A signal that was missed: by when it had not come, whether it has since, and who goes on waiting for it.

import { type EntityId } from '../ids.ts';
import { firstCause, type RunCause } from '../run/state.ts';
import { type Missed } from '../trigger/absence.ts';
import { missedText } from '../trigger/describe-absence.ts';
import { type TriggerState } from '../trigger/trigger.ts';
import { type Listening, listeningText } from './listening.ts';
import { type Reason } from './explanation.ts';
import { moment, publicRun, spanText } from './sentences.ts';

/** A cause that is an absence. */
export type AbsenceCause = Extract<RunCause, { readonly kind: 'ABSENCE' }>;

/** The absence that made a run, also where it was started again since; undefined for any other run. */
export function absenceBehind(cause: RunCause): AbsenceCause | undefined {
  const first = firstCause(cause);
  return first.kind === 'ABSENCE' ? first : undefined;
}

/** What a trigger on an absence missed last, if anything. */
export function missedReasons(
  { definition, missed }: TriggerState,
  listening: Listening | undefined,
): readonly Reason[] {
  if (missed === undefined || (definition.kind !== 'absent' && definition.kind !== 'expected')) return [];
  const what = `${missedText(definition)} had not come by ${moment(missed.due)}`;
  const run = missed.run === undefined ? '' : `, and ${publicRun(missed.run)} was started`;
  return [
    {
      code: 'MISSED',
      text: `${what}${run}. ${sinceThen(missed)}`,
      ...subjectOf(missed.resolved?.signal ?? missed.run),
    },
    ...(missed.resolved === undefined ? waitingReasons(definition.signal, listening) : []),
  ];
}

/** Why a run was started that an absence made: what was missing then, and how that stands now. */
export function missedByRun(
  run: EntityId,
  cause: AbsenceCause,
  { trigger, listening }: { readonly trigger: TriggerState | undefined; readonly listening: Listening },
): readonly Reason[] {
  const missed = trigger?.missed?.run === run ? trigger.missed : undefined;
  const what = missedText({ signal: cause.name, where: cause.where ?? [] });
  const text =
    cause.by === undefined
      ? `It was started because no ${what} had come since ${moment(cause.since)}.`
      : `It was started because ${what} had not come by ${moment(cause.by)}.`;
  const hasCome = missed === undefined ? hasComeSince(trigger, cause) : missed.resolved !== undefined;
  const now = missed === undefined ? (hasCome ? ' It has come since.' : '') : ` ${sinceThen(missed)}`;
  return [
    { code: 'MISSED', text: `${text}${now}`, ...subjectOf(missed?.resolved?.signal) },
    ...(hasCome ? [] : waitingReasons(cause.name, listening)),
  ];
}

/** Of an absence before the last one the trigger only knows whether one has come since. */
function hasComeSince(trigger: TriggerState | undefined, { by, since }: AbsenceCause): boolean {
  const last = trigger?.absence?.last;
  return last !== undefined && last.at > (by ?? since);
}

function sinceThen({ due, resolved }: Missed): string {
  if (resolved === undefined) return 'It has not come since.';
  return `It came at ${moment(resolved.at)}, ${spanText(resolved.at - due)} late.`;
}

function waitingReasons(signal: string, listening: Listening | undefined): readonly Reason[] {
  if (listening === undefined) return [];
  const who = listeningText(listening);
  const text = who === undefined ? `Nobody else waits for ${signal}.` : `Who waits for ${signal}: ${who}.`;
  return [{ code: 'LISTENERS', text }];
}

function subjectOf(subject: EntityId | undefined): Pick<Reason, 'subject'> {
  return subject === undefined ? {} : { subject };
}
