// Every GraphQL document that the page sends. A test holds them against schema.graphql.

import { type ChangeFrame, type LogFrame, type RunFrame, type SignalFrame, type WorkflowFrame } from './frames.ts';
import { type Operation } from './operation.ts';
import { ROLLUP, type Rollup } from './view-documents.ts';
import {
  type Iteration,
  type ParamTrace,
  type RunEvent,
  type RunLine,
  type RunState,
  type SignalState,
  type StepDefinition,
  type StepState,
  type Explanation,
  type UserError,
  type WorkflowLine,
  type WorkflowState,
} from './shapes.ts';

const FAILURE = 'kind code message hint retryable';
const EXPLANATION = 'summary reasons { code text unblock until subject }';
const RUN_LINE = `id number attempt workflowId version status isTerminal cause { kind text trigger signal folded step missing } counts { status count } url createdAt startedAt endedAt`;
const RUN = `${RUN_LINE} path scheduledFor labels params failure { ${FAILURE} } explanation { ${EXPLANATION} } allowedActions`;
const STEP = `id stepId name kind phase status needs startedAt endedAt outputs attempts { id number startedAt endedAt failure { ${FAILURE} } } failure { ${FAILURE} } artifacts { path size hash url } awaits { name as where state signalId sequence } bypass { by at reason } isFinal keptFrom keptFromRun breakpoint { version run setBy } loop { total begun concurrency counts { status count } } child { id url } allowedActions`;
const PLAIN_STEP = 'stepId name kind needs when workflowId';
/** Loops within loops, as deep as anybody writes them. */
const STEP_DEFINITION = `${PLAIN_STEP} steps { ${PLAIN_STEP} steps { ${PLAIN_STEP} steps { ${PLAIN_STEP} } } }`;
const PARAM_TRACE = 'name type value source expression template overridden { source value expression }';
const EVENT = 'cursor at type stepId text';
const TRIGGER = `id name kind text armed paused nextFire lastFired { at runId } started skipped counts { pending expired rejected } explanation { ${EXPLANATION} }`;
const PENDING =
  'triggers { id missed { name due resolvedBy lateMs } pending(first: 20) { key since expiresAt startsAt count signals { id name } missingText refusal } }';
const WORKFLOW_LINE = `id workflowId name description owner activeVersion versionCount triggersPaused updatedAt triggers { ${TRIGGER} }`;
const WORKFLOW = `${WORKFLOW_LINE} ${PENDING} deletedAt deletedBy definition { version hash appliedAt appliedBy runStrategy params { name type value expression mode } steps { ${STEP_DEFINITION} } finally { ${STEP_DEFINITION} } }`;
const SIGNAL =
  'id name sequence params payload occurredAt publishedAt publishedBy settled takenBy matches { triggerId workflowId verdict runId text }';
const ERRORS = 'errors { code message path hint }';

/** What a list of runs may be narrowed to. */
export interface RunFilter {
  readonly workflowId?: string;
  readonly status?: readonly string[];
  readonly created?: { readonly from: string };
  readonly text?: string;
}

/** What a list of workflows may be narrowed to. */
export interface WorkflowFilter {
  readonly text?: string;
  readonly owner?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly lastRun?: readonly string[];
  readonly paused?: boolean;
}

/** A page of runs, and the place from which to watch on. */
export const RUNS: Operation<
  { readonly runs: { readonly nodes: readonly RunLine[]; readonly cursor: string; readonly pageInfo: PageEnd } },
  { readonly first: number; readonly after?: string; readonly filter: RunFilter }
> = {
  text: `query Runs($first: Int!, $after: String, $filter: RunFilter) { runs(first: $first, after: $after, filter: $filter) { cursor pageInfo { hasNextPage endCursor } nodes { ${RUN_LINE} } } }`,
};

