// The one model of a workflow that every format is read into and everything else works on.
// Plain JSON, so that its canonical text can be hashed and stored; names given by users are values, never keys.

import { type ValueType } from '../expression/value.ts';
import { type Entry, type Json } from '../json.ts';
import { type ParamMode } from '../params/mode.ts';
import { type Milliseconds } from '../time.ts';
import { type HttpWork } from './http-work.ts';
import { type KubernetesWork } from './kubernetes-work.ts';
import { type GivenLimit } from './given-limit.ts';
import { type NotebookWork } from './notebook-work.ts';
import { type Clause, type TriggerDefinition } from './trigger-model.ts';

export {
  type AbsenceTrigger,
  type AtTrigger,
  type CatchUp,
  type Clause,
  type CronTrigger,
  type EveryTrigger,
  type ExpectationTrigger,
  type JoinSlot,
  type JoinTrigger,
  type SignalFold,
  type SignalTrigger,
  type TimeTrigger,
  type TriggerDefinition,
} from './trigger-model.ts';

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
  /** What parameters give: its timeout. Absent: nothing. */
  readonly limits?: readonly GivenLimit[];
  /** How many steps of all its runs may work at once. Absent: any number. */
  readonly stepConcurrency?: number;
  /** How many steps of one run may work at once, those in its loops with them. Absent: any number. */
  readonly runStepConcurrency?: number;
  /** The priority of its steps in the queues of pools, from 0 to 100. Absent: 50. */
  readonly priority?: number;
  /** How long a run may wait in the queue; then it is TIMED_OUT and never starts. Absent: for ever. */
  readonly queueTimeout?: Milliseconds;
  /** At least one; in the order of the text. */
  readonly steps: readonly StepDefinition[];
  /** What runs last, whatever became of the steps; never changes how the run ends. Absent: nothing. */
  readonly finally?: readonly StepDefinition[];
  /** What goes up with the version and lies in every step's working folder. */
  readonly files: readonly FileReference[];
  /** In whose format it was written, which decides how names are looked up. Absent: our own. */
  readonly dialect?: 'maestro';
  /** What is only kept, so that the export has it again: tags, criticality and the like. Imported definitions alone. */
  readonly carried?: readonly Entry[];
}

/** How many runs of a workflow may go on at once, and what becomes of the others (maestro-behaviour §4.1). */
export type RunStrategy =
  /** One after the other, in order. */
  | { readonly kind: 'sequential' }
  /** The same, and a failed run holds the rest up until it is restarted or unblocked. */
  | { readonly kind: 'strict-sequential' }
  /** While one goes on, a new one is stopped at once. */
  | { readonly kind: 'first-only' }
  /** A new one stops what goes on and what waits, and takes its place. */
  | { readonly kind: 'last-only' }
  /** What goes on is left alone; of those that wait, only the newest stays. */
  | { readonly kind: 'latest-only' }
  /** `limit` runs at once, at least 1. */
  | { readonly kind: 'parallel'; readonly limit: number };

/** A parameter of the workflow, and its value unless the start gives another. */
export interface ParamDeclaration {
  readonly name: string;
  readonly type: ValueType;
  /** In JSON; a LONG outside ±2^53 as a string of digits. Absent, and no expression: the start must give it. */
  readonly value?: Json;
  /** Gives the value when the run is made. Never together with `value`. */
  readonly expression?: string;
  /** The members of a MAP, each declared by itself. Never together with `value`; imported definitions alone. */
  readonly members?: readonly ParamDeclaration[];
  /** Who may still change it. Absent: `mutable`. */
  readonly mode?: ParamMode;
}

