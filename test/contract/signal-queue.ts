// What every queue of signals does, whatever keeps it: at least once, in the order of each name, and nothing lost.

import { afterEach, describe, expect, test } from 'vitest';

import { type IncomingSignal } from '../../src/core/signal/parse-signal.ts';
import { type SignalQueue, type SignalTaker, type Taken } from '../../src/ports/signal-queue.ts';

/** A queue that servers come to and leave. */
export interface SignalQueueUnderTest {
  /** Puts a text down; answers the id of its entry. */
  add(text: string): Promise<string> | string;
  /** Another server's way to it, not yet started. */
  open(server: string): SignalQueue;
  /** How many entries were handed over, and are neither published nor put aside. */
  left(): Promise<number> | number;
  aside(): Promise<readonly Aside[]> | readonly Aside[];
  /** What was told to the log. */
  readonly facts: readonly string[];
}

interface Aside {
  readonly entry: string;
  readonly why: string;
  readonly signal: string;
}

type Signal = IncomingSignal & { readonly idempotencyKey: string };

/** A taker that says what the test tells it to, and that one can wait for. */
export interface TestTaker extends SignalTaker {
  readonly heard: Signal[];
  mayTake: () => Promise<boolean>;
  until(wanted: () => boolean): Promise<void>;
}

