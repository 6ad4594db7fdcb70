// `kind: template` on the command line: what applying one says, and what planning one shows.

import { readTemplateText } from '../../core/definition/template/read-template-text.ts';
import { type DocumentKind } from './document-kind.ts';
import { APPLY_TEMPLATE, PLAN_TEMPLATE, type TemplateUseView } from '../operations/definition-operations.ts';
import { printableLine } from '../display/printable.ts';
import { print, printJson, type Session } from '../session.ts';
import { problemOfUserError } from './source-problem.ts';

/** How templates are read, applied and planned. */
export const TEMPLATE_DOCUMENT: DocumentKind = {
  read: readTemplateText,
  apply: async (session, { text, uploads, file, linesBefore, id }, { reason }) => {
    const input = { source: text, files: uploads, ...(reason === undefined ? {} : { reason }) };
    const { applyTemplate: payload } = await session.client.mutate(APPLY_TEMPLATE, input);
    if (payload.errors.length > 0) return payload.errors.map((error) => problemOfUserError(error, file, linesBefore));
    if (session.json) printJson(session, payload);
    else print(session, ...appliedLines(session, id, payload));
    return [];
  },
  plan: async (session, { text, uploads, file, linesBefore }) => {
    const { planTemplate: planned } = await session.client.query(PLAN_TEMPLATE, {
      input: { source: text, files: uploads },
    });
    if (planned.errors.length > 0) return planned.errors.map((error) => problemOfUserError(error, file, linesBefore));
    if (session.json) printJson(session, planned);
    else print(session, ...plannedLines(session, planned));
    return [];
  },
};

interface AppliedView {
  readonly version: number | null;
  readonly unchanged: boolean;
  readonly template: { readonly usedBy: readonly TemplateUseView[] } | null;
}

function appliedLines(
  { paint }: Session,
  id: string,
  { version, unchanged, template }: AppliedView,
): readonly string[] {
  const name = `template ${id} version ${String(version)}`;
  if (unchanged) return [`${paint('dim', '=')} ${name}: nothing has changed`];
  const older = (template?.usedBy ?? []).filter((use) => use.version !== version);
  return [
    `${paint('green', '✓')} ${name} is in place`,
    ...older.map((use) => `    ${useText(use)}; apply that workflow again to change it`),
  ];
}

interface PlannedView {
  readonly templateId: string | null;
  readonly currentVersion: number | null;
  readonly version: number | null;
  readonly isKnown: boolean;
  readonly usedBy: readonly TemplateUseView[];
}

function plannedLines({ paint }: Session, planned: PlannedView): readonly string[] {
  const { templateId, currentVersion, version, isKnown, usedBy } = planned;
  const name = paint('bold', `template ${printableLine(templateId ?? '')}`);
  if (isKnown) return [`${paint('dim', '=')} ${name} version ${String(version)}: nothing would change`];
  const way = currentVersion === null ? 'new, version' : `version ${String(currentVersion)} →`;
  return [
    `${name}: ${way} ${String(version)}`,
    ...(usedBy.length === 0 ? [] : [`  ${paint('bold', 'touches')}`]),
    ...usedBy.map((use) => `    ${useText(use)}; it changes when that workflow is applied again`),
  ];
}

function useText({ workflowId, workflowVersion, stepId, version }: TemplateUseView): string {
  return `${printableLine(`${workflowId}/${stepId}`)} (version ${String(workflowVersion)}) came from version ${String(version)}`;
}
