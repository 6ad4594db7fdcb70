// A pod of a step as an executor is handed it: everything is filled in but secrets.

import { type KubernetesWork, type PodDefinition } from '../definition/kubernetes-work.ts';
import { type ExpressionFault } from '../expression/fault.ts';
import { type Failure } from '../failure.ts';
import { attemptId } from '../ids.ts';
import { type Result, failed, success } from '../result.ts';
import { renderText } from './evaluation.ts';
import { type FilledPod } from './filled-pod.ts';
import { importedPod } from './imported-pod.ts';
import { type Level } from './level.ts';

/** What is to run, and how it says what it gives. */
export interface PodRequest extends FilledPod {
  readonly kind: 'kubernetes';
  /** Lines in the file `$DOWNBEAT_OUTPUTS`; or printed between two marks, as Maestro's steps do (maestro-behaviour §2.8). */
  readonly outputs: 'FILE' | 'PRINTED';
}

/** Fills in the pod of the newest attempt of a step. */
export function podRequest(
  level: Level,
  { index, id, work }: { readonly index: number; readonly id: string; readonly work: KubernetesWork },
): Result<PodRequest, Failure> {
  if (work.pod !== undefined) return filled(level, id, work.pod);
  const { params = [], attempts = [] } = level.run.steps[index] ?? {};
  const attempt = attemptId(level.run, id, attempts.at(-1)?.number ?? 1);
  const pod = importedPod(params, { id, isNotebook: work.notebook === true, attempt });
  return pod.ok ? success({ kind: 'kubernetes', ...pod.value, outputs: 'PRINTED' }) : pod;
}

function filled(level: Level, id: string, { command, args, ...texts }: PodDefinition): Result<PodRequest, Failure> {
  const entries: (readonly [string, string])[] = [];
  for (const [key, source] of Object.entries(texts)) {
    const text = renderText(level, source);
    if (!text.ok) return notFilled(id, key, text.failure);
    entries.push([key, text.value]);
  }
  const words = filledWords(level, command);
  if (!words.ok) return notFilled(id, 'command', words.failure);
  const given = filledWords(level, args);
  if (!given.ok) return notFilled(id, 'args', given.failure);
  return success({
    kind: 'kubernetes',
    ...(Object.fromEntries(entries) as unknown as typeof texts),
    ...(words.value === undefined ? {} : { command: words.value }),
    ...(given.value === undefined ? {} : { args: given.value }),
    outputs: 'FILE',
  });
}

function filledWords(
  level: Level,
  words: readonly string[] | undefined,
): Result<readonly string[] | undefined, ExpressionFault> {
  if (words === undefined) return success(undefined);
  const filledIn: string[] = [];
  for (const word of words) {
    const text = renderText(level, word);
    if (!text.ok) return text;
    filledIn.push(text.value);
  }
  return success(filledIn);
}

function notFilled(id: string, what: string, fault: ExpressionFault): Result<never, Failure> {
  return failed({
    kind: 'USER',
    code: fault.code,
    message: `\`kubernetes.${what}\` of step "${id}" could not be made: ${fault.message}`,
    hint: 'Check that what it mentions was given by a step before it.',
    retryable: false,
  });
}
