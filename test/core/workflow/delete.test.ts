// Deleting a workflow: refused while runs go on unless they are stopped, and final until a version is applied again.

import { describe, expect, test } from 'vitest';
import { signalTypeEntity, workflowEntity } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { type SignalTypeState } from '../../../src/core/signal/signal.ts';
import { type WorkflowState } from '../../../src/core/workflow/workflow.ts';
import { cancelled, failed, given, publish, type Situation, start, succeeded } from '../../support/given.ts';

const flow = (more = ''): string => `id: flow\n${more}\nsteps: [{ id: a, run: x }]`;

function deletion(stopRuns = false): CommandBody {
  return { type: 'DeleteWorkflow', workflowId: 'flow', stopRuns };
}

function workflow(situation: Situation): WorkflowState {
  return situation.entity(workflowEntity('flow'))?.state as WorkflowState;
}

function restart(number: number): CommandBody {
  return { type: 'RestartRun', run: { workflowId: 'flow', number }, params: [] };
}

describe('a workflow that is deleted', () => {
  test('no longer listens, has no active version, and starts nothing', () => {
    const situation = given(flow('triggers: [{ signal: x }]')).delivered();
    situation.when(deletion()).then({
      events: ['TriggerDisarmed', 'WorkflowDeleted'],
      messages: [{ type: 'Unsubscribe', name: 'x' }],
    });
    situation.delivered();
    expect(workflow(situation)).toMatchObject({ triggers: [], deleted: { by: 'ada' } });
    expect(workflow(situation)).not.toHaveProperty('active');
    expect((situation.entity(signalTypeEntity('x'))?.state as SignalTypeState).interest).toEqual([]);
    situation.when(publish('x')).delivered();
    const refusal = { code: 'ACTION_NOT_ALLOWED', status: 'DELETED' } as const;
    situation.when(start('flow')).then({ refusal });
    situation.when({ type: 'ActivateVersion', workflowId: 'flow', version: 1 }).then({ refusal });
    situation.when({ type: 'ResumeTriggers', workflowId: 'flow' }).then({ refusal });
    situation.when({ type: 'UpdateWorkflow', workflowId: 'flow', change: { owner: 'bob' } }).then({ refusal });
    situation.when(deletion()).then({ refusal });
  });

  test('is not deleted while runs go on, and says how many', () => {
    const situation = given(flow()).when(start('flow')).when(start('flow'));
    situation.when(deletion()).then({ events: [], refusal: { code: 'ACTION_NOT_ALLOWED', status: 'RUNNING' } });
    expect(workflow(situation).deleted).toBeUndefined();
  });

  test('stops its runs with it where that is wished: those that wait at once, and none of them begins', () => {
    const situation = given(flow()).when(start('flow')).when(start('flow'));
    situation.when(deletion(true));
    expect(workflow(situation).deleted).toBeDefined();
    expect(situation.run('flow/2').status).toBe('STOPPED');
    expect(situation.run('flow/1').ending).toMatchObject({ status: 'STOPPED', actor: 'ada' });
    situation.reported('flow/1/a', cancelled);
    expect(situation.run('flow/1').status).toBe('STOPPED');
    situation.when(restart(2)).then({ refusal: { status: 'DELETED' } });
  });

  test('begins again with the next version and the next number when it is applied, also with the content it had', () => {
    const situation = given(flow()).when(start('flow'));
    situation.reported('flow/1/a', succeeded()).when(deletion());
    situation.applied(flow());
    expect(workflow(situation)).toMatchObject({ active: 2, versions: [{ version: 1 }, { version: 2 }] });
    expect(workflow(situation).deleted).toBeUndefined();
    situation.when(start('flow'));
    expect(situation.run('flow/2')).toMatchObject({ version: 2, status: 'RUNNING' });
  });

  test('is not held up by failed runs of its former life', () => {
    const situation = given(flow('runStrategy: strict-sequential')).when(start('flow'));
    situation.reported('flow/1/a', failed('USER', false)).when(deletion());
    situation.applied(flow('runStrategy: strict-sequential')).when(start('flow'));
    expect(situation.run('flow/2').status).toBe('RUNNING');
  });

  test('is unknown if it never was there', () => {
    given(flow())
      .when({ type: 'DeleteWorkflow', workflowId: 'other', stopRuns: true })
      .then({ refusal: { code: 'NOT_FOUND' } });
  });
});
