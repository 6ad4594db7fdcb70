// A request and what it is led on to: redirects are followed a few times, each judged like the first, and what proves who we are
// never goes to another host.

import { type Failure } from '../../core/failure.ts';
import { success, type Result } from '../../core/result.ts';
import { authorFailure, stepFailure } from '../process/failures.ts';
import { type Answer, type Outgoing, type SendBounds, send } from './send.ts';

/** A request, and how it is to be sent. */
export interface Sending {
  readonly stepId: string;
  readonly outgoing: Outgoing;
  /** Names, in lower case, of headers that only the host of the first request may see. */
  readonly own: ReadonlySet<string>;
  readonly bounds: SendBounds;
  /** Says something into the log of the step. */
  readonly say: (text: string) => void;
}

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const OF_BODY: ReadonlySet<string> = new Set(['content-type', 'content-encoding', 'content-language']);

/** Sends the request and follows where it leads; rejects like `send`. */
export async function exchange(sending: Sending): Promise<Result<Answer, Failure>> {
  let { outgoing } = sending;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await send(outgoing, sending.bounds);
    const location = REDIRECTS.has(answer.status) ? answer.headers.get('location') : undefined;
    if (location === undefined) return success(answer);
    const url = addressOf(sending.stepId, location, outgoing.url);
    if (!url.ok) return url;
    sending.say(`${String(answer.status)} leads on to ${shownUrl(url.value)}`);
    outgoing = ledOn(outgoing, answer.status, url.value, sending.own);
  }
  return stepFailure(
    'HTTP_REDIRECTS',
    `Step "${sending.stepId}" was led on from address to address more than ${String(MOST_REDIRECTS)} times.`,
    'Give the address where the answer is; the log of the step has the way.',
  );
}

/** Reads an address of the web. */
export function addressOf(stepId: string, text: string, base?: URL): Result<URL, Failure> {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (url !== undefined && /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '') {
    return success(url);
  }
  return authorFailure(
    'BAD_URL',
    `Step "${stepId}" cannot send a request to "${text.slice(0, 200)}": it is no address that begins with http:// or https://, without a user in it.`,
    'Look at the `url` and at the values that are filled into it; credentials belong into a header.',
  );
}

/** An address as it is shown. */
export function shownUrl({ origin, pathname, search }: URL): string {
  return `${origin}${pathname}${search}`;
}

function ledOn(before: Outgoing, status: number, url: URL, own: ReadonlySet<string>): Outgoing {
  const { method, headers, body } = before;
  const becomesGet = (status === 303 && method !== 'HEAD') || (status < 303 && method === 'POST');
  const isElsewhere = url.origin !== before.url.origin;
  const kept = [...headers].filter(([name]) => !(becomesGet && OF_BODY.has(name)) && !(isElsewhere && own.has(name)));
  return { method: becomesGet ? 'GET' : method, url, headers: new Map(kept), body: becomesGet ? undefined : body };
}
