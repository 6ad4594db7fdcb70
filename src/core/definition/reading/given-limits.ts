// Limits that stand as `${name}`: what the parameter gives is only known in the run, so they are set aside here.

import { type GivenLimit, type LimitName } from '../given-limit.ts';
import { type Fields } from './fields.ts';
import { type Spot } from './spot.ts';

const TRIES = ['user', 'platform', 'timeout'] as const;

/** The limits that parameters give, and the keys of the step or workflow without those. */
export interface SetAside {
  readonly given: { readonly limits?: readonly GivenLimit[] };
  readonly fields: Fields;
}

/** Sets aside what stands under `timeout`, `retry` and `concurrency` as `${name}`. */
export function setLimitsAside(fields: Fields): SetAside {
  const limits: GivenLimit[] = [];
  const rest = new Map(fields);
  const take = (key: string, ...names: readonly LimitName[]): void => {
    const text = givenText(fields.get(key));
    if (text === undefined) return;
    rest.delete(key);
    limits.push(...names.map((limit): GivenLimit => ({ limit, text })));
  };
  take('timeout', 'timeout');
  take('concurrency', 'concurrency');
  take('retry', ...TRIES.map((kind) => `retry.${kind}` as const));
  const retry = fields.get('retry')?.node;
  for (const kind of TRIES) {
    const text = retry?.kind === 'map' ? textOf(retry.entries.get(kind)?.value) : undefined;
    if (text !== undefined) limits.push({ limit: `retry.${kind}`, text });
  }
  return { given: limits.length === 0 ? {} : { limits }, fields: rest };
}

/** The text of a limit that a parameter gives; undefined if it stands there itself. */
export function givenText(spot: Spot | undefined): string | undefined {
  return textOf(spot?.node);
}

function textOf(node: Spot['node'] | undefined): string | undefined {
  const text = node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
  return text?.includes('${') === true ? text : undefined;
}
