import { describe, expect, test } from 'vitest';
import { type Entry } from '../../../src/core/json.ts';
import { type EntityId, signalEntity } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { given, type Situation } from '../../support/given.ts';

const flow = `id: flow
params: { island: Biscoe }
runStrategy: { parallel: 10 }
steps:
  - id: weather
    wait: { signal: weather.ready, match: { place: "\${island}" }, where: { rows: ">= 100" } }
  - { id: after, needs: weather, when: "steps.weather.rows > 100", noop: true }
`;

let count = 0;

function ulid(): string {
  count += 1;
  return String(count).padStart(26, '0');
}

function published(...params: readonly Record<string, string | number>[]): CommandBody {
  return publishedAs('weather.ready', ...params);
}

function publishedAs(name: string, ...params: readonly Record<string, string | number>[]): CommandBody {
  const signals = params.map((one) => ({
    id: signalEntity(ulid()),
    params: Object.entries(one).map(([key, value]): Entry => ({ name: key, value })),
  }));
  return { type: 'PublishSignals', name, signals };
}

const start: CommandBody = { type: 'StartRun', workflowId: 'flow', params: [], labels: [] };
const run = { workflowId: 'flow', number: 1 };
const good = { place: 'Biscoe', rows: 120 };

function started(text = flow): Situation {
  return given(text).when(start).delivered();
}

function outputs(situation: Situation, step = 0): unknown {
  return Object.fromEntries(situation.run('flow/1').steps[step]?.outputs.map(({ name, value }) => [name, value]) ?? []);
}

/** The partitions that still listen to the name. */
function interest(situation: Situation, name = 'weather.ready'): readonly number[] {
  const state = situation.entity(`signalType:${name}` as EntityId)?.state;
  return state?.kind === 'signalType' ? state.interest : [];
}

