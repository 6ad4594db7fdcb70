// All that is known of one trigger in a span, and of the time before it that matters: its events, its signals and its runs.

import { armedTriggers } from '../../../core/definition/armed-triggers.ts';
import { isTimed } from '../../../core/definition/is-timed.ts';
import { type TriggerDefinition } from '../../../core/definition/model.ts';
import { type EntityId, triggerEntity } from '../../../core/ids.ts';
import { type Refusal } from '../../../core/refusal.ts';
import { type Result, failed, success } from '../../../core/result.ts';
import { type Instant } from '../../../core/time.ts';
import { ticksBetween } from '../../../core/trigger/ticks-between.ts';
import { signalsOf, type TriggerState } from '../../../core/trigger/trigger.ts';
import { looksBackTo } from '../../../core/what-if/look-back.ts';
import { type Happening, type PastSignal, type RealStart } from '../../../core/what-if/past.ts';
import { type PastFacts, type Standing } from '../../../core/what-if/pasts.ts';
import { type LoggedEvent } from '../../../core/what-if/recorded-past.ts';
import { type EngineNode } from '../../node.ts';
import { type Outside } from '../../outside.ts';
import { type Reader } from '../../reader.ts';
import { countSignals, MOST, runsOf, seenBy, signalsWithin, type Span, tooMany } from './listed.ts';
import { loggedEvents } from './logged-events.ts';
import { type PairedTrigger } from './paired-triggers.ts';
import { type WorkflowPast } from './workflow-past.ts';

/** What is read through. */
export interface FactParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly reader: Reader;
}

/** What is known of one trigger. */
export interface TriggerFacts {
  /** Absent: there was no such trigger. */
  readonly facts?: PastFacts;
  readonly begin: Instant;
  readonly signals: readonly PastSignal[];
  /** Runs of the span. */
  readonly runs: readonly RealStart[];
  readonly pauses: readonly Happening[];
  /** The span, shortened to what the trigger has dealt with. */
  readonly span: Span;
  readonly notes: readonly string[];
}

/** How long a signal may be on its way. */
const onItsWay = 60_000;

interface Asked {
  readonly workflowId: string;
  readonly past: WorkflowPast | undefined;
  readonly span: Span;
}

/** Gathers what is known of a pair of triggers; `past` is absent for a workflow that there never was. */
export async function triggerFacts(
  parts: FactParts,
  pair: PairedTrigger,
  asked: Asked,
): Promise<Result<TriggerFacts, readonly Refusal[]>> {
  const { workflowId, past } = asked;
  const real = realTriggers(pair, asked);
  const triggers = pair.changed === undefined ? real : [...real, pair.changed.trigger];
  const id = pair.real === undefined ? undefined : triggerEntity(workflowId, pair.real);
  const state = id === undefined ? undefined : await stateOf(parts, workflowId, id);
  const span = dealtWith(asked.span, state);
  const refusal = await tooManyTicks(parts.outside, triggers, span, state);
  if (refusal !== undefined) return failed([refusal]);
  const names = [...new Set(triggers.flatMap(signalsOf))];
  const began = await beginning(parts, { names, triggers, past, span });
  if (!began.ok) return began;
  const { begin, notes } = began.value;
  const events = id === undefined ? [] : await eventsOf(parts, workflowId, id, begin);
  const signals = await signalsOfTrigger(parts, { workflowId, id, names, events }, { from: begin, to: span.to });
  const runs = await runsOfTrigger(parts, pair, { workflowId, isTimed: real.some(isTimed), span });
  if (runs.length > MOST) return failed([tooMany('runs', 'Ask about a shorter time, or about one trigger alone.')]);
  const pauses = past?.pauses.filter(({ at }) => at >= begin) ?? [];
  const facts = factsOf(past, { id, begin, events: events.filter(({ at }) => at < span.to), signals, state });
  return success({ begin, signals, runs, span, notes, pauses, ...(facts === undefined ? {} : { facts }) });
}

function factsOf(
  past: WorkflowPast | undefined,
  known: Pick<PastFacts, 'begin' | 'events' | 'signals'> & {
    readonly id: EntityId | undefined;
    readonly state: TriggerState | undefined;
  },
): PastFacts | undefined {
  const { id, begin, events, signals, state } = known;
  if (id === undefined || past === undefined) return undefined;
  const cutBefore = past.cutBefore !== undefined && past.cutBefore > begin ? past.cutBefore : undefined;
  // What happened in that very moment is among the events, unless they are cut.
  const standing = standingOf(past, id, past.versionAt(cutBefore === undefined ? begin : begin + 1));
  const changes = cutBefore === undefined ? [] : past.changesWithin(begin, cutBefore);
  return {
    begin,
    events,
    signals,
    paused: past.pausedAt(cutBefore ?? begin),
    lookups: { trigger: id, definition: (version) => past.definitions.get(version) },
    earlier: changes.map(({ at, version }) => {
      const became = standingOf(past, id, version);
      return { at, ...(became === undefined ? {} : { standing: became }) };
    }),
    ...(standing === undefined ? {} : { standing }),
    ...(cutBefore === undefined ? {} : { cutBefore }),
    ...(state?.nextFire === undefined ? {} : { nextFire: state.nextFire }),
  };
}

async function runsOfTrigger(
  { outside }: FactParts,
  { real }: PairedTrigger,
  {
    workflowId,
    isTimed: isAtTimes,
    span,
  }: {
    readonly workflowId: string;
    readonly isTimed: boolean;
    readonly span: Span;
  },
): Promise<readonly RealStart[]> {
  if (real === undefined) return [];
  return runsOf(outside.projections, { workflowId, trigger: real, by: isAtTimes ? 'scheduledFor' : 'at' }, span);
}

