// What the page reads of the API: parts of schema.graphql. A test holds every document against the schema.

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Why something did not succeed. */
export interface Failure {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly retryable: boolean;
}

/** Why something is where it is. */
export interface Explanation {
  readonly summary: string;
  readonly reasons: readonly Reason[];
}

/** One reason. */
export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly unblock: string | null;
  readonly until: string | null;
  readonly subject: string | null;
}

/** A run in a list. */
export interface RunLine {
  readonly id: string;
  readonly number: number;
  readonly attempt: number;
  readonly workflowId: string;
  readonly version: number;
  readonly status: string;
  readonly isTerminal: boolean;
  readonly cause: RunCause;
  readonly counts: readonly { readonly status: string; readonly count: number }[];
  readonly url: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/** What started a run. */
export interface RunCause {
  readonly kind: string;
  readonly text: string;
  readonly trigger: string | null;
  readonly signal: string | null;
  /** How many signals were folded into the run beside `signal`. */
  readonly folded: number | null;
  /** The step that runs it. */
  readonly step: string | null;
  /** The name of the signal that did not come. */
  readonly missing?: string | null;
}

/** A run as its page shows it, without what never changes. */
export interface RunState extends RunLine {
  /** Of an iteration the way to it from its run: `each[2]`. */
  readonly path: string | null;
  readonly scheduledFor: string | null;
  readonly labels: JsonObject;
  readonly params: JsonObject;
  readonly failure: Failure | null;
  readonly explanation: Explanation | null;
  readonly allowedActions: readonly string[];
}

/** A step as the run's page shows it. */
export interface StepState {
  readonly id: string;
  readonly stepId: string;
  readonly name: string | null;
  readonly kind: string;
  readonly phase: string;
  readonly status: string;
  readonly needs: readonly string[];
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly attempts: readonly StepAttempt[];
  readonly awaits: readonly AwaitedSignal[];
  readonly bypass: { readonly by: string; readonly at: string; readonly reason: string | null } | null;
  readonly failure: Failure | null;
  readonly artifacts: readonly Artifact[];
  readonly outputs: JsonObject;
  readonly isFinal: boolean;
  readonly keptFrom: number | null;
  readonly keptFromRun: string | null;
  readonly breakpoint: { readonly version: number | null; readonly run: number | null; readonly setBy: string } | null;
  readonly loop: Loop | null;
  readonly child: { readonly id: string; readonly url: string } | null;
  readonly allowedActions: readonly string[];
}

/** A signal that a step waits for, or has waited for. */
export interface AwaitedSignal {
  readonly name: string;
  readonly as: string | null;
  readonly where: readonly string[];
  readonly state: 'AWAITED' | 'FOUND' | 'BYPASSED';
  readonly signalId: string | null;
  readonly sequence: number | null;
}

/** How far a loop is. */
export interface Loop {
  readonly total: number | null;
  readonly begun: number;
  readonly counts: readonly { readonly status: string; readonly count: number }[];
  readonly concurrency: number;
}

/** One iteration of a loop. */
export interface Iteration {
  readonly index: number;
  readonly status: string;
  readonly runId: string;
  readonly values: JsonObject | null;
  readonly keptFrom: number | null;
  readonly run: { readonly startedAt: string | null; readonly endedAt: string | null } | null;
}

/** One try of a step. */
export interface StepAttempt {
  readonly id: string;
  readonly number: number;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly failure: Failure | null;
}

/** A file that a step kept. */
export interface Artifact {
  readonly path: string;
  readonly size: string;
  readonly hash: string;
  readonly url: string;
}

/** A step as defined. */
export interface StepDefinition {
  readonly stepId: string;
  readonly name: string | null;
  readonly kind: string;
  readonly needs: readonly string[];
  readonly when: string | null;
  /** For `workflow`: what it runs. */
  readonly workflowId: string | null;
  /** Of a loop; the innermost of very deep loops are not read. */
  readonly steps?: readonly StepDefinition[];
}

/** Something that happened to a run. */
export interface RunEvent {
  readonly cursor: string;
  readonly at: string;
  readonly type: string;
  readonly stepId: string | null;
  readonly text: string;
}

/** A line that a step printed. */
export interface LogLine {
  readonly number: number;
  readonly at: string;
  readonly stream: string;
  readonly text: string;
}

/** A parameter that a run may be given. */
export interface ParamDeclaration {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
  readonly expression: string | null;
  readonly mode: string;
}

/** How a parameter of a run came by its value. */
export interface ParamTrace {
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
  readonly source: string;
  readonly expression: string | null;
  readonly template: unknown;
  /** What held before, oldest first. */
  readonly overridden: readonly ParamLayer[];
}

/** What one layer made of a parameter, before another overrode it. */
export interface ParamLayer {
  readonly source: string;
  readonly value: unknown;
  readonly expression: string | null;
}

/** What starts runs by itself. */
export interface Trigger {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly text: string;
  readonly armed: boolean;
  readonly paused: boolean;
  readonly nextFire: string | null;
  readonly lastFired: { readonly at: string; readonly runId: string } | null;
  readonly started: number;
  readonly skipped: number;
  /** Null for triggers at times. */
  readonly counts: { readonly pending: number; readonly expired: number; readonly rejected: number } | null;
  /** What did not come in time; asked for on the page of one workflow. */
  readonly missed?: MissedSignal | null;
  /** What waits for other signals; asked for on the page of one workflow. */
  readonly pending?: readonly PendingJoin[];
  readonly explanation: Explanation | null;
}

/** A signal that had not come in time. */
export interface MissedSignal {
  readonly name: string;
  readonly due: string;
  /** The signal that came after all; null while none has. */
  readonly resolvedBy: string | null;
  readonly lateMs: number | null;
}

/** Signals that share a join key and wait for others. */
export interface PendingJoin {
  /** `island = Biscoe`; empty for a trigger without keys. */
  readonly key: string;
  readonly since: string;
  readonly expiresAt: string | null;
  /** Where signals are folded: when their run starts. */
  readonly startsAt: string | null;
  readonly count: number;
  /** The oldest of them. */
  readonly signals: readonly { readonly id: string; readonly name: string }[];
  readonly missingText: string;
  readonly refusal: string | null;
}

/** A workflow in a list. */
export interface WorkflowLine {
  readonly id: string;
  readonly workflowId: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly owner: string | null;
  readonly activeVersion: number | null;
  readonly versionCount: number;
  readonly triggersPaused: boolean;
  readonly updatedAt: string;
  readonly triggers: readonly Trigger[];
}

/** A workflow as its page shows it. */
export interface WorkflowState extends WorkflowLine {
  /** When and by whom it was deleted. */
  readonly deletedAt: string | null;
  readonly deletedBy: string | null;
  readonly definition: {
    readonly version: number;
    readonly hash: string;
    readonly appliedAt: string;
    readonly appliedBy: string;
    readonly runStrategy: string;
    readonly params: readonly ParamDeclaration[];
    readonly steps: readonly StepDefinition[];
    readonly finally: readonly StepDefinition[];
  } | null;
}

/** A published signal. */
export interface SignalState {
  readonly id: string;
  readonly name: string;
  readonly sequence: number;
  readonly params: JsonObject;
  readonly payload: unknown;
  readonly occurredAt: string;
  readonly publishedAt: string;
  readonly publishedBy: string;
  readonly settled: boolean;
  /** The steps whose wait it has ended. */
  readonly takenBy: readonly string[];
  readonly matches: readonly SignalMatch[];
}

/** What one trigger made of one signal. */
export interface SignalMatch {
  readonly triggerId: string;
  readonly workflowId: string;
  readonly verdict: string;
  readonly runId: string | null;
  readonly text: string;
}

/** A problem that the caller can cure. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly hint: string | null;
}
