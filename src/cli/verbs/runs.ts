// `runs`: the newest runs as a table.

import { clockTime, elapsed } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { shortId } from '../server/global-id.ts';
import { nearestWorkflow } from '../server/nearest-workflow.ts';
import { RUNS } from '../operations/operations.ts';
import { printableLine } from '../display/printable.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { lookOf } from '../display/status-words.ts';
import { type RunFilterOptions, runFilterOf } from '../program/run-filter.ts';
import { table } from '../display/table.ts';

/** Which runs to list, in which order, and how many. */
export interface RunsOptions extends RunFilterOptions {
  readonly order?: string;
  readonly limit: number;
}

/** Lists runs, newest first unless `--order` says otherwise. With `--json` one run a line. */
export async function runs(session: Session, options: RunsOptions): Promise<ExitCode> {
  const filter = runFilterOf(options, Date.now());
  const { nodes, pageInfo } = (
    await session.client.query(RUNS, { first: options.limit, filter, ...orderOf(options.order) })
  ).runs;
  if (session.json) {
    for (const run of nodes) printJson(session, run);
    return FINE;
  }
  if (nodes.length === 0) {
    say(session, await nothingText(session, options.workflow ?? []));
    return FINE;
  }
  const looks = nodes.map((run) => lookOf(run.status));
  const rows = nodes.map((run, index) => [
    shortId(run.id),
    `${looks[index]?.sign ?? ''} ${looks[index]?.word ?? ''}`,
    clockTime(run.startedAt ?? run.createdAt),
    elapsed(run.startedAt, run.endedAt, Date.now()),
    printableLine(run.cause.text),
  ]);
  const decorate = (row: number, column: number, cell: string): string =>
    column === 1 ? session.paint(looks[row]?.colour ?? 'dim', cell) : cell;
  print(
    session,
    ...table(['RUN', 'STATUS', 'SINCE (UTC)', 'TOOK', 'WHY IT STARTED'], rows, {
      width: session.io.stdout.columns,
      decorate,
    }),
  );
  if (pageInfo.hasNextPage)
    say(
      session,
      `These are the ${options.order === undefined ? 'newest' : 'first'} ${String(nodes.length)}; see more with --limit.`,
    );
  return FINE;
}

/** A workflow that is not there finds nothing either, and that is worth a word. */
async function nothingText(session: Session, wanted: readonly string[]): Promise<string> {
  for (const name of wanted) {
    const near = await nearestWorkflow(session, name);
    if (near !== undefined) return `There are no runs of "${name}". Did you mean ${near}?`;
  }
  return 'There are no such runs. Start one with: downbeat run <workflow>';
}

/** The orders by the words of the command line. */
export const ORDERS: Readonly<Record<string, string>> = {
  newest: 'NEWEST_FIRST',
  oldest: 'OLDEST_FIRST',
  'last-started': 'STARTED_LAST_FIRST',
  'first-started': 'STARTED_FIRST_FIRST',
  'last-ended': 'ENDED_LAST_FIRST',
  'first-ended': 'ENDED_FIRST_FIRST',
  longest: 'LONGEST_FIRST',
  shortest: 'SHORTEST_FIRST',
};

function orderOf(order: string | undefined): { readonly orderBy?: string } {
  const orderBy = order === undefined ? undefined : ORDERS[order];
  return orderBy === undefined ? {} : { orderBy };
}
