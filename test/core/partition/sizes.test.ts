// Nothing that is written is larger than the store takes: long cascades go on in the next commit, what cannot be split is
// refused, and what steps give has a bound of its own.

import { describe, expect, test } from 'vitest';

import { type EntityId, kindOf } from '../../../src/core/ids.ts';
import { type Json } from '../../../src/core/json.ts';
import { type Versioned } from '../../../src/core/partition/gathering.ts';
import { fullCommitBytes, mostInCommit } from '../../../src/core/partition/size-limits.ts';
import { roomForOutputs } from '../../../src/core/run/room.ts';
import { type RunState } from '../../../src/core/run/state.ts';
import { bsonBytes } from '../../support/document-limits.ts';
import {
  entries,
  given,
  givenMany,
  pause,
  publish,
  restart,
  resume,
  type Situation,
  start,
  stop,
  succeeded,
  wake,
} from '../../support/given.ts';

const large = 'x'.repeat(400_000);

/** The largest commit that a situation has come to, in bytes, as counted and as stored. */
function largestCommit({ taken }: Situation): { readonly counted: number; readonly stored: number } {
  const commits = taken.flatMap(({ decision }) => (decision.kind === 'COMMIT' ? [decision.gathered] : []));
  const sizes = commits.map(({ events, messages, bytes }) => ({ bytes, stored: bsonBytes({ events, messages }) }));
  for (const { bytes, stored } of sizes) expect(bytes + 200).toBeGreaterThanOrEqual(stored);
  return {
    counted: Math.max(...sizes.map(({ bytes }) => bytes)),
    stored: Math.max(...sizes.map(({ stored }) => stored)),
  };
}

function runs(situation: Situation): readonly RunState[] {
  return [...situation.entities()].flatMap(([, { state }]) => (state.kind === 'run' ? [state] : []));
}

function setAside(situation: Situation): readonly EntityId[] {
  return [...situation.entities()].flatMap(([id, { state }]) => (state.quarantine === undefined ? [] : [id]));
}

describe('a large signal', () => {
  test('starts a run by each of thirty triggers, over several commits, and its publisher hears of all at once', () => {
    const triggers = Array.from({ length: 30 }, (_, place) => `{ signal: big, name: t${String(place)} }`).join(', ');
    const situation = given(
      `id: ear\nrunStrategy: { parallel: 100 }\ntriggers: [${triggers}]\nsteps: [{ id: a, noop: true }]`,
    );
    situation.when(publish('big', { large })).delivered();
    expect(runs(situation).map(({ status }) => status)).toEqual(Array(30).fill('SUCCEEDED'));
    expect(new Set(runs(situation).map(({ cause }) => cause.kind === 'SIGNAL' && cause.trigger)).size).toBe(30);
    const signal = situation.entity('signal:big-1' as EntityId)?.state;
    expect(signal).toMatchObject({ awaited: [], more: 0 });
    expect(signal?.kind === 'signal' ? signal.verdicts : []).toHaveLength(30);
    expect(situation.taken.filter(({ body }) => isMessage(body, 'VerdictsReached'))).toHaveLength(1);
    expect(largestCommit(situation).counted).toBeLessThan(fullCommitBytes + 1_000_000);
  });

  test('is heard by each of thirty waiting steps, over several commits', () => {
    const situation = given('id: ear\nrunStrategy: { parallel: 100 }\nsteps: [{ id: a, wait: { signal: big } }]');
    for (let place = 0; place < 30; place++) situation.when(start('ear'));
    situation.delivered().when(publish('big', { large })).delivered();
    expect(runs(situation).map(({ status }) => status)).toEqual(Array(30).fill('SUCCEEDED'));
    expect(largestCommit(situation).counted).toBeLessThan(fullCommitBytes + 2_000_000);
  });
});

