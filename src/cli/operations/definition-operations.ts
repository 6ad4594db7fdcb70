// The GraphQL documents about definitions and templates, with the shapes of their answers.

import { ERROR } from './error-fragment.ts';
import { type Operation, type Payload } from './operations.ts';

type WithInput = Readonly<{ input: Readonly<Record<string, unknown>> }>;

/** The parameters that a workflow declares. */
export const WORKFLOW_PARAMS: Operation<
  {
    readonly workflow: {
      readonly definition: { readonly params: readonly { readonly name: string; readonly type: string }[] } | null;
    } | null;
  },
  { readonly id: string }
> = { text: `query WorkflowParams($id: ID!) { workflow(id: $id) { definition { params { name type } } } }` };

/** What a workflow's active version says. */
export const WORKFLOW_DEFINITION: Operation<
  { readonly workflow: { readonly definition: { readonly json: unknown } | null } | null },
  { readonly id: string }
> = { text: `query WorkflowDefinition($id: ID!) { workflow(id: $id) { definition { json } } }` };

/** The definition's version that was made or found. */
export interface ApplyView extends Payload {
  readonly version: number | null;
  readonly unchanged: boolean;
  readonly armed: boolean;
  readonly workflow: {
    readonly workflowId: string;
    readonly url: string;
    readonly activeVersion: number | null;
    readonly triggersPaused: boolean;
    readonly triggers: readonly { readonly text: string; readonly paused: boolean }[];
  } | null;
}

/** Makes a version of a workflow. */
export const APPLY: Operation<{ readonly applyWorkflow: ApplyView }, WithInput> = {
  text: `mutation Apply($input: ApplyWorkflowInput!) { applyWorkflow(input: $input) { version unchanged armed workflow { workflowId url activeVersion triggersPaused triggers { text paused } } errors { ...ErrorFields } } } ${ERROR}`,
};

/** A step that came from a template. */
export interface TemplateUseView {
  readonly workflowId: string;
  readonly workflowVersion: number;
  readonly stepId: string;
  readonly version: number;
}

/** Applies a template. */
export const APPLY_TEMPLATE: Operation<
  {
    readonly applyTemplate: Payload & {
      readonly version: number | null;
      readonly unchanged: boolean;
      readonly template: { readonly templateId: string; readonly usedBy: readonly TemplateUseView[] } | null;
    };
  },
  WithInput
> = {
  text: `mutation ApplyTemplate($input: ApplyTemplateInput!) { applyTemplate(input: $input) { version unchanged template { templateId usedBy { workflowId workflowVersion stepId version } } errors { ...ErrorFields } } } ${ERROR}`,
};

/** What applying a template would come to. */
export const PLAN_TEMPLATE: Operation<
  {
    readonly planTemplate: Payload & {
      readonly templateId: string | null;
      readonly currentVersion: number | null;
      readonly version: number | null;
      readonly isKnown: boolean;
      readonly usedBy: readonly TemplateUseView[];
    };
  },
  WithInput
> = {
  text: `query PlanTemplate($input: ApplyTemplateInput!) { planTemplate(input: $input) { templateId currentVersion version isKnown usedBy { workflowId workflowVersion stepId version } errors { ...ErrorFields } } } ${ERROR}`,
};

/** What applying a definition would come to. */
export interface PlanView extends Payload {
  readonly workflowId: string | null;
  readonly activeVersion: number | null;
  readonly version: number | null;
  readonly isKnown: boolean;
  readonly changes: readonly {
    readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
    readonly subject: string;
    readonly name: string;
    readonly details: readonly string[];
    readonly keepsPlace: boolean | null;
  }[];
  readonly effects: readonly {
    readonly code: string;
    readonly text: string;
    readonly unblock: string | null;
    readonly until: string | null;
    readonly subject: string | null;
  }[];
}

/** Says what applying a definition would change. */
export const PLAN: Operation<{ readonly plan: PlanView }, WithInput> = {
  text: `query Plan($input: ApplyWorkflowInput!) { plan(input: $input) { workflowId activeVersion version isKnown changes { kind subject name details keepsPlace } effects { code text unblock until subject } errors { ...ErrorFields } } } ${ERROR}`,
};

/** Lets starts use another version. */
export const ACTIVATE: Operation<{ readonly activateVersion: ApplyView }, WithInput> = {
  text: `mutation Activate($input: ActivateVersionInput!) { activateVersion(input: $input) { version unchanged armed workflow { workflowId url activeVersion triggersPaused triggers { text paused } } errors { ...ErrorFields } } } ${ERROR}`,
};
