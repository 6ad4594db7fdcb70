// The audit as a list.

import { type Engine } from '../../engine/engine.ts';
import { type AuditFilter } from '../generated/schema.ts';
import { parseOperation } from '../parse/audited-operation.ts';
import { givenOf } from '../parse/given.ts';
import { type PageArguments, parsePage } from '../parse/page.ts';
import { parseTimeRanges } from '../parse/time-range.ts';
import { auditEntryOf } from '../present/audit.ts';
import { type AuditConnectionSource, connectionOf } from '../present/connection.ts';

/** A page of the audit, newest first. */
export async function listAudit(
  engine: Engine,
  args: PageArguments,
  asked: AuditFilter,
): Promise<AuditConnectionSource> {
  const { at, operations, about, ...plain } = givenOf(asked);
  const filter = {
    ...plain,
    ...parseTimeRanges({ at }),
    ...(operations === undefined ? {} : { operations: operations.map(parseOperation) }),
    ...(about === undefined ? {} : { about: about.includes(':') ? about : shortFormOf(about) }),
  };
  const list = `audit ${JSON.stringify([filter])}`;
  const wish = parsePage(args, list, { order: 'NEWEST_FIRST' });
  const page = await engine.audit(wish.request, filter);
  return connectionOf(page, wish, { list, present: auditEntryOf, count: () => engine.countAudit(filter) });
}

/** `penguins` is a workflow, `penguins/12` a run; of anything else the whole id is needed. */
function shortFormOf(name: string): string {
  return name.includes('/') ? `run:${name}` : `workflow:${name}`;
}
