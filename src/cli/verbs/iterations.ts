// `iterations`: a step that is nested in loops, in all its iterations as one table; without a step, what is nested in a run.

import { CliError, wrongUse } from '../cli-error.ts';
import { printableLine } from '../display/printable.ts';
import { lookOf } from '../display/status-words.ts';
import { table } from '../display/table.ts';
import { clockTime, elapsed } from '../duration.ts';
import { type ExitCode, FAILED, FINE } from '../exit-code.ts';
import { FLATTENED, type FlattenedView, NESTED, type NestedView } from '../operations/view-operations.ts';
import { globalRunId, shortId } from '../server/global-id.ts';
import { print, printJson, say, type Session } from '../session.ts';

/** Which iterations, and how many. */
export interface IterationsOptions {
  readonly status?: readonly string[];
  readonly where?: readonly string[];
  readonly limit: number;
}

/** A page of the server may hold fewer than were asked for, where few fit the filter. */
const MOST_PAGES = 100;

/** Lists a step in all its iterations. With `--json` one iteration a line. */
export async function iterations(
  session: Session,
  runId: string,
  step: string | undefined,
  options: IterationsOptions,
): Promise<ExitCode> {
  const { run } = await session.client.query(NESTED, { id: globalRunId(runId) });
  if (run === null) {
    throw new CliError('NOT_FOUND', `There is no run ${runId}.`, {
      exitCode: FAILED,
      hint: 'See which there are with: downbeat runs',
    });
  }
  if (step === undefined) return showNested(session, run);
  const loop = run.steps.nodes.find(({ nestedSteps }) => nestedSteps.some(({ stepId }) => stepId === step));
  if (loop === undefined) throw notNested(run, step);
  const { rows, more } = await readRows(session, { id: loop.id, step }, options);
  if (session.json) for (const row of rows) printJson(session, row);
  else showRows(session, rows, more);
  return FINE;
}

function notNested(run: NestedView, step: string): CliError {
  const ids = run.steps.nodes.flatMap(({ nestedSteps }) => nestedSteps.map(({ stepId }) => stepId));
  return wrongUse(
    `No loop of ${shortId(run.id)} has a step "${step}" in it.`,
    ids.length === 0
      ? 'The run has no loop. See its steps with: downbeat watch'
      : `Those that are in one: ${ids.join(', ')}.`,
  );
}

function showNested(session: Session, run: NestedView): ExitCode {
  if (session.json) {
    printJson(session, run);
    return FINE;
  }
  const { total, counts, attention } = run.rollup;
  const said = counts.map(
    ({ status, count }) =>
      `${count.toLocaleString('en')} ${status === 'NOT_CREATED' ? 'not begun' : lookOf(status).word}`,
  );
  print(session, `${shortId(run.id)}: ${total.toLocaleString('en')} small steps: ${said.join(', ')}`);
  for (const { id, status } of attention) {
    const { sign, word, colour } = lookOf(status);
    print(session, `  ${session.paint(colour, `${sign} ${word}`)}  ${shortId(id)}`);
  }
  const nested = run.steps.nodes.flatMap(({ nestedSteps }) => nestedSteps);
  const rows = nested.map(({ stepId, loops, loopParams }) => [stepId, loops.join(' / '), loopParams.join(', ')]);
  if (rows.length > 0) {
    print(session, '', ...table(['STEP', 'IN THE LOOP', 'FOR EACH'], rows, { width: session.io.stdout.columns }));
    say(
      session,
      `See one in all its iterations with: downbeat iterations ${shortId(run.id)} ${nested[0]?.stepId ?? ''}`,
    );
  }
  return FINE;
}

async function readRows(
  session: Session,
  of: { readonly id: string; readonly step: string },
  { status, where = [], limit }: IterationsOptions,
): Promise<{ readonly rows: readonly FlattenedView[]; readonly more: boolean }> {
  const filter = {
    ...(status === undefined ? {} : { statuses: status }),
    ...(where.length === 0 ? {} : { loopParams: wantedValues(where) }),
  };
  const rows: FlattenedView[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES && rows.length < limit; page++) {
    const wanted = { ...of, first: Math.min(100, limit - rows.length), filter };
    const { step } = await session.client.query(FLATTENED, after === undefined ? wanted : { ...wanted, after });
    const flattened = step?.flattened;
    if (flattened === null || flattened === undefined) return { rows, more: false };
    rows.push(...flattened.nodes);
    if (!flattened.pageInfo.hasNextPage || flattened.pageInfo.endCursor === null) return { rows, more: false };
    after = flattened.pageInfo.endCursor;
  }
  return { rows, more: true };
}

/** `species=Adelie`, several of one name being alternatives. */
function wantedValues(texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const wanted: Record<string, readonly string[]> = {};
  for (const text of texts) {
    const cut = text.indexOf('=');
    if (cut < 1)
      throw wrongUse(`--where ${text} is no value of a loop.`, 'Write name=value, such as --where species=Adelie.');
    const name = text.slice(0, cut);
    wanted[name] = [...(wanted[name] ?? []), text.slice(cut + 1)];
  }
  return wanted;
}

function showRows(session: Session, rows: readonly FlattenedView[], more: boolean): void {
  if (rows.length === 0) {
    say(session, more ? 'None among those that were looked at; narrow it less.' : 'There are no such iterations.');
    return;
  }
  const names = Object.keys(rows[0]?.loopParams ?? {});
  const looks = rows.map(({ status }) => lookOf(status));
  const cells = rows.map((row, index) => [
    ...names.map((name) => valueText(row.loopParams[name])),
    `${looks[index]?.sign ?? ''} ${looks[index]?.word ?? ''}`,
    row.startedAt === null ? '–' : clockTime(row.startedAt),
    row.startedAt === null ? '–' : elapsed(row.startedAt, row.endedAt, Date.now()),
    String(row.attempts),
    shortId(row.id),
  ]);
  const decorate = (row: number, column: number, cell: string): string =>
    column === names.length ? session.paint(looks[row]?.colour ?? 'dim', cell) : cell;
  const head = [...names.map((name) => name.toUpperCase()), 'STATUS', 'SINCE (UTC)', 'TOOK', 'TRIES', 'STEP'];
  print(session, ...table(head, cells, { width: session.io.stdout.columns, decorate }));
  if (more) say(session, `These are the first ${String(rows.length)}; see more with --limit.`);
}

function valueText(value: unknown): string {
  return printableLine(typeof value === 'string' ? value : JSON.stringify(value ?? null));
}
