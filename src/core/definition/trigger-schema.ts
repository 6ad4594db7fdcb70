// The shape of triggers, key by key.

import { z } from 'zod';

import { duration, names, files } from './schema-parts.ts';

const timezone = z.string().optional().describe('An IANA zone such as Europe/Madrid. Default: UTC.');
const timeOptions = {
  catchUp: z
    .union([
      z.enum(['none', 'latest', 'all']),
      z.strictObject({ within: duration.describe('How old a time may be to get its run all the same.') }),
    ])
    .optional()
    .describe(
      'Which of the times that passed while nothing ran get a run: none, the latest (default), all, or those within a time.',
    ),
  jitter: duration
    .optional()
    .describe('Each run starts later by less than this, so that not all start at once. Its own time stays what it is.'),
  params: names.optional().describe('Parameters of the run it starts.'),
};

const cronTrigger = z.strictObject({
  cron: z
    .string()
    .describe(
      'Five fields (minute hour day month weekday), six with seconds first, seven with a year, or @daily and the like.',
    ),
  timezone,
  ...timeOptions,
  name: z.string().optional().describe('The name of the trigger, unique in the workflow. Default: cron-1, cron-2, …'),
});

const everyTrigger = z.strictObject({
  every: duration.describe('How long from one run to the next, in real time: 15m, 6h, 1d. At least 10s.'),
  from: z
    .string()
    .optional()
    .describe(
      'The first time, such as 2026-01-01T06:00:00Z; all others are counted from it. Default: when the trigger was armed.',
    ),
  ...timeOptions,
  name: z.string().optional().describe('The name of the trigger, unique in the workflow. Default: every-1, every-2, …'),
});

const atTrigger = z.strictObject({
  at: z.string().describe('The one time at which it starts a run, on the clocks of the zone: 2026-12-24T18:00:00.'),
  timezone,
  ...timeOptions,
  name: z.string().optional().describe('The name of the trigger, unique in the workflow. Default: at-1, at-2, …'),
});

const scalarDemand = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** What is demanded of a signal. */
export const where = z
  .record(
    z.string(),
    z.union([
      scalarDemand,
      z.array(z.string()).min(1),
      z.strictObject({ in: z.array(scalarDemand).min(1).describe('The values that it may have.') }),
    ]),
  )
  .optional()
  .describe(
    'What the signal must bring, for each of its parameters (a.b for b in the map a): a value, a comparison such as ">= 100", several as ">= 100, < 200" or as a list, or { in: [a, b] }.',
  );

const groupedBy = files
  .optional()
  .describe('The parameter of the signal (or a list of them) whose values are told apart: each has runs of its own.');
const debounce = z.strictObject({
  quiet: duration.describe('For how long no other signal must have come for the run to start.'),
  atMost: duration
    .optional()
    .describe('How long after the first signal the run starts though others still come. Default: 10 times `quiet`.'),
  by: groupedBy,
});
const throttle = z.strictObject({
  every: duration.describe('How long after a run was started the next one starts at the earliest.'),
  by: groupedBy,
});

const wishes = {
  when: z
    .union([z.string(), z.boolean()])
    .optional()
    .describe(
      'An expression over the signals and the parameters of this trigger; where it is false, no run starts: "signal.rows > 100".',
    ),
  idempotencyKey: z
    .string()
    .optional()
    .describe(
      'An expression that gives a text; of all starts of the workflow under the same text only the first makes a run: "signal.day".',
    ),
};

const signalTrigger = z.strictObject({
  signal: z.string().describe('The name of the signal that starts a run.'),
  where,
  debounce: z
    .union([duration, debounce])
    .optional()
    .describe(
      'Starts one run when no further signal has come for so long (5m, or a map with more), of all that have come by then.',
    ),
  throttle: z
    .union([duration, throttle])
    .optional()
    .describe(
      'Starts a run at the first signal, and one for all that come within so long after it (10m, or a map with more).',
    ),
  ...wishes,
  params: names.optional().describe('Parameters of the run it starts; in a text, ${signal.name} is filled in.'),
  name: z
    .string()
    .optional()
    .describe('The name of the trigger, unique in the workflow. Default: signal-1, signal-2, …'),
});

const keyValue = z.union([z.string(), z.number(), z.boolean()]);
const expectedKeys = z
  .record(z.string(), z.union([keyValue, z.array(keyValue).min(1)]))
  .optional()
  .describe(
    'For each of these values of a parameter a signal of its own must come, and each is missed by itself: { island: [Biscoe, Dream] }.',
  );

const announce = z
  .string()
  .optional()
  .describe(
    'A signal that is published when one is missed, and once more, with `resolved: true`, when it comes after all: for whoever listens elsewhere.',
  );

