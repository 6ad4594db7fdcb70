// Signals from their publisher to the runs that they start, over partitions.

import { describe, expect, test } from 'vitest';

import { type EntityId, partitionOf } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { type SignalState, type SignalTypeState } from '../../../src/core/signal/signal.ts';
import {
  createSituation,
  entries,
  given,
  noon,
  publish,
  type Situation,
  start,
  succeeded,
} from '../../support/given.ts';

function listener(id: string, more = '', params = 'params: { island: none }'): string {
  return `id: ${id}\n${params}\ntriggers: [{ signal: ready${more} }]\nsteps: [{ id: a, noop: true }]`;
}

function signal(situation: Situation, id: string): SignalState {
  return situation.entity(`signal:${id}` as EntityId)?.state as SignalState;
}

function signalType(situation: Situation): SignalTypeState {
  return situation.entity('signalType:ready' as EntityId)?.state as SignalTypeState;
}

function several(...keys: readonly string[]): CommandBody {
  return {
    type: 'PublishSignals',
    name: 'ready',
    signals: keys.map((key) => ({ id: `signal:${key}` as EntityId, params: entries({ key }) })),
  };
}

const home = partitionOf('ready', 16);

describe('publishing', () => {
  test('numbers the signals of a name without gaps, those of one command together', () => {
    const situation = given()
      .when(publish('ready'))
      .then({
        events: [
          'SignalNumbered',
          { type: 'SignalPublished', sequence: 1, publishedBy: 'ada', occurredAt: noon, awaited: [] },
        ],
        messages: [],
        outcome: { type: 'Published', signals: ['signal:ready-1'] },
      })
      .when(several('b', 'c', 'd'))
      .when(publish('other'));
    expect(['b', 'c', 'd', 'other-1'].map((id) => signal(situation, id).sequence)).toEqual([2, 3, 4, 1]);
    expect(signalType(situation)).toMatchObject({ kind: 'signalType', name: 'ready', sequence: 4, interest: [] });
    expect(signalType(situation).recent).toEqual({
      from: 1,
      signals: ['ready-1', 'b', 'c', 'd'].map((id) => ({ id, at: noon })),
    });
  });

  test('keeps what the publisher says of the fact: parameters, payload, and when it happened', () => {
    const body = {
      id: 'signal:x' as EntityId,
      params: entries({ rows: 7 }),
      payload: { deep: [1, null] },
      occurredAt: noon - 5,
    };
    const situation = given().when({ type: 'PublishSignals', name: 'ready', signals: [body] });
    expect(signal(situation, 'x')).toMatchObject({ ...body, publishedAt: noon });
  });

  test('awaits the partitions that listen, and is settled when the last has answered', () => {
    const situation = given(listener('p0'), listener('p1'), listener('p2')).when(publish('ready'));
    const awaited = signal(situation, 'ready-1').awaited;
    expect(awaited).toEqual([...new Set(['p0', 'p1', 'p2'].map((id) => partitionOf(id, 16)))].sort((a, b) => a - b));
    situation.then({ messages: awaited.map(() => ({ type: 'SignalArrived' })) }).delivered();
    expect(signal(situation, 'ready-1')).toMatchObject({ awaited: [], more: 0 });
    expect(signal(situation, 'ready-1').verdicts.map((verdict) => verdict.verdict)).toEqual([
      'STARTED',
      'STARTED',
      'STARTED',
    ]);
  });
});

describe('listening', () => {
  test('is a round trip: the trigger hears which number it is heard from on', () => {
    const situation = given().when(several('a', 'b')).applied(listener('flow'));
    situation.then({ messages: [{ type: 'Subscribe', name: 'ready', trigger: 'trigger:flow/signal-1' }] });
    expect(situation.trigger('flow/signal-1')).not.toHaveProperty('listeningSince');
    situation.delivered(1).then({ events: ['InterestAdded'], messages: [{ type: 'Subscribed', since: 2 }] });
    situation.delivered(1).then({ events: ['TriggerListening'] });
    expect(situation.trigger('flow/signal-1')).toMatchObject({ listeningSince: 2 });
    situation.when(several('c')).delivered();
    expect(situation.queue('flow').last).toBe(1);
  });

  test('of two triggers in one partition is one interest and one message a signal', () => {
    const situation = createSituation(1).applied(listener('one')).applied(listener('two')).delivered();
    expect(signalType(situation).interest).toEqual([0]);
    situation
      .when(publish('ready'))
      .then({ messages: [{ type: 'SignalArrived' }] })
      .delivered();
    expect(signal(situation, 'ready-1').verdicts).toHaveLength(2);
  });

  test('that ends while a signal is on its way starts nothing, and the signal is settled', () => {
    const situation = given(listener('flow')).when(publish('ready'));
    situation.applied('id: flow\nsteps: [{ id: a, noop: true }]').delivered();
    expect(signal(situation, 'ready-1')).toMatchObject({ awaited: [], verdicts: [] });
    expect(situation.queue('flow').last).toBe(0);
  });
});

