// Documents of Maestro's for the tests, as short as they can be, and generators of arbitrary ones.

import fc from 'fast-check';

import { type Definition } from '../../../../src/core/definition/model.ts';
import { readDefinitions } from '../../../../src/core/definition/read.ts';
import { type Json } from '../../../../src/core/json.ts';
import { type Refusal } from '../../../../src/core/refusal.ts';

export type Fields = Readonly<Record<string, Json>>;

export const long = (value: number): Fields => ({ type: 'LONG', value });
export const text = (value: string): Fields => ({ type: 'STRING', value });
export const computed = (expression: string, type = 'LONG'): Fields => ({ type, expression });

/** A step that does nothing. */
export const noop = (id: string, more: Fields = {}): Json => ({ step: { id, type: 'NoOp', ...more } });

/** What leads from one step to others. */
export const to = (successors: Readonly<Record<string, string>>): Fields => ({ transition: { successors } });

/** A loop over some values. */
export const foreach = (id: string, loop: Fields, steps: readonly Json[], more: Fields = {}): Json => {
  const { params, ...rest } = more as { readonly params?: Fields };
  return { foreach: { id, params: { loop_params: { type: 'MAP', value: loop }, ...params }, steps, ...rest } };
};

/** A whole request. */
export const workflow = (id: string, steps: readonly Json[], more: Fields = {}, properties: Fields = {}): string =>
  JSON.stringify({ properties: { owner: 'ada', ...properties }, workflow: { id, ...more, steps } });

/** The one definition of a text. */
export function imported(source: string): Definition {
  const read = readDefinitions(source);
  if (!read.ok) throw new Error(read.failure.map(({ message }) => message).join('\n'));
  const [only] = read.value;
  if (only === undefined) throw new Error('there is no definition');
  return only.definition;
}

/** Everything that is wrong with a text: `rule at line:column`. */
export function problems(source: string): readonly string[] {
  return refusals(source).map(({ place }) => place?.rule ?? 'no rule');
}

/** Everything that is wrong with a text. */
export function refusals(source: string): readonly Refusal[] {
  const read = readDefinitions(source);
  return read.ok ? [] : read.failure;
}

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/u);
const anyText = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.stringMatching(/^[a-c$ {}.]{0,12}$/u),
  fc.constantFrom('$$x', '${a.b}', '$$${x}', '$x$y', '${p__q}-$$', '$', '$$$$'),
);
const mode = fc.constantFrom('MUTABLE', 'MUTABLE_ON_START', 'MUTABLE_ON_START_RESTART', 'IMMUTABLE', 'constant');
const integer = fc.integer({ min: -1000, max: 1000 });

