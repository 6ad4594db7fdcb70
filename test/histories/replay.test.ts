// Every recorded history still gives the states that were stored when it was recorded.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { type EntityId } from '../../src/core/ids.ts';
import { blockFormat } from '../../src/core/partition/commit.ts';
import { type EntityState, evolve } from '../../src/core/partition/entity.ts';
import { type History } from './history.ts';

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'));

test('there are histories', () => {
  expect(files.length).toBeGreaterThan(0);
});

test.each(files)('%s gives the states that were stored', (file) => {
  const { blocks, states } = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as History;
  const folded = new Map<EntityId, { readonly version: number; readonly state: EntityState }>();
  for (const block of blocks) {
    expect(block.format).toBeLessThanOrEqual(blockFormat);
    for (const { at, events } of block.commits) {
      for (const { entity, version, event } of events) {
        const before = folded.get(entity);
        expect(version).toBe((before?.version ?? 0) + 1);
        folded.set(entity, { version, state: evolve(before?.state, event, at) });
      }
    }
  }
  expect([...folded].map(([id, { version }]) => [id, version]).sort()).toEqual(states.map(({ id, version }) => [id, version]).sort());
  for (const { id, state } of states) expect(folded.get(id)?.state).toEqual(state);
});
