import { describe, expect, test } from 'vitest';
import { toMaestroJson } from '../../../src/core/definition/maestro/export/to-maestro-json.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { signalEntity } from '../../../src/core/ids.ts';
import { type Entry, type Json } from '../../../src/core/json.ts';
import { type CommandBody } from '../../../src/core/partition/command.ts';
import { given } from '../../support/given.ts';

const document = {
  properties: { owner: 'ada' },
  workflow: {
    id: 'theirs',
    params: { island: { type: 'STRING', value: 'Biscoe' }, least: { type: 'LONG', value: 100 } },
    steps: [
      {
        step: {
          id: 'first',
          type: 'NoOp',
          signal_dependencies: [
            {
              name: 'weather/${island}',
              match_params: {
                place: { param: { type: 'STRING', value: '${island}' }, operator: '=' },
                rows: { param: { type: 'LONG', expression: 'least + 1' }, operator: '>=' },
              },
            },
          ],
          signal_outputs: [
            {
              name: 'seen',
              params: {
                place: { type: 'STRING', value: 'at ${island}' },
                rows: { type: 'LONG', expression: "params.getFromSignalDependency('0', 'rows') * 2" },
              },
              payload: { note: 'kept' },
            },
          ],
          transition: { successors: { second: 'true' } },
        },
      },
      { step: { id: 'second', type: 'NoOp' } },
    ],
  },
};

function publish(name: string, params: Readonly<Record<string, Json>>, id: string): CommandBody {
  const entries = Object.entries(params).map(([key, value]): Entry => ({ name: key, value }));
  return { type: 'PublishSignals', name, signals: [{ id: signalEntity(id.padStart(26, '0')), params: entries }] };
}

const start: CommandBody = { type: 'StartRun', workflowId: 'theirs', params: [], labels: [] };

describe('an imported step with signal dependencies', () => {
  test('waits for what was ever published, then does its work and publishes its outputs', () => {
    const situation = given(JSON.stringify(document));
    situation
      .when(publish('weather/Biscoe', { place: 'Biscoe', rows: 101 }, '1'))
      .delivered()
      .after(60_000);
    situation.when(start).delivered().shows('theirs/1', 'SUCCEEDED', 'first: SUCCEEDED, second: SUCCEEDED');
    const seen = [...situation.entities().values()].flatMap(({ state }) =>
      state.kind === 'signal' && state.name === 'seen' ? [state.params] : [],
    );
    expect(seen).toEqual([
      [
        { name: 'place', value: 'at Biscoe' },
        { name: 'rows', value: 202 },
      ],
    ]);
  });

  test('publishes nothing when it is skipped, and goes on when it is bypassed', () => {
    const situation = given(JSON.stringify(document)).when(start).delivered();
    situation.shows('theirs/1', 'RUNNING', 'first: WAITING_FOR_SIGNALS, second: NOT_CREATED');
    const run = { workflowId: 'theirs', number: 1 };
    situation.when({ type: 'SkipStep', run, stepId: 'first' }).delivered();
    situation.shows('theirs/1', 'SUCCEEDED', 'first: SKIPPED, second: SUCCEEDED');
    expect(situation.entity('signalType:seen' as never)).toBeUndefined();
  });

  test('begins its work only when its paused run is resumed', () => {
    const situation = given(JSON.stringify(document)).when(start).delivered();
    const run = { workflowId: 'theirs', number: 1 };
    situation.when({ type: 'PauseRun', run });
    situation.when(publish('weather/Biscoe', { place: 'Biscoe', rows: 500 }, '2')).delivered();
    situation.shows('theirs/1', 'PAUSED', 'first: WAITING_FOR_SIGNALS, second: NOT_CREATED');
    situation.when({ type: 'ResumeRun', run }).delivered();
    situation.shows('theirs/1', 'SUCCEEDED', 'first: SUCCEEDED, second: SUCCEEDED');
  });

  test('is the same after an export', () => {
    const [read] = readAll(JSON.stringify(document));
    const written = read && toMaestroJson(read.definition);
    expect(written?.ok).toBe(true);
    const json = written?.ok === true ? written.value : {};
    expect(json).toMatchObject({
      workflow: {
        steps: [
          {
            step: {
              signal_dependencies: document.workflow.steps[0]?.step.signal_dependencies,
              signal_outputs: document.workflow.steps[0]?.step.signal_outputs,
            },
          },
          {},
        ],
      },
    });
    expect(readAll(JSON.stringify(json))[0]?.hashText).toBe(read?.hashText);
  });
});

function readAll(text: string) {
  const read = readDefinitions(text);
  if (!read.ok) throw new Error(read.failure.map(({ message }) => message).join('\n'));
  return read.value.map((one) => ({ ...one, hashText: JSON.stringify(one.definition) }));
}
