// A breakpoint as the schema shows it.

import { type Breakpoint } from '../../core/workflow/breakpoints.ts';
import { type Breakpoint as BreakpointShape } from '../generated/schema.ts';

/** Where runs stop, and who wants it so. */
export function breakpointShape({ step, version, run, by, at }: Breakpoint): BreakpointShape {
  return { stepId: step, version, run, setBy: by, setAt: at };
}
