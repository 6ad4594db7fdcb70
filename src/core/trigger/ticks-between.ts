// The times of a schedule between two instants that lie in the past: what a backfill makes runs for.

import { type TimeTrigger } from '../definition/model.ts';
import { type Instant } from '../time.ts';
import { fireAfter } from './fire-times.ts';
import { occurrenceOf } from './zone.ts';

/** From when to when, both included. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The times between two instants in their order, at most so many. `next` is the next time that a trigger waits for: the times of
 * an `every` without `from` are counted back from it, or else onwards from the span's beginning.
 */
export function ticksBetween(
  definition: TimeTrigger,
  { from, to }: Span,
  { next, most }: { readonly next?: Instant | undefined; readonly most: number },
): readonly Instant[] {
  const anchored =
    definition.kind === 'every' && definition.from === undefined
      ? { ...definition, from: anchorOf(definition.every, from, next) }
      : definition;
  const ticks: Instant[] = [];
  for (let tick = fireAfter(anchored, from - 1); tick !== undefined && tick <= to && ticks.length < most;) {
    ticks.push(tick);
    tick = fireAfter(anchored, tick);
  }
  return ticks;
}

function anchorOf(every: number, from: Instant, next: Instant | undefined): Instant {
  return next === undefined || next <= from ? (next ?? from) : next - Math.ceil((next - from) / every) * every;
}

const DAY = 86_400_000;
const SHAPE = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/u;

/**
 * The instant that one end of a span names: a time, or a day in a zone, which as an end means its last moment. Undefined if it is
 * neither. A time without an offset is one of the zone's clocks.
 */
export function readBound(text: string, timezone: string, end: 'from' | 'to'): Instant | undefined {
  const [, date, offset] = SHAPE.exec(text) ?? [];
  if (date === undefined || !isRealDate(date)) return undefined;
  if (offset !== undefined) return instant(text.replace(' ', 'T'));
  if (text.length === date.length) {
    const start = Date.parse(`${date}T00:00:00Z`);
    return end === 'from' ? firstAt(timezone, start) : firstAt(timezone, start + DAY) - 1;
  }
  const local = instant(`${text.replace(' ', 'T')}Z`);
  return local === undefined ? undefined : firstAt(timezone, local);
}

function instant(text: string): Instant | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function firstAt(timezone: string, local: number): Instant {
  const occurrence = occurrenceOf(timezone, local);
  if (occurrence.kind === 'never') return occurrence.resumes;
  return occurrence.kind === 'once' ? occurrence.at : occurrence.first;
}

/** `Date.parse` takes the 31st of every month. */
function isRealDate(date: string): boolean {
  const time = Date.parse(date);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
}