const literal: fc.Arbitrary<Fields> = fc.oneof(
  fc.record({ type: fc.constant('STRING'), value: anyText }),
  fc.record({ type: fc.constant('LONG'), value: integer }),
  fc.record({ type: fc.constant('DOUBLE'), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  fc.record({ type: fc.constant('BOOLEAN'), value: fc.boolean() }),
  fc.record({ type: fc.constant('STRING_ARRAY'), value: fc.array(anyText, { maxLength: 3 }) }),
  fc.record({ type: fc.constant('LONG_ARRAY'), value: fc.array(integer, { maxLength: 3 }) }),
  fc.record({ type: fc.constant('STRING_MAP'), value: fc.dictionary(name, anyText, { maxKeys: 3 }) }),
);
const expression = fc.record({
  type: fc.constantFrom('LONG', 'STRING', 'MAP', 'LONG_ARRAY'),
  expression: fc.constantFrom('1', 'x + 1', "return params.get('a');", 'Util.intsBetween(0, 3, 1)'),
});
const simple = fc.oneof(literal, expression);
const param: fc.Arbitrary<Fields> = fc.oneof(
  simple,
  fc.tuple(simple, mode).map(([base, word]) => ({ ...base, mode: word })),
  fc.record({ type: fc.constant('MAP'), value: fc.dictionary(name, simple, { maxKeys: 3 }) }),
);
const params = fc.dictionary(name, param, { maxKeys: 3 });
const timeout = fc.constantFrom<Json>(60, '3600', '10 min', '1 hour 30min', '1500ms', '2 days', '${n}', '$n min');
const failureMode = fc.constantFrom('FAIL_AFTER_RUNNING', 'FAIL_IMMEDIATELY', 'IGNORE_FAILURE');
const tags = fc.oneof(
  fc.uniqueArray(fc.constantFrom('nightly', 'team a', 'x'), { maxLength: 2 }),
  fc.constant<Json>([{ name: 'x', permit: 3 }, 'nightly', { name: 'b', permit: 0, namespace: 'PLATFORM' }]),
);
const retry = fc.record(
  {
    error_retry_limit: fc.constantFrom<Json>(0, 5, '7', '${n}'),
    platform_retry_limit: fc.oneof<fc.Arbitrary<Json>[]>(fc.integer({ min: 0, max: 99 }), fc.constant('${a.b}')),
    backoff: fc.oneof(
      fc.record({
        type: fc.constant('FIXED_BACKOFF'),
        error_retry_backoff_in_secs: fc.constantFrom<Json>(1, 500, '${n} min'),
      }),
      fc.record({
        error_retry_exponent: fc.constantFrom<Json>(1, 2, 9, '${n}'),
        timeout_retry_limit_in_secs: fc.constant('2 hours'),
      }),
    ),
  },
  { requiredKeys: [] },
);
const common = { failure_mode: failureMode, timeout, tags, params, description: fc.string({ maxLength: 9 }) };

/** A step without an id: ids are given by place, so that they are unique. */
type Anonymous = (id: string) => Json;

const signals = {
  signal_dependencies: fc.constant<Json>([
    { name: 'ready-$x' },
    { name: 'day', match_params: { n: { param: computed('x + 1'), operator: '>=' } } },
  ]),
  signal_outputs: fc.constant<Json>([{ name: 'done', params: { n: computed('x'), s: text('$x') }, payload: { a: 1 } }]),
};
const typed: fc.Arbitrary<Anonymous> = fc
  .record(
    {
      ...common,
      ...signals,
      type: fc.constantFrom('NoOp', 'Sleep'),
      sub_type: fc.constant('Job'),
      retry_policy: retry,
    },
    { requiredKeys: ['type'] },
  )
  .chain((fields) =>
    fc.constantFrom<Fields>(fields, 'sub_type' in fields ? { ...fields, sub_type_version: '2' } : fields),
  )
  .map((fields) => (id) => ({ step: { ...fields, id } }));

const request = fc.constantFrom<Json>(
  { type: 'MAP', value: { url: text('https://example.org/$x'), method: text('POST'), body: text('{"a": "${x}"}') } },
  { type: 'MAP', value: { url: text('https://$x'), headers: { type: 'STRING_MAP', value: { 'X-$x': '$$x' } } } },
  { type: 'MAP', expression: 'request' },
);
const state = fc.constantFrom<Json>({ type: 'STRING', expression: "status_code == 1 ? 'DONE' : 'USER_ERROR'" });

const http: fc.Arbitrary<Anonymous> = fc
  .record({ ...common, retry_policy: retry }, { requiredKeys: [] })
  .chain((fields) =>
    fc.record({ http: request, state_expr: state }, { requiredKeys: ['http'] }).map((own) => ({
      ...fields,
      type: 'Http',
      params: { ...fields.params, ...own },
    })),
  )
  .map((fields) => (id) => ({ step: { ...fields, id } }));

const started = { type: 'STRING_ARRAY', value: ['sh', '-c', '$$x'] };
const pod = fc.constantFrom<Json>(
  { type: 'MAP', value: { image: text('busybox:$x'), memory: text('1Gi') } },
  { type: 'MAP', value: { image: text('b'), env: { type: 'STRING_MAP', value: { $x: '$$' } }, gpu: long(1) } },
  { type: 'MAP', expression: 'pod' },
);
const notebook = fc.constantFrom<Json>(
  {
    type: 'MAP',
    value: { input_path: text('$x.ipynb'), papermill_arguments: { type: 'STRING_ARRAY', value: ['-k'] } },
  },
  { type: 'MAP', expression: 'book' },
);

const container: fc.Arbitrary<Anonymous> = fc
  .record({ ...common, ...signals, retry_policy: retry }, { requiredKeys: [] })
  .chain((fields) =>
    fc
      .oneof(
        fc.record({ type: fc.constant('Notebook'), own: fc.record({ kubernetes: pod, notebook }) }),
        fc.record({ type: fc.constant('Kubernetes'), own: fc.record({ kubernetes: pod }) }),
        fc.constant({
          type: 'Kubernetes',
          own: { kubernetes: { type: 'MAP', value: { image: text('b'), args: started } } },
        }),
      )
      .map(({ type, own }) => ({ ...fields, type, params: { ...fields.params, ...own } })),
  )
  .map((fields) => (id) => ({ step: { ...fields, id } }));

const subworkflow: fc.Arbitrary<Anonymous> = fc
  .record({ ...common, sync: fc.boolean(), explicit_params: fc.boolean() }, { requiredKeys: [] })
  .chain((fields) =>
    fc
      .record({
        id: fc.constantFrom('child', '${which}', 'x$$y'),
        version: fc.constantFrom('active', '3', '${v}', 'latest', 'Default'),
      })
      .map(({ id: child, version }) => ({
        ...fields,
        params: { ...fields.params, subworkflow_id: text(child), subworkflow_version: text(version) },
      })),
  )
  .filter(({ params: own }) => own.subworkflow_id['value'] !== 'x$$y')
  .map((fields) => (id) => ({ subworkflow: { ...fields, id } }));

const leaf = fc.oneof(typed, http, container, subworkflow);

const looped: fc.Arbitrary<Anonymous> = fc.oneof(
  fc
    .record({
      over: fc.dictionary(
        fc.constantFrom('i', 'j'),
        fc.oneof(
          fc.record({ type: fc.constant('LONG_ARRAY'), value: fc.array(integer, { maxLength: 3 }) }),
          fc.record({ type: fc.constant('STRING_ARRAY'), value: fc.array(anyText, { maxLength: 3 }) }),
          fc.constant<Fields>({ type: 'LONG_ARRAY', expression: 'Util.intsBetween(0, n, 1)' }),
        ),
        { minKeys: 1 },
      ),
      all: fc.boolean(),
      more: fc.record(
        { ...common, concurrency: fc.constantFrom<Json>(1, 500, '${n}'), strict_ordering: fc.boolean() },
        { requiredKeys: [] },
      ),
      inner: fc.array(leaf, { minLength: 1, maxLength: 2 }),
    })
    .map(({ over, more, inner, all }): Anonymous => (id) => {
      const loop = all ? computed("return params.get('loops');", 'MAP') : { type: 'MAP', value: over };
      const own = { ...more.params, loop_params: loop };
      return { foreach: { ...more, id, params: own, steps: stepsOf(inner, `${id}x`, []) } };
    }),
  fc
    .record({
      over: fc.dictionary(
        fc.constantFrom('i', 'j'),
        fc.oneof(fc.constant(long(0)), fc.constant(computed('n - 1')), anyText.map(text)),
      ),
      inner: fc.array(leaf, { minLength: 1, maxLength: 2 }),
      all: fc.boolean(),
    })
    .map(({ over, inner, all }): Anonymous => (id) => ({
      while: {
        id,
        condition: 'i < 3',
        params: { loop_params: all ? computed('firsts', 'MAP') : { type: 'MAP', value: over } },
        steps: stepsOf(inner, `${id}w`, []),
      },
    })),
);

/** Steps with transitions that only lead forward, so that there are no circles. */
function stepsOf(
  steps: readonly Anonymous[],
  prefix: string,
  edges: readonly (readonly [number, number, string])[],
): Json[] {
  return steps.map((step, index) => {
    const wrapped = step(`${prefix}${String(index)}`) as Readonly<Record<string, Fields>>;
    const [kind, fields] = Object.entries(wrapped)[0] ?? ['', {}];
    const own = edges.filter(([from, next]) => from === index && next > from && next < steps.length);
    const successors = Object.fromEntries(own.map(([, next, condition]) => [`${prefix}${String(next)}`, condition]));
    return { [kind]: { ...fields, ...(own.length === 0 ? {} : { transition: { successors } }) } };
  });
}

const edge = fc.tuple(
  fc.nat(4),
  fc.nat(4),
  fc.constantFrom('true', '', 'x > 1', "params.getFromStep('step_id') == 'a'"),
);
const steps = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: looped }), {
      minLength: 1,
      maxLength: 5,
    }),
    fc.array(edge, { maxLength: 6 }),
  )
  .map(([all, edges]) => stepsOf(all, 's', edges));

