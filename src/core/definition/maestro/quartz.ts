// Cron texts of Unix (five fields) and Quartz (six or seven, seconds first). Quartz counts the days of the week from 1 for
// Sunday, our cron from 0, so they are written by name.

/** A cron text of ours, or what is wrong with theirs. */
export interface CronReading {
  readonly cron?: string;
  readonly fault?: string;
}

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const DAY_OF_WEEK = 5;

/** Reads either form. */
export function cronFrom(text: string): CronReading {
  const fields = text.trim().split(/\s+/u);
  if (fields.length === 5) return checked(fields, ['0', ...fields]);
  if (fields.length !== 6 && fields.length !== 7) {
    const count = text.trim() === '' ? 'none' : String(fields.length);
    return { fault: `A cron text has 5 fields, or 6 or 7 with seconds first, and "${text}" has ${count}.` };
  }
  const days = fields[DAY_OF_WEEK] ?? '';
  const named = days.split(',').map(dayByName);
  if (named.includes(undefined)) {
    return { fault: `"${days}" is no day of the week of Quartz, which counts them from 1 for Sunday to 7.` };
  }
  const written = fields.with(DAY_OF_WEEK, named.join(','));
  return checked(written, written);
}

/** One day, a range, or one with a step, an ordinal or L. */
function dayByName(part: string): string | undefined {
  const [range = '', step] = part.split('/');
  const last = /^([1-7]|[a-z]{3})L$/iu.exec(range)?.[1];
  const [days = '', nth] = last === undefined ? range.split('#') : [last, 'L'];
  const named = days.split('-').map((day) => (/^\d+$/u.test(day) ? DAYS[Number(day) - 1] : day));
  if (named.includes(undefined)) return undefined;
  return `${named.join('-')}${nth === undefined ? '' : `#${nth}`}${step === undefined ? '' : `/${step}`}`;
}

/** Two runs that are less than two minutes apart are refused, as far as the fields tell. */
function checked(fields: readonly string[], withSeconds: readonly string[]): CronReading {
  const cron = fields.join(' ');
  const [seconds = '', minutes = '', hours = ''] = withSeconds;
  const fault = `"${cron}" fires more often than every two minutes.`;
  if (!/^\d+$/u.test(seconds)) return { cron, fault };
  return isTooClose(minutes, hours) ? { cron, fault } : { cron };
}

const MINUTES_AN_HOUR = 60;

function isTooClose(minutes: string, hours: string): boolean {
  const fires = Array.from({ length: MINUTES_AN_HOUR }, (_, minute) =>
    minutes.split(',').some((part) => covers(part, minute)),
  );
  const isHourly = !/^\d+$/u.test(hours);
  return fires.some((fire, minute) => {
    const next = minute + 1;
    const isThere = next < MINUTES_AN_HOUR ? fires[next] : isHourly && fires[0];
    return fire && isThere === true;
  });
}

function covers(part: string, minute: number): boolean {
  const [range = '', step] = part.split('/');
  const by = step === undefined ? 1 : Number(step);
  if (range === '*' || range === '?') return minute % by === 0;
  const [from = NaN, to = step === undefined ? from : MINUTES_AN_HOUR] = range.split('-').map(Number);
  return minute >= from && minute <= to && (minute - from) % by === 0;
}

/** Writes a cron text of ours as theirs. */
export function quartzFrom(cron: string): string {
  return cron.replace(/([a-z]{3})#L/giu, '$1L');
}
