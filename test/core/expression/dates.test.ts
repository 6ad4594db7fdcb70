// Dates as Joda has them (maestro-behaviour §3.11): the calendar, time zones, patterns, and what is no date.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { text } from '../../../src/core/expression/text.ts';
import { type Value } from '../../../src/core/expression/value.ts';
import { faultOf, run, valueOf } from './scope.ts';

const NEW_YORK = 'DateTimeZone.forID("America/New_York")';
const MADRID = 'DateTimeZone.forID("Europe/Madrid")';

const VALUES: Readonly<Record<string, readonly (readonly [source: string, value: Value])[]>> = {
  'making dates': [
    ['new DateTime(0).toString()', '1970-01-01T00:00:00.000Z'],
    ['new DateTime(1709210096789).toString()', '2024-02-29T12:34:56.789Z'],
    [`new DateTime(0, ${NEW_YORK}).toString()`, '1969-12-31T19:00:00.000-05:00'],
    ['new DateTime("2024-02-29").toString()', '2024-02-29T00:00:00.000Z'],
    ['new DateTime("2024-02").toString()', '2024-02-01T00:00:00.000Z'],
    ['new DateTime("2024").toString()', '2024-01-01T00:00:00.000Z'],
    ['new DateTime("2024-060").toString()', '2024-02-29T00:00:00.000Z'],
    ['new DateTime("2024-W09-4").toString()', '2024-02-29T00:00:00.000Z'],
    ['new DateTime("2024-W09").toString()', '2024-02-26T00:00:00.000Z'],
    ['new DateTime("2024-02-29T10").toString()', '2024-02-29T10:00:00.000Z'],
    ['new DateTime("2024-02-29T10:30").toString()', '2024-02-29T10:30:00.000Z'],
    ['new DateTime("2024-02-29T10:30:15.1234").toString()', '2024-02-29T10:30:15.123Z'],
    ['new DateTime("2024-02-29T10:30.5").toString()', '2024-02-29T10:30:30.000Z'],
    ['new DateTime("2024-02-29T10:00:00+02:00").toString()', '2024-02-29T08:00:00.000Z'],
    ['new DateTime("T10:30").toString()', '1970-01-01T10:30:00.000Z'],
    [`new DateTime("2024-02-29T10:00", ${MADRID}).toString()`, '2024-02-29T10:00:00.000+01:00'],
    [`new DateTime("2024-02-29T10:00Z", ${MADRID}).toString()`, '2024-02-29T11:00:00.000+01:00'],
    [`new DateTime(new DateTime(0, ${MADRID})).toString()`, '1970-01-01T01:00:00.000+01:00'],
    ['DateTime.parse("2024-02-29T10:00:00+02:00").toString()', '2024-02-29T10:00:00.000+02:00'],
    ['DateTime.parse("2024-02-29").toString()', '2024-02-29T00:00:00.000Z'],
    ['new DateTime(2024, 2, 29, 1, 2, 3, 4, DateTimeZone.UTC).toString()', '2024-02-29T01:02:03.004Z'],
    [`"" + new DateTime(2024, 7, 1, 0, 0, 0, 0, ${MADRID})`, '2024-07-01T00:00:00.000+02:00'],
  ],
  'reading the fields of 2024-02-29T12:34:56.789Z, a Thursday': [
    ['d.getYear()', 2024n],
    ['d.getMonthOfYear()', 2n],
    ['d.getDayOfMonth()', 29n],
    ['d.getDayOfWeek()', 4n],
    ['d.getDayOfYear()', 60n],
    ['d.getHourOfDay()', 12n],
    ['d.getMinuteOfHour()', 34n],
    ['d.getMinuteOfDay()', 754n],
    ['d.getSecondOfMinute()', 56n],
    ['d.getSecondOfDay()', 45296n],
    ['d.getMillis()', 1709210096789n],
    ['d.getMillisOfDay()', 45296789n],
    ['d.getMillisOfSecond()', 789n],
    ['d.getWeekOfWeekyear()', 9n],
    ['d.getWeekyear()', 2024n],
    ['d.dayOfWeek().getAsText()', 'Thursday'],
    ['d.monthOfYear().getAsText()', 'February'],
    ['d.dayOfMonth().getAsText()', '29'],
    ['d.dayOfMonth().get()', 29n],
    ['d.getDayOfWeek() == DateTimeConstants.SUNDAY', false],
    ['DateTimeConstants.SUNDAY', 7n],
    ['DateTimeConstants.MONDAY', 1n],
  ],
  'weeks are those of ISO 8601': [
    ['new DateTime("2021-01-03").getWeekyear()', 2020n],
    ['new DateTime("2021-01-03").getWeekOfWeekyear()', 53n],
    ['new DateTime("2021-01-04").getWeekOfWeekyear()', 1n],
    ['new DateTime("2018-12-31").getWeekyear()', 2019n],
    ['new DateTime("2020-12-31").withWeekyear(2021).toString()', '2021-12-30T00:00:00.000Z'],
    ['new DateTime("2024-02-29").withWeekOfWeekyear(1).toString("yyyy-MM-dd")', '2024-01-04'],
    ['new DateTime("2024-02-29").withDayOfWeek(1).toString("yyyy-MM-dd")', '2024-02-26'],
  ],
  'a month that is too short ends on its last day': [
    ['new DateTime("2024-01-31").plusMonths(1).toString("yyyyMMdd")', '20240229'],
    ['new DateTime("2023-01-31").plusMonths(1).toString("yyyyMMdd")', '20230228'],
    ['new DateTime("2024-03-31").minusMonths(1).toString("yyyyMMdd")', '20240229'],
    ['new DateTime("2024-01-31").plusMonths(13).toString("yyyyMMdd")', '20250228'],
    ['new DateTime("2024-02-29").plusYears(1).toString("yyyyMMdd")', '20250228'],
    ['new DateTime("2024-02-29").minusYears(4).toString("yyyyMMdd")', '20200229'],
    ['new DateTime("2024-01-31").withMonthOfYear(4).toString("yyyyMMdd")', '20240430'],
    ['new DateTime("2024-02-29").withYear(2023).toString("yyyyMMdd")', '20230228'],
    ['new DateTime("2023-02-10").dayOfMonth().withMaximumValue().toString("yyyyMMdd")', '20230228'],
    ['new DateTime("2024-02-10").dayOfMonth().withMinimumValue().toString("yyyyMMdd")', '20240201'],
    ['new DateTime("2024-02-10").dayOfYear().withMaximumValue().toString("yyyyMMdd")', '20241231'],
  ],
  'adding and setting': [
    ['d.plusWeeks(1).plusDays(-1).toString("yyyyMMdd")', '20240306'],
    ['d.minusHours(13).toString("yyyyMMddHH")', '2024022823'],
    ['d.plusMinutes(26).plusSeconds(4).plusMillis(211).toString("HH:mm:ss.SSS")', '13:01:01.000'],
    [
      'd.minusWeeks(1).minusDays(1).minusMinutes(1).minusSeconds(1).minusMillis(1).toString()',
      '2024-02-21T12:33:55.788Z',
    ],
    [
      'd.withHourOfDay(0).withMinuteOfHour(1).withSecondOfMinute(2).withMillisOfSecond(3).toString()',
      '2024-02-29T00:01:02.003Z',
    ],
    ['d.withMillisOfDay(0).toString()', '2024-02-29T00:00:00.000Z'],
    ['d.withDayOfMonth(1).withDayOfYear(366).toString("yyyyMMdd")', '20241231'],
    ['d.withTimeAtStartOfDay().toString()', '2024-02-29T00:00:00.000Z'],
    [`d.withZone(${NEW_YORK}).toString()`, '2024-02-29T07:34:56.789-05:00'],
    [
      'd.isAfter(new DateTime(0)) && !d.isBefore(new DateTime(0)) && d.isEqual(d.withZone(DateTimeZone.forID("+05:30")))',
      true,
    ],
    ['d.isBefore(0)', false],
    ['d.minusYears(2000).toString()', '0024-02-29T12:34:56.789Z'],
  ],
  'when the clock is put forward, a skipped time is as much later, and hours are hours': [
    [`new DateTime("2024-03-09T02:30", ${NEW_YORK}).plusDays(1).toString()`, '2024-03-10T03:30:00.000-04:00'],
    [`new DateTime("2024-03-09T02:30", ${NEW_YORK}).plusHours(24).toString()`, '2024-03-10T03:30:00.000-04:00'],
    [`new DateTime("2024-02-10T02:30", ${NEW_YORK}).plusMonths(1).toString()`, '2024-03-10T03:30:00.000-04:00'],
    [`new DateTime("2024-03-11T02:30", ${NEW_YORK}).minusDays(1).toString()`, '2024-03-10T03:30:00.000-04:00'],
    [`new DateTime("2024-03-31T01:30", ${MADRID}).plusHours(1).toString()`, '2024-03-31T03:30:00.000+02:00'],
    [`new DateTime("2024-03-09T02:30", ${NEW_YORK}).withDayOfMonth(10).toString()`, '2024-03-10T03:30:00.000-04:00'],
    [
      'new DateTime("2018-11-04T12:00", DateTimeZone.forID("America/Sao_Paulo")).withTimeAtStartOfDay().toString()',
      '2018-11-04T01:00:00.000-02:00',
    ],
    [
      'new DateTime("2018-11-04T12:00", DateTimeZone.forID("America/Sao_Paulo")).hourOfDay().withMinimumValue().toString()',
      '2018-11-04T01:00:00.000-02:00',
    ],
    [
      'new DateTime("2011-12-29T12:00", DateTimeZone.forID("Pacific/Apia")).plusDays(1).toString()',
      '2011-12-31T12:00:00.000+14:00',
    ],
    [
      `Days.daysBetween(new DateTime("2024-03-09", ${NEW_YORK}), new DateTime("2024-03-11", ${NEW_YORK})).getDays()`,
      2n,
    ],
  ],
  'when the clock is put back, the earlier of two times is meant, unless the later was had': [
    [`new DateTime(2024, 11, 3, 1, 30, 0, 0, ${NEW_YORK}).toString()`, '2024-11-03T01:30:00.000-04:00'],
    [`new DateTime("2024-11-02T01:30", ${NEW_YORK}).plusDays(1).toString()`, '2024-11-03T01:30:00.000-04:00'],
    [`new DateTime("2024-11-03T01:30", ${NEW_YORK}).plusHours(1).toString()`, '2024-11-03T01:30:00.000-05:00'],
    [
      `new DateTime("2024-11-03T01:30", ${NEW_YORK}).plusHours(1).withMinuteOfHour(15).toString()`,
      '2024-11-03T01:15:00.000-05:00',
    ],
    [
      'new DateTime("2024-04-07T01:45", DateTimeZone.forID("Australia/Lord_Howe")).plusMinutes(30).toString()',
      '2024-04-07T01:45:00.000+10:30',
    ],
  ],
  zones: [
    ['"" + DateTimeZone.UTC', 'UTC'],
    ['DateTimeZone.forID("UTC").getOffset(0)', 0n],
    ['DateTimeZone.forID("+05:30").getOffset(0)', 19800000n],
    ['DateTimeZone.forID("-08").getOffset(0)', -28800000n],
    ['DateTimeZone.forID("US/Pacific").getOffset(1720000000000)', -25200000n],
    [`${NEW_YORK}.getOffset(new DateTime("2024-07-01"))`, -14400000n],
    ['DateTimeZone.forID("Europe/Amsterdam").getOffset(-4000000000000)', 1050000n],
  ],
  'patterns print': [
    ['DateTimeFormat.forPattern("yyyy-MM-dd\'T\'HH:mm:ss.SSSZ").print(d)', '2024-02-29T12:34:56.789+0000'],
    [`DateTimeFormat.forPattern("ZZ ZZZ").withZone(${NEW_YORK}).print(d)`, '-05:00 America/New_York'],
    ['d.toString("EEE EEEE MMM MMMM d M yy a h K k H")', 'Thu Thursday Feb February 29 2 24 PM 12 0 12 12'],
    ['d.toString("D w e xxxx Y C G")', '60 9 4 2024 2024 20 AD'],
    ['d.toString("S SS SSS SSSSSS")', '7 78 789 789000'],
    ["d.toString(\"'o''clock' ''yy'' \")", "o'clock '24' "],
    ['new DateTime("2024-01-01").toString("hh:mm a kk KK")', '12:00 AM 24 00'],
    ['DateTimeFormat.forPattern("yyyyMMdd").print(0)', '19700101'],
    [`new DateTime(0, ${NEW_YORK}).toString("z zzzz")`, 'EST Eastern Standard Time'],
  ],
  'patterns parse': [
    ['DateTimeFormat.forPattern("yyyyMMdd").parseDateTime("20240229").toString()', '2024-02-29T00:00:00.000Z'],
    ['DateTimeFormat.forPattern("yyyyMMddHH").parseMillis("2024022912")', 1709208000000n],
    [
      `DateTimeFormat.forPattern("yyyy-MM-dd").withZone(${MADRID}).parseDateTime("2024-07-01").toString()`,
      '2024-07-01T00:00:00.000+02:00',
    ],
    [
      `DateTimeFormat.forPattern("yyyy-MM-dd HH:mm Z").withZone(${MADRID}).parseDateTime("2024-07-01 00:00 Z").toString()`,
      '2024-07-01T02:00:00.000+02:00',
    ],
    ['DateTimeFormat.forPattern("d MMM yyyy").parseDateTime("9 sep 2024").toString("yyyyMMdd")', '20240909'],
    [
      'DateTimeFormat.forPattern("EEEE, d MMMM yyyy").parseDateTime("Thursday, 29 February 2024").toString("yyyyMMdd")',
      '20240229',
    ],
    ['DateTimeFormat.forPattern("h:mm a").parseDateTime("12:05 am").toString("HH:mm")', '00:05'],
    ['DateTimeFormat.forPattern("a h").parseDateTime("PM 3").getHourOfDay()', 15n],
    ['DateTimeFormat.forPattern("MM-dd").parseDateTime("02-29").toString("yyyyMMdd")', '20000229'],
    ['DateTimeFormat.forPattern("HH").parseDateTime("5").toString()', '1970-01-01T05:00:00.000Z'],
    ['DateTimeFormat.forPattern("xxxx-\'W\'ww-e").parseDateTime("2024-W09-4").toString("yyyyMMdd")', '20240229'],
    ['DateTimeFormat.forPattern("xxxx-\'W\'ww").parseDateTime("2021-W01").toString("yyyyMMdd")', '20210104'],
    ['DateTimeFormat.forPattern("yyyy DDD").parseDateTime("2024 366").toString("yyyyMMdd")', '20241231'],
    ['DateTimeFormat.forPattern("HH:mm ZZZ").parseDateTime("12:00 Europe/Madrid").getMillis()', 39600000n],
  ],
  'days between and Util': [
    ['Days.daysBetween(new DateTime("2024-02-28T23:00"), new DateTime("2024-03-01T22:00")).getDays()', 1n],
    ['Days.daysBetween(new DateTime("2024-03-01"), new DateTime("2024-02-28")).getDays()', -2n],
    ['Util.dateIntHourToTs(20240229, 12, "UTC", 0, 0)', 1709208000000n],
    ['Util.dateIntHourToTs(20240229, 12, "Europe/Madrid", 1, -1)', 1709287200000n],
    ['Util.dateIntHourToTs(20240309, 2, "America/New_York", 1, 0)', 1710055800000n - 1800000n],
  ],
};

