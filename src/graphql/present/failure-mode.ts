// What a step's failure means for its run, in the spelling of the schema.

import { type StepDefinition } from '../../core/definition/model.ts';
import { type FailureMode } from '../generated/schema.ts';

const MODES: Readonly<Record<NonNullable<StepDefinition['onFailure']>, FailureMode>> = {
  'fail-after-running': 'FAIL_AFTER_RUNNING',
  'fail-now': 'FAIL_NOW',
  ignore: 'IGNORE',
};

/** The failure mode of a step; what it does not say is `fail-after-running`. */
export function failureModeOf({ onFailure = 'fail-after-running' }: StepDefinition): FailureMode {
  return MODES[onFailure];
}
