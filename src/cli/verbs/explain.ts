// `explain`: why something is where it is, in sentences.

import { CliError } from '../cli-error.ts';
import { clockTime } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { globalId, shortId } from '../server/global-id.ts';
import { EXPLAIN } from '../operations/operations.ts';
import { printable, printableLine } from '../display/printable.ts';
import { print, printJson, type Session } from '../session.ts';

/** Explains a run, step, workflow, trigger, signal or backfill. */
export async function explain(session: Session, id: string): Promise<ExitCode> {
  const { explain: explanation } = await session.client.query(EXPLAIN, { id: globalId(id) });
  if (explanation === null) {
    throw new CliError('NOT_FOUND', `There is nothing of the id ${id}.`, {
      hint: 'See which runs there are with: downbeat runs. Ids look like penguins, penguins/12, penguins/12/train, penguins/nightly for a trigger, signal:01JD… or backfill:penguins/3. The name of a signal is explained by: downbeat signal <name>; a pool by: downbeat pools <name>.',
    });
  }
  if (session.json) {
    printJson(session, explanation);
    return FINE;
  }
  print(session, session.paint('bold', printable(explanation.summary)));
  for (const { text, unblock, until } of explanation.reasons) {
    if (printableLine(text) !== printableLine(explanation.summary)) print(session, `  • ${printableLine(text)}`);
    if (unblock !== null) print(session, `    ${session.paint('green', '→')} ${printableLine(unblock)}`);
    if (until !== null) print(session, `    by itself at ${clockTime(until)} UTC`);
  }
  if (explanation.reasons.length === 0) print(session, session.paint('dim', `  (${shortId(explanation.id)})`));
  return FINE;
}