const timeTrigger = fc.oneof(
  fc.record({
    type: fc.constant('CRON'),
    cron: fc.constantFrom('0 6 * * 1-5', '0 0 6 ? * 2-6', '0 0 6 ? * 6L 2030', '0 0 12 ? * 2#1'),
  }),
  fc.record({
    type: fc.constant('predefined'),
    expression: fc.constantFrom('@daily', '@hourly'),
    timezone: fc.constant('Europe/Madrid'),
    fuzzy_max_delay: fc.constant('10 min'),
  }),
);
const signalTrigger = fc
  .record(
    {
      definitions: fc.constantFrom<Json>(
        { 'data/ready': {} },
        { "it's here": { match_params: { n: { value: 3, operator: '>=' }, s: { value: 'a', operator: '=' } } } },
        { alone: { join_keys: ['k', 'j'], match_params: { n: { value: 3, operator: '=' } } } },
        { left: { join_keys: ['k'] }, right: { join_keys: ['j'] } },
      ),
    },
    { requiredKeys: ['definitions'] },
  )
  .chain((trigger) => {
    const [signal = ''] = Object.keys(trigger.definitions as Fields);
    const taken = { type: 'LONG', expression: `params.getFromSignal("${signal}", "n")` };
    const wishes = { condition: 'a > 1', dedup_expr: `params.getFromSignal("${signal}", "s") + "-x"` };
    return fc.constantFrom<Fields>(
      trigger,
      { ...trigger, params: { a: taken, b: text('cash $$5'), c: long(1) } },
      { ...trigger, params: { a: taken }, ...wishes },
      { ...trigger, params: { a: computed('b + 1', 'DOUBLE'), b: { ...taken, mode: 'CONSTANT' }, c: text('$a-${b}') } },
      { ...trigger, params: { m: { type: 'MAP', value: { a: taken, b: text('x') } } } },
    );
  });

