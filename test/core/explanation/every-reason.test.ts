// Every way in which something does not run: its sentence word for word, and what would let it go on. The page for people,
// docs/why.md, is this table; after a change write it anew with `npx vitest run test/core/explanation -u`.

import { describe, expect, test } from 'vitest';

import { reasonCodes } from '../../../src/core/explanation/explanation.ts';
import { absences } from './ways/absences.ts';
import { otherSteps } from './ways/other-steps.ts';
import { whyPage } from './ways/page.ts';
import { runs } from './ways/runs.ts';
import { signals } from './ways/signals.ts';
import { triggers } from './ways/triggers.ts';
import { waitingSteps } from './ways/waiting-steps.ts';

const steps = [...waitingSteps, ...otherSteps];
const starters = [...triggers, ...absences];

const groups = [
  ['a run does not start', runs],
  ['a step does not begin', steps],
  ['a trigger starts nothing', starters],
  ['a signal starts nothing', signals],
] as const;
const all = groups.flatMap(([, ways]) => ways);

describe.each(groups)('%s', (_, ways) => {
  test.each(ways)('$what', ({ ask, code, says, unblock }) => {
    const { text, ...more } = ask();
    expect({ text, code: 'code' in more ? more.code : undefined, unblock: more.unblock }).toEqual({
      text: says,
      code,
      unblock,
    });
  });
});

test('every kind of reason has a row, so that none comes without its sentence', () => {
  const told = new Set(all.map(({ code }) => code));
  expect(reasonCodes.filter((code) => !told.has(code))).toEqual([]);
});

test('each row is told once', () => {
  for (const [, ways] of groups) expect(new Set(ways.map(({ what }) => what)).size).toBe(ways.length);
});

test('nothing of the machine shows through', () => {
  for (const { says, unblock = '' } of all) {
    for (const line of [says, unblock]) expect(line).not.toMatch(/undefined|null|NaN|\[object| {2}|\.\.\s/u);
    expect(says).toMatch(/[.`]$/u);
  }
});

test('the page for people is this table', async () => {
  await expect(whyPage({ runs, steps, triggers: starters, signals })).toMatchFileSnapshot('../../../docs/why.md');
});
