// The parameters of signal triggers (§6.3, §3.7): worked out when the trigger fires, from the signals and from one another, and
// given to the run with the types that they were declared with.

import { describe, expect, it } from 'vitest';

import { canonicalJson } from '../../../../src/core/definition/canonical.ts';
import { toMaestroJson } from '../../../../src/core/definition/maestro/export/to-maestro-json.ts';
import { type Definition } from '../../../../src/core/definition/model.ts';
import { type Json } from '../../../../src/core/json.ts';
import { given, publish, restart, type Situation } from '../../../support/given.ts';
import { computed, type Fields, imported, long, noop, problems, text, workflow } from './documents.ts';

const taken = (signal: string, name: string, type = 'LONG'): Fields =>
  computed(`params.getFromSignal('${signal}', '${name}')`, type);

const flow = (trigger: Fields, step: Fields = {}, params: Fields = {}): string =>
  workflow('flow', [noop('a', { params: step })], { params, signal_triggers: [trigger] });

let count = 0;

function published(
  situation: Situation,
  ...signals: readonly (readonly [name: string, params: Readonly<Record<string, Json>>])[]
): Situation {
  for (const [name, params] of signals) situation.when(publish(name, params, String(++count))).delivered();
  return situation;
}

function runParams(situation: Situation, run = 'flow/1'): Readonly<Record<string, Json>> {
  return Object.fromEntries(situation.run(run).params.map(({ name, value }) => [name, value]));
}

function stepParams(situation: Situation, run = 'flow/1'): Readonly<Record<string, Json>> {
  const [step] = situation.run(run).steps;
  return Object.fromEntries((step?.params ?? []).map(({ name, value }) => [name, value]));
}

