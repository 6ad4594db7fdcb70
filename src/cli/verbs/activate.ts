// `activate`: starts use another version from now on, such as the one before.

import { wrongUse } from '../cli-error.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { ACTIVATE } from '../operations/definition-operations.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { outcomeLines } from './apply.ts';
import { type HoldOptions } from './hold-options.ts';

/** Activates a version, given by its number or as `latest`. */
export async function activate(
  session: Session,
  workflow: string,
  version: string,
  options: HoldOptions,
): Promise<ExitCode> {
  const input = { workflowId: workflow, ...versionOf(version), ...options };
  const payload = accepted(session, (await session.client.mutate(ACTIVATE, input)).activateVersion);
  const workflowId = payload.workflow?.workflowId ?? workflow;
  if (session.json) printJson(session, payload);
  else print(session, ...outcomeLines(payload, workflowId, session));
  if (!payload.unchanged && !session.json) say(session, 'Runs that are not over keep the version they began with.');
  return FINE;
}

function versionOf(text: string): { readonly version?: number } {
  if (text === 'latest') return {};
  if (/^[1-9]\d{0,8}$/u.test(text)) return { version: Number(text) };
  throw wrongUse(`"${text}" is no version.`, 'Give its number, such as 3, or latest for the newest.');
}
