// One step while it is read, and what stands inside it.

import { type GivenLimit } from '../given-limit.ts';
import { type ParamDeclaration, type StepDefinition } from '../model.ts';
import { type Fields } from '../reading/fields.ts';
import { type Spot } from '../reading/spot.ts';
import { type Surrounding, checkDepth } from './gathering.ts';

/** What is known of a step when its kind is looked at. */
export interface OneStep {
  readonly spot: Spot;
  readonly fields: Fields;
  /** Its parameters as they stand in the text, by name. */
  readonly paramSpots: ReadonlyMap<string, Spot>;
  readonly params: readonly ParamDeclaration[];
  readonly around: Surrounding;
  /** Takes what parameters of the run give as limits. */
  readonly limits: GivenLimit[];
  readonly readSteps: (spot: Spot, around: Surrounding) => readonly StepDefinition[];
}

/** What is around the steps inside a step; tells if they stand too deep. */
export function inside({ spot, around }: OneStep, loopNames: readonly string[]): Surrounding {
  const { gathering, depth } = around;
  checkDepth(spot, depth + 1);
  return { gathering, depth: depth + 1, loopNames };
}