/** One step. `needs` names steps of the same definition, without a cycle. */
export interface StepDefinition {
  readonly id: string;
  readonly name?: string;
  readonly needs: readonly Need[];
  /** An expression; false makes the step UNSATISFIED. */
  readonly when?: string;
  /** The signals that must have been published before its work begins. Absent: none. */
  readonly waits?: readonly SignalWait[];
  /** What is published with its success, and never without. Imported definitions alone. */
  readonly announces?: readonly Announcement[];
  /** The permits that it needs of pools, each pool once. Absent: none. */
  readonly pools?: readonly PoolUse[];
  /** Names of pools of which it needs one permit each, as soon as there is such a pool. Absent: none. */
  readonly tags?: readonly string[];
  /** How many steps with one of its tags may work at once as long as there is no pool of that name. Imported definitions alone. */
  readonly tagLimits?: readonly Entry<number>[];
  /** Its priority in the queues of pools. Absent: that of the workflow. */
  readonly priority?: number;
  readonly work: Work;
  /** Environment of the step: templates with `${name}`. */
  readonly env: readonly Entry<string>[];
  readonly outputs: readonly OutputDeclaration[];
  /** Paths or globs relative to the working folder, kept when the step succeeds. */
  readonly artifacts: readonly string[];
  readonly retry: RetryPolicy;
  /** How long one attempt may take; for a loop or a workflow, how long all of it may. */
  readonly timeout?: Milliseconds;
  /** Limits that parameters of the run give, in place of those that stand in the definition. Absent: none. */
  readonly limits?: readonly GivenLimit[];
  /** How long the program of one attempt may give no sign of life. Absent: as long as it likes. */
  readonly heartbeat?: Milliseconds;
  /** What its failure means for the run. Absent: `fail-after-running`. */
  readonly onFailure?: FailureMode;
  /** The template that it came from: it is whole here, whatever becomes of the template. Absent: none. */
  readonly template?: { readonly id: string; readonly version: number; readonly source: string };
  /** Its own parameters, worked out each time it begins. Imported definitions alone. */
  readonly params?: readonly ParamDeclaration[];
  /** What is only kept, so that the export has it again. Imported definitions alone. */
  readonly carried?: readonly Entry[];
}

/**
 * What a failed or timed-out step means for its run (maestro-behaviour §2.4): nothing that needs it starts and the rest goes on;
 * or everything else is stopped; or the step counts as done.
 */
export type FailureMode = 'fail-after-running' | 'fail-now' | 'ignore';

/** A step that must be complete first; with a condition, it leads on only where that is true. */
export interface Need {
  readonly step: string;
  readonly condition?: string;
}

/**
 * What a step does. `shell`, `python`, `node`, `notebook`, `http` and `kubernetes` are done by an executor of that kind; `foreach` and `while` run steps of their
 * own again and again, `workflow` runs another workflow; the rest is done by the engine at once or after a time.
 */
export type Work =
  | { readonly kind: 'noop' }
  /** Nothing but waiting for the signals of the step's `waits`, whose parameters are its outputs. */
  | { readonly kind: 'wait' }
  /** `param` names the step's own parameter that gives the duration in seconds, where it has such a parameter. */
  | { readonly kind: 'sleep'; readonly duration: Milliseconds; readonly param?: string }
  | { readonly kind: 'publish'; readonly signal: string; readonly params: readonly Entry[] }
  | { readonly kind: 'shell'; readonly script: string }
  /** `requirements`: packages with their versions, sorted, at least one. Absent: none beside what Python brings. */
  | { readonly kind: 'python'; readonly program: Program; readonly requirements?: readonly string[] }
  | { readonly kind: 'node'; readonly program: Program }
  | NotebookWork
  | HttpWork
  | KubernetesWork
  | ForeachWork
  | WhileWork
  | WorkflowWork;

/** Runs `steps` once for each combination of the values; the first name varies fastest (maestro-behaviour §2.11). */
export interface ForeachWork {
  readonly kind: 'foreach';
  readonly over: readonly LoopValues[];
  /** In place of `over`: an expression that gives a map of arrays. Imported definitions alone. */
  readonly all?: string;
  /** How many iterations go on at once, at least 1. Absent: 100. */
  readonly concurrency?: number;
  /** Whether the window of iterations begins at the first that is not done yet. Absent: no. */
  readonly strictOrdering?: true;
  /** How many iterations may end badly: so many, or so many of a hundred. Absent: none. */
  readonly tolerate?: number | { readonly percent: number };
  readonly steps: readonly StepDefinition[];
}

/** The values that a loop gives one name: as they are, or what an expression gives, which must be an array. */
export type LoopValues =
  /** In imported definitions, texts among the values may have `${name}` in them. */
  | { readonly name: string; readonly type: ScalarType; readonly values: readonly Json[] }
  /** `type` is that of one value, where the definition says it. */
  | { readonly name: string; readonly expression: string; readonly type?: ScalarType };

