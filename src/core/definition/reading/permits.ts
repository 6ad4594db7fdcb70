// What a step needs before it begins beside other steps: permits of pools, tags, and its place in the queue; and how many steps
// of a workflow may work at once.

import { workflowIdFaults } from '../identifiers.ts';
import { type Definition, type PoolUse, type StepDefinition } from '../model.ts';
import { type Fields, readEntries } from './fields.ts';
import { readCount, readText, readTexts } from './scalars.ts';
import { type Spot, doubt, keyOf, nodeName, report } from './spot.ts';

/** The most permits that a pool may have, and a step may want. */
export const MOST_PERMITS = 10_000;

const MOST_STEPS_AT_ONCE = 10_000;
const HIGHEST_PRIORITY = 100;
const MOST_NAMES = 20;

/** Reads `pool`, `pools`, `tags` and `priority` of a step. */
export function readPermits(fields: Fields): Pick<StepDefinition, 'pools' | 'tags' | 'priority'> {
  const pools = readPoolUses(fields);
  const tags = readTags(fields.get('tags'));
  return {
    ...(pools.length === 0 ? {} : { pools }),
    ...(tags.length === 0 ? {} : { tags }),
    ...readPriority(fields),
  };
}

/** Reads `stepConcurrency`, `runStepConcurrency` and `priority` of a workflow. */
export function readStepLimits(
  fields: Fields,
): Pick<Definition, 'stepConcurrency' | 'runStepConcurrency' | 'priority'> {
  const limitOf = (key: string): number | undefined => {
    const spot = fields.get(key);
    return spot && readCount(spot, 1, MOST_STEPS_AT_ONCE);
  };
  const all = limitOf('stepConcurrency');
  const one = limitOf('runStepConcurrency');
  return {
    ...(all === undefined ? {} : { stepConcurrency: all }),
    ...(one === undefined ? {} : { runStepConcurrency: one }),
    ...readPriority(fields),
  };
}

function readPriority(fields: Fields): { readonly priority?: number } {
  const spot = fields.get('priority');
  const priority = spot && readCount(spot, 0, HIGHEST_PRIORITY);
  return priority === undefined ? {} : { priority };
}

function readPoolUses(fields: Fields): readonly PoolUse[] {
  const one = fields.get('pool');
  const several = fields.get('pools');
  if (one !== undefined && several !== undefined) {
    report(one, 'two-pools', '`pool` and `pools` stand side by side, and one of them is enough.', {
      hint: 'Write pools: { gpu: 1, licence: 2 }',
    });
    return [];
  }
  if (one !== undefined) return readNames(one).map((pool) => ({ pool, weight: 1 }));
  if (several === undefined) return [];
  if (several.node.kind !== 'map') return readNames(several).map((pool) => ({ pool, weight: 1 }));
  return readEntries(several, several.node).flatMap(([pool, spot]) => {
    const weight = readCount(spot, 1, MOST_PERMITS);
    if (weight === undefined) doubt(spot.reading, spot.path);
    return isPoolId(spot, pool) && weight !== undefined ? [{ pool, weight }] : [];
  });
}

function readTags(spot: Spot | undefined): readonly string[] {
  return spot === undefined ? [] : readNames(spot);
}

/** A name or a list of them, each once. */
function readNames(spot: Spot): readonly string[] {
  if (spot.node.kind === 'map') {
    report(spot, 'wrong-type', `${keyOf(spot)} must be a name or a list of names, and this is ${nodeName(spot.node)}.`);
    return [];
  }
  const names = readTexts(spot).flatMap(([name, item]) => (isPoolId(item, name) ? [name] : []));
  if (names.length > MOST_NAMES) report(spot, 'too-many-pools', `A step may name ${String(MOST_NAMES)} of them.`);
  return [...new Set(names)];
}

/** Tells what is wrong with the id of a pool; answers whether nothing is. */
export function isPoolId(spot: Spot, id: string): boolean {
  const faults = workflowIdFaults(id);
  for (const fault of faults) report(spot, 'bad-id', `No pool can be called "${id}": ${fault}.`);
  return faults.length === 0;
}

/** The id under `id` of a document that defines a pool. */
export function readPoolId(spot: Spot, fields: Fields): string {
  const field = fields.get('id');
  if (field === undefined)
    report(spot, 'missing-key', 'The pool has no `id`.', { hint: 'Begin with `kind: pool` and `id: gpu`, say.' });
  const id = field && readText(field);
  if (field !== undefined && id !== undefined) isPoolId(field, id);
  return id ?? '';
}
