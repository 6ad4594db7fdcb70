// What the parameters of a run are made of: who starts it, when, and by which trigger; and what a restart keeps.

import { describe, expect, test } from 'vitest';

import { type Json } from '../../../src/core/json.ts';
import { given, noon, publish, restart, type Situation, start, stop } from '../../support/given.ts';

const HOUR = 3_600_000;

function flow(...lines: readonly string[]): string {
  return ['id: flow', ...lines, 'steps: [{ id: a, run: x }]'].join('\n');
}

function params(situation: Situation, run: string): Readonly<Record<string, Json>> {
  return Object.fromEntries(situation.run(run).params.map(({ name, value }) => [name, value]));
}

const DATED = 'params: { yesterday: { type: long, expression: "Util.incrementDateInt(TARGET_RUN_DATE, -1)" } }';

describe('a start', () => {
  test('works expressions out once, and writes the value into its event', () => {
    const situation = given(flow(DATED)).when(start('flow'));
    const created = { type: 'RunCreated', params: [{ name: 'yesterday', type: 'long', value: 20260114 }] };
    situation.then({ events: [created, 'RunQueued 1', 'RunAdmitted 1', 'RunStarted', 'AttemptStarted a'] });
  });

  test('is the source of what it gives', () => {
    const situation = given(flow('params: { n: 5 }')).when(start('flow', { n: 6 }));
    expect(situation.run('flow/1').params).toEqual([{ name: 'n', type: 'long', value: 6, source: 'LAUNCH' }]);
  });

  test('gives the time of the turn and chance to expressions', () => {
    const text = flow(
      'params:',
      '  now: { type: long, expression: "System.currentTimeMillis()" }',
      '  id: { type: long, expression: "params.nextUniqueId()" }',
      '  who: { type: string, expression: "params.getFromInstance(\'INITIATOR_TYPE\') + run.number" }',
    );
    const values = params(given(text).when(start('flow')), 'flow/1');
    expect(values).toMatchObject({ now: noon, who: 'MANUAL1' });
    expect(params(given(text).when(start('flow')), 'flow/1')).toEqual(values);
    expect(Number(values['id'])).toBeGreaterThan(0);
  });

  test('is refused when an expression fails, and no run is made', () => {
    const situation = given(flow('params: { a: { type: long, expression: "1 / n" }, n: 0 }')).when(start('flow'));
    situation.then({ refusal: { code: 'BAD_INPUT', path: ['params', 'a'] } });
    expect(situation.queue('flow').last).toBe(0);
  });
});

describe('a trigger', () => {
  test('of time gives its own zone to the dates of the run', () => {
    const triggers = `triggers: [{ cron: "0 1 * * *", timezone: UTC }, { cron: "30 0 * * *", timezone: Asia/Tokyo }]`;
    const situation = given(flow(triggers, 'params: { day: "${TARGET_RUN_DATE} ${WORKFLOW_CRON_TIMEZONE}" }'));
    situation.after(4 * HOUR);
    expect(situation.run('flow/1').cause).toMatchObject({ kind: 'CRON', trigger: 'cron-2' });
    expect(params(situation, 'flow/1')).toEqual({ day: '20260116 Asia/Tokyo' });
    situation.when(start('flow'));
    expect(params(situation, 'flow/2')).toEqual({ day: '20260115 UTC' });
  });

  test('of a signal brings what it brings as it stands, and is the source of it', () => {
    const situation = given(
      flow(
        'params: { island: none, greeting: "Hello ${island}", also: "${signal.island}" }',
        'triggers: [{ signal: measured, params: { island: "${signal.island}" } }]',
      ),
    );
    situation.when(publish('measured', { island: '${greeting}' })).delivered();
    expect(situation.run('flow/1').params).toEqual([
      { name: 'island', type: 'string', value: '${greeting}', source: 'SIGNAL' },
      { name: 'greeting', type: 'string', value: 'Hello ${greeting}' },
      { name: 'also', type: 'string', value: '${greeting}' },
    ]);
  });

  test('that gives what it may not starts nothing, and says why', () => {
    const situation = given(flow('params: { n: 1 }', 'triggers: [{ cron: "0 * * * *", params: { n: 2 } }]'));
    const [version] = situation.taken.flatMap(({ body }) => (body.type === 'ApplyWorkflow' ? [body.definition] : []));
    const definition = situation.definition(version ?? '');
    // Today this is refused at apply; a version from before that is still there.
    const params = definition.params.map((param) => ({ ...param, mode: 'constant' as const }));
    situation
      .appliedDefinition({ ...definition, params })
      .delivered()
      .after(HOUR);
    expect(situation.queue('flow').last).toBe(0);
    expect(situation.trigger('flow/cron-1').lastRefusal?.message).toBe(
      'The parameter "n" is constant, so a time trigger may not change it.',
    );
  });
});

describe('a restart', () => {
  test('keeps the dates of the day when the run was made', () => {
    const situation = given(flow(DATED, 'labels: { at: RUN_TS }')).when(start('flow'));
    const first = params(situation, 'flow/1');
    situation.when(stop('flow/1')).reported('flow/1/a', { outcome: 'cancelled' });
    situation.when(restart('flow/1'), noon + 50 * HOUR);
    expect(situation.run('flow/1').attempt).toBe(2);
    expect(situation.run('flow/1').params).toEqual([
      { name: 'yesterday', type: 'long', value: first['yesterday'] },
      { name: 'RUN_TS', type: 'long', value: noon, source: 'DEFAULT' },
    ]);
    situation.when(stop('flow/1')).reported('flow/1/a', { outcome: 'cancelled' });
    situation.when(restart('flow/1'), noon + 100 * HOUR);
    expect(params(situation, 'flow/1')).toMatchObject({ RUN_TS: noon });
  });

  test('of a workflow without dates adds nothing', () => {
    const situation = given(flow('params: { n: 5 }')).when(start('flow'));
    situation.when(stop('flow/1')).reported('flow/1/a', { outcome: 'cancelled' });
    situation.when(restart('flow/1', { n: 7 }));
    expect(situation.run('flow/1').params).toEqual([{ name: 'n', type: 'long', value: 7, source: 'RESTART' }]);
  });

  test('is told the policy, and what started the run', () => {
    const text = flow(
      'params:',
      '  policy: { type: string, expression: "params.getFromInstance(\'RUN_POLICY\')", mode: immutable }',
      '  who: { type: string, expression: "params.getFromInstance(\'INITIATOR_RUNNER_NAME\')", mode: immutable }',
    );
    const situation = given(text).when(start('flow'));
    expect(params(situation, 'flow/1')).toMatchObject({ policy: 'START_FRESH_NEW_RUN' });
    situation.when(stop('flow/1')).reported('flow/1/a', { outcome: 'cancelled' });
    situation.when(restart('flow/1'));
    expect(params(situation, 'flow/1')).toMatchObject({ policy: 'RESTART_FROM_BEGINNING' });
  });
});
