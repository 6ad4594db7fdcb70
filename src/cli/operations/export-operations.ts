// The GraphQL documents of `export`: a definition as a text, and everything that there is to know of a run.

import { type LogLineView, type Operation } from './operations.ts';

/** A definition as a text, and what the text does not say. */
export interface TextView {
  readonly text: string;
  readonly notes: readonly string[];
}

/** A version of a workflow in every format that it has. */
export interface ExportedVersionView {
  readonly version: number;
  readonly yaml: TextView;
  readonly nativeJson: TextView;
  readonly maestroJson: unknown;
  readonly maestroYaml: TextView | null;
  readonly whyNoMaestroYaml: string | null;
}

/** A version of a workflow as texts. */
export const EXPORT_WORKFLOW: Operation<
  {
    readonly workflow: {
      readonly workflowId: string;
      readonly activeVersion: number | null;
      readonly versionCount: number;
      readonly definition: ExportedVersionView | null;
    } | null;
  },
  { readonly id: string; readonly version?: number; readonly schemaUrl: string }
> = {
  text: `query ExportWorkflow($id: ID!, $version: Int, $schemaUrl: String) { workflow(id: $id) { workflowId activeVersion versionCount definition(version: $version) { version yaml(schemaUrl: $schemaUrl) { text notes } nativeJson { text notes } maestroJson maestroYaml { text notes } whyNoMaestroYaml } } }`,
};

/** A file that a step kept. */
export interface ArtifactView {
  readonly path: string;
  readonly size: string;
  readonly hash: string;
  readonly url: string;
}

/** A step as it is exported. The rest of its fields goes into the record as it comes. */
export interface ExportedStepView {
  readonly id: string;
  readonly stepId: string;
  readonly kind: string;
  readonly status: string;
  readonly phase: string;
  readonly attempts: readonly { readonly number: number }[];
  readonly awaits: readonly { readonly signalId: string | null }[];
  readonly artifacts: readonly ArtifactView[];
}

/** A run as it is exported. The rest of its fields goes into the record as it comes. */
export interface ExportedRunView {
  readonly id: string;
  readonly workflowId: string;
  readonly version: number;
  readonly status: string;
  readonly isTerminal: boolean;
  readonly attempt: number;
  readonly url: string;
  readonly cause: {
    readonly signal: string | null;
    readonly signals: readonly { readonly id: string }[] | null;
  };
  readonly timeline: readonly unknown[];
  readonly definition: { readonly yaml: TextView } | null;
}

const FAILURE = 'failure { kind code message hint retryable }';
const EXPLANATION = 'explanation { summary reasons { code text unblock until subject } }';

/** A run but for its steps. */
export const EXPORT_RUN: Operation<
  { readonly server: { readonly version: string }; readonly run: ExportedRunView | null },
  { readonly id: string; readonly schemaUrl: string }
> = {
  text: `query ExportRun($id: ID!, $schemaUrl: String) { server { version } run(id: $id) {
    id number attempt path workflowId version status isTerminal scheduledFor labels createdAt startedAt endedAt url
    cause { kind text actor trigger signal since signals { as name id } step run backfill } parent { id }
    params paramTrace { name type mode value source expression template overridden { source value expression } }
    outputs counts { status count } ${FAILURE} ${EXPLANATION}
    timeline(last: 1000) { at type stepId text }
    definition { version hash appliedAt appliedBy yaml(schemaUrl: $schemaUrl) { text notes } } } }`,
};

/** A page of a run's steps. */
export const EXPORT_STEPS: Operation<
  {
    readonly run: {
      readonly steps: {
        readonly nodes: readonly ExportedStepView[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    } | null;
  },
  { readonly id: string; readonly after?: string }
> = {
  text: `query ExportSteps($id: ID!, $after: String) { run(id: $id) { steps(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes {
    id stepId name kind phase status needs isFinal onFailure keptFrom keptFromRun startedAt endedAt outputs ${FAILURE} ${EXPLANATION}
    paramTrace { name type mode value source expression }
    loop { total done counts { status count } } child { id status }
    awaits { name as where from state signalId sequence } bypass { by at reason }
    attempts { id number startedAt endedAt ${FAILURE} } artifacts { path size hash url } } } } }`,
};

/** The iterations of a loop that ended badly. */
export const EXPORT_ITERATIONS: Operation<
  { readonly step: { readonly iterations: { readonly nodes: readonly unknown[] } | null } | null },
  { readonly id: string }
> = {
  text: `query ExportIterations($id: ID!) { step(id: $id) { iterations(first: 100, statuses: [FAILED, STOPPED, TIMED_OUT]) { nodes { index status runId values } } } }`,
};

/** A signal that started a run, or that one of its steps took. */
export const EXPORT_SIGNAL: Operation<{ readonly node: unknown }, { readonly id: string }> = {
  text: `query ExportSignal($id: ID!) { node(id: $id) { ... on Signal { id name sequence params payload occurredAt publishedAt publishedBy } } }`,
};

/** The end of what a step printed. */
export const EXPORT_LOG: Operation<
  { readonly step: { readonly logTail: readonly LogLineView[] } | null },
  { readonly id: string; readonly lines: number }
> = {
  text: `query ExportLog($id: ID!, $lines: Int!) { step(id: $id) { logTail(lines: $lines) { number at stream text } } }`,
};
