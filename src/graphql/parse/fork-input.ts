// What a caller wants of a fork.

import { success } from '../../core/result.ts';
import { type Engine } from '../../engine/engine.ts';
import { type ForkRunInput } from '../generated/schema.ts';
import { both, idAt, type Read } from './both.ts';
import { parseEntries } from './entries.ts';
import { parseRunId } from './public-id.ts';
import { parseBeginning } from './run-input.ts';
import { parseByStep, parseStepParams } from './step-values.ts';

/** Reads which run to fork, and what is to be different. */
export function parseForkRun(input: ForkRunInput): Read<Parameters<Engine['forkRun']>[0]> {
  const run = idAt(['runId'], parseRunId(input.runId));
  const from: Read<string | undefined> =
    input.from === null || input.from === undefined
      ? success(undefined)
      : parseBeginning('from', input.from, run.ok ? run.value : undefined);
  const given = both(parseEntries(['params'], input.params), parseStepParams(input.stepParams));
  const outputs = parseByStep('outputs', input.outputs);
  const read = both(both(run, from), both(given, outputs));
  if (!read.ok) return read;
  const [[target, step], [[params, stepParams], changed]] = read.value;
  return success({
    run: target,
    params,
    ...(step === undefined ? {} : { from: step }),
    ...(stepParams.length === 0 ? {} : { stepParams }),
    ...(changed.length === 0 ? {} : { outputs: changed.map(({ stepId, entries }) => ({ stepId, values: entries })) }),
    ...(input.version === null || input.version === undefined ? {} : { version: input.version }),
  });
}
