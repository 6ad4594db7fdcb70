// Templates as the schema shows them.

import { templateEntity } from '../../core/ids.ts';
import { type TemplateState } from '../../core/template/template.ts';
import { type TemplateRow } from '../../core/partition/summary.ts';
import { type Template } from '../generated/schema.ts';

/** What the fields of `Template` are resolved from. */
export interface TemplateSource extends Pick<
  Template,
  'id' | 'templateId' | 'name' | 'description' | 'version' | 'createdAt' | 'updatedAt' | 'versions'
> {
  readonly __typename: 'Template';
}

/** A template at one of its versions, the newest unless another is meant. */
export function templateOf(state: TemplateState, version: number = state.versions.length): TemplateSource {
  const { templateId, name, description, createdAt, updatedAt } = state;
  return {
    __typename: 'Template',
    id: templateEntity(templateId),
    templateId,
    name,
    description,
    version,
    createdAt,
    updatedAt,
    versions: state.versions.toReversed().map(({ version: number, source, appliedAt, appliedBy }) => ({
      version: number,
      hash: source,
      appliedAt,
      appliedBy,
    })),
  };
}

/** A template from its line in a list. */
export function templateOfRow({ template }: TemplateRow): TemplateSource {
  return templateOf(template);
}
