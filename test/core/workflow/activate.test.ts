// Activating a version that is there: exactly its triggers are armed, and nothing happens to runs.

import { describe, expect, test } from 'vitest';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { signalTypeEntity, workflowEntity } from '../../../src/core/ids.ts';
import { type SignalTypeState } from '../../../src/core/signal/signal.ts';
import { type WorkflowState } from '../../../src/core/workflow/workflow.ts';
import { keepsPlace } from '../../../src/core/trigger/keeps-place.ts';
import { createSituation, given, noon, publish, type Situation, start } from '../../support/given.ts';

const flow = (more = '', step = 'run: x'): string => `id: flow\n${more}\nsteps: [{ id: a, ${step} }]`;

function activate(version?: number): CommandBody {
  return { type: 'ActivateVersion', workflowId: 'flow', ...(version === undefined ? {} : { version }) };
}

function active(situation: Situation): number | undefined {
  return (situation.entity(workflowEntity('flow'))?.state as WorkflowState).active;
}

function armed(situation: Situation): readonly string[] {
  return [...situation.entities()].flatMap(([id, { state }]) => (state.kind === 'trigger' && state.armed ? [id] : []));
}

function interest(situation: Situation, name: string): readonly number[] {
  return (situation.entity(signalTypeEntity(name))?.state as SignalTypeState | undefined)?.interest ?? [];
}

describe('activating a version', () => {
  test('arms the triggers that it has, disarms those that it has not, and leaves the runs alone', () => {
    const situation = given(flow('triggers: [{ signal: x }, { name: both, signal: z }]'))
      .applied(flow('triggers: [{ name: y, signal: y }, { name: both, signal: z }]'))
      .delivered()
      .when(start('flow'));
    expect(armed(situation)).toEqual(['trigger:flow/both', 'trigger:flow/y']);
    situation.when(activate(1)).then({
      events: ['VersionActivated', 'TriggerDisarmed', 'TriggerArmed', 'TriggerArmed'],
      messages: [
        { type: 'Subscribe', name: 'x' },
        { type: 'Unsubscribe', name: 'y' },
      ],
      outcome: { type: 'Applied', workflowId: 'flow', version: 1, changed: true },
    });
    situation.delivered();
    expect(armed(situation)).toEqual(['trigger:flow/signal-1', 'trigger:flow/both']);
    expect([interest(situation, 'x').length, interest(situation, 'y').length]).toEqual([1, 0]);
    expect(situation.run('flow/1')).toMatchObject({ version: 2, status: 'RUNNING' });
    situation.when(publish('x')).delivered();
    expect(situation.run('flow/2').version).toBe(1);
  });

  test('without a number is the newest, and of the active one changes nothing', () => {
    const situation = given(flow()).applied(flow('owner: ada'), { activate: false });
    expect(active(situation)).toBe(1);
    situation.when(activate()).then({ events: ['VersionActivated'], outcome: { version: 2, changed: true } });
    situation.when(activate()).then({ events: [], messages: [], outcome: { version: 2, changed: false } });
    situation.when(activate(2)).then({ events: [], outcome: { version: 2, changed: false } });
  });

  test('that was never active arms its triggers for the first time', () => {
    const situation = createSituation(16).applied(flow('triggers: [{ cron: "0 * * * *" }]'), { activate: false });
    expect(armed(situation)).toEqual([]);
    situation.when(activate(1));
    expect(situation.trigger('flow/cron-1')).toMatchObject({ armed: true, version: 1, nextFire: noon + 3_600_000 });
  });

  test('keeps paused triggers paused', () => {
    const situation = given(flow()).applied(flow('triggers: [{ signal: x }]'), { activate: false });
    situation.when({ type: 'PauseTriggers', workflowId: 'flow' }).when(activate(2));
    expect(situation.trigger('flow/signal-1')).toMatchObject({ armed: true, paused: true });
  });

  test('takes over its strategy, which lets waiting runs begin', () => {
    const situation = given(flow('runStrategy: { parallel: 2 }')).applied(flow());
    situation.when(start('flow')).when(start('flow'));
    situation.shows('flow/2', 'QUEUED').when(activate(1));
    situation.shows('flow/2', 'RUNNING');
  });

  test('is refused where its strategy forbids the runs that are there', () => {
    given(flow('runStrategy: last-only'))
      .applied(flow('runStrategy: { parallel: 2 }'))
      .when(start('flow'))
      .when(start('flow'))
      .when(activate(1))
      .then({ refusal: { code: 'ACTION_NOT_ALLOWED', path: ['runStrategy'] } });
  });

  test('is refused where there is no such version or workflow, and says what there is', () => {
    const situation = given(flow());
    for (const version of [0, 2]) {
      situation.when(activate(version)).then({
        refusal: {
          code: 'NOT_FOUND',
          message: `"flow" has no version ${String(version)}; its newest is 1.`,
          path: ['version'],
        },
      });
    }
    situation
      .when({ type: 'ActivateVersion', workflowId: 'other' })
      .then({ refusal: { code: 'NOT_FOUND', message: 'There is no workflow "other".' } });
  });
});

describe('what a plan says of the place of a trigger', () => {
  const triggers = [
    '{ name: t, cron: "0 * * * *" }',
    '{ name: t, cron: "0 * * * *", catchUp: all }',
    '{ name: t, cron: "0 * * * *", timezone: Asia/Kathmandu }',
    '{ name: t, cron: "30 * * * *" }',
    '{ name: t, signal: x }',
    '{ name: t, signal: x, where: { a: 1 } }',
    '{ name: t, signal: y }',
  ];
  const pairs = triggers.flatMap((one) => triggers.map((other) => [one, other] as const));

  test.each(pairs)('from %s to %s is what becomes of it', (one, other) => {
    const situation = given(flow(`triggers: [${one}]`));
    situation.when(publish('x')).when(publish('y')).delivered();
    const before = situation.trigger('flow/t');
    situation
      .applied(flow(`triggers: [${other}]`))
      .when(publish('x', {}, '2'))
      .delivered();
    const after = situation.trigger('flow/t');
    const place = (state: typeof before): unknown => state.nextFire ?? state.listeningSince;
    const isSame = keepsPlace(before.definition, after.definition);
    if (isSame) expect(place(after)).toEqual(place(before));
    else expect([after.nextFire, after.listeningSince]).not.toEqual([before.nextFire, before.listeningSince]);
  });
});
