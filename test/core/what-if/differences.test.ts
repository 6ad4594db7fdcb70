// What becomes of each run with another trigger, and the sentence that says why.

import { describe, expect, test } from 'vitest';
import { type Standing } from '../../../src/core/what-if/pasts.ts';
import { compareStarts } from '../../../src/core/what-if/compare-starts.ts';
import { type RealStart, signalsOfStart, timeOf, type TriggerStart } from '../../../src/core/what-if/past.ts';
import { knownPast } from '../../../src/core/what-if/pasts.ts';
import { createReplay, replayPast } from '../../../src/core/what-if/replay.ts';
import { whyDifferent } from '../../../src/core/what-if/why-different.ts';
import { counted, type Deed, definitionOf, lived, minute, replayed, start } from './played.ts';

function standing(trigger: string): Standing {
  const definition = definitionOf(textOf(trigger));
  const [first] = definition.triggers;
  if (first === undefined) throw new Error('no trigger');
  return { definition, trigger: first };
}

function textOf(trigger: string): string {
  return `id: flow\nparams: { n: 0 }\ntriggers:\n  - { ${trigger}, name: t }\nsteps: [{ id: a, noop: true }]\n`;
}

const at = (minutes: number): Deed => ({ does: 'wait', minutes });
const publish = (name: string, params: Readonly<Record<string, number>>): Deed => ({ does: 'publish', name, params });

/** `LOST A1+B2: why`, one line for each run that is not kept. */
function differences(deeds: readonly Deed[], was: string, would: string): readonly string[] {
  const history = lived([{ does: 'apply', text: textOf(was) }, ...deeds], 't');
  const changed = standing(would);
  const { differences: found, replay } = replayed(history, { changed });
  const signals = new Map(history.signals.map((signal) => [signal.id, signal]));
  const names = new Map(history.signals.map(({ id, name, sequence }) => [id.slice(7), `${name}${String(sequence)}`]));
  return found.map((one) => {
    const run = 'real' in one ? one.real : one.replayed;
    const made = signalsOfStart(run).map((id) => names.get(id) ?? '?');
    const when = made.length > 0 ? made.join('+') : new Date(timeOf(run)).toISOString().slice(11, 16);
    const why = whyDifferent(one, { signals, verdicts: replay.verdicts, changed: changed.trigger, isNew: false });
    return [`${one.outcome} ${when}`, ...(why === undefined ? [] : [why])].join(': ');
  });
}

describe('signals', () => {
  const joined = 'all: [{ signal: A, as: a, joinOn: k }, { signal: B, as: b, joinOn: k }]';

  test('a join that becomes shorter loses what lay further apart, and says what would be waited for', () => {
    const deeds = [
      publish('A', { k: 1 }),
      at(40),
      publish('B', { k: 1 }),
      publish('A', { k: 2 }),
      publish('B', { k: 2 }),
    ];
    expect(differences(deeds, joined, `${joined}, within: 30m`)).toEqual([
      'LOST A1+B1: B #1 would wait for A with k = 1.',
      'KEPT A2+B2',
    ]);
  });

  test('a run that takes another signal is moved, and says which it takes in place of which', () => {
    const first = 'all: [{ signal: A, as: a, where: { n: ">= 2" } }, { signal: B, as: b }]';
    const deeds = [publish('A', { n: 1 }), publish('A', { n: 2 }), publish('B', { n: 0 })];
    expect(differences(deeds, first, first.replace('>= 2', '>= 1'))).toEqual([
      'MOVED A2+B1: It would be made with A #1 and without A #2.',
    ]);
  });

  test('a signal under another name is not waited for any more', () => {
    const deeds = [publish('A', { n: 1 }), publish('B', { n: 1 })];
    expect(differences(deeds, 'signal: A', 'signal: B')).toEqual([
      'LOST A1: The changed trigger does not wait for A.',
      'GAINED B1: Really the trigger did not hear B #1.',
    ]);
  });

  test('a run that would be refused is lost, with the reason of its refusal', () => {
    const deeds = [publish('A', { m: 1 })];
    const [line = ''] = differences(deeds, 'signal: A', 'signal: A, params: { n: "${signal.n}" }');
    expect(line).toMatch(/^LOST A1: The run could not be made: Its parameter "n" could not be made: /u);
  });

  test('runs of the same signals that are held up longer are moved by so much', () => {
    const deeds = [publish('A', { n: 1 }), at(60)];
    expect(differences(deeds, 'signal: A, debounce: 5m', 'signal: A, debounce: 20m')).toEqual([
      'MOVED A1: It would be made 15 min later, at 2026-01-15 12:20:00 UTC.',
    ]);
  });

  test('one run for many takes the place of the run of the last of them; the others are lost', () => {
    const deeds = [publish('A', { n: 1 }), at(1), publish('A', { n: 2 }), at(60)];
    expect(differences(deeds, 'signal: A', 'signal: A, debounce: 5m')).toEqual([
      'LOST A1: A #1 would be folded into one run with others.',
      'MOVED A2: It would be made 5 min later, at 2026-01-15 12:06:00 UTC, of 2 signals in place of 1 signal.',
    ]);
    expect(differences(deeds, 'signal: A, debounce: 5m', 'signal: A')).toEqual([
      'GAINED A1: Really A #1 was folded into one run with others.',
      'MOVED A2: It would be made 5 min earlier, at 2026-01-15 12:01:00 UTC, of 1 signal in place of 2 signals.',
    ]);
  });
});

