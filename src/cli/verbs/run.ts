// `run` and `restart`: start a run, and watch it if asked.

import { type ExitCode, FINE } from '../exit-code.ts';
import { globalRunId, shortId } from '../global-id.ts';
import { RESTART, type RunView, START, WORKFLOW_PARAMS } from '../operations.ts';
import { type DeclaredTypes, readParams } from '../param-options.ts';
import { scheduledTime } from '../scheduled-time.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { lookOf } from '../status-words.ts';
import { watchRun } from '../watch-run.ts';

/** What `run` and `restart` may be told. */
export interface RunOptions {
  readonly param?: readonly string[];
  readonly watch?: true;
  /** For `run`: the time that the run is for. */
  readonly for?: string;
  /** For `restart`: `beginning`, `incomplete` or a step. */
  readonly from?: string;
  readonly idempotencyKey?: string;
  readonly reason?: string;
}

/** Starts a run of a workflow. */
export async function run(session: Session, workflow: string, options: RunOptions): Promise<ExitCode> {
  const params = await paramsFor(session, workflow, options.param ?? []);
  const scheduledFor = options.for === undefined ? {} : { scheduledFor: scheduledTime(options.for) };
  const answer = await session.client.mutate(START, {
    workflowId: workflow,
    params,
    ...scheduledFor,
    ...wishes(options),
  });
  return startedRun(session, accepted(session, answer.startRun).run, options, 'started');
}

/** Runs a run again: from its beginning, from what is incomplete, or from a step. */
export async function restart(session: Session, runId: string, options: RunOptions): Promise<ExitCode> {
  const id = globalRunId(runId);
  const workflow = shortId(id).replace(/\/[\d.]+$/u, '');
  const given = options.param === undefined ? {} : { params: await paramsFor(session, workflow, options.param ?? []) };
  const answer = await session.client.mutate(RESTART, {
    runId: id,
    ...beginning(options.from),
    ...given,
    ...wishes(options),
  });
  return startedRun(session, accepted(session, answer.restartRun).run, options, 'started again');
}

/** Where a restart begins; a step that is called like one of the two words is meant by its whole id. */
function beginning(from: string | undefined): object {
  if (from === undefined) return {};
  if (from === 'beginning' || from === 'incomplete') return { from: from.toUpperCase() };
  return { from: 'STEP', stepId: from };
}

async function paramsFor(
  session: Session,
  workflow: string,
  options: readonly string[],
): Promise<ReturnType<typeof readParams>> {
  if (options.length === 0) return {};
  return readParams(options, session.io.folder, await declaredTypes(session, workflow));
}

async function declaredTypes(session: Session, workflow: string): Promise<DeclaredTypes> {
  const answer = await session.client.query(WORKFLOW_PARAMS, { id: workflow });
  return new Map((answer.workflow?.definition?.params ?? []).map(({ name, type }) => [name, type]));
}

function wishes({ idempotencyKey, reason }: RunOptions): object {
  return { ...(idempotencyKey === undefined ? {} : { idempotencyKey }), ...(reason === undefined ? {} : { reason }) };
}

async function startedRun(
  session: Session,
  started: RunView | null,
  options: RunOptions,
  verb: string,
): Promise<ExitCode> {
  if (started === null) return FINE;
  const name = shortId(started.id);
  const page = new URL(started.url, session.client.endpoint.url).href;
  if (session.json && options.watch === undefined) printJson(session, started);
  else if (!session.json) {
    const { word } = lookOf(started.status);
    print(session, `${session.paint('green', '✓')} ${name} ${verb} (${word})`);
    say(session, options.watch === undefined ? `Watch it with: downbeat watch ${name}   or at ${page}` : page);
  }
  return options.watch === undefined ? FINE : watchRun(session, started.id);
}