/** Makes a taker; `verdict` is told how often it has seen that key. */
export function createTestTaker(
  verdict: (signal: Signal, times: number) => Taken | Promise<Taken> = () => ({ kind: 'PUBLISHED' }),
): TestTaker {
  const heard: Signal[] = [];
  const waiting = new Set<() => void>();
  return {
    heard,
    mayTake: async () => true,
    take: async (signal) => {
      heard.push(signal);
      for (const look of waiting) look();
      return verdict(signal, heard.filter(({ idempotencyKey }) => idempotencyKey === signal.idempotencyKey).length);
    },
    until: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!wanted()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** The suite of the port. */
export function signalQueueContract(
  name: string,
  make: () => SignalQueueUnderTest | Promise<SignalQueueUnderTest>,
): void {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });
  const read = (from: SignalQueueUnderTest, by: SignalTaker, server = 'one'): SignalQueue => {
    const queue = from.open(server);
    queue.start(by);
    stops.push(() => queue.stop());
    return queue;
  };
  const noneLeft = (from: SignalQueueUnderTest): Promise<void> =>
    expect.poll(() => from.left(), { timeout: 5_000, interval: 10 }).toBe(0);

  describe(`the queue of signals (${name})`, () => {
    test('takes what was put down before and after it began, in order, and strikes it out', async () => {
      const from = await make();
      const first = await from.add('{"name":"a","params":{"n":1}}');
      const by = createTestTaker();
      read(from, by);
      await by.until(() => by.heard.length === 1);
      await from.add('{"name":"a","params":{"n":2},"idempotencyKey":"mine"}');
      await by.until(() => by.heard.length === 2);

      expect(by.heard).toEqual([
        { name: 'a', params: [{ name: 'n', value: 1 }], idempotencyKey: first },
        { name: 'a', params: [{ name: 'n', value: 2 }], idempotencyKey: 'mine' },
      ]);
      await noneLeft(from);
    });

    test('keeps the order of one name over more than one batch', async () => {
      const from = await make();
      for (let n = 0; n < 250; n++) await from.add(`{"name":"a","params":{"n":${String(n)}}}`);
      const by = createTestTaker();
      read(from, by);
      await by.until(() => by.heard.length === 250);

      expect(by.heard.map(({ params }) => params[0]?.value)).toEqual(Array.from({ length: 250 }, (_, n) => n));
      await noneLeft(from);
    });

    test('puts aside what is no signal or is refused, with the reason, and goes on', async () => {
      const from = await make();
      const bad = await from.add('no JSON');
      const refused = await from.add('{"name":"bad name"}');
      await from.add('{"name":"good"}');
      const by = createTestTaker((signal) =>
        signal.name === 'good' ? { kind: 'PUBLISHED' } : { kind: 'REFUSED', why: 'Not like that.' },
      );
      read(from, by);
      await by.until(() => by.heard.length === 2);
      await noneLeft(from);

      const aside = await from.aside();
      expect([...aside].sort((a, b) => a.why.localeCompare(b.why))).toEqual([
        { entry: refused, why: 'Not like that.', signal: '{"name":"bad name"}' },
        { entry: bad, why: 'The entry is no signal: it is not JSON.', signal: 'no JSON' },
      ]);
      expect(from.facts).toHaveLength(2);
    });

    test('tries again what has to wait, and takes nothing new meanwhile', async () => {
      const from = await make();
      const by = createTestTaker((_, times) => (times < 3 ? { kind: 'LATER', afterMs: 5 } : { kind: 'PUBLISHED' }));
      read(from, by);
      await from.add('{"name":"a"}');
      await by.until(() => by.heard.length >= 1);
      await from.add('{"name":"b"}');
      await by.until(() => by.heard.length >= 6);

      expect(by.heard.map((signal) => signal.name)).toEqual(['a', 'a', 'a', 'b', 'b', 'b']);
      await noneLeft(from);
    });

    test('holds up those of one name behind one that has to wait, and none of another', async () => {
      const from = await make();
      await from.add('{"name":"a","params":{"n":1}}');
      await from.add('{"name":"a","params":{"n":2}}');
      await from.add('{"name":"b"}');
      const by = createTestTaker((signal, times) =>
        signal.name === 'a' && times === 1 ? { kind: 'LATER', afterMs: 1 } : { kind: 'PUBLISHED' },
      );
      read(from, by);
      await by.until(() => by.heard.length === 5);

      const ofA = by.heard.filter((signal) => signal.name === 'a').map(({ params }) => params[0]?.value);
      expect(ofA).toEqual([1, 1, 2, 2]);
      expect(by.heard.filter((signal) => signal.name === 'b')).toHaveLength(1);
      await noneLeft(from);
    });

    test('hands an entry over again when taking it has failed, and says so', async () => {
      const from = await make();
      const by = createTestTaker((_, times) => {
        if (times === 1) throw new Error('the store fell over');
        return { kind: 'PUBLISHED' };
      });
      read(from, by);
      await from.add('{"name":"a"}');
      await by.until(() => by.heard.length === 2);
      await noneLeft(from);

      expect(from.facts).toHaveLength(1);
    });

    test('a stand-by takes nothing until it may, and then what is there', async () => {
      const from = await make();
      const standby = createTestTaker();
      let isOwner = false;
      standby.mayTake = async () => isOwner;
      read(from, standby, 'standby');
      const owner = createTestTaker();
      const queue = read(from, owner, 'owner');
      await from.add('{"name":"a"}');
      await owner.until(() => owner.heard.length === 1);
      await noneLeft(from);
      await queue.stop();
      await from.add('{"name":"b"}');
      expect(standby.heard).toEqual([]);
      isOwner = true;
      await standby.until(() => standby.heard.length === 1);

      expect(standby.heard.map((signal) => signal.name)).toEqual(['b']);
    });

    test('when it stops it finishes what is being taken, takes nothing more, and leaves the rest to others', async () => {
      const from = await make();
      let finish = (): void => undefined;
      const by = createTestTaker(
        () =>
          new Promise((resolve) => {
            finish = () => {
              resolve({ kind: 'PUBLISHED' });
            };
          }),
      );
      await from.add('{"name":"a","params":{"n":1}}');
      await from.add('{"name":"a","params":{"n":2}}');
      const queue = read(from, by);
      await by.until(() => by.heard.length === 1);
      let isStopped = false;
      const stopping = queue.stop().then(() => {
        isStopped = true;
      });
      await new Promise((resolve) => setImmediate(resolve));
      expect(isStopped).toBe(false);
      finish();
      await stopping;
      const heir = createTestTaker();
      read(from, heir, 'heir');
      await heir.until(() => heir.heard.length === 1);

      expect(by.heard.map(({ params }) => params[0]?.value)).toEqual([1]);
      expect(heir.heard.map(({ params }) => params[0]?.value)).toEqual([2]);
      await noneLeft(from);
    });

    test('stops at once while it waits for something new', async () => {
      const from = await make();
      const by = createTestTaker();
      const queue = read(from, by);
      await from.add('{"name":"a"}');
      await by.until(() => by.heard.length === 1);
      await noneLeft(from);
      const begun = performance.now();
      await queue.stop();
      await queue.stop();

      expect(performance.now() - begun).toBeLessThan(400);
    });
  });
}
