// What is set by hand for a workflow: over what its versions say, until it is taken back; each change is a snapshot.

import { describe, expect, test } from 'vitest';
import { workflowEntity } from '../../../src/core/ids.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { type PropertiesChange } from '../../../src/core/workflow/properties.ts';
import { type WorkflowState } from '../../../src/core/workflow/workflow.ts';
import { given, type Situation } from '../../support/given.ts';

const flow = (more = ''): string => `id: flow\n${more}\nsteps: [{ id: a, run: x }]`;
const red = [{ name: 'team', value: 'red' }];
const blue = [{ name: 'team', value: 'blue' }];

function update(change: PropertiesChange, expectedVersion?: number): CommandBody {
  const expected = expectedVersion === undefined ? {} : { expectedVersion };
  return { type: 'UpdateWorkflow', workflowId: 'flow', change, ...expected };
}

function workflow(situation: Situation): WorkflowState {
  return situation.entity(workflowEntity('flow'))?.state as WorkflowState;
}

describe('the properties of a workflow', () => {
  test('are as its version says until they are set by hand, and again once that is taken back', () => {
    const situation = given(flow('owner: ada\nlabels: { team: red }'));
    expect(workflow(situation)).toMatchObject({ owner: 'ada', labels: red });
    situation.when(update({ owner: 'bob', labels: blue, description: 'For the birds.' }));
    expect(workflow(situation)).toMatchObject({ owner: 'bob', labels: blue, description: 'For the birds.' });
    situation.when(update({ owner: null }));
    expect(workflow(situation)).toMatchObject({ owner: 'ada', labels: blue });
    situation.when(update({ labels: null, description: null }));
    expect(workflow(situation)).toMatchObject({ owner: 'ada', labels: red });
    expect(workflow(situation)).not.toHaveProperty('description');
  });

  test('stay as they were set when another version is applied, and then show what that one says', () => {
    const situation = given(flow('owner: ada')).when(update({ owner: 'bob' }));
    situation.applied(flow('owner: eve'));
    expect(workflow(situation)).toMatchObject({ owner: 'bob', active: 2 });
    situation.when(update({ owner: null }));
    expect(workflow(situation).owner).toBe('eve');
    situation.applied(flow());
    expect(workflow(situation)).not.toHaveProperty('owner');
  });

  test('are kept as snapshots, the newest twenty, and a change that changes nothing makes none', () => {
    const situation = given(flow());
    for (let number = 1; number <= 23; number++) situation.when(update({ owner: `owner ${String(number)}` }));
    situation.when(update({ owner: 'owner 23' })).then({ events: [] });
    const snapshots = workflow(situation).snapshots ?? [];
    expect(snapshots.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 4));
    expect(snapshots.at(-1)).toMatchObject({ number: 23, by: 'ada', owner: 'owner 23' });
  });

  test('are not changed by someone who has not seen the last change', () => {
    const situation = given(flow()).when(update({ owner: 'bob' }, 0));
    situation
      .when(update({ owner: 'eve' }, 0))
      .then({ events: [], refusal: { code: 'VERSION_CONFLICT', currentVersion: 1 } });
    situation.when(update({ owner: 'eve' }, 1)).then({ events: ['PropertiesChanged'] });
  });
});
