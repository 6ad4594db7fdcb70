// The one model of a workflow that every format is read into and everything else works on.
// Plain JSON, so that its canonical text can be hashed and stored; names given by users are values, never keys.

import { type ValueType } from '../expression/value.ts';
import { type Entry, type Json } from '../json.ts';
import { type Milliseconds } from '../time.ts';

/** A workflow as applied: immutable, identified by the hash of its canonical JSON. */
export interface Definition {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly owner?: string;
  readonly labels: readonly Entry<string>[];
  readonly runStrategy: RunStrategy;
  readonly params: readonly ParamDeclaration[];
  readonly triggers: readonly TriggerDefinition[];
  /** How long a run may take from its start; then it is TIMED_OUT. */
  readonly timeout?: Milliseconds;
  /** At least one; in the order of the text. */
  readonly steps: readonly StepDefinition[];
  /** What goes up with the version and lies in every step's working folder. */
  readonly files: readonly FileReference[];
}

/** How many runs of a workflow may go on at once. */
export type RunStrategy =
  | { readonly kind: 'sequential' }
  /** `limit` runs at once, at least 1. */
  | { readonly kind: 'parallel'; readonly limit: number };

/** A parameter of the workflow, and its value unless the start gives another. */
export interface ParamDeclaration {
  readonly name: string;
  readonly type: ValueType;
  /** In JSON; a LONG outside ±2^53 as a string of digits. Absent: the start must give it. */
  readonly value?: Json;
}

/** One step. `needs` names steps of the same definition, without a cycle. */
export interface StepDefinition {
  readonly id: string;
  readonly name?: string;
  readonly needs: readonly Need[];
  /** An expression; false makes the step UNSATISFIED. */
  readonly when?: string;
  readonly work: Work;
  /** Environment of the step: templates with `${name}`. */
  readonly env: readonly Entry<string>[];
  readonly outputs: readonly OutputDeclaration[];
  /** Paths or globs relative to the working folder, kept when the step succeeds. */
  readonly artifacts: readonly string[];
  readonly retry: RetryPolicy;
  /** How long one attempt may take. */
  readonly timeout?: Milliseconds;
}

/** A step that must be complete first; with a condition, it leads on only where that is true. */
export interface Need {
  readonly step: string;
  readonly condition?: string;
}

/** What a step does. `noop`, `sleep` and `publish` never leave the engine; the rest is done by an executor of that kind. */
export type Work =
  | { readonly kind: 'noop' }
  | { readonly kind: 'sleep'; readonly duration: Milliseconds }
  | { readonly kind: 'publish'; readonly signal: string; readonly params: readonly Entry[] }
  | { readonly kind: 'shell'; readonly script: string }
  | { readonly kind: 'python'; readonly program: Program }
  | { readonly kind: 'node'; readonly program: Program };

/** A program's text, or the path of a file that goes up with the version. */
export type Program = { readonly code: string } | { readonly file: string };

/** An output that a step may give, and its type. */
export interface OutputDeclaration {
  readonly name: string;
  readonly type: ValueType;
}

/** How many more tries by what went wrong, and the pause before them: doubling from `first` to at most `longest`. */
export interface RetryPolicy {
  readonly user: number;
  readonly platform: number;
  readonly timeout: number;
  readonly backoff: { readonly first: Milliseconds; readonly longest: Milliseconds };
}

/** A file that goes up with the version. */
export interface FileReference {
  /** Relative, with `/`, without `..`. */
  readonly path: string;
  /** SHA-256 of the content, in hex: its key among the blobs. */
  readonly hash: string;
  /** In bytes. */
  readonly size: number;
}

/** What starts runs by itself. `name` is unique in the workflow: given, or made from kind and place. */
export type TriggerDefinition = CronTrigger | SignalTrigger;

/** Starts a run at each time that the cron expression names. */
export interface CronTrigger {
  readonly kind: 'cron';
  readonly name: string;
  readonly cron: string;
  /** An IANA zone. */
  readonly timezone: string;
  readonly catchUp: 'none' | 'latest' | 'all';
  /** Parameters of the run it starts: templates with `${name}` where a string, else plain values. */
  readonly params: readonly Entry[];
}

/** Starts a run when a signal arrives that meets `where`. */
export interface SignalTrigger {
  readonly kind: 'signal';
  readonly name: string;
  readonly signal: string;
  readonly where: readonly Clause[];
  /** Parameters of the run it starts: templates with `${signal.name}` where a string, else plain values. */
  readonly params: readonly Entry[];
}

/** One demand on a signal's parameter: `rows: ">= 100"` is `{param: 'rows', operator: '>=', operand: 100}`. */
export interface Clause {
  readonly param: string;
  readonly operator: '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly operand: Json;
}
