// How the parameters of a run came by their values, as the schema shows it.

import { type StepDefinition } from '../../core/definition/model.ts';
import { type ParamMode } from '../../core/params/mode.ts';
import { traceParams } from '../../core/params/trace.ts';
import { type StepState } from '../../core/run/state.ts';
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

/** The trace of every parameter of a step, as they were worked out when it last began. */
export function stepParamTraceOf(step: StepDefinition, { params = [] }: StepState): readonly ParamTrace[] {
  return traceParams(step.params ?? [], params).map((trace) => ({ ...trace, mode: modeOf(trace.mode) }));
}