describe('judging', () => {
  test('starts a run with the parameters that the trigger takes from the signal, in the judging commit', () => {
    const situation = given(listener('flow', ', params: { island: "${signal.island} x" }'))
      .when(publish('ready', { island: 'Dream', rows: 7 }))
      .delivered(1)
      .then({
        events: [
          'RunCreated 1',
          'RunQueued 1',
          'SignalMatched',
          'RunAdmitted 1',
          'RunStarted',
          'StepSucceeded a',
          'RunEnded SUCCEEDED',
          'RunLeft 1',
        ],
        messages: [{ type: 'VerdictsReached', verdicts: [{ verdict: 'STARTED', run: 'run:flow/1.1' }], more: 0 }],
      });
    expect(situation.run('flow/1')).toMatchObject({
      params: [{ name: 'island', value: 'Dream x' }],
      cause: {
        kind: 'SIGNAL',
        trigger: 'signal-1',
        name: 'ready',
        signal: 'ready-1',
        params: entries({ island: 'Dream', rows: 7 }),
      },
    });
  });

  test('keeps the type of a value that is taken alone', () => {
    const situation = given(listener('flow', ', params: { n: "${signal.rows}" }', 'params: { n: 0 }'))
      .when(publish('ready', { rows: 7 }))
      .delivered();
    expect(situation.run('flow/1').params).toEqual([{ name: 'n', type: 'long', value: 7, source: 'SIGNAL' }]);
  });

  test('lets the run’s expressions read the signal, also after a restart', () => {
    const text =
      'id: flow\ntriggers: [{ signal: ready }]\nsteps: [{ id: a, run: x }, { id: b, needs: a, when: signal.rows > 5, noop: true }]';
    const situation = given(text)
      .when(publish('ready', { rows: 7 }))
      .delivered()
      .reported('flow/1/a', succeeded());
    situation.shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED');
    situation
      .when({ type: 'RestartRun', run: { workflowId: 'flow', number: 1 }, params: [] })
      .reported('flow/1/a', succeeded());
    situation.shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED');
    expect(situation.run('flow/1').attempt).toBe(2);
  });

  test.each([
    ['UNMET', ', where: { rows: ">= 100" }', { clause: { param: 'rows', operator: '>=', operand: 100 }, actual: 7 }],
    [
      'UNMET',
      ', where: { island: Dream }',
      { clause: { param: 'island', operator: '==', operand: 'Dream' }, actual: null },
    ],
    ['STARTED', ', where: { rows: 7 }', { run: 'run:flow/1.1' }],
    [
      'REFUSED',
      ', params: { island: "${signal.missing}" }',
      { message: expect.stringContaining('Its parameter "island" could not be made') as string },
    ],
  ])('says %s for a trigger with %s', (verdict, trigger, more) => {
    const situation = given(listener('flow', trigger))
      .when(publish('ready', { rows: 7 }))
      .delivered();
    expect(signal(situation, 'ready-1').verdicts).toMatchObject([
      { trigger: 'trigger:flow/signal-1', verdict, ...more },
    ]);
    expect(situation.queue('flow').last).toBe(verdict === 'STARTED' ? 1 : 0);
  });

  test('says PAUSED for a paused trigger, which does not make up for it later', () => {
    const situation = given(listener('flow'))
      .when({ type: 'PauseTriggers', workflowId: 'flow' })
      .when(publish('ready'))
      .delivered();
    expect(signal(situation, 'ready-1').verdicts).toEqual([{ trigger: 'trigger:flow/signal-1', verdict: 'PAUSED' }]);
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' }).delivered();
    expect(situation.queue('flow').last).toBe(0);
  });

  test('remembers why a start was refused', () => {
    const situation = given(listener('flow', ', params: { n: "${signal.rows}" }', 'params: { n: 0 }'))
      .when(publish('ready', { rows: 'many' }))
      .delivered();
    expect(situation.trigger('flow/signal-1')).toMatchObject({ started: 0, lastRefusal: { at: noon } });
    situation
      .when(publish('ready', { rows: 8 }, '2'))
      .delivered()
      .shows('flow/1', 'SUCCEEDED');
  });

  test('happens once for each signal and trigger, in the order of the signals', () => {
    const situation = given(listener('flow', ', params: { island: "${signal.key}" }'))
      .when(several('a', 'b'))
      .when(several('c'))
      .delivered();
    expect(['1', '2', '3'].map((number) => situation.run(`flow/${number}`).params[0]?.value)).toEqual(['a', 'b', 'c']);
    expect(situation.queue('flow').last).toBe(3);
  });
});

