// Every recorded history still gives the states that were stored when it was recorded.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { type EntityId } from '../../src/core/ids.ts';
import { type EntityState, evolve } from '../../src/core/partition/entity.ts';
import { blockCodec } from '../../src/core/partition/stored/stored-block.ts';
import { stateCodec } from '../../src/core/partition/stored/stored-state.ts';
import { newerFormat } from '../../src/ports/newer-format-error.ts';
import { type History } from './history.ts';

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));

test('there are histories', () => {
  expect(files.length).toBeGreaterThan(0);
});

test('some of their events say in which version they are, and some are older than that', () => {
  const events = files.flatMap((file) => historyOf(file).blocks).flatMap(({ commits }) => commits).flatMap(({ events }) => events);

  expect(new Set(events.map(({ v }) => typeof v))).toEqual(new Set(['number', 'undefined']));
});

test.each(files)('%s gives the states that were stored', (file) => {
  const { blocks, states } = historyOf(file);
  const folded = new Map<EntityId, { readonly version: number; readonly state: EntityState }>();
  for (const block of blocks) {
    for (const { at, events } of blockCodec.decode(block, newerFormat).commits) {
      for (const { entity, version, event } of events) {
        const before = folded.get(entity);
        expect(version).toBe((before?.version ?? 0) + 1);
        folded.set(entity, { version, state: evolve(before?.state, event, at) });
      }
    }
  }
  expect([...folded].map(([id, { version }]) => [id, version]).sort()).toEqual(states.map(({ id, version }) => [id, version]).sort());
  for (const stored of states) {
    expect(folded.get(stored.id)?.state).toEqual(stateCodec.decode(stored.id, stored, newerFormat));
  }
});

function historyOf(file: string): History {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as History;
}
