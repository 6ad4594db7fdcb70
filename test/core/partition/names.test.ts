// Names and their parts: ids, partitions, cursors, and what chance adds. What is stored by them must never change its form.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  attemptId,
  type EntityId,
  kindOf,
  nameOf,
  parseRunName,
  partitionOf,
  runEntity,
  runPlaceOf,
  triggerEntity,
} from '../../../src/core/ids.ts';
import { decodeCursor, encodeCursor, isBehind } from '../../../src/core/partition/cursor.ts';
import { randomOf, tokenOf, ulidOf } from '../../../src/core/random.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/utf8.ts';

describe('ids', () => {
  test('name a kind and a place, and are read back', () => {
    const place = { workflowId: 'pen.guins', number: 12, attempt: 3 };
    expect([runEntity(place), triggerEntity('flow', 'cron-1'), attemptId(place, 'train', 2)]).toEqual([
      'run:pen.guins/12.3',
      'trigger:flow/cron-1',
      'attempt:pen.guins/12.3/train/2',
    ]);
    expect(runPlaceOf(runEntity(place))).toEqual(place);
    expect([kindOf(runEntity(place)), nameOf('signalType:a:b' as EntityId)]).toEqual(['run', 'a:b']);
  });

  test.each([
    ['penguins/12', { workflowId: 'penguins', number: 12, attempt: undefined }],
    ['penguins/12.1', { workflowId: 'penguins', number: 12, attempt: 1 }],
    ['a.1/2', { workflowId: 'a.1', number: 2, attempt: undefined }],
    ['penguins', undefined],
    ['penguins/0', undefined],
    ['penguins/1.0', undefined],
    ['penguins/-1', undefined],
    ['penguins/1/train', undefined],
    ['penguins/9999999999999999', undefined],
  ])('of runs are read strictly: %s', (name, expected) => {
    expect(parseRunName(name)).toEqual(expected);
  });

  test('of an attempt are needed where a run is meant', () => {
    expect(() => runPlaceOf('run:flow/1' as EntityId)).toThrow("run:flow/1 is not the id of a run's attempt");
  });

  test.each([
    ['', 16, 0x811c9dc5 % 16],
    ['a', 16, 0xe40c292c % 16],
    ['foobar', 1_000, 0xbf9cf968 % 1_000],
    ['penguins', 16, 4],
    ['measurements.ready', 16, 1],
    ['ñandú', 16, 5],
  ])('"%s" lies in the same one of %i partitions for ever', (placement, partitions, partition) => {
    expect(partitionOf(placement, partitions)).toBe(partition);
  });
});

describe('chance', () => {
  test('is the same for the same seed, and another for another', () => {
    const names = (seed: number): readonly string[] => {
      const random = randomOf(seed);
      return [tokenOf(random), ulidOf(random, 1_000)];
    };
    expect(names(7)).toEqual(names(7));
    expect(names(8)).not.toEqual(names(7));
  });

  test('makes ULIDs that sort by their time and have 26 letters', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 45), fc.nat(2 ** 45), fc.integer(), (one, other, seed) => {
        const random = randomOf(seed);
        const [first, second] = [ulidOf(random, one), ulidOf(random, other)];
        expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/u);
        if (one !== other) expect(first < second).toBe(one < other);
      }),
    );
  });

  test('makes tokens of 64 bits that do not repeat', () => {
    const random = randomOf(1);
    const tokens = new Set(Array.from({ length: 10_000 }, () => tokenOf(random)));
    expect(tokens.size).toBe(10_000);
    for (const token of tokens) if (!/^[0-9a-f]{16}$/u.test(token)) expect(token).toBe('16 digits');
  });
});

describe('UTF-8', () => {
  test('is what TextEncoder makes of a text, and read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect([...encodeUtf8(text)]).toEqual([...new TextEncoder().encode(text)]);
        expect(decodeUtf8(encodeUtf8(text))).toBe(text);
      }),
    );
  });
});

describe('a cursor', () => {
  const place = fc.record({ partition: fc.nat(9_999), n: fc.nat(), i: fc.integer({ min: -1, max: 999 }) });

  test('is read back as it was written, in the order of partitions', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(place, { minLength: 1, maxLength: 5, selector: ({ partition }) => partition }),
        (cursor) => {
          expect(decodeCursor(encodeCursor(cursor))).toEqual(
            [...cursor].sort((one, other) => one.partition - other.partition),
          );
        },
      ),
    );
    expect(
      encodeCursor([
        { partition: 3, n: 17, i: 0 },
        { partition: 1, n: 2, i: -1 },
      ]),
    ).toBe('1:2.-1,3:17.0');
  });

  test.each(['', '3', '3:17', '3:17.-2', 'a:1.0', '3:17.0,3:18.0', '3:17.0,', ' 3:17.0'])('is not "%s"', (text) => {
    expect(decodeCursor(text)).toBeUndefined();
  });

  test('lies behind another by block, then by commit', () => {
    const at = (n: number, i: number): Parameters<typeof isBehind>[0] => ({ partition: 1, n, i });
    expect([
      isBehind(at(2, 0), at(1, 9)),
      isBehind(at(1, 1), at(1, 0)),
      isBehind(at(1, 0), at(1, 0)),
      isBehind(at(1, -1), at(1, 0)),
    ]).toEqual([true, true, false, false]);
  });
});
