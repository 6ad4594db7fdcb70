// The course of an attempt that sends a request: look up its secrets, send it, read and judge the answer.
// Guarantees: the result settles once and never rejects, after the connection is closed.

import { validateHeaderValue } from 'node:http';
import { type Failure } from '../../core/failure.ts';
import { failed, success, type Result } from '../../core/result.ts';
import { type HttpExchange } from '../../core/run/http-exchange.ts';
import { type Instant } from '../../core/time.ts';
import { type Blobs } from '../../ports/blobs.ts';
import {
  type AttemptListener,
  type AttemptResult,
  type AttemptSpec,
  type RunningAttempt,
} from '../../ports/executor.ts';
import { type Secrets } from '../../ports/secrets.ts';
import { createAttemptLog, type AttemptLog } from '../process/attempt-log.ts';
import { authorFailure, platformFailure, reasonOf, stepFailure } from '../process/failures.ts';
import { type AttemptLimits } from '../process/limits.ts';
import { createMask, type Mask } from '../process/mask.ts';
import { withSecrets } from '../process/step-secrets.ts';
import { type ConnectionFault } from './allowed-hosts.ts';
import { collectAnswer, textOfAnswer } from './collect-answer.ts';
import { addressOf, exchange, shownUrl } from './exchange.ts';
import { statusFailure, waitOf } from './judge-status.ts';
import { type Answer, AnswerTooLargeError, DeniedError, type Outgoing } from './send.ts';

/** How large an answer may be. */
const ANSWER_BYTES = 1024 * 1024;
const LONGEST_SHOWN = 200;

/** What requests need from the server that sends them. */
export interface RequestHost {
  readonly blobs: Blobs;
  readonly secrets: Secrets;
  readonly limits: AttemptLimits;
  /** Why a connection may not be made. */
  readonly fault: ConnectionFault;
  /** The setting that says so, for hints. */
  readonly httpHosts: readonly string[];
  now(): Instant;
}

interface Attempt {
  readonly host: RequestHost;
  readonly spec: AttemptSpec;
  readonly work: HttpExchange;
  readonly log: AttemptLog;
  readonly mask: Mask;
  readonly stop: AbortController;
}

/** Starts an attempt; its course goes on by itself until the result settles. */
export function runRequest(
  host: RequestHost,
  spec: AttemptSpec,
  work: HttpExchange,
  listener: AttemptListener,
): RunningAttempt {
  const mask = createMask();
  const log = createAttemptLog({ listener, now: () => host.now(), limits: host.limits, mask });
  const stop = new AbortController();
  return {
    result: course({ host, spec, work, log, mask, stop }),
    // There is nothing that could end politely: whoever answers sees the connection close.
    cancel: () => {
      stop.abort();
    },
  };
}

async function course(attempt: Attempt): Promise<AttemptResult> {
  const { stop, mask } = attempt;
  const result = await sendAndJudge(attempt).catch((error: unknown) => failed(failureOf(attempt, error)));
  if (stop.signal.aborted) return { outcome: 'cancelled' };
  if (result.ok) return result.value;
  const { message, hint, ...failure } = result.failure;
  return {
    outcome: 'failed',
    failure: { ...failure, message: mask.hide(message), ...(hint === undefined ? {} : { hint: mask.hide(hint) }) },
  };
}

async function sendAndJudge(attempt: Attempt): Promise<Result<AttemptResult, Failure>> {
  const { host, spec, work, log, mask } = attempt;
  const made = await requestOf(attempt);
  if (!made.ok) return made;
  if (attempt.stop.signal.aborted) return success({ outcome: 'cancelled' });
  const { outgoing, own } = made.value;
  log.system(requestText(outgoing));
  const started = performance.now();
  const answered = await exchange({
    stepId: spec.stepId,
    outgoing,
    own,
    bounds: { fault: host.fault, answerBytes: ANSWER_BYTES, signal: signalOf(attempt) },
    say: log.system,
  });
  if (!answered.ok) return answered;
  const answer = answered.value;
  log.system(`${answerText(answer)} after ${((performance.now() - started) / 1000).toFixed(2)} s`);
  const collecting = { spec, work, blobs: host.blobs, limits: host.limits, mask, say: log.system };
  if (!work.isJudgedLater) {
    const shown = beginningOf(textOfAnswer(answer, mask) ?? '');
    const failure = statusFailure(answer, { stepId: spec.stepId, request: requestText(outgoing), shown });
    const wait = waitOf(answer, host.now());
    if (failure !== undefined) {
      return success({
        outcome: 'failed',
        failure: { ...failure, message: mask.hide(failure.message) },
        ...(wait === undefined ? {} : { wait }),
      });
    }
  }
  const collected = await collectAnswer(collecting, answer);
  return collected.ok ? success({ outcome: 'succeeded', signals: [], ...collected.value }) : collected;
}

