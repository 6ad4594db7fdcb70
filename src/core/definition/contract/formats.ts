// The formats of texts that contracts can ask for, checked without a calendar of the machine.

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/u;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/iu;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text is of a format; what is no format of ours is none. */
export function isOfFormat(format: string, text: string): boolean {
  if (format === 'date') return isDate(text);
  const [date = '', time = '', ...more] = text.toUpperCase().split('T');
  return format === 'date-time' && more.length === 0 && isDate(date) && TIME.test(time);
}

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return false;
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const days = (DAYS[Number(month) - 1] ?? 0) + (isLeap && Number(month) === 2 ? 1 : 0);
  return Number(day) >= 1 && Number(day) <= days;
}
