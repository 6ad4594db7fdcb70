// Ids as people type them, and as they like to read them.

import { wrongUse } from '../cli-error.ts';

/**
 * `penguins/12` as `run:penguins/12`, `penguins/12/train` as a step, `penguins` as a workflow; what has a type stays. What ends
 * with an index is an iteration of a loop, and so a run: `penguins/12/each[2]`.
 */
export function globalId(text: string): string {
  if (text.includes(':')) return text;
  const [, number, ...rest] = text.split('/');
  if (number === undefined) return `workflow:${text}`;
  if (!/^\d+(?:\.\d+)?$/u.test(number)) return `trigger:${text}`;
  return rest.length === 0 || text.endsWith(']') ? `run:${text}` : `step:${text}`;
}

/** The id of a run, where a run is asked for; anything else is wrong use. */
export function globalRunId(text: string): string {
  const id = globalId(text);
  if (id.startsWith('run:')) return id;
  const [workflow = ''] = shortId(text).split('/');
  throw wrongUse(
    `"${text}" is no run: a run is a workflow and a number, such as ${workflow}/1.`,
    `See which there are with: downbeat runs --workflow ${workflow}`,
  );
}

/** The id of a step of a run: `train`, in a loop `each[2]/train`, or the whole id. */
export function globalStepId(run: string, step: string): string {
  return step.startsWith('step:') ? step : `step:${shortId(globalRunId(run))}/${step}`;
}

/** `run:penguins/12` as `penguins/12`. */
export function shortId(id: string): string {
  return id.replace(/^(?:run|step|workflow):/u, '');
}

/** A global id as a person would say it: `the trigger nightly of penguins`. */
export function nameInWords(id: string): string {
  const cut = id.indexOf(':');
  const kind = id.slice(0, cut);
  const name = id.slice(cut + 1);
  const last = name.lastIndexOf('/');
  if (kind === 'step') return `the step ${name.slice(last + 1)} of ${name.slice(0, last)}`;
  if (kind === 'trigger' || kind === 'backfill') return `the ${kind} ${name.slice(last + 1)} of ${name.slice(0, last)}`;
  return `the ${kind} ${name}`;
}