/** Any request that can be imported. */
export const anyRequest: fc.Arbitrary<string> = fc
  .record({
    properties: fc.record(
      {
        owner: fc.oneof(fc.constant<Json>('ada'), fc.constant<Json>({ name: 'ada' })),
        run_strategy: fc.constantFrom<Json>(
          'FIRST_ONLY',
          5,
          { rule: 'parallel', workflow_concurrency: 7 },
          { rule: 'LAST_ONLY' },
        ),
        alerting: fc.constant<Json>({ emails: ['a@example.org'] }),
        step_concurrency: fc.constantFrom(1, 20),
        tags: fc.constant<Json>(['a', { name: 'p', namespace: 'PLATFORM' }]),
        time_trigger_disabled: fc.boolean(),
        signal_trigger_disabled: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    workflow: fc.record(
      {
        id: fc.constantFrom('flow', 'my.flow-1'),
        name: fc.string({ maxLength: 9 }),
        description: fc.string({ maxLength: 9 }),
        criticality: fc.constant('HIGH'),
        tags: fc.constantFrom<Json>(['a'], [{ name: 'b', namespace: 'USER_DEFINED', attributes: { x: 1 } }]),
        timeout,
        instance_step_concurrency: fc.constantFrom(1, 20),
        time_triggers: fc.array(timeTrigger, { maxLength: 2 }),
        signal_triggers: fc.array(signalTrigger, { maxLength: 2 }),
        params,
        steps,
      },
      { requiredKeys: ['id', 'steps'] },
    ),
    git_info: fc.constant<Json>({ branch: 'main' }),
    is_active: fc.constantFrom<Json>(true, false, null),
  })
  .map((request) => JSON.stringify(request));
