// The shape of a native definition, key by key: the JSON Schema for editors is made of it, and the reader takes from it
// which keys there are. What a schema cannot say (names that exist, cycles, traps of YAML) the reader and the rules say.

import { z } from 'zod';

import { PARAM_MODES } from '../params/mode.ts';
import { http } from './http-schema.ts';
import { kubernetes } from './kubernetes-schema.ts';
import { WORKFLOW_ID, REFERENCE_ID } from './identifiers.ts';
import { stepLimitsShape, stepPermitsShape } from './pool/pool-schema.ts';
import { PERCENT, duration, given, valueType, scalarText, anyValue, names, files, count } from './schema-parts.ts';
import { triggerSchema, where } from './trigger-schema.ts';

const paramDeclaration = z.strictObject({
  type: valueType.optional(),
  value: anyValue
    .optional()
    .describe(
      'The value unless the start gives another; in its texts, ${name} is filled in. Without it, every start must give one.',
    ),
  expression: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .describe('Gives the value when the run is made, from the other parameters. Needs `type`; never beside `value`.'),
  mode: z
    .enum(PARAM_MODES)
    .optional()
    .describe('Who may change it, from everybody (mutable, the default) to nobody (constant, kept by a restart too).'),
});

/** The keys of a parameter written as a map. */
export const PARAM_KEYS = Object.keys(paramDeclaration.shape);

const publish = z.strictObject({
  signal: z.string().describe('The name of the signal.'),
  params: names.optional().describe('What the signal brings; in a text, ${name} is filled in.'),
});

/** The keys of `publish`. */
export const PUBLISH_KEYS = Object.keys(publish.shape);

const awaited = z.strictObject({
  signal: z.string().describe('The name of the signal.'),
  match: names
    .optional()
    .describe('What its parameters must be: values, or texts in which ${name} is filled in from the run.'),
  where: where.describe('What else it must bring: a value, or a comparison such as ">= 100".'),
  lookBack: z
    .union([z.literal('all'), duration])
    .optional()
    .describe(
      'How much earlier it may have been published than the wait begins; `all`: ever. Default: since the run was created.',
    ),
});
const awaitedInList = z.strictObject({
  ...awaited.shape,
  as: z.string().regex(REFERENCE_ID).describe('The name under which the step gives its parameters.'),
});
const wait = z.union([
  z.string(),
  awaited,
  z.strictObject({ all: z.array(awaitedInList).min(1).max(16).describe('Several signals, all of which must come.') }),
]);

/** The keys of `wait` written as a map. */
export const WAIT_KEYS = [...Object.keys(awaited.shape), 'all'];

/** The keys of a signal in the list of a `wait`. */
export const AWAITED_KEYS = Object.keys(awaitedInList.shape);

const call = z.strictObject({
  id: z.string().describe('The workflow to run.'),
  version: z
    .union([z.int().min(1), z.enum(['active', 'latest', 'default'])])
    .optional()
    .describe(
      'Its version: a number, active (the default), latest (the newest), or default (the active one; without that the newest).',
    ),
  params: names.optional().describe('Parameters of that run; in a text, ${name} is filled in.'),
  async: z.boolean().optional().describe('Whether the step is done as soon as that run is made. Default: false.'),
});

/** The keys of `workflow` written as a map. */
export const CALL_KEYS = Object.keys(call.shape);