describe('a parameter of a signal trigger', () => {
  const signal = { day: 20_260_114, n: 3, word: 'x' };
  const cases: readonly (readonly [what: string, params: Fields, result: Json])[] = [
    [
      'an expression over the signal',
      { it: computed("Util.incrementDateInt(params.getFromSignal('ready', 'day'), 1)") },
      20_260_115,
    ],
    [
      'a program',
      { it: computed("String s = params.getFromSignal('ready', 'word'); return s + '-' + s.length();", 'STRING') },
      'x-1',
    ],
    [
      'a text with the names of others',
      { it: text('load-${day}-$n$$'), day: taken('ready', 'day'), n: long(7) },
      'load-20260114-7$',
    ],
    ['others, wherever they stand', { it: computed('n * 2'), n: computed('m + 1'), m: taken('ready', 'n') }, 8],
    ['params.get of another', { it: computed("params.get('n') + 1"), n: long(1) }, 2],
    [
      'a default for what the signal has not',
      { it: computed("params.getFromSignalOrDefault('ready', 'no', 'all')", 'STRING') },
      'all',
    ],
    ['the signal by its own name', { it: text('${ready__word}') }, 'x'],
    ['a number where a STRING is declared', { it: taken('ready', 'n', 'STRING') }, '3'],
    [
      'an array',
      { it: computed("Util.dateIntsBetween(params.getFromSignal('ready', 'day'), 20260117, 1)", 'LONG_ARRAY') },
      [20_260_114, 20_260_115, 20_260_116],
    ],
    ['a list of texts', { it: { type: 'STRING_ARRAY', value: ['$n', 'b'] }, n: taken('ready', 'n') }, ['3', 'b']],
    [
      'a MAP of parameters',
      { it: { type: 'MAP', value: { n: taken('ready', 'n'), s: text('${ready__word}') } } },
      { n: 3, s: 'x' },
    ],
    ['a STRING_MAP', { it: { type: 'STRING_MAP', value: { k: 'v-${ready__n}' } } }, { k: 'v-3' }],
    ['NULL for a parameter of the workflow, which is not there yet', { it: computed('own == null', 'BOOLEAN') }, true],
  ];

  it.each(cases)('may be %s', (_, params, result) => {
    const situation = published(given(flow({ definitions: { ready: {} }, params }, {}, { own: long(5) })), [
      'ready',
      signal,
    ]);
    expect(runParams(situation.shows('flow/1', 'SUCCEEDED'))['it']).toEqual(result);
  });

  it('keeps its type in a run that does not declare it', () => {
    const params = {
      rate: { type: 'DOUBLE', value: 3 },
      empty: { type: 'STRING_MAP', value: {} },
      list: computed('new String[0]', 'STRING_ARRAY'),
    };
    const source = flow({ definitions: { ready: {} }, params }, { half: computed('rate / 2', 'DOUBLE') });
    const situation = published(given(source), ['ready', {}]);
    expect(situation.run('flow/1').params.map(({ name, type, source: by }) => [name, type, by])).toEqual([
      ['rate', 'double', 'SIGNAL'],
      ['empty', 'string_map', 'SIGNAL'],
      ['list', 'string_array', 'SIGNAL'],
    ]);
    expect(stepParams(situation)).toEqual({ half: 1.5 });
  });

  it('takes the place of the value that the workflow declares, as far as its mode allows', () => {
    const source = (mode: string): string =>
      flow(
        { definitions: { ready: {} }, params: { x: taken('ready', 'n', 'STRING') } },
        {},
        { x: { ...long(1), mode } },
      );
    expect(runParams(published(given(source('MUTABLE_ON_START')), ['ready', signal]))).toEqual({ x: 3 });
    const refused = published(given(source('CONSTANT')), ['ready', signal]);
    expect(refused.trigger('flow/signal-1').lastRefusal?.message).toContain('The parameter "x" is constant');
  });

  it('may be made constant, and then no restart changes it', () => {
    const source = flow({ definitions: { ready: {} }, params: { x: { ...taken('ready', 'n'), mode: 'CONSTANT' } } });
    published(given(source), ['ready', signal])
      .when(restart('flow/1', { x: 4 }))
      .then({ refusal: { code: 'BAD_INPUT' } });
  });

  it('is read by params.getFromSignal with its name alone, in the condition, in steps, and after a restart', () => {
    const trigger = {
      definitions: { ready: {} },
      params: { twice: computed("params.getFromSignal('ready', 'n') * 2") },
      condition: "params.getFromSignal('twice') == 6 && params.get('twice') == 6 && params['twice'] == 6",
    };
    const source = flow(trigger, {
      it: computed("params.getFromSignal('twice')"),
      n: computed("params.getFromSignal('n')"),
    });
    const situation = published(given(source), ['ready', { n: 4 }], ['ready', { n: 3 }]);
    expect(situation.queue('flow').last).toBe(1);
    expect(stepParams(situation)).toEqual({ it: 6, n: 3 });
    situation.when(restart('flow/1', { twice: 100 }));
    expect(stepParams(situation, 'flow/1.2')).toEqual({ it: 6, n: 3 });
  });

  it('is worked out once: the key that is asked about and the run see the same value', () => {
    const params = { token: computed('UUID.randomUUID().toString()', 'STRING') };
    const situation = published(given(flow({ definitions: { ready: {} }, params, dedup_expr: 'token' })), [
      'ready',
      {},
    ]);
    const token = JSON.stringify(runParams(situation)['token']).replaceAll('"', '');
    expect([...situation.entities().keys()].filter((id) => id.includes(token))).toHaveLength(1);
  });

  it('sees every signal of a join', () => {
    const trigger = {
      definitions: { 'data/left': { join_keys: ['k'] }, right: { join_keys: ['j'] } },
      params: {
        sum: computed("params.getFromSignal('data/left', 'n') + params.getFromSignal('right', 'n')"),
        both: text('${data/left__k}+${right__j}'),
      },
    };
    const situation = published(given(flow(trigger)), ['data/left', { k: 'a', n: 1 }], ['right', { j: 'a', n: 2 }]);
    expect(runParams(situation)).toEqual({ sum: 3, both: 'a+a' });
  });
});

