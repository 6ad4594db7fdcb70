// Limits that parameters of the run give, as Maestro writes them.

import { type GivenLimit, type LimitName } from '../../given-limit.ts';
import { type Milliseconds } from '../../../time.ts';
import { writeLength } from '../lengths.ts';
import { textFrom } from '../text-template.ts';

/** What has limits: a step, or a workflow. */
interface Limited {
  readonly timeout?: Milliseconds;
  readonly limits?: readonly GivenLimit[];
}

/** Writes a limit that parameters give; undefined if none does. */
export function givenJson({ limits = [] }: Limited, limit: LimitName): string | undefined {
  const given = limits.find((one) => one.limit === limit);
  return given && (textFrom(given.text) ?? given.text);
}

/** Writes a timeout; undefined if there is none. */
export function timeoutJson(limited: Limited): string | undefined {
  const { timeout } = limited;
  return givenJson(limited, 'timeout') ?? (timeout === undefined ? undefined : writeLength(timeout));
}
