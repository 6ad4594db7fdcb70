// Addresses of the page: what is written can be read back, and what is no address of ours is said to be none.

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addressOf, addressOfId, routeOf, type Route } from '../../web/src/routing/route.ts';
import { enclosingOf, runNameOf } from '../../web/src/routing/run-name.ts';

const name = fc.string({ minLength: 1 }).filter((text) => !/^\.{1,2}$/u.test(text));
const optional = fc.option(name, { nil: undefined });
const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.record({ page: fc.constant('runs' as const), workflow: optional, status: optional }),
  fc.record({
    page: fc.constant('run' as const),
    run: fc
      .tuple(
        name.filter((text) => !text.includes('/')),
        fc.nat(),
        fc.array(fc.tuple(fc.constantFrom('each', 'inner', 'a-b'), fc.nat()), { maxLength: 3 }),
      )
      .map(([id, number, loops]) =>
        [id, String(number), ...loops.map(([loop, index]) => `${loop}[${String(index)}]`)].join('/'),
      ),
    step: optional,
  }),
  fc.record({ page: fc.constant('workflows' as const) }),
  fc.record({ page: fc.constant('workflow' as const), workflow: name }),
  fc.record({ page: fc.constant('signals' as const), name: optional }),
  fc.record({ page: fc.constant('signal' as const), signal: name }),
);

describe('an address of the page', () => {
  it('leads back to where it was written', () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(routeOf(addressOf(route))).toEqual(route);
      }),
    );
  });

  it('names a run and the step that is looked at', () => {
    expect(routeOf('/runs/penguins/12.1?step=clean')).toEqual({ page: 'run', run: 'penguins/12.1', step: 'clean' });
  });

  it('names an iteration of a loop, and of a loop within it', () => {
    expect(routeOf('/runs/penguins/12/each%5B2%5D/inner[0]?step=train')).toEqual({
      page: 'run',
      run: 'penguins/12/each[2]/inner[0]',
      step: 'train',
    });
  });

  it('that is none of ours is unknown', () => {
    expect(routeOf('/runs/penguins/12/clean')).toMatchObject({ page: 'unknown' });
    expect(routeOf('/runs/penguins')).toMatchObject({ page: 'unknown' });
    expect(routeOf('/nowhere/at/all')).toEqual({ page: 'unknown', path: '/nowhere/at/all' });
  });

  it.each([
    ['run:penguins/12', '/runs/penguins/12'],
    ['step:penguins/12/train', '/runs/penguins/12?step=train'],
    ['run:penguins/12/each[2]', '/runs/penguins/12/each%5B2%5D'],
    ['step:penguins/12/each[2]/train', '/runs/penguins/12/each%5B2%5D?step=train'],
    ['trigger:penguins/measurements.ready', '/workflows/penguins'],
    ['workflow:penguins', '/workflows/penguins'],
    ['signal:01JD', '/signals/01JD'],
  ])('belongs to %s', (id, address) => {
    expect(addressOfId(id)).toBe(address);
  });

  it('belongs to nothing that has no page', () => {
    expect(addressOfId('ada')).toBeUndefined();
  });
});

describe('the name of a run', () => {
  it('tells whether it means the newest attempt, also of an iteration', () => {
    expect(runNameOf('penguins/12/each[2.3]')?.isNewest).toBe(true);
    expect(runNameOf('penguins/12.1/each[2]')?.isNewest).toBe(false);
    expect(runNameOf('penguins/12/each')).toBeUndefined();
  });

  it('leads from an iteration back to everything around it', () => {
    const name = runNameOf('penguins/12.1/each[2]/inner[0]');
    expect(name === undefined ? [] : enclosingOf(name)).toEqual([
      { text: 'penguins 12.1', run: 'penguins/12.1', loop: 'each' },
      { text: 'each[2]', run: 'penguins/12.1/each[2]', loop: 'inner' },
    ]);
  });
});
