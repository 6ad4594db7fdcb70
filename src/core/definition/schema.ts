// The shape of a native definition, key by key: the JSON Schema for editors is made of it, and the reader takes from it
// which keys there are. What a schema cannot say (names that exist, cycles, traps of YAML) the reader and the rules say.

import { z } from 'zod';

import { WORKFLOW_ID, REFERENCE_ID } from './identifiers.ts';

/** The ten types of parameters and outputs. */
export const VALUE_TYPES = [
  'string',
  'long',
  'double',
  'boolean',
  'string_map',
  'string_array',
  'long_array',
  'double_array',
  'boolean_array',
  'map',
] as const;

const duration = z
  .union([z.number().nonnegative(), z.string().regex(/^\s*(\d+(\.\d+)?\s*(ms|s|m|h|d)\s*)+$|^\s*\d+(\.\d+)?\s*$/u)])
  .describe('A length of time: 500ms, 10s, 5m, 6h, 2d, or several together as 1h 30m. A plain number is seconds.');
const valueType = z.enum(VALUE_TYPES).describe('One of the ten types.');
const scalarText = z.union([z.string(), z.number(), z.boolean()]);
const anyValue = z.json().refine((value) => value !== null);
const names = z.record(z.string(), anyValue);
const files = z.union([z.string(), z.array(z.string())]);
const count = z.int().min(0).max(99);

const paramDeclaration = z.strictObject({
  type: valueType.optional(),
  value: anyValue
    .optional()
    .describe('The value unless the start gives another. Without it, every start must give one.'),
});

/** The keys of a parameter written as a map. */
export const PARAM_KEYS = Object.keys(paramDeclaration.shape);

const cronTrigger = z.strictObject({
  cron: z
    .string()
    .describe(
      'Five fields (minute hour day month weekday), six with seconds first, seven with a year, or @daily and the like.',
    ),
  timezone: z.string().optional().describe('An IANA zone such as Europe/Madrid. Default: UTC.'),
  catchUp: z
    .enum(['none', 'latest', 'all'])
    .optional()
    .describe('Which of the times that passed while nothing ran get a run: none, the latest (default), or all.'),
  params: names.optional().describe('Parameters of the run it starts.'),
  name: z.string().optional().describe('The name of the trigger, unique in the workflow. Default: cron-1, cron-2, …'),
});

const signalTrigger = z.strictObject({
  signal: z.string().describe('The name of the signal that starts a run.'),
  where: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe('What the signal must bring: a value, or a comparison such as ">= 100", for each of its parameters.'),
  params: names.optional().describe('Parameters of the run it starts; in a text, ${signal.name} is filled in.'),
  name: z
    .string()
    .optional()
    .describe('The name of the trigger, unique in the workflow. Default: signal-1, signal-2, …'),
});

/** The keys of a cron trigger. */
export const CRON_KEYS = Object.keys(cronTrigger.shape);
/** The keys of a signal trigger. */
export const SIGNAL_KEYS = Object.keys(signalTrigger.shape);

const publish = z.strictObject({
  signal: z.string().describe('The name of the signal.'),
  params: names.optional().describe('What the signal brings; in a text, ${name} is filled in.'),
});

/** The keys of `publish`. */
export const PUBLISH_KEYS = Object.keys(publish.shape);

const retry = z.strictObject({
  user: count.optional().describe('More tries after an error of the step itself. Default: 0.'),
  platform: count.optional().describe('More tries after an error of the machinery, such as a lost worker. Default: 3.'),
  timeout: count.optional().describe('More tries after an attempt that took too long. Default: 0.'),
  backoff: z
    .union([z.string(), z.number()])
    .optional()
    .describe('The pause before each more try, doubling from the first to the longest: 5s..2m. Default: 1s..1m.'),
});

/** The keys of `retry` written as a map. */
export const RETRY_KEYS = Object.keys(retry.shape);

/** What a step may do, by its key: exactly one of them. */
const workShape = {
  noop: z
    .union([z.literal(true), z.null(), z.strictObject({})])
    .optional()
    .describe('Does nothing; for a place where branches meet.'),
  sleep: duration.optional().describe('Waits this long.'),
  publish: publish.optional().describe('Publishes a signal.'),
  run: z.string().optional().describe('A shell script. Parameters come as environment: see env.'),
  python: z.string().optional().describe('A Python program: a file that ends in .py, or the code itself.'),
  node: z
    .string()
    .optional()
    .describe('A Node.js program: a file that ends in .js, .mjs, .cjs or .ts, or the code itself.'),
} as const;

/** The keys that say what a step does. */
export const WORK_KEYS = Object.keys(workShape);

const step = z.strictObject({
  id: z.string().max(128).regex(REFERENCE_ID).describe('The name of the step in this workflow.'),
  name: z.string().optional().describe('A title for people.'),
  needs: z
    .union([z.string(), z.array(z.string()), z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]))])
    .optional()
    .describe(
      'The step or steps that must be complete first; as a map, each with the condition under which it leads here.',
    ),
  when: z
    .union([z.string(), z.boolean()])
    .optional()
    .describe('An expression; if it is false, the step does not run (UNSATISFIED).'),
  ...workShape,
  env: z.record(z.string(), scalarText).optional().describe('Environment variables; ${name} is filled in.'),
  outputs: z.record(z.string(), valueType).optional().describe('The values that the step gives, with their types.'),
  artifacts: files
    .optional()
    .describe('Files that are kept, and handed to the steps that need this one. May have * and **.'),
  retry: z
    .union([count, retry])
    .optional()
    .describe('How many more tries after a failure: a number for every kind of failure, or one for each.'),
  timeout: duration.optional().describe('How long one attempt may take.'),
});

/** The keys of a step. */
export const STEP_KEYS = Object.keys(step.shape);

/** A workflow in native form. */
export const workflowSchema = z.strictObject({
  id: z
    .string()
    .max(128)
    .regex(WORKFLOW_ID)
    .describe('The name of the workflow: letters, digits, dots, dashes, underscores.'),
  name: z.string().optional().describe('A title for people.'),
  description: z.string().optional().describe('What it is for.'),
  owner: z.string().optional().describe('Who answers for it.'),
  labels: z.record(z.string(), scalarText).optional().describe('Names and values to find it by.'),
  kind: z.literal('workflow').optional().describe('What this document defines. Default: workflow.'),
  runStrategy: z
    .union([
      z.literal('sequential'),
      z.strictObject({ parallel: z.int().min(1).max(1000).describe('How many at once.') }),
    ])
    .optional()
    .describe('How many runs may go on at once: one after the other (default), or some in parallel.'),
  params: z
    .record(z.string().regex(REFERENCE_ID), z.union([paramDeclaration, anyValue]))
    .optional()
    .describe('Parameters: a bare value, whose type is inferred, or { type, value }.'),
  triggers: z
    .array(z.union([cronTrigger, signalTrigger]))
    .optional()
    .describe('What starts runs by itself.'),
  timeout: duration.optional().describe('How long a run may take from its start.'),
  steps: z.array(step).min(1).max(5000).describe('The steps, in any order; `needs` says what waits for what.'),
  files: files.optional().describe('Files that go up with the version and lie in the working folder of every step.'),
});

/** The keys of a workflow. */
export const WORKFLOW_KEYS = Object.keys(workflowSchema.shape);
