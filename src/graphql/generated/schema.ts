import type { Cursor } from '../../core/partition/cursor.ts';
import type { Instant } from '../../core/time.ts';
import type { Json } from '../../core/json.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A place in the change feed: `p:n.i` (partition, block, commit), for the fleet several of them. Not a page cursor, and refused as one. */
  ChangeCursor: { input: Cursor; output: Cursor; }
  /** An instant in UTC, as ISO 8601 with milliseconds: `2026-11-22T06:00:00.000Z`. */
  DateTime: { input: Instant; output: Instant; }
  /** Any JSON value. At most 1 MB and 64 levels deep. */
  JSON: { input: Json; output: Json; }
};

/** Its status does not allow this. */
export type ActionNotAllowed = UserError & {
  readonly __typename?: 'ActionNotAllowed';
  /** What would be allowed with the run. */
  readonly allowed: ReadonlyArray<RunAction>;
  /** A stable code. */
  readonly code: ErrorCode;
  /** Where to read more. */
  readonly docs: Scalars['String']['output'];
  /** What to do next. */
  readonly hint?: Maybe<Scalars['String']['output']>;
  /** What is wrong, in one sentence. */
  readonly message: Scalars['String']['output'];
  /** Where in the input, outermost first. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The status that forbids it. */
  readonly status: Scalars['String']['output'];
};

/** Which version to activate. */
export type ActivateVersionInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The version's number; without it the newest. */
  readonly version?: InputMaybe<Scalars['Int']['input']>;
  /** The workflow's id. */
  readonly workflowId: Scalars['ID']['input'];
};

/** Outcome of `activateVersion`. */
export type ActivateVersionPayload = {
  readonly __typename?: 'ActivateVersionPayload';
  /** Whether all its triggers listen now. False: they will in a moment. */
  readonly armed: Scalars['Boolean']['output'];
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Whether it was active already. */
  readonly unchanged: Scalars['Boolean']['output'];
  /** The version that starts use now. */
  readonly version?: Maybe<Scalars['Int']['output']>;
  /** The workflow after the commit; null if it was refused. */
  readonly workflow?: Maybe<Workflow>;
};

/** A definition, and the files it names. Exactly one of `source` and `definition`. */
export type ApplyWorkflowInput = {
  /** Whether starts use this version from now on, and its triggers are armed. */
  readonly activate?: InputMaybe<Scalars['Boolean']['input']>;
  /** The definition as JSON. */
  readonly definition?: InputMaybe<Scalars['JSON']['input']>;
  /** Refuse unless this is the newest version; 0 for "there is none yet". */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The files that it names. */
  readonly files?: InputMaybe<ReadonlyArray<FileInput>>;
  /** How to read it. */
  readonly format?: InputMaybe<DefinitionFormat>;
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The definition as text, YAML or JSON: one workflow. */
  readonly source?: InputMaybe<Scalars['String']['input']>;
};

/** Outcome of `applyWorkflow`. */
export type ApplyWorkflowPayload = {
  readonly __typename?: 'ApplyWorkflowPayload';
  /** Whether all its triggers listen now. False: they will in a moment. */
  readonly armed: Scalars['Boolean']['output'];
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Whether the content was there already. */
  readonly unchanged: Scalars['Boolean']['output'];
  /** The version with this content. */
  readonly version?: Maybe<Scalars['Int']['output']>;
  /** The workflow after the commit; null if it was refused. */
  readonly workflow?: Maybe<Workflow>;
};

/** A file that a step kept. */
export type Artifact = {
  readonly __typename?: 'Artifact';
  /** SHA-256 of its content. */
  readonly hash: Scalars['String']['output'];
  /** Its path, as the step named it. */
  readonly path: Scalars['String']['output'];
  /** In bytes; a string, since it may be larger than an Int. */
  readonly size: Scalars['String']['output'];
  /** Where it is read: `/artifacts/…`. */
  readonly url: Scalars['String']['output'];
};

/** A change anywhere. */
export type Change = {
  readonly __typename?: 'Change';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Resume behind this. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** Ids of everything that changed. */
  readonly ids: ReadonlyArray<Scalars['ID']['output']>;
  /** What it is. */
  readonly kind: ChangeKind;
  /** The runs that changed. */
  readonly runs: ReadonlyArray<Run>;
};

/** Which changes to watch. */
export type ChangeFilter = {
  /** Only changes of this workflow. */
  readonly workflowId?: InputMaybe<Scalars['ID']['input']>;
};

/** What a change is. */
export type ChangeKind =
  /** One commit, whole. */
  | 'COMMIT'
  /** Nothing happened; the cursor moved on. */
  | 'HEARTBEAT'
  /** You were too slow: subscribe again behind `cursor`. The stream ends. */
  | 'LAGGED'
  /** How things stand, at the start of a watch without `after`. */
  | 'SNAPSHOT';

/** A definition breaks a rule. */
export type DefinitionError = UserError & {
  readonly __typename?: 'DefinitionError';
  /** A stable code. */
  readonly code: ErrorCode;
  /** Column in that line, from 1. */
  readonly column?: Maybe<Scalars['Int']['output']>;
  /** Where to read more. */
  readonly docs: Scalars['String']['output'];
  /** What to do next. */
  readonly hint?: Maybe<Scalars['String']['output']>;
  /** Line in the source, from 1. */
  readonly line?: Maybe<Scalars['Int']['output']>;
  /** What is wrong, in one sentence. */
  readonly message: Scalars['String']['output'];
  /** Where in the definition, outermost first. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The rule's name: `unknown-key`, `cycle`, … */
  readonly rule: Scalars['String']['output'];
  /** What to write instead. */
  readonly suggestion?: Maybe<Scalars['String']['output']>;
};

/** How a definition's source is to be read. */
export type DefinitionFormat =
  /** By its shape. */
  | 'AUTO';

/** What a caller can cause or cure. */
export type ErrorCode =
  /** Its status does not allow this. */
  | 'ACTION_NOT_ALLOWED'
  /** A definition breaks a rule. */
  | 'BAD_DEFINITION'
  /** Something in the input does not fit. */
  | 'BAD_INPUT'
  /** The same key was used before with other arguments. */
  | 'IDEMPOTENCY_MISMATCH'
  /** More than may be. */
  | 'LIMIT_EXCEEDED'
  /** There is none of that id. */
  | 'NOT_FOUND'
  /** Someone else changed it meanwhile. */
  | 'VERSION_CONFLICT';

/** Why something is where it is. */
export type Explanation = {
  readonly __typename?: 'Explanation';
  /** What is explained. */
  readonly id: Scalars['ID']['output'];
  /** The reasons, the deciding one first. */
  readonly reasons: ReadonlyArray<Reason>;
  /** The whole answer in one sentence. */
  readonly summary: Scalars['String']['output'];
};

