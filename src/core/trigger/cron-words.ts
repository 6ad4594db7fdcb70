// Cron expressions in plain words. What is not common is shown as it was written: no sentence is better than a wrong one.

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const PLACES = ['first', 'second', 'third', 'fourth', 'fifth'];
const NICKNAMES: ReadonlyMap<string, string> = new Map([
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
]);
const NUMBER = /^\d{1,2}$/;
const mostTimes = 6;

/** The months, from January. */
export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

interface CronFields {
  readonly second: string;
  readonly minute: string;
  readonly hour: string;
  readonly day: string;
  readonly month: string;
  readonly weekday: string;
}

/** "every weekday at 06:00", "every 15 minutes", or the expression itself in backquotes. */
export function cronWords(cron: string): string {
  const fields = fieldsOf(cron);
  if (fields === undefined) return asWritten(cron);
  const { day, month, weekday } = fields;
  const time = timeWords(fields);
  if (time === undefined) return asWritten(cron);
  const isAnyDay = day === '*' && month === '*' && weekday === '*';
  if (!time.isTimeOfDay && isAnyDay) return time.words;
  const days = dayWords(day, month, weekday);
  if (days === undefined) return asWritten(cron);
  return time.isTimeOfDay ? `${days} at ${time.words}` : `${days}, ${time.words}`;
}

/** "Monday, Thursday and Friday". */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** With a year, only as written: it is rare, and no sentence of these says it. */
function fieldsOf(cron: string): CronFields | undefined {
  const plain = cron.trim().toLowerCase();
  const parts = (NICKNAMES.get(plain) ?? plain).split(/\s+/).map((part) => (part === '?' ? '*' : part));
  if (parts.length === 7 && parts[6] === '*') parts.pop();
  if (parts.length === 5) parts.unshift('0');
  const [second, minute, hour, day, month, weekday, more] = parts;
  if (second === undefined || minute === undefined || hour === undefined || more !== undefined) return undefined;
  if (day === undefined || month === undefined || weekday === undefined) return undefined;
  return { second, minute, hour, day, month, weekday };
}

interface TimeWords {
  readonly words: string;
  /** Whether the words are times of the day, "06:00 and 18:00", which go with "at". */
  readonly isTimeOfDay: boolean;
}

function timeWords({ second, minute, hour }: CronFields): TimeWords | undefined {
  if (hour === '*') {
    const words = oftenWords(second, minute);
    return words === undefined ? undefined : { words, isTimeOfDay: false };
  }
  const [[seconds, ...more] = [], minutes, hours] = [numbers(second, 60), numbers(minute, 60), numbers(hour, 24)];
  if (seconds === undefined || more.length > 0 || minutes === undefined || hours === undefined) return undefined;
  const times = hours.flatMap((one) => minutes.map((other) => clock(one, other, seconds)));
  if (times.length <= mostTimes) return { words: listWords(times), isTimeOfDay: true };
  const often = oftenWords(second, minute);
  if (often === undefined || !/^\d{1,2}-\d{1,2}$/.test(hour)) return undefined;
  // "every hour at :30 from 08:30" would say it twice.
  const words = minutes.length === 1 ? 'every hour' : often;
  return {
    words: `${words} from ${listWords(times.slice(0, 1))} to ${listWords(times.slice(-1))}`,
    isTimeOfDay: false,
  };
}

function oftenWords(second: string, minute: string): string | undefined {
  if (minute === '*' && second !== '0') return stepWords(second, 'second');
  if (second !== '0') return undefined;
  return stepWords(minute, 'minute') ?? (NUMBER.test(minute) ? `every hour at :${minute.padStart(2, '0')}` : undefined);
}

// A step of 7 begins anew with each hour, so that only divisors of 60 are "every n minutes".
function stepWords(field: string, unit: string): string | undefined {
  if (field === '*' || field === '*/1') return `every ${unit}`;
  const step = Number(/^\*\/(\d{1,2})$/.exec(field)?.[1] ?? 0);
  return step > 0 && step < 60 && 60 % step === 0 ? `every ${String(step)} ${unit}s` : undefined;
}

function dayWords(day: string, month: string, weekday: string): string | undefined {
  const months = month === '*' ? [] : numbers(month, 13, MONTH_NAMES, 1)?.map((one) => MONTHS[one - 1] ?? '');
  if (months === undefined) return undefined;
  if (day === '*') return inMonths(weekdayWords(weekday), months);
  return weekday === '*' ? monthDayWords(day, months) : undefined;
}

function monthDayWords(day: string, months: readonly string[]): string | undefined {
  if (day === 'l') return months.length === 0 ? 'on the last day of every month' : inMonths('on the last day', months);
  const days = numbers(day, 32)?.map(String);
  if (days === undefined || days.length > mostTimes) return undefined;
  if (months.length > 0) return `on ${listWords(days)} ${listWords(months)}`;
  return `on day${days.length === 1 ? '' : 's'} ${listWords(days)} of every month`;
}

function inMonths(days: string | undefined, months: readonly string[]): string | undefined {
  return days === undefined || months.length === 0 ? days : `${days} in ${listWords(months)}`;
}

function weekdayWords(weekday: string): string | undefined {
  if (weekday === '*') return 'every day';
  const [, nth, place] = /^(\w+)#([1-5])$/.exec(weekday) ?? [];
  if (nth !== undefined) return placedWords(PLACES[Number(place) - 1], nth);
  const last = /^(\w+)l$/.exec(weekday)?.[1];
  if (last !== undefined && last !== 'ju') return placedWords('last', last);
  const days = numbers(weekday, 8, DAY_NAMES)?.map((day) => day % 7);
  if (days === undefined) return undefined;
  const distinct = [...new Set(days)].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  if (distinct.length === 7) return 'every day';
  if (distinct.join() === '1,2,3,4,5') return 'every weekday';
  return `every ${listWords(distinct.map((day) => DAYS[day] ?? ''))}`;
}

function placedWords(place: string | undefined, day: string): string | undefined {
  const [one] = numbers(day, 8, DAY_NAMES) ?? [];
  return one === undefined || place === undefined ? undefined : `on the ${place} ${DAYS[one % 7] ?? ''} of every month`;
}

/** The numbers that a field names, in order, if it is a list of numbers, names, ranges and steps; all are below `limit`. */
function numbers(field: string, limit: number, names: readonly string[] = [], base = 0): readonly number[] | undefined {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const range = rangeOf(
      part.startsWith('*') ? `${String(base)}-${String(limit - 1)}${part.slice(1)}` : part,
      names,
      base,
    );
    if (range === undefined || range.high >= limit || range.step < 1) return undefined;
    for (let number = range.low; number <= range.high; number += range.step) found.add(number);
  }
  return [...found].sort((a, b) => a - b);
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/** `7`, `mon-fri`, `8-18/2`; a step goes with a range only. */
function rangeOf(part: string, names: readonly string[], base: number): Range | undefined {
  const [, first, last, step] = /^(\w+)(?:-(\w+)(?:\/(\d+))?)?$/.exec(part) ?? [];
  if (first === undefined) return undefined;
  const [low, high] = [numberOf(first, names, base), numberOf(last ?? first, names, base)];
  return low === undefined || high === undefined ? undefined : { low, high, step: Number(step ?? 1) };
}

function numberOf(text: string, names: readonly string[], base: number): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const place = names.indexOf(text);
  return place < 0 ? undefined : place + base;
}

function clock(hour: number, minute: number, second: number): string {
  const parts = second === 0 ? [hour, minute] : [hour, minute, second];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

function asWritten(cron: string): string {
  return `cron \`${cron.trim()}\``;
}
