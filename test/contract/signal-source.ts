// What every source of signals does, whatever carries them.

import { afterEach, describe, expect, test } from 'vitest';

import { type IncomingSignal } from '../../src/core/signal/parse-signal.ts';
import { type SignalSource } from '../../src/ports/signal-source.ts';

/** A channel with two servers that may hear it. */
export interface SignalSourceUnderTest {
  readonly one: SignalSource;
  readonly two: SignalSource;
  /** Says a text; answers how many heard it. */
  readonly publish: (text: string) => Promise<number> | number;
  /** What was told to the log. */
  readonly facts: readonly string[];
}

/** The suite of the port. */
export function signalSourceContract(
  name: string,
  make: () => SignalSourceUnderTest | Promise<SignalSourceUnderTest>,
): void {
  const made: SignalSourceUnderTest[] = [];
  const open = async (): Promise<SignalSourceUnderTest> => {
    const channel = await make();
    made.push(channel);
    return channel;
  };
  afterEach(async () => {
    for (const { one, two } of made.splice(0)) await Promise.all([one.stop(), two.stop()]);
  });

  describe(`the source of signals (${name})`, () => {
    test('hears signals in order, and drops what is none with a word on why', async () => {
      const { one, publish, facts } = await open();
      const job = hearing();
      await one.start(job.hear);
      await heardBy(publish, 1, '{"name":"first"}');
      await publish('no JSON');
      await publish('{"name":"penguins","params":{"island":"Biscoe","n":3},"idempotencyKey":"k"}');
      await publish('{"name":"last"}');
      await job.has('last');

      expect(job.heard.slice(job.heard.findLastIndex((signal) => signal.name === 'first'))).toEqual([
        { name: 'first', params: [] },
        {
          name: 'penguins',
          params: [
            { name: 'island', value: 'Biscoe' },
            { name: 'n', value: 3 },
          ],
          idempotencyKey: 'k',
        },
        { name: 'last', params: [] },
      ]);
      expect(facts).toHaveLength(1);
      expect(facts[0]).toMatch(/that is no signal\. it is not JSON$/u);
    });

    test('is heard by every server', async () => {
      const { one, two, publish } = await open();
      const [here, there] = [hearing(), hearing()];
      await one.start(here.hear);
      await two.start(there.hear);
      await heardBy(publish, 2, '{"name":"a"}');
      await Promise.all([here.has('a'), there.has('a')]);
    });

    test('hears nothing more once it has stopped, and hears again when it is started again', async () => {
      const { one, two, publish } = await open();
      const [ended, other, again] = [hearing(), hearing(), hearing()];
      await one.start(ended.hear);
      await two.start(other.hear);
      await heardBy(publish, 2, '{"name":"before"}');
      await ended.has('before');
      await one.stop();
      await one.stop();
      const { length } = ended.heard;
      await publish('{"name":"meanwhile"}');
      await other.has('meanwhile');
      await one.start(again.hear);
      await heardBy(publish, 2, '{"name":"after"}');
      await again.has('after');

      expect(ended.heard).toHaveLength(length);
      expect(again.heard.map((signal) => signal.name)).not.toContain('meanwhile');
    });

    test('started twice, it hears each signal once', async () => {
      const { one, publish } = await open();
      const job = hearing();
      await one.start(job.hear);
      await one.start(job.hear);
      await heardBy(publish, 1, '{"name":"warm"}');
      await publish('{"name":"a"}');
      await publish('{"name":"last"}');
      await job.has('last');

      expect(job.heard.filter((signal) => signal.name === 'a')).toHaveLength(1);
    });
  });
}

/** Says a text until so many hear it: a connection may need a moment. */
async function heardBy(publish: SignalSourceUnderTest['publish'], count: number, text: string): Promise<void> {
  while ((await publish(text)) < count) await new Promise((resolve) => setImmediate(resolve));
}

/** Collects signals; `has` resolves once there is one of that name. */
function hearing(): {
  readonly heard: IncomingSignal[];
  readonly hear: (signal: IncomingSignal) => void;
  has(name: string): Promise<void>;
} {
  const heard: IncomingSignal[] = [];
  let look = (): void => undefined;
  return {
    heard,
    hear: (signal) => {
      heard.push(signal);
      look();
    },
    has: (name) =>
      new Promise((resolve) => {
        look = () => {
          if (heard.some((signal) => signal.name === name)) resolve();
        };
        look();
      }),
  };
}
