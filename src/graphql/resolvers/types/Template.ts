// Fields of `Template` that are read only when a query asks.

import { type TemplateResolvers } from '../../generated/resolvers.ts';

/** Resolves what a version says, and who uses the template. */
export const Template: TemplateResolvers = {
  params: async ({ templateId, version }, _args, { engine }) => {
    const view = await engine.template(templateId, version);
    return (view?.template.params ?? []).map(({ name, type, fallback, description }) => ({
      name,
      type,
      required: fallback === undefined,
      description,
    }));
  },
  metadata: async ({ templateId, version }, _args, { engine }) =>
    (await engine.template(templateId, version))?.template.job?.metadata ?? null,
  source: async ({ templateId, version }, _args, { engine }) =>
    (await engine.template(templateId, version))?.text ?? '',
  usedBy: ({ templateId }, _args, { engine }) => engine.usesOfTemplate(templateId),
};
