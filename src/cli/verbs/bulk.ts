// `stop --all` and the like: shows what an action would do to many runs, asks, and does it to exactly those.

import { APPLY_BULK, type BulkPreviewView, PREVIEW_BULK } from '../operations/admin-operations.ts';
import { wrongUse } from '../cli-error.ts';
import { type ExitCode, FAILED, FINE } from '../exit-code.ts';
import { shortId } from '../server/global-id.ts';
import { printableLine } from '../display/printable.ts';
import { runFilterOf, type RunFilterOptions } from '../program/run-filter.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { lookOf } from '../display/status-words.ts';

/** What can be done to many runs. */
export type BulkVerb = 'stop' | 'kill' | 'pause' | 'resume' | 'restart' | 'unblock';

/** Which runs, and whether to ask first. */
export interface BulkOptions extends RunFilterOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly from?: string;
  readonly reason?: string;
}

/** Shows, asks and acts. With `--json` and without `--yes` the preview is all there is. */
export async function bulk(session: Session, verb: BulkVerb, options: BulkOptions): Promise<ExitCode> {
  const filter = runFilterOf({ ...options, ...meant(verb, options) }, Date.now());
  const input = { action: verb.toUpperCase(), filter, ...fromOf(options.from) };
  const { previewBulk: preview } = await session.client.query(PREVIEW_BULK, { input });
  if (session.json && options.yes !== true) {
    printJson(session, preview);
    return FINE;
  }
  if (preview.covered === 0) {
    say(session, 'No run is like that; nothing was done.');
    return FINE;
  }
  if (!session.json) show(session, verb, preview);
  if (options.yes !== true && !(await isWanted(session, verb, preview))) {
    say(session, 'Nothing was done.');
    return FINE;
  }
  return act(session, verb, preview.token, options.reason);
}

const UNDER_WAY = ['QUEUED', 'RUNNING', 'PAUSED'];

/** Unless somebody names a status: whoever stops all runs does not mean those that are over. */
function meant(verb: BulkVerb, { status }: BulkOptions): Pick<RunFilterOptions, 'status'> {
  if (status !== undefined || verb === 'restart' || verb === 'unblock') return {};
  return { status: verb === 'resume' ? ['PAUSED'] : UNDER_WAY };
}

function fromOf(from: string | undefined): { readonly from?: string } {
  if (from === undefined) return {};
  if (from === 'beginning' || from === 'incomplete') return { from: from.toUpperCase() };
  throw wrongUse(
    `--from ${from} does not go with --all.`,
    'Many runs begin at the beginning or at what is incomplete.',
  );
}

function show(session: Session, verb: BulkVerb, preview: BulkPreviewView): void {
  const { matching, covered, byStatus, sample, refusals } = preview;
  const statuses = byStatus.map(({ status, count }) => `${String(count)} ${lookOf(status).word}`).join(', ');
  print(session, `${verb}: ${counted(verb, covered)} (runs: ${statuses})`);
  for (const { id, status } of sample) print(session, `  ${lookOf(status).sign} ${printableLine(shortId(id))}`);
  if (matching > sample.length) print(session, `  … and ${String(matching - sample.length)} more`);
  for (const { status, count, text } of refusals) {
    print(
      session,
      `${String(count)} that ${count === 1 ? 'is' : 'are'} ${lookOf(status).word} will be refused: ${text}`,
    );
  }
  if (verb !== 'unblock' && matching > covered) {
    say(session, `${String(matching)} match; these are the newest. Do it again for the rest.`);
  }
}

function counted(verb: BulkVerb, count: number): string {
  const noun = verb === 'unblock' ? 'workflow' : 'run';
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

async function isWanted(session: Session, verb: BulkVerb, { covered }: BulkPreviewView): Promise<boolean> {
  const { ask } = session.io;
  if (ask === undefined) throw wrongUse('Nobody is there to be asked.', 'Say so beforehand: add --yes.');
  const answer = await ask(`${verb} ${covered === 1 ? 'it' : `all ${String(covered)}`}? [y/N] `, session.signal);
  return /^y(?:es)?$/iu.test(answer.trim());
}

async function act(session: Session, verb: BulkVerb, token: string, reason: string | undefined): Promise<ExitCode> {
  const input = { token, ...(reason === undefined ? {} : { reason }) };
  // A query, so that it carries no key of its own: the token is the key of each run.
  const outcome = accepted(session, (await session.client.query(APPLY_BULK, { input })).applyBulk);
  const refused = outcome.results.filter(({ ok }) => !ok);
  if (session.json) printJson(session, outcome);
  else {
    print(session, `✓ ${counted(verb, outcome.results.length - refused.length)} done`);
    for (const { id, message } of refused) say(session, `✗ ${shortId(id)}: ${printableLine(message ?? '')}`);
    if (outcome.gone.length > 0)
      say(session, `${String(outcome.gone.length)} had changed meanwhile and were left alone.`);
  }
  return refused.length === 0 ? FINE : FAILED;
}
