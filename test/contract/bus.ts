// What every bus does, whatever carries it.

import { afterEach, describe, expect, test } from 'vitest';

import { type Bus } from '../../src/ports/bus.ts';

/** One bus as two processes see it; the same object where there is only one process. */
export interface BusUnderTest {
  readonly here: Bus;
  readonly there: Bus;
}

/** Collects messages; `has` resolves once there are that many. */
export function collecting(): {
  readonly hear: (message: string) => void;
  readonly heard: string[];
  has(count: number): Promise<void>;
} {
  const heard: string[] = [];
  let check = (): void => undefined;
  return {
    heard,
    hear: (message) => {
      heard.push(message);
      check();
    },
    has: (count) =>
      new Promise((resolve) => {
        check = (): void => {
          if (heard.length >= count) resolve();
        };
        check();
      }),
  };
}

/** The suite of the port. */
export function busContract(name: string, make: () => BusUnderTest | Promise<BusUnderTest>): void {
  const made: BusUnderTest[] = [];
  const open = async (): Promise<BusUnderTest> => {
    const bus = await make();
    made.push(bus);
    return bus;
  };
  afterEach(async () => {
    for (const { here, there } of made.splice(0)) await Promise.all([here.close(), there.close()]);
  });

  describe(`the bus (${name})`, () => {
    test('carries texts to all who listen, in order, and never within the publishing call', async () => {
      const { here, there } = await open();
      const [one, two] = [collecting(), collecting()];
      await there.subscribe('nudges', one.hear);
      await here.subscribe('nudges', two.hear);

      for (const message of ['a', 'β \u0000', '{"$x":1}', '']) here.publish('nudges', message);
      expect([one.heard, two.heard]).toEqual([[], []]);
      await Promise.all([one.has(4), two.has(4)]);

      expect(one.heard).toEqual(['a', 'β \u0000', '{"$x":1}', '']);
      expect(two.heard).toEqual(one.heard);
    });

    test('keeps channels apart', async () => {
      const { here, there } = await open();
      const [one, two] = [collecting(), collecting()];
      await there.subscribe('one', one.hear);
      await there.subscribe('two', two.hear);

      here.publish('one', 'for one');
      here.publish('three', 'for nobody');
      here.publish('two', 'for two');
      await two.has(1);

      expect([one.heard, two.heard]).toEqual([['for one'], ['for two']]);
    });

    test('is silent for a listener that has ended, and goes on for the other', async () => {
      const { here, there } = await open();
      const [ended, other] = [collecting(), collecting()];
      const end = await there.subscribe('nudges', ended.hear);
      await there.subscribe('nudges', other.hear);

      end();
      end();
      here.publish('nudges', 'x');
      await other.has(1);

      expect(ended.heard).toEqual([]);
    });

    test('hears again what it had stopped to hear', async () => {
      const { here, there } = await open();
      const [first, again] = [collecting(), collecting()];
      (await there.subscribe('nudges', first.hear))();
      await there.subscribe('nudges', again.hear);

      here.publish('nudges', 'x');
      await again.has(1);

      expect([first.heard, again.heard]).toEqual([[], ['x']]);
    });

    test('takes the same listener twice as two', async () => {
      const { here, there } = await open();
      const both = collecting();
      const end = await there.subscribe('nudges', both.hear);
      await there.subscribe('nudges', both.hear);

      here.publish('nudges', 'x');
      await both.has(2);
      end();
      here.publish('nudges', 'y');
      await both.has(3);

      expect(both.heard).toEqual(['x', 'x', 'y']);
    });

    test('carries long texts', async () => {
      const { here, there } = await open();
      const one = collecting();
      await there.subscribe('blocks', one.hear);

      here.publish('blocks', 'x'.repeat(100_000));
      await one.has(1);

      expect(one.heard[0]).toHaveLength(100_000);
    });

    test('says nothing and throws nothing once it is closed', async () => {
      const { here, there } = await open();
      const one = collecting();
      await here.subscribe('nudges', one.hear);
      await Promise.all([here.close(), there.close()]);

      here.publish('nudges', 'x');
      await new Promise((resolve) => setImmediate(resolve));

      expect(one.heard).toEqual([]);
    });
  });
}
