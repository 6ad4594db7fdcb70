// Points in time: what clocks in some zone show (`2026-12-24T18:00:00`), and instants, which are the same everywhere
// (`2026-12-24T18:00:00Z`).

import { type Instant } from '../../time.ts';
import { readText } from './scalars.ts';
import { type Remarks, type Spot, keyOf, report } from './spot.ts';

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d))?)?(Z|[+-]\d\d:\d\d)?$/iu;

interface Moment {
  /** As a clock shows it, to the second. */
  readonly clock: string;
  readonly hasTime: boolean;
  /** `Z`, `+01:00`; undefined if it names none. */
  readonly zone: string | undefined;
}

/** Reads what a clock shows, `2026-12-24T18:00:00`; the zone stands elsewhere. */
export function readLocalTime(spot: Spot): string | undefined {
  const text = readText(spot);
  if (text === undefined) return undefined;
  const moment = parseMoment(text);
  if (moment?.hasTime === true && moment.zone === undefined) return moment.clock;
  const wanted = 'a date and a time such as 2026-12-24T18:00:00';
  if (moment === undefined) refuse(spot, `must be ${wanted}, and this is "${text}".`);
  else if (!moment.hasTime) {
    const suggestion = `${moment.clock.slice(0, 10)}T06:00:00`;
    refuse(spot, `must be ${wanted}, and "${text}" has no time.`, { hint: `Write ${suggestion}.`, suggestion });
  } else {
    const hint = `Write ${moment.clock}, and the zone under \`timezone\`: Europe/Madrid, or UTC.`;
    refuse(spot, `is what clocks in \`timezone\` show, and "${text}" names a zone itself.`, {
      hint,
      suggestion: moment.clock,
    });
  }
  return undefined;
}

/** Reads an instant, `2026-12-24T18:00:00Z` or `2026-12-24T18:00:00+01:00`. */
export function readInstant(spot: Spot): Instant | undefined {
  const text = readText(spot);
  if (text === undefined) return undefined;
  const moment = parseMoment(text);
  const instant =
    moment?.hasTime === true ? Date.parse(`${moment.clock}${moment.zone?.toUpperCase() ?? ''}`) : Number.NaN;
  if (moment?.zone !== undefined && Number.isFinite(instant)) return instant;
  const suggestion = moment === undefined ? '2026-01-01T06:00:00Z' : `${moment.clock}Z`;
  refuse(spot, `must be an instant such as 2026-01-01T06:00:00Z, and this is "${text}".`, {
    hint: `Write ${suggestion} for UTC, or an offset such as +01:00 in place of the Z.`,
    ...(moment === undefined ? {} : { suggestion }),
  });
  return undefined;
}

function parseMoment(text: string): Moment | undefined {
  const [, date, time, seconds = '00', zone] = MOMENT.exec(text.trim()) ?? [];
  if (date === undefined) return undefined;
  const clock = `${date}T${time ?? '00:00'}:${seconds}`;
  const shown = new Date(`${clock}Z`);
  // A date that does not exist, such as 30 February, is read as another one.
  if (Number.isNaN(shown.getTime()) || shown.toISOString().slice(0, 19) !== clock) return undefined;
  return { clock, hasTime: time !== undefined, zone };
}

function refuse(spot: Spot, complaint: string, remarks: Remarks = {}): void {
  report(spot, 'bad-time', `${keyOf(spot)} ${complaint}`, remarks);
}
