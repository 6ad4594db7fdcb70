// Signals that do not come: each absence has exactly one run, made neither early nor while the triggers were paused, and none is
// overlooked once nothing keeps it from being found. Counted from the log by hand.

import { type AbsenceTrigger } from '../../src/core/definition/model.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type FoldedRun } from './folded.ts';
import { type History, type PlacedEvent, placeText } from './history.ts';

/** How late an absence may be found in a cluster without faults. */
const patience: Milliseconds = 3_000;

interface Count {
  definition: AbsenceTrigger;
  isPaused: boolean;
  /** Absent: it does not listen yet, or what it counted has been found. */
  since: Milliseconds | undefined;
  isListening: boolean;
  /** One was missed, and none has come since. */
  isMissed: boolean;
}

interface Known {
  readonly runs: ReadonlyMap<string, FoldedRun>;
  /** The signals that each trigger heard, by `trigger signal`: whether one had been missed before it. */
  readonly heard: Map<string, boolean>;
  readonly found: Set<string>;
  readonly calmFrom: Milliseconds;
}

/** Says what is wrong with absences. From `calmFrom` on, nothing keeps them from being found in time. */
export function checkAbsence(
  { events }: History,
  runs: readonly FoldedRun[],
  calmFrom: Milliseconds,
): readonly string[] {
  const known = {
    runs: new Map(runs.map((run) => [run.id, run])),
    found: new Set<string>(),
    heard: new Map<string, boolean>(),
    calmFrom,
  };
  const wrong = [...events].flatMap(([id, list]) => (id.startsWith('trigger:') ? checkTrigger(list, known) : []));
  const unexplained = runs.filter(({ id, cause }) => cause === 'ABSENCE' && !known.found.has(id));
  return [
    ...wrong,
    ...[...events].flatMap(([id, list]) => (id.startsWith('signal:') ? checkVerdicts(id, list, known) : [])),
    ...unexplained.map(({ id }) => `I10: ${id} was started by an absence that nobody found`),
  ];
}

/** A publisher is told of lateness exactly where the trigger had missed one. */
function checkVerdicts(signal: string, events: readonly PlacedEvent[], { heard }: Known): readonly string[] {
  const verdicts = events.flatMap(({ event }) => (event.type === 'VerdictsReceived' ? event.verdicts : []));
  return verdicts.flatMap((verdict) => {
    if (verdict.verdict !== 'HEARD') return [];
    const wasMissed = heard.get(`${verdict.trigger} ${signal}`);
    const isLate = verdict.lateBy !== undefined;
    return wasMissed === isLate ? [] : [`I10: ${signal} was ${isLate ? '' : 'not '}late for ${verdict.trigger}`];
  });
}

/** The signal that a trigger of any kind wants, and the one that it hears. */
interface Hearing {
  readonly wanted: string | undefined;
  readonly heard: string | undefined;
}

function hearingAfter({ wanted, heard }: Hearing, event: PlacedEvent['event']): Hearing {
  if (event.type === 'TriggerListening') return { wanted, heard: wanted };
  if (event.type === 'TriggerDisarmed') return { wanted, heard: undefined };
  if (event.type !== 'TriggerArmed') return { wanted, heard };
  const next = 'signal' in event.definition ? event.definition.signal : undefined;
  return { wanted: next, heard: next === heard ? heard : undefined };
}

function checkTrigger(events: readonly PlacedEvent[], known: Known): readonly string[] {
  const wrong: string[] = [];
  let count: Count | undefined;
  let hearing: Hearing = { wanted: undefined, heard: undefined };
  for (const { entity, event, in: placed } of events) {
    hearing = hearingAfter(hearing, event);
    const say = (what: string): void => void wrong.push(`I10: ${entity} ${what} in ${placeText(placed)}`);
    const { at } = placed.commit;
    if (event.type === 'SignalHeard' || event.type === 'TriggerPaused') lookForOverdue(count, at, { known, say });
    if (event.type === 'TriggerArmed') count = armed(count, event, { at, heard: hearing.heard });
    else if (event.type === 'TriggerDisarmed') count = undefined;
    else if (event.type === 'AbsenceFound') find(count, { event, at, known, say });
    else if (count !== undefined) follow(count, { entity, event, at }, known);
  }
  return wrong;
}

function hear(count: Count, what: string, { heard }: Known): void {
  heard.set(what, count.isMissed);
  count.isMissed = false;
}

function follow(
  count: Count,
  { entity, event, at }: { readonly entity: string; readonly event: PlacedEvent['event']; readonly at: Milliseconds },
  known: Known,
): void {
  if (event.type === 'SignalHeard') hear(count, `${entity} ${event.signal}`, known);
  if (event.type === 'TriggerPaused') count.isPaused = true;
  if (event.type === 'TriggerResumed') count.isPaused = false;
  if (event.type === 'TriggerListening') count.isListening = true;
  const begins = ['TriggerListening', 'TriggerResumed', 'SignalHeard'].includes(event.type);
  if (begins && count.isListening) count.since = at;
}

function lookForOverdue(
  count: Count | undefined,
  at: Milliseconds,
  { known, say }: { readonly known: Known; readonly say: (what: string) => void },
): void {
  if (count?.since === undefined || count.isPaused || at < known.calmFrom) return;
  if (count.since + count.definition.absentFor < at - patience)
    say(`overlooked what is missing since ${String(count.since)}`);
}

function find(
  count: Count | undefined,
  {
    event,
    at,
    known,
    say,
  }: {
    readonly event: Extract<PlacedEvent['event'], { type: 'AbsenceFound' }>;
    readonly at: Milliseconds;
    readonly known: Known;
    readonly say: (what: string) => void;
  },
): void {
  if (count?.since === undefined) {
    say('found an absence twice, or before it listened');
    return;
  }
  if (event.since !== count.since) say(`misses it since ${String(event.since)} and not ${String(count.since)}`);
  if (at < count.since + count.definition.absentFor) say('found an absence early');
  if (count.isPaused) say('found an absence while it was paused');
  if (known.runs.get(event.run)?.cause !== 'ABSENCE' || known.found.has(event.run)) say('has no run for an absence');
  known.found.add(event.run);
  count.since = undefined;
  count.isMissed = true;
}

function armed(
  before: Count | undefined,
  { definition, paused }: Extract<PlacedEvent['event'], { type: 'TriggerArmed' }>,
  { at, heard }: { readonly at: Milliseconds; readonly heard: string | undefined },
): Count | undefined {
  if (definition.kind !== 'absent') return undefined;
  // What it listened to before as a trigger of another kind, it goes on hearing.
  if (heard !== definition.signal)
    return { definition, isPaused: paused, since: undefined, isListening: false, isMissed: false };
  if (before?.isListening !== true || before.definition.signal !== definition.signal)
    return { definition, isPaused: paused, since: at, isListening: true, isMissed: false };
  const isSame = JSON.stringify(before.definition.where) === JSON.stringify(definition.where);
  const isMissed = isSame && before.isMissed;
  return { definition, isPaused: paused, since: isSame ? before.since : at, isListening: true, isMissed };
}
