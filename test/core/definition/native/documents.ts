// Arbitrary definitions in our own format, as the JSON that somebody might have written.

import fc from 'fast-check';
import { type Json } from '../../../../src/core/json.ts';

type Fields = Readonly<Record<string, Json>>;

const name = fc
  .stringMatching(/^[a-z][a-z0-9]{0,5}$/u)
  .filter((text) => text.length > 1 && !/^(?:yes|no|on|off|run|item|signal|signals|steps)$/u.test(text));
const anyText = fc.oneof(
  fc.string({ maxLength: 14 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.stringMatching(/^[ a-b\n\t:#'"{}[\],&*!|>%@`-]{0,14}$/u),
  fc.constantFrom(
    'no',
    'null',
    '~',
    '1.10',
    '0x1f',
    '2026-01-01',
    '<<',
    '---',
    '...',
    ' a',
    'a ',
    'a\n',
    '\na\n\n',
    'a\n b\n',
    '- a',
    'a: b',
    '# a',
    '=',
    '10m',
    '\u2028',
    '1e3',
    '.inf',
    'y',
  ),
);
/** Without what would be filled in. */
const text = anyText.filter((one) => !one.includes('$'));
const shownText = text.filter((one) => one.trim() !== '');
const integer = fc.oneof(fc.integer(), fc.maxSafeInteger());
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0));
const scalar = fc.oneof<fc.Arbitrary<Json>[]>(text, integer, fc.boolean(), number);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 2 },
    scalar,
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(name, text), tie('json'), { maxKeys: 3 }),
  ),
}));
const value = json.filter((one) => one !== null);
const values = fc.dictionary(name, value, { maxKeys: 3 });
const given = fc.record({ text, tries: integer, any: values }, { requiredKeys: [] as never[] });
const length = fc.constantFrom<Json>('10s', '90m', 30, 1.5, '1h 30m', '500ms', '3d');

const declared = fc.oneof(
  fc.record({ type: fc.constantFrom('long', 'double'), value: integer }, { requiredKeys: ['type'] }),
  fc.record({ type: fc.constant('double'), value: number }),
  fc.record({ type: fc.constantFrom('long', 'double', 'boolean', 'string', 'string_array', 'map') }),
  fc.record({ type: fc.constantFrom('long_array', 'double_array'), value: fc.array(integer, { maxLength: 3 }) }),
  fc.record({ type: fc.constant('double_array'), value: fc.array(number, { maxLength: 3 }) }),
  fc.record({ type: fc.constant('string_map'), value: fc.dictionary(fc.oneof(name, text), text, { maxKeys: 3 }) }),
  fc.record({ type: fc.constant('map'), value: fc.dictionary(name, value, { maxKeys: 3 }) }),
  fc.record({ type: fc.constant('long'), expression: fc.constantFrom<Json>('1 + 1', 3) }),
  fc.record({ type: fc.constant('string'), value: text, mode: fc.constantFrom('constant', 'mutable', 'immutable') }),
);
const params = fc.dictionary(name, fc.oneof<fc.Arbitrary<Json>[]>(scalar, declared, fc.array(text, { maxLength: 3 })), {
  maxKeys: 3,
});

const demand = fc.oneof<fc.Arbitrary<Json>[]>(
  scalar,
  fc.constantFrom(
    '>= 100',
    '>= 1, < 2',
    "== '>= 1'",
    '!= true',
    '== true',
    "!= 'x, y'",
    '== "a\'b"',
    '< 1.5',
    '== 7, > 3',
    '!= null',
  ),
  fc.constant(['>= 1', '< 2']),
  fc.array(scalar, { minLength: 1, maxLength: 3 }).map((one): Json => ({ in: one })),
);
const where = fc.dictionary(name, demand, { maxKeys: 2 });
const signal = fc.constantFrom('a.ready', 'b', '2c-d');
const slots = fc
  .array(fc.record({ signal, where, joinOn: fc.constant('place') }, { requiredKeys: ['signal', 'joinOn'] }), {
    minLength: 2,
    maxLength: 3,
  })
  .map((all): Json => all.map((slot, index) => (index === 0 ? slot : { ...slot, as: `s${String(index)}` })));
