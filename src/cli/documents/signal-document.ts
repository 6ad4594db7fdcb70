// `kind: signal` on the command line: contracts go up, or say what they would refuse.

import { readSignalType } from '../../core/definition/contract/read-signal-type.ts';
import { type DocumentKind } from './document-kind.ts';
import { print, printJson, type Session } from '../session.ts';
import { APPLY_SIGNAL_TYPE, type ContractView, PLAN_SIGNAL_TYPE } from '../operations/signal-operations.ts';
import { problemOfUserError } from './source-problem.ts';

/** How contracts are read, applied and planned. */
export const SIGNAL_DOCUMENT: DocumentKind = {
  read: (text) => {
    const read = readSignalType(text);
    return { id: read.ok ? read.value.name : '', filesWanted: [], refusals: read.ok ? [] : read.failure };
  },
  apply: async (session, { file, linesBefore, text, id }, { force, reason }) => {
    const answer = await session.client.mutate(APPLY_SIGNAL_TYPE, {
      source: text,
      ...(force === true ? { force } : {}),
      ...(reason === undefined ? {} : { reason }),
    });
    const payload = answer.applySignalType;
    if (payload.errors.length > 0) return payload.errors.map((error) => problemOfUserError(error, file, linesBefore));
    if (session.json) printJson(session, payload);
    else print(session, appliedLine(session, id, payload));
    return [];
  },
  plan: async (session, { file, linesBefore, text, id }) => {
    const { planSignalType: planned } = await session.client.query(PLAN_SIGNAL_TYPE, { source: text });
    if (planned.errors.length > 0) return planned.errors.map((error) => problemOfUserError(error, file, linesBefore));
    if (session.json) printJson(session, planned);
    else print(session, ...plannedLines(session, id, planned));
    return [];
  },
};

function appliedLine({ paint }: Session, name: string, { version, unchanged }: ContractView): string {
  const what = `the contract of ${name}, version ${String(version)},`;
  return unchanged ? `${paint('dim', '=')} ${what} has not changed` : `${paint('green', '✓')} ${what} is in place`;
}

function plannedLines(
  { paint }: Session,
  name: string,
  { version, unchanged, refuses }: ContractView & { readonly refuses: readonly string[] },
): readonly string[] {
  const what = `${paint('bold', `signal ${name}`)}: contract version ${String(version)}`;
  if (unchanged) return [`${paint('dim', '=')} ${what}, nothing would change`];
  return [
    `${what}, ${refuses.length === 0 ? 'takes all that was taken before' : 'takes less than the one before, and needs --force'}`,
    ...refuses.map((sentence) => `    ${sentence}`),
  ];
}
