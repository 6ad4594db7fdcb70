// `runs`: the newest runs as a table.

import { clockTime, elapsed } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { shortId } from '../global-id.ts';
import { RUNS } from '../operations.ts';
import { printableLine } from '../printable.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { lookOf } from '../status-words.ts';
import { table } from '../table.ts';

/** Which runs to list, and how many. */
export interface RunsOptions {
  readonly workflow?: string;
  readonly status?: readonly string[];
  readonly limit: number;
}

/** Lists runs, newest first. With `--json` one run a line. */
export async function runs(session: Session, options: RunsOptions): Promise<ExitCode> {
  const filter = {
    ...(options.workflow === undefined ? {} : { workflowId: options.workflow }),
    ...(options.status === undefined ? {} : { status: options.status }),
  };
  const { nodes, pageInfo } = (await session.client.query(RUNS, { first: options.limit, filter })).runs;
  if (session.json) {
    for (const run of nodes) printJson(session, run);
    return FINE;
  }
  if (nodes.length === 0) {
    say(session, 'There are no such runs. Start one with: downbeat run <workflow>');
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
  if (pageInfo.hasNextPage) say(session, `These are the newest ${String(nodes.length)}; see more with --limit.`);
  return FINE;
}