const timing = { catchUp: fc.constantFrom<Json>('none', 'latest', 'all', { within: '6h' }), params: given };
const wishes = { when: fc.constantFrom<Json>('signal.n > 1', true), idempotencyKey: fc.constant('signal.day + "x"') };
const some = { requiredKeys: [] as never[] };
const trigger: fc.Arbitrary<Fields> = fc.oneof(
  fc.record(
    {
      cron: fc.constantFrom('@daily', '0 6 * * mon-fri'),
      timezone: fc.constantFrom('UTC', 'Europe/Madrid'),
      jitter: length,
      ...timing,
    },
    { requiredKeys: ['cron'] },
  ),
  fc.record(
    {
      every: fc.constantFrom('15m', '1d'),
      from: fc.constantFrom('2026-01-01T06:00:00Z', '2026-01-01T06:00:00+01:00'),
      ...timing,
    },
    { requiredKeys: ['every'] },
  ),
  fc.record(
    { at: fc.constant('2026-12-24T18:00:00'), timezone: fc.constant('Asia/Tokyo'), ...timing },
    { requiredKeys: ['at'] },
  ),
  fc.record(
    {
      signal,
      where,
      params: given,
      ...wishes,
      debounce: fc.constantFrom<Json>('5m', { quiet: '5m', atMost: '20m', by: 'place' }),
    },
    { requiredKeys: ['signal'] },
  ),
  fc.record(
    { signal, where, throttle: fc.constantFrom<Json>('5m', { every: '5m', by: ['place', 'day'] }) },
    { requiredKeys: ['signal'] },
  ),
  fc.record(
    { signal, absentFor: fc.constant('26h'), where, announce: fc.constant('it.is-missing'), params: given },
    { requiredKeys: ['signal', 'absentFor'] },
  ),
  fc.record(
    { expect: signal, by: fc.constant('0 7 * * *'), timezone: fc.constant('Europe/Madrid') },
    { requiredKeys: ['expect', 'by'] },
  ),
  fc.record({ all: slots, within: length, params: given, ...wishes }, { requiredKeys: ['all'] }),
  fc.record(
    { sequence: slots, within: fc.constant('6h'), late: fc.constantFrom({ wait: '1m' }, { wait: 0 }) },
    { requiredKeys: ['sequence', 'within'] },
  ),
  fc.record({ atLeast: fc.constant(2), of: slots }),
);
const triggers = fc.array(trigger, { maxLength: 3 }).chain((all) =>
  fc
    .array(fc.constantFrom(undefined, undefined, 'mine', 'signal-1', 'cron-2', 'all-1'), {
      minLength: all.length,
      maxLength: all.length,
    })
    .map((names): Json => {
      const taken = new Set<string>();
      return all.map((one, index) => {
        const own = names[index];
        if (own === undefined || taken.has(own)) return one;
        taken.add(own);
        return { ...one, name: own };
      });
    }),
);

const tries = fc.oneof<fc.Arbitrary<Json>[]>(
  fc.integer({ min: 0, max: 5 }),
  fc.constant('${tries}'),
  fc.record(
    {
      user: fc.constantFrom<Json>(1, '${tries}'),
      platform: fc.constantFrom(0, 3),
      backoff: fc.constantFrom<Json>('5s..2m', '1s..1m', 30),
    },
    some,
  ),
);
const program = {
  env: fc.dictionary(name, text, { maxKeys: 2 }),
  outputs: fc.dictionary(name, fc.constantFrom('long', 'string_map', 'double_array'), { maxKeys: 2 }),
  artifacts: fc.constantFrom<Json>('a.csv', ['b/*.json', 'c.txt']),
  retry: tries,
  timeout: fc.constantFrom<Json>('90m', '5m', '${size}'),
  heartbeat: fc.constant('2m'),
  onFailure: fc.constantFrom('fail-now', 'ignore', 'fail-after-running'),
  pool: fc.constantFrom<Json>('gpu', ['gpu', 'disk']),
  tags: fc.constantFrom<Json>('nightly', ['x', 'y']),
  priority: fc.integer({ min: 0, max: 100 }),
  name: text,
  when: fc.constantFrom<Json>('size > 3', true),
};
const work: fc.Arbitrary<Fields> = fc.oneof(
  fc.record({ noop: fc.constant(true), name: text }, { requiredKeys: ['noop'] }),
  fc.record({ sleep: length }),
  fc.record({ publish: fc.record({ signal, params: values }, { requiredKeys: ['signal'] }) }),
  fc.record({ run: shownText.filter((one) => !one.startsWith('./')), ...program }, { requiredKeys: ['run'] }),
  fc.record(
    {
      python: fc.constantFrom('a.py', 'print(1)\nprint(2)\n', '  x = 1\n'),
      requirements: fc.constantFrom<Json>('pandas', ['numpy>=2', 'b==1']),
      ...program,
    },
    { requiredKeys: ['python'] },
  ),
  fc.record(
    {
      notebook: fc.constantFrom('a.ipynb', './b/c.ipynb'),
      requirements: fc.constantFrom<Json>('pandas', ['b==1']),
      ...program,
    },
    { requiredKeys: ['notebook'] },
  ),
  fc.record({ node: fc.constantFrom('lib/a.mjs', 'console.log(1)'), ...program }, { requiredKeys: ['node'] }),
  fc.record(
    {
      wait: fc.constantFrom<Json>(
        'a.ready',
        { signal: 'a.ready', match: { place: '${text}' }, lookBack: 'all' },
        {
          all: [
            { signal: 'b', as: 'b', where: { rows: '> 3' } },
            { signal: 'c', as: 'c', lookBack: '1h' },
          ],
        },
      ),
      timeout: fc.constant('1h'),
    },
    { requiredKeys: ['wait'] },
  ),
  fc.record(
    {
      workflow: fc.constantFrom<Json>('other', {
        id: 'other',
        version: 2,
        async: true,
        params: { a: '${text}', b: [1, 2.5] },
      }),
      timeout: length,
    },
    { requiredKeys: ['workflow'] },
  ),
  fc.record({ pools: fc.constant({ gpu: 2, disk: 1 }), run: fc.constant('ls') }),
  fc.record(
    {
      http: fc.constantFrom<Json>(
        'https://example.org/a',
        { url: 'https://example.org/${text}', body: { a: 1 }, headers: { accept: 'x' } },
        { url: 'https://example.org', method: 'PUT', body: '12' },
      ),
      outputs: fc.constant({ seed: 'long' }),
    },
    { requiredKeys: ['http'] },
  ),
);
const inner = fc
  .array(work, { minLength: 1, maxLength: 2 })
  .map((all): Json => all.map((one, index) => ({ id: `i${String(index)}`, ...one })));