test('ticks that nobody dealt with start their runs in order, over several commits', () => {
  const situation = given(
    `id: clock\nrunStrategy: { parallel: 100 }\nparams: { large: ${large} }\ntriggers: [{ cron: "* * * * *", catchUp: all }]\nsteps: [{ id: a, noop: true }]`,
  );
  situation.when(wake('trigger:clock/cron'), situation.now + 30 * 60_000).delivered();
  situation.after(0).delivered();
  const times = runs(situation).map(({ scheduledFor }) => scheduledFor);
  expect(times).toEqual([...times].sort());
  expect(new Set(times).size).toBe(30);
  expect(times).toHaveLength(30);
  expect(largestCommit(situation).counted).toBeLessThan(fullCommitBytes + 1_000_000);
});

test('a loop begins iterations with large values a few at a time', () => {
  const situation = given(
    'id: flow\nparams: { list: { type: string_array, value: [] }, numbers: { type: long_array, value: [] } }\nsteps: [{ id: each, foreach: { v: list, n: numbers }, steps: [{ id: a, noop: true }] }]',
  );
  const numbers = Array.from({ length: 50 }, (_, place) => place);
  situation
    .when(start('flow', { list: [large], numbers }))
    .delivered()
    .shows('flow/1', 'SUCCEEDED');
  expect(runs(situation)).toHaveLength(51);
  expect(largestCommit(situation).counted).toBeLessThan(fullCommitBytes + 1_000_000);
});

describe('pausing a run with thousands of iterations going on', () => {
  const numbers = (count: number): Json => Array.from({ length: count }, (_, place) => place);
  const nested = (): Situation =>
    given(
      'id: flow\nparams: { some: { type: long_array, value: [] }, many: { type: long_array, value: [] } }\nsteps: [{ id: outer, foreach: { o: some }, steps: [{ id: inner, foreach: { i: many }, concurrency: 500, steps: [{ id: a, run: x }] }] }]',
    )
      .when(start('flow', { some: numbers(5), many: numbers(500) }))
      .delivered();
  const statuses = (situation: Situation): ReadonlySet<string> => new Set(runs(situation).map(({ status }) => status));

  test('goes on over several commits until all of them are paused, and lets all go on again', () => {
    const situation = nested();
    expect(runs(situation)).toHaveLength(1 + 5 + 2_500);
    const before = situation.taken.length;
    situation.when(pause('flow/1'));
    expect(statuses(situation)).toEqual(new Set(['PAUSED', 'RUNNING']));
    situation.delivered();
    expect(statuses(situation)).toEqual(new Set(['PAUSED']));
    situation.when(resume('flow/1')).delivered();
    expect(statuses(situation)).toEqual(new Set(['RUNNING']));
    const events = situation.taken
      .slice(before)
      .map(({ decision }) => (decision.kind === 'COMMIT' ? decision.gathered.events.length : 0));
    expect(Math.max(...events)).toBeLessThan(1_600);
  });

  test('is taken back by letting it go on before the last of them is paused', () => {
    const situation = nested().when(pause('flow/1')).when(resume('flow/1')).delivered();
    expect(statuses(situation)).toEqual(new Set(['RUNNING']));
  });
});

