import { describe, expect, test } from 'vitest';
import { breakEngine } from './break-engine.ts';
import { breakages } from './breakages.ts';
import { simulate } from './simulate.ts';

/** A breakage that survives so many seeds has not been noticed. */
const mostSeeds = 400;

describe('an engine that is broken on purpose is found out', () => {
  test.each(breakages)('$name', async ({ edits }) => {
    const createEngine = await breakEngine(edits);
    let wrong: readonly string[] = [];
    for (let seed = 1; seed <= mostSeeds && wrong.length === 0; seed++)
      ({ wrong } = await simulate(seed, createEngine));
    expect(wrong).not.toEqual([]);
  });
});
