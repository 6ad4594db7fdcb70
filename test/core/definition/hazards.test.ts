// Texts that would hang, blow the stack or end the process if bounds were checked too late.

import { describe, expect, test } from 'vitest';

import { graphOf } from '../../../src/core/definition/graph.ts';
import { placesOf, readOne } from './text.ts';

const steps = (count: number, make: (index: number) => string): string =>
  `id: a\nsteps:\n${Array.from({ length: count }, (_, index) => `  - ${make(index)}\n`).join('')}`;

describe('hazards', () => {
  test('a chain of 5,000 steps in reverse order is ordered without recursion', () => {
    const chain = steps(5000, (index) => {
      const needs = index < 4999 ? `, needs: s${String(index + 1)}` : '';
      return `{ id: s${String(index)}, noop: true${needs} }`;
    });
    const graph = graphOf(readOne(chain));
    expect(graph.order[0]).toBe(4999);
    expect(graph.steps[0]?.depth).toBe(4999);
  });

  test('a circle of 5,000 steps is told in one short line', () => {
    const circle = steps(
      5000,
      (index) => `{ id: s${String(index)}, noop: true, needs: s${String((index + 1) % 5000)} }`,
    );
    expect(placesOf(circle)).toEqual(['3:34 cycle']);
  });

  test.each(['[', '{', '- ', '? ', '[{a: '])('%j without end is too deep, and told as such', (bracket) => {
    expect(placesOf(bracket.repeat(20_000)).map((place) => place.split(' ')[1])).toEqual(['too-deep']);
  });

  test('aliases of aliases do not multiply', () => {
    const levels = Array.from(
      { length: 30 },
      (_, n) => `x${String(n + 1)}: &x${String(n + 1)} [${`*x${String(n)},`.repeat(9)}]`,
    );
    const places = placesOf(`id: a\nx0: &x0 [1,1,1,1,1,1,1,1,1]\n${levels.join('\n')}`);
    expect(places.some((place) => place.endsWith('yaml-alias'))).toBe(true);
  });

  test('many keys are compared in time', () => {
    const labels = Array.from({ length: 20_000 }, (_, index) => `  k${String(index)}: x`).join('\n');
    expect(readOne(`id: a\nlabels:\n${labels}\nsteps: [{ id: x, noop: true }]`).labels).toHaveLength(20_000);
  });

  test('names of objects of JavaScript are names like any other, or refused like any other', () => {
    const text =
      'id: constructor\nlabels: { toString: x, hasOwnProperty: y }\nsteps: [{ id: valueOf, run: ls, env: { constructor: z } }]';
    expect(readOne(text).labels.map(({ name }) => name)).toEqual(['toString', 'hasOwnProperty']);
    expect(placesOf('id: a\n__proto__: { steps: [] }\nconstructor: x\nsteps: [{ id: x, noop: true }]')).toEqual([
      '2:1 unknown-key',
      '3:1 unknown-key',
    ]);
    expect(placesOf('id: a\nsteps: [{ id: x, noop: true, when: "constructor == 1" }]')).toEqual(['2:37 unknown-name']);
  });
});
