// `workflows`: which there are, what starts each, when that is next, and how its last run went.

import { lookOf } from '../display/status-words.ts';
import { printableLine } from '../display/printable.ts';
import { table } from '../display/table.ts';
import { clockTime } from '../duration.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { WORKFLOWS, type WorkflowView } from '../operations/workflow-operations.ts';
import { labelsOf } from '../program/run-filter.ts';
import { shortId } from '../server/global-id.ts';
import { print, printJson, say, type Session } from '../session.ts';

/** Which workflows to list, in which order, and how many. */
export interface WorkflowsOptions {
  readonly text?: string;
  readonly prefix?: string;
  readonly owner?: string;
  readonly label?: readonly string[];
  /** How the last run stands. */
  readonly status?: readonly string[];
  readonly paused?: boolean;
  readonly active?: boolean;
  readonly deleted?: boolean;
  readonly order: string;
  readonly limit: number;
}

/** The orders by the words of the command line. */
export const WORKFLOW_ORDERS: Readonly<Record<string, string>> = {
  name: 'ID_UP',
  'last-active': 'ACTIVE_LAST_FIRST',
  newest: 'NEWEST_FIRST',
  oldest: 'OLDEST_FIRST',
};

/** Lists workflows. With `--json` one a line. */
export async function workflows(session: Session, options: WorkflowsOptions): Promise<ExitCode> {
  const filter = filterOf(options);
  const variables = { first: options.limit, filter, orderBy: WORKFLOW_ORDERS[options.order] ?? 'ID_UP' };
  const { nodes, pageInfo } = (await session.client.query(WORKFLOWS, variables)).workflows;
  if (session.json) {
    for (const workflow of nodes) printJson(session, workflow);
    return FINE;
  }
  if (nodes.length === 0) {
    const hint = 'Put a definition in place with: downbeat apply <file>';
    say(session, Object.keys(filter).length === 0 ? `There are no workflows. ${hint}` : 'There are no such workflows.');
    return FINE;
  }
  print(session, ...linesOf(session, nodes));
  if (pageInfo.hasNextPage) say(session, `These are the first ${String(nodes.length)}; see more with --limit.`);
  return FINE;
}

function filterOf(options: WorkflowsOptions): Readonly<Record<string, unknown>> {
  const { text, prefix, owner, label = [], status, paused, active, deleted } = options;
  const fields = {
    ...{ text, prefix, owner, deleted },
    labels: label.length === 0 ? undefined : labelsOf(label),
    lastRun: status,
    paused: paused ?? (active === true ? false : undefined),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

const HEAD = ['WORKFLOW', 'VERSION', 'LAST RUN', 'WHEN (UTC)', 'NEXT (UTC)', 'WHAT STARTS IT'];
const LAST_RUN = 2;

function linesOf(session: Session, nodes: readonly WorkflowView[]): readonly string[] {
  const looks = nodes.map(({ runs }) => (runs.nodes[0] === undefined ? undefined : lookOf(runs.nodes[0].status)));
  const rows = nodes.map((workflow, index) => {
    const [run] = workflow.runs.nodes;
    const look = looks[index];
    return [
      workflow.workflowId,
      workflow.activeVersion === null ? 'none active' : String(workflow.activeVersion),
      run === undefined || look === undefined ? 'none yet' : `${look.sign} ${look.word} ${numberOf(run.id)}`,
      clockTime(run?.startedAt ?? run?.createdAt ?? null),
      workflow.triggersPaused ? '' : clockTime(nextOf(workflow)),
      startText(workflow),
    ];
  });
  return table(HEAD, rows, {
    width: session.io.stdout.columns,
    decorate: (row, column, cell) => (column === LAST_RUN ? session.paint(looks[row]?.colour ?? 'dim', cell) : cell),
  });
}

/** `(12)`: which of its runs. */
function numberOf(runId: string): string {
  return `(${shortId(runId).split('/').slice(1).join('/')})`;
}

/** What waits for the absence of a signal names a time at which it may fire, and mostly does not. */
const NOT_TIMED = ['ABSENT', 'EXPECTED'];

/** The earliest time at which a trigger fires. */
function nextOf({ triggers }: WorkflowView): string | null {
  const times = triggers.flatMap(({ kind, nextFire, paused }) =>
    nextFire === null || paused || NOT_TIMED.includes(kind) ? [] : [nextFire],
  );
  return times.sort()[0] ?? null;
}

function startText({ triggers, triggersPaused }: WorkflowView): string {
  if (triggers.length === 0) return 'somebody has to';
  const texts = triggers
    .map(({ text, paused }) => `${printableLine(text)}${paused && !triggersPaused ? ' (paused)' : ''}`)
    .join('; ');
  return triggersPaused ? `paused: ${texts}` : texts;
}
