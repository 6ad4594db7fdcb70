// What a program's end means (contract.md, "What a step sees"): 0 is success, 75 asks for a platform retry, anything else
// is for the author. A status above 128 is how every shell reports death by a signal.

import { constants } from 'node:os';
import { type Failure } from '../../core/failure.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { type GroupEnd } from './process-group.ts';

const PLATFORM_RETRY = 75;
const NOT_FOUND = 127;
const SIGNALLED = 128;
const FROM_OUTSIDE = new Set(['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT']);
// Other statuses above 128 are mostly plain exit codes: git ends with 129 when it is called wrongly.
const TOLD_BY_STATUS = new Set(['SIGKILL', 'SIGTERM', 'SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGXFSZ']);
const LONGEST_QUOTE = 300;

/** Why an attempt failed that ended so; undefined if it succeeded. */
export function exitFailure(end: GroupEnd, spec: AttemptSpec, lastError: string | undefined): Failure | undefined {
  if (end.code === 0) return undefined;
  const said = lastError === undefined ? '' : `: ${quoted(lastError)}`;
  const logs = `See all it said: downbeat logs ${spec.runId.replace(/^run:/, '')} ${spec.stepId}`;
  const signal = end.signal ?? signalOf(end.code);
  if (signal !== undefined) return signalFailure(signal, `Step "${spec.stepId}" was ended by ${signal}${said}`, logs);
  if (end.code === PLATFORM_RETRY) {
    return {
      kind: 'PLATFORM',
      code: 'EXIT_75',
      message: `Step "${spec.stepId}" asked for a platform retry (exit code 75)${said}`,
      hint: logs,
      retryable: true,
    };
  }
  return {
    kind: 'USER',
    code: 'EXIT_CODE',
    message: `Step "${spec.stepId}" ended with exit code ${String(end.code)}${said}`,
    hint: end.code === NOT_FOUND ? `A program was not found on the PATH of the server. ${logs}` : logs,
    retryable: true,
  };
}

function signalFailure(signal: string, message: string, logs: string): Failure {
  if (!FROM_OUTSIDE.has(signal)) return { kind: 'USER', code: 'CRASHED', message, hint: logs, retryable: true };
  const cause = signal === 'SIGKILL' ? 'Often the machine ran out of memory. ' : '';
  return { kind: 'PLATFORM', code: 'KILLED', message, hint: `${cause}${logs}`, retryable: true };
}

function signalOf(code: number | null): string | undefined {
  if (code === null || code <= SIGNALLED) return undefined;
  const known = Object.entries(constants.signals).filter(([name]) => TOLD_BY_STATUS.has(name));
  return known.find(([, number]) => number === code - SIGNALLED)?.[0];
}

function quoted(line: string): string {
  const text = line.trim();
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
