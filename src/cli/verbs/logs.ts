// `logs`: what steps printed, and with `--follow` what they print from now on.

import { CliError } from '../cli-error.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { globalRunId, shortId } from '../server/global-id.ts';
import { stepsOfRun } from '../server/run-steps.ts';
import { LOG_TAIL, type LogLineView, type StepView } from '../operations/operations.ts';
import { printable } from '../display/printable.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { followLogs } from '../display/step-log.ts';
import { noSuchRun } from '../display/watch-run.ts';

/** What `logs` may be told. */
export interface LogsOptions {
  readonly follow?: true;
  readonly lines: number;
}

/** Prints the logs of a run's steps, or of one. */
export async function logs(
  session: Session,
  runName: string,
  stepName: string | undefined,
  options: LogsOptions,
): Promise<ExitCode> {
  const { runId, stepId } = placeOf(runName, stepName);
  const run = await stepsOfRun(session, globalRunId(runId));
  if (run === undefined) throw noSuchRun(runId);
  const { steps } = run;
  const chosen = stepId === undefined ? steps : steps.filter((step) => step.stepId === stepId);
  if (chosen.length === 0) throw noSuchStep(run.id, stepId ?? '', steps);
  if (options.follow === true) {
    session.interruptNote = `Nothing was stopped. Look again with: downbeat logs ${shortId(run.id)} --follow`;
    return followLogs(session, run.id, {
      stepId,
      onLine: (line, { stepId: from, attempt }) => {
        printLine(session, line, { from: stepId === undefined ? from : undefined, stepId: from, attempt });
      },
    });
  }
  let isEmpty = true;
  for (const step of chosen.filter((candidate) => candidate.attempts.length > 0)) {
    const printed = await printTail(session, step, { isAlone: stepId !== undefined, lines: options.lines });
    isEmpty = isEmpty && printed === 0;
  }
  if (isEmpty) say(session, 'Nothing has been printed yet.');
  return FINE;
}

/** A step inside a loop is one of the iteration's: `penguins/12` and `each[2]/train` are `penguins/12/each[2]` and `train`. */
function placeOf(
  runName: string,
  stepName: string | undefined,
): { readonly runId: string; readonly stepId: string | undefined } {
  const cut = stepName?.lastIndexOf('/') ?? -1;
  if (stepName === undefined || cut === -1) return { runId: runName, stepId: stepName };
  return { runId: `${runName}/${stepName.slice(0, cut)}`, stepId: stepName.slice(cut + 1) };
}

/** Answers how many lines there were. */
async function printTail(
  session: Session,
  step: StepView,
  options: { readonly isAlone: boolean; readonly lines: number },
): Promise<number> {
  const lines = (await session.client.query(LOG_TAIL, { id: step.id, lines: options.lines })).step?.logTail ?? [];
  if (lines.length >= options.lines) {
    say(session, `These are the last ${String(options.lines)} lines of ${step.stepId}; there may be more before them.`);
  }
  const attempt = step.attempts.at(-1)?.number ?? 1;
  for (const line of lines)
    printLine(session, line, { from: options.isAlone ? undefined : step.stepId, stepId: step.stepId, attempt });
  return lines.length;
}

interface LineOptions {
  /** Put before the line, where several steps are shown. */
  readonly from: string | undefined;
  readonly stepId: string;
  readonly attempt: number;
}

/** On a terminal a line is made harmless; into a pipe it goes as it was printed. */
function printLine(session: Session, line: LogLineView, { from, stepId, attempt }: LineOptions): void {
  if (session.json) {
    printJson(session, { stepId, attempt, ...line });
    return;
  }
  const text = session.io.stdout.isTerminal ? printable(line.text) : line.text;
  const shown =
    line.stream === 'system'
      ? session.paint('dim', text)
      : line.stream === 'err'
        ? session.paint('yellow', text)
        : text;
  print(session, from === undefined ? shown : `${session.paint('dim', `${from} │`)} ${shown}`);
}

function noSuchStep(runId: string, stepId: string, steps: readonly StepView[]): CliError {
  return new CliError('NOT_FOUND', `The run ${shortId(runId)} has no step "${stepId}".`, {
    hint: `Its steps are: ${steps.map((step) => step.stepId).join(', ')}`,
  });
}
