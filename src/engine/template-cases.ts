// What the engine offers about templates.

import { type Template } from '../core/definition/template/template.ts';
import { type TemplateState } from '../core/template/template.ts';
import { type Refusal } from '../core/refusal.ts';
import { type Answer, type Caller } from './answer.ts';
import { type DefinitionInput } from './definition-input.ts';
import { type Page, type PageRequest } from './page.ts';
import { type TemplateRow } from '../core/partition/summary.ts';

/** A version of a template with what it says. */
export interface TemplateView {
  readonly state: TemplateState;
  readonly version: number;
  readonly template: Template;
  /** The document as it was written. */
  readonly text: string;
}

/** A step of a workflow's active version that came from a template. */
export interface TemplateUse {
  readonly workflowId: string;
  readonly workflowVersion: number;
  readonly stepId: string;
  /** The version of the template. */
  readonly version: number;
}

/** What a new version of a template would mean for the steps that use it. */
export interface TemplatePlan {
  readonly templateId: string;
  /** The newest version now; undefined if it is new. */
  readonly current: number | undefined;
  /** The version that it would be. */
  readonly version: number;
  readonly isKnown: boolean;
  /** Steps that came from any version of it. They change when their workflows are applied again, and not before. */
  readonly uses: readonly TemplateUse[];
}

/** The use cases of templates. */
export interface TemplateCases {
  /** Makes a version of a template; no workflow changes by it. */
  applyTemplate(
    input: DefinitionInput & { readonly expectedVersion?: number },
    caller: Caller,
  ): Promise<Answer<{ readonly view: TemplateView; readonly changed: boolean }>>;
  /** What applying a template would touch; changes nothing. */
  planTemplate(
    input: DefinitionInput,
  ): Promise<
    { readonly ok: true; readonly value: TemplatePlan } | { readonly ok: false; readonly refusals: readonly Refusal[] }
  >;
  /** A version of a template, or its newest. */
  template(templateId: string, version?: number): Promise<TemplateView | undefined>;
  templates(page: PageRequest): Promise<Page<TemplateRow>>;
  countTemplates(): Promise<number>;
  /** The steps of active versions that came from it. */
  usesOfTemplate(templateId: string): Promise<readonly TemplateUse[]>;
}
