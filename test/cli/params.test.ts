// `-p name=value`, `--for` and ids as people type them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../src/cli/server/global-id.ts';
import { readParams } from '../../src/cli/program/param-options.ts';
import { scheduledTime } from '../../src/cli/scheduled-time.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-params-'));
  writeFileSync(join(folder, 'list.json'), '["a", {"b": 1}]');
  writeFileSync(join(folder, 'broken.json'), '{');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a parameter', () => {
  it.each([
    ['string', 'k=42', '42'],
    ['string', 'k=a=b', 'a=b'],
    ['string', 'k=', ''],
    ['string', 'k=@@home', '@home'],
    ['long', 'k=42', 42],
    ['long', 'k=-7', -7],
    ['long', 'k=9007199254740993', '9007199254740993'],
    ['double', 'k=0.5', 0.5],
    ['double', 'k=1e3', 1000],
    ['boolean', 'k=true', true],
    ['boolean', 'k=FALSE', false],
    ['string_array', 'k=["a","b"]', ['a', 'b']],
    ['map', 'k={"a":1}', { a: 1 }],
    ['map', 'k=@list.json', ['a', { b: 1 }]],
  ])('of the type %s reads %s', (type, option, value) => {
    expect(readParams([option], folder, new Map([['k', type]]))).toEqual({ k: value });
  });

  it.each([
    ['k=168', 168],
    ['k=0.25', 0.25],
    ['k=true', true],
    ['k=null', null],
    ['k=Biscoe', 'Biscoe'],
    ['k="168"', '168'],
    ['k=007', '007'],
    ['k=2026-11-01', '2026-11-01'],
    ['k=12345678901234567890', '12345678901234567890'],
    ['k=[1,2]', [1, 2]],
    ['k=[oops', '[oops'],
  ])('that nobody declared reads %s as it looks', (option, value) => {
    expect(readParams([option], folder)).toEqual({ k: value });
  });

  it.each([
    ['long', 'k=abc', 'k must be a long, a whole number such as 42, and "abc" is not.'],
    ['long', 'k=1.5', 'k must be a long, a whole number such as 42, and "1.5" is not.'],
    ['double', 'k=', 'k must be a double, a number such as 0.5, and "" is not.'],
    ['boolean', 'k=yes', 'k must be a boolean, true or false, and "yes" is not.'],
    ['string', 'k', '-p k is no parameter.'],
    ['string', '=v', '-p =v is no parameter.'],
  ])('of the type %s refuses %s', (type, option, message) => {
    expect(() => readParams([option], folder, new Map([['k', type]]))).toThrow(
      expect.objectContaining({ message, exitCode: 2 }) as Error,
    );
  });

  it.each([
    [['k=1', 'k=2'], '-p k is given twice.'],
    [['k=@nowhere.json'], '-p k=@nowhere.json: the file cannot be read: '],
    [['k=@broken.json'], 'broken.json must hold JSON for k, and this is not: '],
  ])('is refused as %j', (options, message) => {
    expect(() => readParams(options, folder)).toThrow(message);
  });

  it('may have any name, __proto__ too', () => {
    expect(Object.entries(readParams(['__proto__=1'], folder))).toEqual([['__proto__', 1]]);
  });
});

describe('the time that a run is for', () => {
  it.each([
    ['2026-11-01', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01T06:00Z', '2026-11-01T06:00:00.000Z'],
    ['2026-11-01 06:00:00+02:00', '2026-11-01T04:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(scheduledTime(text)).toBe(instant);
  });

  it.each(['tomorrow', '2026-11-31', '2026-11-01T06:00', '01.11.2026', '2026-13-01'])('%s is refused', (text) => {
    expect(() => scheduledTime(text)).toThrow(`--for ${text} is no time.`);
  });
});

describe('an id as people type it', () => {
  it.each([
    ['penguins', 'workflow:penguins'],
    ['penguins/12', 'run:penguins/12'],
    ['penguins/12.1', 'run:penguins/12.1'],
    ['penguins/12/train', 'step:penguins/12/train'],
    ['penguins/cron', 'trigger:penguins/cron'],
    ['signal:01JD', 'signal:01JD'],
    ['run:penguins/12', 'run:penguins/12'],
  ])('%s means %s', (text, id) => {
    expect(globalId(text)).toBe(id);
  });
});