/** Why something did not succeed. */
export type Failure = {
  readonly __typename?: 'Failure';
  /** A stable code: `EXIT_CODE`, `STEP_TIMEOUT`, … */
  readonly code: Scalars['String']['output'];
  /** What to do next. */
  readonly hint?: Maybe<Scalars['String']['output']>;
  /** Who has to act. */
  readonly kind: FailureKind;
  /** What happened, and where. */
  readonly message: Scalars['String']['output'];
  /** Whether trying the same again can help. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** Who has to act on a failure. */
export type FailureKind =
  /** A bug of ours. */
  | 'INTERNAL'
  /** Whoever runs the platform. */
  | 'PLATFORM'
  /** It took too long. */
  | 'TIMEOUT'
  /** The author of the step. */
  | 'USER';

/** What the failure of a step means for its run. */
export type FailureMode =
  /** What needs the step does not start, the rest goes on, and then the run fails. */
  | 'FAIL_AFTER_RUNNING'
  /** Everything else is stopped, and the run fails. */
  | 'FAIL_NOW'
  /** The run goes on as if the step were done. */
  | 'IGNORE';

/** A file that goes up with a definition. */
export type FileInput = {
  /** Its content in base64. Exactly one of `text` and `base64`. */
  readonly base64?: InputMaybe<Scalars['String']['input']>;
  /** Its path relative to the definition, with `/`. */
  readonly path: Scalars['String']['input'];
  /** Its content as text. Exactly one of `text` and `base64`. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** Something in the input does not fit. */
export type InputError = UserError & {
  readonly __typename?: 'InputError';
  /** A stable code. */
  readonly code: ErrorCode;
  /** Where to read more. */
  readonly docs: Scalars['String']['output'];
  /** What to do next. */
  readonly hint?: Maybe<Scalars['String']['output']>;
  /** What is wrong, in one sentence. */
  readonly message: Scalars['String']['output'];
  /** Where in the input, outermost first. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** One iteration of a loop. */
export type Iteration = {
  readonly __typename?: 'Iteration';
  /** Its place in the loop, from 0. */
  readonly index: Scalars['Int']['output'];
  /** The attempt of the run in which it ran, where a restart kept it. Null if it belongs to this attempt. */
  readonly keptFrom?: Maybe<Scalars['Int']['output']>;
  /** Its run, with its steps. Null once that is no longer kept. */
  readonly run?: Maybe<Run>;
  /** Id of its run: `run:penguins/12/each[2]`. Where a restart kept it, of the attempt in which it ran. */
  readonly runId: Scalars['ID']['output'];
  /** Where it is, or how it ended. */
  readonly status: RunStatus;
  /** The values of the loop's names in it, with `loop_index`. Null once its run is no longer kept. */
  readonly values?: Maybe<Scalars['JSON']['output']>;
};

/** Page of iterations. */
export type IterationConnection = {
  readonly __typename?: 'IterationConnection';
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<IterationEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Iteration>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many have begun, of the statuses asked for. Null where only one of RUNNING and PAUSED is asked for. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** How many iterations of a loop have a status. */
export type IterationCount = {
  readonly __typename?: 'IterationCount';
  /** How many iterations have it. */
  readonly count: Scalars['Int']['output'];
  /** The status. */
  readonly status: RunStatus;
};

/** An iteration in a page. */
export type IterationEdge = {
  readonly __typename?: 'IterationEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The iteration. */
  readonly node: Iteration;
};

/** Which run to kill. */
export type KillRunInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The run's id. */
  readonly runId: Scalars['ID']['input'];
};

/** Outcome of `killRun`. */
export type KillRunPayload = {
  readonly __typename?: 'KillRunPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The run after the commit; null if it was refused. */
  readonly run?: Maybe<Run>;
};

/** Some lines that a step printed. */
export type LogChunk = {
  readonly __typename?: 'LogChunk';
  /** The attempt that printed them. */
  readonly attemptId: Scalars['ID']['output'];
  /** Resume behind this. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** The lines. */
  readonly lines: ReadonlyArray<LogLine>;
};

/** A line that a step printed. */
export type LogLine = {
  readonly __typename?: 'LogLine';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Its number within its attempt, from 1. */
  readonly number: Scalars['Int']['output'];
  /** Where it was printed: `out`, `err`, or `system` for what we say of the step. */
  readonly stream: Scalars['String']['output'];
  /** The text, as printed. */
  readonly text: Scalars['String']['output'];
};

/** How far a loop is, in its newest try. */
export type Loop = {
  readonly __typename?: 'Loop';
  /** How many have begun, with those that a restart kept. */
  readonly begun: Scalars['Int']['output'];
  /** How many may go on at once. */
  readonly concurrency: Scalars['Int']['output'];
  /** How many of those that have begun have a status; those that go on count as RUNNING. Statuses that none has are left out. */
  readonly counts: ReadonlyArray<IterationCount>;
  /** How many have ended. */
  readonly done: Scalars['Int']['output'];
  /** The indexes of those that go on: the first 100. */
  readonly going: ReadonlyArray<Scalars['Int']['output']>;
  /** How many iterations there are in all; null for `while`, which finds out. */
  readonly total?: Maybe<Scalars['Int']['output']>;
};

/** What can be changed. Each answers after its commit is durable. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Lets starts use another version from now on, and arms its triggers. Runs that are not over keep theirs. */
  readonly activateVersion: ActivateVersionPayload;
  /** Makes a version of a workflow (or finds the same content unchanged) and arms its triggers. */
  readonly applyWorkflow: ApplyWorkflowPayload;
  /** Ends a run as FAILED: what runs is told to stop, and not even its `finally` steps run. */
  readonly killRun: KillRunPayload;
  /** Keeps the steps of a run from starting; what runs goes on. */
  readonly pauseRun: PauseRunPayload;
  /** Keeps a workflow's triggers from starting runs. What arrives meanwhile starts nothing. */
  readonly pauseTriggers: PauseTriggersPayload;
  /** Publishes a signal. Answers after its own commit, and waits up to a second for what the triggers make of it. */
  readonly publishSignal: PublishSignalPayload;
  /** Publishes up to 1,000 signals; all of one name, or none of that name. */
  readonly publishSignals: PublishSignalsPayload;
  /** Drops the rows of all lists and makes them anew from the log. Nothing is lost by it. */
  readonly rebuildLists: RebuildListsPayload;
  /** Lets a run, trigger or workflow take part again that an error of ours had set aside. */
  readonly release: ReleasePayload;
  /** Runs a finished run again: from its beginning, from what is incomplete, or from one step. The number stays, `attempt` rises. */
  readonly restartRun: RestartRunPayload;
  /** Lets a paused run go on. */
  readonly resumeRun: ResumeRunPayload;
  /** Lets a workflow's triggers start runs again. Ticks that were missed meanwhile are treated as `catchUp` says. */
  readonly resumeTriggers: ResumeTriggersPayload;
  /** Lets a step that ended badly, or waits for its next try, begin again now. The step of an ended run: in a new attempt. */
  readonly retryStep: RetryStepPayload;
  /** Lets a run go on as if the step were done: what runs of it is told to stop. The step of an ended run: in a new attempt. */
  readonly skipStep: SkipStepPayload;
  /** Starts a run of a workflow, or queues it as the workflow's run strategy says. */
  readonly startRun: StartRunPayload;
  /** Ends a run: nothing of it starts any more, what runs is told to stop, its `finally` steps run, and it ends STOPPED. */
  readonly stopRun: StopRunPayload;
  /** Lets the queue of a workflow go on that a failed run holds up, under the strategy `strict-sequential`. */
  readonly unblockWorkflow: UnblockWorkflowPayload;
  /** Says everything that is wrong with a definition, and changes nothing. */
  readonly validateWorkflow: ValidateWorkflowPayload;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationActivateVersionArgs = {
  input: ActivateVersionInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationApplyWorkflowArgs = {
  input: ApplyWorkflowInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationKillRunArgs = {
  input: KillRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationPauseRunArgs = {
  input: PauseRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationPauseTriggersArgs = {
  input: PauseTriggersInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationPublishSignalArgs = {
  input: PublishSignalInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationPublishSignalsArgs = {
  input: PublishSignalsInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationRebuildListsArgs = {
  input: RebuildListsInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationReleaseArgs = {
  input: ReleaseInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationRestartRunArgs = {
  input: RestartRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationResumeRunArgs = {
  input: ResumeRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationResumeTriggersArgs = {
  input: ResumeTriggersInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationRetryStepArgs = {
  input: RetryStepInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationSkipStepArgs = {
  input: SkipStepInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationStartRunArgs = {
  input: StartRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationStopRunArgs = {
  input: StopRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationUnblockWorkflowArgs = {
  input: UnblockWorkflowInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationValidateWorkflowArgs = {
  input: ApplyWorkflowInput;
};

/** Anything that has a global id. */
export type Node = {
  /** The global id, with its type before the colon. */
  readonly id: Scalars['ID']['output'];
};

/** A place in a list of pages. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Page cursor of the last item. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether there is more behind the last item. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before the first item. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Page cursor of the first item. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A parameter that a run may be given. */
export type ParamDeclaration = {
  readonly __typename?: 'ParamDeclaration';
  /** What gives its value when a run is made; null if it has a plain value or the start must say it. */
  readonly expression?: Maybe<Scalars['String']['output']>;
  /** Who may still change it. */
  readonly mode: ParamMode;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** One of `string long double boolean string_map string_array long_array double_array boolean_array map`. */
  readonly type: Scalars['String']['output'];
  /** What it is unless the start says otherwise; null if an expression gives it or the start must say it. */
  readonly value?: Maybe<Scalars['JSON']['output']>;
};

/** What one layer made of a parameter, before another overrode it. */
export type ParamLayer = {
  readonly __typename?: 'ParamLayer';
  /** The layer's expression; null if it set a literal. */
  readonly expression?: Maybe<Scalars['String']['output']>;
  /** The layer. */
  readonly source: ParamSource;
  /** The value that held; null if an expression would have given it, and was never evaluated. */
  readonly value?: Maybe<Scalars['JSON']['output']>;
};

/** Who may change a parameter, from everybody to nobody. */
export type ParamMode =
  /** Only the definition; a restart keeps its value. */
  | 'CONSTANT'
  /** Only the definition; a restart works its expression out anew. */
  | 'IMMUTABLE'
  /** Everybody: starts, restarts and outputs of steps. */
  | 'MUTABLE'
  /** A start; a restart keeps its value. */
  | 'MUTABLE_ON_START'
  /** A start or a restart. */
  | 'MUTABLE_ON_START_RESTART';

/** A layer that can set the value of a parameter. */
export type ParamSource =
  /** What every run has without declaring it, such as `RUN_TS`. */
  | 'DEFAULT'
  /** The definition. */
  | 'DEFINITION'
  /** Who started the run. */
  | 'LAUNCH'
  /** Who started the run again. */
  | 'RESTART'
  /** The signal trigger that started the run. */
  | 'SIGNAL'
  /** The workflow that runs this one. */
  | 'SUBWORKFLOW'
  /** The time trigger that started the run. */
  | 'TIME_TRIGGER';

/** How a parameter of a run came by its value. */
export type ParamTrace = {
  readonly __typename?: 'ParamTrace';
  /** The expression that gave the value; null if a literal did. */
  readonly expression?: Maybe<Scalars['String']['output']>;
  /** Who may still change it in this run. */
  readonly mode: ParamMode;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** What held before, oldest first. */
  readonly overridden: ReadonlyArray<ParamLayer>;
  /** The layer that set the value. A restart that gives nothing for it leaves it as it was. */
  readonly source: ParamSource;
  /** The literal whose `${name}` were filled in; null if there was nothing to fill in. */
  readonly template?: Maybe<Scalars['JSON']['output']>;
  /** One of `string long double boolean string_map string_array long_array double_array boolean_array map`. */
  readonly type: Scalars['String']['output'];
  /** The value that it has for the whole run. */
  readonly value?: Maybe<Scalars['JSON']['output']>;
};

/** Which run to pause. */
export type PauseRunInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The run's id. */
  readonly runId: Scalars['ID']['input'];
};

/** Outcome of `pauseRun`. */
export type PauseRunPayload = {
  readonly __typename?: 'PauseRunPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The run after the commit; null if it was refused. */
  readonly run?: Maybe<Run>;
};

/** Whose triggers to pause. */
export type PauseTriggersInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The workflow's id. */
  readonly workflowId: Scalars['ID']['input'];
};

/** Outcome of `pauseTriggers`. */
export type PauseTriggersPayload = {
  readonly __typename?: 'PauseTriggersPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The workflow after the commit; null if it was refused. */
  readonly workflow?: Maybe<Workflow>;
};

/** What applying a definition would come to. */
export type Plan = {
  readonly __typename?: 'Plan';
  /** The version that starts use now; null if none is active. */
  readonly activeVersion?: Maybe<Scalars['Int']['output']>;
  /** What is different from the active version. What only stands in another order is no change. */
  readonly changes: ReadonlyArray<PlanChange>;
  /** What it touches, the gravest first: `REFUSED`, `RUNS`, `TRIGGER`, `PAUSED`, `BREAKS`, `MISSING`, `ORPHANS`, `DOWNSTREAM`, `UPSTREAM`, … */
  readonly effects: ReadonlyArray<Reason>;
  /** Everything that is wrong with the definition; empty if it could be applied. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether a version with this content is there already, so that none would be made. */
  readonly isKnown: Scalars['Boolean']['output'];
  /** The version that it would be; null if the definition cannot be read. */
  readonly version?: Maybe<Scalars['Int']['output']>;
  /** The workflow's id; null if the definition cannot be read. */
  readonly workflowId?: Maybe<Scalars['String']['output']>;
};

/** One thing that a new version changes. */
export type PlanChange = {
  readonly __typename?: 'PlanChange';
  /** What is new, or what is different in it, a line each: `timeout: 5m → 10m`. */
  readonly details: ReadonlyArray<Scalars['String']['output']>;
  /** For a trigger that stays: whether it keeps its next time, or its place among the signals. Null for everything else. */
  readonly keepsPlace?: Maybe<Scalars['Boolean']['output']>;
  /** What becomes of it. */
  readonly kind: PlanChangeKind;
  /** The step's id, the name of the trigger or parameter, the path of the file, the workflow's id. */
  readonly name: Scalars['String']['output'];
  /** What it is about. */
  readonly subject: PlanSubject;
};

/** What becomes of a part of a definition. */
export type PlanChangeKind =
  /** It is new. */
  | 'ADDED'
  /** It is another one under the same name. */
  | 'CHANGED'
  /** It is gone. */
  | 'REMOVED';

/** A kind of part of a definition. */
export type PlanSubject =
  /** A file that goes up with the version. */
  | 'FILE'
  /** A parameter. */
  | 'PARAM'
  /** A step, wherever it stands. */
  | 'STEP'
  /** A trigger. */
  | 'TRIGGER'
  /** Its head: name, owner, labels, strategy, timeout. */
  | 'WORKFLOW';

/** A signal to publish. */
export type PublishSignalInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Its name. */
  readonly name: Scalars['String']['input'];
  /** When the fact happened; now if not given. */
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Its parameters, by name: what triggers look at. */
  readonly params?: InputMaybe<Scalars['JSON']['input']>;
  /** What it carries beside its parameters. */
  readonly payload?: InputMaybe<Scalars['JSON']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Outcome of `publishSignal`: the receipt. */
export type PublishSignalPayload = {
  readonly __typename?: 'PublishSignalPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Whether it had been published before with the same key: nothing happened now. */
  readonly duplicate: Scalars['Boolean']['output'];
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** What the triggers made of it within a second. */
  readonly matches: ReadonlyArray<SignalMatch>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Whether that is all. */
  readonly settled: Scalars['Boolean']['output'];
  /** The signal; null if it was refused. */
  readonly signal?: Maybe<Signal>;
};

/** Signals to publish. */
export type PublishSignalsInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 1,000 of them. */
  readonly signals: ReadonlyArray<SignalInput>;
};

/** Outcome of `publishSignals`. */
export type PublishSignalsPayload = {
  readonly __typename?: 'PublishSignalsPayload';
  /** The last commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The signals, in the order given. */
  readonly signals: ReadonlyArray<Signal>;
};

/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type Query = {
  readonly __typename?: 'Query';
  /** What a schedule means, for people who try one: exactly one of `cron`, `every` and `at`, written as in a definition. */
  readonly describeSchedule?: Maybe<ScheduleDescription>;
  /** Why a run, step, trigger, workflow or signal is where it is, in sentences, with the values that decided. Null if there is none of that id. */
  readonly explain?: Maybe<Explanation>;
  /**
   * Anything with an id: `workflow:penguins`, `run:penguins/12`, `step:penguins/12/train`, `trigger:penguins/cron`, `signal:01JD…`.
   * What is inside a loop has the way to it in its id: `run:penguins/12/each[2]`, `step:penguins/12/each[2]/train`.
   */
  readonly node?: Maybe<Node>;
  /** What applying a definition would change and touch. Changes nothing, and keeps none of its files. */
  readonly plan: Plan;
  /**
   * One run, or null. Without an attempt the newest: `penguins/12`, `run:penguins/12` or `run:penguins/12.1`. One iteration of a
   * loop is a run too: `penguins/12/each[2]`.
   */
  readonly run?: Maybe<Run>;
  /** Runs, newest first. */
  readonly runs: RunConnection;
  /** The server that answers, and the nodes beside it. */
  readonly server: Server;
  /** A signal name: how many there were, and which triggers listen. Null if nothing ever published it or listened to it. */
  readonly signalType?: Maybe<SignalType>;
  /** Published signals, newest first. */
  readonly signals: SignalConnection;
  /** One step of a run, or null: `step:penguins/12/train`, or in a loop `step:penguins/12/each[2]/train`. */
  readonly step?: Maybe<Step>;
  /** One workflow, or null if there is none of that id. */
  readonly workflow?: Maybe<Workflow>;
  /** All workflows, newest first. */
  readonly workflows: WorkflowConnection;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryDescribeScheduleArgs = {
  at?: InputMaybe<Scalars['String']['input']>;
  cron?: InputMaybe<Scalars['String']['input']>;
  every?: InputMaybe<Scalars['String']['input']>;
  timezone?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryExplainArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryPlanArgs = {
  input: ApplyWorkflowInput;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryRunArgs = {
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
  id: Scalars['ID']['input'];
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  atLeast?: InputMaybe<Scalars['ChangeCursor']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<RunOrder>;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QuerySignalTypeArgs = {
  name: Scalars['String']['input'];
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QuerySignalsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SignalFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryStepArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryWorkflowArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryWorkflowsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<WorkflowFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** One reason, as the engine decided it. */
export type Reason = {
  readonly __typename?: 'Reason';
  /** A stable code: `PREDECESSOR`, `STRATEGY`, `SCHEDULE`, `WHERE`, `PAUSED`, `RETRY`, `ITERATIONS`, `CHILD`, `FINALLY`, … */
  readonly code: Scalars['String']['output'];
  /** What it hangs on: a step, run, trigger or signal. */
  readonly subject?: Maybe<Scalars['ID']['output']>;
  /** One plain sentence, with the values that decided. */
  readonly text: Scalars['String']['output'];
  /** What would change it. */
  readonly unblock?: Maybe<Scalars['String']['output']>;
  /** When it will change by itself, if a time decides. */
  readonly until?: Maybe<Scalars['DateTime']['output']>;
};

/** Why the lists are made anew. */
export type RebuildListsInput = {
  /** Why. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Outcome of `rebuildLists`. */
export type RebuildListsPayload = {
  readonly __typename?: 'RebuildListsPayload';
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** How many rows there are. */
  readonly rows: Scalars['Int']['output'];
};

/** What to release. */
export type ReleaseInput = {
  /** Id of a run, trigger or workflow. */
  readonly id: Scalars['ID']['input'];
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Outcome of `release`. */
export type ReleasePayload = {
  readonly __typename?: 'ReleasePayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** What was released; null if it was refused. */
  readonly node?: Maybe<Node>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
};

/** From where to run again. */
export type RestartFrom =
  /** From the first step. */
  | 'BEGINNING'
  /** From what is incomplete: steps that are done, and what needs only those, stay as they are; in loops the iterations too. */
  | 'INCOMPLETE'
  /** From the step that `stepId` names, with all that needs it. Everything else stays as it is. */
  | 'STEP';

/** Which run to run again. */
export type RestartRunInput = {
  /** From where. */
  readonly from?: InputMaybe<RestartFrom>;
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Values that replace the run's parameters, by name. */
  readonly params?: InputMaybe<Scalars['JSON']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The run's id. */
  readonly runId: Scalars['ID']['input'];
  /** The step to begin at, `train` or `step:penguins/12/train`. Exactly with `from: STEP`. */
  readonly stepId?: InputMaybe<Scalars['ID']['input']>;
};

/** Outcome of `restartRun`. */
export type RestartRunPayload = {
  readonly __typename?: 'RestartRunPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The new attempt after the commit; null if it was refused. */
  readonly run?: Maybe<Run>;
};

/** Which run to let go on. */
export type ResumeRunInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The run's id. */
  readonly runId: Scalars['ID']['input'];
};

/** Outcome of `resumeRun`. */
export type ResumeRunPayload = {
  readonly __typename?: 'ResumeRunPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The run after the commit; null if it was refused. */
  readonly run?: Maybe<Run>;
};

/** Whose triggers to let go on. */
export type ResumeTriggersInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The workflow's id. */
  readonly workflowId: Scalars['ID']['input'];
};

/** Outcome of `resumeTriggers`. */
export type ResumeTriggersPayload = {
  readonly __typename?: 'ResumeTriggersPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The workflow after the commit; null if it was refused. */
  readonly workflow?: Maybe<Workflow>;
};

/** Which step to try again. */
export type RetryStepInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The step's id: `step:penguins/12/train` or `penguins/12/train`. */
  readonly stepId: Scalars['ID']['input'];
};

/** Outcome of `retryStep`. */
export type RetryStepPayload = {
  readonly __typename?: 'RetryStepPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Its run after the commit: a new attempt if the run had ended. Null if it was refused. */
  readonly run?: Maybe<Run>;
  /** The step after the commit; null if it was refused. */
  readonly step?: Maybe<Step>;
};

/** One run of a workflow: of its attempts the newest, unless the id names another. An iteration of a loop is a run too. */
export type Run = Node & {
  readonly __typename?: 'Run';
  /** What may be done with it now. */
  readonly allowedActions: ReadonlyArray<RunAction>;
  /** 1, and one more with each restart. */
  readonly attempt: Scalars['Int']['output'];
  /** What started it. */
  readonly cause: RunCause;
  /** How many steps are where. */
  readonly counts: ReadonlyArray<StatusCount>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The change that this answer reflects: watch on from here. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** The definition of that version. */
  readonly definition?: Maybe<WorkflowDefinition>;
  /** When it ended. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it is where it is, in sentences. */
  readonly explanation?: Maybe<Explanation>;
  /** Why it did not succeed; null unless it ended badly. */
  readonly failure?: Maybe<Failure>;
  /** `run:penguins/12` for the newest attempt, `run:penguins/12.1` for an older one, `run:penguins/12/each[2]` for an iteration. */
  readonly id: Scalars['ID']['output'];
  /** Whether it has ended for good. */
  readonly isTerminal: Scalars['Boolean']['output'];
  /** Labels given at its start, by name. */
  readonly labels: Scalars['JSON']['output'];
  /** Its number in the workflow; never used twice. */
  readonly number: Scalars['Int']['output'];
  /**
   * What its steps gave, by step and output: `{"clean": {"rows": 342}}`. Of a loop an array for each output, in the order of the
   * iterations: `{"each": {"train": {"accuracy": [0.9, 0.8]}}}`; left out where there are more than 1,000 iterations.
   */
  readonly outputs: Scalars['JSON']['output'];
  /** How each of its parameters came by its value: which layer set it, and what that overrode. */
  readonly paramTrace: ReadonlyArray<ParamTrace>;
  /** Its parameters' values, by name. */
  readonly params: Scalars['JSON']['output'];
  /** The step that runs it: the loop of an iteration, or the `workflow` step of another run. Null for all other runs. */
  readonly parent?: Maybe<Step>;
  /** For an iteration of a loop: the way to it from its run, such as `each[2]` or `each[2]/inner[0]`. Null for a run itself. */
  readonly path?: Maybe<Scalars['String']['output']>;
  /** The time it is for, when a schedule or a person named one. */
  readonly scheduledFor?: Maybe<Scalars['DateTime']['output']>;
  /** When it left the queue. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is, or how it ended. */
  readonly status: RunStatus;
  /** Its steps, in the order of the definition. */
  readonly steps: StepConnection;
  /** What happened to it, oldest first: the last 1,000 events at the most. */
  readonly timeline: ReadonlyArray<RunEvent>;
  /** Its page. */
  readonly url: Scalars['String']['output'];
  /** The version that it runs, from its start to its end. */
  readonly version: Scalars['Int']['output'];
  /** The workflow. */
  readonly workflow?: Maybe<Workflow>;
  /** The workflow's id as written in its definition. */
  readonly workflowId: Scalars['String']['output'];
};


/** One run of a workflow: of its attempts the newest, unless the id names another. An iteration of a loop is a run too. */
export type RunStepsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  phases?: InputMaybe<ReadonlyArray<StepPhase>>;
};


/** One run of a workflow: of its attempts the newest, unless the id names another. An iteration of a loop is a run too. */
export type RunTimelineArgs = {
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** What may be done with a run. */
export type RunAction =
  /** `killRun`. */
  | 'KILL'
  /** `pauseRun`. */
  | 'PAUSE'
  /** `restartRun`. */
  | 'RESTART'
  /** `resumeRun`. */
  | 'RESUME'
  /** `stopRun`. */
  | 'STOP';

/** What started a run. */
export type RunCause = {
  readonly __typename?: 'RunCause';
  /** Who asked, for MANUAL and RESTART. */
  readonly actor?: Maybe<Scalars['String']['output']>;
  /** What kind of start it was. */
  readonly kind: RunCauseKind;
  /** The signal, for SIGNAL. */
  readonly signal?: Maybe<Scalars['ID']['output']>;
  /** The step that runs it, for LOOP and WORKFLOW. */
  readonly step?: Maybe<Scalars['ID']['output']>;
  /** A few words: "ada started it", "measurements.ready arrived". */
  readonly text: Scalars['String']['output'];
  /** The trigger, for CRON and SIGNAL. */
  readonly trigger?: Maybe<Scalars['ID']['output']>;
};

/** The kinds of start. New ones may be added. */
export type RunCauseKind =
  /** A time came. */
  | 'CRON'
  /** It is one iteration of a loop. */
  | 'LOOP'
  /** Someone or something called `startRun`. */
  | 'MANUAL'
  /** An ended run was started again. */
  | 'RESTART'
  /** A signal arrived. */
  | 'SIGNAL'
  /** A step of another run runs this workflow. */
  | 'WORKFLOW';

/** A change of one run. */
export type RunChange = {
  readonly __typename?: 'RunChange';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Resume behind this. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** What happened. */
  readonly events: ReadonlyArray<RunEvent>;
  /** What it is. */
  readonly kind: ChangeKind;
  /** The run as it was after this change. */
  readonly run?: Maybe<Run>;
  /** The steps that changed; all of them in a SNAPSHOT. */
  readonly steps: ReadonlyArray<Step>;
};

/** Page of runs. */
export type RunConnection = {
  readonly __typename?: 'RunConnection';
  /** The change that this list reflects: watch on from here. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<RunEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Run>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all; counting stops at 10,000. Null when it was not asked for in time. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A run in a page. */
export type RunEdge = {
  readonly __typename?: 'RunEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The run. */
  readonly node: Run;
};

/** Something that happened to a run. */
export type RunEvent = {
  readonly __typename?: 'RunEvent';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** The change that carries it. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** The step it happened to, if it was one. */
  readonly stepId?: Maybe<Scalars['String']['output']>;
  /** One sentence that says it. */
  readonly text: Scalars['String']['output'];
  /** The event's name: `RunStarted`, `AttemptStarted`, `StepSucceeded`, … */
  readonly type: Scalars['String']['output'];
};

/** Which runs to list. */
export type RunFilter = {
  /** Only runs started by one of these. */
  readonly cause?: InputMaybe<ReadonlyArray<RunCauseKind>>;
  /** Only runs with one of these statuses. */
  readonly status?: InputMaybe<ReadonlyArray<RunStatus>>;
  /** Only runs of this workflow: `penguins` or `workflow:penguins`. */
  readonly workflowId?: InputMaybe<Scalars['ID']['input']>;
};

/** In which order to list runs. */
export type RunOrder =
  /** The newest first. */
  | 'NEWEST_FIRST'
  /** The oldest first. */
  | 'OLDEST_FIRST';

/** Where a run is, or how it ended. New words may be added. */
export type RunStatus =
  /** A step failed, or someone killed it. */
  | 'FAILED'
  /** Someone paused it: no step starts until it is resumed. */
  | 'PAUSED'
  /** It waits for runs before it, as the run strategy says. */
  | 'QUEUED'
  /** Its steps are going on. */
  | 'RUNNING'
  /** Someone stopped it, or the run strategy did. */
  | 'STOPPED'
  /** Everything that had to run has run. */
  | 'SUCCEEDED'
  /** It took longer than its timeout. */
  | 'TIMED_OUT';

/** When something fires. */
export type ScheduleDescription = {
  readonly __typename?: 'ScheduleDescription';
  /** The next times, fewer if there are no more. `every` is counted from when a trigger was armed, or else from now. */
  readonly nextFires: ReadonlyArray<Scalars['DateTime']['output']>;
  /**
   * What happens when clocks jump next, if that touches it within a year: "on 29 March 2026 02:30 does not exist there, so it
   * runs at 03:00".
   */
  readonly note?: Maybe<Scalars['String']['output']>;
  /** In plain words: "every weekday at 06:00 in Madrid", "every 15 minutes", "once, on 24 December 2026 at 18:00 in Madrid". */
  readonly text: Scalars['String']['output'];
};


/** When something fires. */
export type ScheduleDescriptionNextFiresArgs = {
  first?: Scalars['Int']['input'];
};

/** The server that answers. */
export type Server = {
  readonly __typename?: 'Server';
  /** Where the change feed is: watch everything from here. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** Its own name. */
  readonly nodeId: Scalars['String']['output'];
  /** All living nodes. */
  readonly nodes: ReadonlyArray<ServerNode>;
  /** Whether it makes changes, or stands by to take over. */
  readonly role: ServerRole;
  /** Its version. */
  readonly version: Scalars['String']['output'];
};

/** A living node. */
export type ServerNode = {
  readonly __typename?: 'ServerNode';
  /** Where it is reached. */
  readonly address: Scalars['String']['output'];
  /** Its name. */
  readonly nodeId: Scalars['String']['output'];
  /** How many partitions it owns. */
  readonly partitions: Scalars['Int']['output'];
};

/** What a node does. */
export type ServerRole =
  /** It makes changes. */
  | 'OWNER'
  /** It answers queries and takes over when the owner is gone. */
  | 'STANDBY';

/** A published signal: a named fact. */
export type Signal = Node & {
  readonly __typename?: 'Signal';
  /** `signal:01JD…`. */
  readonly id: Scalars['ID']['output'];
  /** What the triggers made of it, so far: at most 100. */
  readonly matches: ReadonlyArray<SignalMatch>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** When the fact happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** Its parameters, by name: what triggers look at. */
  readonly params: Scalars['JSON']['output'];
  /** What it carries beside its parameters. */
  readonly payload?: Maybe<Scalars['JSON']['output']>;
  /** When it was published. */
  readonly publishedAt: Scalars['DateTime']['output'];
  /** Who or what published it. */
  readonly publishedBy: Scalars['String']['output'];
  /** Its number among the signals of its name. */
  readonly sequence: Scalars['Int']['output'];
  /** Whether every listening trigger has said what it made of it. */
  readonly settled: Scalars['Boolean']['output'];
};

/** A change of signals. */
export type SignalChange = {
  readonly __typename?: 'SignalChange';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Resume behind this. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** What it is. */
  readonly kind: ChangeKind;
  /** Signals that were published or that triggers judged. */
  readonly signals: ReadonlyArray<Signal>;
};

/** Page of signals. */
export type SignalConnection = {
  readonly __typename?: 'SignalConnection';
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<SignalEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Signal>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all; counting stops at 10,000. Null when it was not asked for in time. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A signal in a page. */
export type SignalEdge = {
  readonly __typename?: 'SignalEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The signal. */
  readonly node: Signal;
};

/** Which signals to list. */
export type SignalFilter = {
  /** Only signals of this name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

/** One of several signals to publish. */
export type SignalInput = {
  /** Its name. */
  readonly name: Scalars['String']['input'];
  /** When the fact happened; now if not given. */
  readonly occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Its parameters, by name. */
  readonly params?: InputMaybe<Scalars['JSON']['input']>;
  /** What it carries beside its parameters. */
  readonly payload?: InputMaybe<Scalars['JSON']['input']>;
};

/** What one trigger made of one signal. */
export type SignalMatch = {
  readonly __typename?: 'SignalMatch';
  /** The run that it started, for STARTED. */
  readonly runId?: Maybe<Scalars['ID']['output']>;
  /** One sentence: what decided, with the values. */
  readonly text: Scalars['String']['output'];
  /** The trigger. */
  readonly triggerId: Scalars['ID']['output'];
  /** What it made of the signal. */
  readonly verdict: SignalVerdict;
  /** Its workflow. */
  readonly workflowId: Scalars['String']['output'];
};

/** A signal name. */
export type SignalType = {
  readonly __typename?: 'SignalType';
  /** The triggers that listen to it. */
  readonly listeners: ReadonlyArray<Trigger>;
  /** The name. */
  readonly name: Scalars['String']['output'];
  /** How many signals of it were published. */
  readonly published: Scalars['Int']['output'];
};

/** What a trigger made of a signal. New words may be added. */
export type SignalVerdict =
  /** The workflow's triggers are paused. */
  | 'PAUSED'
  /** It matched, but the run could not be made. */
  | 'REFUSED'
  /** It started a run. */
  | 'STARTED'
  /** A clause of `where` was not met. */
  | 'UNMET';

/** Which step to skip. */
export type SkipStepInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The step's id: `step:penguins/12/train` or `penguins/12/train`. */
  readonly stepId: Scalars['ID']['input'];
};

/** Outcome of `skipStep`. */
export type SkipStepPayload = {
  readonly __typename?: 'SkipStepPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Its run after the commit: a new attempt if the run had ended. Null if it was refused. */
  readonly run?: Maybe<Run>;
  /** The step after the commit; null if it was refused. */
  readonly step?: Maybe<Step>;
};

/** What to run. */
export type StartRunInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Labels, by name; values are text. */
  readonly labels?: InputMaybe<Scalars['JSON']['input']>;
  /** Values for its parameters, by name. */
  readonly params?: InputMaybe<Scalars['JSON']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The time the run is for. */
  readonly scheduledFor?: InputMaybe<Scalars['DateTime']['input']>;
  /** A version's number; the active one if not given. */
  readonly version?: InputMaybe<Scalars['Int']['input']>;
  /** `penguins` or `workflow:penguins`. */
  readonly workflowId: Scalars['ID']['input'];
};

/** Outcome of `startRun`. */
export type StartRunPayload = {
  readonly __typename?: 'StartRunPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The run after the commit; null if it was refused. */
  readonly run?: Maybe<Run>;
};

/** How many steps have a status. */
export type StatusCount = {
  readonly __typename?: 'StatusCount';
  /** How many steps have it. */
  readonly count: Scalars['Int']['output'];
  /** The status. */
  readonly status: StepStatus;
};

/** One step of one run. */
export type Step = Node & {
  readonly __typename?: 'Step';
  /** What may be done with it now. */
  readonly allowedActions: ReadonlyArray<StepAction>;
  /** Files that it kept. */
  readonly artifacts: ReadonlyArray<Artifact>;
  /** Its tries, oldest first. */
  readonly attempts: ReadonlyArray<StepAttempt>;
  /** For `workflow`: the run that it started, once there is one. */
  readonly child?: Maybe<Run>;
  /** When it ended. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it is where it is, in sentences. */
  readonly explanation?: Maybe<Explanation>;
  /** Why it did not succeed. */
  readonly failure?: Maybe<Failure>;
  /** `step:penguins/12/train`, or in a loop `step:penguins/12/each[2]/train`. */
  readonly id: Scalars['ID']['output'];
  /** Whether it stands under `finally`: it runs last, whatever became of the others. */
  readonly isFinal: Scalars['Boolean']['output'];
  /** For `foreach` and `while`: the iterations that have begun, in order. Null for all others. */
  readonly iterations?: Maybe<IterationConnection>;
  /** The attempt of the run in which it ended, where a restart kept it as it was. Null if it belongs to this attempt. */
  readonly keptFrom?: Maybe<Scalars['Int']['output']>;
  /** What it does: `shell`, `python`, `node`, `publish`, `sleep`, `noop`, `foreach`, `while` or `workflow`. */
  readonly kind: Scalars['String']['output'];
  /** The last lines that its newest attempt printed. */
  readonly logTail: ReadonlyArray<LogLine>;
  /** For `foreach` and `while`: how far it is. Null for all others, and before it begins. */
  readonly loop?: Maybe<Loop>;
  /** A name for people, if there is one. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Ids of the steps that must be complete first. */
  readonly needs: ReadonlyArray<Scalars['String']['output']>;
  /** What its failure means for the run. */
  readonly onFailure: FailureMode;
  /** What it gave, by name. */
  readonly outputs: Scalars['JSON']['output'];
  /** Where it is in six words that never change. */
  readonly phase: StepPhase;
  /** When its first attempt began. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is in detail. */
  readonly status: StepStatus;
  /** The step's id within its workflow. */
  readonly stepId: Scalars['String']['output'];
};


/** One step of one run. */
export type StepIterationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  statuses?: InputMaybe<ReadonlyArray<RunStatus>>;
};


/** One step of one run. */
export type StepLogTailArgs = {
  lines?: InputMaybe<Scalars['Int']['input']>;
};

/** What may be done with a step. */
export type StepAction =
  /** `retryStep`. */
  | 'RETRY'
  /** `skipStep`. */
  | 'SKIP';

/** One try of a step. */
export type StepAttempt = {
  readonly __typename?: 'StepAttempt';
  /** When it ended; null while it goes on. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it did not succeed. */
  readonly failure?: Maybe<Failure>;
  /** `attempt:penguins/12.1/train/1`: what the step sees as `DOWNBEAT_ATTEMPT_ID`. */
  readonly id: Scalars['ID']['output'];
  /** Its number, from 1. */
  readonly number: Scalars['Int']['output'];
  /** When it began. */
  readonly startedAt: Scalars['DateTime']['output'];
};

/** Page of steps. */
export type StepConnection = {
  readonly __typename?: 'StepConnection';
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<StepEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Step>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A step as defined. */
export type StepDefinition = {
  readonly __typename?: 'StepDefinition';
  /** What it does: `shell`, `python`, `node`, `publish`, `sleep`, `noop`, `foreach`, `while` or `workflow`. */
  readonly kind: Scalars['String']['output'];
  /** A name for people, if there is one. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Ids of the steps that must be complete first. */
  readonly needs: ReadonlyArray<Scalars['String']['output']>;
  /** What its failure means for the run. */
  readonly onFailure: FailureMode;
  /** The step's id within its workflow. */
  readonly stepId: Scalars['String']['output'];
  /** For `foreach` and `while`: the steps that run in each iteration. Empty for all others. */
  readonly steps: ReadonlyArray<StepDefinition>;
  /** The condition under which it runs, if there is one. */
  readonly when?: Maybe<Scalars['String']['output']>;
  /** For `workflow`: the workflow that it runs. */
  readonly workflowId?: Maybe<Scalars['String']['output']>;
};

/** A step in a page. */
export type StepEdge = {
  readonly __typename?: 'StepEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The step. */
  readonly node: Step;
};

/** Where a step is, in six words that never change. */
export type StepPhase =
  /** Did not succeed. */
  | 'FAILED'
  /** Going on. */
  | 'RUNNING'
  /** Left out, by its condition or by someone, and that is fine. */
  | 'SKIPPED'
  /** Someone stopped it. */
  | 'STOPPED'
  /** Done; also if it failed and its definition says to go on all the same. */
  | 'SUCCEEDED'
  /** Not yet begun, or waiting to be tried again. */
  | 'WAITING';

/** Where a step is, in detail. New words may be added. */
export type StepStatus =
  /** It failed, and its `onFailure: ignore` lets the run go on. */
  | 'COMPLETED_WITH_ERROR'
  /** It failed for good. */
  | 'FAILED'
  /** It waits for the steps that it needs. */
  | 'NOT_CREATED'
  /** It failed and will be tried again. */
  | 'RETRY_PENDING'
  /** It is going on. */
  | 'RUNNING'
  /** Someone skipped it: the run goes on as if it were done. */
  | 'SKIPPED'
  /** It was stopped. */
  | 'STOPPED'
  /** It is done. */
  | 'SUCCEEDED'
  /** It took longer than its timeout. */
  | 'TIMED_OUT'
  /** Its condition is false, or no step that it needs leads to it. */
  | 'UNSATISFIED';

/** Which run to stop. */
export type StopRunInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The run's id. */
  readonly runId: Scalars['ID']['input'];
};

/** Outcome of `stopRun`. */
export type StopRunPayload = {
  readonly __typename?: 'StopRunPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The run after the commit; null if it was refused. */
  readonly run?: Maybe<Run>;
};

/** What can be watched. With `after`, everything behind that place and then live, without a gap or a repeat; without it a SNAPSHOT, then live. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Every commit of the fleet. */
  readonly changes: Change;
  /** One run. Completes after the change that ends this attempt. */
  readonly runChanges: RunChange;
  /** Published signals, of one name or of all. */
  readonly signalChanges: SignalChange;
  /** What a step prints, line by line. Completes after the last line of an attempt that has ended. */
  readonly stepLogs: LogChunk;
  /** One workflow: its versions, triggers and runs. */
  readonly workflowChanges: WorkflowChange;
};


/** What can be watched. With `after`, everything behind that place and then live, without a gap or a repeat; without it a SNAPSHOT, then live. */
export type SubscriptionChangesArgs = {
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  filter?: InputMaybe<ChangeFilter>;
};


/** What can be watched. With `after`, everything behind that place and then live, without a gap or a repeat; without it a SNAPSHOT, then live. */
export type SubscriptionRunChangesArgs = {
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  runId: Scalars['ID']['input'];
};


/** What can be watched. With `after`, everything behind that place and then live, without a gap or a repeat; without it a SNAPSHOT, then live. */
export type SubscriptionSignalChangesArgs = {
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
};


/** What can be watched. With `after`, everything behind that place and then live, without a gap or a repeat; without it a SNAPSHOT, then live. */
export type SubscriptionStepLogsArgs = {
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  attempt?: InputMaybe<Scalars['Int']['input']>;
  stepId: Scalars['ID']['input'];
};


/** What can be watched. With `after`, everything behind that place and then live, without a gap or a repeat; without it a SNAPSHOT, then live. */
export type SubscriptionWorkflowChangesArgs = {
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  workflowId: Scalars['ID']['input'];
};

/** What starts runs of a workflow by itself. */
export type Trigger = Node & {
  readonly __typename?: 'Trigger';
  /** Whether it can start runs now: it belongs to the active version, and listens. */
  readonly armed: Scalars['Boolean']['output'];
  /** Why it has not started a run, in sentences. */
  readonly explanation?: Maybe<Explanation>;
  /** `trigger:penguins/measurements.ready`. */
  readonly id: Scalars['ID']['output'];
  /** What kind of trigger it is. */
  readonly kind: TriggerKind;
  /** When it last started a run, and which. */
  readonly lastFired?: Maybe<TriggerFire>;
  /** Its name within the workflow. */
  readonly name: Scalars['String']['output'];
  /** For triggers at times: the time that it fires for next. With a `jitter` the run starts a little later. */
  readonly nextFire?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it is kept from starting runs. */
  readonly paused: Scalars['Boolean']['output'];
  /** When it fires, for a trigger at times; null for others. */
  readonly schedule?: Maybe<ScheduleDescription>;
  /** For triggers at times: ticks that were missed and left out, as `catchUp` says or since the schedule was changed meanwhile. */
  readonly skipped: Scalars['Int']['output'];
  /** How many runs it has started. */
  readonly started: Scalars['Int']['output'];
  /** In plain words: "every weekday at 06:00 in Madrid". */
  readonly text: Scalars['String']['output'];
  /** The workflow's id. */
  readonly workflowId: Scalars['String']['output'];
};

/** A time at which a trigger started a run. */
export type TriggerFire = {
  readonly __typename?: 'TriggerFire';
  /** When; for CRON the tick. */
  readonly at: Scalars['DateTime']['output'];
  /** The run. */
  readonly runId: Scalars['ID']['output'];
};

/** The kinds of trigger. New ones may be added. */
export type TriggerKind =
  /** Fires once. */
  | 'AT'
  /** Fires at the times that a cron expression names. */
  | 'CRON'
  /** Fires again and again, after the same length of time. */
  | 'EVERY'
  /** Fires on signals. */
  | 'SIGNAL';

/** Whose queue to let go on. */
export type UnblockWorkflowInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The workflow's id. */
  readonly workflowId: Scalars['ID']['input'];
};

/** Outcome of `unblockWorkflow`. */
export type UnblockWorkflowPayload = {
  readonly __typename?: 'UnblockWorkflowPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The workflow after the commit; null if it was refused. */
  readonly workflow?: Maybe<Workflow>;
};

/** A problem that the caller can cause or cure. */
export type UserError = {
  /** A stable code. */
  readonly code: ErrorCode;
  /** Where to read more. */
  readonly docs: Scalars['String']['output'];
  /** What to do next. */
  readonly hint?: Maybe<Scalars['String']['output']>;
  /** What is wrong, in one sentence. */
  readonly message: Scalars['String']['output'];
  /** Where in the input, outermost first. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** Outcome of `validateWorkflow`. */
export type ValidateWorkflowPayload = {
  readonly __typename?: 'ValidateWorkflowPayload';
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Paths of the files that it names. */
  readonly files: ReadonlyArray<Scalars['String']['output']>;
  /** Whether it could be applied. */
  readonly valid: Scalars['Boolean']['output'];
  /** The workflow's id, if it could be read. */
  readonly workflowId?: Maybe<Scalars['String']['output']>;
};

/** Someone else changed it meanwhile. */
export type VersionConflict = UserError & {
  readonly __typename?: 'VersionConflict';
  /** A stable code. */
  readonly code: ErrorCode;
  /** The version that is current. */
  readonly currentVersion: Scalars['Int']['output'];
  /** Where to read more. */
  readonly docs: Scalars['String']['output'];
  /** What to do next. */
  readonly hint?: Maybe<Scalars['String']['output']>;
  /** What is wrong, in one sentence. */
  readonly message: Scalars['String']['output'];
  /** Where in the input, outermost first. */
  readonly path?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
};

/** A workflow: steps that run when something starts them. */
export type Workflow = Node & {
  readonly __typename?: 'Workflow';
  /** The version that starts use; null if none is active. */
  readonly activeVersion?: Maybe<Scalars['Int']['output']>;
  /** When its first version was applied. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The definition of the active version, or of the one asked for. */
  readonly definition?: Maybe<WorkflowDefinition>;
  /** What it is for, as the active version says. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** `workflow:penguins`. */
  readonly id: Scalars['ID']['output'];
  /** A name for people, if the definition gives one. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Who answers for it. */
  readonly owner?: Maybe<Scalars['String']['output']>;
  /** Its runs, newest first. */
  readonly runs: RunConnection;
  /** The triggers of the active version. */
  readonly triggers: ReadonlyArray<Trigger>;
  /** Whether its triggers are kept from starting runs. */
  readonly triggersPaused: Scalars['Boolean']['output'];
  /** When it was last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** Its page. */
  readonly url: Scalars['String']['output'];
  /** How many versions there are. */
  readonly versionCount: Scalars['Int']['output'];
  /** Its versions, newest first. */
  readonly versions: WorkflowVersionConnection;
  /** The id as written in the definition: `penguins`. */
  readonly workflowId: Scalars['String']['output'];
};


/** A workflow: steps that run when something starts them. */
export type WorkflowDefinitionArgs = {
  version?: InputMaybe<Scalars['Int']['input']>;
};


/** A workflow: steps that run when something starts them. */
export type WorkflowRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<RunFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A workflow: steps that run when something starts them. */
export type WorkflowVersionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A change of one workflow. */
export type WorkflowChange = {
  readonly __typename?: 'WorkflowChange';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Resume behind this. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** Ids of everything that changed. */
  readonly ids: ReadonlyArray<Scalars['ID']['output']>;
  /** What it is. */
  readonly kind: ChangeKind;
  /** The runs that changed. */
  readonly runs: ReadonlyArray<Run>;
  /** The workflow as it was after this change. */
  readonly workflow?: Maybe<Workflow>;
};

/** Page of workflows. */
export type WorkflowConnection = {
  readonly __typename?: 'WorkflowConnection';
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<WorkflowEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Workflow>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all; counting stops at 10,000. Null when it was not asked for in time. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A version of a workflow: immutable. */
export type WorkflowDefinition = {
  readonly __typename?: 'WorkflowDefinition';
  /** When it was applied. */
  readonly appliedAt: Scalars['DateTime']['output'];
  /** Who applied it. */
  readonly appliedBy: Scalars['String']['output'];
  /** The steps that run last, whatever became of the others. */
  readonly finally: ReadonlyArray<StepDefinition>;
  /** SHA-256 of its canonical JSON. */
  readonly hash: Scalars['String']['output'];
  /** The definition as canonical JSON. */
  readonly json: Scalars['JSON']['output'];
  /** The definition as Maestro's JSON, which imports as the same definition; null unless it was imported from Maestro. */
  readonly maestroJson?: Maybe<Scalars['JSON']['output']>;
  /** Its parameters, in order. */
  readonly params: ReadonlyArray<ParamDeclaration>;
  /** What becomes of several runs: `sequential`, `strict-sequential`, `first-only`, `last-only`, `latest-only` or `parallel(5)`. */
  readonly runStrategy: Scalars['String']['output'];
  /** Its steps, in order. */
  readonly steps: ReadonlyArray<StepDefinition>;
  /** The version's number, from 1. */
  readonly version: Scalars['Int']['output'];
};

/** A workflow in a page. */
export type WorkflowEdge = {
  readonly __typename?: 'WorkflowEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The workflow. */
  readonly node: Workflow;
};

/** Which workflows to list. */
export type WorkflowFilter = {
  /** Only those of this owner. */
  readonly owner?: InputMaybe<Scalars['String']['input']>;
  /** Only ids that begin like this, whatever the case. */
  readonly prefix?: InputMaybe<Scalars['String']['input']>;
};

/** A line in the list of a workflow's versions. */
export type WorkflowVersion = {
  readonly __typename?: 'WorkflowVersion';
  /** When it was applied. */
  readonly appliedAt: Scalars['DateTime']['output'];
  /** Who applied it. */
  readonly appliedBy: Scalars['String']['output'];
  /** What it defines. */
  readonly definition: WorkflowDefinition;
  /** SHA-256 of the canonical JSON of its definition. */
  readonly hash: Scalars['String']['output'];
  /** Whether starts use it. */
  readonly isActive: Scalars['Boolean']['output'];
  /** The version's number, from 1. */
  readonly version: Scalars['Int']['output'];
};

/** A page of a workflow's versions. */
export type WorkflowVersionConnection = {
  readonly __typename?: 'WorkflowVersionConnection';
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<WorkflowVersionEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<WorkflowVersion>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A version in a page. */
export type WorkflowVersionEdge = {
  readonly __typename?: 'WorkflowVersionEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The version. */
  readonly node: WorkflowVersion;
};
