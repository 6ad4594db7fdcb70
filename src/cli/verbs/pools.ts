// `pools`: which pools there are and how full they are; of one, who holds its permits and who waits for some.

import { CliError } from '../cli-error.ts';
import { clockTime } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import {
  DELETE_POOL,
  type PermitPageView,
  type PermitView,
  POOL_DETAILS,
  type PoolPageView,
  POOLS,
  type PoolView,
} from '../operations/pool-operations.ts';
import { printableLine } from '../display/printable.ts';
import { accepted, print, printJson, type Session } from '../session.ts';
import { type HoldOptions } from './hold-options.ts';

/** Lists the pools, or shows one. */
export async function pools(session: Session, name: string | undefined): Promise<ExitCode> {
  return name === undefined ? listPools(session) : showPool(session, name);
}

/** Deletes a pool that nobody uses. */
export async function deletePool(session: Session, name: string, { reason }: HoldOptions): Promise<ExitCode> {
  const answer = await session.client.mutate(DELETE_POOL, { id: name, ...(reason === undefined ? {} : { reason }) });
  const payload = accepted(session, answer.deletePool);
  if (session.json) printJson(session, payload);
  else print(session, `${session.paint('green', '✓')} pool ${name} is gone`);
  return FINE;
}

async function listPools(session: Session): Promise<ExitCode> {
  const all: PoolView[] = [];
  let after: string | null = null;
  do {
    const page: PoolPageView = (await session.client.query(POOLS, { after })).pools;
    all.push(...page.nodes);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  if (session.json) printJson(session, all);
  else if (all.length === 0) print(session, 'There are no pools. Apply a document with kind: pool, an id and a size.');
  else print(session, ...poolLines(session, all));
  return FINE;
}

function poolLines(session: Session, all: readonly PoolView[]): readonly string[] {
  const width = Math.max(...all.map(({ name }) => name.length));
  return all.map((pool) => `${pool.name.padEnd(width)}  ${fullness(session, pool)}`);
}

function fullness({ paint }: Session, { held, size, waiting, description }: PoolView): string {
  const queue = waiting === 0 ? '' : `, ${steps(waiting)} waiting`;
  const about = description === null ? '' : `  ${paint('dim', printableLine(description))}`;
  return `${String(held)} of ${String(size)} held${queue}${about}`;
}

async function showPool(session: Session, name: string): Promise<ExitCode> {
  const { pool } = await session.client.query(POOL_DETAILS, { id: name });
  if (pool === null)
    throw new CliError('NOT_FOUND', `There is no pool "${name}".`, { hint: 'See which there are: downbeat pools.' });
  if (session.json) {
    printJson(session, pool);
    return FINE;
  }
  print(
    session,
    `${session.paint('bold', pool.name)}  ${fullness(session, pool)}`,
    ...pageLines(session, 'held by', pool.holders),
    ...pageLines(session, 'waiting', pool.queue),
  );
  return FINE;
}

function pageLines({ paint }: Session, title: string, { totalCount, nodes }: PermitPageView): readonly string[] {
  if (nodes.length === 0) return [];
  const rest = totalCount - nodes.length;
  return [
    `  ${paint('dim', title)}`,
    ...nodes.map((permit) => `    ${permitLine(permit)}`),
    ...(rest > 0 ? [`    … and ${steps(rest)} more`] : []),
  ];
}

function permitLine({ stepId, weight, since, position, estimatedAt }: PermitView): string {
  const place = position === null ? '' : `${String(position)}. `;
  const when = estimatedAt === null ? '' : `, perhaps at ${clockTime(estimatedAt)} UTC`;
  return `${place}${stepId.replace('step:', '')}  ${String(weight)} since ${clockTime(since)} UTC${when}`;
}

function steps(count: number): string {
  return `${String(count)} ${count === 1 ? 'step' : 'steps'}`;
}