describe('verdicts', () => {
  test('beyond 100 are counted and not kept, those that started a run first', () => {
    const situation = createSituation(1);
    for (let index = 0; index < 130; index++) {
      situation.applied(listener(`w${String(1_000 + index)}`, index < 125 ? ', where: { rows: ">= 100" }' : ''));
    }
    situation
      .delivered()
      .when(publish('ready', { rows: 7 }))
      .delivered();
    const { verdicts, more, awaited } = signal(situation, 'ready-1');
    expect({ kept: verdicts.length, more, awaited }).toEqual({ kept: 100, more: 30, awaited: [] });
    expect(verdicts.slice(0, 6).map(({ verdict }) => verdict)).toEqual([
      'STARTED',
      'STARTED',
      'STARTED',
      'STARTED',
      'STARTED',
      'UNMET',
    ]);
  });

  test('from several partitions add up to 100 and a number', () => {
    const situation = createSituation(2);
    const ids = Array.from({ length: 130 }, (_, index) => `w${String(index)}`);
    for (const id of ids) situation.applied(listener(id));
    situation.delivered().when(publish('ready')).delivered();
    expect(signal(situation, 'ready-1')).toMatchObject({ more: 30, awaited: [] });
    expect(signal(situation, 'ready-1').verdicts).toHaveLength(100);
  });

  test('that come twice, or from a partition that nobody waits for, change nothing', () => {
    const situation = given(listener('flow')).when(publish('ready')).delivered();
    const message = { type: 'VerdictsReached', signal: 'signal:ready-1' as EntityId, verdicts: [], more: 5 } as const;
    for (const from of [partitionOf('flow', 16), 3]) {
      situation.sent({ from, to: home, sequence: 99, message }).delivered().then({ events: [], messages: [] });
    }
  });
});

describe('a step that publishes', () => {
  test('announces its signal in the commit of its success', () => {
    const situation = given(
      'id: flow\nparams: { island: Dream }\nsteps: [{ id: a, publish: { signal: ready, params: { island: "${island}", rows: 7 } } }]',
    );
    situation.when(start('flow')).then({
      events: [
        'RunCreated 1',
        'RunQueued 1',
        'RunAdmitted 1',
        'RunStarted',
        'StepSucceeded a',
        'RunEnded SUCCEEDED',
        'RunLeft 1',
      ],
      messages: [
        {
          type: 'PublishFromStep',
          name: 'ready',
          by: 'step:flow/1/a',
          signals: [{ params: entries({ island: 'Dream', rows: 7 }), occurredAt: noon }],
        },
      ],
    });
    situation.delivered();
    expect(signalType(situation).sequence).toBe(1);
  });

  test('fails when what it would say cannot be made, and publishes nothing', () => {
    const text =
      'id: flow\nsteps: [{ id: z, run: x, outputs: { n: long } }, { id: a, needs: z, publish: { signal: ready, params: { n: "${steps.z.n}" } } }]';
    given(text)
      .when(start('flow'))
      .reported('flow/1/z', succeeded())
      .then({ messages: [] })
      .shows('flow/1', 'FAILED', 'z: SUCCEEDED, a: FAILED');
  });

  test('starts what listens, and so on down the line', () => {
    const situation = given(
      'id: first\nsteps: [{ id: a, publish: { signal: one } }]',
      'id: second\ntriggers: [{ signal: one }]\nsteps: [{ id: a, publish: { signal: two } }]',
      'id: third\ntriggers: [{ signal: two }]\nsteps: [{ id: a, noop: true }]',
    );
    situation.when(start('first')).delivered().shows('third/1', 'SUCCEEDED');
  });

  test('by its program announces what it reported with its success, and nothing when it failed', () => {
    const situation = given('id: flow\nsteps: [{ id: a, run: x, timeout: 1s }]').when(start('flow'));
    const said = [
      { name: 'ready', params: entries({ rows: 1 }) },
      { name: 'ready', params: entries({ rows: 2 }) },
    ];
    situation
      .reported('flow/1/a', succeeded({}, said))
      .then({ messages: [{ type: 'PublishFromStep' }, { type: 'PublishFromStep' }] })
      .delivered();
    expect(signalType(situation).sequence).toBe(2);
    situation.when(start('flow')).after(1_000).reported('flow/2/a', succeeded({}, said)).then({ messages: [] });
  });
});