const absenceTrigger = z.strictObject({
  absentFor: duration.describe('For how long no such signal must have come for it to start a run: 26h.'),
  signal: signalTrigger.shape.signal.describe(
    'The name of the signal that starts a run, or with `absentFor` that is missing.',
  ),
  where,
  for: expectedKeys,
  announce,
  params: names
    .optional()
    .describe(
      'Parameters of the run it starts; in a text, ${absence.since}, ${absence.signal} and what `for` or `where` fixes, ${absence.island}, are filled in.',
    ),
  name: z
    .string()
    .optional()
    .describe('The name of the trigger, unique in the workflow. Default: absent-1, absent-2, …'),
});

const expectationTrigger = z.strictObject({
  expect: z.string().describe('The name of the signal that must have come.'),
  by: z
    .string()
    .describe(
      'By each of these times, since the time before: a cron expression such as "0 7 * * mon-fri", or 07:00 for every day.',
    ),
  timezone,
  where,
  for: expectedKeys,
  announce,
  params: absenceTrigger.shape.params,
  name: z
    .string()
    .optional()
    .describe('The name of the trigger, unique in the workflow. Default: expected-1, expected-2, …'),
});

const joinSlot = z.strictObject({
  signal: z.string().describe('The name of the signal.'),
  as: z
    .string()
    .optional()
    .describe('What the run calls it: signals.<as>.<param>. Default: its name, with _ for dots and the like.'),
  where,
});
const joinedSlot = joinSlot.extend({
  joinOn: files
    .optional()
    .describe('The parameter (or list of them) that must equal that of the other signals, place by place.'),
});
const slots = z.array(joinedSlot).min(2).max(16);
const joinWindow = {
  within: duration
    .optional()
    .describe('How far apart the signals of one run may lie, by the time at which they happened.'),
  late: z
    .strictObject({ wait: duration.describe('How long after the end of its window a late signal is still taken.') })
    .optional()
    .describe('What becomes of late signals; only beside `within`. Default: { wait: 1m }.'),
};
const joinOptions = {
  ...wishes,
  params: names
    .optional()
    .describe('Parameters of the run it starts; in a text, ${signals.<as>.<param>} is filled in.'),
  name: z.string().optional().describe('The name of the trigger, unique in the workflow. Default: all-1, any-1, …'),
};

const allTrigger = z.strictObject({
  all: slots.describe('Starts a run when one signal for each of these has come.'),
  ...joinWindow,
  ...joinOptions,
});
const anyTrigger = z.strictObject({
  any: z.array(joinSlot).min(2).max(16).describe('Starts a run at each signal that is one of these.'),
  ...joinOptions,
});
const atLeastTrigger = z.strictObject({
  atLeast: z.int().min(1).max(16).describe('How many of the signals under `of` must have come.'),
  of: slots.describe('The signals of which so many must have come.'),
  ...joinWindow,
  ...joinOptions,
});
const sequenceTrigger = z.strictObject({
  sequence: slots.describe('Starts a run when these signals have come one after the other, in this order.'),
  ...joinWindow,
  ...joinOptions,
});

/** The keys of triggers on several signals, by the key that tells the kind. */
export const JOIN_KEYS = {
  all: Object.keys(allTrigger.shape),
  any: Object.keys(anyTrigger.shape),
  atLeast: Object.keys(atLeastTrigger.shape),
  sequence: Object.keys(sequenceTrigger.shape),
} as const;
/** The keys of one signal of such a trigger. */
export const SLOT_KEYS = Object.keys(joinedSlot.shape);

/** The keys of a cron trigger. */
export const CRON_KEYS = Object.keys(cronTrigger.shape);
/** The keys of a trigger that starts runs at intervals. */
export const EVERY_KEYS = Object.keys(everyTrigger.shape);
/** The keys of a trigger that starts one run. */
export const AT_KEYS = Object.keys(atTrigger.shape);
/** The keys of a trigger on a signal that does not come. */
export const ABSENCE_KEYS = Object.keys(absenceTrigger.shape);
/** The keys of a trigger on a signal that has not come in time. */
export const EXPECTATION_KEYS = Object.keys(expectationTrigger.shape);
/** The keys of `debounce`. */
export const DEBOUNCE_KEYS = Object.keys(debounce.shape);
/** The keys of `throttle`. */
export const THROTTLE_KEYS = Object.keys(throttle.shape);
/** The keys of a signal trigger. */
export const SIGNAL_KEYS = Object.keys(signalTrigger.shape);

/** A trigger of any kind. */
export const triggerSchema = z.union([
  cronTrigger,
  everyTrigger,
  atTrigger,
  signalTrigger,
  absenceTrigger,
  expectationTrigger,
  allTrigger,
  anyTrigger,
  atLeastTrigger,
  sequenceTrigger,
]);
