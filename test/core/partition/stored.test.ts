// What is stored says in which version it is; what an earlier version wrote is read as the current one, what a newer one wrote
// is refused.

import { describe, expect, test } from 'vitest';

import { queueEntity, signalTypeEntity } from '../../../src/core/ids.ts';
import { type Block } from '../../../src/core/partition/commit.ts';
import { type EntityState, evolve } from '../../../src/core/partition/entity.ts';
import { blockCodec, createBlockCodec, type StoredBlock } from '../../../src/core/partition/stored/stored-block.ts';
import { createEventCodec, type StoredEvent } from '../../../src/core/partition/stored/stored-event.ts';
import { createStateCodec, stateCodec } from '../../../src/core/partition/stored/stored-state.ts';
import { createUpcasting, type Formats } from '../../../src/core/partition/stored/upcasting.ts';
import { newerFormat, NewerFormatError } from '../../../src/ports/newer-format-error.ts';

/** Twice changed: `topic` became `name`, then `count`, which began at 0, became `sequence`, which begins at 1. */
const formats: Formats = {
  versions: { SignalNumbered: 3 },
  upcasters: {
    'SignalNumbered@1': ({ topic, ...event }) => ({ ...event, name: topic }),
    'SignalNumbered@2': ({ count, ...event }) => ({ ...event, sequence: Number(count) + 1 }),
  },
};
const events = createEventCodec(formats);
const blocks = createBlockCodec(events);
const penguins = signalTypeEntity('penguins');
const where = { partition: 4, n: 17 };
const now = { type: 'SignalNumbered', name: 'penguins', sequence: 7 } as const;

function stored(event: StoredEvent['event'], v?: number): StoredEvent {
  return { entity: penguins, version: 5, event, ...(v === undefined ? {} : { v }) };
}

function aBlock(event: Block['commits'][number]['events'][number]['event']): Block {
  const commit = {
    at: 12,
    events: [{ entity: penguins, version: 5, event }],
    out: [],
    in: { from: 2, sequence: 1, n: 1 },
  };
  return { ...where, writer: 'w', epoch: 3, format: 1, commits: [commit, { at: 13, events: [], out: [] }] };
}

describe('an event', () => {
  test('is stored in the version of its type, its payload shared; a type that never changed is in version 1', () => {
    const numbered = events.encode({ entity: penguins, version: 5, event: now });
    const limited = events.encode({
      entity: queueEntity('a'),
      version: 1,
      event: { type: 'QueueLimited', workflowId: 'a', limit: 1 },
    });

    expect([numbered.v, limited.v]).toEqual([3, 1]);
    expect(numbered.event).toBe(now);
  });

  test('is read in its current version as it is', () => {
    const read = events.decode(stored(now, 3), where, newerFormat);

    expect(read).toEqual({ entity: penguins, version: 5, event: now });
    expect(read.event).toBe(now);
  });

  test.each([
    ['1', stored({ type: 'SignalNumbered', topic: 'penguins', count: '6' } as StoredEvent['event'], 1)],
    [
      '1, which the first logs do not say',
      stored({ type: 'SignalNumbered', topic: 'penguins', count: '6' } as StoredEvent['event']),
    ],
    ['2', stored({ type: 'SignalNumbered', name: 'penguins', count: '6' } as StoredEvent['event'], 2)],
  ])('is read through every upcaster from version %s on', (_, old) => {
    const before = structuredClone(old);

    expect(events.decode(old, where, newerFormat)).toEqual({ entity: penguins, version: 5, event: now });
    expect(old).toEqual(before);
  });

  test('of a newer version is refused, with what and where it is and what to do', () => {
    const read = () => events.decode(stored(now, 4), where, newerFormat);

    expect(read).toThrow(NewerFormatError);
    expect(read).toThrow(
      'The event SignalNumbered in block 17 of partition 4 is in format 4, and this version of Downbeat knows formats up to 3.',
    );
    expect(newerFormat({ what: 'X', found: 2, known: 1 })).toMatchObject({
      code: 'NEWER_FORMAT',
      hint: expect.stringContaining('Start a version of Downbeat that is at least as new') as string,
    });
  });

  test('of a type that never changed is refused in any version but the first', () => {
    const other = stored({ type: 'InterestAdded' }, 2);

    expect(() => events.decode(other, where, newerFormat)).toThrow(
      'InterestAdded in block 17 of partition 4 is in format 2',
    );
  });

  test('of a version that never was is no event', () => {
    expect(() => events.decode(stored(now, 0), where, newerFormat)).toThrow('SignalNumbered@0 was stored');
    expect(() => events.decode(stored(now, 1.5), where, newerFormat)).toThrow('SignalNumbered@1.5 was stored');
  });

  test('has a name that no object has by itself', () => {
    expect(createUpcasting({ versions: {}, upcasters: {} }).current('constructor')).toBe(1);
  });
});

