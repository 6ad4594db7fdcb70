// All runs, live; narrowed by how they stand, their workflow, when they were made, and what they mention.

import { type ReactElement, useMemo, useState } from 'react';
import { CHANGES, type RunFilter, RUNS, WORKFLOW_NAMES } from '../api/documents.ts';
import { type ChangeFrame } from '../api/frames.ts';
import { type RunLine } from '../api/shapes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useWatch } from '../live/use-watch.ts';
import { listAfter } from '../model/run-list.ts';
import { Command } from '../parts/Command.tsx';
import { RunRows } from '../parts/RunRow.tsx';
import { RunFilters } from '../parts/RunFilters.tsx';
import { statusesOf } from '../parts/StatusChips.tsx';
import { Unanswered } from '../parts/Unanswered.tsx';
import { Link } from '../routing/Link.tsx';
import { type RunsRoute } from '../routing/route.ts';

const PAGE = 50;
const NO_FILTER = {};
const ALL = { first: 100 };
const HOURS: Readonly<Record<string, number>> = { '1h': 1, '1d': 24, '7d': 168, '30d': 720 };

/** The list of runs. */
export function RunsPage({ route }: { readonly route: RunsRoute }): ReactElement {
  const { workflow, status, since, text } = route;
  const names = useAnswer(WORKFLOW_NAMES, ALL);
  const filter = useMemo(() => filterOf({ workflow, status, since, text }), [workflow, status, since, text]);
  const workflows = (names.data?.workflows.nodes ?? []).map(({ workflowId }) => workflowId);
  // Whoever sees this for the first time has nothing to narrow.
  const isUntouched = Object.keys(filter).length === 0 && names.data?.workflows.nodes.length === 0;
  return (
    <div className="page">
      <div className="page-head">
        <h1>Runs</h1>
        {isUntouched ? null : <RunFilters route={route} workflows={workflows} />}
      </div>
      <LiveRuns key={JSON.stringify(filter)} filter={filter} firstWorkflow={workflows[0]} />
    </div>
  );
}

function filterOf({ workflow, status, since, text }: Omit<RunsRoute, 'page'>): RunFilter {
  const statuses = statusesOf(status);
  const hours = HOURS[since ?? ''];
  return {
    ...(workflow === undefined ? NO_FILTER : { workflowId: workflow }),
    ...(statuses.length === 0 ? NO_FILTER : { status: statuses }),
    ...(hours === undefined ? NO_FILTER : { created: { from: hoursAgo(hours) } }),
    ...(text === undefined ? NO_FILTER : { text }),
  };
}

/** To the minute: the same choice twice in a moment is the same list. */
function hoursAgo(hours: number): string {
  const minutes = Math.floor(Date.now() / 60_000);
  return new Date((minutes - hours * 60) * 60_000).toISOString();
}

function LiveRuns({
  filter,
  firstWorkflow,
}: {
  readonly filter: RunFilter;
  readonly firstWorkflow: string | undefined;
}): ReactElement {
  const [size, setSize] = useState(PAGE);
  const answer = useAnswer(
    RUNS,
    useMemo(() => ({ first: size, filter }), [size, filter]),
  );
  const [changed, setChanged] = useState<readonly RunLine[]>([]);
  useWatch<ChangeFrame>(
    answer.data === undefined
      ? undefined
      : {
          ...CHANGES,
          field: 'changes',
          variables: { filter: filter.workflowId === undefined ? NO_FILTER : { workflowId: filter.workflowId } },
          after: answer.data.runs.cursor,
          onFrame: ({ runs }) => {
            setChanged((before) => (runs.length === 0 ? before : newestOfEach([...before, ...runs])));
          },
          onExpired: answer.askAgain,
        },
  );
  const known = answer.data?.runs;
  const runs = useMemo(() => listAfter(known?.nodes ?? [], changed, filter), [known, changed, filter]);
  if (known === undefined) return <Unanswered answer={answer} />;
  if (runs.length === 0) return <NoRuns isFiltered={Object.keys(filter).length > 0} firstWorkflow={firstWorkflow} />;
  const hasMore = known.pageInfo.hasNextPage && size < 100;
  return (
    <>
      <RunRows runs={runs} label="Runs, newest first" />
      {hasMore ? (
        <button
          type="button"
          className="button more"
          onClick={() => {
            setSize(100);
          }}
        >
          Show earlier runs
        </button>
      ) : null}
      {!hasMore && known.pageInfo.hasNextPage ? (
        <p className="quiet more">
          These are the newest 100. For earlier ones narrow the list, or ask for them: <code>npx downbeat runs</code>
        </p>
      ) : null}
    </>
  );
}

/** What was delivered since the list was read, each run as it was last. */
function newestOfEach(runs: readonly RunLine[]): readonly RunLine[] {
  return [...new Map(runs.map((run) => [`${run.workflowId}/${String(run.number)}`, run])).values()];
}

function NoRuns({
  isFiltered,
  firstWorkflow,
}: {
  readonly isFiltered: boolean;
  readonly firstWorkflow: string | undefined;
}): ReactElement {
  if (isFiltered) {
    return (
      <div className="empty">
        <h2>No run is like that</h2>
        <p>
          Nothing matches all of this just now. It will appear here by itself as soon as something does.{' '}
          <Link href="/">Show all runs</Link>
        </p>
      </div>
    );
  }
  if (firstWorkflow === undefined) {
    return (
      <div className="empty">
        <h2>Nothing has run yet</h2>
        <p>
          A workflow is a list of steps and of what starts them. Bring in the example, and watch this page while it
          runs:
        </p>
        <ol className="lesson">
          <li>
            <p>Make a workflow known to the server:</p>
            <Command text="npx downbeat apply examples/penguins/penguins.downbeat.yaml" />
          </li>
          <li>
            <p>Say that something has arrived. It waits for exactly that:</p>
            <Command text="npx downbeat publish measurements.ready -p rows=344 -p island=all" />
          </li>
        </ol>
      </div>
    );
  }
  return (
    <div className="empty">
      <h2>Nothing has run yet</h2>
      <p>
        There is a workflow, <Link href={`/workflows/${encodeURIComponent(firstWorkflow)}`}>{firstWorkflow}</Link>, and
        nothing has started it so far. Its page says what it waits for. Or start it yourself:
      </p>
      <Command text={`npx downbeat run ${firstWorkflow} --watch`} />
    </div>
  );
}
