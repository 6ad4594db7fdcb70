// The functions of the class Util that know time zones and the time: hours of days, and how long until a deadline.

import { type Budget, fail } from '../budget.ts';
import { isMade } from '../text.ts';
import { type Thing, type Zone } from '../thing.ts';
import { kindOf } from '../types.ts';
import { type Callables, callable, withArticle } from './callable.ts';
import { nowOf } from './clock.ts';
import { DAY, HOUR, SECOND, setField } from './date-fields.ts';
import { dateFrom, dateTime, moved } from './date-time.ts';
import { dayNumber } from './dates.ts';
import { UTC, fromLocal, fromLocalStrict, zoneOf } from './zones.ts';

/** How long until a deadline, as a duration that a timeout takes; at least a second, also when it has passed. */
function untilText(deadline: number, budget: Budget): string {
  const seconds = Math.ceil((deadline - nowOf(budget)) / SECOND);
  return `${String(Math.max(1, seconds))}s`;
}

function zoneFrom(value: Thing | undefined, budget: Budget): Zone {
  if (value === undefined) return UTC;
  if (typeof value === 'string') return zoneOf(value, budget);
  if (isMade(value) && value.kind === 'DateTimeZone') return value;
  const found = withArticle(kindOf(value));
  return fail(
    budget,
    'EXPRESSION_TYPE',
    `A time zone is a text such as Europe/Madrid or a DateTimeZone, not ${found}.`,
  );
}

/** Moves on by calendar days, then by hours on the time line. */
function hourOf(
  [date, hour, zoneId, days, hours]: readonly [bigint, bigint, string, bigint, bigint],
  budget: Budget,
): bigint {
  const zone = zoneOf(zoneId, budget);
  const midnight = Number(dayNumber(date, budget)) * DAY;
  const local = setField(midnight, 'hourOfDay', Number(hour), budget);
  const start = dateTime(fromLocalStrict(zone, local, budget), zone, budget);
  const day = days === 0n ? start : moved(start, (from) => from + Number(days) * DAY, budget);
  return BigInt(dateTime(day.millis + Number(hours) * HOUR, zone, budget).millis);
}

/** Functions of Util. */
export const DEADLINE_FUNCTIONS: Callables = new Map([
  [
    'dateIntHourToTs',
    callable(['long', 'long', 'string', 'long', 'long'], 'long', (given, budget) => hourOf(given, budget)),
  ],
  [
    'timeoutForDateTimeDeadline',
    callable(['any', 'any?'], 'string', ([deadline, zone], budget) =>
      untilText(dateFrom(deadline, zoneFrom(zone, budget), budget).millis, budget),
    ),
  ],
  [
    'timeoutForDateIntDeadline',
    callable(['long', 'any?'], 'string', ([date, zone], budget) =>
      untilText(fromLocal(zoneFrom(zone, budget), Number(dayNumber(date, budget)) * DAY), budget),
    ),
  ],
]);
