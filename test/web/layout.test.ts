// The picture of a workflow: what is needed stands above what needs it, nothing overlaps, and lines keep clear of steps.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { heightOf, layOut, type LaidStep, type LayoutSize, pathThrough } from '../../web/src/diagram/layout.ts';
import { layOutWithFinals } from '../../web/src/diagram/with-finals.ts';
import { inReadingOrder } from '../../web/src/model/outline.ts';

const size: LayoutSize = { width: 200, height: 70, tall: 110, across: 24, down: 40 };
const penguins: readonly LaidStep[] = [
  { stepId: 'check', needs: [] },
  { stepId: 'clean', needs: ['check'] },
  { stepId: 'summarise', needs: ['clean'] },
  { stepId: 'classify', needs: ['clean'] },
  { stepId: 'plot', needs: ['clean', 'classify'] },
  { stepId: 'report', needs: ['summarise', 'classify', 'plot'] },
  { stepId: 'announce', needs: ['report'] },
];

/** Any graph without a cycle: a step needs some of those before it. */
const graphs = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 14 }).map((picks) =>
  picks.map((pick, place): LaidStep => ({
    stepId: `s${String(place)}`,
    isTall: pick.length % 2 === 1,
    needs: place === 0 ? [] : [...new Set(pick.map((one) => `s${String(one % place)}`))],
  })),
);

describe('the picture of a workflow', () => {
  it('puts each step right below the last of what it needs', () => {
    const { places } = layOut(penguins, size);
    const rows = ['check', 'clean', 'summarise', 'classify', 'plot', 'report', 'announce'].map(
      (step) => (places.get(step)?.y ?? 0) / (size.height + size.down),
    );
    expect(rows).toEqual([0, 1, 2, 2, 3, 4, 5]);
  });

  it('is the same each time', () => {
    expect(layOut(penguins, size)).toEqual(layOut(penguins, size));
  });

  it('lets no two steps overlap, whatever the workflow', () => {
    fc.assert(
      fc.property(graphs, (steps) => {
        const { places, width, height } = layOut(steps, size);
        const boxes = steps.map((step) => ({
          ...(places.get(step.stepId) ?? { x: 0, y: 0 }),
          height: heightOf(step, size),
        }));
        for (const [place, one] of boxes.entries()) {
          expect(one.x).toBeGreaterThanOrEqual(0);
          expect(one.x + size.width).toBeLessThanOrEqual(width);
          expect(one.y + one.height).toBeLessThanOrEqual(height);
          for (const other of boxes.slice(place + 1)) {
            const isApart =
              Math.abs(one.x - other.x) >= size.width ||
              one.y + one.height <= other.y ||
              other.y + other.height <= one.y;
            expect(isApart).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('draws every line downwards, from the step that is needed to the one that needs it', () => {
    fc.assert(
      fc.property(graphs, (steps) => {
        const { lines, places } = layOut(steps, size);
        expect(lines).toHaveLength(steps.reduce((sum, { needs }) => sum + needs.length, 0));
        for (const { from, to, points } of lines) {
          const heights = points.map(({ y }) => y);
          expect(heights).toEqual([...heights].sort((one, other) => one - other));
          const needed = steps.find(({ stepId }) => stepId === from) ?? {};
          expect(heights[0]).toBe((places.get(from)?.y ?? 0) + heightOf(needed, size));
          expect(heights.at(-1)).toBe(places.get(to)?.y);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leads a long line past the steps between its ends', () => {
    const { lines, places } = layOut(penguins, size);
    const line = lines.find(({ from, to }) => from === 'clean' && to === 'plot');
    const classify = places.get('classify') ?? { x: 0, y: 0 };
    const beside = line?.points.filter(({ y }) => y > classify.y - 1 && y < classify.y + size.height + 1) ?? [];
    expect(beside.length).toBeGreaterThan(0);
    for (const { x } of beside) expect(x < classify.x || x > classify.x + size.width).toBe(true);
  });

  it('sets what comes last apart, below a line of its own', () => {
    const finals = [
      { stepId: 'tidy', needs: [] },
      { stepId: 'tell', needs: ['tidy'] },
    ];
    const { places, lines, divider = 0, height } = layOutWithFinals(penguins, finals, size);
    for (const { stepId } of penguins) expect((places.get(stepId)?.y ?? 0) + size.height).toBeLessThan(divider);
    expect(places.get('tidy')?.y).toBeGreaterThan(divider);
    expect((places.get('tell')?.y ?? 0) + size.height).toBe(height);
    expect(lines.find(({ to }) => to === 'tell')?.points[0]?.y).toBe((places.get('tidy')?.y ?? 0) + size.height);
    expect(layOutWithFinals(penguins, [], size).divider).toBeUndefined();
  });

  it('draws a line as one path', () => {
    expect(
      pathThrough([
        { x: 1, y: 0 },
        { x: 5, y: 10 },
      ]),
    ).toBe('M1,0C1,5 5,5 5,10');
    expect(pathThrough([])).toBe('');
  });

  it('leaves out needs that are no steps of it', () => {
    expect(layOut([{ stepId: 'a', needs: ['gone'] }], size).lines).toEqual([]);
  });
});

describe('the list of steps', () => {
  it('puts each step after everything that it needs, and loses none', () => {
    fc.assert(
      fc.property(graphs, fc.integer(), (steps, seed) => {
        const shuffled = [...steps].sort(
          (one, other) => ((one.stepId.length * 31 + seed) % 7) - ((other.stepId.length * 17 + seed) % 5),
        );
        const ordered = inReadingOrder(shuffled).map(({ stepId }) => stepId);
        expect([...ordered].sort()).toEqual(steps.map(({ stepId }) => stepId).sort());
        for (const { stepId, needs } of steps)
          for (const need of needs) expect(ordered.indexOf(need)).toBeLessThan(ordered.indexOf(stepId));
      }),
    );
  });

  it('shows steps that need one another all the same', () => {
    expect(
      inReadingOrder([
        { stepId: 'a', needs: ['b'] },
        { stepId: 'b', needs: ['a'] },
      ]),
    ).toHaveLength(2);
  });
});
