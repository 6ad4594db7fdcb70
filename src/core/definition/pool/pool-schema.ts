// The shape of a document that defines a pool, key by key.

import { z } from 'zod';

import { WORKFLOW_ID } from '../identifiers.ts';

/** A pool in native form. */
export const poolSchema = z.strictObject({
  kind: z.literal('pool').describe('What this document defines.'),
  id: z.string().max(128).regex(WORKFLOW_ID).describe('The name by which steps ask for it: gpu, licence, warehouse.'),
  size: z.int().min(0).max(10_000).describe('How many permits there are; 0 lets nothing begin that needs one.'),
  description: z.string().optional().describe('What it stands for.'),
});

/** The keys of a pool. */
export const POOL_KEYS = Object.keys(poolSchema.shape);

const weight = z.int().min(1).max(10_000);
const names = z.union([z.string(), z.array(z.string())]);
const priority = z.int().min(0).max(100).optional();
const count = z.int().min(1).max(10_000).optional();

/** What a step may say of pools. */
export const stepPermitsShape = {
  pool: names.optional().describe('The pool of which it needs a permit before it begins, or several of them.'),
  pools: z
    .union([names, z.record(z.string(), weight)])
    .optional()
    .describe(
      'The pools of which it needs permits, with how many of each: { gpu: 2, licence: 1 }. All or none are given.',
    ),
  tags: names
    .optional()
    .describe('Names of pools of which it needs a permit each, once there is such a pool; until then they are free.'),
  priority: priority.describe('Who comes first where permits are scarce, 0 to 100. Default: that of the workflow.'),
} as const;

/** What a workflow may say of how many steps work at once. */
export const stepLimitsShape = {
  stepConcurrency: count.describe('How many steps of all its runs may work at once. Default: any number.'),
  runStepConcurrency: count.describe(
    'How many steps of one run may work at once, those in its loops with them. Default: any number.',
  ),
  priority: priority.describe('The priority of its steps where permits are scarce, 0 to 100. Default: 50.'),
} as const;
