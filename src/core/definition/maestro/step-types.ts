// The types of typed steps: those that there are, and the one that nobody outside Netflix has.

/** What such a step does. */
export type StepType = 'noop' | 'sleep' | 'http' | 'kubernetes' | 'notebook' | 'titus';

/** By the word in lower case. */
export const STEP_TYPES: ReadonlyMap<string, StepType> = new Map<string, StepType>([
  ['noop', 'noop'],
  ['sleep', 'sleep'],
  ['http', 'http'],
  ['kubernetes', 'kubernetes'],
  ['notebook', 'notebook'],
  ['titus', 'titus'],
]);

/** The types that there are, as they are written. */
export const STEP_TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['noop', 'NoOp'],
  ['sleep', 'Sleep'],
  ['http', 'Http'],
  ['kubernetes', 'Kubernetes'],
  ['notebook', 'Notebook'],
]);

/** The same in a sentence. */
export const STEP_TYPE_WORDS = 'NoOp, Sleep, Http, Kubernetes and Notebook';

/** Why there is no Titus, and what to write instead. */
export const NO_TITUS = {
  why: "Titus is a platform of Netflix's own that nobody else can run, and Maestro itself does not run such steps outside Netflix.",
  instead:
    'Make it a step of the type Kubernetes, whose parameter `kubernetes` names the image: {"type": "MAP", "value": {"image": …}}.',
} as const;
