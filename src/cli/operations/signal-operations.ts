// The GraphQL operations about signal names: their contracts, and publications that did not fit.

import { type Operation, type Payload } from './operations.ts';

const ERROR = `fragment ErrorFields on UserError { code message path hint docs ... on DefinitionError { line column rule suggestion } }`;

type WithInput = Readonly<{ input: Readonly<Record<string, unknown>> }>;

/** What became of a contract. */
export interface ContractView extends Payload {
  readonly version: number | null;
  readonly unchanged: boolean;
}

/** Makes a version of a contract. */
export const APPLY_SIGNAL_TYPE: Operation<{ readonly applySignalType: ContractView }, WithInput> = {
  text: `mutation ApplySignalType($input: ApplySignalTypeInput!) { applySignalType(input: $input) { version unchanged errors { ...ErrorFields } } } ${ERROR}`,
};

/** Says what applying a contract would refuse. */
export const PLAN_SIGNAL_TYPE: Operation<
  { readonly planSignalType: ContractView & { readonly refuses: readonly string[] } },
  { readonly source: string }
> = {
  text: `query PlanSignalType($source: String!) { planSignalType(source: $source) { version unchanged refuses errors { ...ErrorFields } } } ${ERROR}`,
};

/** A signal name as a person sees it. */
export interface SignalTypeView {
  readonly name: string;
  readonly published: number;
  readonly contract: {
    readonly version: number;
    readonly description: string | null;
    readonly owner: string | null;
    readonly schema: unknown;
  } | null;
  readonly listeners: readonly { readonly id: string; readonly text: string }[];
  readonly waitingSteps: readonly { readonly workflowId: string; readonly stepId: string; readonly text: string }[];
  readonly waitingRuns: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
  readonly publishingSteps: readonly { readonly workflowId: string; readonly stepId: string }[];
  readonly publishers: readonly { readonly by: string; readonly count: number; readonly lastAt: string }[];
  readonly quarantine: {
    readonly totalCount: number;
    readonly dropped: number;
    readonly nodes: readonly RefusedView[];
  };
}

/** A publication that a contract refused. */
export interface RefusedView {
  readonly id: string;
  readonly by: string;
  readonly lastAt: string;
  readonly times: number;
  readonly params: unknown;
  readonly faults: readonly { readonly message: string }[];
}

/** A signal name with what was refused last. */
export const SIGNAL_TYPE: Operation<{ readonly signalType: SignalTypeView | null }, { readonly name: string }> = {
  text: `query SignalType($name: String!) { signalType(name: $name) { name published contract { version description owner schema } listeners { id text } waitingSteps { workflowId stepId text } waitingRuns(first: 10) { totalCount nodes { id } } publishingSteps { workflowId stepId } publishers { by count lastAt } quarantine(first: 10) { totalCount dropped nodes { id by lastAt times params faults { message } } } } }`,
};

/** Publishes what was refused. */
export const REPUBLISH: Operation<
  {
    readonly republishSignal: Payload & {
      readonly signal: { readonly id: string; readonly name: string; readonly sequence: number } | null;
    };
  },
  WithInput
> = {
  text: `mutation Republish($input: RepublishSignalInput!) { republishSignal(input: $input) { signal { id name sequence } errors { ...ErrorFields } } } ${ERROR}`,
};

/** Lets go of what was refused. */
export const DISMISS: Operation<{ readonly dismissSignal: Payload }, WithInput> = {
  text: `mutation Dismiss($input: DismissSignalInput!) { dismissSignal(input: $input) { errors { ...ErrorFields } } } ${ERROR}`,
};
