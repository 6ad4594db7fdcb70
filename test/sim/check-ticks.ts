// Ticks: from the moment a cron trigger is armed, every tick of its schedule fires exactly one run or is recorded as
// skipped, in order, and only as its catch-up policy allows (I10). The schedules of the simulation are every so many
// seconds, so that the oracle is one addition.

import { type CronTrigger } from '../../src/core/definition/model.ts';
import { type Milliseconds } from '../../src/core/time.ts';
import { type FoldedRun } from './folded.ts';
import { type History, type PlacedEvent, placeText } from './history.ts';

interface Schedule {
  readonly definition: CronTrigger;
  /** The next tick that nothing was said about. */
  next: Milliseconds;
}

/** How late a tick may be dealt with before the triggers are paused, in a cluster without faults. */
const patience: Milliseconds = 3_000;

/** Says what is wrong with ticks. From `calmFrom` on, nothing keeps them from being dealt with in time. */
export function checkTicks({ events }: History, runs: readonly FoldedRun[], calmFrom: Milliseconds): readonly string[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const fired = new Set<string>();
  const wrong = [...events].flatMap(([id, list]) =>
    id.startsWith('trigger:') ? checkTrigger(list, { runs: byId, fired, calmFrom }) : [],
  );
  const unexplained = runs.filter(({ id, cause }) => cause === 'CRON' && !fired.has(id));
  return [...wrong, ...unexplained.map(({ id }) => `I10: ${id} was started by a tick that never fired`)];
}

interface Known {
  readonly runs: ReadonlyMap<string, FoldedRun>;
  readonly fired: Set<string>;
  readonly calmFrom: Milliseconds;
}

function checkTrigger(events: readonly PlacedEvent[], known: Known): readonly string[] {
  const wrong: string[] = [];
  let schedule: Schedule | undefined;
  for (const [index, { entity, event, in: placed }] of events.entries()) {
    const say = (what: string): void => void wrong.push(`I10: ${entity} ${what} in ${placeText(placed)}`);
    const { at } = placed.commit;
    if (event.type === 'TriggerArmed') {
      schedule = armed(schedule, event.definition, at);
      if (event.nextFire !== schedule?.next)
        say(`waits for ${String(event.nextFire)} and not for ${String(schedule?.next)}`);
    } else if (event.type === 'TriggerDisarmed') schedule = undefined;
    else if (schedule !== undefined) takeTick(schedule, known, { event, at, say, isLast: endsSchedule(events, index) });
  }
  return wrong;
}

interface Tick {
  readonly event: PlacedEvent['event'];
  readonly at: Milliseconds;
  readonly say: (what: string) => void;
  /** The schedule ends in this commit: what is due then nobody will deal with, whatever the policy. */
  readonly isLast: boolean;
}

function endsSchedule(events: readonly PlacedEvent[], index: number): boolean {
  const next = events[index + 1];
  return (
    next?.in === events[index]?.in && (next?.event.type === 'TriggerDisarmed' || next?.event.type === 'TriggerArmed')
  );
}

function takeTick(schedule: Schedule, known: Known, { event, at, say, isLast }: Tick): void {
  if (event.type === 'TickFired') {
    if (event.scheduledFor !== schedule.next)
      say(`fired ${String(event.scheduledFor)} and not ${String(schedule.next)}`);
    if (at < event.scheduledFor) say('I12 fired early');
    if (!isRunOf(event, known)) say('has no run for it');
    known.fired.add(event.run);
    schedule.next += periodOf(schedule.definition);
  } else if (event.type === 'TicksSkipped') {
    if (event.from === schedule.next) skip(schedule, { event, at, say, isLast });
    else say(`skipped ${String(event.from)} and not ${String(schedule.next)}`);
  } else if (event.type === 'TriggerPaused' && schedule.next < at - patience && at >= known.calmFrom) {
    say(`missed ${String(schedule.next)}`);
  }
}

function isRunOf(
  event: { readonly run: string; readonly scheduledFor: Milliseconds },
  { runs, fired }: Known,
): boolean {
  const run = runs.get(event.run);
  return run?.cause === 'CRON' && run.scheduledFor === event.scheduledFor && !fired.has(event.run);
}

function armed(before: Schedule | undefined, definition: PlacedDefinition, at: Milliseconds): Schedule | undefined {
  if (definition.kind !== 'cron') return undefined;
  const isSame = before?.definition.cron === definition.cron;
  const period = periodOf(definition);
  return { definition, next: isSame ? before.next : (Math.floor(at / period) + 1) * period };
}

type PlacedDefinition = Extract<PlacedEvent['event'], { type: 'TriggerArmed' }>['definition'];

function skip(
  schedule: Schedule,
  {
    event,
    at,
    say,
    isLast,
  }: {
    readonly event: { readonly to: number; readonly count: number };
    readonly at: Milliseconds;
    readonly say: (what: string) => void;
    readonly isLast: boolean;
  },
): void {
  const period = periodOf(schedule.definition);
  const { catchUp } = schedule.definition;
  if (event.count !== (event.to - schedule.next) / period + 1) say('miscounted what it skipped');
  schedule.next = event.to + period;
  if (isLast) return;
  if (catchUp === 'all') say('must not skip');
  if (catchUp === 'latest' && event.to + period > at) say('skipped the latest');
  if (catchUp === 'none' && at - event.to <= 60_000) say('skipped what was not late');
}

function periodOf({ cron }: CronTrigger): Milliseconds {
  return Number(/^\*\/(\d+) /.exec(cron)?.[1] ?? Number.NaN) * 1_000;
}
