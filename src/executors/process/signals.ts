// The signals that a step announced: JSON lines `{"name", "params"}`. They go out with the step's success, never without it.

import { type Failure } from '../../core/failure.ts';
import { type Entry, type Json } from '../../core/json.ts';
import { isJsonObject } from '../../core/params/infer-type.ts';
import { failed, success, type Result } from '../../core/result.ts';
import { type AttemptSpec, type EmittedSignal } from '../../ports/executor.ts';
import { stepFailure } from './failures.ts';
import { inexactInteger, parseJsonLine, readReport, type ReportBounds } from './report-file.ts';

/** Reads the signals of a step from the file at `path`, in the order in which it wrote them. */
export async function collectSignals(
  spec: AttemptSpec,
  path: string,
  bounds: ReportBounds,
): Promise<Result<readonly EmittedSignal[], Failure>> {
  const lines = await readReport({
    path,
    variable: 'DOWNBEAT_SIGNALS',
    stepId: spec.stepId,
    bounds,
    limitCode: 'BAD_SIGNAL',
    badCode: 'BAD_SIGNAL',
  });
  if (!lines.ok) return lines;
  const signals: EmittedSignal[] = [];
  for (const line of lines.value) {
    const signal = signalIn(line.text);
    if (!signal.ok) {
      return stepFailure(
        'BAD_SIGNAL',
        `Line ${String(line.number)} of $DOWNBEAT_SIGNALS of step "${spec.stepId}" cannot be read: ${signal.failure}.`,
        'Write one JSON object a line: {"name": "some.signal", "params": {"rows": 12}}',
      );
    }
    signals.push(signal.value);
  }
  return success(signals);
}

function signalIn(text: string): Result<EmittedSignal, string> {
  const json = parseJsonLine(text);
  if (!json.ok) return json;
  if (!isJsonObject(json.value)) return failed('it is not an object');
  const inexact = inexactInteger(text);
  if (inexact !== undefined) {
    return failed(`${inexact} is beyond ±2^53, where a JSON number is not exact: write it in quotes`);
  }
  const { name, params, ...others } = json.value;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return failed(`the key "${unknown}" is unknown; there are "name" and "params"`);
  if (typeof name !== 'string' || name === '') return failed('"name" is not a text with something in it');
  const entries = entriesOf(params);
  return entries === undefined ? failed('"params" is not an object') : success({ name, params: entries });
}

function entriesOf(params: Json | undefined): readonly Entry[] | undefined {
  if (params === undefined) return [];
  if (!isJsonObject(params)) return undefined;
  return Object.entries(params).map(([name, value]) => ({ name, value }));
}
