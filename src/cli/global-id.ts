// Ids as people type them, and as they like to read them.

import { wrongUse } from './cli-error.ts';

/** `penguins/12` as `run:penguins/12`, `penguins/12/train` as a step, `penguins` as a workflow; what has a type stays. */
export function globalId(text: string): string {
  if (text.includes(':')) return text;
  const [, number, ...rest] = text.split('/');
  if (number === undefined) return `workflow:${text}`;
  if (!/^\d+(?:\.\d+)?$/u.test(number)) return `trigger:${text}`;
  return rest.length === 0 ? `run:${text}` : `step:${text}`;
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

/** `run:penguins/12` as `penguins/12`. */
export function shortId(id: string): string {
  return id.replace(/^(?:run|step|workflow):/u, '');
}
