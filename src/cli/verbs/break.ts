// `break`: where runs of a workflow stop before a step begins.

import { CliError } from '../cli-error.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { globalId, globalRunId, shortId } from '../server/global-id.ts';
import { BREAK, BREAKPOINTS, type BreakpointsView, UNBREAK } from '../operations/operations.ts';
import { clockTime } from '../duration.ts';
import { accepted, print, printJson, say, type Session } from '../session.ts';
import { table } from '../display/table.ts';

/** What `break` may be told. */
export interface BreakOptions {
  /** Only this run. */
  readonly run?: string;
  /** Only runs of this version. */
  readonly workflowVersion?: number;
  /** Takes the breakpoint away. */
  readonly clear?: true;
  readonly reason?: string;
}

/** Sets or clears a breakpoint; without a step, lists those that are set. */
export async function breakAt(
  session: Session,
  workflow: string,
  step: string | undefined,
  options: BreakOptions,
): Promise<ExitCode> {
  const workflowId = shortId(globalId(workflow));
  if (step === undefined) return list(session, workflowId);
  const { run, workflowVersion, clear, reason } = options;
  const input = {
    workflowId,
    stepId: step,
    ...(run === undefined ? {} : { runId: globalRunId(run.includes('/') ? run : `${workflowId}/${run}`) }),
    ...(workflowVersion === undefined ? {} : { version: workflowVersion }),
    ...(reason === undefined ? {} : { reason }),
  };
  if (clear === true) {
    const answer = await session.client.mutate(UNBREAK, input);
    return show(
      session,
      accepted(session, answer.clearBreakpoint),
      `✓ no breakpoint at ${step} any more: what stood there goes on`,
    );
  }
  const answer = await session.client.mutate(BREAK, input);
  const code = show(
    session,
    accepted(session, answer.setBreakpoint),
    `‖ ${step} will not begin: it stops at the breakpoint`,
  );
  say(session, `Let a run go on past it with: downbeat resume ${workflowId}/<number>/${step}`);
  return code;
}

async function list(session: Session, workflowId: string): Promise<ExitCode> {
  const { workflow } = await session.client.query(BREAKPOINTS, { id: workflowId });
  if (workflow === null) {
    const hint = 'See which there are with: downbeat runs';
    throw new CliError('NOT_FOUND', `There is no workflow "${workflowId}".`, { hint });
  }
  if (session.json) {
    printJson(session, workflow.breakpoints);
    return FINE;
  }
  if (workflow.breakpoints.length === 0) {
    say(session, `${workflowId} has no breakpoints. Set one with: downbeat break ${workflowId} <step>`);
    return FINE;
  }
  const rows = workflow.breakpoints.map(({ stepId, version, run, setBy, setAt }) => [
    stepId,
    version === null ? 'all' : String(version),
    run === null ? 'all' : `${workflowId}/${String(run)}`,
    clockTime(setAt),
    setBy,
  ]);
  const head = ['STEP', 'VERSION', 'RUN', 'SINCE (UTC)', 'WHO SET IT'];
  print(session, ...table(head, rows, { width: session.io.stdout.columns }));
  return FINE;
}

function show(session: Session, { workflow }: BreakpointsView, text: string): ExitCode {
  if (session.json) printJson(session, workflow);
  else if (workflow !== null) print(session, text);
  return FINE;
}
