// Every GraphQL document that the command line sends, with the shape of its answer. Tests hold them against schema.graphql.

import { ERROR } from './error-fragment.ts';

/** A document; `Data` is what it answers, `Variables` what it takes. */
export interface Operation<Data, Variables> {
  readonly text: string;
  /** Never there at run time: they carry the types. */
  readonly data?: Data;
  readonly variables?: Variables;
}

/** Why something did not succeed. */
export interface FailureView {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** A run as the command line shows it. */
export interface RunView {
  readonly id: string;
  readonly number: number;
  readonly attempt: number;
  readonly workflowId: string;
  readonly version: number;
  readonly status: string;
  readonly isTerminal: boolean;
  readonly cause: { readonly text: string };
  readonly scheduledFor: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly url: string;
  readonly failure: FailureView | null;
}

/** How far a loop is. */
export interface LoopView {
  /** Null for `while`, which finds out. */
  readonly total: number | null;
  readonly done: number;
  readonly counts: readonly { readonly status: string; readonly count: number }[];
}

/** A step as the command line shows it. */
export interface StepView {
  readonly id: string;
  readonly stepId: string;
  readonly name: string | null;
  readonly phase: string;
  readonly status: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** It stands under `finally`. */
  readonly isFinal: boolean;
  /** The attempt of the run in which it ended, where a restart kept it. */
  readonly keptFrom: number | null;
  /** The other run in which it ended, where a fork kept it. */
  readonly keptFromRun: string | null;
  readonly loop: LoopView | null;
  /** The signals that it waits for, or has waited for. */
  readonly awaits: readonly { readonly name: string; readonly where: readonly string[]; readonly state: string }[];
  readonly attempts: readonly { readonly number: number; readonly failure: FailureView | null }[];
  readonly failure: FailureView | null;
}

/** A line that a step printed. */
export interface LogLineView {
  readonly number: number;
  readonly at: string;
  readonly stream: string;
  readonly text: string;
}

/** A problem that the caller can cure. */
export interface UserErrorView {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly hint: string | null;
  readonly docs: string;
  readonly line?: number | null;
  readonly column?: number | null;
  readonly rule?: string;
  readonly suggestion?: string | null;
}

/** What every mutation answers with. */
export interface Payload {
  readonly errors: readonly UserErrorView[];
}

/** What became of a published signal. */
export interface ReceiptView extends Payload {
  readonly signal: {
    readonly id: string;
    readonly name: string;
    readonly sequence: number;
    /** The steps whose wait it has ended. */
    readonly takenBy: readonly string[];
  } | null;
  readonly duplicate: boolean;
  readonly settled: boolean;
  readonly matches: readonly {
    readonly triggerId: string;
    readonly workflowId: string;
    readonly verdict: string;
    readonly runId: string | null;
    readonly text: string;
  }[];
}

/** Why something is where it is. */
export interface ExplanationView {
  readonly id: string;
  readonly summary: string;
  readonly reasons: readonly {
    readonly code: string;
    readonly text: string;
    readonly unblock: string | null;
    readonly until: string | null;
    readonly subject: string | null;
  }[];
}

/** One change of a run. */
export interface RunChangeView {
  readonly cursor: string;
  readonly at: string;
  readonly kind: string;
  readonly run: RunView | null;
  readonly steps: readonly StepView[];
}

/** Some lines of a step's log. */
export interface LogChunkView {
  readonly cursor: string;
  readonly attemptId: string;
  readonly lines: readonly LogLineView[];
}

const FAILURE = `fragment FailureFields on Failure { kind code message hint }`;
const RUN = `fragment RunFields on Run { id number attempt workflowId version status isTerminal cause { text } scheduledFor createdAt startedAt endedAt url failure { ...FailureFields } }`;
const STEP = `fragment StepFields on Step { id stepId name phase status startedAt endedAt isFinal keptFrom keptFromRun loop { total done counts { status count } } awaits { name where state } attempts { number failure { ...FailureFields } } failure { ...FailureFields } }`;

type WithInput = Readonly<{ input: Readonly<Record<string, unknown>> }>;

/** What the server is. */
export const SERVER: Operation<
  {
    readonly server: {
      readonly version: string;
      readonly nodeId: string;
      readonly role: string;
      readonly nodes: readonly { readonly nodeId: string }[];
    };
  },
  Readonly<Record<string, never>>
> = { text: `query Server { server { version nodeId role nodes { nodeId } } }` };

/** One run. */
export const RUN_BY_ID: Operation<{ readonly run: RunView | null }, { readonly id: string }> = {
  text: `query Run($id: ID!) { run(id: $id) { ...RunFields } } ${RUN} ${FAILURE}`,
};

/** A page of runs. */
export const RUNS: Operation<
  { readonly runs: { readonly nodes: readonly RunView[]; readonly pageInfo: { readonly hasNextPage: boolean } } },
  { readonly first: number; readonly filter: Readonly<Record<string, unknown>>; readonly orderBy?: string }
> = {
  text: `query Runs($first: Int, $filter: RunFilter, $orderBy: RunOrder) { runs(first: $first, filter: $filter, orderBy: $orderBy) { nodes { ...RunFields } pageInfo { hasNextPage } } } ${RUN} ${FAILURE}`,
};

/** A page of the steps of a run. */
export const RUN_STEPS: Operation<
  {
    readonly run: {
      readonly id: string;
      readonly steps: {
        readonly nodes: readonly StepView[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    } | null;
  },
  { readonly id: string; readonly after?: string }
> = {
  text: `query RunSteps($id: ID!, $after: String) { run(id: $id) { id steps(first: 100, after: $after) { nodes { ...StepFields } pageInfo { hasNextPage endCursor } } } } ${STEP} ${FAILURE}`,
};

/** The end of a step's log. One step a request: a server allows only so many lines in one answer. */
export const LOG_TAIL: Operation<
  { readonly step: { readonly logTail: readonly LogLineView[] } | null },
  { readonly id: string; readonly lines: number }
> = {
  text: `query LogTail($id: ID!, $lines: Int!) { step(id: $id) { logTail(lines: $lines) { number at stream text } } }`,
};

/** Why something is where it is. */
export const EXPLAIN: Operation<{ readonly explain: ExplanationView | null }, { readonly id: string }> = {
  text: `query Explain($id: ID!) { explain(id: $id) { id summary reasons { code text unblock until subject } } }`,
};

/** Starts a run. */
export const START: Operation<{ readonly startRun: Payload & { readonly run: RunView | null } }, WithInput> = {
  text: `mutation Start($input: StartRunInput!) { startRun(input: $input) { run { ...RunFields } errors { ...ErrorFields } } } ${RUN} ${FAILURE} ${ERROR}`,
};

/** Ends a run. */
export const STOP: Operation<{ readonly stopRun: Payload & { readonly run: RunView | null } }, WithInput> = {
  text: `mutation Stop($input: StopRunInput!) { stopRun(input: $input) { run { ...RunFields } errors { ...ErrorFields } } } ${RUN} ${FAILURE} ${ERROR}`,
};

/** Ends a run, without its `finally` steps. */
export const KILL: Operation<{ readonly killRun: Payload & { readonly run: RunView | null } }, WithInput> = {
  text: `mutation Kill($input: KillRunInput!) { killRun(input: $input) { run { ...RunFields } errors { ...ErrorFields } } } ${RUN} ${FAILURE} ${ERROR}`,
};

/** Keeps the steps of a run from starting. */
export const PAUSE_RUN: Operation<{ readonly pauseRun: Payload & { readonly run: RunView | null } }, WithInput> = {
  text: `mutation PauseRun($input: PauseRunInput!) { pauseRun(input: $input) { run { ...RunFields } errors { ...ErrorFields } } } ${RUN} ${FAILURE} ${ERROR}`,
};

/** Lets a paused run go on. */
export const RESUME_RUN: Operation<{ readonly resumeRun: Payload & { readonly run: RunView | null } }, WithInput> = {
  text: `mutation ResumeRun($input: ResumeRunInput!) { resumeRun(input: $input) { run { ...RunFields } errors { ...ErrorFields } } } ${RUN} ${FAILURE} ${ERROR}`,
};

/** A step that was skipped or begins again, and its run. */
export interface StepChangeView extends Payload {
  readonly step: StepView | null;
  readonly run: RunView | null;
}

/** Lets a run go on as if a step were done. */
export const SKIP: Operation<{ readonly skipStep: StepChangeView }, WithInput> = {
  text: `mutation Skip($input: SkipStepInput!) { skipStep(input: $input) { step { ...StepFields } run { ...RunFields } errors { ...ErrorFields } } } ${STEP} ${RUN} ${FAILURE} ${ERROR}`,
};

/** Lets a step go on without the signals that it waits for. */
export const BYPASS: Operation<{ readonly bypassSignals: StepChangeView }, WithInput> = {
  text: `mutation Bypass($input: BypassSignalsInput!) { bypassSignals(input: $input) { step { ...StepFields } run { ...RunFields } errors { ...ErrorFields } } } ${STEP} ${RUN} ${FAILURE} ${ERROR}`,
};

/** Lets a step begin again. */
export const RETRY: Operation<{ readonly retryStep: StepChangeView }, WithInput> = {
  text: `mutation Retry($input: RetryStepInput!) { retryStep(input: $input) { step { ...StepFields } run { ...RunFields } errors { ...ErrorFields } } } ${STEP} ${RUN} ${FAILURE} ${ERROR}`,
};

/** Lets a queue go on that a failed run holds up. */
export const UNBLOCK: Operation<
  { readonly unblockWorkflow: Payload & { readonly workflow: { readonly workflowId: string } | null } },
  WithInput
> = {
  text: `mutation Unblock($input: UnblockWorkflowInput!) { unblockWorkflow(input: $input) { workflow { workflowId } errors { ...ErrorFields } } } ${ERROR}`,
};

/** Runs a finished run again. */
export const RESTART: Operation<{ readonly restartRun: Payload & { readonly run: RunView | null } }, WithInput> = {
  text: `mutation Restart($input: RestartRunInput!) { restartRun(input: $input) { run { ...RunFields } errors { ...ErrorFields } } } ${RUN} ${FAILURE} ${ERROR}`,
};

/** Makes a new run that keeps what another one has done. */
export const FORK: Operation<{ readonly forkRun: Payload & { readonly run: RunView | null } }, WithInput> = {
  text: `mutation Fork($input: ForkRunInput!) { forkRun(input: $input) { run { ...RunFields } errors { ...ErrorFields } } } ${RUN} ${FAILURE} ${ERROR}`,
};

/** Lets a step go on that stands at a breakpoint. */
export const RESUME_STEP: Operation<{ readonly resumeStep: StepChangeView }, WithInput> = {
  text: `mutation ResumeStep($input: ResumeStepInput!) { resumeStep(input: $input) { step { ...StepFields } run { ...RunFields } errors { ...ErrorFields } } } ${STEP} ${RUN} ${FAILURE} ${ERROR}`,
};

/** Where runs of a workflow stop. */
export interface BreakpointView {
  readonly stepId: string;
  readonly version: number | null;
  readonly run: number | null;
  readonly setBy: string;
  readonly setAt: string;
}

/** A workflow whose breakpoints were changed. */
export interface BreakpointsView extends Payload {
  readonly workflow: { readonly workflowId: string; readonly breakpoints: readonly BreakpointView[] } | null;
}

const BREAKPOINTS_OF = 'workflow { workflowId breakpoints { stepId version run setBy setAt } }';

/** The breakpoints of a workflow. */
export const BREAKPOINTS: Operation<Pick<BreakpointsView, 'workflow'>, { readonly id: string }> = {
  text: `query Breakpoints($id: ID!) { ${BREAKPOINTS_OF.replace('workflow', 'workflow(id: $id)')} }`,
};

/** Sets a breakpoint. */
export const BREAK: Operation<{ readonly setBreakpoint: BreakpointsView }, WithInput> = {
  text: `mutation Break($input: SetBreakpointInput!) { setBreakpoint(input: $input) { ${BREAKPOINTS_OF} errors { ...ErrorFields } } } ${ERROR}`,
};

/** Clears a breakpoint. */
export const UNBREAK: Operation<{ readonly clearBreakpoint: BreakpointsView }, WithInput> = {
  text: `mutation Unbreak($input: ClearBreakpointInput!) { clearBreakpoint(input: $input) { ${BREAKPOINTS_OF} errors { ...ErrorFields } } } ${ERROR}`,
};

/** Publishes a signal. */
export const PUBLISH: Operation<{ readonly publishSignal: ReceiptView }, WithInput> = {
  text: `mutation Publish($input: PublishSignalInput!) { publishSignal(input: $input) { signal { id name sequence takenBy } duplicate settled matches { triggerId workflowId verdict runId text } errors { ...ErrorFields } } } ${ERROR}`,
};

/** A workflow whose triggers were paused or let go on. */
export interface TriggersView extends Payload {
  readonly workflow: {
    readonly workflowId: string;
    readonly triggersPaused: boolean;
    readonly triggers: readonly { readonly text: string }[];
  } | null;
}

/** Keeps triggers from starting runs. */
export const PAUSE: Operation<{ readonly pauseTriggers: TriggersView }, WithInput> = {
  text: `mutation Pause($input: PauseTriggersInput!) { pauseTriggers(input: $input) { workflow { workflowId triggersPaused triggers { text } } errors { ...ErrorFields } } } ${ERROR}`,
};

/** Lets triggers start runs again. */
export const RESUME: Operation<{ readonly resumeTriggers: TriggersView }, WithInput> = {
  text: `mutation Resume($input: ResumeTriggersInput!) { resumeTriggers(input: $input) { workflow { workflowId triggersPaused triggers { text } } errors { ...ErrorFields } } } ${ERROR}`,
};

/** Lets take part again what an error of Downbeat had set aside. */
export const RELEASE: Operation<
  { readonly release: Payload & { readonly node: { readonly id: string } | null } },
  WithInput
> = {
  text: `mutation Release($input: ReleaseInput!) { release(input: $input) { node { id } errors { ...ErrorFields } } } ${ERROR}`,
};

/** Makes all lists anew. */
export const REBUILD: Operation<{ readonly rebuildLists: Payload & { readonly rows: number } }, WithInput> = {
  text: `mutation Rebuild($input: RebuildListsInput!) { rebuildLists(input: $input) { rows errors { ...ErrorFields } } } ${ERROR}`,
};

/** Every change of a run. */
export const RUN_CHANGES: Operation<{ readonly runChanges: RunChangeView }, { readonly runId: string }> = {
  text: `subscription RunChanges($runId: ID!, $after: ChangeCursor) { runChanges(runId: $runId, after: $after) { cursor at kind run { ...RunFields } steps { ...StepFields } } } ${RUN} ${STEP} ${FAILURE}`,
};

/** What a step prints. */
export const STEP_LOGS: Operation<
  { readonly stepLogs: LogChunkView },
  { readonly stepId: string; readonly attempt?: number }
> = {
  text: `subscription StepLogs($stepId: ID!, $attempt: Int, $after: ChangeCursor) { stepLogs(stepId: $stepId, attempt: $attempt, after: $after) { cursor attemptId lines { number at stream text } } }`,
};
