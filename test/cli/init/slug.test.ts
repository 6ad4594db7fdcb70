// Ids out of names of files.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugOf, stepIds } from '../../../src/cli/init/slug.ts';
import { referenceIdFaults, workflowIdFaults } from '../../../src/core/definition/identifiers.ts';

describe('a slug', () => {
  it.each([
    ['Train_Model.v2', 'train-model-v2'],
    ['Été à Ñuñoa', 'ete-a-nunoa'],
    ['--x--', 'x'],
    ['2026', 'workflow-2026'],
    ['maestro_tools', 'workflow-maestro-tools'],
    ['日本', 'workflow'],
    ['', 'workflow'],
  ])('of %s is %s', (name, slug) => {
    expect(slugOf(name, 'workflow')).toBe(slug);
  });

  it('is an id, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        expect(workflowIdFaults(slugOf(name, 'workflow'))).toEqual([]);
      }),
    );
  });
});

describe('the ids of steps', () => {
  it('are without the numbers that order the scripts, and no two are alike', () => {
    expect(stepIds(['01_fetch', '02-fetch', 'step3 clean', '04', '2024_sales'])).toEqual([
      'fetch',
      'fetch-2',
      'clean',
      'step-04',
      'sales',
    ]);
  });

  it('are ids, all different, whatever the names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 20 }), (names) => {
        const ids = stepIds(names);
        expect(new Set(ids).size).toBe(names.length);
        expect(ids.flatMap(referenceIdFaults)).toEqual([]);
      }),
    );
  });
});