describe('times', () => {
  test('a schedule that is moved by half an hour moves its runs; one that fires less often loses the others', () => {
    const deeds = [at(180)];
    expect(differences(deeds, 'cron: "0 * * * *"', 'cron: "30 * * * *"')).toEqual([
      'MOVED 13:00: It would be made 30 min earlier, at 2026-01-15 12:30:00 UTC.',
      'MOVED 14:00: It would be made 30 min earlier, at 2026-01-15 13:30:00 UTC.',
      'MOVED 15:00: It would be made 30 min earlier, at 2026-01-15 14:30:00 UTC.',
    ]);
    expect(differences(deeds, 'every: 20m', 'every: 60m').map((line) => line.slice(0, 10))).toEqual(
      expect.arrayContaining(['KEPT 13:00', 'LOST 12:20', 'LOST 12:40']),
    );
  });

  test('while the triggers were paused no time fires, of the changed schedule either', () => {
    const deeds: readonly Deed[] = [at(30), { does: 'pause' }, at(60), { does: 'resume' }, at(20)];
    expect(differences(deeds, 'cron: "15 * * * *", catchUp: none', 'cron: "5 * * * *", catchUp: none')).toEqual([
      'MOVED 12:15: It would be made 10 min earlier, at 2026-01-15 12:05:00 UTC.',
    ]);
  });

  test('times that passed while no server ran are left out, or made up for, as the policy of the changed trigger says', () => {
    const deeds: readonly Deed[] = [{ does: 'apply', text: textOf('cron: "*/10 * * * *", catchUp: none') }, at(5)];
    const history = lived(deeds, 't');
    const facts = history.facts(start);
    const [from, to] = [start + 10 * minute, start + 40 * minute];
    const skipped = { type: 'TicksSkipped', from, to: from + 20 * minute, count: 3, nextFire: to } as const;
    const events = [...facts.events, { at: to - minute, event: skipped }];
    const known = knownPast({ ...facts, events });
    expect(known.sleeps).toEqual([{ from, to: to - minute }]);
    const replay = createReplay('flow', known.sleeps);
    const replaying = replayPast(replay, known.happenings, to + minute);
    while (replaying.next().done !== true);
    expect(replay.starts.map(timeOf)).toEqual([to]);
  });
});

test('each run of both worlds is told exactly once, and equal ones belong together whatever their number', () => {
  const made = (number: number, ...signals: readonly string[]): RealStart => ({
    at: start + number,
    number,
    cause: {
      kind: 'SIGNAL',
      trigger: 't',
      name: 'A',
      signal: signals[0] ?? '',
      params: [],
      signals: signals.map((signal) => ({ as: signal, name: 'A', signal, params: [] })),
    },
  });
  const real = [made(1, 'a', 'b'), made(2, 'c', 'd'), made(3, 'e', 'f')];
  const other: readonly TriggerStart[] = [made(1, 'c', 'd'), made(2, 'a', 'f'), made(3, 'x', 'y')];
  const found = compareStarts(real, other);
  expect(counted(found)).toEqual({ KEPT: 1, MOVED: 1, LOST: 1, GAINED: 1 });
  expect(new Set(found.flatMap((one) => ('real' in one ? [one.real.number] : []))).size).toBe(3);
});
