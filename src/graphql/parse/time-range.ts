// A stretch of time in a filter.

import { type TimeRange as Range } from '../../engine/filters.ts';
import { badInput } from '../errors/bad-input.ts';
import { type TimeRange } from '../generated/schema.ts';
import { givenOf } from './given.ts';

/** One that ends before it begins is a mistake. */
function parseTimeRange(name: string, range: TimeRange): Range {
  const { from, to } = givenOf(range);
  if (from !== undefined && to !== undefined && to <= from) {
    throw badInput(`${name} ends before it begins.`, '`from` is its first moment, `to` the first one behind it.');
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** Those of the ranges that are given, under their names. */
export function parseTimeRanges<Name extends string>(
  ranges: Readonly<Partial<Record<Name, TimeRange | null | undefined>>>,
): Readonly<Partial<Record<Name, Range>>> {
  const given = givenOf(ranges) as unknown as Readonly<Record<string, TimeRange>>;
  const read = Object.entries(given).map(([name, range]) => [name, parseTimeRange(name, range)] as const);
  return Object.fromEntries(read) as Partial<Record<Name, Range>>;
}
