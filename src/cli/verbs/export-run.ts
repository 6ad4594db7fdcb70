// `export` of a run: everything that there is to know of it in one record, and in a folder its files and what its steps printed.
// The server shows secrets as dots in everything that it answers; files are what the steps made of them.

import { printableLine } from '../display/printable.ts';
import { noSuchRun } from '../display/watch-run.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import {
  EXPORT_ITERATIONS,
  EXPORT_LOG,
  EXPORT_RUN,
  EXPORT_SIGNAL,
  EXPORT_STEPS,
  type ExportedRunView,
  type ExportedStepView,
} from '../operations/export-operations.ts';
import { shortId } from '../server/global-id.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { type ExportFolder, openExportFolder } from './export-folder.ts';

/** Which lines of a failed step stand in the record. */
const LINES_OF_FAILED = 50;
/** The most that a server gives of one step. */
const MOST_LINES = 1000;
const MOST_EVENTS = 1000;
const MOST_SIGNALS = 100;

/** Prints the record of a run, or writes it into a folder with its files and logs. */
export async function exportRun(session: Session, id: string, output: string | undefined): Promise<ExitCode> {
  const schemaUrl = new URL('/schema/workflow.json', session.client.endpoint.url).href;
  const { run, server } = await session.client.query(EXPORT_RUN, { id, schemaUrl });
  if (run === null) throw noSuchRun(id);
  const folder = output === undefined ? undefined : openExportFolder(session, output);
  const steps = await stepsOf(session, run.id);
  const record = {
    record: 'downbeat-run',
    recordVersion: 1,
    exportedAt: new Date().toISOString(),
    server: session.client.endpoint.url,
    serverVersion: server.version,
    notes: notesOn(run),
    ...splitDefinition(run),
    signals: await signalsOf(session, run, steps),
    steps: await Promise.all(steps.map((step) => withMore(session, step))),
  };
  if (folder === undefined) {
    if (session.json) printJson(session, record);
    else print(session, JSON.stringify(record, null, 2));
    return FINE;
  }
  return writeAll(session, { folder, run, steps, record });
}

/** The definition's text stands apart from what happened. */
function splitDefinition({ definition, timeline, ...run }: ExportedRunView): object {
  return { run, definition, timeline };
}

/** What the record does not have, in sentences. */
function notesOn({ id, attempt, isTerminal, timeline }: ExportedRunView): readonly string[] {
  const name = shortId(id);
  return [
    ...(isTerminal ? [] : [`The run goes on: this is how it was at the time of the export.`]),
    ...(timeline.length >= MOST_EVENTS
      ? [`The timeline has the last ${String(MOST_EVENTS)} events; there were more before them.`]
      : []),
    ...(attempt > 1 && !/\.\d+$/u.test(name)
      ? [`This is attempt ${String(attempt)}. The one before: downbeat export ${name}.${String(attempt - 1)}`]
      : []),
  ];
}

async function stepsOf(session: Session, id: string): Promise<readonly ExportedStepView[]> {
  const steps: ExportedStepView[] = [];
  let after: string | null = null;
  do {
    const answer: Awaited<ReturnType<typeof pageOf>> = await pageOf(session, id, after);
    steps.push(...(answer?.nodes ?? []));
    after = answer?.pageInfo.hasNextPage === true ? answer.pageInfo.endCursor : null;
  } while (after !== null);
  return steps;
}

async function pageOf(session: Session, id: string, after: string | null) {
  const { run } = await session.client.query(EXPORT_STEPS, { id, ...(after === null ? {} : { after }) });
  return run?.steps;
}

/** Of a loop what ended badly in it, of a step that failed what it printed last. */
async function withMore(session: Session, step: ExportedStepView): Promise<object> {
  if (step.kind === 'foreach' || step.kind === 'while') {
    const { step: loop } = await session.client.query(EXPORT_ITERATIONS, { id: step.id });
    return { ...step, iterationsThatEndedBadly: loop?.iterations?.nodes ?? [] };
  }
  if (step.phase !== 'FAILED' || step.attempts.length === 0) return step;
  const { step: failed } = await session.client.query(EXPORT_LOG, { id: step.id, lines: LINES_OF_FAILED });
  return { ...step, lastLines: failed?.logTail ?? [] };
}

/** Each signal that started the run or that a step took, once. */
async function signalsOf(
  session: Session,
  { cause }: ExportedRunView,
  steps: readonly ExportedStepView[],
): Promise<readonly unknown[]> {
  const taken = steps.flatMap(({ awaits }) => awaits.flatMap(({ signalId }) => signalId ?? []));
  const joined = (cause.signals ?? []).map(({ id }) => id);
  const ids = new Set([...(cause.signal === null ? [] : [cause.signal]), ...joined, ...taken]);
  const found: unknown[] = [];
  for (const id of [...ids].slice(0, MOST_SIGNALS)) {
    const { node } = await session.client.query(EXPORT_SIGNAL, { id });
    found.push(node ?? { id, note: 'It is no longer kept.' });
  }
  return found;
}

interface Exported {
  readonly folder: ExportFolder;
  readonly run: ExportedRunView;
  readonly steps: readonly ExportedStepView[];
  readonly record: object;
}

async function writeAll(session: Session, { folder, run, steps, record }: Exported): Promise<ExitCode> {
  folder.write(['run.json'], `${JSON.stringify(record, null, 2)}\n`);
  if (run.definition !== null) folder.write([`${run.workflowId}.downbeat.yaml`], run.definition.yaml.text);
  let files = 0;
  for (const step of steps) {
    for (const artifact of step.artifacts) {
      await folder.download(['artifacts', step.stepId, ...artifact.path.split('/')], artifact.url);
      files += 1;
    }
    await writeLog(session, folder, step);
  }
  const name = shortId(run.id);
  if (session.json) printJson(session, { run: run.id, folder: folder.path, artifacts: files });
  else
    print(
      session,
      `✓ ${name} is in ${printableLine(folder.path)}: run.json, ${filesText(files)}, what its steps printed`,
    );
  return FINE;
}

function filesText(count: number): string {
  return `${String(count)} ${count === 1 ? 'file' : 'files'} that its steps kept`;
}

/** The end of what the last attempt of a step printed. */
async function writeLog(session: Session, folder: ExportFolder, step: ExportedStepView): Promise<void> {
  if (step.attempts.length === 0) return;
  const answer = await session.client.query(EXPORT_LOG, { id: step.id, lines: MOST_LINES });
  const lines = answer.step?.logTail ?? [];
  if (lines.length === 0) return;
  if (lines.length >= MOST_LINES)
    say(session, `Of what ${step.stepId} printed, these are the last ${String(MOST_LINES)} lines.`);
  const text = lines.map((line) => `${line.at} ${line.stream.padEnd(6)} ${line.text}\n`).join('');
  folder.write(['logs', `${step.stepId}.log`], text);
}
