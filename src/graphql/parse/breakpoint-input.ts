// A place at which runs of a workflow stop, as a caller names it.

import { failed, success } from '../../core/result.ts';
import { type BreakpointPlace } from '../../core/workflow/breakpoints.ts';
import { type SetBreakpointInput } from '../generated/schema.ts';
import { both, idAt, type Read } from './both.ts';
import { parseRunId, parseWorkflowId } from './public-id.ts';

/** Reads the place of a breakpoint. */
export function parseBreakpoint(
  input: Pick<SetBreakpointInput, 'workflowId' | 'stepId' | 'version' | 'runId'>,
): Read<{ readonly workflowId: string; readonly place: BreakpointPlace }> {
  const workflowId = idAt(['workflowId'], parseWorkflowId(input.workflowId));
  const read = both(workflowId, runOf(input, workflowId.ok ? workflowId.value : undefined));
  if (!read.ok) return read;
  const [id, run] = read.value;
  const { version } = input;
  const place = {
    step: input.stepId,
    ...(version === null || version === undefined ? {} : { version }),
    ...(run === undefined ? {} : { run }),
  };
  return success({ workflowId: id, place });
}

/** The number of the run; a breakpoint holds in all its attempts. */
function runOf({ runId }: Pick<SetBreakpointInput, 'runId'>, workflowId: string | undefined): Read<number | undefined> {
  if (runId === null || runId === undefined) return success(undefined);
  const run = idAt(['runId'], parseRunId(runId));
  if (!run.ok) return run;
  if (workflowId === undefined || run.value.workflowId === workflowId) return success(run.value.number);
  const message = `${runId} is a run of "${run.value.workflowId}", and the breakpoint is one of "${workflowId}".`;
  return failed([{ code: 'BAD_INPUT', message, path: ['runId'] }]);
}
