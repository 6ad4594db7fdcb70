// Versions of a workflow, which of them is active, and what becomes of its triggers.

import { describe, expect, test } from 'vitest';

import { type EntityId, signalTypeEntity, workflowEntity } from '../../../src/core/ids.ts';
import { type SignalTypeState } from '../../../src/core/signal/signal.ts';
import { type WorkflowState } from '../../../src/core/workflow/workflow.ts';
import { createSituation, given, publish, type Situation, start } from '../../support/given.ts';

const step = 'steps: [{ id: a, noop: true }]';
const flow = (more = ''): string => `id: flow\n${more}\n${step}`;

function workflow(situation: Situation): WorkflowState {
  return situation.entity(workflowEntity('flow'))?.state as WorkflowState;
}

function listening(situation: Situation, name: string): readonly number[] {
  return (situation.entity(signalTypeEntity(name))?.state as SignalTypeState | undefined)?.interest ?? [];
}

describe('applying a definition', () => {
  test('makes version 1, its queue, and the versions after it', () => {
    const situation = createSituation(16).applied(flow('name: Flow'));
    situation.then({
      events: [
        'VersionApplied',
        { type: 'QueueLimited', limit: 1 },
        { type: 'VersionActivated', version: 1, triggers: [] },
      ],
      outcome: { type: 'Applied', workflowId: 'flow', version: 1, changed: true },
    });
    situation
      .applied(flow('name: Other'))
      .then({ events: ['VersionApplied', 'VersionActivated'], outcome: { version: 2, changed: true } });
    expect(workflow(situation)).toMatchObject({
      active: 2,
      name: 'Other',
      versions: [{ version: 1, appliedBy: 'ada' }, { version: 2 }],
    });
  });

  test('again, the same content, is the same version and changes nothing', () => {
    given(flow())
      .applied(flow())
      .then({ events: [], outcome: { version: 1, changed: false } });
    given(flow())
      .applied(`id: flow\nsteps:\n  - id: a\n    noop: true\n`)
      .then({ events: [], outcome: { changed: false } });
  });

  test('of before activates the version of before, and makes none', () => {
    given(flow())
      .applied(flow('owner: ada'))
      .applied(flow())
      .then({ events: [{ type: 'VersionActivated', version: 1 }], outcome: { version: 1, changed: false } });
  });

  test('without activating leaves the active one in charge, and the new one can be started by number', () => {
    const situation = given(flow()).applied(flow('owner: ada'), { activate: false });
    situation.then({ events: ['VersionApplied'] });
    situation.when(start('flow')).when({ ...start('flow'), version: 2 } as ReturnType<typeof start>);
    expect([situation.run('flow/1').version, situation.run('flow/2').version]).toEqual([1, 2]);
  });

  test('is refused if it expects another newest version, and says which is', () => {
    given(flow())
      .applied(flow('owner: ada'), { expectedVersion: 1 })
      .then({ outcome: { version: 2 } })
      .applied(flow('owner: bob'), { expectedVersion: 1 })
      .then({
        refusal: {
          code: 'VERSION_CONFLICT',
          message: 'The newest version of "flow" is 2, not 1: someone applied another meanwhile.',
          currentVersion: 2,
        },
      });
    createSituation(16)
      .applied(flow(), { expectedVersion: 3 })
      .then({ refusal: { message: '"flow" does not exist yet, so its newest version is not 3.', currentVersion: 0 } });
    createSituation(16)
      .applied(flow(), { expectedVersion: 0 })
      .then({ outcome: { version: 1 } });
  });
});

describe('starting a run', () => {
  test('of a workflow or a version that is not there, or of one without an active version, is refused', () => {
    given(flow())
      .when(start('other'))
      .then({ refusal: { code: 'NOT_FOUND', message: 'There is no workflow "other".' } });
    given(flow())
      .when({ ...start('flow'), version: 3 } as ReturnType<typeof start>)
      .then({
        refusal: { code: 'NOT_FOUND', message: '"flow" has no version 3; its newest is 1.', path: ['version'] },
      });
    createSituation(16)
      .applied(flow(), { activate: false })
      .when(start('flow'))
      .then({
        refusal: { code: 'ACTION_NOT_ALLOWED', message: 'No version of "flow" is active.', status: 'INACTIVE' },
      });
  });

  test('takes labels of the definition, and those of the start over them', () => {
    const situation = given(flow('labels: { team: birds, tier: gold }'));
    situation.when({ type: 'StartRun', workflowId: 'flow', params: [], labels: [{ name: 'tier', value: 'tin' }] });
    expect(situation.run('flow/1').labels).toEqual([
      { name: 'team', value: 'birds' },
      { name: 'tier', value: 'tin' },
    ]);
  });
});

