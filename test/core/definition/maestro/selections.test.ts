// Which version a subworkflow step runs, what is applied without being active or with its triggers off, loops whose parameters
// one expression gives, and permits that stand in tags (§1.4, §1.5, §2.10 to §2.12, §8.1).

import { describe, expect, it } from 'vitest';

import { explainTrigger } from '../../../../src/core/explanation/explain-trigger.ts';
import { type EntityId } from '../../../../src/core/ids.ts';
import { type Json } from '../../../../src/core/json.ts';
import { given, publish, type Situation, start } from '../../../support/given.ts';
import { computed, type Fields, imported, long, noop, problems, refusals, text, workflow } from './documents.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('the version of a subworkflow (§2.10)', () => {
  const child = (n: number): string => workflow('child', [noop('a')], { params: { n: long(n) } });
  const parent = (version: Fields): string =>
    workflow('flow', [
      { subworkflow: { id: 's', params: { subworkflow_id: text('child'), subworkflow_version: version } } },
    ]);

  /** Three versions, of which the second is active. */
  function ran(version: Fields): number {
    const situation = given(parent(version), child(1), child(2));
    situation.applied(child(3), { activate: false }).when(start('flow')).delivered();
    return situation.shows('flow/1', 'SUCCEEDED').run('child/1').version;
  }

  it.each([
    ['active', 2],
    ['latest', 3],
    ['default', 2],
    ['LATEST', 3],
    ['1', 1],
  ])('that is %s', (version, number) => {
    expect(ran(text(version))).toBe(number);
  });

  it('may be worked out', () => {
    expect(ran(computed("'la' + 'test'", 'STRING'))).toBe(3);
  });

  it('that is default is the newest where none is active', () => {
    const situation = given(parent(text('default')))
      .applied(child(1), { activate: false })
      .when(start('flow'))
      .delivered();
    expect(situation.shows('flow/1', 'SUCCEEDED').run('child/1').version).toBe(1);
    const active = given(parent(text('active')))
      .applied(child(1), { activate: false })
      .when(start('flow'))
      .delivered();
    active.shows('flow/1', 'FAILED');
  });

  it('of our own format is written as a word too', () => {
    const native = 'id: flow\nsteps: [{ id: s, workflow: { id: child, version: latest } }]';
    const situation = given(native, child(1)).applied(child(2), { activate: false }).when(start('flow')).delivered();
    expect(situation.run('child/1').version).toBe(2);
    expect(imported(native.replace('latest', 'active')).steps[0]?.work).not.toHaveProperty('version');
    expect(problems(native.replace('latest', 'newest'))).toEqual(['unknown-word']);
  });
});

describe('is_active: false (§1.5)', () => {
  const source = (active: Json): string =>
    JSON.stringify({ workflow: { id: 'flow', steps: [noop('a')] }, is_active: active });

  it('pushes a version and leaves the active one as it is', () => {
    const before = workflow('flow', [noop('b')]);
    const situation = given(before).applied(source(false)).when(start('flow'));
    expect(situation.run('flow/1').version).toBe(1);
    situation.when({ type: 'ActivateVersion', workflowId: 'flow', version: 2 }).when(start('flow'));
    expect(situation.run('flow/2').version).toBe(2);
  });

  it('of the first version leaves none active', () => {
    given(source(false))
      .when(start('flow'))
      .then({ refusal: { code: 'ACTION_NOT_ALLOWED' } });
    given(source(true)).when(start('flow')).shows('flow/1', 'SUCCEEDED');
  });
});

describe('disabled triggers (§1.4)', () => {
  const flow = (properties: Fields): string =>
    workflow(
      'flow',
      [noop('a')],
      { time_triggers: [{ type: 'CRON', cron: '0 0 * * *' }], signal_triggers: [{ definitions: { ready: {} } }] },
      properties,
    );
  const last = (situation: Situation): number => situation.queue('flow').last;

  it('of times start nothing, those of signals go on', () => {
    const situation = given(flow({ time_trigger_disabled: true })).after(DAY);
    expect(last(situation)).toBe(0);
    expect(last(situation.when(publish('ready')).delivered())).toBe(1);
  });

  it('of signals start nothing, those of times go on', () => {
    const situation = given(flow({ signal_trigger_disabled: true }))
      .when(publish('ready'))
      .delivered();
    expect(last(situation)).toBe(0);
    expect(last(situation.after(DAY))).toBe(1);
  });

  it('that a new version enables begin from then: what was missed meanwhile stays so', () => {
    const situation = given(flow({ time_trigger_disabled: true })).after(3 * DAY);
    situation.applied(flow({})).delivered();
    expect(last(situation)).toBe(0);
    expect(last(situation.after(DAY))).toBe(1);
  });

  it('begin when someone resumes the triggers, though nobody had paused them', () => {
    const situation = given(flow({ signal_trigger_disabled: true }));
    const explained = explainTrigger('trigger:flow/signal-1' as EntityId, situation.trigger('flow/signal-1'), {});
    expect(explained.summary).toBe(
      '"signal-1" starts nothing: its definition pauses it until somebody resumes the triggers.',
    );
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' }).when(publish('ready')).delivered();
    expect(last(situation)).toBe(1);
    situation
      .when({ type: 'PauseTriggers', workflowId: 'flow' })
      .when(publish('ready', {}, '2'))
      .delivered();
    expect(last(situation)).toBe(1);
  });
});

