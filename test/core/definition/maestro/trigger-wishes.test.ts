// `condition` and `dedup_expr` of signal triggers (§6.3, §6.4): asked before anything is consumed, which Maestro does after it.

import { describe, expect, it } from 'vitest';

import { given, publish, type Situation } from '../../../support/given.ts';
import { computed, imported, noop, problems, workflow } from './documents.ts';

const taken = (signal: string, name: string, type = 'LONG'): ReturnType<typeof computed> =>
  computed(`params.getFromSignal('${signal}', '${name}')`, type);

const flow = (trigger: Parameters<typeof workflow>[2]): string =>
  workflow('flow', [noop('a')], { signal_triggers: [trigger ?? {}] });

let count = 0;

function published(
  situation: Situation,
  ...signals: readonly (readonly [name: string, params: Record<string, string | number>])[]
): number {
  for (const [name, params] of signals) situation.when(publish(name, params, String(++count))).delivered();
  return situation.queue('flow').last;
}

describe('condition', () => {
  const params = { rows: taken('ready', 'rows') };

  it("sees the trigger's parameters and the signals, and rejects where it is false", () => {
    const source = flow({ definitions: { ready: {} }, params, condition: 'rows > 10' });
    expect(published(given(source), ['ready', { rows: 10 }], ['ready', { rows: 11 }])).toBe(1);
    const direct = flow({ definitions: { ready: {} }, condition: "params.getFromSignal('ready', 'rows') > 10" });
    expect(published(given(direct), ['ready', { rows: 10 }], ['ready', { rows: 11 }])).toBe(1);
  });

  it('takes a name that nobody declared for NULL', () => {
    const source = flow({ definitions: { ready: {} }, condition: 'nothing == null' });
    expect(published(given(source), ['ready', {}])).toBe(1);
  });

  it('may be a program', () => {
    const condition = "int n = params.getFromSignal('ready', 'rows'); return n % 2 == 0;";
    const source = flow({ definitions: { ready: {} }, condition });
    expect(published(given(source), ['ready', { rows: 1 }], ['ready', { rows: 2 }])).toBe(1);
  });

  it('of several signals rejects them together', () => {
    const join = { a: { join_keys: ['k'] }, b: { join_keys: ['k'] } };
    const source = flow({
      definitions: join,
      params: { x: taken('a', 'n'), y: taken('b', 'n') },
      condition: 'x < y',
    });
    const situation = given(source);
    expect(published(situation, ['a', { k: 1, n: 2 }], ['b', { k: 1, n: 1 }])).toBe(0);
    expect(published(situation, ['b', { k: 1, n: 9 }])).toBe(0);
    expect(published(situation, ['a', { k: 1, n: 3 }])).toBe(1);
  });
});

describe('dedup_expr', () => {
  it('lets equal texts start one run', () => {
    const source = flow({
      definitions: { ready: {} },
      params: { day: taken('ready', 'day', 'STRING') },
      dedup_expr: "'load-' + day",
    });
    const signals = ['mon', 'mon', 'tue'].map((day) => ['ready', { day }] as const);
    expect(published(given(source), ...signals)).toBe(2);
  });
});

describe('both', () => {
  it('are read, and may be left out', () => {
    const [trigger] = imported(flow({ definitions: { a: {} }, condition: 'true', dedup_expr: '"x"' })).triggers;
    expect(trigger).toMatchObject({ when: 'true', idempotencyKey: '"x"' });
    expect(imported(flow({ definitions: { a: {} }, condition: null })).triggers[0]).not.toHaveProperty('when');
  });

  it('must be expressions', () => {
    expect(problems(flow({ definitions: { a: {} }, condition: 'x >', dedup_expr: '(' }))).toEqual([
      'bad-expression',
      'bad-expression',
    ]);
  });
});
