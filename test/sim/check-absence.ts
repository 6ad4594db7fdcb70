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
}

interface Known {
  readonly runs: ReadonlyMap<string, FoldedRun>;
  readonly found: Set<string>;
  readonly calmFrom: Milliseconds;
}

/** Says what is wrong with absences. From `calmFrom` on, nothing keeps them from being found in time. */
export function checkAbsence(
  { events }: History,
  runs: readonly FoldedRun[],
  calmFrom: Milliseconds,
): readonly string[] {
  const known = { runs: new Map(runs.map((run) => [run.id, run])), found: new Set<string>(), calmFrom };
  const wrong = [...events].flatMap(([id, list]) => (id.startsWith('trigger:') ? checkTrigger(list, known) : []));
  const unexplained = runs.filter(({ id, cause }) => cause === 'ABSENCE' && !known.found.has(id));
  return [...wrong, ...unexplained.map(({ id }) => `I10: ${id} was started by an absence that nobody found`)];
}

function checkTrigger(events: readonly PlacedEvent[], known: Known): readonly string[] {
  const wrong: string[] = [];
  let count: Count | undefined;
  for (const { entity, event, in: placed } of events) {
    const say = (what: string): void => void wrong.push(`I10: ${entity} ${what} in ${placeText(placed)}`);
    const { at } = placed.commit;
    if (event.type === 'SignalHeard' || event.type === 'TriggerPaused') lookForOverdue(count, at, { known, say });
    if (event.type === 'TriggerArmed') count = armed(count, event, at);
    else if (event.type === 'TriggerDisarmed') count = undefined;
    else if (event.type === 'AbsenceFound') find(count, { event, at, known, say });
    else if (count !== undefined) follow(count, event, at);
  }
  return wrong;
}

function follow(count: Count, event: PlacedEvent['event'], at: Milliseconds): void {
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
}

function armed(
  before: Count | undefined,
  { definition, paused }: Extract<PlacedEvent['event'], { type: 'TriggerArmed' }>,
  at: Milliseconds,
): Count | undefined {
  if (definition.kind !== 'absent') return undefined;
  if (before?.isListening !== true || before.definition.signal !== definition.signal)
    return { definition, isPaused: paused, since: undefined, isListening: false };
  const isSame = JSON.stringify(before.definition.where) === JSON.stringify(definition.where);
  return { definition, isPaused: paused, since: isSame ? before.since : at, isListening: true };
}