const retry = z.strictObject({
  user: z.union([count, given]).optional().describe('More tries after an error of the step itself. Default: 0.'),
  platform: z
    .union([count, given])
    .optional()
    .describe('More tries after an error of the machinery, such as a lost worker. Default: 3.'),
  timeout: z.union([count, given]).optional().describe('More tries after an attempt that took too long. Default: 0.'),
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
  wait: wait
    .optional()
    .describe('Waits for a signal, or for several; their parameters are its outputs. `timeout` says how long at most.'),
  publish: publish.optional().describe('Publishes a signal.'),
  run: z.string().optional().describe('A shell script. Parameters come as environment: see env.'),
  python: z.string().optional().describe('A Python program: a file that ends in .py, or the code itself.'),
  node: z
    .string()
    .optional()
    .describe('A Node.js program: a file that ends in .js, .mjs, .cjs or .ts, or the code itself.'),
  notebook: z
    .string()
    .optional()
    .describe(
      'A Jupyter notebook in Python, a file that ends in .ipynb: runs from top to bottom, with the parameters.',
    ),
  http: http.optional().describe('Sends a request: an address, or a map with url, method, headers, body and expect.'),
  kubernetes: kubernetes
    .optional()
    .describe(
      'Runs a container as a pod of a Kubernetes cluster: its image, or a map with what is started and its limits.',
    ),
  foreach: z
    .record(z.string().regex(REFERENCE_ID), z.union([z.string(), z.array(scalarText)]))
    .optional()
    .describe('Does `steps` for each value, or each combination: names with a list, or an expression that gives one.'),
  while: z
    .union([z.string(), z.boolean()])
    .optional()
    .describe('Does `steps` again and again, as long as this expression is true.'),
  workflow: z
    .union([z.string(), call])
    .optional()
    .describe('Runs another workflow: its id, or a map with parameters and a version.'),
} as const;

/** The keys that say what a step does. */
export const WORK_KEYS = Object.keys(workShape);

const step = z
  .strictObject({
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
    ...stepPermitsShape,
    ...workShape,
    uses: z
      .string()
      .optional()
      .describe('The template that says what the step does: train-model, or train-model@3 for that version.'),
    with: names.optional().describe('Values for the parameters of the template; in a text, ${name} is filled in.'),
    get steps(): z.ZodOptional<z.ZodArray<z.ZodType>> {
      return z.array(step).min(1).optional().describe('The steps inside a loop; they need one another only.');
    },
    concurrency: z
      .union([z.int().min(1).max(1000), given])
      .optional()
      .describe('How many rounds of a foreach go on at once. Default: 100.'),
    strictOrdering: z
      .boolean()
      .optional()
      .describe('Whether the rounds of a foreach that go on at once are counted from the first that is not done yet.'),
    tolerate: z
      .union([z.int().min(0).max(100_000), z.string().regex(PERCENT)])
      .optional()
      .describe('How many rounds of a foreach may end badly before no more begin: a number, or 10%. Default: none.'),
    values: z
      .record(z.string().regex(REFERENCE_ID), scalarText)
      .optional()
      .describe('First values of a while; an output of the same name of a step inside gives the next.'),
    env: z
      .record(z.string(), scalarText)
      .optional()
      .describe('Environment variables; ${name} is filled in, here also ${secrets.<name>}.'),
    requirements: files
      .optional()
      .describe('The packages that a Python or notebook step needs, with or without versions: [pandas, "numpy>=2"].'),
    outputs: z.record(z.string(), valueType).optional().describe('The values that the step gives, with their types.'),
    artifacts: files
      .optional()
      .describe('Files that are kept, and handed to the steps that need this one. May have * and **.'),
    retry: z
      .union([count, given, retry])
      .optional()
      .describe('How many more tries after a failure: a number for every kind of failure, or one for each.'),
    timeout: z
      .union([duration, given])
      .optional()
      .describe('How long one attempt may take; for a loop or a workflow, how long all of it may.'),
    heartbeat: duration
      .optional()
      .describe(
        'How long a program may give no sign of life before it is ended: it prints, or writes to $DOWNBEAT_OUTPUTS or $DOWNBEAT_HEARTBEAT.',
      ),
    onFailure: z
      .enum(['fail-after-running', 'fail-now', 'ignore'])
      .optional()
      .describe(
        'What its failure means for the run: what does not need it goes on (default), everything else is stopped, or nothing.',
      ),
  })
  .meta({ id: 'step' });

/** The keys of a step. */
export const STEP_KEYS = Object.keys(step.shape);

const templateParam = z.strictObject({
  type: valueType.optional(),
  value: anyValue.optional().describe('The value unless the step gives another. Without it, every step must give one.'),
  description: z.string().optional().describe('What it is for.'),
});

/** The keys of a template's parameter written as a map. */
export const TEMPLATE_PARAM_KEYS = Object.keys(templateParam.shape);

/** A template in native form. */
export const templateSchema = z.strictObject({
  kind: z.literal('template').describe('What this document defines.'),
  id: z.string().max(128).regex(WORKFLOW_ID).describe('The name of the template: what steps write behind `uses`.'),
  name: z.string().optional().describe('A title for people.'),
  description: z.string().optional().describe('What it is for.'),
  extends: z
    .string()
    .optional()
    .describe('The template that this one builds on: its parameters and keys hold unless this one says otherwise.'),
  params: z
    .record(z.string().regex(REFERENCE_ID), z.union([templateParam, anyValue]))
    .optional()
    .describe('Parameters: a bare value, whose type is inferred, or { type, value, description }.'),
  step: z
    .record(z.string(), anyValue)
    .optional()
    .describe('The step, without `id` and `needs`. In its texts, ${name} is filled in; never in run, python and node.'),
});

/** The keys of a template. */
export const TEMPLATE_KEYS = Object.keys(templateSchema.shape);

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
      z.enum(['sequential', 'strict-sequential', 'first-only', 'last-only', 'latest-only']),
      z.strictObject({ parallel: z.int().min(1).max(1000).describe('How many at once.') }),
    ])
    .optional()
    .describe('How many runs may go on at once, and what becomes of the others. Default: one after the other.'),
  params: z
    .record(z.string().regex(REFERENCE_ID), z.union([paramDeclaration, anyValue]))
    .optional()
    .describe('Parameters: a bare value, whose type is inferred, or { type, value | expression, mode }.'),
  triggers: z.array(triggerSchema).optional().describe('What starts runs by itself.'),
  timeout: z.union([duration, given]).optional().describe('How long a run may take from its start.'),
  queueTimeout: duration.optional().describe('How long a run may wait to start; then it never does, and is timed out.'),
  ...stepLimitsShape,
  steps: z.array(step).min(1).max(5000).describe('The steps, in any order; `needs` says what waits for what.'),
  finally: z.array(step).max(5000).optional().describe('What runs last, whatever became of the steps.'),
  files: files.optional().describe('Files that go up with the version and lie in the working folder of every step.'),
});

/** The keys of a workflow. */
export const WORKFLOW_KEYS = Object.keys(workflowSchema.shape);
