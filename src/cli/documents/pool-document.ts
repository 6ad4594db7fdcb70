// `kind: pool` on the command line: how many permits there are of something scarce.

import { readPool } from '../../core/definition/pool/read-pool.ts';
import { type DocumentKind } from './document-kind.ts';
import { APPLY_POOL, POOL_DETAILS, type PoolView } from '../operations/pool-operations.ts';
import { print, printJson, type Session } from '../session.ts';
import { problemOfUserError } from './source-problem.ts';

/** How pools are read, applied and planned. */
export const POOL_DOCUMENT: DocumentKind = {
  read: (text) => {
    const read = readPool(text);
    return { id: read.ok ? read.value.id : '', filesWanted: [], refusals: read.ok ? [] : read.failure };
  },
  apply: async (session, { file, linesBefore, text }, { reason }) => {
    const input = { source: text, ...(reason === undefined ? {} : { reason }) };
    const { applyPool: payload } = await session.client.mutate(APPLY_POOL, input);
    if (payload.errors.length > 0) return payload.errors.map((error) => problemOfUserError(error, file, linesBefore));
    if (session.json) printJson(session, payload);
    else if (payload.pool !== null) print(session, appliedLine(session, payload.pool, payload.unchanged));
    return [];
  },
  plan: async (session, { text }) => {
    const read = readPool(text);
    if (!read.ok) return [];
    const { id, size } = read.value;
    const { pool } = await session.client.query(POOL_DETAILS, { id });
    if (session.json) printJson(session, { pool: id, size, now: pool });
    else print(session, plannedLine(session, { id, size, description: read.value.description ?? null }, pool));
    return [];
  },
};

function appliedLine({ paint }: Session, { name, size, held }: PoolView, unchanged: boolean): string {
  const what = `pool ${name} with ${permits(size)}`;
  if (unchanged) return `${paint('dim', '=')} ${what}: nothing has changed`;
  const drains = held > size ? `; ${String(held)} are held now, and nothing begins until fewer are` : '';
  return `${paint('green', '✓')} ${what} is in place${drains}`;
}

function plannedLine(
  { paint }: Session,
  { id, size, description }: { readonly id: string; readonly size: number; readonly description: string | null },
  now: PoolView | null,
): string {
  const name = paint('bold', `pool ${id}`);
  if (now === null) return `${name}: new, with ${permits(size)}`;
  if (now.size === size && now.description === description) return `${paint('dim', '=')} ${name}: nothing would change`;
  const drains = now.held > size ? `; ${String(now.held)} are held now, and nothing would begin until fewer are` : '';
  return `${name}: ${permits(now.size)} → ${permits(size)}${drains}`;
}

function permits(size: number): string {
  return `${String(size)} ${size === 1 ? 'permit' : 'permits'}`;
}
