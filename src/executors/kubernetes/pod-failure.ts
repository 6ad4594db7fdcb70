// Why an attempt failed whose pod ended so; what ends like a program is told like a program's end.

import { type Failure } from '../../core/failure.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { exitFailure } from '../process/exit-failure.ts';
import { type PodEnd } from './pod-state.ts';

/** Undefined if it succeeded. */
export function podFailure(end: PodEnd, spec: AttemptSpec, lastLine: string | undefined): Failure | undefined {
  const { code, reason, isDisrupted } = end;
  if (code === 0 && !isDisrupted) return undefined;
  const logs = `See all it said: downbeat logs ${spec.runId.replace(/^run:/u, '')} ${spec.stepId}`;
  const why = end.message === '' ? '' : `: ${end.message}`;
  if (reason === 'OOMKilled') {
    return {
      kind: 'USER',
      code: 'OUT_OF_MEMORY',
      message: `Step "${spec.stepId}" used more memory than its pod may have, and was ended.`,
      hint: `Raise \`memory\`, or let it work in smaller pieces. ${logs}`,
      retryable: true,
    };
  }
  if (isDisrupted) {
    return {
      kind: 'PLATFORM',
      code: 'POD_EVICTED',
      message: `The cluster ended the pod of step "${spec.stepId}" (${reason === '' ? 'disruption' : reason})${why}.`,
      hint: 'It is tried again as `retry` says.',
      retryable: true,
    };
  }
  if (code === undefined || reason === 'StartError' || reason === 'ContainerCannotRun') {
    return {
      kind: 'USER',
      code: 'POD_NOT_STARTED',
      message: `The container of step "${spec.stepId}" could not be started (${reason})${why}.`,
      hint: 'Look at `image` and `command`: is the program in the image, under that name?',
      retryable: true,
    };
  }
  return exitFailure({ code, signal: null }, spec, lastLine);
}
