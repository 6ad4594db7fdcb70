// How the parameters of a run came by their values, as the schema shows it.

import { type ParamMode } from '../../core/params/mode.ts';
import { traceParams } from '../../core/params/trace.ts';
import { type RunView } from '../../engine/engine.ts';
import { type ParamMode as ParamModeShape, type ParamTrace } from '../generated/schema.ts';

const MODES: Readonly<Record<ParamMode, ParamModeShape>> = {
  mutable: 'MUTABLE',
  mutable_on_start_restart: 'MUTABLE_ON_START_RESTART',
  mutable_on_start: 'MUTABLE_ON_START',
  immutable: 'IMMUTABLE',
  constant: 'CONSTANT',
};

/** A mode in the spelling of the schema. */
export function modeOf(mode: ParamMode): ParamModeShape {
  return MODES[mode];
}

/** The trace of every parameter of a run. */
export function paramTraceOf({ definition, state }: RunView): readonly ParamTrace[] {
  return traceParams(definition.params, state.params).map((trace) => ({ ...trace, mode: modeOf(trace.mode) }));
}
