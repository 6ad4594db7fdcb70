// A template: its versions, each of which stays as it was applied. What is in them is among the blobs.

import { type Instant } from '../time.ts';

/** A version of a template, immutable. */
export interface TemplateVersion {
  /** From 1, without gaps. */
  readonly version: number;
  /** Hash of what is stored of it: the text, its files, and the version that it inherits from. */
  readonly source: string;
  readonly appliedAt: Instant;
  readonly appliedBy: string;
}

/** A template's state. */
export interface TemplateState {
  readonly kind: 'template';
  readonly templateId: string;
  readonly name?: string;
  readonly description?: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Oldest first, at least one. Workflows that are applied get the last. */
  readonly versions: readonly TemplateVersion[];
}

/** An event of a template. */
export interface TemplateEvent {
  readonly type: 'TemplateApplied';
  readonly templateId: string;
  readonly version: number;
  readonly source: string;
  readonly by: string;
  readonly name?: string;
  readonly description?: string;
}

/** The state after an event; `undefined` before the first. */
export function evolveTemplate(state: TemplateState | undefined, event: TemplateEvent, at: Instant): TemplateState {
  const { templateId, version, source, by, name, description } = event;
  return {
    kind: 'template',
    templateId,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    createdAt: state?.createdAt ?? at,
    updatedAt: at,
    versions: [...(state?.versions ?? []), { version, source, appliedAt: at, appliedBy: by }],
  };
}

/** The version of that number, or the newest. */
export function templateVersionOf(template: TemplateState, version: number | undefined): TemplateVersion | undefined {
  return version === undefined ? template.versions.at(-1) : template.versions[version - 1];
}