/** The trigger as it was in the versions that were in force. */
function realTriggers(
  { real }: PairedTrigger,
  { past, span }: Pick<Asked, 'past' | 'span'>,
): readonly TriggerDefinition[] {
  if (past === undefined || real === undefined) return [];
  return past.versionsWithin(span.from, span.to).flatMap((version) => {
    const found = armedTriggers(past.definitions.get(version)?.triggers ?? []);
    return found.filter(({ name }) => name === real);
  });
}

async function stateOf(
  { reader, node }: FactParts,
  workflowId: string,
  id: EntityId,
): Promise<TriggerState | undefined> {
  return (await reader.entity('trigger', id, node.partitionOf(workflowId)))?.state;
}

/** A time that is due, or will be, is left to the trigger itself. */
function dealtWith(span: Span, state: TriggerState | undefined): Span {
  if (state?.armed !== true || state.paused || !isTimed(state.definition) || state.nextFire === undefined) return span;
  return { from: span.from, to: Math.max(span.from, Math.min(span.to, state.nextFire)) };
}

async function tooManyTicks(
  { clock }: Outside,
  triggers: readonly TriggerDefinition[],
  { from, to }: Span,
  state: TriggerState | undefined,
): Promise<Refusal | undefined> {
  for (const trigger of triggers.filter(isTimed)) {
    let count = 0;
    for (let begin: Instant | undefined = from; begin !== undefined;) {
      const ticks = ticksBetween(trigger, { from: begin, to }, { next: state?.nextFire, most: ticksAtOnce });
      count += ticks.length;
      if (count > MOST) return tooMany('times of one trigger', 'Ask about a shorter time.');
      const last = ticks.at(-1);
      begin = last === undefined || ticks.length < ticksAtOnce ? undefined : last + 1;
      await new Promise<void>((resolve) => clock.after(0, resolve));
    }
  }
  return undefined;
}

/** So many are counted before others have their turn. */
const ticksAtOnce = 500;

interface Beginning {
  readonly begin: Instant;
  readonly notes: readonly string[];
}

/** When the replay begins: early enough for what the triggers hold at the beginning of the span, if that can be. */
async function beginning(
  { outside }: FactParts,
  {
    names,
    triggers,
    past,
    span,
  }: {
    readonly names: readonly string[];
    readonly triggers: readonly TriggerDefinition[];
    readonly past: WorkflowPast | undefined;
    readonly span: Span;
  },
): Promise<Result<Beginning, readonly Refusal[]>> {
  const { projections } = outside;
  const wanted = Math.min(span.from, ...triggers.map((one) => looksBackTo(one, span.from)));
  const pausedSince = triggers.some(isTimed) ? past?.pausedSince(span.from) : undefined;
  // What there never was has no beginning of its own.
  const oldest = past?.state.createdAt ?? (Number.isFinite(wanted) ? wanted : span.from);
  const begin = Math.min(span.from, Math.max(oldest, Math.min(wanted, pausedSince ?? span.from)));
  if ((await countSignals(projections, names, { from: begin, to: span.to })) <= MOST) {
    const isCutOff = begin > wanted && past === undefined;
    return success({ begin, notes: isCutOff ? [`${emptyHanded} the workflow is new.`] : [] });
  }
  if (begin < span.from && (await countSignals(projections, names, span)) <= MOST) {
    return success({
      begin: span.from,
      notes: [`${emptyHanded} there were more than 100,000 signals before that which could matter.`],
    });
  }
  return failed([tooMany(`signals of ${names.join(', ')}`, 'Ask about a shorter time, or about one trigger alone.')]);
}

const emptyHanded = 'At the beginning of the time nothing is taken to wait for other signals, since';

async function eventsOf(
  { outside, node }: FactParts,
  workflowId: string,
  id: EntityId,
  begin: Instant,
): Promise<readonly LoggedEvent[]> {
  const partition = node.partitionOf(workflowId);
  const after = await outside.log.before(partition, begin);
  const events: LoggedEvent[] = [];
  for await (const logged of loggedEvents(outside.log, { partition, entity: id, after })) {
    if (logged.at >= begin) events.push(logged);
  }
  return events;
}

async function signalsOfTrigger(
  { outside, node }: FactParts,
  {
    workflowId,
    id,
    names,
    events,
  }: {
    readonly workflowId: string;
    readonly id: EntityId | undefined;
    readonly names: readonly string[];
    readonly events: readonly LoggedEvent[];
  },
  span: Span,
): Promise<readonly PastSignal[]> {
  const partition = node.partitionOf(workflowId);
  const rows = await signalsWithin(outside.projections, names, { from: span.from - onItsWay, to: span.to });
  const arrived = new Set(events.flatMap(({ event }) => ('signal' in event ? [event.signal] : [])));
  return rows
    .filter((signal) => signal.publishedAt >= span.from || arrived.has(signal.id))
    .filter((signal) => arrived.has(signal.id) || !signal.awaited.includes(partition))
    .map((signal) => seenBy(id, signal));
}

function standingOf(past: WorkflowPast, trigger: EntityId, version: number | undefined): Standing | undefined {
  const definition = version === undefined ? undefined : past.definitions.get(version);
  if (definition === undefined) return undefined;
  const found = armedTriggers(definition.triggers).find(({ name }) => triggerEntity(definition.id, name) === trigger);
  return found === undefined ? undefined : { definition, trigger: found };
}
