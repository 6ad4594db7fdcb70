// One action on many runs: first it is shown, then it is done to exactly what was shown.
//
// 1. A preview is kept as a blob, and its hash is the token: no run that was not in it is ever touched.
// 2. What no longer matches is left alone and said. If more than a tenth has left or joined (and more than five), nothing is
//    done: who decided on the preview would not have decided so on what is there now.
// 3. Each run is a command of its own under a key made of the token: a repetition does nothing twice.

import { type EntityId, nameOf, runPlaceOf, workflowEntity } from '../../core/ids.ts';
import { type RunRow } from '../../core/partition/summary.ts';
import { type Refusal } from '../../core/refusal.ts';
import { isTerminalRun, type RunStatus } from '../../core/run/state.ts';
import { decodeUtf8, encodeUtf8 } from '../../core/utf8.ts';
import { type BulkAction, type BulkOutcome, type BulkPreview, type BulkResult, type BulkWish } from '../bulk.ts';
import { type Engine } from '../engine.ts';
import { type Answer, type Caller } from '../answer.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';

/** What bulk actions work with. */
export interface BulkParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly control: Pick<Engine, 'stopRun' | 'killRun' | 'pauseRun' | 'resumeRun' | 'restartRun' | 'unblockWorkflow'>;
  readonly lists: Pick<Engine, 'runs' | 'countRuns'>;
}

/** How many runs one token names. */
const mostRuns = 500;
const sampleSize = 10;
/** How many runs are dealt with at the same time. */
const atOnce = 16;
/** So many may have left or joined in any case. */
const fewChanges = 5;

interface Kept {
  readonly kind: 'bulk';
  /** Of the preview: a later one of the same runs is another, whose actions are done anew. */
  readonly id: string;
  readonly wish: BulkWish;
  readonly runs: readonly EntityId[];
}

interface Found {
  readonly id: EntityId;
  readonly row: RunRow;
}

/** Shows what an action would touch, and names it by a token. */
export async function previewBulk(parts: BulkParts, wish: BulkWish): Promise<BulkPreview> {
  const { outside, node } = parts;
  const runs = await matching(parts, wish);
  const kept: Kept = { kind: 'bulk', id: outside.randomness.ulid(node.now()), wish, runs: runs.map(({ id }) => id) };
  const token = await outside.blobs.put(encodeUtf8(JSON.stringify(kept)));
  const counted = [...countsOf(runs)];
  return {
    token,
    action: wish.action,
    matching: runs.length < mostRuns ? runs.length : await parts.lists.countRuns(wish.filter),
    covered: wish.action === 'UNBLOCK' ? workflowsOf(kept.runs).length : runs.length,
    byStatus: counted.map(([status, count]) => ({ status, count })),
    sample: runs.slice(0, sampleSize),
    refusals: counted.flatMap(([status, count]) => {
      const text = expectedRefusal(wish.action, status);
      return text === undefined ? [] : [{ status, count, text }];
    }),
  };
}

/** Does what a preview showed, to what it showed. */
export async function applyBulk(parts: BulkParts, token: string, caller: Caller): Promise<Answer<BulkOutcome>> {
  const kept = await keptAs(parts, token);
  if (kept === undefined) return { ok: false, refusals: [unknownToken()] };
  const { wish, runs } = kept;
  const now = new Set((await matching(parts, wish)).map(({ id }) => id));
  const gone = runs.filter((id) => !now.has(id));
  const joined = runs.length < mostRuns ? [...now].filter((id) => !runs.includes(id)).length : 0;
  // Who repeats what was done finds that its runs match no more: that is its doing, and changes nothing twice.
  if (gone.length + joined > Math.max(fewChanges, runs.length / 10)) {
    return { ok: false, refusals: [hasChanged(runs.length, gone.length, joined)] };
  }
  const staying = runs.filter((id) => now.has(id));
  const targets = wish.action === 'UNBLOCK' ? workflowsOf(staying) : staying;
  const each: Caller = { ...caller, idempotencyKey: `bulk ${token}` };
  const results = await inTurn(targets, (target) => perform(parts, wish, { target, caller: each }));
  const cursor = results.flatMap((result) => result.cursor);
  const value = { action: wish.action, results: results.map(({ result }) => result), gone, joined };
  return { ok: true, value, cursor, replayed: results.length > 0 && results.every(({ replayed }) => replayed) };
}

