// Maestro's triggers on several signals: read as joins by buckets, and written back as they were.

import { describe, expect, it } from 'vitest';

import { toMaestroJson } from '../../../../src/core/definition/maestro/export/to-maestro-json.ts';
import { computed, imported, noop, problems, workflow } from './documents.ts';

const trigger = {
  definitions: {
    'data/ready': { match_params: { rows: { value: 100, operator: '>=' } }, join_keys: ['island', 'day'] },
    weather: { join_keys: ['place', 'date'] },
  },
  params: {
    island: computed("params.getFromSignal('data/ready', 'island')"),
    fixed: { type: 'LONG', value: 3 },
  },
};

const flow = (...triggers: readonly object[]): string =>
  workflow('flow', [noop('a')], { signal_triggers: triggers as never });

describe('signal triggers of several signals', () => {
  it('are joins of all, on the keys at the same place', () => {
    expect(imported(flow(trigger)).triggers).toEqual([
      {
        kind: 'all',
        name: 'signal-1',
        slots: [
          {
            as: 'data_ready',
            signal: 'data/ready',
            joinOn: ['island', 'day'],
            where: [{ param: 'rows', operator: '>=', operand: 100 }],
          },
          { as: 'weather', signal: 'weather', joinOn: ['place', 'date'], where: [] },
        ],
        formulas: [
          { name: 'island', type: 'long', expression: "params.getFromSignal('data/ready', 'island')" },
          { name: 'fixed', type: 'long', value: 3 },
        ],
        params: [],
      },
    ]);
  });

  it('are written back so that reading gives the same', () => {
    const definition = imported(flow(trigger));
    const json = toMaestroJson(definition);
    if (!json.ok) throw new Error('it was not written');
    expect(imported(JSON.stringify(json.value)).triggers).toEqual(definition.triggers);
  });

  it('have as many keys for each signal', () => {
    expect(problems(flow({ definitions: { a: { join_keys: ['k'] }, b: {} } }))).toEqual(['join-keys']);
  });

  it('keep signals apart whose names are alike in an expression', () => {
    const [read] = imported(flow({ definitions: { 'a.b': {}, 'a/b': {} } })).triggers;
    expect(read).toMatchObject({ slots: [{ as: 'a_b' }, { as: 'a_b_2' }] });
  });
});
