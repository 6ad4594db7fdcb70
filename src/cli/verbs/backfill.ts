// `backfill`: plan what is missing, apply the plan, see how far it is, hold it.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  APPLY_BACKFILL,
  BACKFILL_BY_ID,
  BACKFILL_CHANGES,
  type BackfillAnswer,
  type BackfillView,
  BACKFILLS,
  CANCEL_BACKFILL,
  PAUSE_BACKFILL,
  PLAN_BACKFILL,
  RESUME_BACKFILL,
  RETRY_BACKFILL,
} from '../operations/backfill-operations.ts';
import { differenceLines, isOver, lineList, planLines, progressLine } from '../display/backfill-words.ts';
import { CliError, wrongUse } from '../cli-error.ts';
import { type ExitCode, FAILED, FINE } from '../exit-code.ts';
import { follow } from '../display/follow.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { paramsFor } from './run.ts';

/** What `backfill plan` may be told. */
export interface PlanBackfillOptions {
  readonly from?: string;
  readonly to?: string;
  readonly trigger?: string;
  readonly cron?: string;
  readonly every?: string;
  readonly timezone?: string;
  /** A file with a JSON array of objects. */
  readonly keys?: string;
  readonly ofVersion?: number;
  readonly redo: string;
  readonly newestFirst?: true;
  readonly concurrency: number;
  readonly stopAfterFailures?: number;
  readonly param?: readonly string[];
  readonly idempotencyKey?: string;
  readonly reason?: string;
}

/** What `backfill apply` may be told. */
export interface ApplyBackfillOptions {
  readonly hash: string;
  readonly watch?: true;
  readonly reason?: string;
}

const SHOWN_LINES = 20;

/** Works out what a backfill would do, and says how to apply it. */
export async function planBackfill(
  session: Session,
  workflow: string,
  options: PlanBackfillOptions,
): Promise<ExitCode> {
  const { param, keys, redo, newestFirst, ofVersion, ...wish } = options;
  const answer = await session.client.mutate(PLAN_BACKFILL, {
    workflowId: workflow,
    ...wish,
    ...(keys === undefined ? {} : { keys: readKeys(session, keys) }),
    ...(ofVersion === undefined ? {} : { version: ofVersion }),
    redo: redo.toUpperCase(),
    order: newestFirst === true ? 'NEWEST_FIRST' : 'OLDEST_FIRST',
    params: await paramsFor(session, workflow, param ?? []),
  });
  const { backfill } = accepted(session, answer.planBackfill);
  if (backfill === null) return FINE;
  if (session.json) printJson(session, backfill);
  else await showPlan(session, backfill);
  return FINE;
}

/** What would be done, and how to let it be done. */
async function showPlan(session: Session, backfill: BackfillView): Promise<void> {
  const { lines } =
    (await session.client.query(BACKFILL_BY_ID, { id: backfill.id, first: SHOWN_LINES })).backfill ?? {};
  print(session, ...planLines(backfill), ...lineList(lines?.nodes ?? [], backfill.total));
  say(session, `Nothing has started. Do it with: downbeat backfill apply ${backfill.id} --hash ${backfill.hash}`);
}

/** Starts what a plan says, unless the world moved: then it shows what is different. */
export async function applyBackfill(session: Session, id: string, options: ApplyBackfillOptions): Promise<ExitCode> {
  const { watch, ...wish } = options;
  const backfillId = backfillIdOf(id);
  const answer = (await session.client.mutate(APPLY_BACKFILL, { backfillId, ...wish })).applyBackfill;
  if (answer.newHash !== null && !session.json) {
    print(session, ...differenceLines(answer.differences));
    say(session, `If that is what you want: downbeat backfill apply ${backfillId} --hash ${answer.newHash}`);
  }
  const { backfill } = accepted(session, answer);
  if (backfill === null) return FINE;
  if (watch === true) return watchBackfill(session, backfillId);
  show(session, backfill);
  if (!session.json)
    say(session, `Watch it with: downbeat backfill watch ${backfillId}   or at ${pageOf(session, backfill)}`);
  return FINE;
}

