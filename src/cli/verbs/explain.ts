// `explain`: why something is where it is, in sentences.

import { CliError } from '../cli-error.ts';
import { clockTime } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { globalId, shortId } from '../server/global-id.ts';
import { EXPLAIN } from '../operations/operations.ts';
import { POOL_DETAILS } from '../operations/pool-operations.ts';
import { SIGNAL_TYPE } from '../operations/signal-operations.ts';
import { nearestWorkflow } from '../server/nearest-workflow.ts';
import { printable, printableLine } from '../display/printable.ts';
import { print, printJson, type Session } from '../session.ts';
import { pools } from './pools.ts';
import { signal } from './signal.ts';

/** Explains a run, step, workflow, trigger, signal or backfill; of a pool or the name of a signal it shows how it stands. */
export async function explain(session: Session, id: string): Promise<ExitCode> {
  const standing = await standingOf(session, id);
  if (standing !== undefined) return standing;
  const { explain: explanation } = await session.client.query(EXPLAIN, { id: globalId(id) });
  if (explanation === null) return (await namedOtherwise(session, id)) ?? nothingOf(session, id);
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

/** Pools and names of signals are no runs of anything: how they stand is their explanation. */
async function standingOf(session: Session, id: string): Promise<ExitCode | undefined> {
  const [, kind, name] = /^(pool|signalType):(.+)$/u.exec(id) ?? [];
  if (kind === undefined || name === undefined) return undefined;
  return kind === 'pool' ? pools(session, name) : signal(session, name);
}

/** What is no workflow may be the name of a signal, or of a pool. */
async function namedOtherwise(session: Session, id: string): Promise<ExitCode | undefined> {
  if (/[:/]/u.test(id)) return undefined;
  if ((await session.client.query(SIGNAL_TYPE, { name: id })).signalType !== null) return signal(session, id);
  return (await session.client.query(POOL_DETAILS, { id })).pool === null ? undefined : pools(session, id);
}

async function nothingOf(session: Session, id: string): Promise<never> {
  const [workflow = ''] = shortId(id).split('/');
  const near = await nearestWorkflow(session, workflow);
  const hint =
    near === undefined
      ? 'See which runs there are with: downbeat runs. Ids look like penguins, penguins/12, penguins/12/train, penguins/nightly for a trigger, signal:01JD…, backfill:penguins/3, or pool:gpu.'
      : `Did you mean ${id.replace(workflow, () => near)}?`;
  throw new CliError('NOT_FOUND', `There is nothing of the id ${id}.`, { hint });
}
