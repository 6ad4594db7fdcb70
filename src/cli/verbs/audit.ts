// `audit`: who did what, when and why.

import { AUDIT } from '../operations/admin-operations.ts';
import { clockTime } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { globalId } from '../server/global-id.ts';
import { printableLine } from '../display/printable.ts';
import { momentOf } from '../program/run-filter.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { table } from '../display/table.ts';

/** Which lines, and how many. */
export interface AuditOptions {
  readonly actor?: string;
  readonly operation?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
}

/** Lists what was done, newest first. With `--json` one line each. */
export async function audit(session: Session, about: string | undefined, options: AuditOptions): Promise<ExitCode> {
  const { actor, operation, since, until, limit } = options;
  const now = Date.now();
  const at = {
    ...(since === undefined ? {} : { from: momentOf('--since', since, now) }),
    ...(until === undefined ? {} : { to: momentOf('--until', until, now) }),
  };
  const filter = {
    ...(about === undefined ? {} : { about: globalId(about) }),
    ...(actor === undefined ? {} : { actor }),
    ...(operation === undefined ? {} : { operations: operation }),
    ...(Object.keys(at).length === 0 ? {} : { at }),
  };
  const { nodes, pageInfo } = (await session.client.query(AUDIT, { first: limit, filter })).audit;
  if (session.json) {
    for (const line of nodes) printJson(session, line);
    return FINE;
  }
  if (nodes.length === 0) {
    say(session, 'Nobody did anything like that.');
    return FINE;
  }
  const rows = nodes.map(({ at: when, text, reason }) => [
    clockTime(when),
    printableLine(text),
    printableLine(reason ?? ''),
  ]);
  print(session, ...table(['WHEN (UTC)', 'WHAT', 'WHY'], rows, { width: session.io.stdout.columns }));
  if (pageInfo.hasNextPage) say(session, `These are the newest ${String(nodes.length)}; see more with --limit.`);
  return FINE;
}