/** Where a page of a list ends. */
export interface PageEnd {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

/** What the page of a run shows. */
export interface RunPicture extends RunState {
  readonly cursor: string;
  readonly rollup: Rollup;
  readonly workflow: { readonly name: string | null } | null;
  readonly paramTrace: readonly ParamTrace[];
  readonly definition: {
    readonly hash: string;
    readonly steps: readonly StepDefinition[];
    readonly finally: readonly StepDefinition[];
  } | null;
  readonly steps: { readonly nodes: readonly StepState[]; readonly pageInfo?: PageEnd };
  readonly timeline: readonly RunEvent[];
}

/** Everything of one run. */
export const RUN_PICTURE: Operation<{ readonly run: RunPicture | null }, { readonly id: string }> = {
  text: `query RunPicture($id: ID!) { run(id: $id) { ${RUN} rollup { ${ROLLUP} } cursor workflow { name } paramTrace { ${PARAM_TRACE} } definition { hash steps { ${STEP_DEFINITION} } finally { ${STEP_DEFINITION} } } steps(first: 100) { nodes { ${STEP} } pageInfo { hasNextPage endCursor } } timeline(last: 500) { ${EVENT} } } }`,
};

/** The next of a run's steps. */
export const RUN_STEPS: Operation<
  { readonly run: { readonly steps: { readonly nodes: readonly StepState[]; readonly pageInfo: PageEnd } } | null },
  { readonly id: string; readonly after: string }
> = {
  text: `query RunSteps($id: ID!, $after: String) { run(id: $id) { steps(first: 100, after: $after) { nodes { ${STEP} } pageInfo { hasNextPage endCursor } } } }`,
};

/** Why a step is where it is. */
export const STEP_WHY: Operation<
  { readonly step: { readonly explanation: Explanation | null } | null },
  { readonly id: string }
> = {
  text: `query StepWhy($id: ID!) { step(id: $id) { id explanation { ${EXPLANATION} } } }`,
};

/** A page of a loop's iterations. */
export const ITERATIONS: Operation<
  {
    readonly step: {
      readonly iterations: {
        readonly totalCount: number | null;
        readonly nodes: readonly Iteration[];
        readonly pageInfo: PageEnd;
      } | null;
    } | null;
  },
  {
    readonly id: string;
    readonly first: number;
    readonly after: string | undefined;
    readonly statuses: readonly string[] | undefined;
  }
> = {
  text: `query Iterations($id: ID!, $first: Int!, $after: String, $statuses: [RunStatus!]) { step(id: $id) { id iterations(first: $first, after: $after, statuses: $statuses) { totalCount pageInfo { hasNextPage endCursor } nodes { index status runId values keptFrom run { startedAt endedAt } } } } }`,
};

/** All workflows. */
export const WORKFLOWS: Operation<
  {
    readonly workflows: {
      readonly nodes: readonly (WorkflowLine & {
        readonly labels: Readonly<Record<string, string>>;
        readonly runs: { readonly nodes: readonly RunLine[] };
      })[];
      readonly pageInfo: PageEnd;
    };
  },
  { readonly first: number; readonly filter: WorkflowFilter; readonly orderBy: string }
> = {
  text: `query Workflows($first: Int!, $filter: WorkflowFilter, $orderBy: WorkflowOrder) { workflows(first: $first, filter: $filter, orderBy: $orderBy) { nodes { ${WORKFLOW_LINE} labels runs(first: 8) { nodes { ${RUN_LINE} } } } pageInfo { hasNextPage endCursor } } }`,
};

/** What the list of workflows can be narrowed by. */
export const WORKFLOW_CHOICES: Operation<
  {
    readonly workflows: {
      readonly nodes: readonly { readonly owner: string | null; readonly labels: Readonly<Record<string, string>> }[];
    };
  },
  { readonly first: number }
> = { text: `query WorkflowChoices($first: Int!) { workflows(first: $first) { nodes { owner labels } } }` };

/** Ids and names of the workflows, for filters and for a page without runs. */
export const WORKFLOW_NAMES: Operation<
  { readonly workflows: { readonly nodes: readonly { readonly workflowId: string; readonly name: string | null }[] } },
  { readonly first: number }
> = { text: `query WorkflowNames($first: Int!) { workflows(first: $first) { nodes { workflowId name } } }` };

/** One workflow. */
export const WORKFLOW_PICTURE: Operation<{ readonly workflow: WorkflowState | null }, { readonly id: string }> = {
  text: `query WorkflowPicture($id: ID!) { workflow(id: $id) { ${WORKFLOW} } }`,
};

/** A page of signals. */
export const SIGNALS: Operation<
  { readonly signals: { readonly nodes: readonly SignalState[]; readonly pageInfo: PageEnd } },
  { readonly first: number; readonly after?: string; readonly filter: { readonly name?: string } }
> = {
  text: `query Signals($first: Int!, $after: String, $filter: SignalFilter) { signals(first: $first, after: $after, filter: $filter) { pageInfo { hasNextPage endCursor } nodes { ${SIGNAL} } } }`,
};

/** One signal. */
export const SIGNAL_PICTURE: Operation<
  { readonly node: SignalState | Readonly<Record<string, never>> | null },
  { readonly id: string }
> = {
  text: `query SignalPicture($id: ID!) { node(id: $id) { ... on Signal { ${SIGNAL} } } }`,
};

/** Starts a run. */
export const START_RUN: Operation<
  { readonly startRun: { readonly run: { readonly url: string } | null; readonly errors: readonly UserError[] } },
  {
    readonly input: {
      readonly workflowId: string;
      readonly params: Readonly<Record<string, unknown>>;
      readonly idempotencyKey: string;
    };
  }
> = { text: `mutation StartRun($input: StartRunInput!) { startRun(input: $input) { run { id url } ${ERRORS} } }` };

/** What every mutation of a run takes. */
interface RunWish {
  readonly runId: string;
  readonly idempotencyKey: string;
}

/** What every mutation of a step takes. */
interface StepWish {
  readonly stepId: string;
  readonly idempotencyKey: string;
}

interface Refusals {
  readonly errors: readonly UserError[];
}

/** Ends a run, but for its `finally` steps. */
export const STOP_RUN: Operation<{ readonly stopRun: Refusals }, { readonly input: RunWish }> = {
  text: `mutation StopRun($input: StopRunInput!) { stopRun(input: $input) { run { id } ${ERRORS} } }`,
};

/** Ends a run at once. */
export const KILL_RUN: Operation<{ readonly killRun: Refusals }, { readonly input: RunWish }> = {
  text: `mutation KillRun($input: KillRunInput!) { killRun(input: $input) { run { id } ${ERRORS} } }`,
};

/** Keeps the steps of a run from starting. */
export const PAUSE_RUN: Operation<{ readonly pauseRun: Refusals }, { readonly input: RunWish }> = {
  text: `mutation PauseRun($input: PauseRunInput!) { pauseRun(input: $input) { run { id } ${ERRORS} } }`,
};

/** Lets a paused run go on. */
export const RESUME_RUN: Operation<{ readonly resumeRun: Refusals }, { readonly input: RunWish }> = {
  text: `mutation ResumeRun($input: ResumeRunInput!) { resumeRun(input: $input) { run { id } ${ERRORS} } }`,
};

/** Runs an ended run again. */
export const RESTART_RUN: Operation<
  { readonly restartRun: Refusals },
  {
    readonly input: RunWish & { readonly from: 'BEGINNING' | 'INCOMPLETE' | 'STEP'; readonly stepId?: string };
  }
> = {
  text: `mutation RestartRun($input: RestartRunInput!) { restartRun(input: $input) { run { id } ${ERRORS} } }`,
};

/** Makes a new run that keeps what another one has done. */
export const FORK_RUN: Operation<
  { readonly forkRun: Refusals & { readonly run: { readonly url: string } | null } },
  { readonly input: RunWish & { readonly from?: string } }
> = {
  text: `mutation ForkRun($input: ForkRunInput!) { forkRun(input: $input) { run { id url } ${ERRORS} } }`,
};

/** Lets a step go on that stands at a breakpoint. */
export const RESUME_STEP: Operation<{ readonly resumeStep: Refusals }, { readonly input: StepWish }> = {
  text: `mutation ResumeStep($input: ResumeStepInput!) { resumeStep(input: $input) { run { id } ${ERRORS} } }`,
};

/** A place at which runs stop. */
interface BreakpointWish {
  readonly workflowId: string;
  readonly stepId: string;
  readonly version?: number;
  readonly runId?: string;
  readonly idempotencyKey: string;
}

/** Sets a breakpoint. */
export const SET_BREAKPOINT: Operation<{ readonly setBreakpoint: Refusals }, { readonly input: BreakpointWish }> = {
  text: `mutation SetBreakpoint($input: SetBreakpointInput!) { setBreakpoint(input: $input) { workflow { id } ${ERRORS} } }`,
};

/** Clears a breakpoint. */
export const CLEAR_BREAKPOINT: Operation<{ readonly clearBreakpoint: Refusals }, { readonly input: BreakpointWish }> = {
  text: `mutation ClearBreakpoint($input: ClearBreakpointInput!) { clearBreakpoint(input: $input) { workflow { id } ${ERRORS} } }`,
};

/** Lets a run go on as if a step were done. */
export const SKIP_STEP: Operation<{ readonly skipStep: Refusals }, { readonly input: StepWish }> = {
  text: `mutation SkipStep($input: SkipStepInput!) { skipStep(input: $input) { run { id } ${ERRORS} } }`,
};

/** Lets a step go on without the signals that it still waits for. */
export const BYPASS_STEP: Operation<{ readonly bypassSignals: Refusals }, { readonly input: StepWish }> = {
  text: `mutation BypassSignals($input: BypassSignalsInput!) { bypassSignals(input: $input) { run { id } ${ERRORS} } }`,
};

/** Lets a step begin again now. */
export const RETRY_STEP: Operation<{ readonly retryStep: Refusals }, { readonly input: StepWish }> = {
  text: `mutation RetryStep($input: RetryStepInput!) { retryStep(input: $input) { run { id } ${ERRORS} } }`,
};

/** Keeps a workflow's triggers from starting runs. */
export const PAUSE_TRIGGERS: Operation<
  { readonly pauseTriggers: { readonly errors: readonly UserError[] } },
  { readonly input: { readonly workflowId: string } }
> = {
  text: `mutation PauseTriggers($input: PauseTriggersInput!) { pauseTriggers(input: $input) { workflow { id } ${ERRORS} } }`,
};

/** Lets a workflow's triggers start runs again. */
export const RESUME_TRIGGERS: Operation<
  { readonly resumeTriggers: { readonly errors: readonly UserError[] } },
  { readonly input: { readonly workflowId: string } }
> = {
  text: `mutation ResumeTriggers($input: ResumeTriggersInput!) { resumeTriggers(input: $input) { workflow { id } ${ERRORS} } }`,
};

/** Every change of the fleet, or of one workflow's runs. */
export const CHANGES: Operation<
  { readonly changes: ChangeFrame },
  { readonly filter: { readonly workflowId?: string } }
> = {
  text: `subscription Changes($filter: ChangeFilter, $after: ChangeCursor) { changes(filter: $filter, after: $after) { cursor kind ids runs { ${RUN_LINE} } } }`,
};

/** Every change of a run. */
export const RUN_CHANGES: Operation<
  { readonly runChanges: RunFrame },
  { readonly runId: string; readonly beneath?: boolean }
> = {
  text: `subscription RunChanges($runId: ID!, $after: ChangeCursor, $beneath: Boolean) { runChanges(runId: $runId, after: $after, beneath: $beneath) { cursor kind run { ${RUN} rollup { ${ROLLUP} } } steps { ${STEP} } events { ${EVENT} } } }`,
};

/** Every change of a workflow. */
export const WORKFLOW_CHANGES: Operation<{ readonly workflowChanges: WorkflowFrame }, { readonly workflowId: string }> =
  {
    text: `subscription WorkflowChanges($workflowId: ID!, $after: ChangeCursor) { workflowChanges(workflowId: $workflowId, after: $after) { cursor kind workflow { ${WORKFLOW} } } }`,
  };

/** Signals as they are published and judged. */
export const SIGNAL_CHANGES: Operation<{ readonly signalChanges: SignalFrame }, { readonly name?: string }> = {
  text: `subscription SignalChanges($name: String, $after: ChangeCursor) { signalChanges(name: $name, after: $after) { cursor kind signals { ${SIGNAL} } } }`,
};

/** What a step prints. */
export const STEP_LOGS: Operation<
  { readonly stepLogs: LogFrame },
  { readonly stepId: string; readonly attempt: number }
> = {
  text: `subscription StepLogs($stepId: ID!, $attempt: Int, $after: ChangeCursor) { stepLogs(stepId: $stepId, attempt: $attempt, after: $after) { cursor attemptId lines { number at stream text } } }`,
};
