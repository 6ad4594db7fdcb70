// `what-if`: which runs there would have been if the triggers had been those of a definition. Changes nothing.

import { wrongUse } from '../cli-error.ts';
import { printableLine } from '../display/printable.ts';
import { type Colour } from '../display/style.ts';
import { type LoadedWorkflow, loadDefinitions } from '../documents/definition-files.ts';
import { problemOfUserError, type SourceProblem } from '../documents/source-problem.ts';
import { clockTime } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { WHAT_IF, type WhatIfOutcome, type WhatIfRunView, type WhatIfView } from '../operations/what-if-operations.ts';
import { momentOf } from '../program/run-filter.ts';
import { createClient } from '../server/client.ts';
import { shortId } from '../server/global-id.ts';
import { print, printJson, type Session } from '../session.ts';
import { refuse } from './apply.ts';

/** Which triggers, which time, and how much is shown. */
export interface WhatIfOptions {
  readonly trigger?: readonly string[];
  readonly since?: string;
  readonly from?: string;
  readonly to?: string;
  readonly kept?: boolean;
  readonly limit: number;
}

const DEFAULT_SINCE = '30d';
/** In milliseconds: a hundred thousand signals are replayed twice for each trigger. */
const LONGEST = 900_000;

/** Asks for each workflow of a file. With `--json` one line each. */
export async function whatIf(session: Session, file: string, options: WhatIfOptions): Promise<ExitCode> {
  const loaded = loadDefinitions([file], session);
  if (loaded.problems.length > 0) return refuse(session, loaded.problems, loaded.texts);
  if (loaded.workflows.length === 0)
    throw wrongUse(`There is no workflow in ${file}.`, 'Name a file with a definition.');
  const problems: SourceProblem[] = [];
  for (const workflow of loaded.workflows) {
    const view = await ask(session, workflow, options);
    problems.push(...view.errors.map((error) => problemOfUserError(error, file, workflow.linesBefore)));
    if (view.errors.length > 0) continue;
    if (session.json) printJson(session, view);
    else print(session, ...linesOf(view, session, options));
  }
  return problems.length === 0 ? FINE : refuse(session, problems, loaded.texts);
}

async function ask(session: Session, { text }: LoadedWorkflow, options: WhatIfOptions): Promise<WhatIfView> {
  const { trigger, kept, limit } = options;
  const outcomes: readonly WhatIfOutcome[] = ['MOVED', 'LOST', 'GAINED', ...(kept === true ? (['KEPT'] as const) : [])];
  const input = {
    source: text,
    ...spanOf(options, Date.now()),
    ...(trigger === undefined ? {} : { triggers: trigger }),
  };
  const patient = createClient(session.client.endpoint, { ...session.pace, requestFor: LONGEST });
  return (await patient.query(WHAT_IF, { input, first: limit, outcomes })).whatIf;
}

function spanOf({ since, from, to }: WhatIfOptions, now: number): { readonly from: string; readonly to?: string } {
  if (since !== undefined && from !== undefined) {
    throw wrongUse('--since and --from say the same.', 'Give one of them: --since 30d, or --from 2026-11-01.');
  }
  const begin = from === undefined ? momentOf('--since', since ?? DEFAULT_SINCE, now) : momentOf('--from', from, now);
  return { from: begin, ...(to === undefined ? {} : { to: momentOf('--to', to, now) }) };
}

const SIGNS: Readonly<Record<WhatIfOutcome, readonly [sign: string, colour: Colour]>> = {
  GAINED: ['+', 'green'],
  LOST: ['-', 'red'],
  MOVED: ['~', 'yellow'],
  KEPT: ['=', 'dim'],
};

function linesOf(view: WhatIfView, session: Session, { kept }: WhatIfOptions): readonly string[] {
  const { paint } = session;
  const { counts } = view;
  const shown = counts.moved + counts.lost + counts.gained + (kept === true ? counts.kept : 0);
  const hidden = shown - view.runs.length;
  return [
    headOf(view, session),
    `  ${countsText(view)}`,
    ...view.runs.map((run) => runLine(run, view, session)),
    ...(hidden > 0 ? [`  … and ${String(hidden)} more; see more with --limit, or ask about a shorter time`] : []),
    ...(view.triggers.length === 0 ? ['  There is no trigger in it, and there was none.'] : []),
    `  ${trustText(view, session)}`,
    ...view.notes.map((note) => `  ${paint('yellow', 'note:')} ${printableLine(note)}`),
  ];
}

function headOf({ workflowId, from, to, signals }: WhatIfView, { paint }: Session): string {
  const replayed = `${String(signals)} ${signals === 1 ? 'signal' : 'signals'} replayed`;
  return `${paint('bold', printableLine(workflowId ?? ''))} from ${clockTime(from)} to ${clockTime(to)} UTC: ${replayed}`;
}

function countsText({ counts }: WhatIfView): string {
  const { kept, moved, lost, gained } = counts;
  return `= ${String(kept)} kept  ~ ${String(moved)} moved  - ${String(lost)} lost  + ${String(gained)} gained`;
}

function runLine(
  { outcome, trigger, at, runId, signals, why }: WhatIfRunView,
  view: WhatIfView,
  session: Session,
): string {
  const [sign, colour] = SIGNS[outcome];
  const run = runId === null ? 'a new run' : shortId(runId);
  const of = view.triggers.length > 1 ? ` (${printableLine(trigger)})` : '';
  const made = signals.map(({ name, sequence }) => `${printableLine(name)} #${String(sequence)}`).join(', ');
  const on = made === '' ? '' : ` on ${made}`;
  const reason = why === null ? '' : `: ${printableLine(why)}`;
  return `  ${session.paint(colour, sign)} ${clockTime(at)}  ${run}${of}${on}${reason}`;
}

function trustText({ isExact, triggers }: WhatIfView, { paint }: Session): string {
  if (triggers.every(({ real }) => real === null)) return 'Nothing of it has been in place yet.';
  return isExact
    ? 'Replaying the triggers as they were gives exactly the runs that there are.'
    : paint(
        'yellow',
        'Replaying the triggers as they were does not give exactly the runs that there are: see the notes.',
      );
}
