// Wishes about runs, as a caller sends them.

import { type RunTarget } from '../../core/partition/command.ts';
import { failed, success } from '../../core/result.ts';
import { type RestartPoint } from '../../core/run/restart-from.ts';
import { type Engine } from '../../engine/engine.ts';
import { type RestartRunInput, type StartRunInput } from '../generated/schema.ts';
import { both, idAt, type Read } from './both.ts';
import { parseEntries, parseLabels } from './entries.ts';
import { parseStepParams } from './step-values.ts';
import { parseRunId, parseStepId, parseWorkflowId } from './public-id.ts';

/** Reads what to start. */
export function parseStartRun(input: StartRunInput): Read<Parameters<Engine['startRun']>[0]> {
  const workflowId = idAt(['workflowId'], parseWorkflowId(input.workflowId));
  const read = both(workflowId, both(parseEntries(['params'], input.params), parseLabels(['labels'], input.labels)));
  if (!read.ok) return read;
  const [id, [params, labels]] = read.value;
  return success({
    workflowId: id,
    params,
    labels,
    ...(input.version === null || input.version === undefined ? {} : { version: input.version }),
    ...(input.scheduledFor === null || input.scheduledFor === undefined ? {} : { scheduledFor: input.scheduledFor }),
  });
}

/** Reads what to restart, and from where. */
export function parseRestartRun(input: RestartRunInput): Read<Parameters<Engine['restartRun']>[0]> {
  const run = idAt(['runId'], parseRunId(input.runId));
  const given = both(parseEntries(['params'], input.params), parseStepParams(input.stepParams));
  const read = both(run, both(given, parseFrom(input, run.ok ? run.value : undefined)));
  if (!read.ok) return read;
  const [target, [[params, stepParams], from]] = read.value;
  return success({
    run: target,
    params,
    ...(stepParams.length === 0 ? {} : { stepParams }),
    ...(from === undefined ? {} : { from }),
    ...(input.alone === true ? { alone: true as const } : {}),
  });
}

/** Where to begin; undefined is the beginning. */
function parseFrom({ from, stepId }: RestartRunInput, run: RunTarget | undefined): Read<RestartPoint | undefined> {
  const isGiven = stepId !== null && stepId !== undefined;
  if (from === 'STEP') {
    if (!isGiven) return bad('stepId', 'from is STEP, so stepId must name the step.');
    const step = parseBeginning('stepId', stepId, run);
    return step.ok ? success({ kind: 'STEP', step: step.value }) : step;
  }
  if (isGiven)
    return bad('stepId', `stepId is given, which goes with from: STEP only, and from is ${from ?? 'BEGINNING'}.`);
  return success(from === 'INCOMPLETE' ? { kind: 'INCOMPLETE' } : undefined);
}

/** `train`, or the whole id of a step of this run; `field` is the input's field. */
export function parseBeginning(field: string, stepId: string, run: RunTarget | undefined): Read<string> {
  if (!stepId.includes('/') && !stepId.includes(':')) return success(stepId);
  const parsed = parseStepId(stepId);
  if (!parsed.ok) return bad(field, parsed.failure);
  const { run: of, stepId: step } = parsed.value;
  const isOfRun = run === undefined || (of.workflowId === run.workflowId && of.number === run.number);
  if (isOfRun && of.path !== run?.path) {
    const iteration = `${of.workflowId}/${String(of.number)}/${of.path ?? ''}`;
    return bad(
      field,
      of.path === undefined
        ? `${stepId} is a step of the run, and runId names an iteration of it.`
        : `${stepId} is a step inside a loop; to begin there, name the iteration as runId: ${iteration}.`,
    );
  }
  return isOfRun ? success(step) : bad(field, `${stepId} is a step of another run than runId names.`);
}

function bad(field: string, message: string): Read<never> {
  return failed([{ code: 'BAD_INPUT', message, path: [field] }]);
}