/** Shows a backfill live to its end; if it pauses, that is said. */
export async function watchBackfill(session: Session, id: string): Promise<ExitCode> {
  const backfillId = backfillIdOf(id);
  session.interruptNote = `The backfill goes on. Look at it again with: downbeat backfill watch ${backfillId}`;
  const changes = follow(
    {
      operation: BACKFILL_CHANGES,
      variables: { backfillId },
      itemOf: (data) => data.backfillChanges,
      isLast: ({ backfill }) => backfill !== null && isOver(backfill),
    },
    {
      endpoint: session.client.endpoint,
      pace: session.pace,
      signal: session.signal,
      onConnection: (event) => {
        say(session, event === 'lost' ? 'The connection is lost; trying again.' : 'Connected again.');
      },
    },
  );
  let shown = '';
  let last: BackfillView | undefined;
  for await (const { backfill } of changes) {
    if (backfill === null) continue;
    last = backfill;
    const line = session.json ? JSON.stringify(backfill) : progressLine(backfill);
    if (shown === '' && backfill.status === 'PLANNED' && !session.json) await showPlan(session, backfill);
    else if (line !== shown) print(session, line);
    shown = line;
  }
  return last?.status === 'SUCCEEDED' ? FINE : FAILED;
}

/** Shows one backfill with its first lines, or lists the newest. */
export async function listBackfills(session: Session, workflow: string | undefined): Promise<ExitCode> {
  const filter = workflow === undefined ? {} : { workflowId: workflow };
  const { nodes } = (await session.client.query(BACKFILLS, { first: SHOWN_LINES, filter })).backfills;
  for (const backfill of nodes) show(session, backfill);
  if (nodes.length === 0 && !session.json) {
    say(session, 'There are none. Plan one with: downbeat backfill plan <workflow> --from 2026-11-01 --to 2026-11-07');
  }
  return FINE;
}

const HOLDS = {
  pause: async (session: Session, input: object) => (await session.client.mutate(PAUSE_BACKFILL, input)).pauseBackfill,
  resume: async (session: Session, input: object) =>
    (await session.client.mutate(RESUME_BACKFILL, input)).resumeBackfill,
  cancel: async (session: Session, input: object) =>
    (await session.client.mutate(CANCEL_BACKFILL, input)).cancelBackfill,
  retry: async (session: Session, input: object) => (await session.client.mutate(RETRY_BACKFILL, input)).retryBackfill,
} as const satisfies Readonly<Record<string, (session: Session, input: object) => Promise<BackfillAnswer>>>;

/** Pauses, resumes, cancels or retries a backfill. */
export async function holdBackfill(
  session: Session,
  how: keyof typeof HOLDS,
  id: string,
  options: { readonly reason?: string },
): Promise<ExitCode> {
  const answer = await HOLDS[how](session, { backfillId: backfillIdOf(id), ...options });
  const { backfill } = accepted(session, answer);
  if (backfill !== null) show(session, backfill);
  return FINE;
}

function show(session: Session, backfill: BackfillView): void {
  if (session.json) printJson(session, backfill);
  else print(session, progressLine(backfill));
}

function pageOf(session: Session, { url }: BackfillView): string {
  return new URL(url, session.client.endpoint.url).href;
}

function backfillIdOf(text: string): string {
  const id = text.startsWith('backfill:') ? text : `backfill:${text}`;
  if (/^backfill:[^/:]+\/[1-9]\d*$/u.test(id)) return id;
  throw wrongUse(
    `"${text}" is no backfill; one looks like backfill:penguins/3.`,
    'See which there are: downbeat backfill list',
  );
}

function readKeys(session: Session, file: string): readonly unknown[] {
  try {
    const keys: unknown = JSON.parse(readFileSync(resolve(session.io.folder, file), 'utf8'));
    if (Array.isArray(keys)) return keys as readonly unknown[];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError('BAD_KEYS', `${file} could not be read as JSON: ${why}`, {
      hint: 'It holds an array: [{"island": "Biscoe"}, {"island": "Dream"}]',
    });
  }
  throw wrongUse(`${file} holds no array.`, 'Write one: [{"island": "Biscoe"}, {"island": "Dream"}]');
}
