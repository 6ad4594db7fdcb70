// The GraphQL documents about a signal name: its contract, who publishes and listens, and what did not fit.

import { type Operation } from './operation.ts';
import { type JsonObject, type UserError } from './shapes.ts';

/** A signal name as its page shows it. */
export interface SignalTypeState {
  readonly name: string;
  readonly published: number;
  readonly contract: {
    readonly version: number;
    readonly description: string | null;
    readonly owner: string | null;
    readonly schema: unknown;
    readonly appliedAt: string;
    readonly appliedBy: string;
  } | null;
  readonly listeners: readonly { readonly id: string; readonly text: string; readonly paused: boolean }[];
  readonly waitingSteps: readonly { readonly workflowId: string; readonly stepId: string; readonly text: string }[];
  readonly waitingRuns: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
  readonly publishingSteps: readonly { readonly workflowId: string; readonly stepId: string }[];
  readonly publishers: readonly { readonly by: string; readonly count: number; readonly lastAt: string }[];
  readonly quarantine: {
    readonly totalCount: number;
    readonly dropped: number;
    readonly nodes: readonly RefusedPublication[];
  };
}

/** A publication that a contract refused. */
export interface RefusedPublication {
  readonly id: string;
  readonly by: string;
  readonly lastAt: string;
  readonly times: number;
  readonly params: JsonObject;
  readonly faults: readonly { readonly message: string; readonly hint: string | null }[];
}

interface Refusals {
  readonly errors: readonly UserError[];
}

const ERRORS = 'errors { code message path hint }';

/** A signal name. */
export const SIGNAL_TYPE: Operation<{ readonly signalType: SignalTypeState | null }, { readonly name: string }> = {
  text: `query SignalType($name: String!) { signalType(name: $name) { name published contract { version description owner schema appliedAt appliedBy } listeners { id text paused } waitingSteps { workflowId stepId text } waitingRuns(first: 10) { totalCount nodes { id } } publishingSteps { workflowId stepId } publishers { by count lastAt } quarantine(first: 20) { totalCount dropped nodes { id by lastAt times params faults { message hint } } } } }`,
};

interface RefusedWish {
  readonly id: string;
  readonly idempotencyKey: string;
}

/** Publishes what a contract refused. */
export const REPUBLISH_SIGNAL: Operation<{ readonly republishSignal: Refusals }, { readonly input: RefusedWish }> = {
  text: `mutation RepublishSignal($input: RepublishSignalInput!) { republishSignal(input: $input) { signal { id } ${ERRORS} } }`,
};

/** Lets go of what a contract refused. */
export const DISMISS_SIGNAL: Operation<{ readonly dismissSignal: Refusals }, { readonly input: RefusedWish }> = {
  text: `mutation DismissSignal($input: DismissSignalInput!) { dismissSignal(input: $input) { ${ERRORS} } }`,
};