describe('what steps give', () => {
  const outputs = 'outputs: { o: string }';
  const most = 'y'.repeat(3_000_000);

  test('fails the step for which the run has no room, and none of its signals goes out', () => {
    const situation = given(
      `id: flow\nsteps: [{ id: a, run: x, ${outputs} }, { id: b, run: x, ${outputs} }, { id: c, run: x, ${outputs} }]`,
    ).when(start('flow'));
    situation.reported('flow/1/a', succeeded({ o: most })).reported('flow/1/b', succeeded({ o: most }));
    situation.reported('flow/1/c', succeeded({ o: most }, [{ name: 'made', params: [] }]));
    situation.then({ messages: [] }).shows('flow/1', 'FAILED', 'a: SUCCEEDED, b: SUCCEEDED, c: FAILED');
    expect(situation.run('flow/1').failure).toMatchObject({
      kind: 'USER',
      code: 'OUTPUT_LIMIT',
      message:
        'Step "c" gave 3.0 MB; with its parameters and what its other steps gave, the run would take more than 8.0 MB.',
    });
    expect(bsonBytes(situation.run('flow/1'))).toBeLessThan(roomForOutputs);
  });

  test('leaves room again where an earlier attempt had taken it', () => {
    const situation = given(`id: flow\nsteps: [{ id: a, run: x, ${outputs} }, { id: b, needs: a, run: x }]`);
    situation.when(start('flow')).reported('flow/1/a', succeeded({ o: most }));
    for (let attempt = 2; attempt < 6; attempt++) {
      situation.reported('flow/1/b', succeeded()).when(restart('flow/1')).delivered();
      situation.reported('flow/1/a', succeeded({ o: most }));
      expect(situation.run('flow/1').steps[0]?.status).toBe('SUCCEEDED');
    }
  });

  test('fails the step whose signal is too large', () => {
    const situation = given(
      'id: flow\nparams: { large: "" }\nsteps: [{ id: a, publish: { signal: made, params: { l: "${large}" } } }]',
    );
    situation
      .when(start('flow', { large: 'z'.repeat(600_000) }))
      .then({ messages: [] })
      .shows('flow/1', 'FAILED');
    expect(situation.run('flow/1').failure).toMatchObject({ code: 'OUTPUT_LIMIT' });
  });

  test('fails the step whose run of another workflow gave too much', () => {
    const situation = given(
      `id: kid\nsteps: [{ id: k, run: x, ${outputs} }]`,
      `id: flow\nsteps: [{ id: a, workflow: kid }, { id: b, workflow: kid }, { id: c, workflow: kid }]`,
    );
    situation.when(start('flow')).delivered();
    for (const kid of ['kid/1', 'kid/2', 'kid/3']) {
      situation
        .delivered()
        .reported(`${kid}/k`, succeeded({ o: most }))
        .delivered();
    }
    expect(situation.run('kid/3').status).toBe('SUCCEEDED');
    expect(situation.run('flow/1')).toMatchObject({ status: 'FAILED', failure: { code: 'OUTPUT_LIMIT' } });
    expect(largestCommit(situation).stored).toBeLessThan(mostInCommit);
  });

  test('fails the iteration for which the record of its loop has no room; the others keep what they gave', () => {
    const situation = given(
      `id: flow\nsteps: [{ id: each, foreach: { v: [1, 2, 3] }, steps: [{ id: a, run: x, ${outputs} }] }]`,
    ).when(start('flow'));
    for (const place of [0, 1, 2]) {
      situation.reported(`flow/1/each[${String(place)}]/a`, succeeded({ o: most })).delivered();
    }
    situation.shows('flow/1', 'FAILED');
    const inner = runs(situation).filter(({ path }) => path !== undefined);
    expect(inner.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'FAILED']);
    expect(inner[2]?.failure).toMatchObject({
      code: 'OUTPUT_LIMIT',
      message: 'The outputs of the iterations 0 to 999 of this loop would take more than 8.0 MB together.',
    });
    const records = [...situation.entities()].filter(([id]) => kindOf(id) === 'iterations');
    for (const [, { state }] of records) expect(bsonBytes(state)).toBeLessThan(roomForOutputs);
  });

  test('of a thousand steps is kept by a restart in one commit', () => {
    const count = 1_000;
    const situation = givenMany(
      count,
      () => 'run: x',
      (place) => (place === count - 1 ? 0 : undefined),
    );
    situation.when(start('flow')).delivered();
    const { workflowId, number, attempt, steps } = situation.run('flow/1');
    const run = { workflowId, number, attempt };
    for (let step = 0; step < count - 1; step++) {
      const { token = '' } = steps[step]?.attempts.at(-1) ?? {};
      const result = succeeded({ o: 'w'.repeat(7_000) });
      situation.when({ type: 'ReportAttempt', run, report: { step, attempt: 1, token, result } });
    }
    const last = `flow/1/s${String(count - 1)}`;
    situation.reported(last, {
      outcome: 'failed',
      failure: { kind: 'USER', code: 'EXIT_CODE', message: 'No.', retryable: false },
    });
    situation.shows('flow/1', 'FAILED').when(restart('flow/1', {}, 'INCOMPLETE'));
    const kept = situation.taken.at(-1)?.decision;
    const gathered = kept?.kind === 'COMMIT' ? kept.gathered : undefined;
    expect(gathered?.events.filter(({ event }) => event.type === 'StepKept')).toHaveLength(count - 1);
    expect(gathered?.bytes).toBeLessThan(mostInCommit);
    expect(situation.run('flow/1')).toMatchObject({ attempt: 2 });
    situation.delivered().shows('flow/1', 'RUNNING');
  });

  test('is kept with a shorter sentence of its failure where there is no room for the whole', () => {
    const situation = given(`id: flow\nsteps: [{ id: a, run: x, ${outputs} }, { id: b, run: x }]`).when(start('flow'));
    situation.reported('flow/1/a', succeeded({ o: 'y'.repeat(7_990_000) }));
    const message = 'No room. '.repeat(2_000);
    situation.reported('flow/1/b', {
      outcome: 'failed',
      failure: { kind: 'USER', code: 'EXIT_CODE', message, retryable: false },
    });
    expect(situation.run('flow/1').steps[1]?.failure?.message).toBe(`${message.slice(0, 200)}…`);
  });
});

