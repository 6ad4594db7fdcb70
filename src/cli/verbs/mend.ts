// `release` and `rebuild`: what an operator does after an error of ours was mended.

import { type ExitCode, FINE } from '../exit-code.ts';
import { globalId, nameInWords } from '../server/global-id.ts';
import { REBUILD, RELEASE } from '../operations/operations.ts';
import { accepted, print, printJson, type Session } from '../session.ts';
import { type HoldOptions } from './hold-options.ts';

/** Lets a run, trigger or workflow take part again that was set aside. */
export async function release(session: Session, id: string, options: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(RELEASE, { id: globalId(id), ...options });
  const { node } = accepted(session, answer.release);
  if (session.json) printJson(session, node);
  else print(session, `✓ ${nameInWords(node?.id ?? globalId(id))} takes part again`);
  return FINE;
}

/** Makes the lists of workflows, runs, signals and triggers anew from the log. */
export async function rebuild(session: Session): Promise<ExitCode> {
  const answer = await session.client.query(REBUILD, { input: {} });
  const { rows } = accepted(session, answer.rebuildLists);
  if (session.json) printJson(session, { rows });
  else print(session, `✓ the lists are made anew: ${String(rows)} rows`);
  return FINE;
}
