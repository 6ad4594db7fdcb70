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

/**
 * A run over its restarts: of each step the newest attempt of the run in which it came to something. A restart from the beginning
 * begins anew: what was before it does not count.
 */
export type AggregatedRun = {
  readonly __typename?: 'AggregatedRun';
  /**
   * What all attempts come to: the run's own status, unless it succeeded by leaving out a step that had ended badly before, or one
   * that has never run: then as that step, or the attempt before, ended.
   */
  readonly status: RunStatus;
  /** Its steps, in the order of the definition. */
  readonly steps: ReadonlyArray<AggregatedStep>;
};

/** A step of a run over its restarts. */
export type AggregatedStep = {
  readonly __typename?: 'AggregatedStep';
  /** The attempt of that run. */
  readonly attempt: Scalars['Int']['output'];
  /** When it ended there. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The run in which it came to that: an earlier attempt, or where a fork kept it, another run. */
  readonly runId: Scalars['ID']['output'];
  /** When it began there. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is, or how it ended. */
  readonly status: StepStatus;
  /** Its id in the definition. */
  readonly stepId: Scalars['String']['output'];
};

/** What to apply. */
export type ApplyBackfillInput = {
  /** The plan's id. */
  readonly backfillId: Scalars['ID']['input'];
  /** The hash of the plan that was read. */
  readonly hash: Scalars['String']['input'];
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What applying a plan came to. */
export type ApplyBackfillPayload = {
  readonly __typename?: 'ApplyBackfillPayload';
  /** The backfill after the commit; null if it was refused. */
  readonly backfill?: Maybe<Backfill>;
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Refused since the world moved: the lines that would come to something else now, at most 1,000 of them. */
  readonly differences: ReadonlyArray<BackfillDifference>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Refused since the world moved: the hash of the plan as it would be now. Applying with it means to agree to the differences. */
  readonly newHash?: Maybe<Scalars['String']['output']>;
  /** Refused since the world moved: the version that the runs would be of now. */
  readonly newVersion?: Maybe<Scalars['Int']['output']>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
};

/** Which preview to apply. */
export type ApplyBulkInput = {
  /** Why; kept in the audit of each run. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Of the preview. */
  readonly token: Scalars['String']['input'];
};

/** Outcome of `applyBulk`. */
export type ApplyBulkPayload = {
  readonly __typename?: 'ApplyBulkPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Runs of the preview that did not match any more, and were left alone. */
  readonly gone: ReadonlyArray<Scalars['ID']['output']>;
  /** How many match only since the preview; they were left alone. */
  readonly joined: Scalars['Int']['output'];
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** What came of it, for each run or workflow. */
  readonly results: ReadonlyArray<BulkResult>;
};

/** Which pool to apply. */
export type ApplyPoolInput = {
  /** The same as JSON. */
  readonly definition?: InputMaybe<Scalars['JSON']['input']>;
  /** The version that is current, or 0 for a new pool: refused if it is another. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** A document of `kind: pool` as YAML or JSON. Exactly one of `source` and `definition`. */
  readonly source?: InputMaybe<Scalars['String']['input']>;
};

/** What applying a pool came to. */
export type ApplyPoolPayload = {
  readonly __typename?: 'ApplyPoolPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** The pool after the commit; null if it was refused. */
  readonly pool?: Maybe<Pool>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Whether nothing has changed. */
  readonly unchanged: Scalars['Boolean']['output'];
};

/** The contract of a signal. */
export type ApplySignalTypeInput = {
  /** Refuse unless this is the newest version; 0 if there must be none yet. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Apply it also if it refuses what the version before accepted. Absent: no. */
  readonly force?: InputMaybe<Scalars['Boolean']['input']>;
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The document, in YAML or JSON: `kind: signal`, `name`, `params`. */
  readonly source: Scalars['String']['input'];
};

/** Outcome of `applySignalType`. */
export type ApplySignalTypePayload = {
  readonly __typename?: 'ApplySignalTypePayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The signal name with its contract; null if it was refused. */
  readonly signalType?: Maybe<SignalType>;
  /** Whether that version was there already. */
  readonly unchanged: Scalars['Boolean']['output'];
  /** The version that holds now. */
  readonly version?: Maybe<Scalars['Int']['output']>;
};

/** A template, and the files that its step names. */
export type ApplyTemplateInput = {
  /** Refuse unless this is the newest version; 0 for "there is none yet". */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The files that it names. */
  readonly files?: InputMaybe<ReadonlyArray<FileInput>>;
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The template as text, YAML or JSON: one document with `kind: template`. */
  readonly source: Scalars['String']['input'];
};

/** Outcome of `applyTemplate`. */
export type ApplyTemplatePayload = {
  readonly __typename?: 'ApplyTemplatePayload';
  /** The commit; null if there was none. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this repeats the outcome of an earlier call with the same idempotency key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The template with this version; null if it was refused. */
  readonly template?: Maybe<Template>;
  /** Whether the newest version had this content already. */
  readonly unchanged: Scalars['Boolean']['output'];
  /** The version with this content. */
  readonly version?: Maybe<Scalars['Int']['output']>;
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

/** A page of the audit. */
export type AuditConnection = {
  readonly __typename?: 'AuditConnection';
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<AuditEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<AuditEntry>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all; counting stops at 10,000. Null when it was not asked for in time. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A line of the audit in a page. */
export type AuditEdge = {
  readonly __typename?: 'AuditEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The line. */
  readonly node: AuditEntry;
};

/** One thing that somebody did. */
export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  /** Ids of what it was about: the innermost first, at most 20. */
  readonly about: ReadonlyArray<Scalars['ID']['output']>;
  /** Who. */
  readonly actor: Scalars['String']['output'];
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** The commit. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** `audit:3.120.0`: partition, block and commit. */
  readonly id: Scalars['ID']['output'];
  /** What: the name of the mutation, such as `stopRun`. */
  readonly operation: Scalars['String']['output'];
  /** Why, if they said so. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** What was done and what came of it, in a sentence. */
  readonly text: Scalars['String']['output'];
};

/** Which lines of the audit to list. */
export type AuditFilter = {
  /** Only what was about this: a workflow, run, step, trigger, signal, or the name of a signal as `signalType:name`. */
  readonly about?: InputMaybe<Scalars['ID']['input']>;
  /** Only what this person or service did. */
  readonly actor?: InputMaybe<Scalars['String']['input']>;
  /** Only what was done then. */
  readonly at?: InputMaybe<TimeRange>;
  /** Only these: names of mutations, such as `stopRun`. A name that there is not is refused. */
  readonly operations?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** One signal that a step waits for before its work begins. */
export type AwaitedSignal = {
  readonly __typename?: 'AwaitedSignal';
  /** The name under which its parameters are outputs, where the step waits for several. */
  readonly as?: Maybe<Scalars['String']['output']>;
  /** Only what was published then or later counts. Null: whenever it was. */
  readonly from?: Maybe<Scalars['DateTime']['output']>;
  /** The signal's name. */
  readonly name: Scalars['String']['output'];
  /** Its number among the signals of its name. */
  readonly sequence?: Maybe<Scalars['Int']['output']>;
  /** The signal that the step took: `signal:01JD…`. Null before one has come. */
  readonly signalId?: Maybe<Scalars['ID']['output']>;
  /** Whether one has come. */
  readonly state: AwaitedSignalState;
  /** What its parameters must be, with the values of this run: `place == "Biscoe"`. */
  readonly where: ReadonlyArray<Scalars['String']['output']>;
};

/** Where a signal is that a step waits for. */
export type AwaitedSignalState =
  /** None has come yet that meets what is demanded. */
  | 'AWAITED'
  /** Someone let the step go on without it. */
  | 'BYPASSED'
  /** One has come. */
  | 'FOUND';

/** A plan with one line for each run that is wanted, and how far its runs are once it was applied. */
export type Backfill = Node & {
  readonly __typename?: 'Backfill';
  /** Who planned it. */
  readonly actor: Scalars['String']['output'];
  /** What can be done with it now. */
  readonly allowedActions: ReadonlyArray<BackfillAction>;
  /** When it was applied; null if it was not. */
  readonly appliedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who applied it. */
  readonly appliedBy?: Maybe<Scalars['String']['output']>;
  /** How many of its runs wait or go on at once. */
  readonly concurrency: Scalars['Int']['output'];
  /** Of the lines that get a run: how many are where. */
  readonly counts: ReadonlyArray<BackfillLineCount>;
  /** When it was planned. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The change that this reflects. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** When it ended. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How long its runs may take in all, going by the last runs that succeeded; null if there are none. */
  readonly estimatedMs?: Maybe<Scalars['Float']['output']>;
  /** Until when the plan can be applied. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Why it is where it is. */
  readonly explanation?: Maybe<Explanation>;
  /** The first moment that it is for; null for keys. */
  readonly from?: Maybe<Scalars['DateTime']['output']>;
  /** Names the plan with everything that it saw: applying takes it. */
  readonly hash: Scalars['String']['output'];
  /** `backfill:penguins/3` */
  readonly id: Scalars['ID']['output'];
  /** Its lines, in the order in which they begin: 1 to 100 at a time. */
  readonly lines: BackfillLineConnection;
  /** Counts the backfills of the workflow from 1. */
  readonly number: Scalars['Int']['output'];
  /** In which order its lines begin. */
  readonly order: BackfillOrder;
  /** Parameters of every run of it, by name. */
  readonly params: Scalars['JSON']['output'];
  /** Which lines get a run. */
  readonly redo: BackfillRedo;
  /** Where it is, or how it ended. */
  readonly status: BackfillStatus;
  /** It pauses by itself after so many failures; null: it does not. */
  readonly stopAfterFailures?: Maybe<Scalars['Int']['output']>;
  /** What its lines stand for: "each time of daily, from 2026-11-01 to 2026-11-07". */
  readonly text: Scalars['String']['output'];
  /** The last moment that it is for; null for keys. */
  readonly to?: Maybe<Scalars['DateTime']['output']>;
  /** How many lines the plan has. */
  readonly total: Scalars['Int']['output'];
  /** The trigger whose times its lines are, if they are one's. */
  readonly triggerId?: Maybe<Scalars['ID']['output']>;
  /** Its page. */
  readonly url: Scalars['String']['output'];
  /** How many lines come to what. */
  readonly verdicts: ReadonlyArray<BackfillVerdictCount>;
  /** The version that its runs are of. */
  readonly version: Scalars['Int']['output'];
  /** The workflow. */
  readonly workflow?: Maybe<Workflow>;
  /** The workflow's own id. */
  readonly workflowId: Scalars['String']['output'];
};


/** A plan with one line for each run that is wanted, and how far its runs are once it was applied. */
export type BackfillLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What can be done with a backfill. */
export type BackfillAction =
  /** `applyBackfill` */
  | 'APPLY'
  /** `cancelBackfill` */
  | 'CANCEL'
  /** `pauseBackfill` */
  | 'PAUSE'
  /** `resumeBackfill` */
  | 'RESUME'
  /** `retryBackfill` */
  | 'RETRY';

/** A change of one backfill. */
export type BackfillChange = {
  readonly __typename?: 'BackfillChange';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** The backfill as it is now; null for HEARTBEAT and LAGGED. */
  readonly backfill?: Maybe<Backfill>;
  /** Resume behind this. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** What it is. */
  readonly kind: ChangeKind;
};

/** A page of backfills. */
export type BackfillConnection = {
  readonly __typename?: 'BackfillConnection';
  /** The change that this list reflects. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<BackfillEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Backfill>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all; counting stops at 10,000. Null when it was not asked for in time. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** One line of a plan that would come to something else now. */
export type BackfillDifference = {
  readonly __typename?: 'BackfillDifference';
  /** What it would come to now; null if there would be no such line. */
  readonly after?: Maybe<BackfillVerdict>;
  /** What it came to; null if the plan has no such line. */
  readonly before?: Maybe<BackfillVerdict>;
  /** The parameters that make its key, by name; null for a time. */
  readonly params?: Maybe<Scalars['JSON']['output']>;
  /** The run that makes the difference, if there is one. */
  readonly runId?: Maybe<Scalars['ID']['output']>;
  /** The time that its run is for; null for a key. */
  readonly scheduledFor?: Maybe<Scalars['DateTime']['output']>;
  /** The same in words: "had no run yet; now is left out: run 12 succeeded". */
  readonly text: Scalars['String']['output'];
};

/** A backfill on a page. */
export type BackfillEdge = {
  readonly __typename?: 'BackfillEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The backfill. */
  readonly node: Backfill;
};

/** Which backfills to list. */
export type BackfillFilter = {
  /** Only those with one of these statuses. */
  readonly status?: InputMaybe<ReadonlyArray<BackfillStatus>>;
  /** Only those of this workflow. */
  readonly workflowId?: InputMaybe<Scalars['ID']['input']>;
};

/** One line of a backfill. */
export type BackfillLine = {
  readonly __typename?: 'BackfillLine';
  /** From 0, in the order in which they begin. */
  readonly index: Scalars['Int']['output'];
  /** Why its run could not be made. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** The parameters that make its key, by name; null for a time. */
  readonly params?: Maybe<Scalars['JSON']['output']>;
  /** The run that it made. */
  readonly runId?: Maybe<Scalars['ID']['output']>;
  /** The time that its run is for; null for a key. */
  readonly scheduledFor?: Maybe<Scalars['DateTime']['output']>;
  /** The run that the plan found for it; null if there was none. */
  readonly seenRunId?: Maybe<Scalars['ID']['output']>;
  /** Where it is; null if it gets no run. */
  readonly status?: Maybe<BackfillLineStatus>;
  /** The same in words: "has no run yet", "is left out: run 12 succeeded". */
  readonly text: Scalars['String']['output'];
  /** What it comes to. */
  readonly verdict: BackfillVerdict;
};

/** A page of a backfill's lines. */
export type BackfillLineConnection = {
  readonly __typename?: 'BackfillLineConnection';
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<BackfillLineEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<BackfillLine>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all. */
  readonly totalCount: Scalars['Int']['output'];
};

/** How many lines are where. */
export type BackfillLineCount = {
  readonly __typename?: 'BackfillLineCount';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** Where. */
  readonly status: BackfillLineStatus;
};

/** A line on a page. */
export type BackfillLineEdge = {
  readonly __typename?: 'BackfillLineEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The line. */
  readonly node: BackfillLine;
};

/** Where a line of a backfill is. New ones may be added. */
export type BackfillLineStatus =
  /** Its run failed. */
  | 'FAILED'
  /** Its run could not be made. */
  | 'REFUSED'
  /** Its run waits in the queue or goes on. */
  | 'RUNNING'
  /** Its run was stopped. */
  | 'STOPPED'
  /** Its run succeeded. */
  | 'SUCCEEDED'
  /** Its run took longer than its timeout. */
  | 'TIMED_OUT'
  /** It gets a run, and has none yet. */
  | 'WAITING';

/** In which order the lines of a backfill begin. */
export type BackfillOrder =
  /** The newest first; keys the other way round. */
  | 'NEWEST_FIRST'
  /** The oldest first; keys as they were given. */
  | 'OLDEST_FIRST';

/** What a wish about a backfill came to. */
export type BackfillPayload = {
  readonly __typename?: 'BackfillPayload';
  /** The backfill after the commit; null if it was refused. */
  readonly backfill?: Maybe<Backfill>;
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
};

/** Which lines of a backfill get a run. None does while a run of it waits or goes on. */
export type BackfillRedo =
  /** All. */
  | 'ALL'
  /** Those without a run, and those whose newest run did not succeed. */
  | 'FAILED'
  /** Those without a run. */
  | 'MISSING';

/** Where a backfill is, or how it ended. New ones may be added. */
export type BackfillStatus =
  /** Someone wanted no more of it. */
  | 'CANCELLED'
  /** Nobody applied it within a day. */
  | 'EXPIRED'
  /** All its lines are through, and not every run succeeded. */
  | 'FAILED'
  /** None of its lines begins; what runs goes on. */
  | 'PAUSED'
  /** A plan that was not applied yet. */
  | 'PLANNED'
  /** Its lines begin one after the other. */
  | 'RUNNING'
  /** Each of its lines that was to get a run has one that succeeded. */
  | 'SUCCEEDED';

/** What a line of a plan comes to. */
export type BackfillVerdict =
  /** A run of it waits or goes on: it gets none. */
  | 'CONFLICT'
  /** There is no run of it: it gets one. */
  | 'NEW'
  /** There is a run of it that is over: it gets another. */
  | 'REDO'
  /** There is a run of it, and no other is wanted. */
  | 'SKIP';

/** How many lines come to what. */
export type BackfillVerdictCount = {
  readonly __typename?: 'BackfillVerdictCount';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** What. */
  readonly verdict: BackfillVerdict;
};

/** A place at which runs of a workflow stop. */
export type Breakpoint = {
  readonly __typename?: 'Breakpoint';
  /** Only in the run with this number; null: in all. */
  readonly run?: Maybe<Scalars['Int']['output']>;
  /** When. */
  readonly setAt: Scalars['DateTime']['output'];
  /** Who set it. */
  readonly setBy: Scalars['String']['output'];
  /** The step that does not begin. */
  readonly stepId: Scalars['String']['output'];
  /** Only in runs of this version; null: of all. */
  readonly version?: Maybe<Scalars['Int']['output']>;
};

/** What can be done to many runs at once. */
export type BulkAction =
  /** Ends them as FAILED, without their `finally` steps. */
  | 'KILL'
  /** Keeps their steps from starting. */
  | 'PAUSE'
  /** Runs them again. */
  | 'RESTART'
  /** Lets them go on. */
  | 'RESUME'
  /** Ends them; their `finally` steps run. */
  | 'STOP'
  /** Lets the queues of their workflows go on that failed runs hold up. */
  | 'UNBLOCK';

/** How many runs have a status. */
export type BulkCount = {
  readonly __typename?: 'BulkCount';
  /** How many runs have it. */
  readonly count: Scalars['Int']['output'];
  /** The status. */
  readonly status: RunStatus;
};

/** What to do, and to which runs. */
export type BulkInput = {
  /** What to do. */
  readonly action: BulkAction;
  /** To which runs: the newest 500 that match. */
  readonly filter: RunFilter;
  /** For `RESTART`: BEGINNING (if not given) or INCOMPLETE. */
  readonly from?: InputMaybe<RestartFrom>;
};

/** What an action on many runs would come to. Nothing has been done. */
export type BulkPreview = {
  readonly __typename?: 'BulkPreview';
  /** What would be done. */
  readonly action: BulkAction;
  /** How many of them stand how. */
  readonly byStatus: ReadonlyArray<BulkCount>;
  /** How many runs the token names, or workflows for UNBLOCK: at most the newest 500. */
  readonly covered: Scalars['Int']['output'];
  /** How many runs match; counting stops at 10,000. */
  readonly matching: Scalars['Int']['output'];
  /** Those that will refuse as they stand now. */
  readonly refusals: ReadonlyArray<BulkRefusal>;
  /** The newest of them, at most 10. */
  readonly sample: ReadonlyArray<Run>;
  /** Names this action and exactly these runs, for `applyBulk`. */
  readonly token: Scalars['String']['output'];
};

/** Runs that will refuse an action. */
export type BulkRefusal = {
  readonly __typename?: 'BulkRefusal';
  /** How many there are. */
  readonly count: Scalars['Int']['output'];
  /** Their status. */
  readonly status: RunStatus;
  /** Why. */
  readonly text: Scalars['String']['output'];
};

/** What came of an action on one run, or on one workflow. */
export type BulkResult = {
  readonly __typename?: 'BulkResult';
  /** What to do about it. */
  readonly hint?: Maybe<Scalars['String']['output']>;
  /** The run, or the workflow. */
  readonly id: Scalars['ID']['output'];
  /** Why not. */
  readonly message?: Maybe<Scalars['String']['output']>;
  /** Whether it was done. */
  readonly ok: Scalars['Boolean']['output'];
};

/** Lets a step go on without the signals that are missing. */
export type BypassSignalsInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit, and shown with the step. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The step's id: `step:penguins/12/weather` or `penguins/12/weather`. */
  readonly stepId: Scalars['ID']['input'];
};

/** Outcome of `bypassSignals`. */
export type BypassSignalsPayload = {
  readonly __typename?: 'BypassSignalsPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Its run after the commit. Null if it was refused. */
  readonly run?: Maybe<Run>;
  /** The step after the commit; null if it was refused. */
  readonly step?: Maybe<Step>;
};

/** One of the signals that started a run together. */
export type CauseSignal = {
  readonly __typename?: 'CauseSignal';
  /** What the run calls it: `signals.<as>`. Null for signals that were folded: the last of them is the run's `signal`. */
  readonly as?: Maybe<Scalars['String']['output']>;
  /** `signal:01JD…`. */
  readonly id: Scalars['ID']['output'];
  /** The signal's name. */
  readonly name: Scalars['String']['output'];
  /** Its number among those of its name, for signals that were folded. */
  readonly sequence?: Maybe<Scalars['Int']['output']>;
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
  /** Something nested in the run has changed: `run` is as it stands now. Only where `beneath` was asked for. */
  | 'BENEATH'
  /** One commit, whole. */
  | 'COMMIT'
  /** Nothing happened; the cursor moved on. */
  | 'HEARTBEAT'
  /** You were too slow: subscribe again behind `cursor`. The stream ends. */
  | 'LAGGED'
  /** How things stand, at the start of a watch without `after`. */
  | 'SNAPSHOT';

/** Which breakpoint to clear: exactly the one that was set. */
export type ClearBreakpointInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Only in this run, in all its attempts. Absent: in all. */
  readonly runId?: InputMaybe<Scalars['ID']['input']>;
  /** The step's id, also of one inside a loop: then all iterations stop there. */
  readonly stepId: Scalars['String']['input'];
  /** Only in runs of this version. Absent: of all. */
  readonly version?: InputMaybe<Scalars['Int']['input']>;
  /** The workflow's id. */
  readonly workflowId: Scalars['ID']['input'];
};

/** Outcome of `clearBreakpoint`. */
export type ClearBreakpointPayload = {
  readonly __typename?: 'ClearBreakpointPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The workflow after the commit; null if it was refused. */
  readonly workflow?: Maybe<Workflow>;
};

/** One thing in which a publication does not fit its contract. */
export type ContractFault = {
  readonly __typename?: 'ContractFault';
  /** What to do about it. */
  readonly hint?: Maybe<Scalars['String']['output']>;
  /** What is wrong. */
  readonly message: Scalars['String']['output'];
  /** The way to it, from the parameters on. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
};

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

/** A definition as a text. */
export type DefinitionText = {
  readonly __typename?: 'DefinitionText';
  /** What the text does not say, or what a person should know before applying it, in sentences. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** The text. */
  readonly text: Scalars['String']['output'];
};

/** Which pool to delete. */
export type DeletePoolInput = {
  /** `pool:gpu` or `gpu`. */
  readonly id: Scalars['ID']['input'];
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** What deleting a pool came to. */
export type DeletePoolPayload = {
  readonly __typename?: 'DeletePoolPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** The id of the pool that is gone; null if it was refused. */
  readonly id?: Maybe<Scalars['ID']['output']>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
};

/** Which workflow to delete. */
export type DeleteWorkflowInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Stop its runs that are not over, at most 200. Without it such runs keep it from being deleted. */
  readonly stopRuns?: InputMaybe<Scalars['Boolean']['input']>;
  /** The workflow's id. */
  readonly workflowId: Scalars['ID']['input'];
};

/** Outcome of `deleteWorkflow`. */
export type DeleteWorkflowPayload = {
  readonly __typename?: 'DeleteWorkflowPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The workflow after the commit; null if it was refused. */
  readonly workflow?: Maybe<Workflow>;
};

/** A refused publication to let go. */
export type DismissSignalInput = {
  /** Its id, `refused:measurements.ready/01JD…`. */
  readonly id: Scalars['ID']['input'];
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Outcome of `dismissSignal`. */
export type DismissSignalPayload = {
  readonly __typename?: 'DismissSignalPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The signal name; null if there was no such publication. */
  readonly signalType?: Maybe<SignalType>;
};

/** What a caller can cause or cure. */
export type ErrorCode =
  /** Its status does not allow this. */
  | 'ACTION_NOT_ALLOWED'
  /** A definition breaks a rule. */
  | 'BAD_DEFINITION'
  /** Something in the input does not fit. */
  | 'BAD_INPUT'
  /** A publication does not fit the contract of its signal. It is kept in the quarantine of the signal. */
  | 'CONTRACT_BROKEN'
  /** A contract refuses what the version before accepted. */
  | 'CONTRACT_NARROWED'
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

/** Page of a step in its iterations. */
export type FlattenedConnection = {
  readonly __typename?: 'FlattenedConnection';
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<FlattenedEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<FlattenedIteration>;
  /** Where this page lies. `endCursor` may lie behind the last item. */
  readonly pageInfo: PageInfo;
  /** The step in all its iterations, whatever the filter. */
  readonly summary: FlattenedSummary;
  /** How many there are, of the statuses asked for. Null where values of loops are asked for, which nobody counts. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** How many iterations have a step in a status. */
export type FlattenedCount = {
  readonly __typename?: 'FlattenedCount';
  /** How many. */
  readonly count: Scalars['Int']['output'];
  /** The first of them. Null for those that are still to come. */
  readonly example?: Maybe<FlattenedIteration>;
  /** The status. */
  readonly status: StepStatus;
};

/** An item of a page. */
export type FlattenedEdge = {
  readonly __typename?: 'FlattenedEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The item. */
  readonly node: FlattenedIteration;
};

/** Which iterations; every part narrows further. */
export type FlattenedFilter = {
  /** Names of the loops around, and the values that are wanted: `{"species": ["Adelie"], "year": [2007, 2008]}`. */
  readonly loopParams?: InputMaybe<Scalars['JSON']['input']>;
  /** The step has one of these statuses there. */
  readonly statuses?: InputMaybe<ReadonlyArray<StepStatus>>;
};

/** A step in one of the iterations of the loops around it. */
export type FlattenedIteration = {
  readonly __typename?: 'FlattenedIteration';
  /** How many tries it had there. */
  readonly attempts: Scalars['Int']['output'];
  /** When it ended there. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Id of the step there: `step:penguins/12/each[2]/inner[0]/train`. */
  readonly id: Scalars['ID']['output'];
  /** The indexes of those iterations, from the outermost loop inwards. */
  readonly indexes: ReadonlyArray<Scalars['Int']['output']>;
  /** The attempt of the run in which it ran, where a restart kept it. Null if it belongs to this attempt. */
  readonly keptFrom?: Maybe<Scalars['Int']['output']>;
  /** The values of the names of all those loops. */
  readonly loopParams: Scalars['JSON']['output'];
  /** The iterations around it: `run:penguins/12/each[2]/inner[0]`. Of the attempt of the run in which it ran. */
  readonly runId: Scalars['ID']['output'];
  /** When it began there. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where the step is there, or how it ended. */
  readonly status: StepStatus;
};

/** A step in all its iterations. As exact and as fresh as `Rollup`; iterations that ended before the server could count are not in it. */
export type FlattenedSummary = {
  readonly __typename?: 'FlattenedSummary';
  /** How many iterations have it where, with those that are known to come; the most urgent status first. */
  readonly counts: ReadonlyArray<FlattenedCount>;
  /** For each name of the loops around, values that it has, at most 20: those of the first hundred iterations. */
  readonly loopParams: Scalars['JSON']['output'];
};

/** Which run to fork, and what is to be different. */
export type ForkRunInput = {
  /** The step that runs anew, `train` or `step:penguins/12/train`, with all that needs it. What was not complete runs anyway. */
  readonly from?: InputMaybe<Scalars['ID']['input']>;
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Other outputs than steps that are kept had, by step and name: `{"clean": {"rows": 100}}`. What needs those steps runs anew. */
  readonly outputs?: InputMaybe<Scalars['JSON']['input']>;
  /** Values that replace the run's parameters, by name. */
  readonly params?: InputMaybe<Scalars['JSON']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The run's id; with an attempt (`penguins/12.1`), that attempt. */
  readonly runId: Scalars['ID']['input'];
  /** Values for parameters of single steps, by step and name. Imported definitions alone. */
  readonly stepParams?: InputMaybe<Scalars['JSON']['input']>;
  /** The version to run: steps are matched by their ids. Absent: the version of the run. */
  readonly version?: InputMaybe<Scalars['Int']['input']>;
};

/** Outcome of `forkRun`. */
export type ForkRunPayload = {
  readonly __typename?: 'ForkRunPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The new run after the commit; null if it was refused. */
  readonly run?: Maybe<Run>;
};

/** Which backfill. */
export type HoldBackfillInput = {
  /** The backfill's id. */
  readonly backfillId: Scalars['ID']['input'];
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
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

/** A step somewhere in a run. */
export type LeafStep = {
  readonly __typename?: 'LeafStep';
  /** When it ended. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its id: `step:penguins/12/each[3]/train`. */
  readonly id: Scalars['ID']['output'];
  /** The run or the iteration that it belongs to: `run:penguins/12/each[3]`. */
  readonly runId: Scalars['ID']['output'];
  /** When it began. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is, or how it ended. */
  readonly status: StepStatus;
  /** Its id in the definition. */
  readonly stepId: Scalars['String']['output'];
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
  /**
   * How many of those that have begun have a status; those that go on count as RUNNING, those that wait to begin again as QUEUED.
   * Statuses that none has are left out.
   */
  readonly counts: ReadonlyArray<IterationCount>;
  /** How many have ended. */
  readonly done: Scalars['Int']['output'];
  /** The indexes of those that go on: the first 100. */
  readonly going: ReadonlyArray<Scalars['Int']['output']>;
  /** How many iterations there are in all; null for `while`, which finds out. */
  readonly total?: Maybe<Scalars['Int']['output']>;
};

/** A signal that had not come in time. */
export type MissedSignal = {
  readonly __typename?: 'MissedSignal';
  /** By when it had not come. */
  readonly due: Scalars['DateTime']['output'];
  /** How late it was, in milliseconds; null while it has not come. */
  readonly lateMs?: Maybe<Scalars['Float']['output']>;
  /** The signal's name. `signalType` says who waits for it. */
  readonly name: Scalars['String']['output'];
  /** When it came after all; null while it has not. */
  readonly resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The signal that came after all. */
  readonly resolvedBy?: Maybe<Scalars['ID']['output']>;
  /** The run that was started; null if it was refused. */
  readonly runId?: Maybe<Scalars['ID']['output']>;
  /** When the one before had come, or when the trigger began to count. */
  readonly since: Scalars['DateTime']['output'];
};

/** A signal that a join lacks. */
export type MissingSignal = {
  readonly __typename?: 'MissingSignal';
  /** The signal's name. */
  readonly name: Scalars['String']['output'];
  /** The parameters on which it joins, with the values that they must have. */
  readonly on: Scalars['JSON']['output'];
};

/** What can be changed. Each answers after its commit is durable. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Lets starts use another version from now on, and arms its triggers. Runs that are not over keep theirs. */
  readonly activateVersion: ActivateVersionPayload;
  /** Starts what a plan says, if that is still what would happen; if not it is refused, and says what is different. */
  readonly applyBackfill: ApplyBackfillPayload;
  /** Does what a preview showed, to exactly the runs that it showed. Refused if too much has changed since. */
  readonly applyBulk: ApplyBulkPayload;
  /** Applies a pool: a document of `kind: pool`. What is held stays held; a smaller size drains. */
  readonly applyPool: ApplyPoolPayload;
  /** Makes a version of a signal's contract: what its publications must be. What refuses more than the one before needs `force`. */
  readonly applySignalType: ApplySignalTypePayload;
  /** Makes a version of a template (or finds the same content unchanged). Workflows that use it get it when they are applied again. */
  readonly applyTemplate: ApplyTemplatePayload;
  /** Makes a version of a workflow (or finds the same content unchanged) and arms its triggers. */
  readonly applyWorkflow: ApplyWorkflowPayload;
  /** Lets a step that is WAITING_FOR_SIGNALS go on without those that are missing; what it has found it keeps. */
  readonly bypassSignals: BypassSignalsPayload;
  /** Ends a backfill for good: its waiting runs are stopped, what runs goes on to its end. A plan is thrown away. */
  readonly cancelBackfill: BackfillPayload;
  /** Clears a breakpoint. What stands there goes on, unless another breakpoint holds it. */
  readonly clearBreakpoint: ClearBreakpointPayload;
  /** Deletes a pool, unless permits of it are held or waited for. */
  readonly deletePool: DeletePoolPayload;
  /** Deletes a workflow: nothing of it starts any more, and its triggers no longer listen. Its runs can still be read. */
  readonly deleteWorkflow: DeleteWorkflowPayload;
  /** Lets go of what a contract refused. */
  readonly dismissSignal: DismissSignalPayload;
  /**
   * Makes a new run that keeps what another one has done and runs the rest, with other parameters, other outputs or another
   * version. The other run stays as it is, and may still be going on.
   */
  readonly forkRun: ForkRunPayload;
  /** Ends a run as FAILED: what runs is told to stop, and not even its `finally` steps run. */
  readonly killRun: KillRunPayload;
  /** No more lines of a backfill begin; what runs goes on. */
  readonly pauseBackfill: BackfillPayload;
  /** Keeps the steps of a run from starting; what runs goes on. */
  readonly pauseRun: PauseRunPayload;
  /** Keeps a workflow's triggers from starting runs. What arrives meanwhile starts nothing. */
  readonly pauseTriggers: PauseTriggersPayload;
  /** Works out what a backfill would do, line by line, and keeps that as a plan for a day. Starts nothing. */
  readonly planBackfill: BackfillPayload;
  /** Publishes a signal. Answers after its own commit, and waits up to a second for what the triggers make of it. */
  readonly publishSignal: PublishSignalPayload;
  /** Publishes up to 1,000 signals; all of one name, or none of that name. */
  readonly publishSignals: PublishSignalsPayload;
  /** Drops the rows of all lists and makes them anew from the log. Nothing is lost by it. */
  readonly rebuildLists: RebuildListsPayload;
  /** Lets a run, trigger or workflow take part again that an error of ours had set aside. */
  readonly release: ReleasePayload;
  /** Publishes what a contract refused, once the contract or the parameters are mended. */
  readonly republishSignal: RepublishSignalPayload;
  /** Drops what waits for a trigger on several signals: it has expired. What arrives from then on is joined as before. */
  readonly resetTrigger: ResetTriggerPayload;
  /**
   * Runs a finished run again: from its beginning, from what is incomplete, or from one step. The number stays, `attempt` rises.
   * An iteration that has ended begins again as itself, as long as its loop goes on; after that, or if a step of another run waits
   * for the run, what is around begins again at that place alone, up to the first that goes on, or the outermost run. `run` is the
   * one in which it begins.
   */
  readonly restartRun: RestartRunPayload;
  /** The lines of a paused backfill begin again; failures are counted anew. */
  readonly resumeBackfill: BackfillPayload;
  /** Lets a paused run go on. */
  readonly resumeRun: ResumeRunPayload;
  /** Lets a step go on that stands at a breakpoint. */
  readonly resumeStep: ResumeStepPayload;
  /** Lets a workflow's triggers start runs again. Ticks that were missed meanwhile are treated as `catchUp` says. */
  readonly resumeTriggers: ResumeTriggersPayload;
  /** What did not succeed begins again, as further attempts of the same runs. */
  readonly retryBackfill: BackfillPayload;
  /** Lets a step that ended badly, or waits for its next try, begin again now. The step of an ended run: in a new attempt. */
  readonly retryStep: RetryStepPayload;
  /** Sets a breakpoint: from now on the step stops before it begins, in status `PAUSED`, until someone lets it go on. */
  readonly setBreakpoint: SetBreakpointPayload;
  /** Lets a run go on as if the step were done: what runs of it is told to stop. The step of an ended run: in a new attempt. */
  readonly skipStep: SkipStepPayload;
  /** Starts a run of a workflow, or queues it as the workflow's run strategy says. */
  readonly startRun: StartRunPayload;
  /** Ends a run: nothing of it starts any more, what runs is told to stop, its `finally` steps run, and it ends STOPPED. */
  readonly stopRun: StopRunPayload;
  /** Lets the queue of a workflow go on that a failed run holds up, under the strategy `strict-sequential`. */
  readonly unblockWorkflow: UnblockWorkflowPayload;
  /** Changes what belongs to a workflow and to no version of it: owner, labels, description. */
  readonly updateWorkflow: UpdateWorkflowPayload;
  /** Says everything that is wrong with a definition, and changes nothing. */
  readonly validateWorkflow: ValidateWorkflowPayload;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationActivateVersionArgs = {
  input: ActivateVersionInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationApplyBackfillArgs = {
  input: ApplyBackfillInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationApplyBulkArgs = {
  input: ApplyBulkInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationApplyPoolArgs = {
  input: ApplyPoolInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationApplySignalTypeArgs = {
  input: ApplySignalTypeInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationApplyTemplateArgs = {
  input: ApplyTemplateInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationApplyWorkflowArgs = {
  input: ApplyWorkflowInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationBypassSignalsArgs = {
  input: BypassSignalsInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationCancelBackfillArgs = {
  input: HoldBackfillInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationClearBreakpointArgs = {
  input: ClearBreakpointInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationDeletePoolArgs = {
  input: DeletePoolInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationDeleteWorkflowArgs = {
  input: DeleteWorkflowInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationDismissSignalArgs = {
  input: DismissSignalInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationForkRunArgs = {
  input: ForkRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationKillRunArgs = {
  input: KillRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationPauseBackfillArgs = {
  input: HoldBackfillInput;
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
export type MutationPlanBackfillArgs = {
  input: PlanBackfillInput;
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
export type MutationRepublishSignalArgs = {
  input: RepublishSignalInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationResetTriggerArgs = {
  input: ResetTriggerInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationRestartRunArgs = {
  input: RestartRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationResumeBackfillArgs = {
  input: HoldBackfillInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationResumeRunArgs = {
  input: ResumeRunInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationResumeStepArgs = {
  input: ResumeStepInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationResumeTriggersArgs = {
  input: ResumeTriggersInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationRetryBackfillArgs = {
  input: HoldBackfillInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationRetryStepArgs = {
  input: RetryStepInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationSetBreakpointArgs = {
  input: SetBreakpointInput;
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
export type MutationUpdateWorkflowArgs = {
  input: UpdateWorkflowInput;
};


/** What can be changed. Each answers after its commit is durable. */
export type MutationValidateWorkflowArgs = {
  input: ApplyWorkflowInput;
};

/** A step that is nested in a loop. */
export type NestedStep = {
  readonly __typename?: 'NestedStep';
  /** The names that those loops give values to: what `loopParams` can ask for. */
  readonly loopParams: ReadonlyArray<Scalars['String']['output']>;
  /** The loops around it, from the outermost. */
  readonly loops: ReadonlyArray<Scalars['String']['output']>;
  /** Its id in the definition. */
  readonly stepId: Scalars['String']['output'];
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

/** Signals that share a key and wait: for others that join them, or for the one run that they are folded into. */
export type PendingJoin = {
  readonly __typename?: 'PendingJoin';
  /** How many signals wait. */
  readonly count: Scalars['Int']['output'];
  /** When the first of them expires; null without `within`. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** What they share, in words: "island = Biscoe"; empty for a trigger without keys. */
  readonly key: Scalars['String']['output'];
  /** The signals that are missing for a run. */
  readonly missing: ReadonlyArray<MissingSignal>;
  /** The same in words: "weather.ready with place = Biscoe". */
  readonly missingText: Scalars['String']['output'];
  /**
   * Why a run that some of them would have started was refused; they are tried again when a version is activated or the
   * triggers are resumed.
   */
  readonly refusal?: Maybe<Scalars['String']['output']>;
  /** The oldest 20 of them. */
  readonly signals: ReadonlyArray<PendingSignal>;
  /** Since when the oldest of them waits. */
  readonly since: Scalars['DateTime']['output'];
  /**
   * Where signals are folded: when one run starts on all of them, later if `debounce` says so and others come before. Null for
   * joins, after a refusal and while the triggers are paused.
   */
  readonly startsAt?: Maybe<Scalars['DateTime']['output']>;
  /** The values of `joinOn` or `by` that they share, in its order. */
  readonly values: Scalars['JSON']['output'];
};

/** A signal that waits for others. */
export type PendingSignal = {
  readonly __typename?: 'PendingSignal';
  /** `signal:01JD…`. */
  readonly id: Scalars['ID']['output'];
  /** The signal's name. */
  readonly name: Scalars['String']['output'];
  /** When the fact happened. */
  readonly occurredAt: Scalars['DateTime']['output'];
  /** What it brought. */
  readonly params: Scalars['JSON']['output'];
};

/** A step that holds permits of a pool, or waits for some. */
export type Permit = {
  readonly __typename?: 'Permit';
  /**
   * When it may get them: an estimate from how long the last 20 holders held, how many permits there are, and how many are wanted
   * by those ahead of it. Null for a holder, and where nobody can tell.
   */
  readonly estimatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its place in the queue, from 1. Null for a holder. */
  readonly position?: Maybe<Scalars['Int']['output']>;
  /** Its priority, 0 to 100: the greater comes first. */
  readonly priority: Scalars['Int']['output'];
  /** The run it belongs to. */
  readonly runId: Scalars['ID']['output'];
  /** Since when it holds them, or waits. */
  readonly since: Scalars['DateTime']['output'];
  /** The step as it is now. */
  readonly step?: Maybe<Step>;
  /** The step: `step:penguins/12/train`. */
  readonly stepId: Scalars['ID']['output'];
  /** How many permits of the pool it holds or wants. */
  readonly weight: Scalars['Int']['output'];
};

/** A page of steps that hold permits, or wait for some. */
export type PermitConnection = {
  readonly __typename?: 'PermitConnection';
  /** The steps with their cursors. */
  readonly edges: ReadonlyArray<PermitEdge>;
  /** The steps. */
  readonly nodes: ReadonlyArray<Permit>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
  /** How many there are. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A step of a page. */
export type PermitEdge = {
  readonly __typename?: 'PermitEdge';
  /** The place in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The step. */
  readonly node: Permit;
};

/** Permits of one pool that a step needs. */
export type PermitWant = {
  readonly __typename?: 'PermitWant';
  /** Whether it is a tag, which is free as long as there is no such pool. */
  readonly isTag: Scalars['Boolean']['output'];
  /** The pool; or, for a limit of its workflow, `workflow:penguins` or `run:penguins/12.1`. */
  readonly pool: Scalars['String']['output'];
  /** How many. */
  readonly weight: Scalars['Int']['output'];
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

/** What to plan: times of a schedule between `from` and `to`, or `keys`. */
export type PlanBackfillInput = {
  /** How many of its runs wait or go on at once, 1 to 100; the workflow's own strategy holds as well. */
  readonly concurrency?: InputMaybe<Scalars['Int']['input']>;
  /** A schedule of its own instead: a cron expression. */
  readonly cron?: InputMaybe<Scalars['String']['input']>;
  /** A schedule of its own instead: a duration such as `1h`, counted from the first moment. */
  readonly every?: InputMaybe<Scalars['String']['input']>;
  /** The first day or time: `2026-11-01`, in the schedule's zone, or `2026-11-01T06:00:00Z`. */
  readonly from?: InputMaybe<Scalars['String']['input']>;
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Instead of times: an object of parameters for each run. A run with these values is a run of the key. */
  readonly keys?: InputMaybe<ReadonlyArray<Scalars['JSON']['input']>>;
  /** In which order they begin. */
  readonly order?: InputMaybe<BackfillOrder>;
  /** Parameters of every run, by name; they win over the trigger's. */
  readonly params?: InputMaybe<Scalars['JSON']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Which lines get a run. */
  readonly redo?: InputMaybe<BackfillRedo>;
  /** It pauses by itself after so many failures. */
  readonly stopAfterFailures?: InputMaybe<Scalars['Int']['input']>;
  /** The zone of `cron`; UTC if not given. */
  readonly timezone?: InputMaybe<Scalars['String']['input']>;
  /** The last day (all of it) or time. What is still to come is left to the trigger. */
  readonly to?: InputMaybe<Scalars['String']['input']>;
  /** The time trigger whose times are meant, by its name; not needed if there is one alone. */
  readonly trigger?: InputMaybe<Scalars['String']['input']>;
  /** The version that the runs are to be of; the active one if not given. */
  readonly version?: InputMaybe<Scalars['Int']['input']>;
  /** `penguins` or `workflow:penguins`. */
  readonly workflowId: Scalars['ID']['input'];
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

/** Something scarce, as a number of permits: steps that need some wait until they are free. Applied as a document of `kind: pool`. */
export type Pool = {
  readonly __typename?: 'Pool';
  /** When it was applied last. */
  readonly appliedAt: Scalars['DateTime']['output'];
  /** Who applied it last. */
  readonly appliedBy: Scalars['String']['output'];
  /** What it stands for. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** How many permits are held now. More than `size` only while a pool that was made smaller drains. */
  readonly held: Scalars['Int']['output'];
  /** The steps that hold permits of it, those that have held longest first. */
  readonly holders: PermitConnection;
  /** `pool:gpu`. */
  readonly id: Scalars['ID']['output'];
  /** How long permits were held on average by the last holders, 20 at most, in milliseconds. Null before the first return. */
  readonly meanHoldMs?: Maybe<Scalars['Float']['output']>;
  /** The name by which steps ask for it. */
  readonly name: Scalars['String']['output'];
  /** The steps that wait for permits of it, in the order in which they come next: by priority, then by arrival. */
  readonly queue: PermitConnection;
  /** How many permits there are. */
  readonly size: Scalars['Int']['output'];
  /** How often it was applied with another content. */
  readonly version: Scalars['Int']['output'];
  /** How many steps wait for permits of it. */
  readonly waiting: Scalars['Int']['output'];
};


/** Something scarce, as a number of permits: steps that need some wait until they are free. Applied as a document of `kind: pool`. */
export type PoolHoldersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Something scarce, as a number of permits: steps that need some wait until they are free. Applied as a document of `kind: pool`. */
export type PoolQueueArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of pools. */
export type PoolConnection = {
  readonly __typename?: 'PoolConnection';
  /** The pools with their cursors. */
  readonly edges: ReadonlyArray<PoolEdge>;
  /** The pools. */
  readonly nodes: ReadonlyArray<Pool>;
  /** Whether there is more. */
  readonly pageInfo: PageInfo;
  /** How many there are. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A pool of a page. */
export type PoolEdge = {
  readonly __typename?: 'PoolEdge';
  /** The place in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The pool. */
  readonly node: Pool;
};

/** A signal to publish. */
export type PublishSignalInput = {
  /** Whether to wait up to a second for what the triggers make of it. Without, the answer comes as soon as it is durable. */
  readonly awaitVerdicts?: Scalars['Boolean']['input'];
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
  /** Whether to wait up to a second for what the triggers make of them. Without, the answer comes as soon as they are durable. */
  readonly awaitVerdicts?: Scalars['Boolean']['input'];
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

/** A step that publishes a signal. */
export type PublishingStep = {
  readonly __typename?: 'PublishingStep';
  /** Names of the parameters that it publishes. */
  readonly params: ReadonlyArray<Scalars['String']['output']>;
  /** The step. */
  readonly stepId: Scalars['String']['output'];
  /** The workflow. */
  readonly workflowId: Scalars['ID']['output'];
};

/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type Query = {
  readonly __typename?: 'Query';
  /** Who did what, when and why: one line for each commit that somebody asked for, newest first. Refusals are not in it. */
  readonly audit: AuditConnection;
  /** One backfill: `backfill:penguins/3` or `penguins/3`. */
  readonly backfill?: Maybe<Backfill>;
  /** Backfills, the newest first. */
  readonly backfills: BackfillConnection;
  /** Two runs side by side: what differs in parameters, outputs, steps and definitions. Null if one of them is not there. */
  readonly compareRuns?: Maybe<RunComparison>;
  /** What a schedule means, for people who try one: exactly one of `cron`, `every` and `at`, written as in a definition. */
  readonly describeSchedule?: Maybe<ScheduleDescription>;
  /** Why a run, step, trigger, workflow, signal or backfill is where it is, in sentences, with the values that decided. Null if there is none of that id. */
  readonly explain?: Maybe<Explanation>;
  /**
   * Anything with an id: `workflow:penguins`, `run:penguins/12`, `step:penguins/12/train`, `trigger:penguins/cron`, `signal:01JD…`.
   * What is inside a loop has the way to it in its id: `run:penguins/12/each[2]`, `step:penguins/12/each[2]/train`.
   */
  readonly node?: Maybe<Node>;
  /** What applying a definition would change and touch. Changes nothing, and keeps none of its files. */
  readonly plan: Plan;
  /** What applying the contract of a signal would come to; changes nothing. */
  readonly planSignalType: SignalTypePlan;
  /** What applying a template would come to, and which steps came from it. Changes nothing. */
  readonly planTemplate: TemplatePlan;
  /** One pool: `pool:gpu` or `gpu`. */
  readonly pool?: Maybe<Pool>;
  /** All pools, by name. */
  readonly pools: PoolConnection;
  /** What an action would do to all runs that match. It does nothing yet; the token names exactly what was shown. */
  readonly previewBulk: BulkPreview;
  /**
   * One run, or null. Without an attempt the newest: `penguins/12`, `run:penguins/12` or `run:penguins/12.1`. One iteration of a
   * loop is a run too: `penguins/12/each[2]`.
   */
  readonly run?: Maybe<Run>;
  /** Runs, newest first. */
  readonly runs: RunConnection;
  /** The server that answers, and the nodes beside it. */
  readonly server: Server;
  /** A signal name: its contract, who publishes and who listens. Null if nothing ever published it, listened to it or made a contract. */
  readonly signalType?: Maybe<SignalType>;
  /** Published signals, newest first. */
  readonly signals: SignalConnection;
  /** One step of a run, or null: `step:penguins/12/train`, or in a loop `step:penguins/12/each[2]/train`. */
  readonly step?: Maybe<Step>;
  /** A template, or null. */
  readonly template?: Maybe<Template>;
  /** Templates, newest first. */
  readonly templates: TemplateConnection;
  /** Which runs there would have been if the triggers of a workflow had been those of this definition: what happened since is replayed against them, by the rules that are in force. Changes nothing. */
  readonly whatIf: WhatIf;
  /** One workflow, or null if there is none of that id. */
  readonly workflow?: Maybe<Workflow>;
  /** All workflows, newest first. */
  readonly workflows: WorkflowConnection;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryAuditArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryBackfillArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryBackfillsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<BackfillFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryCompareRunsArgs = {
  a: Scalars['ID']['input'];
  b: Scalars['ID']['input'];
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
export type QueryPlanSignalTypeArgs = {
  source: Scalars['String']['input'];
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryPlanTemplateArgs = {
  input: ApplyTemplateInput;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryPoolArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryPoolsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryPreviewBulkArgs = {
  input: BulkInput;
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
export type QueryTemplateArgs = {
  id: Scalars['ID']['input'];
  version?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryTemplatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. Lists may be a moment behind the newest commit; give `atLeast` to wait for a commit you know of. */
export type QueryWhatIfArgs = {
  input: WhatIfInput;
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
  orderBy?: InputMaybe<WorkflowOrder>;
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

/** A publication that the contract of its signal refused. */
export type RefusedPublication = {
  readonly __typename?: 'RefusedPublication';
  /** Who published it. */
  readonly by: Scalars['String']['output'];
  /** The version of the contract that refused it last. */
  readonly contractVersion: Scalars['Int']['output'];
  /** What did not fit. */
  readonly faults: ReadonlyArray<ContractFault>;
  /** When it was refused first. */
  readonly firstAt: Scalars['DateTime']['output'];
  /** `refused:measurements.ready/01JD…`. */
  readonly id: Scalars['ID']['output'];
  /** When it was refused last. */
  readonly lastAt: Scalars['DateTime']['output'];
  /** When the fact happened, as its publisher said. */
  readonly occurredAt?: Maybe<Scalars['DateTime']['output']>;
  /** The parameters that it had. */
  readonly params: Scalars['JSON']['output'];
  /** What it carried beside its parameters. */
  readonly payload?: Maybe<Scalars['JSON']['output']>;
  /** How often the same came from the same publisher. */
  readonly times: Scalars['Int']['output'];
};

/** Page of refused publications. */
export type RefusedPublicationConnection = {
  readonly __typename?: 'RefusedPublicationConnection';
  /** How many older ones had to make room and are gone. */
  readonly dropped: Scalars['Int']['output'];
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<RefusedPublicationEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<RefusedPublication>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many are kept. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A refused publication in a page. */
export type RefusedPublicationEdge = {
  readonly __typename?: 'RefusedPublicationEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The refused publication. */
  readonly node: RefusedPublication;
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

/** A refused publication to publish after all. */
export type RepublishSignalInput = {
  /** Its id, `refused:measurements.ready/01JD…`. */
  readonly id: Scalars['ID']['input'];
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Other parameters in place of those it had. Absent: as it was. */
  readonly params?: InputMaybe<Scalars['JSON']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

/** Outcome of `republishSignal`. */
export type RepublishSignalPayload = {
  readonly __typename?: 'RepublishSignalPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The signal; null if it was refused again. */
  readonly signal?: Maybe<Signal>;
};

/** Which trigger to reset. */
export type ResetTriggerInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit, and told to whoever asks what became of the signals. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The trigger's id: `trigger:penguins/all-1`. */
  readonly triggerId: Scalars['ID']['input'];
};

/** Outcome of `resetTrigger`. */
export type ResetTriggerPayload = {
  readonly __typename?: 'ResetTriggerPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The trigger after the commit; null if it was refused. */
  readonly trigger?: Maybe<Trigger>;
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
  /**
   * For a run that a step of another run waits for: it begins again by itself, and that step does not wait for it. Otherwise the
   * runs around it begin again with it, each at the step that waits for it, up to the first that goes on, or the outermost.
   */
  readonly alone?: InputMaybe<Scalars['Boolean']['input']>;
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
  /** Values for parameters of single steps, by step and name: `{"train": {"rounds": 3}}`. Imported definitions alone. */
  readonly stepParams?: InputMaybe<Scalars['JSON']['input']>;
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

/** Which step to let go on. */
export type ResumeStepInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The step's id: `step:penguins/12/train` or `penguins/12/train`. */
  readonly stepId: Scalars['ID']['input'];
};

/** Outcome of `resumeStep`. */
export type ResumeStepPayload = {
  readonly __typename?: 'ResumeStepPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** Its run after the commit; null if it was refused. */
  readonly run?: Maybe<Run>;
  /** The step after the commit; null if it was refused. */
  readonly step?: Maybe<Step>;
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

/**
 * The leaf steps of a run: in place of a loop stand the steps of its iterations, in place of a step that waits for a run of another
 * workflow stand the steps of that run, however deep. What a restart kept counts as it ended. A loop or a run that has not begun
 * counts as one step. Exact for a run that is over; of one that goes on up to a second old, and read while it moves.
 */
export type Rollup = {
  readonly __typename?: 'Rollup';
  /** Those that ask for attention, at most 20, the most urgent first: failed, stopped at a breakpoint, waiting, running. */
  readonly attention: ReadonlyArray<LeafStep>;
  /** How many of them are where. Statuses that none has are left out. */
  readonly counts: ReadonlyArray<StatusCount>;
  /** Whether everything that goes on was read: of more than 500 runs and iterations at once, the others count as not begun. */
  readonly isWhole: Scalars['Boolean']['output'];
  /** How many leaf steps there are, with those of iterations that have not begun; loops inside those count as one step each. */
  readonly total: Scalars['Int']['output'];
};

/** One run of a workflow: of its attempts the newest, unless the id names another. An iteration of a loop is a run too. */
export type Run = Node & {
  readonly __typename?: 'Run';
  /** Over its restarts: where each step has run, and what all of it comes to, see `AggregatedRun`. */
  readonly aggregated: AggregatedRun;
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
  /** Its leaf steps over everything that is nested in it, see `Rollup`. */
  readonly rollup: Rollup;
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
  /** `forkRun`. */
  | 'FORK'
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
  /** Who asked, for MANUAL, RESTART and FORK. */
  readonly actor?: Maybe<Scalars['String']['output']>;
  /** The backfill, for BACKFILL. */
  readonly backfill?: Maybe<Scalars['ID']['output']>;
  /** For SIGNAL, where signals are folded: how many others than `signal` were folded into the run. */
  readonly folded?: Maybe<Scalars['Int']['output']>;
  /** What kind of start it was. */
  readonly kind: RunCauseKind;
  /** For ABSENCE: the name of the signal that did not come. `signalType` says who waits for it. */
  readonly missing?: Maybe<Scalars['String']['output']>;
  /** The run that it was made from, for FORK: `run:penguins/12.1`, with the attempt. */
  readonly run?: Maybe<Scalars['ID']['output']>;
  /**
   * The signal, for SIGNAL; where several joined or were folded, the one that came last. For ABSENCE the last one before it was missed, if there was
   * one.
   */
  readonly signal?: Maybe<Scalars['ID']['output']>;
  /**
   * For SIGNAL: all signals that joined to start the run, in the order of the trigger, or that were folded into it (`debounce`,
   * `throttle`), in the order in which they came; none where one came alone.
   */
  readonly signals?: Maybe<ReadonlyArray<CauseSignal>>;
  /** For ABSENCE: when the last signal came, or when the trigger began to count. */
  readonly since?: Maybe<Scalars['DateTime']['output']>;
  /** The step that runs it, for LOOP and WORKFLOW, and for RESTART where one does. */
  readonly step?: Maybe<Scalars['ID']['output']>;
  /** A few words: "ada started it", "measurements.ready arrived". */
  readonly text: Scalars['String']['output'];
  /** The trigger, for CRON, SIGNAL and ABSENCE. */
  readonly trigger?: Maybe<Scalars['ID']['output']>;
};

/** The kinds of start. New ones may be added. */
export type RunCauseKind =
  /** A signal did not come for too long, or not in time. */
  | 'ABSENCE'
  /** It is a line of a backfill. */
  | 'BACKFILL'
  /** A time came. */
  | 'CRON'
  /** Someone made it from another run, of which it keeps what was done. */
  | 'FORK'
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

/** Two runs side by side. */
export type RunComparison = {
  readonly __typename?: 'RunComparison';
  /** One run. */
  readonly a: Run;
  /** The other run. */
  readonly b: Run;
  /** What is different in the definition of the second, in words; empty if it is the same. */
  readonly definition: ReadonlyArray<PlanChange>;
  /** Outputs that differ, as `step.output`. Of loops none. */
  readonly outputs: ReadonlyArray<ValueDifference>;
  /** Parameters that differ. */
  readonly params: ReadonlyArray<ValueDifference>;
  /** The steps of both. */
  readonly steps: ReadonlyArray<StepComparison>;
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
  /** Only runs that this person or service started or restarted. */
  readonly actor?: InputMaybe<Scalars['String']['input']>;
  /** Only runs of this backfill. */
  readonly backfill?: InputMaybe<Scalars['String']['input']>;
  /** Only runs started by one of these. */
  readonly cause?: InputMaybe<ReadonlyArray<RunCauseKind>>;
  /** Only runs that were made then. */
  readonly created?: InputMaybe<TimeRange>;
  /** Only runs that ended then. */
  readonly ended?: InputMaybe<TimeRange>;
  /** Only runs with all of these labels: an object of names and texts. */
  readonly labels?: InputMaybe<Scalars['JSON']['input']>;
  /** Only runs of workflows that this owner answers for now; of at most 1,000 workflows. */
  readonly owner?: InputMaybe<Scalars['String']['input']>;
  /** Only runs whose name begins like this: `penguins/1`. An index makes it quick. */
  readonly prefix?: InputMaybe<Scalars['String']['input']>;
  /** Only runs that are for such a time. */
  readonly scheduledFor?: InputMaybe<TimeRange>;
  /** Only runs that a signal of this name started, also where they were restarted since. */
  readonly signal?: InputMaybe<Scalars['String']['input']>;
  /** Only runs that began then. */
  readonly started?: InputMaybe<TimeRange>;
  /** Only runs with one of these statuses. */
  readonly status?: InputMaybe<ReadonlyArray<RunStatus>>;
  /** Only runs whose workflow, labels, trigger, signal or starter contain this, whatever the case. Reads each run that the rest of the filter leaves over: narrow by workflow or time as well. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** Only runs that a trigger of this name started, also where they were restarted since. */
  readonly trigger?: InputMaybe<Scalars['String']['input']>;
  /** Only runs of this version. */
  readonly version?: InputMaybe<Scalars['Int']['input']>;
  /** Only runs of this workflow: `penguins` or `workflow:penguins`. */
  readonly workflowId?: InputMaybe<Scalars['ID']['input']>;
  /** Only runs of these workflows. */
  readonly workflowIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** In which order to list runs. */
export type RunOrder =
  /** The one that ended first first; those that are not over are left out. */
  | 'ENDED_FIRST_FIRST'
  /** The one that ended last first; those that are not over are left out. */
  | 'ENDED_LAST_FIRST'
  /** The one that took longest first; those that never began or are not over are left out. */
  | 'LONGEST_FIRST'
  /** The newest first. */
  | 'NEWEST_FIRST'
  /** The oldest first. */
  | 'OLDEST_FIRST'
  /** The one that took least first; those that never began or are not over are left out. */
  | 'SHORTEST_FIRST'
  /** The one that began first first; those that have not begun are left out. */
  | 'STARTED_FIRST_FIRST'
  /** The one that began last first; those that have not begun are left out. */
  | 'STARTED_LAST_FIRST';

/** Where a run is, or how it ended. New words may be added. */
export type RunStatus =
  /** A step failed, or someone killed it. */
  | 'FAILED'
  /** Someone paused it: no step starts until it is resumed. */
  | 'PAUSED'
  /** It waits for runs before it, as the run strategy says; an iteration that is to begin again, for a place in its loop. */
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

/** Where to stop. */
export type SetBreakpointInput = {
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** Only in this run, in all its attempts. Absent: in all. */
  readonly runId?: InputMaybe<Scalars['ID']['input']>;
  /** The step's id, also of one inside a loop: then all iterations stop there. */
  readonly stepId: Scalars['String']['input'];
  /** Only in runs of this version. Absent: of all. */
  readonly version?: InputMaybe<Scalars['Int']['input']>;
  /** The workflow's id. */
  readonly workflowId: Scalars['ID']['input'];
};

/** Outcome of `setBreakpoint`. */
export type SetBreakpointPayload = {
  readonly __typename?: 'SetBreakpointPayload';
  /** The commit. */
  readonly cursor?: Maybe<Scalars['ChangeCursor']['output']>;
  /** Everything that is wrong; empty on success. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether this is the answer to an earlier call with the same key. */
  readonly replayed: Scalars['Boolean']['output'];
  /** The workflow after the commit; null if it was refused. */
  readonly workflow?: Maybe<Workflow>;
};

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
  /** The steps whose wait it has ended, by their ids: at most 100. A signal may end any number of waits. */
  readonly takenBy: ReadonlyArray<Scalars['ID']['output']>;
  /** How many waits it has ended so far. */
  readonly takenCount: Scalars['Int']['output'];
};

/** Who let a step go on without the signals that it still waited for. */
export type SignalBypass = {
  readonly __typename?: 'SignalBypass';
  /** When. */
  readonly at: Scalars['DateTime']['output'];
  /** Who. */
  readonly by: Scalars['String']['output'];
  /** Why, if they said so. */
  readonly reason?: Maybe<Scalars['String']['output']>;
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

/** What publications of a signal must be. */
export type SignalContract = {
  readonly __typename?: 'SignalContract';
  /** When this version was applied. */
  readonly appliedAt: Scalars['DateTime']['output'];
  /** Who applied it. */
  readonly appliedBy: Scalars['String']['output'];
  /** What the signal means. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Who answers for it. */
  readonly owner?: Maybe<Scalars['String']['output']>;
  /** What the parameters must be, as a JSON Schema. */
  readonly schema: Scalars['JSON']['output'];
  /** Its version, from 1. */
  readonly version: Scalars['Int']['output'];
  /** All versions, the newest first; at most 100. */
  readonly versions: ReadonlyArray<SignalContractVersion>;
};

/** A version of a contract. */
export type SignalContractVersion = {
  readonly __typename?: 'SignalContractVersion';
  /** When it was applied. */
  readonly appliedAt: Scalars['DateTime']['output'];
  /** Who applied it. */
  readonly appliedBy: Scalars['String']['output'];
  /** Its number. */
  readonly version: Scalars['Int']['output'];
};

/**
 * What became of the signals that met what a trigger demands. Each is one of the four: delivered = consumed + pending + expired +
 * rejected.
 */
export type SignalCounts = {
  readonly __typename?: 'SignalCounts';
  /** Whether every signal is accounted for. It always is; if not, that is a bug to be reported. */
  readonly balanced: Scalars['Boolean']['output'];
  /** They started runs. */
  readonly consumed: Scalars['Int']['output'];
  /** How many it got. */
  readonly delivered: Scalars['Int']['output'];
  /** They waited until nothing could join them any more, or until the trigger was changed, removed or reset. */
  readonly expired: Scalars['Int']['output'];
  /** They wait for others to join them, or for the run that they are folded into. */
  readonly pending: Scalars['Int']['output'];
  /** They were not taken; who published them was told why. */
  readonly rejected: Scalars['Int']['output'];
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
  /** Only signals whose parameters have these values: an object of names and single values. Reads each signal that the rest of the filter leaves over: give the name as well. */
  readonly params?: InputMaybe<Scalars['JSON']['input']>;
  /** Only signals that were published then. */
  readonly published?: InputMaybe<TimeRange>;
  /** Only signals that this person, service or step published. */
  readonly publishedBy?: InputMaybe<Scalars['String']['input']>;
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

/** One who has published a signal. */
export type SignalPublisher = {
  readonly __typename?: 'SignalPublisher';
  /** A name, `hook:github`, or of a step its place in the workflow, `step:penguins/announce`. */
  readonly by: Scalars['String']['output'];
  /** How often. */
  readonly count: Scalars['Int']['output'];
  /** When last. */
  readonly lastAt: Scalars['DateTime']['output'];
};

/** A signal name. */
export type SignalType = {
  readonly __typename?: 'SignalType';
  /** What its publications must be; null if anything may be published. */
  readonly contract?: Maybe<SignalContract>;
  /** The triggers that listen to it. */
  readonly listeners: ReadonlyArray<Trigger>;
  /** The name. */
  readonly name: Scalars['String']['output'];
  /** How many signals of it were published. */
  readonly published: Scalars['Int']['output'];
  /** The fifty who published it last, the latest first. */
  readonly publishers: ReadonlyArray<SignalPublisher>;
  /** The steps of active workflows that publish it, as their definitions say. */
  readonly publishingSteps: ReadonlyArray<PublishingStep>;
  /** Publications that the contract refused, newest first. They rest here until they are published again or dismissed. */
  readonly quarantine: RefusedPublicationConnection;
  /** The runs that wait for it now. Those of which only a step inside a loop does are not among them. */
  readonly waitingRuns: RunConnection;
  /**
   * The steps of active workflows that wait for it whenever a run gets there, as their definitions say. A name that a definition only
   * fills in when it runs is not known before.
   */
  readonly waitingSteps: ReadonlyArray<WaitingStep>;
};


/** A signal name. */
export type SignalTypeQuarantineArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A signal name. */
export type SignalTypeWaitingRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What applying the contract of a signal would come to. */
export type SignalTypePlan = {
  readonly __typename?: 'SignalTypePlan';
  /** Everything that is wrong with the document. */
  readonly errors: ReadonlyArray<UserError>;
  /** The signal's name; null if the document cannot be read. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Which publications would now be refused that were accepted before, in sentences. With any, applying needs `force`. */
  readonly refuses: ReadonlyArray<Scalars['String']['output']>;
  /** Whether that version holds now. */
  readonly unchanged: Scalars['Boolean']['output'];
  /** The version that would hold. */
  readonly version?: Maybe<Scalars['Int']['output']>;
};

/** What a trigger made of a signal. New words may be added. */
export type SignalVerdict =
  /** A trigger with `absentFor` or `expect` took note of it: it starts a run only when none comes for too long. */
  | 'HEARD'
  /** The workflow's triggers are paused. */
  | 'PAUSED'
  /** It was kept, and waits for other signals to join it, or for the run that it is folded into. */
  | 'PENDING'
  /** It matched, but the run could not be made. */
  | 'REFUSED'
  /** It met every demand and was not taken all the same: it came too late or out of turn, or too many wait already. */
  | 'REJECTED'
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
  /** The signals that it waits for, or has waited for, before its work begins. Empty for a step that waits for none. */
  readonly awaits: ReadonlyArray<AwaitedSignal>;
  /** The breakpoint at which it stops, or has stopped, before it begins. Null if there is none. */
  readonly breakpoint?: Maybe<Breakpoint>;
  /** Who let it go on without the signals that were missing. Null if nobody did. */
  readonly bypass?: Maybe<SignalBypass>;
  /** For `workflow`: the run that it started, once there is one. */
  readonly child?: Maybe<Run>;
  /** When it ended. */
  readonly endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Why it is where it is, in sentences. */
  readonly explanation?: Maybe<Explanation>;
  /** Why it did not succeed. */
  readonly failure?: Maybe<Failure>;
  /**
   * For `foreach` and `while`: one of the steps inside, however deep, in all iterations that have begun, as one flat list: in the
   * order of the iterations, the outermost loop's first. A page reads a bounded number of iterations: with a filter it may hold
   * fewer than were asked for, or none, and still say that there are more. Null for all other steps.
   */
  readonly flattened?: Maybe<FlattenedConnection>;
  /** `step:penguins/12/train`, or in a loop `step:penguins/12/each[2]/train`. */
  readonly id: Scalars['ID']['output'];
  /** Whether it stands under `finally`: it runs last, whatever became of the others. */
  readonly isFinal: Scalars['Boolean']['output'];
  /** For `foreach` and `while`: the iterations that have begun, in order. Null for all others. */
  readonly iterations?: Maybe<IterationConnection>;
  /**
   * The attempt of the run in which it ended, where a restart kept it as it was; where a fork kept it, the attempt of
   * `keptFromRun`. Null if it belongs to this attempt.
   */
  readonly keptFrom?: Maybe<Scalars['Int']['output']>;
  /** The other run in which it ended, where a fork kept it: `run:penguins/12.1`, with the attempt. Null otherwise. */
  readonly keptFromRun?: Maybe<Scalars['ID']['output']>;
  /** What it does: `shell`, `python`, `node`, `notebook`, `publish`, `sleep`, `noop`, `foreach`, `while` or `workflow`. */
  readonly kind: Scalars['String']['output'];
  /** The last lines that its newest attempt printed. */
  readonly logTail: ReadonlyArray<LogLine>;
  /** For `foreach` and `while`: how far it is. Null for all others, and before it begins. */
  readonly loop?: Maybe<Loop>;
  /** A name for people, if there is one. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Ids of the steps that must be complete first. */
  readonly needs: ReadonlyArray<Scalars['String']['output']>;
  /** For `foreach` and `while`: the steps inside that `flattened` can list, at any depth. Empty for all others. */
  readonly nestedSteps: ReadonlyArray<NestedStep>;
  /** What its failure means for the run. */
  readonly onFailure: FailureMode;
  /** What it gave, by name. */
  readonly outputs: Scalars['JSON']['output'];
  /** For imported definitions: how each of its own parameters came by its value when it last began. Empty for all others. */
  readonly paramTrace: ReadonlyArray<ParamTrace>;
  /** What it needs of pools, while it waits for it or has it. Null otherwise. */
  readonly permits?: Maybe<StepPermits>;
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
export type StepFlattenedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FlattenedFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  step: Scalars['String']['input'];
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
  /** `bypassSignals`. */
  | 'BYPASS'
  /** `resumeStep`. */
  | 'RESUME'
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

/** A step in both runs. */
export type StepComparison = {
  readonly __typename?: 'StepComparison';
  /** In one run; null if it does not have such a step. */
  readonly a?: Maybe<StepStanding>;
  /** In the other. */
  readonly b?: Maybe<StepStanding>;
  /** Whether both have it and it has the same status in both. */
  readonly isSame: Scalars['Boolean']['output'];
  /** The step's id within its workflow. */
  readonly stepId: Scalars['String']['output'];
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
  /** What it does: `shell`, `python`, `node`, `notebook`, `publish`, `sleep`, `noop`, `foreach`, `while` or `workflow`. */
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

/** What a step needs of pools, while it waits for it or has it. */
export type StepPermits = {
  readonly __typename?: 'StepPermits';
  /** When it may begin: see `Permit.estimatedAt`. */
  readonly estimatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it got them. Null: it waits. */
  readonly grantedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its place in the queue of that pool, from 1. */
  readonly position?: Maybe<Scalars['Int']['output']>;
  /** Its priority, 0 to 100. */
  readonly priority: Scalars['Int']['output'];
  /** Since when it asks. */
  readonly since: Scalars['DateTime']['output'];
  /** The pool that holds it up. Null if it does not wait, or its answer is on the way. */
  readonly waitsFor?: Maybe<Scalars['String']['output']>;
  /** All that it needs; it gets all or nothing. */
  readonly wants: ReadonlyArray<PermitWant>;
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

/** How a step stands in a run. */
export type StepStanding = {
  readonly __typename?: 'StepStanding';
  /** From its start to its end. */
  readonly durationMs?: Maybe<Scalars['Float']['output']>;
  /** The attempt of the run in which it ended, where a restart kept it. */
  readonly keptFrom?: Maybe<Scalars['Int']['output']>;
  /** Its status. */
  readonly status: StepStatus;
  /** How often it was tried. */
  readonly tries: Scalars['Int']['output'];
};

/** Where a step is, in detail. New words may be added. */
export type StepStatus =
  /** It failed, and its `onFailure: ignore` lets the run go on. */
  | 'COMPLETED_WITH_ERROR'
  /** It failed for good. */
  | 'FAILED'
  /** It waits for the steps that it needs. */
  | 'NOT_CREATED'
  /** It stands at a breakpoint, and begins when someone lets it go on. */
  | 'PAUSED'
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
  | 'UNSATISFIED'
  /** It waits for permits of pools before its work begins: `permits` says which. */
  | 'WAITING_FOR_PERMITS'
  /** It waits for signals before its work begins: `awaits` says which. */
  | 'WAITING_FOR_SIGNALS';

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
  /** One backfill: as it is now, then each change of it. */
  readonly backfillChanges: BackfillChange;
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
export type SubscriptionBackfillChangesArgs = {
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  backfillId: Scalars['ID']['input'];
};


/** What can be watched. With `after`, everything behind that place and then live, without a gap or a repeat; without it a SNAPSHOT, then live. */
export type SubscriptionChangesArgs = {
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  filter?: InputMaybe<ChangeFilter>;
};


/** What can be watched. With `after`, everything behind that place and then live, without a gap or a repeat; without it a SNAPSHOT, then live. */
export type SubscriptionRunChangesArgs = {
  after?: InputMaybe<Scalars['ChangeCursor']['input']>;
  beneath?: Scalars['Boolean']['input'];
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

/** A step that workflows share, with parameters. Applying a workflow fills it in; what was applied stays as it is. */
export type Template = Node & {
  readonly __typename?: 'Template';
  /** When its first version was applied. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** What it is for. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** `template:train-model` */
  readonly id: Scalars['ID']['output'];
  /**
   * What a job template of Maestro's says of itself under `metadata`: who owns it, its status and the like. Nothing acts on it. Null
   * where there is none.
   */
  readonly metadata?: Maybe<Scalars['JSON']['output']>;
  /** A title for people. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Its parameters, also those that it inherits. */
  readonly params: ReadonlyArray<TemplateParam>;
  /** The document as it was written. */
  readonly source: Scalars['String']['output'];
  /** The name that steps write behind `uses`. */
  readonly templateId: Scalars['String']['output'];
  /** When its newest version was applied. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** The steps of active versions of workflows that came from it. */
  readonly usedBy: ReadonlyArray<TemplateUse>;
  /** The version that is shown here; the newest unless another was asked for. */
  readonly version: Scalars['Int']['output'];
  /** All versions, newest first. */
  readonly versions: ReadonlyArray<TemplateVersion>;
};

/** A page of templates. */
export type TemplateConnection = {
  readonly __typename?: 'TemplateConnection';
  /** The place in the change feed that this page reflects. */
  readonly cursor: Scalars['ChangeCursor']['output'];
  /** The items with their page cursors. */
  readonly edges: ReadonlyArray<TemplateEdge>;
  /** The items alone. */
  readonly nodes: ReadonlyArray<Template>;
  /** Where this page lies. */
  readonly pageInfo: PageInfo;
  /** How many there are in all; counting stops at 10,000. Null when it was not asked for in time. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A template in a page. */
export type TemplateEdge = {
  readonly __typename?: 'TemplateEdge';
  /** Its page cursor. */
  readonly cursor: Scalars['String']['output'];
  /** The template. */
  readonly node: Template;
};

/** A parameter of a template. */
export type TemplateParam = {
  readonly __typename?: 'TemplateParam';
  /** What it is for. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Whether every step must give it, since it has no value of its own. */
  readonly required: Scalars['Boolean']['output'];
  /** Its type. */
  readonly type: Scalars['String']['output'];
};

/** What applying a template would come to. */
export type TemplatePlan = {
  readonly __typename?: 'TemplatePlan';
  /** The newest version now; null if there is none. */
  readonly currentVersion?: Maybe<Scalars['Int']['output']>;
  /** Everything that is wrong; empty if it can be applied. */
  readonly errors: ReadonlyArray<UserError>;
  /** Whether the newest version has this content already. */
  readonly isKnown: Scalars['Boolean']['output'];
  /** The template; null if it cannot be read. */
  readonly templateId?: Maybe<Scalars['String']['output']>;
  /** The steps that came from it. They change when their workflows are applied again. */
  readonly usedBy: ReadonlyArray<TemplateUse>;
  /** The version that it would be. */
  readonly version?: Maybe<Scalars['Int']['output']>;
};

/** A step that came from a template. */
export type TemplateUse = {
  readonly __typename?: 'TemplateUse';
  /** The step. */
  readonly stepId: Scalars['String']['output'];
  /** The version of the template that it came from. */
  readonly version: Scalars['Int']['output'];
  /** The workflow. */
  readonly workflowId: Scalars['String']['output'];
  /** Its active version. */
  readonly workflowVersion: Scalars['Int']['output'];
};

/** A version of a template. */
export type TemplateVersion = {
  readonly __typename?: 'TemplateVersion';
  /** When it was applied. */
  readonly appliedAt: Scalars['DateTime']['output'];
  /** Who applied it. */
  readonly appliedBy: Scalars['String']['output'];
  /** Of its content. */
  readonly hash: Scalars['String']['output'];
  /** From 1, without gaps. */
  readonly version: Scalars['Int']['output'];
};

/** A stretch of time. */
export type TimeRange = {
  /** From this moment on. */
  readonly from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before this moment. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What starts runs of a workflow by itself. */
export type Trigger = Node & {
  readonly __typename?: 'Trigger';
  /** Whether it can start runs now: it belongs to the active version, and listens. */
  readonly armed: Scalars['Boolean']['output'];
  /** What became of the signals that it got; null for triggers at times. */
  readonly counts?: Maybe<SignalCounts>;
  /** Why it has not started a run, in sentences. */
  readonly explanation?: Maybe<Explanation>;
  /** `trigger:penguins/measurements.ready`. */
  readonly id: Scalars['ID']['output'];
  /** What kind of trigger it is. */
  readonly kind: TriggerKind;
  /** When it last started a run, and which. */
  readonly lastFired?: Maybe<TriggerFire>;
  /** For ABSENT and EXPECTED: what it missed last, and whether that has come since; null if nothing. */
  readonly missed?: Maybe<MissedSignal>;
  /** Its name within the workflow. */
  readonly name: Scalars['String']['output'];
  /**
   * For triggers at times: the time that it fires for next. With a `jitter` the run starts a little later. For ABSENT and EXPECTED: when it
   * fires unless the signal comes before.
   */
  readonly nextFire?: Maybe<Scalars['DateTime']['output']>;
  /** Whether it is kept from starting runs. */
  readonly paused: Scalars['Boolean']['output'];
  /** What waits, a key each, the newest first; none for triggers that neither join nor fold signals. */
  readonly pending: ReadonlyArray<PendingJoin>;
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


/** What starts runs of a workflow by itself. */
export type TriggerPendingArgs = {
  first?: Scalars['Int']['input'];
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
  /** Fires when a signal has not come for too long, once until the next one comes. */
  | 'ABSENT'
  /** Fires when all of several signals have come. */
  | 'ALL'
  /** Fires at each of several signals. */
  | 'ANY'
  /** Fires once. */
  | 'AT'
  /** Fires when so many of several signals have come. */
  | 'AT_LEAST'
  /** Fires at the times that a cron expression names. */
  | 'CRON'
  /** Fires again and again, after the same length of time. */
  | 'EVERY'
  /** Fires at times by which a signal has not come since the time before. */
  | 'EXPECTED'
  /** Fires when several signals have come one after the other. */
  | 'SEQUENCE'
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

/** What to change of a workflow. What is not named stays; null takes back what was set by hand. */
export type UpdateWorkflowInput = {
  /** What it is for. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The number of the last change that the caller has seen; 0 for none. Another one is a `VERSION_CONFLICT`. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** With the same key and arguments the first outcome is answered again, for at least 7 days. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What it is found by: an object of names and texts, all of them at once. */
  readonly labels?: InputMaybe<Scalars['JSON']['input']>;
  /** Who answers for it. */
  readonly owner?: InputMaybe<Scalars['String']['input']>;
  /** Why; kept in the audit. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
  /** The workflow's id. */
  readonly workflowId: Scalars['ID']['input'];
};

/** Outcome of `updateWorkflow`. */
export type UpdateWorkflowPayload = {
  readonly __typename?: 'UpdateWorkflowPayload';
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

/** A value that differs. Null where a run does not have it, or has null. */
export type ValueDifference = {
  readonly __typename?: 'ValueDifference';
  /** In one run. */
  readonly a?: Maybe<Scalars['JSON']['output']>;
  /** In the other. */
  readonly b?: Maybe<Scalars['JSON']['output']>;
  /** Its name. */
  readonly name: Scalars['String']['output'];
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

/** A step that waits for a signal. */
export type WaitingStep = {
  readonly __typename?: 'WaitingStep';
  /** The step. */
  readonly stepId: Scalars['String']['output'];
  /** What it waits for, in plain words: `weather.ready with rows >= 100`. */
  readonly text: Scalars['String']['output'];
  /** The workflow. */
  readonly workflowId: Scalars['ID']['output'];
};

/** Which runs there would have been with other triggers, beside those that there are. */
export type WhatIf = {
  readonly __typename?: 'WhatIf';
  /** How many runs are kept, moved, lost and gained. */
  readonly counts: WhatIfCounts;
  /** Everything that is wrong with what was asked; empty if there is an answer. */
  readonly errors: ReadonlyArray<UserError>;
  /** From when on runs were compared; null if nothing was. */
  readonly from?: Maybe<Scalars['DateTime']['output']>;
  /** Whether replaying the triggers as they really were gives exactly the runs that there are. Where it does not, `notes` says more. */
  readonly isExact: Scalars['Boolean']['output'];
  /** What should be known about the answer, in sentences: where it is not exact, and what was taken for granted. */
  readonly notes: ReadonlyArray<Scalars['String']['output']>;
  /** The runs, in the order of their times. */
  readonly runs: ReadonlyArray<WhatIfRun>;
  /** How many signals were replayed: of the time itself, and of the time before it as far as they matter. */
  readonly signals: Scalars['Int']['output'];
  /** Until when. */
  readonly to?: Maybe<Scalars['DateTime']['output']>;
  /** The triggers that were compared. */
  readonly triggers: ReadonlyArray<WhatIfTrigger>;
  /** The workflow's id; null if the definition cannot be read. */
  readonly workflowId?: Maybe<Scalars['String']['output']>;
};


/** Which runs there would have been with other triggers, beside those that there are. */
export type WhatIfRunsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  outcomes?: InputMaybe<ReadonlyArray<WhatIfOutcome>>;
};

/** How many runs there are of each kind. */
export type WhatIfCounts = {
  readonly __typename?: 'WhatIfCounts';
  /** There are not, and would be. */
  readonly gained: Scalars['Int']['output'];
  /** There are, and would be. */
  readonly kept: Scalars['Int']['output'];
  /** There are, and would not be. */
  readonly lost: Scalars['Int']['output'];
  /** There are, and would be at another time or on other signals. */
  readonly moved: Scalars['Int']['output'];
};

/** A definition as it would have been, and since when. Exactly one of `source` and `definition`. */
export type WhatIfInput = {
  /** The definition as JSON. */
  readonly definition?: InputMaybe<Scalars['JSON']['input']>;
  /** How to read it. */
  readonly format?: InputMaybe<DefinitionFormat>;
  /** Runs that were made, or are for a time, since then. */
  readonly from: Scalars['DateTime']['input'];
  /** The definition as text, YAML or JSON: one workflow. Files that it names are not needed. */
  readonly source?: InputMaybe<Scalars['String']['input']>;
  /** And before this. Null for now. */
  readonly to?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only these triggers, by their names in the definition or as they really were. Null for all. */
  readonly triggers?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
};

/** What becomes of a run with other triggers. */
export type WhatIfOutcome =
  /** It is not there, and would be. */
  | 'GAINED'
  /** It would be there as it is. */
  | 'KEPT'
  /** It would not be there. */
  | 'LOST'
  /** It would be there at another time or on other signals. */
  | 'MOVED';

/** One run that there is, or would be. */
export type WhatIfRun = {
  readonly __typename?: 'WhatIfRun';
  /** When it was made, or would be; of runs at times the time that they are for. */
  readonly at: Scalars['DateTime']['output'];
  /** What becomes of it. */
  readonly outcome: WhatIfOutcome;
  /** The id of the run that there is; null for one that is gained. */
  readonly runId?: Maybe<Scalars['ID']['output']>;
  /** The time of the trigger that it is for; null if it was made by signals. */
  readonly scheduledFor?: Maybe<Scalars['DateTime']['output']>;
  /** The signals that made it, or would have, in the order of the trigger's items. */
  readonly signals: ReadonlyArray<WhatIfSignal>;
  /** The trigger, by its name in the definition that was asked about; as it was, where that has none. */
  readonly trigger: Scalars['String']['output'];
  /** Why it is moved, lost or gained, in a sentence; null for one that is kept. */
  readonly why?: Maybe<Scalars['String']['output']>;
  /** For one that is moved: when it would be. */
  readonly wouldBeAt?: Maybe<Scalars['DateTime']['output']>;
};

/** A signal that makes a run. */
export type WhatIfSignal = {
  readonly __typename?: 'WhatIfSignal';
  /** Its id, as `signal(id)` and `explain(id)` take it. */
  readonly id: Scalars['ID']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Its number among all of that name. */
  readonly sequence: Scalars['Int']['output'];
};

/** A trigger as it was and as it would have been. */
export type WhatIfTrigger = {
  readonly __typename?: 'WhatIfTrigger';
  /** Its name in the definition that was asked about; null if there is none. */
  readonly changed?: Maybe<Scalars['String']['output']>;
  /** Its name as it was; null if there was none. */
  readonly real?: Maybe<Scalars['String']['output']>;
};

/** A workflow: steps that run when something starts them. */
export type Workflow = Node & {
  readonly __typename?: 'Workflow';
  /** The version that starts use; null if none is active. */
  readonly activeVersion?: Maybe<Scalars['Int']['output']>;
  /** Where its runs stop, in the order in which the breakpoints were set. */
  readonly breakpoints: ReadonlyArray<Breakpoint>;
  /** When its first version was applied. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The definition of the active version, or of the one asked for. */
  readonly definition?: Maybe<WorkflowDefinition>;
  /** When it was deleted; null if it was not. */
  readonly deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who deleted it; null if it was not. */
  readonly deletedBy?: Maybe<Scalars['String']['output']>;
  /** What it is for: set by hand, or else as the active version says. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** `workflow:penguins`. */
  readonly id: Scalars['ID']['output'];
  /** What it is found by: set by hand, or else as its newest version says. */
  readonly labels: Scalars['JSON']['output'];
  /** A name for people, if the definition gives one. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Who answers for it. */
  readonly owner?: Maybe<Scalars['String']['output']>;
  /** Its runs, newest first. */
  readonly runs: RunConnection;
  /** The changes of what is set by hand, newest first: at most the last 20. */
  readonly snapshots: ReadonlyArray<WorkflowSnapshot>;
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
  /**
   * The definition in Maestro's YAML language, as far as that has words for it; null unless it was imported from Maestro, and where
   * the text would mean something else.
   */
  readonly maestroYaml?: Maybe<DefinitionText>;
  /** The same as `yaml` as a text of JSON. Unlike `json`, it is written as a person would write it, and can be applied. */
  readonly nativeJson: DefinitionText;
  /** Its parameters, in order. */
  readonly params: ReadonlyArray<ParamDeclaration>;
  /** What becomes of several runs: `sequential`, `strict-sequential`, `first-only`, `last-only`, `latest-only` or `parallel(5)`. */
  readonly runStrategy: Scalars['String']['output'];
  /** Its steps, in order. */
  readonly steps: ReadonlyArray<StepDefinition>;
  /** The version's number, from 1. */
  readonly version: Scalars['Int']['output'];
  /** Why there is no `maestroYaml`: a sentence that names what cannot be written. Null where there is one. */
  readonly whyNoMaestroYaml?: Maybe<Scalars['String']['output']>;
  /**
   * The definition as YAML of our own: applying that gives the same definition. What an imported one says that our format has no
   * words for stands in it as comments, and among the notes.
   */
  readonly yaml: DefinitionText;
};


/** A version of a workflow: immutable. */
export type WorkflowDefinitionYamlArgs = {
  schemaUrl?: InputMaybe<Scalars['String']['input']>;
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
  /** Only those that were deleted, instead of those that were not. */
  readonly deleted?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only those with all of these labels: an object of names and texts. */
  readonly labels?: InputMaybe<Scalars['JSON']['input']>;
  /** Only those whose last run has one of these statuses. */
  readonly lastRun?: InputMaybe<ReadonlyArray<RunStatus>>;
  /** Only those of this owner. */
  readonly owner?: InputMaybe<Scalars['String']['input']>;
  /** Only those whose triggers are paused; false: only those whose triggers are not. */
  readonly paused?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only ids that begin like this, whatever the case. */
  readonly prefix?: InputMaybe<Scalars['String']['input']>;
  /** Only those whose id, name, owner or labels contain this, whatever the case. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** In which order to list workflows. */
export type WorkflowOrder =
  /** First the one to which, or to whose last run, something happened last. */
  | 'ACTIVE_LAST_FIRST'
  /** Last the one to which, or to whose last run, something happened last. */
  | 'ACTIVE_LAST_LAST'
  /** By id, from Z to A. */
  | 'ID_DOWN'
  /** By id, from A to Z. */
  | 'ID_UP'
  /** The one that was applied for the first time last comes first. */
  | 'NEWEST_FIRST'
  /** The one that was applied for the first time first comes first. */
  | 'OLDEST_FIRST';

/** What is set by hand for a workflow, as it was after one change. What is null is as the definition says. */
export type WorkflowSnapshot = {
  readonly __typename?: 'WorkflowSnapshot';
  /** When it was changed. */
  readonly at: Scalars['DateTime']['output'];
  /** Who changed it. */
  readonly by: Scalars['String']['output'];
  /** What it is for. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** What it is found by. */
  readonly labels?: Maybe<Scalars['JSON']['output']>;
  /** Counts the changes from 1. */
  readonly number: Scalars['Int']['output'];
  /** Who answers for it. */
  readonly owner?: Maybe<Scalars['String']['output']>;
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
