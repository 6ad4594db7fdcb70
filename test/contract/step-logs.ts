// What every store of step logs does, whatever keeps it.

import { describe, expect, test } from 'vitest';

import { type NumberedLine, type StepLogs } from '../../src/ports/step-logs.ts';

const attempt = 'attempt:penguins/12.1/train/1';

function lines(from: number, to: number, text = 'line'): readonly NumberedLine[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({
    number: from + index,
    at: 1_700_000_000_000 + index,
    stream: 'out',
    text: `${text} ${String(from + index)}`,
  }));
}

function numbers(found: readonly NumberedLine[]): readonly number[] {
  return found.map(({ number }) => number);
}

/** The suite of the port. */
export function stepLogsContract(name: string, make: () => StepLogs): void {
  describe(`step logs (${name})`, () => {
    test('give lines back as they were printed', async () => {
      const logs = make();
      const printed: readonly NumberedLine[] = [
        { number: 1, at: 1, stream: 'out', text: '' },
        { number: 2, at: 1, stream: 'err', text: 'null \u0000, penguin \u{1f427}, tab \t, colour \u001b[31m' },
        { number: 3, at: 0, stream: 'system', text: '$where' },
      ];
      await logs.append(attempt, printed);

      expect(await logs.read(attempt, 0, 10)).toEqual(printed);
      expect(await logs.read('attempt:other', 0, 10)).toEqual([]);
    });

    test('are read in order behind a line, across many appends', async () => {
      const logs = make();
      for (let from = 1; from < 2_000; from += 97) await logs.append(attempt, lines(from, Math.min(from + 96, 2_000)));
      await logs.append('attempt:penguins/12.1/train/10', lines(1, 5));

      expect(await logs.read(attempt, 0, 5_000)).toEqual([...lines(1, 97), ...(await logs.read(attempt, 97, 5_000))]);
      expect(numbers(await logs.read(attempt, 0, 5_000))).toEqual(numbers(lines(1, 2_000)));
      expect(numbers(await logs.read(attempt, 95, 4))).toEqual([96, 97, 98, 99]);
      expect(await logs.read(attempt, 2_000, 10)).toEqual([]);
      expect(await logs.read(attempt, 0, 0)).toEqual([]);
    });

    test('end with the newest lines', async () => {
      const logs = make();
      await logs.append(attempt, lines(1, 1_200));
      await logs.append(attempt, lines(1_201, 1_203));

      expect(numbers(await logs.tail(attempt, 5))).toEqual([1_199, 1_200, 1_201, 1_202, 1_203]);
      expect(await logs.tail(attempt, 9_999)).toHaveLength(1_203);
      expect(await logs.tail(attempt, 0)).toEqual([]);
      expect(await logs.tail('attempt:other', 5)).toEqual([]);
    });

    test('leave a line as it is when its number comes again', async () => {
      const logs = make();
      await logs.append(attempt, lines(3, 4, 'first'));
      await logs.append(attempt, lines(1, 6, 'second'));
      await logs.append(attempt, lines(6, 7, 'third'));
      await logs.append(attempt, []);

      expect((await logs.read(attempt, 0, 10)).map(({ text }) => text)).toEqual([
        'second 1',
        'second 2',
        'first 3',
        'first 4',
        'second 5',
        'second 6',
        'third 7',
      ]);
    });

    test('keep one line a number when the same lines come twice at once', async () => {
      const logs = make();

      await Promise.all([1, 2, 3, 4, 5].map(() => logs.append(attempt, lines(1, 600))));

      expect(numbers(await logs.read(attempt, 0, 10_000))).toEqual(numbers(lines(1, 600)));
    });

    test('take lines that are megabytes in all', async () => {
      const logs = make();
      const long = lines(1, 40, 'x'.repeat(500_000));
      await logs.append(attempt, long);

      expect(numbers(await logs.read(attempt, 10, 2))).toEqual([11, 12]);
      expect((await logs.tail(attempt, 1))[0]?.text.length).toBe(500_003);
    });

    test('forget lines that are old, and keep what was printed since', async () => {
      const logs = make();
      const at = 1_700_000_000_000;
      const older = lines(1, 3).map((line) => ({ ...line, at: at - 1_000 + line.number }));
      await logs.append('a', older);
      await logs.append('b', older);
      await logs.append('b', lines(4, 6));
      await logs.append('c', lines(1, 3));

      await logs.removeBefore(at);
      await logs.removeBefore(0);

      expect([await logs.read('a', 0, 9), await logs.tail('a', 9)]).toEqual([[], []]);
      expect(numbers(await logs.read('b', 0, 9))).toEqual([4, 5, 6]);
      expect(numbers(await logs.tail('b', 9))).toEqual([4, 5, 6]);
      expect(await logs.read('c', 0, 9)).toHaveLength(3);
    });

    test('forget any number of lines that are old', async () => {
      const logs = make();
      await logs.append(
        attempt,
        lines(1, 5_000).filter(({ number }) => number % 2 === 0),
      );

      await logs.removeBefore(1_800_000_000_000);

      expect(await logs.tail(attempt, 9)).toEqual([]);
    });
  });
}
