// `Mutation.applyTemplate`

import { success } from '../../../core/result.ts';
import { change } from '../../change.ts';
import { type MutationResolvers } from '../../generated/resolvers.ts';
import { parseDefinitionInput } from '../../parse/definition-input.ts';
import { receiptOf } from '../../present/receipt.ts';
import { templateOf } from '../../present/template.ts';

/** Makes a version of a template. */
export const applyTemplate: Required<MutationResolvers>['applyTemplate'] = async (_parent, { input }, context) => {
  const read = parseDefinitionInput(input);
  const expectedVersion = input.expectedVersion ?? undefined;
  const answer = await change(context, input, {
    read: read.ok ? success({ ...read.value, ...(expectedVersion === undefined ? {} : { expectedVersion }) }) : read,
    perform: (template, caller) => context.engine.applyTemplate(template, caller),
  });
  const receipt = receiptOf(answer);
  if (!answer.ok) return { ...receipt, template: null, version: null, unchanged: false };
  const { view, changed } = answer.value;
  return { ...receipt, template: templateOf(view.state, view.version), version: view.version, unchanged: !changed };
};
