// The breakpoints of a workflow: at which steps its runs stop before they begin (maestro-behaviour §5.6). A few, kept with the
// workflow, so that whoever begins a step can ask for them.

import { type Instant } from '../time.ts';

/** How many breakpoints a workflow may have. */
export const MOST_BREAKPOINTS = 100;

/** Where runs stop. */
export interface BreakpointPlace {
  /** The step's id, which is the only one of that name in a definition, also inside loops. */
  readonly step: string;
  /** Only runs of this version. Absent: of all. */
  readonly version?: number;
  /** Only the run with this number. Absent: all. */
  readonly run?: number;
}

/** A breakpoint that is set. */
export interface Breakpoint extends BreakpointPlace {
  readonly by: string;
  readonly at: Instant;
}

/** An event of a workflow's breakpoints. */
export type BreakpointEvent =
  | { readonly type: 'BreakpointSet'; readonly place: BreakpointPlace; readonly by: string }
  | { readonly type: 'BreakpointCleared'; readonly place: BreakpointPlace; readonly by: string };

/** The breakpoints after an event, in the order in which they were set. */
export function evolveBreakpoints(
  before: readonly Breakpoint[],
  event: BreakpointEvent,
  at: Instant,
): readonly Breakpoint[] {
  const others = before.filter((one) => !isSamePlace(one, event.place));
  return event.type === 'BreakpointSet' ? [...others, { ...event.place, by: event.by, at }] : others;
}

/** Whether two breakpoints are at the same place. */
export function isSamePlace(one: BreakpointPlace, other: BreakpointPlace): boolean {
  return one.step === other.step && one.version === other.version && one.run === other.run;
}

/** Whether a breakpoint concerns a run. */
export function concerns(
  { version, run }: Pick<BreakpointPlace, 'version' | 'run'>,
  of: { readonly version: number; readonly number: number },
): boolean {
  return (version === undefined || version === of.version) && (run === undefined || run === of.number);
}

/** The breakpoint at which a step of a run stops; undefined if there is none. */
export function breakpointOf(
  breakpoints: readonly Breakpoint[] | undefined,
  run: { readonly version: number; readonly number: number },
  step: string,
): Breakpoint | undefined {
  return breakpoints?.find((one) => one.step === step && concerns(one, run));
}
