// `apply`: definitions and the files they name go up; each becomes a version whose triggers listen.

import { CliError } from '../cli-error.ts';
import { type LoadedDefinitions, loadDefinitions, type LoadedWorkflow } from '../documents/definition-files.ts';
import { type ExitCode, FAILED, FINE } from '../exit-code.ts';
import { APPLY, type ApplyView } from '../operations/definition-operations.ts';
import { OTHER_DOCUMENTS } from '../documents/other-documents.ts';
import { printableLine } from '../display/printable.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { problemLines, problemOfUserError, type SourceProblem } from '../documents/source-problem.ts';

/** What `apply` may be told. */
export interface ApplyOptions {
  readonly reason?: string;
  /** Contracts of signals also where they refuse what they accepted before. */
  readonly force?: boolean;
}

/** Uploads nothing unless all of it can be read. */
export async function apply(session: Session, files: readonly string[], options: ApplyOptions): Promise<ExitCode> {
  const loaded = loadDefinitions(files, session);
  if (loaded.problems.length > 0) return refuse(session, loaded.problems, loaded.texts);
  const problems: SourceProblem[] = [];
  for (const document of loaded.others) {
    problems.push(...((await OTHER_DOCUMENTS.get(document.kind)?.apply(session, document, options)) ?? []));
  }
  if (problems.length > 0) return refuse(session, problems, loaded.texts);
  for (const workflow of loaded.workflows) problems.push(...(await applyOne(session, workflow, options)));
  return problems.length === 0 ? FINE : refuse(session, problems, loaded.texts);
}

async function applyOne(
  session: Session,
  workflow: LoadedWorkflow,
  options: ApplyOptions,
): Promise<readonly SourceProblem[]> {
  const { file, linesBefore, text, uploads } = workflow;
  const input = { source: text, files: uploads, ...(options.reason === undefined ? {} : { reason: options.reason }) };
  const answer = await session.client.mutate(APPLY, input);
  const payload = answer.applyWorkflow;
  if (payload.errors.length > 0) return payload.errors.map((error) => problemOfUserError(error, file, linesBefore));
  if (session.json) printJson(session, payload);
  else print(session, ...outcomeLines(payload, workflow.workflowId, session));
  return [];
}

/** What became of a version that was applied or activated. */
export function outcomeLines(payload: ApplyView, workflowId: string, session: Session): readonly string[] {
  const { paint } = session;
  const version = `version ${String(payload.version)}`;
  if (payload.workflow !== null && payload.workflow.activeVersion !== payload.version) {
    return [
      `${paint('green', '✓')} ${workflowId} ${version} is kept, and not active`,
      `    let starts use it with: downbeat activate ${workflowId} ${String(payload.version)}`,
    ];
  }
  const triggers = payload.workflow?.triggers ?? [];
  const head = payload.unchanged
    ? `${paint('dim', '=')} ${workflowId} ${version}: nothing has changed`
    : `${paint('green', '✓')} ${workflowId} ${version} is in place`;
  const isAllPaused = payload.workflow?.triggersPaused === true;
  const starts = triggers.map(
    ({ text, paused }) => `    starts ${printableLine(text)}${paused && !isAllPaused ? ' (paused)' : ''}`,
  );
  return [head, ...starts, ...triggerNotes(payload, workflowId)];
}

function triggerNotes({ workflow, armed }: ApplyView, workflowId: string): readonly string[] {
  const { triggers = [], triggersPaused = false } = workflow ?? {};
  if (triggers.length === 0) {
    return [`    nothing starts it by itself; start it with: downbeat run ${workflowId} --watch`];
  }
  const whose = triggersPaused ? 'its' : 'some of its';
  return [
    ...(triggers.some(({ paused }) => paused)
      ? [`    ${whose} triggers are paused; let them go on with: downbeat resume ${workflowId}`]
      : []),
    ...(armed ? [] : ['    its triggers will listen in a moment']),
  ];
}

/** Shows problems as JSON on stdout or for people on stderr, with a count as the last word. */
export function refuse(
  session: Session,
  problems: readonly SourceProblem[],
  texts: LoadedDefinitions['texts'],
): ExitCode {
  if (session.json) {
    printJson(session, { problems });
    return FAILED;
  }
  const options = { paint: session.paintTalk, width: session.io.stderr.columns };
  for (const problem of problems) say(session, ...problemLines(problem, texts.get(problem.file) ?? '', options), '');
  throw new CliError(
    'BAD_DEFINITION',
    problems.length === 1 ? 'There is 1 problem.' : `There are ${String(problems.length)} problems.`,
  );
}
