// The shape of `kubernetes` in a step, key by key.

import { z } from 'zod';

import { scalarText } from './schema-parts.ts';

const amount = z.union([z.string(), z.number()]);

const pod = z.strictObject({
  image: z
    .string()
    .describe('The image of the container, with its tag or digest. ${name} is filled in, here and below.'),
  command: z.array(scalarText).optional().describe('What is started in place of what the image starts.'),
  args: z.array(scalarText).optional().describe('What the program is given, word by word; no shell reads them.'),
  cpu: amount.optional().describe('How many processors it may use: 2, or 500m for half of one. Default: no limit.'),
  memory: amount.optional().describe('How much memory it may use: 4Gi, 500Mi. Default: no limit.'),
  disk: amount.optional().describe("How much of the node's own disk it may fill: 10Gi. Default: no limit."),
  gpu: amount.optional().describe('How many GPUs it gets (nvidia.com/gpu). Default: none.'),
  serviceAccount: z
    .string()
    .optional()
    .describe('The service account whose rights in the cluster it has. Default: no rights at all.'),
});

/** The shape of `kubernetes`. */
export const kubernetes = z.union([z.string(), pod]);

/** The keys of `kubernetes` written as a map. */
export const KUBERNETES_KEYS = Object.keys(pod.shape);