describe('a block', () => {
  test('comes back as it was, every event of it stored with a version', () => {
    const block = aBlock(now);
    const text = JSON.stringify(blocks.encode(block));

    expect(JSON.parse(text)).toMatchObject({ commits: [{ events: [{ v: 3 }] }, { events: [] }] });
    expect(JSON.stringify(blocks.decode(JSON.parse(text) as StoredBlock, newerFormat))).toBe(JSON.stringify(block));
  });

  test('of an earlier release folds to the state that it would have now', () => {
    const old = blocks.encode(aBlock({ type: 'SignalNumbered', topic: 'penguins', count: 6 } as never));
    const first = JSON.parse(JSON.stringify(old).replace('"v":3,', '')) as StoredBlock;
    const [commit] = blocks.decode(first, newerFormat).commits;

    expect(evolve(undefined, commit?.events[0]?.event ?? now, 12)).toEqual(evolve(undefined, now, 12));
  });

  test('of a newer format is refused whole', () => {
    expect(() => blockCodec.decode({ ...aBlock(now), commits: [], format: 2 }, newerFormat)).toThrow(
      'Block 17 of partition 4 is in format 2, and this version of Downbeat knows formats up to 1.',
    );
  });
});

describe('a state', () => {
  const states = createStateCodec({
    versions: { signalType: 2 },
    upcasters: { 'signalType@1': ({ count, ...state }) => ({ ...state, sequence: count }) },
  });
  const state: EntityState = { kind: 'signalType', name: 'penguins', sequence: 7, interest: [] };
  const { sequence, ...rest } = state;
  const old = { ...rest, count: sequence };

  test('is kept in the format of its kind, and read from every earlier one', () => {
    expect([states.format(state), stateCodec.format(state)]).toEqual([2, 1]);
    expect(states.decode(penguins, { format: 2, state }, newerFormat)).toBe(state);
    expect(states.decode(penguins, { format: 1, state: old }, newerFormat)).toEqual(state);
    expect(states.decode(penguins, { state: old }, newerFormat)).toEqual(state);
  });

  test('of a newer format is refused', () => {
    expect(() => states.decode(penguins, { format: 3, state }, newerFormat)).toThrow(
      'The saved state of signalType:penguins is in format 3, and this version of Downbeat knows formats up to 2.',
    );
  });
});

describe('formats', () => {
  const upcaster = formats.upcasters['SignalNumbered@1'] ?? ((event) => event);

  test('are whole: every earlier version has its upcaster', () => {
    expect(() => createUpcasting({ versions: { RunEnded: 3 }, upcasters: { 'RunEnded@1': upcaster } })).toThrow(
      'There is no upcaster for RunEnded@2.',
    );
  });

  test('have no upcaster for what nobody wrote', () => {
    expect(() => createUpcasting({ versions: {}, upcasters: { 'RunEnded@1': upcaster } })).toThrow(
      'The upcaster for RunEnded@1 is never used.',
    );
  });
});
