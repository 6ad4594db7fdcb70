// What the status of an answer means where the step does not say so itself: 200 to 299 is success, what may be different soon is
// tried again by the platform's rules, what the author has to change is not.

import { type Failure } from '../../core/failure.ts';
import { type Milliseconds } from '../../core/time.ts';
import { type Answer } from './send.ts';

/** Statuses after which the same request may well succeed a little later. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 502, 503, 504]);
const SECOND = 1000;

/** Why the answer is no success; undefined if it is. `shown` is the beginning of its body. */
export function statusFailure(
  { status, reason }: Answer,
  { stepId, request, shown }: { readonly stepId: string; readonly request: string; readonly shown: string },
): Failure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const isPassing = PASSING.has(status);
  return {
    kind: isPassing ? 'PLATFORM' : 'USER',
    code: 'HTTP_STATUS',
    message: `${request} of step "${stepId}" was answered with ${`${String(status)} ${reason}`.trim()}${shown === '' ? '' : `: ${shown}`}.`,
    hint: hintFor(status, isPassing),
    retryable: isPassing || status >= 500,
  };
}

/** How long the answer asks to wait before another try; undefined if it does not say. */
export function waitOf({ status, headers }: Answer, now: number): Milliseconds | undefined {
  const text = status === 429 || status === 503 ? headers.get('retry-after') : undefined;
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/u.test(text)) return Number(text) * SECOND;
  const until = Date.parse(text);
  return Number.isNaN(until) ? undefined : Math.max(0, until - now);
}

function hintFor(status: number, isPassing: boolean): string {
  if (isPassing) return 'It is tried again as `retry` says; if it stays so, ask whoever runs the other side.';
  if (status === 401 || status === 403) return 'Look at the `headers`: is the secret the right one, and still valid?';
  if (status >= 500) return 'Ask whoever runs the other side; `retry: { user: 2 }` tries again.';
  if (status >= 300 && status < 400) return 'If that is a good answer, say so: expect: "status < 400".';
  return `Change the request; if that is a good answer, say so: expect: "status < 300 || status == ${String(status)}".`;
}