describe('what is larger all the same', () => {
  test('since before there was a limit is set aside at its next move, and what moves with it goes on', () => {
    const waits = 'steps: [{ id: a, wait: { signal: made } }, { id: b, needs: a, noop: true }]';
    const situation = given(`id: old\n${waits}`, `id: other\n${waits}`);
    situation.when(start('old')).when(start('other')).delivered();
    const old = situation.run('old/1');
    const outputs = entries({ o: 'x'.repeat(14_000_000) });
    const steps = old.steps.map((step, place) => (place === 1 ? { ...step, outputs } : step));
    const memory = situation.entities() as Map<EntityId, Versioned>;
    memory.set('run:old/1.1' as EntityId, { version: 9, state: { ...old, steps } });
    situation.when(stop('old/1')).then({ refusal: { code: 'LIMIT_EXCEEDED' } });
    situation.when(publish('made')).delivered().shows('other/1', 'SUCCEEDED');
    expect(setAside(situation)).toEqual(['run:old/1.1']);
  });

  test('is refused where someone asked for it, and changes nothing', () => {
    const payload = 'p'.repeat(950_000);
    const signals = Array.from({ length: 15 }, (_, place) => ({
      id: `signal:${String(place)}` as EntityId,
      params: [],
      payload,
    }));
    const situation = given('id: flow\nsteps: [{ id: a, noop: true }]');
    const before = new Map(situation.entities());
    situation.when({ type: 'PublishSignals', name: 'made', signals }).then({
      refusal: {
        code: 'LIMIT_EXCEEDED',
        message: 'This would write more than 12.0 MB at once, which is the most that can be kept together.',
      },
    });
    expect(situation.entities()).toEqual(before);
  });

  test('sets aside the run that it would belong to, where nobody asked for it, and the others go on', () => {
    const names = Array.from({ length: 16 }, (_, place) => `s${String(place)}`);
    const situation = given(
      `id: ear\nrunStrategy: { parallel: 5 }\nsteps: [{ id: a, wait: { all: [${names.map((name) => `{ signal: ${name}, as: ${name} }`).join(', ')}] } }, { id: b, run: x }]`,
      'id: other\nsteps: [{ id: a, wait: { signal: s15 } }]',
    );
    situation.when(start('ear')).when(start('other')).delivered();
    for (const name of names) situation.when(publish(name, { value: 'v'.repeat(900_000) })).delivered();
    expect(setAside(situation)).toEqual(['run:ear/1.1']);
    expect(situation.entity('run:ear/1.1' as EntityId)?.state.quarantine?.reason).toMatch(
      /^The run "ear\/1\.1" would take more than 12\.0 MB/,
    );
    situation.shows('other/1', 'SUCCEEDED');
    situation.when(start('ear')).delivered().shows('ear/2', 'RUNNING');
  });
});

function isMessage(body: Situation['taken'][number]['body'], type: string): boolean {
  return body.type === 'TakeMessage' && body.message.type === type;
}
