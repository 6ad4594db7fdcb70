// Common cron expressions in plain words. What is not common is shown as it was written: no sentence is better than a wrong one.

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const NUMBER = /^\d{1,2}$/;

/** "every weekday at 06:00", or the expression itself in backquotes. */
export function cronText(cron: string): string {
  const fields = cron.trim().toLowerCase().split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  const isFive = fields.length === 5 && month === '*';
  if (!isFive || minute === undefined || hour === undefined || day === undefined || weekday === undefined)
    return asWritten(cron);
  const often = hour === '*' && day === '*' && weekday === '*' ? hourlyText(minute) : undefined;
  return often ?? dailyText({ minute, hour, day, weekday }) ?? asWritten(cron);
}

function hourlyText(minute: string): string | undefined {
  if (minute === '*' || minute === '*/1') return 'every minute';
  const every = /^\*\/(\d{1,2})$/.exec(minute)?.[1];
  // `*/7` begins anew with each hour, so that only divisors of 60 are "every n minutes".
  if (every !== undefined && 60 % Number(every) === 0) return `every ${String(Number(every))} minutes`;
  return NUMBER.test(minute) ? `every hour at :${minute.padStart(2, '0')}` : undefined;
}

function dailyText(fields: Readonly<Record<'minute' | 'hour' | 'day' | 'weekday', string>>): string | undefined {
  const { minute, hour, day, weekday } = fields;
  if (!NUMBER.test(minute) || !NUMBER.test(hour)) return undefined;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  const days = day === '*' ? weekdaysText(weekday) : monthDayText(day, weekday);
  return days === undefined ? undefined : `${days} at ${time}`;
}

function monthDayText(day: string, weekday: string): string | undefined {
  if (weekday !== '*') return undefined;
  if (day === 'l') return 'on the last day of every month';
  return NUMBER.test(day) ? `on day ${String(Number(day))} of every month` : undefined;
}

function weekdaysText(weekday: string): string | undefined {
  if (weekday === '*' || weekday === '?') return 'every day';
  if (weekday === 'mon-fri' || weekday === '1-5') return 'every weekday';
  if (['sat,sun', 'sun,sat', '6,0', '0,6', '6-7'].includes(weekday)) return 'every Saturday and Sunday';
  const days = [...new Set(weekday.split(',').map(dayName))];
  return days.every((name) => name !== undefined) ? `every ${listText(days)}` : undefined;
}

function dayName(day: string): string | undefined {
  const place = /^[0-7]$/.test(day) ? Number(day) % 7 : DAY_NAMES.indexOf(day);
  return DAYS[place];
}

function listText(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

function asWritten(cron: string): string {
  return `cron \`${cron}\``;
}
