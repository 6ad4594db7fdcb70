// The parameters that a trigger gives to the run it starts: plain values, and templates over the signals that came.

import { parseTemplate, renderValue } from '../../expression/template.ts';
import { type Value } from '../../expression/value.ts';
import { type Entry } from '../../json.ts';
import { bareJson, bareMap } from '../../params/bare.ts';
import { type Result, failed, success } from '../../result.ts';
import { type Occasion } from './occasion.ts';

/** The signals that a trigger's templates can read. */
export interface GivenSignals {
  /** `signal.<name>`. */
  readonly signal: readonly Entry[];
  /** `signals.<as>.<name>`. */
  readonly joined?: readonly { readonly as: string; readonly params: readonly Entry[] }[];
  /** `absence.<name>`, where a signal is missed. */
  readonly absence?: readonly Entry[];
  /** What a join could have had and has not: a parameter that is taken from one of these is not given. */
  readonly unfilled?: readonly string[];
}

/** What the templates of a trigger can read on an occasion. */
export function givenSignals({ last, joined, unfilled = [] }: Occasion): GivenSignals {
  return { signal: last.params, unfilled, ...(joined === undefined ? {} : { joined }) };
}

/** Parameters of the run that a trigger starts, or why one of them cannot be made. */
export function paramsFrom(
  params: readonly Entry[],
  { signal, joined = [], absence = [], unfilled = [] }: GivenSignals,
): Result<readonly Entry[], string> {
  const values = bareMap(signal);
  const missed = bareMap(absence);
  const groups = new Map(joined.map((one) => [one.as, bareMap(one.params)]));
  const lookUp = ([root, name, member, ...rest]: readonly string[]): Value | undefined => {
    if (name === undefined || rest.length > 0) return undefined;
    if (root === 'signal' && member === undefined) return values.get(name);
    if (root === 'absence' && member === undefined) return missed.get(name);
    return root === 'signals' && member !== undefined ? groups.get(name)?.get(member) : undefined;
  };
  const resolved: Entry[] = [];
  for (const { name, value } of params) {
    if (typeof value !== 'string') {
      resolved.push({ name, value });
      continue;
    }
    const template = parseTemplate(value);
    if (template.ok && template.value.names.some(({ path }) => isUnfilled(path, unfilled))) continue;
    const rendered = template.ok ? renderValue(template.value, lookUp) : template;
    if (!rendered.ok) return failed(`Its parameter "${name}" could not be made: ${rendered.failure.message}`);
    resolved.push({ name, value: bareJson(rendered.value) });
  }
  return success(resolved);
}

function isUnfilled([root, as]: readonly string[], unfilled: readonly string[]): boolean {
  return root === 'signals' && as !== undefined && unfilled.includes(as);
}
