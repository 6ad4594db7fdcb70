// What a pod gave: the lines of its outputs file, or what it printed between two marks, as Maestro's steps do.

import { type Failure } from '../../core/failure.ts';
import { success, type Result } from '../../core/result.ts';
import { OUTPUT_MARKS } from '../../core/run/imported-pod.ts';
import { printedOutputs } from '../../core/run/printed-outputs.ts';
import { type AttemptResult, type AttemptSpec } from '../../ports/executor.ts';
import { authorFailure, stepFailure } from '../process/failures.ts';
import { type AttemptLimits } from '../process/limits.ts';
import { type Mask } from '../process/mask.ts';
import { outputsIn } from '../process/outputs.ts';
import { createMarkedText, type Marked, type MarkedText } from './marked-text.ts';
import { podFailure } from './pod-failure.ts';
import { OUTPUTS_BYTES } from './pod-manifest.ts';
import { type PodEnd } from './pod-state.ts';

/** What collecting takes. */
export interface PodCollecting {
  readonly spec: AttemptSpec;
  readonly limits: AttemptLimits;
  readonly mask: Mask;
  readonly say: (text: string) => void;
  /** The last line that it printed. */
  readonly lastLine: string | undefined;
}

const [START, END] = OUTPUT_MARKS;

/** Looks for what an imported step prints. */
export function createPrinted(limits: AttemptLimits): MarkedText {
  return createMarkedText(START.value, END.value, limits.reportBytes);
}

/** Makes a result of a pod's end. `printed`: where an imported step has what it gives. */
export function collectFromPod(
  collecting: PodCollecting,
  end: PodEnd,
  printed: MarkedText | undefined,
): Result<AttemptResult, Failure> {
  const { spec, lastLine } = collecting;
  const failure = podFailure(end, spec, lastLine);
  if (printed !== undefined) return fromPrinted(collecting, printed.last(), failure);
  if (failure !== undefined) return success({ outcome: 'failed', failure });
  const content = Buffer.from(end.outputs);
  if (content.byteLength >= OUTPUTS_BYTES) return tooMuch(spec.stepId);
  const outputs = outputsIn(spec, content, collecting);
  return outputs.ok ? success({ outcome: 'succeeded', outputs: outputs.value, signals: [], artifacts: [] }) : outputs;
}

function fromPrinted(
  { spec, mask, say }: PodCollecting,
  marked: Marked | undefined,
  failure: Failure | undefined,
): Result<AttemptResult, Failure> {
  const read = printedText(spec, marked, mask);
  if (!read.ok) return failure === undefined ? read : success({ outcome: 'failed', failure });
  const given = printedOutputs(read.value, spec.outputs);
  if (!given.ok)
    return failure === undefined ? badOutput(spec.stepId, given.failure) : success({ outcome: 'failed', failure });
  const { outputs, signals, isFinal, notes } = given.value;
  for (const note of notes) say(note);
  if (failure !== undefined) {
    return success({ outcome: 'failed', failure: isFinal ? { ...failure, retryable: false } : failure });
  }
  return success({ outcome: 'succeeded', outputs, signals, artifacts: [] });
}

/** Nothing printed is an empty object. */
function printedText({ stepId }: AttemptSpec, marked: Marked | undefined, mask: Mask): Result<string, Failure> {
  if (marked === undefined) return success('{}');
  if (marked.text === undefined) return badOutput(stepId, 'it is too large');
  const secret = mask.find(marked.text);
  if (secret === undefined) return success(marked.text);
  return authorFailure(
    'SECRET_EXPOSED',
    `What step "${stepId}" printed as its outputs holds the secret "${secret}".`,
    'Leave it out: outputs are kept and shown to everyone.',
  );
}

function badOutput(stepId: string, why: string): Result<never, Failure> {
  return stepFailure(
    'BAD_OUTPUT',
    `What step "${stepId}" printed as its outputs cannot be read: ${why}.`,
    `Print ${START.value}{"params": {"rows": {"type": "LONG", "value": 5}}}${END.value}, with names and types of the step's own parameters.`,
  );
}

function tooMuch(stepId: string): Result<never, Failure> {
  return stepFailure(
    'OUTPUT_LIMIT',
    `Step "${stepId}" wrote more than ${String(OUTPUTS_BYTES)} bytes to $DOWNBEAT_OUTPUTS, which is all that comes back from a pod.`,
    'Keep what is large in a store of yours and give its address as the output.',
  );
}