async function matching({ node, lists }: BulkParts, { filter }: BulkWish): Promise<readonly Found[]> {
  await node.projector.flush();
  return (await lists.runs({ limit: mostRuns, order: 'NEWEST_FIRST' }, filter)).rows;
}

async function keptAs({ outside }: BulkParts, token: string): Promise<Kept | undefined> {
  if (!/^[0-9a-f]{64}$/u.test(token)) return undefined;
  const content = await outside.blobs.get(token);
  if (content === undefined) return undefined;
  try {
    const kept = JSON.parse(decodeUtf8(content)) as Partial<Kept> | null;
    return kept?.kind === 'bulk' ? (kept as Kept) : undefined;
  } catch {
    // Some other content has that hash: a file or an artifact.
    return undefined;
  }
}

interface Performed {
  readonly result: BulkResult;
  readonly cursor: Extract<Answer<unknown>, { readonly ok: true }>['cursor'];
  readonly replayed: boolean;
}

async function perform(
  parts: BulkParts,
  wish: BulkWish,
  { target, caller }: { readonly target: EntityId; readonly caller: Caller },
): Promise<Performed> {
  try {
    const answer = await actOn(parts, wish, target, caller);
    if (answer.ok) return { result: { id: target, ok: true }, cursor: answer.cursor, replayed: answer.replayed };
    const [first] = answer.refusals;
    const hint = first?.hint === undefined ? {} : { hint: first.hint };
    return { result: { id: target, ok: false, message: first?.message ?? '', ...hint }, cursor: [], replayed: false };
  } catch (error) {
    // The others go on: what is away now may be back for them, and everyone is told of their own.
    const message = error instanceof Error ? error.message : String(error);
    return { result: { id: target, ok: false, message }, cursor: [], replayed: false };
  }
}

function actOn(
  { control }: BulkParts,
  { action, from }: BulkWish,
  target: EntityId,
  caller: Caller,
): Promise<Answer<unknown>> {
  if (action === 'UNBLOCK') return control.unblockWorkflow(nameOf(target), caller);
  const run = runPlaceOf(target);
  switch (action) {
    case 'STOP':
      return control.stopRun(run, caller);
    case 'KILL':
      return control.killRun(run, caller);
    case 'PAUSE':
      return control.pauseRun(run, caller);
    case 'RESUME':
      return control.resumeRun(run, caller);
    case 'RESTART':
      return control.restartRun({ run, params: [], alone: true, ...(from === undefined ? {} : { from }) }, caller);
  }
}

/** Does something for each, a few at the same time, and answers in the order of the targets. */
async function inTurn<T, R>(targets: readonly T[], act: (target: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let from = 0; from < targets.length; from += atOnce) {
    results.push(...(await Promise.all(targets.slice(from, from + atOnce).map(act))));
  }
  return results;
}

function workflowsOf(runs: readonly EntityId[]): readonly EntityId[] {
  return [...new Set(runs.map((id) => workflowEntity(runPlaceOf(id).workflowId)))];
}

function countsOf(runs: readonly Found[]): ReadonlyMap<RunStatus, number> {
  const counts = new Map<RunStatus, number>();
  for (const { row } of runs) counts.set(row.status, (counts.get(row.status) ?? 0) + 1);
  return counts;
}

/** Why runs of this status will refuse the action, as far as a status tells. */
function expectedRefusal(action: BulkAction, status: RunStatus): string | undefined {
  const isOver = isTerminalRun(status);
  switch (action) {
    case 'STOP':
    case 'KILL':
      return isOver ? 'They are over already.' : undefined;
    case 'PAUSE':
    case 'RESUME':
      if (isOver) return 'They are over already.';
      return status === 'QUEUED' ? 'They have not begun.' : undefined;
    case 'RESTART':
      return isOver ? undefined : 'They are not over; only what has ended can be restarted.';
    case 'UNBLOCK':
      return undefined;
  }
}

function unknownToken(): Refusal {
  return {
    code: 'NOT_FOUND',
    message: 'There is no preview of that token.',
    path: ['token'],
    hint: 'Take `token` of an answer of previewBulk.',
  };
}

function hasChanged(shown: number, gone: number, joined: number): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `Since the preview of ${String(shown)} runs ${String(gone)} have left and ${String(joined)} have joined, so nothing was done.`,
    path: ['token'],
    hint: 'Look at a new preview, and apply that one.',
    status: 'CHANGED',
    allowed: [],
  };
}
