// Wishes about runs, as a caller sends them.

import { type Entry } from '../../core/json.ts';
import { type RunTarget } from '../../core/partition/command.ts';
import { success } from '../../core/result.ts';
import { type Engine } from '../../engine/engine.ts';
import { type RestartRunInput, type StartRunInput } from '../generated/schema.ts';
import { both, idAt, type Read } from './both.ts';
import { parseEntries, parseLabels } from './entries.ts';
import { parseRunId, parseWorkflowId } from './public-id.ts';

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

/** Reads what to restart. */
export function parseRestartRun(
  input: RestartRunInput,
): Read<{ readonly run: RunTarget; readonly params: readonly Entry[] }> {
  const read = both(idAt(['runId'], parseRunId(input.runId)), parseEntries(['params'], input.params));
  return read.ok ? success({ run: read.value[0], params: read.value[1] }) : read;
}