describe('a step that waits', () => {
  test('is done by the first signal that meets everything, and gives its parameters', () => {
    const situation = started().shows('flow/1', 'RUNNING', 'weather: WAITING_FOR_SIGNALS, after: NOT_CREATED');
    situation.when(published({ place: 'Torgersen', rows: 500 }, { place: 'Biscoe', rows: 99 })).delivered();
    situation.shows('flow/1', 'RUNNING', 'weather: WAITING_FOR_SIGNALS, after: NOT_CREATED');
    situation.when(published(good)).delivered().shows('flow/1', 'SUCCEEDED', 'weather: SUCCEEDED, after: SUCCEEDED');
    expect(outputs(situation)).toEqual(good);
    expect(interest(situation)).toEqual([]);
  });

  test('hears of what is published between its beginning and its being heard of', () => {
    const situation = given(flow).when(start).when(published(good)).delivered();
    situation.shows('flow/1', 'SUCCEEDED', 'weather: SUCCEEDED, after: SUCCEEDED');
  });

  test('looks back to the creation of its run and no further', () => {
    const situation = given(flow).when(published(good)).delivered().after(1_000);
    situation.when(start).delivered().shows('flow/1', 'RUNNING', 'weather: WAITING_FOR_SIGNALS, after: NOT_CREATED');
  });

  test.each([
    ['all', 'SUCCEEDED'],
    ['2h', 'SUCCEEDED'],
    ['30m', 'RUNNING'],
  ])('with a lookBack of %s, a run after a signal of an hour ago is %s', (lookBack, status) => {
    const text = flow.replace('where:', `lookBack: ${lookBack}, where:`);
    const situation = given(text).when(published(good)).delivered().after(3_600_000);
    expect(situation.when(start).delivered().run('flow/1').status).toBe(status);
  });

  test('takes the newest of those that were published before', () => {
    const text = flow.replace('where:', 'lookBack: all, where:');
    const situation = given(text).when(published({ ...good, rows: 101 }, { ...good, rows: 102 }, { ...good, rows: 1 }));
    expect(outputs(situation.delivered().when(start).delivered())).toEqual({ ...good, rows: 102 });
  });

  test('finds what lies thousands of signals back, a hundred at a time', () => {
    const text = flow.replace('where:', 'lookBack: all, where:');
    const situation = given(text).when(published({ ...good, rows: 777 }));
    for (let batch = 0; batch < 3; batch++) {
      situation.when(published(...Array.from({ length: 900 }, () => ({ place: 'Dream' })))).delivered();
    }
    const before = situation.taken.length;
    expect(outputs(situation.when(start).delivered())).toEqual({ ...good, rows: 777 });
    const looked = situation.taken
      .slice(before)
      .filter(({ body }) => body.type === 'TakeMessage' && body.message.type === 'LookBack');
    expect(looked.length).toBe(27);
    const type = situation.entity('signalType:weather.ready' as EntityId)?.state;
    expect(type).toMatchObject({ sequence: 2_701, shelves: 2, shelvedFrom: 1 });
    expect(type?.kind === 'signalType' && type.recent?.signals.length).toBe(701);
  });

  test('shares a signal with every other wait, which consumes nothing', () => {
    const situation = given(flow).when(start).when(start).delivered().when(published(good)).delivered();
    expect(['flow/1', 'flow/2'].map((name) => situation.run(name).status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  test('lets the signal know who took it', () => {
    const situation = started().when(published(good)).delivered();
    const signal = situation.entity(signalEntity(String(count).padStart(26, '0')))?.state;
    expect(signal).toMatchObject({ awaited: [], verdicts: [], taken: { count: 1, steps: ['step:flow/1.1/weather'] } });
  });

  test('times out, and hears no more', () => {
    const text = flow.replace('  - { id: after', '    timeout: 2h\n  - { id: after');
    const situation = started(text).after(2 * 3_600_000);
    situation.shows('flow/1', 'TIMED_OUT', 'weather: TIMED_OUT, after: NOT_CREATED');
    expect(situation.run('flow/1').steps[0]?.failure?.code).toBe('WAIT_TIMEOUT');
    expect(interest(situation.delivered())).toEqual([]);
    situation.when(published(good)).delivered().shows('flow/1', 'TIMED_OUT', 'weather: TIMED_OUT, after: NOT_CREATED');
  });

  test.each([
    ['StopRun', 'STOPPED', 'weather: STOPPED, after: NOT_CREATED'],
    ['KillRun', 'FAILED', 'weather: STOPPED, after: NOT_CREATED'],
  ] as const)('%s ends it', (type, status, steps) => {
    const situation = started().when({ type, run }).shows('flow/1', status, steps).delivered();
    expect(interest(situation)).toEqual([]);
  });

  test('can be skipped', () => {
    const text = flow.replace('when: "steps.weather.rows > 100", ', '');
    const situation = started(text).when({ type: 'SkipStep', run, stepId: 'weather' }).delivered();
    situation.shows('flow/1', 'SUCCEEDED', 'weather: SKIPPED, after: SUCCEEDED');
    expect(interest(situation)).toEqual([]);
  });

  test('can be bypassed, which says who did and gives nothing', () => {
    const text = flow.replace('when: "steps.weather.rows > 100", ', '');
    const situation = started(text).when({ type: 'BypassSignals', run, stepId: 'weather' }).delivered();
    situation.shows('flow/1', 'SUCCEEDED', 'weather: SUCCEEDED, after: SUCCEEDED');
    expect(situation.run('flow/1').steps[0]).toMatchObject({
      outputs: [],
      awaiting: { bypassed: { actor: 'ada' }, signals: [{ bypassed: true }] },
    });
    situation.when({ type: 'BypassSignals', run, stepId: 'weather' });
    situation.then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
  });

  test('takes its signal while its run is paused, and nothing begins before that is resumed', () => {
    const situation = started().when({ type: 'PauseRun', run }).when(published(good)).delivered();
    situation.shows('flow/1', 'PAUSED', 'weather: SUCCEEDED, after: NOT_CREATED');
    situation.when({ type: 'ResumeRun', run }).shows('flow/1', 'SUCCEEDED', 'weather: SUCCEEDED, after: SUCCEEDED');
  });

  test('asks again after a retry by hand, and an answer to the first question changes nothing', () => {
    const text = flow.replace('  - { id: after', '    timeout: 1h\n  - { id: late, sleep: 3h }\n  - { id: after');
    const situation = started(text).after(3_600_000).when({ type: 'RetryStep', run, stepId: 'weather' });
    situation.delivered().shows('flow/1', 'RUNNING', 'weather: WAITING_FOR_SIGNALS, late: RUNNING, after: NOT_CREATED');
    situation.when(published(good)).delivered();
    situation.shows('flow/1', 'RUNNING', 'weather: SUCCEEDED, late: RUNNING, after: SUCCEEDED');
    expect(situation.run('flow/1').steps[0]?.awaiting?.round).toBe(2);
  });

  test('finds after its release what was published while it was set aside', () => {
    const situation = started();
    const aim = { kind: 'entity', id: 'run:flow/1.1' as EntityId } as const;
    situation.when({ type: 'SetAside', aim, reason: 'a test' }).delivered();
    expect(interest(situation)).toEqual([]);
    situation.when(published(good)).delivered().when({ type: 'Release', entity: aim.id }).delivered();
    situation.shows('flow/1', 'SUCCEEDED', 'weather: SUCCEEDED, after: SUCCEEDED');
  });

  test('works under finally and in every round of a loop', () => {
    const text = `id: flow
steps:
  - id: each
    foreach: { place: [a, b] }
    steps:
      - { id: ready, wait: { signal: weather.ready, match: { place: "\${place}" } } }
finally:
  - { id: last, wait: bye, when: "steps.each.ready.rows != null" }
`;
    const situation = started(text)
      .when(published({ place: 'b', rows: 2 }, { place: 'a', rows: 1 }))
      .delivered();
    situation.shows('flow/1', 'RUNNING', 'each: SUCCEEDED, last: WAITING_FOR_SIGNALS');
    situation.when(publishedAs('bye', {})).delivered().shows('flow/1', 'SUCCEEDED', 'each: SUCCEEDED, last: SUCCEEDED');
  });
});

describe('a step that waits for several', () => {
  const several = `id: flow
runStrategy: { parallel: 10 }
steps:
  - id: ready
    wait:
      all:
        - { signal: a, as: first }
        - { signal: b, as: second, where: { rows: "> 1" } }
  - { id: after, needs: ready, when: "steps.ready.first.rows < steps.ready.second.rows", noop: true }
`;

  test('is done when all have come, and gives a map of each', () => {
    const situation = started(several)
      .when(publishedAs('a', { rows: 1 }))
      .delivered();
    situation.shows('flow/1', 'RUNNING', 'ready: WAITING_FOR_SIGNALS, after: NOT_CREATED');
    expect(interest(situation, 'a')).toEqual([]);
    situation.when(publishedAs('b', { rows: 1 }, { rows: 2 })).delivered();
    situation.shows('flow/1', 'SUCCEEDED', 'ready: SUCCEEDED, after: SUCCEEDED');
    expect(outputs(situation)).toEqual({ first: { rows: 1 }, second: { rows: 2 } });
  });

  test('keeps what it had found when its run is restarted from what is incomplete', () => {
    const situation = started(several)
      .when(publishedAs('a', { rows: 1 }))
      .delivered();
    situation.when({ type: 'StopRun', run }).delivered().after(1_000);
    situation.when(publishedAs('a', { rows: 5 }), situation.now).delivered();
    situation.when({ type: 'RestartRun', run, params: [], from: { kind: 'INCOMPLETE' } }).delivered();
    situation.when(publishedAs('b', { rows: 9 })).delivered();
    expect(outputs(situation)).toEqual({ first: { rows: 1 }, second: { rows: 9 } });
  });

  test('restarted from its beginning, counts what was published since the first attempt was created', () => {
    const situation = started(several)
      .when(publishedAs('a', { rows: 1 }))
      .delivered();
    situation.when({ type: 'StopRun', run }).delivered().after(1_000).when({ type: 'RestartRun', run, params: [] });
    situation
      .delivered()
      .when(publishedAs('b', { rows: 9 }))
      .delivered();
    situation.shows('flow/1', 'SUCCEEDED', 'ready: SUCCEEDED, after: SUCCEEDED');
  });

  test('goes on with what it has when it is bypassed', () => {
    const situation = started(several)
      .when(publishedAs('a', { rows: 1 }))
      .delivered();
    situation.when({ type: 'BypassSignals', run, stepId: 'ready' });
    expect(outputs(situation)).toEqual({ first: { rows: 1 } });
  });
});

test('a signal that thousands of runs wait for ends every wait, over several commits', () => {
  const situation = given(flow.replace('parallel: 10', 'parallel: 1000'));
  for (let index = 0; index < 450; index++) situation.when(start);
  situation.delivered().when(published(good)).delivered();
  const ends = Array.from({ length: 450 }, (_, index) => situation.run(`flow/${String(index + 1)}`).status);
  expect(new Set(ends)).toEqual(new Set(['SUCCEEDED']));
  expect(interest(situation)).toEqual([]);
});

test('a publication that nobody waits for costs two events', () => {
  const situation = given(flow).when(published(good));
  situation.then({ events: [{ type: 'SignalNumbered' }, { type: 'SignalPublished' }], messages: [] });
});