describe('a parameter that cannot be worked out', () => {
  const cases: readonly (readonly [what: string, params: Fields, message: string])[] = [
    [
      'a parameter that the signal has not',
      { it: taken('ready', 'no') },
      'The parameter "it" could not be worked out: The signal ready, which started the run, has no "no".',
    ],
    [
      'a signal that is not of the trigger',
      { it: taken('other', 'n') },
      'The parameter "it" could not be worked out: No signal other started the run: that was done by ready.',
    ],
    ['a name that is not there, in a text', { it: text('$nothing') }, 'There is no name nothing here.'],
    ['another type', { it: taken('ready', 'word') }, 'a long is wanted, and the expression yields a string'],
    ['a circle', { a: computed('b'), b: computed('a') }, 'These parameters need one another in a circle (a → b → a)'],
    ['a run that there is not yet', { it: computed("params.getFromInstance('owner')", 'STRING') }, 'getFromInstance'],
  ];

  it.each(cases)('starts no run and says why: %s', (_, params, message) => {
    const situation = published(given(flow({ definitions: { ready: {} }, params })), ['ready', { word: 'x' }]);
    expect(situation.queue('flow').last).toBe(0);
    expect(situation.trigger('flow/signal-1').lastRefusal?.message).toContain(message);
  });

  it('leaves the signals of a join waiting, and they start a run with those that come later', () => {
    const trigger = {
      definitions: { left: { join_keys: ['k'] }, right: { join_keys: ['k'] } },
      params: { sum: computed("params.getFromSignal('left', 'n') + params.getFromSignal('right', 'n')") },
    };
    const situation = published(given(flow(trigger)), ['left', { k: 1, n: 1 }], ['right', { k: 1 }]);
    expect(situation.queue('flow').last).toBe(0);
    expect(situation.trigger('flow/signal-1')).toMatchObject({ tally: { pending: 2, consumed: 0 } });
    situation.applied(flow({ ...trigger, params: { sum: computed("params.getFromSignal('left', 'n')") } })).delivered();
    expect(runParams(situation)).toEqual({ sum: 1 });
  });
});

describe('join_keys of one signal', () => {
  const source = flow({
    definitions: { ready: { join_keys: ['k', 'j'], match_params: { n: { value: 1, operator: '>' } } } },
  });

  it('must be there, whatever their values', () => {
    const situation = published(
      given(source),
      ['ready', { n: 2 }],
      ['ready', { n: 2, k: 'a' }],
      ['ready', { n: 1, k: 'a', j: 1 }],
    );
    expect(situation.queue('flow').last).toBe(0);
    expect(published(situation, ['ready', { n: 2, k: 'a', j: 1 }]).queue('flow').last).toBe(1);
  });

  it('are written back', () => {
    const json = toMaestroJson(imported(source));
    expect(json.ok && json.value['workflow']).toMatchObject({
      signal_triggers: [{ definitions: { ready: { join_keys: ['k', 'j'] } } }],
    });
  });
});

describe('parameters of triggers', () => {
  it('must be right', () => {
    const params = { a: computed('1 +'), 'b c': long(1), d: { type: 'LONG' }, e: { type: 'LONG', value: 'x' } };
    expect(problems(flow({ definitions: { ready: {} }, params }))).toEqual([
      'bad-expression',
      'bad-identifier',
      'value-xor-expression',
      'wrong-type',
    ]);
  });

  it('make the same version in whatever order they stand', () => {
    const [one, other] = [
      { a: long(1), b: text('$a') },
      { b: text('$a'), a: long(1) },
    ].map((params) => canonicalJson(imported(flow({ definitions: { ready: {} }, params }))));
    expect(one).toBe(other);
  });

  it('of definitions that were stored before they could be worked out go on as they were', () => {
    const now = imported(flow({ definitions: { ready: {} } }));
    const stored: Definition = {
      ...now,
      triggers: now.triggers.map((trigger) => ({
        ...trigger,
        params: [
          { name: 'x', value: '${signal.n}' },
          { name: 'y', value: 'cash $5' },
        ],
      })),
    };
    const situation = published(given().appliedDefinition(stored).delivered(), ['ready', { n: 4 }]);
    expect(runParams(situation)).toEqual({ x: 4, y: 'cash $5' });
    const json = toMaestroJson(stored);
    expect(json.ok && json.value['workflow']).toMatchObject({
      signal_triggers: [
        {
          params: {
            x: { type: 'STRING', expression: 'params.getFromSignal("ready", "n")' },
            y: { type: 'STRING', value: 'cash $$5' },
          },
        },
      ],
    });
  });
});
