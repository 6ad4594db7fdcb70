// Laws that hold for every text and every definition.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ancestryOf } from '../../../src/core/definition/ancestors.ts';
import { canonicalJson } from '../../../src/core/definition/canonical.ts';
import { graphOf } from '../../../src/core/definition/graph.ts';
import { orderSteps } from '../../../src/core/definition/order.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { parseDuration } from '../../../src/core/definition/reading/duration.ts';
import { type Json } from '../../../src/core/json.ts';
import { readOne, withStep } from './text.ts';

const WORDS =
  'id: a|steps:|- |  |\n|\n  |{|}|[|]|"|\'|,|: |run: |needs: |when: |noop:|noop: true|params: |cron: |* |&a |*a|!x || |>|#|---\n|...|'.concat(
    '${x}|1.10|.inf|no|true|null|\t|? |%|@|`|<<: |triggers: |signal: |where: |>= 100|publish: |steps.a.b|env: |9007199254740993|foreach: |while: |values: |workflow: |finally: |steps: |\\|\u0000|\uFEFF|é|😀',
  );

describe('the reader', () => {
  test('answers on any text, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (text) => {
        expect(readDefinitions(text)).toHaveProperty('ok');
      }),
    );
  });

  test('answers on any mixture of what definitions are made of, with a place for each refusal', () => {
    const text = fc.array(fc.constantFrom(...WORDS.split('|')), { maxLength: 60 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, (source) => {
        const read = readDefinitions(source);
        if (read.ok) return;
        expect(read.failure.length).toBeGreaterThan(0);
        const lines = source.split(/\r\n|\n|\r/u).length;
        for (const { place } of read.failure) {
          expect(place?.line).toBeGreaterThanOrEqual(1);
          expect(place?.line).toBeLessThanOrEqual(lines + 1);
          expect(place?.column).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('answers on any JSON, and what it accepts can be ordered and written', () => {
    const key = fc.constantFrom(
      ...'id steps params triggers needs run when env retry x foreach while values workflow finally'.split(' '),
    );
    const { json } = fc.letrec<{ json: Json }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(key, tie('json'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(json, (value) => {
        const read = readDefinitions(JSON.stringify(value));
        if (read.ok) for (const { definition } of read.value) graphOf(definition);
      }),
    );
  });
});

interface Shape {
  readonly needs: readonly (readonly number[])[];
}

/** Steps that need only earlier ones, in a shuffled order. */
const acyclic: fc.Arbitrary<Shape> = fc
  .integer({ min: 1, max: 20 })
  .chain((count) =>
    fc.tuple(
      fc.array(fc.uniqueArray(fc.nat({ max: count - 1 }), { maxLength: 4 }), { minLength: count, maxLength: count }),
      fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }),
    ),
  )
  .map(([raw, places]) => {
    const needs: (readonly number[])[] = raw.map(() => []);
    for (const [rank, wanted] of raw.entries()) {
      needs[places[rank] ?? 0] = wanted.filter((earlier) => earlier < rank).map((earlier) => places[earlier] ?? 0);
    }
    return { needs };
  });

function textOf({ needs }: Shape): string {
  const steps = needs.map((wanted, index) => ({
    id: `s${String(index)}`,
    noop: true,
    needs: wanted.map((need) => `s${String(need)}`),
  }));
  return JSON.stringify({ id: 'a', steps });
}

/** The same as steps that give `x`. */
function stepsOf({ needs }: Shape, prefix: string): readonly Readonly<Record<string, unknown>>[] {
  return needs.map((wanted, index) => ({
    id: `${prefix}${String(index)}`,
    run: 'ls',
    outputs: { x: 'long' },
    needs: wanted.map((need) => `${prefix}${String(need)}`),
  }));
}

describe('the graph', () => {
  test('is in topological order, and its edges mirror each other', () => {
    fc.assert(
      fc.property(acyclic, (shape) => {
        const graph = graphOf(readOne(textOf(shape)));
        const rank = new Map(graph.order.map((index, at) => [index, at]));
        expect([...graph.order].sort((a, b) => a - b)).toEqual([...shape.needs.keys()]);
        for (const step of graph.steps) {
          expect(step.predecessors.map(({ index }) => index)).toEqual(shape.needs[step.index]);
          for (const { index } of step.predecessors) {
            expect(rank.get(index)).toBeLessThan(rank.get(step.index) ?? -1);
            expect(graph.steps[index]?.depth).toBeLessThan(step.depth);
            expect(graph.steps[index]?.successors).toContain(step.index);
          }
          if (step.predecessors.length === 0) expect(step.depth).toBe(0);
        }
      }),
    );
  });

  test('knows what comes before what exactly as a search would find it', () => {
    fc.assert(
      fc.property(acyclic, (shape) => {
        const isBefore = ancestryOf(orderSteps(readOne(textOf(shape)).steps));
        for (const later of shape.needs.keys()) {
          const found = new Set<number>();
          const open = [...(shape.needs[later] ?? [])];
          for (const index of open) {
            if (found.has(index)) continue;
            found.add(index);
            open.push(...(shape.needs[index] ?? []));
          }
          for (const earlier of shape.needs.keys()) expect(isBefore(earlier, later)).toBe(found.has(earlier));
        }
      }),
    );
  });

  test('a step sees the outputs of exactly those that come before it, and inside a loop of those before the loop too', () => {
    fc.assert(
      fc.property(acyclic, acyclic, fc.tuple(fc.nat(), fc.nat(), fc.nat()), (outer, inner, [loop, from, at]) => {
        const [loopAt, fromAt] = [loop % outer.needs.length, from % inner.needs.length];
        const isOuter = at % 2 === 0;
        const target = at % (isOuter ? outer : inner).needs.length;
        const name = `${isOuter ? 'o' : 'i'}${String(target)}`;
        const inside = stepsOf(inner, 'i').map((step, index) =>
          index === fromAt ? { ...step, when: `steps.${name}.x > 0` } : step,
        );
        const steps = stepsOf(outer, 'o').map((step, index) =>
          index === loopAt ? { ...step, run: undefined, outputs: undefined, foreach: { a: [1] }, steps: inside } : step,
        );
        const shape = isOuter ? outer : inner;
        const isBefore = ancestryOf(orderSteps(readOne(textOf(shape)).steps))(target, isOuter ? loopAt : fromAt);
        expect(readDefinitions(JSON.stringify({ id: 'a', steps })).ok).toBe(isBefore);
      }),
    );
  });

  test('any needs at all either can be ordered or have a circle that is one', () => {
    const needs = fc.array(fc.uniqueArray(fc.nat({ max: 9 }), { maxLength: 3 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(needs, (raw) => {
        const known = raw.map((wanted) => wanted.filter((need) => need < raw.length));
        const steps = raw.map((_, index) => ({
          ...readOne(textOf({ needs: [[]] })).steps[0],
          id: `s${String(index)}`,
          needs: (known[index] ?? []).map((need) => ({ step: `s${String(need)}` })),
        }));
        const { order, cycles } = orderSteps(steps as Parameters<typeof orderSteps>[0]);
        expect(order.length === steps.length).toBe(cycles.length === 0);
        for (const cycle of cycles) {
          for (const [at, index] of cycle.entries()) {
            expect(known[index]).toContain(cycle[(at + 1) % cycle.length]);
          }
        }
      }),
    );
  });
});

const FULL: Json = {
  id: 'a',
  name: 'A',
  labels: { team: 'x', area: 'y' },
  runStrategy: { parallel: 2 },
  params: { p: 1, q: { type: 'string', value: 'x' }, b: [true], m: { k: { z: 1, y: 2 } } },
  triggers: [
    { cron: '@daily', timezone: 'UTC', params: { p: 2, q: 'y' } },
    { signal: 's', where: { rows: '>= 1', island: 'x' }, params: { q: '${signal.island}', p: 3 } },
  ],
  steps: [
    {
      id: 'x',
      run: 'ls',
      env: { A: '1', B: '2' },
      outputs: { r: 'long', s: 'string' },
      retry: { user: 1, timeout: 2 },
    },
    { id: 'y', needs: { x: 'steps.x.r > p' }, publish: { signal: 't', params: { a: '${q}', b: 1 } }, when: 'p > 0' },
    { id: 'z', needs: ['y', 'x'], sleep: '5s' },
    {
      id: 'w',
      needs: 'x',
      while: 'i < p',
      values: { i: 0, j: 'x' },
      onFailure: 'fail-now',
      steps: [
        { id: 'w1', run: 'ls', env: { B: '${j}', A: '${i}' }, outputs: { j: 'string', i: 'long' } },
        {
          id: 'w2',
          needs: { w1: 'steps.w1.i > 0' },
          foreach: { k: [1, 2] },
          concurrency: 2,
          strictOrdering: true,
          steps: [{ id: 'w3', workflow: { id: 'other', version: 2, params: { b: '${k}', a: [1] }, async: true } }],
        },
      ],
    },
  ],
  finally: [{ id: 'f', run: 'ls', env: { B: '${run.status}', A: '${steps.x.r}' } }],
};

describe('canonical JSON', () => {
  test('is the same whatever the order of keys', () => {
    const expected = canonicalJson(readOne(JSON.stringify(FULL)));
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
        const draw = (): number => stream.next().value as number;
        expect(canonicalJson(readOne(JSON.stringify(shuffled(FULL, draw))))).toBe(expected);
      }),
    );
  });

  test('tells definitions apart that differ in anything', () => {
    const base = canonicalJson(readOne(JSON.stringify(FULL)));
    const changes: readonly (readonly [string, string])[] = [
      ['"5s"', '"6s"'],
      ['"concurrency":2', '"concurrency":3'],
      ['"strictOrdering":true', '"strictOrdering":false'],
      ['"i":0', '"i":1'],
      ['[1,2]', '[2,1]'],
      ['"version":2', '"version":3'],
      ['"async":true', '"async":false'],
      ['fail-now', 'ignore'],
      ['"id":"f"', '"id":"g"'],
    ];
    for (const [from, to] of changes) {
      const changed = JSON.stringify(FULL).replace(from, to);
      expect(canonicalJson(readOne(changed))).not.toBe(base);
    }
    const reordered = readOne(JSON.stringify(FULL));
    expect(canonicalJson({ ...reordered, steps: reordered.steps.toReversed() })).not.toBe(base);
  });

  test('keeps the order of the names of a foreach, since the first varies fastest', () => {
    const loop = (over: string): string =>
      canonicalJson(readOne(withStep(`foreach: ${over}`, 'steps: [{ id: y, noop: }]')));
    expect(loop('{ a: [1], b: [2] }')).not.toBe(loop('{ b: [2], a: [1] }'));
  });

  test('has no key for what is as it would be anyway', () => {
    const bare = 'steps: [{ id: y, noop: }]';
    const text = canonicalJson(readOne(withStep('foreach: { a: [1] }', bare)));
    const spelled = withStep('foreach: { a: [1] }', 'onFailure: fail-after-running', 'strictOrdering: false', bare);
    expect(canonicalJson(readOne(`finally: []\n${spelled}`))).toBe(text);
  });

  test('of a definition without loops is what it was before there were any', () => {
    expect(canonicalJson(readOne('id: a\nsteps: [{ id: x, run: ls }]'))).toBe(
      '{"files":[],"id":"a","labels":[],"params":[],"runStrategy":{"kind":"sequential"},"steps":[{"artifacts":[],"env":[],"id":"x","needs":[],"outputs":[],"retry":{"backoff":{"first":1000,"longest":60000},"platform":3,"timeout":0,"user":0},"work":{"kind":"shell","script":"ls"}}],"triggers":[]}',
    );
  });

  test('reads back as the same definition', () => {
    const definition = readOne(JSON.stringify(FULL));
    const text = canonicalJson(definition);
    expect(canonicalJson(JSON.parse(text) as typeof definition)).toBe(text);
  });
});

function shuffled(json: Json, draw: () => number): Json {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return (json as readonly Json[]).map((item) => shuffled(item, draw));
  const entries = Object.entries(json).map(([key, value]) => ({ key, value: shuffled(value, draw), rank: draw() }));
  return Object.fromEntries(entries.sort((a, b) => a.rank - b.rank).map(({ key, value }) => [key, value]));
}

test('a duration is read as the sum of its parts', () => {
  const part = fc.tuple(
    fc.nat({ max: 999 }),
    fc.constantFrom<readonly [string, number]>(['ms', 1], ['s', 1000], ['m', 60_000], ['h', 3_600_000]),
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom('', ' '), (parts, gap) => {
      const text = parts.map(([count, [unit]]) => `${String(count)}${gap}${unit}`).join(gap);
      const sum = parts.reduce((total, [count, [, size]]) => total + count * size, 0);
      expect(parseDuration(text)).toBe(sum);
    }),
  );
});