const loop: fc.Arbitrary<Fields> = fc.oneof(
  fc.record(
    {
      foreach: fc.dictionary(
        fc.constantFrom('ka', 'kb'),
        fc.oneof<fc.Arbitrary<Json>[]>(
          fc.array(
            text.filter((one) => one !== ''),
            { minLength: 1, maxLength: 3 },
          ),
          fc.array(integer, { minLength: 1, maxLength: 3 }),
          fc.array(fc.constantFrom(0.5, 2.25, -1e21), { minLength: 1, maxLength: 2 }),
          fc.constant('names'),
        ),
        { minKeys: 1 },
      ),
      steps: inner,
      concurrency: fc.constantFrom<Json>(3, '${size}'),
      strictOrdering: fc.boolean(),
      tolerate: fc.constantFrom<Json>(2, '10%', 0),
    },
    { requiredKeys: ['foreach', 'steps'] },
  ),
  fc.record({
    while: fc.constantFrom<Json>('ii < 3', false),
    values: fc.constantFrom<Json>({ ii: 0 }, { ii: 0, x: 1.5, y: 'no' }),
    steps: inner,
  }),
);
/** Ids are unique in the whole definition. */
function withInner(id: string, step: Fields): Fields {
  const { steps: inside } = step as { readonly steps?: readonly Fields[] };
  if (inside === undefined) return { id, ...step };
  return { id, ...step, steps: inside.map((one, index) => ({ ...one, id: `${id}i${String(index)}` })) };
}

const steps = fc.array(fc.oneof({ weight: 3, arbitrary: work }, loop), { minLength: 1, maxLength: 4 }).chain((all) =>
  fc
    .array(fc.constantFrom('none', 'one', 'all', 'map'), { minLength: all.length, maxLength: all.length })
    .map((kinds): Json =>
      all.map((one, index) => {
        const before = all.slice(0, index).map((_, place) => `s${String(place)}`);
        const kind = kinds[index];
        const id = withInner(`s${String(index)}`, one);
        if (before.length === 0 || kind === 'none') return id;
        if (kind === 'map')
          return {
            ...id,
            needs: Object.fromEntries(before.map((step, place) => [step, place === 0 ? 'size > 3' : null])),
          };
        return { ...id, needs: kind === 'one' ? (before[0] ?? '') : before };
      }),
    ),
);

/** A definition as its JSON; not each of them can be applied. */
export const nativeDocument: fc.Arbitrary<Json> = fc
  .record(
    {
      id: fc.constantFrom('a', 'no', 'a.b-c_1', '0'),
      name: text,
      description: text,
      owner: text,
      labels: fc.dictionary(name, text, { maxKeys: 2 }),
      runStrategy: fc.constantFrom<Json>('first-only', 'sequential', { parallel: 3 }),
      params,
      triggers,
      timeout: fc.constantFrom<Json>('2h', '${size}', 90),
      queueTimeout: length,
      stepConcurrency: fc.integer({ min: 1, max: 9 }),
      runStepConcurrency: fc.integer({ min: 1, max: 9 }),
      priority: fc.integer({ min: 0, max: 100 }),
      steps,
      finally: fc.constantFrom<Json>([], [{ id: 'f', run: 'ls', env: { A: '${run.status}' } }]),
    },
    { requiredKeys: ['id', 'steps'] },
  )
  .map(({ params: own = {}, ...rest }): Json => ({
    ...rest,
    params: { ...own, tries: 2, size: 60, text: 'x', names: ['x'], any: { type: 'map', value: {} } },
  }));