describe('one expression for all loop_params', () => {
  const loop = (kind: 'foreach' | 'while', expression: string, more: Fields = {}): Json => ({
    [kind]: {
      id: 'f',
      params: { loop_params: computed(expression, 'MAP') },
      steps: [noop('a', { params: { it: computed('x') } })],
      ...more,
    },
  });
  const values = {
    type: 'MAP',
    value: { x: { type: 'LONG_ARRAY', value: [1, 2] }, y: { type: 'STRING_ARRAY', value: ['p', 'q'] } },
  };

  it('of a foreach gives the names and their values (§2.11)', () => {
    const situation = given(workflow('flow', [loop('foreach', 'loops')], { params: { loops: values } })).when(
      start('flow'),
    );
    situation.shows('flow/1', 'SUCCEEDED', 'f: SUCCEEDED');
    expect(situation.run('flow/1').steps[0]?.loop?.total).toBe(4);
    const params = [0, 1, 2].map((index) =>
      situation.run(`flow/1/f[${String(index)}]`).params.map(({ value }) => value),
    );
    expect(params).toEqual([
      [1, 'p', 0],
      [2, 'p', 1],
      [1, 'q', 2],
    ]);
  });

  it('of a while gives first values, which its steps go on with (§2.12)', () => {
    const counting = [noop('a', { params: { i: computed('i + 1') } })];
    const source = workflow('flow', [loop('while', 'first', { condition: 'i < limit', steps: counting })], {
      params: { first: { type: 'MAP', value: { i: long(0), limit: long(3) } } },
    });
    const situation = given(source).when(start('flow')).shows('flow/1', 'SUCCEEDED');
    expect(situation.run('flow/1').steps[0]?.loop?.next).toBe(3);
    expect(situation.run('flow/1/f[2]').params).toEqual([
      { name: 'i', type: 'long', value: 2 },
      { name: 'limit', type: 'long', value: 3 },
      { name: 'loop_index', type: 'long', value: 2 },
    ]);
  });

  it.each([
    ['1 + 1', 'must be a map of names'],
    ['nothing', 'must be a map of names'],
    ["params.get('scalars')", 'is no array'],
  ])('that is %s fails the loop', (expression, why) => {
    const params = { scalars: { type: 'MAP', value: { x: long(1) } } };
    const situation = given(workflow('flow', [loop('foreach', expression)], { params })).when(start('flow'));
    expect(situation.shows('flow/1', 'FAILED', 'f: FAILED').run('flow/1').failure?.message).toContain(why);
  });

  it('is declared as a MAP', () => {
    const wrong = { foreach: { id: 'f', params: { loop_params: computed('loops', 'STRING') }, steps: [noop('a')] } };
    expect(problems(workflow('flow', [wrong]))).toEqual(['wrong-type']);
  });
});

describe('a permit in a tag (§8.1)', () => {
  const sleep = (id: string, tags: Json): Json => ({ step: { id, type: 'Sleep', tags } });
  const both = (permit: number): string => {
    const tags = [{ name: 'db', permit }];
    return workflow('flow', [sleep('a', tags), sleep('b', tags)]);
  };

  it('is how many steps with the tag work at once', () => {
    const situation = given(both(1)).when(start('flow')).delivered();
    situation.shows('flow/1', 'RUNNING', 'a: RUNNING, b: WAITING_FOR_PERMITS');
    situation.after(MINUTE).delivered().after(MINUTE).delivered().shows('flow/1', 'SUCCEEDED');
    given(both(2)).when(start('flow')).delivered().shows('flow/1', 'RUNNING', 'a: RUNNING, b: RUNNING');
  });

  it('of none lets nothing begin, and a pool of that name comes before it', () => {
    const situation = given(both(0)).when(start('flow')).delivered();
    situation.shows('flow/1', 'RUNNING', 'a: WAITING_FOR_PERMITS, b: WAITING_FOR_PERMITS');
    situation.when({ type: 'ApplyPool', pool: 'db', size: 2 }).delivered();
    situation.shows('flow/1', 'RUNNING', 'a: RUNNING, b: RUNNING');
  });

  it('is a whole number, and its tag can be a pool', () => {
    expect(problems(workflow('flow', [sleep('a', [{ name: 'db', permit: -1 }])]))).toEqual(['wrong-type']);
    const [refusal] = refusals(workflow('flow', [sleep('a', [{ name: 'my db', permit: 1 }])]));
    expect(refusal?.message).toContain('cannot be the name of a tag with a permit');
  });
});
