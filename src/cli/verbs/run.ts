// `run`, `restart` and `fork`: start a run, and watch it if asked.

import { type Json } from '../../core/json.ts';
import { wrongUse } from '../cli-error.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { globalRunId, shortId } from '../server/global-id.ts';
import { WORKFLOW_PARAMS } from '../operations/definition-operations.ts';
import { FORK, RESTART, type RunView, START } from '../operations/operations.ts';
import { type DeclaredTypes, readParams } from '../program/param-options.ts';
import { scheduledTime } from '../scheduled-time.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { lookOf } from '../display/status-words.ts';
import { watchRun } from '../display/watch-run.ts';

/** What `run`, `restart` and `fork` may be told. */
export interface RunOptions {
  readonly param?: readonly string[];
  readonly watch?: true;
  /** For `run`: the time that the run is for. */
  readonly for?: string;
  /** For `restart`: `beginning`, `incomplete` or a step. For `fork`: a step. */
  readonly from?: string;
  /** For `restart` and `fork`: `train.rounds=3`, for parameters of single steps. */
  readonly stepParam?: readonly string[];
  /** For `restart`: what waits for the run does not begin again with it. */
  readonly alone?: true;
  /** For `fork`: `clean.rows=100`, in place of what a kept step gave. */
  readonly output?: readonly string[];
  /** For `fork`: the version to run. */
  readonly workflowVersion?: number;
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
    ...byStep(session, 'stepParams', options.stepParam),
    ...(options.alone === true ? { alone: true } : {}),
    ...wishes(options),
  });
  const begun = accepted(session, answer.restartRun).run;
  const isWithin = begun !== null && nameIn(begun.id) !== nameIn(id);
  return startedRun(session, begun, options, isWithin ? `started again, for ${nameIn(id)}` : 'started again');
}

/** Makes a new run that keeps what another one has done. */
export async function fork(session: Session, runId: string, options: RunOptions): Promise<ExitCode> {
  const id = globalRunId(runId);
  const workflow = shortId(id).replace(/\/[\d.]+$/u, '');
  const given = options.param === undefined ? {} : { params: await paramsFor(session, workflow, options.param ?? []) };
  const answer = await session.client.mutate(FORK, {
    runId: id,
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.workflowVersion === undefined ? {} : { version: options.workflowVersion }),
    ...given,
    ...byStep(session, 'stepParams', options.stepParam),
    ...byStep(session, 'outputs', options.output),
    ...wishes(options),
  });
  return startedRun(session, accepted(session, answer.forkRun).run, options, `started, from ${shortId(id)}`);
}

/** What a run is called whatever its attempt: `penguins/12`, `penguins/12/each[2]`. */
function nameIn(id: string): string {
  return shortId(id).replace(/^([^/]+\/\d+)\.\d+/u, '$1');
}

/** Values for single steps, by step and name, under the name of a field. */
function byStep(session: Session, field: string, options: readonly string[] | undefined): object {
  if (options === undefined) return {};
  const steps = new Map<string, Record<string, Json>>();
  for (const [place, value] of Object.entries(readParams(options, session.io.folder))) {
    const cut = place.lastIndexOf('.');
    if (cut <= 0) throw wrongUse(`"${place}" names no step.`, 'Write the step before the name: clean.rows=100.');
    const step = place.slice(0, cut);
    steps.set(step, { ...steps.get(step), [place.slice(cut + 1)]: value });
  }
  return { [field]: Object.fromEntries(steps) };
}

/** Where a restart begins; a step that is called like one of the two words is meant by its whole id. */
function beginning(from: string | undefined): object {
  if (from === undefined) return {};
  if (from === 'beginning' || from === 'incomplete') return { from: from.toUpperCase() };
  return { from: 'STEP', stepId: from };
}

/** The parameters of `-p` options, read as the workflow declares them. */
export async function paramsFor(
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