const D = 'DateTime d = new DateTime("2024-02-29T12:34:56.789Z"); ';

describe.each(Object.entries(VALUES))('%s', (_, rows) => {
  it.each(rows)('%s', (source, value) => {
    expect(valueOf(D + source)).toStrictEqual(value);
  });
});

describe('what is no date is a fault', () => {
  it.each<readonly [source: string, code: string, message: RegExp]>([
    ['new DateTime("yesterday")', 'EXPRESSION_FAILED', /yesterday/],
    ['new DateTime("2024-02-30")', 'EXPRESSION_FAILED', /dayOfMonth is from 1 to 29/],
    ['new DateTime("2024-13-01")', 'EXPRESSION_FAILED', /monthOfYear/],
    ['new DateTime("2024-01-01 10:00")', 'EXPRESSION_FAILED', /not a date/],
    ['new DateTime("")', 'EXPRESSION_FAILED', /not a date/],
    ['new DateTime("T")', 'EXPRESSION_FAILED', /not a date/],
    ['new DateTime("2023-W53-1")', 'EXPRESSION_FAILED', /weekOfWeekyear/],
    ['new DateTime(null)', 'EXPRESSION_TYPE', /null/],
    ['new DateTime(1.5)', 'EXPRESSION_TYPE', /double/],
    ['new DateTime(0, "UTC")', 'EXPRESSION_TYPE', /DateTimeZone/],
    ['new DateTime(2024, 1, 1)', 'EXPRESSION_TYPE', /0, 1, 2 or 8/],
    ['new DateTime(2024, 1, 1, 0, 0, 0, 0, 0)', 'EXPRESSION_TYPE', /DateTimeZone/],
    ['new DateTime(9223372036854775807)', 'EXPRESSION_FAILED', /years/],
    ['new DateTime(0).plusYears(9223372036854775807)', 'EXPRESSION_FAILED', /years/],
    ['new DateTime(0).minusDays(9223372036854775807)', 'EXPRESSION_FAILED', /years/],
    ['new DateTime(0).plusMillis(9223372036854775807)', 'EXPRESSION_FAILED', /years/],
    ['new DateTime(0).withDayOfMonth(32)', 'EXPRESSION_FAILED', /from 1 to 31/],
    ['new DateTime(0).withHourOfDay(24)', 'EXPRESSION_FAILED', /from 0 to 23/],
    ['new DateTime("2023-01-01").withDayOfYear(366)', 'EXPRESSION_FAILED', /365/],
    [`new DateTime("2024-03-10T02:30", ${NEW_YORK})`, 'EXPRESSION_FAILED', /put forward/],
    [`new DateTime(2024, 3, 10, 2, 30, 0, 0, ${NEW_YORK})`, 'EXPRESSION_FAILED', /put forward/],
    [`new DateTime("2024-03-10T01:30", ${NEW_YORK}).withHourOfDay(2)`, 'EXPRESSION_FAILED', /put forward/],
    ['DateTimeZone.forID("Mars/Olympus")', 'EXPRESSION_FAILED', /Mars/],
    ['DateTimeZone.forID("")', 'EXPRESSION_FAILED', /zone/],
    ['DateTimeZone.forID("+99:00")', 'EXPRESSION_FAILED', /zone/],
    ['DateTimeZone.PST', 'EXPRESSION_NAME', /PST/],
    ['DateTimeConstants.SUNDAE', 'EXPRESSION_NAME', /SUNDAE/],
    ['DateTimeFormat.forPattern("yyyy-bb")', 'EXPRESSION_FAILED', /letter b/],
    ['DateTimeFormat.forPattern("")', 'EXPRESSION_FAILED', /empty/],
    ['DateTimeFormat.forPattern("yyyyMMdd").parseDateTime("2024-02-29")', 'EXPRESSION_FAILED', /does not fit/],
    ['DateTimeFormat.forPattern("yyyyMMdd").parseDateTime("20240229x")', 'EXPRESSION_FAILED', /character 9/],
    ['DateTimeFormat.forPattern("yyyyMMdd").parseDateTime("20230229")', 'EXPRESSION_FAILED', /dayOfMonth/],
    ['DateTimeFormat.forPattern("hh").parseDateTime("13")', 'EXPRESSION_FAILED', /clockhour/],
    ['DateTimeFormat.forPattern("z").parseDateTime("CET")', 'EXPRESSION_FAILED', /cannot be parsed|not parsed/],
    ['new DateTime(0) == new DateTime(0)', 'EXPRESSION_TYPE', /isEqual/],
    ['new DateTime(0) < new DateTime(0)', 'EXPRESSION_TYPE', /isBefore/],
    ['new DateTime(0) + 1', 'EXPRESSION_TYPE', /DateTime/],
    ['new DateTime(0).getEra()', 'EXPRESSION_NAME', /getEra/],
    ['Util.dateIntHourToTs(20240229, 24, "UTC", 0, 0)', 'EXPRESSION_FAILED', /hourOfDay/],
    ['Util.dateIntHourToTs(20240229, 0, "UTC", 9223372036854775807, 0)', 'EXPRESSION_FAILED', /years/],
  ])('%s', (source, code, message) => {
    const fault = faultOf(source);
    expect(fault.message).toMatch(message);
    expect(fault.code).toBe(code);
  });
});

