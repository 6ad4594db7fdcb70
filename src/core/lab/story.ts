// A test of a workflow: what its steps do, what happens from outside, and what must have come of it.

import { type Entry, type Json } from '../json.ts';
import { type RunStatus, type StepStatus } from '../run/state.ts';
import { type Instant, type Milliseconds } from '../time.ts';

/** A story. */
export interface Story {
  readonly name: string;
  /** Where it stands in its text, from 1. */
  readonly line: number;
  readonly start: Instant;
  /** The zone in which times are written and told. */
  readonly timezone: string;
  /** What steps do. Those that are not named succeed at once, with zeros and empty texts for outputs. */
  readonly steps: readonly Role[];
  readonly acts: readonly Act[];
}

/** What a step does when it is tried. */
export interface Role {
  /** `train`, or `penguins/train` where several workflows have a step of that name. */
  readonly step: string;
  readonly takes: Milliseconds;
  /** How many tries of each run fail before one succeeds; Infinity: all. */
  readonly fails: number;
  /** What a failure is. */
  readonly as: 'USER' | 'PLATFORM';
  readonly outputs: readonly Entry[];
  /** What it announces through $DOWNBEAT_SIGNALS with its success. */
  readonly signals: readonly { readonly name: string; readonly params: readonly Entry[] }[];
}

/** Something that happens, or that must hold by now. */
export type Act = { readonly line: number } & (
  | {
      readonly kind: 'publish';
      readonly signal: string;
      readonly params: readonly Entry[];
      readonly occurredAt?: Instant;
    }
  | {
      readonly kind: 'run';
      readonly workflow: string;
      readonly params: readonly Entry[];
      readonly scheduledFor?: Instant;
    }
  | { readonly kind: 'wait'; readonly time: Milliseconds }
  | { readonly kind: 'until'; readonly time: Instant }
  | { readonly kind: 'stop'; readonly run: string }
  | { readonly kind: 'pause' | 'resume'; readonly workflow: string }
  | { readonly kind: 'expect'; readonly expected: Expected }
);

/** What must hold; what is not named is not looked at. */
export interface Expected {
  /** How many runs of each workflow there are. */
  readonly runs: readonly Entry<number>[];
  /** How often each signal was published, from outside or by steps. */
  readonly signals: readonly Entry<number>[];
  readonly run?: ExpectedRun;
}

/** What must hold of one run. */
export interface ExpectedRun {
  /** Such as `penguins/1`: its newest attempt. */
  readonly run: string;
  readonly status?: RunStatus;
  readonly steps: readonly Entry<StepStatus>[];
  readonly params: readonly Entry[];
  /** By step and output. */
  readonly outputs: readonly Entry<readonly Entry[]>[];
  readonly scheduledFor?: Instant;
  /** The name of the signal, or of the trigger, that started it. */
  readonly startedBy?: string;
}

/** One thing that did not hold. */
export interface Fault {
  readonly line: number;
  readonly message: string;
}

/** A value in a sentence. */
export function shown(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