describe('triggers', () => {
  const signals = (...names: readonly string[]): string =>
    flow(`triggers: [${names.map((name) => `{ signal: ${name} }`).join(', ')}]`);

  test('are armed with the version that brings them, kept by one that has them too, and disarmed by one that does not', () => {
    const situation = given(signals('x'));
    expect(situation.trigger('flow/signal-1')).toMatchObject({ armed: true, version: 1, listeningSince: 0 });
    situation
      .when(publish('x'))
      .delivered()
      .applied(`${signals('x')}\nowner: ada`)
      .then({ messages: [] });
    expect(situation.trigger('flow/signal-1')).toMatchObject({
      armed: true,
      version: 2,
      listeningSince: 0,
      started: 1,
    });
    situation
      .applied(flow())
      .then({ messages: [{ type: 'Unsubscribe', name: 'x' }] })
      .delivered();
    expect(situation.trigger('flow/signal-1')).toMatchObject({ armed: false, started: 1 });
    expect(listening(situation, 'x')).toEqual([]);
  });

  test('do nothing while their version is not active', () => {
    const situation = createSituation(16)
      .applied(signals('x'), { activate: false })
      .delivered()
      .when(publish('x'))
      .delivered();
    expect(situation.trigger('flow/signal-1')).toBeUndefined();
    expect(situation.run('flow/1')).toBeUndefined();
  });

  test.each([
    ['that is renamed', '{ signal: x, name: one }', '{ signal: x, name: two }', 'two'],
    ['that moves behind another', '{ signal: x }', '{ signal: y }, { signal: x }', 'signal-2'],
    ['whose twin is dropped', '{ signal: x, name: one }, { signal: x, name: two }', '{ signal: x, name: two }', 'two'],
  ])('%s goes on to listen', (_, before, after, name) => {
    const situation = given(flow(`triggers: [${before}]`))
      .applied(flow(`triggers: [${after}]`))
      .delivered();
    expect(listening(situation, 'x')).toHaveLength(1);
    situation.when(publish('x')).delivered();
    expect(situation.trigger(`flow/${name}`)).toMatchObject({ started: 1 });
    expect(situation.queue('flow').last).toBe(1);
  });

  test('of another workflow beside it keep the partition’s interest in a signal', () => {
    const situation = createSituation(1)
      .applied(signals('x'))
      .applied(signals('x').replace('flow', 'other'))
      .delivered();
    situation.applied(flow()).then({ messages: [] }).delivered();
    expect(listening(situation, 'x')).toEqual([0]);
    situation.when(publish('x')).delivered().shows('other/1', 'SUCCEEDED');
  });

  test('are paused and resumed together, and a new version does not wake them', () => {
    const situation = given(signals('x', 'y')).when({ type: 'PauseTriggers', workflowId: 'flow' });
    situation.then({ events: ['TriggersPaused', 'TriggerPaused', 'TriggerPaused'] });
    situation
      .when({ type: 'PauseTriggers', workflowId: 'flow' })
      .then({ events: [], outcome: { type: 'Done', entity: 'workflow:flow' } });
    situation.applied(signals('x', 'y', 'z')).delivered();
    expect(situation.trigger('flow/signal-3')).toMatchObject({ armed: true, paused: true });
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' });
    situation.then({ events: ['TriggersResumed', 'TriggerResumed', 'TriggerResumed', 'TriggerResumed'] });
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' }).then({ events: [] });
    situation.when({ type: 'PauseTriggers', workflowId: 'other' }).then({ refusal: { code: 'NOT_FOUND' } });
  });

  test('that were armed twice before the answer came listen once', () => {
    const situation = createSituation(16)
      .applied(signals('x'))
      .applied(`${signals('x')}\nowner: ada`)
      .delivered();
    const listened = situation.taken.flatMap(({ decision }) =>
      decision.kind === 'COMMIT'
        ? decision.gathered.events.filter(({ event }) => event.type === 'TriggerListening')
        : [],
    );
    expect(listened).toHaveLength(1);
    expect(situation.entity('trigger:flow/signal-1' as EntityId)?.state).toMatchObject({ listeningSince: 0 });
  });
});