interface Made {
  readonly outgoing: Outgoing;
  /** Headers that no other host may see. */
  readonly own: ReadonlySet<string>;
}

const CREDENTIALS = ['authorization', 'cookie'];
const CHANGES_NOTHING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

async function requestOf({ host, spec, work, mask }: Attempt): Promise<Result<Made, Failure>> {
  const url = addressOf(spec.stepId, work.url);
  if (!url.ok) return url;
  const given = await withSecrets({ stepId: spec.stepId, env: work.headers }, host.secrets, mask);
  if (!given.ok) return given;
  const headers = new Map([
    ['accept', '*/*'],
    // What is packed could not be read as text.
    ['accept-encoding', 'identity'],
    ['user-agent', 'Downbeat'],
  ]);
  if (!CHANGES_NOTHING.has(work.method)) headers.set('idempotency-key', work.key);
  for (const { name, value } of given.value) {
    const fault = headerFault(name, value);
    if (fault !== undefined) return badHeader(spec.stepId, name, fault);
    headers.set(name.toLowerCase(), value);
  }
  const secret = work.headers.flatMap(({ name, value }) => (typeof value === 'string' ? [] : [name.toLowerCase()]));
  const { method, body } = work;
  return success({ outgoing: { method, url: url.value, headers, body }, own: new Set([...CREDENTIALS, ...secret]) });
}

function headerFault(name: string, value: string): string | undefined {
  try {
    validateHeaderValue(name, value);
    return undefined;
  } catch {
    return 'its value holds a line break or another character that a header cannot have';
  }
}

function badHeader(stepId: string, name: string, why: string): Result<never, Failure> {
  return authorFailure(
    'BAD_HEADER',
    `The header "${name}" of step "${stepId}" cannot be sent: ${why}.`,
    'Look at the values that are filled into it; what may be any text belongs into the body.',
  );
}

/** Ends the request when the attempt is to end, or when the answer takes too long. */
function signalOf({ stop, work }: Attempt): AbortSignal {
  return work.patience === undefined ? stop.signal : AbortSignal.any([stop.signal, AbortSignal.timeout(work.patience)]);
}

function failureOf({ spec, work, host }: Attempt, error: unknown): Failure {
  if (error instanceof DeniedError) return denied(spec.stepId, error, host.httpHosts);
  if (error instanceof AnswerTooLargeError) return tooLarge(spec.stepId);
  const isLate = error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
  const why = isLate ? `nothing came within ${String((work.patience ?? 0) / 1000)} s` : reasonOf(error);
  return platformFailure(
    'HTTP_NO_ANSWER',
    `${work.method} ${work.url} of step "${spec.stepId}" got no answer: ${why}.`,
    isLate
      ? 'Give the step a `timeout` if the answer takes longer; it is tried again as `retry` says.'
      : 'It is tried again as `retry` says; look whether the address is right and the other side is up.',
  ).failure;
}

function denied(stepId: string, { place, message }: DeniedError, words: readonly string[]): Failure {
  const host = place.host.includes(':') ? `[${place.host}]` : place.host;
  const allowed = [...words.filter((word) => word !== 'none'), `${host}:${String(place.port)}`].join(',');
  return authorFailure(
    'EGRESS_DENIED',
    `Step "${stepId}" may not send a request to ${place.host}: ${message}.`,
    `Whoever runs the server can allow it: DOWNBEAT_HTTP_HOSTS=${allowed}`,
  ).failure;
}

function tooLarge(stepId: string): Failure {
  return stepFailure(
    'HTTP_ANSWER_LIMIT',
    `The answer to step "${stepId}" is larger than ${String(ANSWER_BYTES)} bytes, which is all that is read.`,
    'Fetch it with a program that keeps it as a file: run: curl -sSfo data "$URL", with artifacts: [data].',
  ).failure;
}

function requestText({ method, url, body }: Outgoing): string {
  const size = body === undefined ? '' : `, ${String(Buffer.byteLength(body))} bytes`;
  return `${method} ${shownUrl(url)}${size}`;
}

function answerText({ status, reason, headers, body }: Answer): string {
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  return `${String(status)} ${reason}, ${String(body.byteLength)} bytes${type === '' ? '' : ` of ${type}`}`;
}

function beginningOf(text: string): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}
