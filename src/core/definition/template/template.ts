// A template: a step that many workflows share, with parameters. It is filled in when a workflow is applied, so a workflow
// holds whole steps and says of each which version of which template it came from.

import { type ValueType } from '../../expression/value.ts';
import { type JsonObject } from '../../json.ts';
import { type FileReference } from '../model.ts';
import { type MapNode, type SourceNode } from '../source/node.ts';

/** A template as its text says it, with what it inherits filled in. */
export interface Template {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly params: readonly TemplateParam[];
  /** Everything of a step but its id and what it needs. */
  readonly step: MapNode;
  /** Where each node of the step stands: its own text, or that of a template it inherits from. */
  readonly origins: ReadonlyMap<SourceNode, TemplateOrigin>;
  /** What it gives to steps that were written for Maestro, if it is for those. Then it is for no others. */
  readonly job?: JobPart;
}

/** A job template, with what it inherits. */
export interface JobPart {
  /** The type of the steps that may use it. */
  readonly stepType: string;
  /** Parameters of the step, as they are written. */
  readonly params: MapNode;
  readonly tags: readonly string[];
  /** What it says of itself: who owns it, its status and the like. Absent: nothing. Never inherited. */
  readonly metadata?: JsonObject;
}

/** A parameter of a template. */
export interface TemplateParam {
  readonly name: string;
  readonly type: ValueType;
  /** The value unless a step gives another. Absent: every step must give one. */
  readonly fallback?: SourceNode;
  readonly description?: string;
}

/** A place in the text of a template. */
export interface TemplateOrigin {
  readonly template: string;
  readonly version: number;
  readonly line: number;
}

/** A stored version of a template, ready to be filled in. */
export interface StoredTemplate {
  readonly template: Template;
  readonly version: number;
  /** Hash of what is stored of it. */
  readonly source: string;
  /** The files that its step names, with those that it inherits. */
  readonly files: readonly FileReference[];
}

/** What is stored of one version of a template. */
export interface TemplateSource {
  /** The document as it was written. */
  readonly text: string;
  readonly files: readonly FileReference[];
  /** The version that it inherits from: that of when it was applied, whatever comes after. */
  readonly extends?: TemplateVersionName;
  /** The same of a job template, which may inherit from several, in this order. */
  readonly inherits?: readonly TemplateVersionName[];
}

/** One version of a template. */
export interface TemplateVersionName {
  readonly template: string;
  readonly version: number;
  readonly source: string;
}

/** How a step names a template: `train-model`, or `train-model@3` for that version. */
export interface TemplateName {
  readonly id: string;
  readonly version?: number;
}

/** Reads `train-model` or `train-model@3`; undefined if it is neither. */
export function parseTemplateName(text: string): TemplateName | undefined {
  const [, id, version] = /^([_a-zA-Z0-9][.\-_a-zA-Z0-9]*)(?:@([1-9]\d{0,8}))?$/u.exec(text) ?? [];
  if (id === undefined) return undefined;
  return version === undefined ? { id } : { id, version: Number(version) };
}