describe('for any instant and zone', () => {
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Madrid',
    'America/New_York',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Africa/Monrovia',
    'America/St_Johns',
  );
  const instant = fc.integer({ min: -62_000_000_000_000, max: 253_000_000_000_000 });
  const at = (millis: number, id: string): string => `new DateTime(${String(millis)}, DateTimeZone.forID("${id}"))`;

  it('the text of a date is read back as the same instant', () => {
    fc.assert(
      fc.property(instant, zone, (millis, id) => {
        expect(valueOf(`new DateTime(${at(millis, id)}.toString()).getMillis()`)).toBe(BigInt(millis));
      }),
      { numRuns: 300 },
    );
  });

  it('a local time is shown again by the date that is made of it, or the clock skips it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000, max: 4_000_000_000_000 }), zone, (millis, id) => {
        const local = new Date(millis).toISOString().slice(0, -1);
        const source = `new DateTime("${local}", DateTimeZone.forID("${id}")).toString("yyyy-MM-dd'T'HH:mm:ss.SSS")`;
        const result = run(source);
        if (result.ok) expect(result.value).toBe(local);
        else expect(result.failure.message).toMatch(/put forward/);
      }),
      { numRuns: 300 },
    );
  });

  it('the week, its year and its day name the date', () => {
    fc.assert(
      fc.property(instant, (millis) => {
        const iso = valueOf(`new DateTime(${String(millis)}).toString("xxxx-'W'ww-e")`);
        const day = valueOf(`new DateTime(${String(millis)}).toString("yyyy-MM-dd")`);
        expect(valueOf(`new DateTime("${text(iso)}").toString("yyyy-MM-dd")`)).toBe(day);
      }),
      { numRuns: 300 },
    );
  });
});
