// What starts runs by itself, in the one model of a workflow: times, signals, several signals, and signals that do not come.

import { type Entry, type Json } from '../json.ts';
import { type Declared } from '../params/resolve-params.ts';
import { type Instant, type Milliseconds } from '../time.ts';

/** What starts runs by itself. `name` is unique in the workflow: given, or made from kind and place. */
export type TriggerDefinition = TimeTrigger | SignalTrigger | AbsenceTrigger | ExpectationTrigger | JoinTrigger;

/** Starts runs at times. */
export type TimeTrigger = CronTrigger | EveryTrigger | AtTrigger;

/** Which of the times that passed while nothing ran get a run; under `within` those that are at most so old. */
export type CatchUp = 'none' | 'latest' | 'all' | { readonly within: Milliseconds };

/** Starts a run at each time that the cron expression names. */
export interface CronTrigger {
  readonly kind: 'cron';
  readonly name: string;
  readonly cron: string;
  /** An IANA zone. */
  readonly timezone: string;
  readonly catchUp: CatchUp;
  /** Each run starts later by less than this, always by the same for the same trigger and time. Absent: at the time. */
  readonly jitter?: Milliseconds;
  /** It starts nothing before someone resumes the triggers. Imported definitions alone. */
  readonly paused?: true;
  /** Parameters of the run it starts: templates with `${name}` where a string, else plain values. */
  readonly params: readonly Entry[];
}

/** Starts a run again and again, in real time: whatever clocks on walls do, the same time lies between two. */
export interface EveryTrigger {
  readonly kind: 'every';
  readonly name: string;
  readonly every: Milliseconds;
  /** The first time, from which all others are counted. Absent: it begins one `every` after the trigger was armed. */
  readonly from?: Instant;
  readonly catchUp: CatchUp;
  /** As for cron. */
  readonly jitter?: Milliseconds;
  /** As for cron. */
  readonly params: readonly Entry[];
}

/** Starts one run, once. */
export interface AtTrigger {
  readonly kind: 'at';
  readonly name: string;
  /** What clocks in the zone show then: `2026-12-24T18:00:00`. */
  readonly at: string;
  /** An IANA zone. */
  readonly timezone: string;
  readonly catchUp: CatchUp;
  /** As for cron. */
  readonly jitter?: Milliseconds;
  /** As for cron. */
  readonly params: readonly Entry[];
}

/** Starts a run when a signal arrives that meets `where`. */
export interface SignalTrigger {
  readonly kind: 'signal';
  readonly name: string;
  readonly signal: string;
  readonly where: readonly Clause[];
  /** How many signals become one run. Absent: each starts its own. */
  readonly fold?: SignalFold;
  /** An expression over the signals and the parameters below; where it is false no run starts. Absent: always. */
  readonly when?: string;
  /** An expression that gives a text: of all starts with the same text only the first makes a run. Absent: every start does. */
  readonly idempotencyKey?: string;
  /** It starts nothing before someone resumes the triggers. Imported definitions alone. */
  readonly paused?: true;
  /** Parameters of the run that are worked out from the signals and from one another, once when it fires. Imported definitions alone. */
  readonly formulas?: readonly Declared[];
  /** Parameters of the run it starts: templates with `${signal.name}` where a string, else plain values. */
  readonly params: readonly Entry[];
}

/** How signals are folded into one run. */
export type SignalFold = Debounce | Throttle;

/** A run starts when so long no other signal has come, or so long after the first, whichever is earlier. */
export interface Debounce {
  readonly kind: 'debounce';
  readonly quiet: Milliseconds;
  readonly atMost: Milliseconds;
  /** The parameters by whose values signals are told apart, a group each. Empty: all are one group. */
  readonly by: readonly string[];
}

/** The first signal starts a run; what comes within this time after that start is folded into one run at its end. */
export interface Throttle {
  readonly kind: 'throttle';
  readonly every: Milliseconds;
  /** As for `debounce`. */
  readonly by: readonly string[];
}

/** Starts a run when no signal that meets `where` has come for so long; once, until the next one comes. */
export interface AbsenceTrigger {
  readonly kind: 'absent';
  readonly name: string;
  readonly absentFor: Milliseconds;
  readonly signal: string;
  readonly where: readonly Clause[];
  /** It is armed for each combination of their values by itself. Absent: once; in an armed trigger `where` fixes the value. */
  readonly keys?: readonly ExpectedKey[];
  /** The name of the signal that says so to whoever listens elsewhere. Absent: none does. */
  readonly announce?: string;
  /** Parameters of the run it starts: templates with `${absence.name}` where a string, else plain values. */
  readonly params: readonly Entry[];
}

/** A parameter of a signal, and the values for each of which one is expected. */
export interface ExpectedKey {
  readonly param: string;
  /** Scalars, each once, at least one. */
  readonly values: readonly Json[];
}

/** Starts a run at each of these times by which no signal that meets `where` has come since the time before. */
export interface ExpectationTrigger {
  readonly kind: 'expected';
  readonly name: string;
  readonly signal: string;
  readonly where: readonly Clause[];
  /** As for `absent`. */
  readonly keys?: readonly ExpectedKey[];
  /** As for `absent`. */
  readonly announce?: string;
  /** The times, as a cron expression. */
  readonly by: string;
  /** An IANA zone. */
  readonly timezone: string;
  /** As for `absent`. */
  readonly params: readonly Entry[];
}

/** Starts a run when several signals have come: each of them, any of them, so many of them, or one after the other. */
export interface JoinTrigger {
  readonly kind: 'all' | 'any' | 'at-least' | 'sequence';
  readonly name: string;
  /** What it takes, in the order of the text; a signal's name may stand there twice. */
  readonly slots: readonly JoinSlot[];
  /** For `at-least`: how many of the slots must be filled. */
  readonly count?: number;
  /** How far apart the signals of one run may lie, by the time at which they happened. Absent: as far as they like. */
  readonly within?: Milliseconds;
  /** How long after its window's end a late signal is still taken; only beside `within`. */
  readonly late?: Milliseconds;
  /** An expression over the signals and the parameters below; where it is false no run starts. Absent: always. */
  readonly when?: string;
  /** An expression that gives a text: of all starts with the same text only the first makes a run. Absent: every start does. */
  readonly idempotencyKey?: string;
  /** It starts nothing before someone resumes the triggers. Imported definitions alone. */
  readonly paused?: true;
  /** Parameters of the run that are worked out from the signals and from one another, once when it fires. Imported definitions alone. */
  readonly formulas?: readonly Declared[];
  /** Parameters of the run it starts: templates with `${signals.as.name}` where a string, else plain values. */
  readonly params: readonly Entry[];
}

/** One signal of a join. */
export interface JoinSlot {
  /** What the run calls it: `signals.<as>`. */
  readonly as: string;
  readonly signal: string;
  /** Its parameters that must equal those of the other slots, place by place. Empty: all signals meet in one place. */
  readonly joinOn: readonly string[];
  readonly where: readonly Clause[];
}

/** One demand on a signal's parameter: `rows: ">= 100"` is `{param: 'rows', operator: '>=', operand: 100}`. */
export interface Clause {
  /** A name, or a path into a map: `station.city`. */
  readonly param: string;
  readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in';
  /** For `in`: the list of what it may be. */
  readonly operand: Json;
}
