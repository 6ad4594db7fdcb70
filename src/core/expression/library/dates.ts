// The class Util: dates as whole numbers yyyyMMdd, in UTC, and ranges of them. Nothing here reads the clock.

import { type Budget, fail, spendElements } from '../budget.ts';
import { type Callables, callable } from './callable.ts';

const DAY = 86_400_000n;
const FIRST = 10_000_101n;
const LAST = 99_991_231n;
const MOST_DAYS = 4_000_000n;

/** The functions of the class Util. Timestamps are milliseconds since 1970. */
export const UTIL_FUNCTIONS: Callables = new Map([
  ['dateIntToTs', callable(['long'], 'long', ([date], budget) => dayNumber(date, budget) * DAY)],
  ['tsToDateInt', callable(['long'], 'long', ([ts], budget) => fromDay(dayOf(ts), budget))],
  ['incrementDateInt', callable(['long', 'long'], 'long', ([date, days], budget) => incremented(date, days, budget))],
  [
    'dateIntsBetween',
    callable(['long', 'long', 'long'], 'long_array', ([from, to, step], budget) =>
      range(dayNumber(from, budget), dayNumber(to, budget), step, budget).map((day) => fromDay(day, budget)),
    ),
  ],
  [
    'intsBetween',
    callable(['long', 'long', 'long'], 'long_array', ([from, to, step], budget) => range(from, to, step, budget)),
  ],
]);

function dayOf(ts: bigint): bigint {
  const day = ts / DAY;
  return ts % DAY < 0n ? day - 1n : day;
}

/** The number of the day, counted from 1970-01-01, of a date yyyyMMdd. */
export function dayNumber(date: bigint, budget: Budget): bigint {
  const isInRange = date >= FIRST && date <= LAST;
  const [year, month, day] = isInRange ? [date / 10_000n, (date / 100n) % 100n, date % 100n] : [0n, 0n, 0n];
  const number = BigInt(Date.UTC(Number(year), Number(month) - 1, Number(day))) / DAY;
  if (isInRange && fromDay(number, budget) === date) return number;
  return fail(
    budget,
    'EXPRESSION_FAILED',
    `${date.toString()} is not a date; dates are written yyyyMMdd, as 20240229.`,
  );
}

function fromDay(day: bigint, budget: Budget): bigint {
  if (day > MOST_DAYS || day < -MOST_DAYS) return outside(budget);
  const date = new Date(Number(day * DAY));
  const written = date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  return written < FIRST || written > LAST ? outside(budget) : BigInt(written);
}

function outside(budget: Budget): never {
  return fail(budget, 'EXPRESSION_FAILED', 'The date is outside the years 1000 to 9999.');
}

function incremented(date: bigint, days: bigint, budget: Budget): bigint {
  return fromDay(dayNumber(date, budget) + days, budget);
}

/** From the first to before the last. A negative step counts down, or reverses the list when the last is the larger. */
function range(from: bigint, to: bigint, step: bigint, budget: Budget): readonly bigint[] {
  if (step === 0n) return fail(budget, 'EXPRESSION_FAILED', 'The increment of a range must not be 0.');
  const isReversed = step < 0n && from <= to;
  const stride = isReversed ? -step : step;
  const distance = stride > 0n ? to - from : from - to;
  const size = stride > 0n ? stride : -stride;
  const count = distance <= 0n ? 0n : (distance + size - 1n) / size;
  spendElements(budget, Number(count));
  const list = Array.from({ length: Number(count) }, (_, position) => from + BigInt(position) * stride);
  return isReversed ? list.reverse() : list;
}