/** The types of a single value. */
export type ScalarType = 'string' | 'long' | 'double' | 'boolean';

/** Runs `steps` again and again, one iteration after the other, as long as the condition holds (maestro-behaviour §2.12). */
export interface WhileWork {
  readonly kind: 'while';
  /** An expression that also sees the loop's own values. */
  readonly condition: string;
  /** First values; an output of the same name of a step inside gives the next. Scalars. */
  readonly values: readonly FirstValue[];
  /** In place of `values`: an expression that gives a map of first values. Imported definitions alone. */
  readonly all?: string;
  readonly steps: readonly StepDefinition[];
}

/** The first value of a name in a `while`. */
export interface FirstValue {
  readonly name: string;
  readonly type: ScalarType;
  /** In imported definitions, a text may have `${name}` in it. */
  readonly value: Json;
  /** Gives the first value in place of `value`. Imported definitions alone. */
  readonly expression?: string;
}

/** Runs another workflow under its own strategy (maestro-behaviour §2.10). */
export interface WorkflowWork {
  readonly kind: 'workflow';
  readonly workflowId: string;
  /** A number, or the newest (`latest`), or the active one and without that the newest (`default`). Absent: the active one. */
  readonly version?: number | 'latest' | 'default';
  /** Whether the step waits for the end of that run. Absent: yes. */
  readonly async?: true;
  /** Parameters of that run: templates with `${name}` where a string, else plain values. */
  readonly params: readonly Entry[];
  /**
   * What that run gets without being told: the parameters of this step, or those of this run too. Of these, and only these,
   * it leaves out what it does not know. Imported definitions alone.
   */
  readonly inherits?: 'step' | 'all';
}

/** Permits of a pool. */
export interface PoolUse {
  readonly pool: string;
  /** How many, at least 1. */
  readonly weight: number;
}

/** A signal that a step waits for. Waiting consumes nothing: one signal serves any number of waits. */
export interface SignalWait {
  /** Its name; in imported definitions with `${name}` in it. */
  readonly signal: string;
  /** The name of its parameters among the step's outputs, in a list of several signals. */
  readonly as?: string;
  /** What its parameters must be, compared with values of the run. */
  readonly match: readonly WaitMatch[];
  /** What its parameters must be, compared with fixed values. */
  readonly where: readonly Clause[];
  /** How much earlier than the wait's beginning it may have been published. Absent: since the run was created. */
  readonly lookBack?: Milliseconds | 'all';
}

/** One demand on a signal's parameter that is only known in the run. */
export interface WaitMatch {
  readonly param: string;
  readonly operator: '==' | '<' | '<=' | '>' | '>=';
  /** A template with `${name}` where a string, else a plain value. Never together with `expression`. */
  readonly value?: Json;
  /** Gives the value. Imported definitions alone. */
  readonly expression?: string;
  /** The type of the value. Imported definitions alone. */
  readonly type?: 'string' | 'long';
}

/** A signal that a step publishes when it succeeds. */
export interface Announcement {
  /** Its name, with `${name}` in it. */
  readonly signal: string;
  readonly params: readonly ParamDeclaration[];
  /** What is only kept, so that the export has it again. */
  readonly carried?: readonly Entry[];
}

/** A program's text, or the path of a file that goes up with the version. */
export type Program = { readonly code: string } | { readonly file: string };

/** An output that a step may give, and its type. */
export interface OutputDeclaration {
  readonly name: string;
  readonly type: ValueType;
}

/** How many more tries by what went wrong, and the pause before them. */
export interface RetryPolicy {
  readonly user: number;
  readonly platform: number;
  readonly timeout: number;
  readonly backoff: Backoff;
  /** The pauses after one kind of failure; then each kind counts its own tries only. Imported definitions alone. */
  readonly backoffs?: Readonly<Record<'user' | 'platform' | 'timeout', Backoff>>;
}

/** A pause before each more try: multiplied each time, from `first` to at most `longest`. */
export interface Backoff {
  readonly first: Milliseconds;
  readonly longest: Milliseconds;
  /** At least 1. Absent: 2. */
  readonly factor?: number;
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
