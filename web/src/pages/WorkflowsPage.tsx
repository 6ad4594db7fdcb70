// All workflows: what each is for, what starts it, and how its last runs went; narrowed by what they mention, by owner, label,
// triggers and last run.

import { type ReactElement, useMemo } from 'react';
import { CHANGES, type WorkflowFilter, WORKFLOWS } from '../api/documents.ts';
import { type ChangeFrame } from '../api/frames.ts';
import { type RunLine, type WorkflowLine } from '../api/shapes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useAfterward } from '../live/use-afterward.ts';
import { useWatch } from '../live/use-watch.ts';
import { workflowFilterOf, workflowOrderOf } from '../model/workflow-filter.ts';
import { Command } from '../parts/Command.tsx';
import { Fact } from '../parts/Fact.tsx';
import { Ahead } from '../parts/Moment.tsx';
import { PhaseMark } from '../parts/PhaseMark.tsx';
import { statusesOf } from '../parts/StatusChips.tsx';
import { Unanswered } from '../parts/Unanswered.tsx';
import { WorkflowFilters } from '../parts/WorkflowFilters.tsx';
import { Link } from '../routing/Link.tsx';
import { type WorkflowsRoute } from '../routing/route.ts';
import { sentence } from '../words/sentence.ts';
import { runWords } from '../words/status-words.ts';

const MOST = 100;
const EVERYTHING = { filter: {} };

/** The list of workflows. */
export function WorkflowsPage({ route }: { readonly route: WorkflowsRoute }): ReactElement {
  const statuses = statusesOf(route.status);
  // The same address twice is the same question.
  const asked = JSON.stringify([workflowFilterOf(route, statuses), workflowOrderOf(route)]);
  const variables = useMemo(() => {
    const [filter, orderBy] = JSON.parse(asked) as [WorkflowFilter, string];
    return { first: MOST, filter, orderBy };
  }, [asked]);
  const isFiltered = Object.keys(variables.filter).length > 0;
  const answer = useAnswer(WORKFLOWS, variables);
  const later = useAfterward(answer.askAgain);
  useWatch<ChangeFrame>({
    ...CHANGES,
    field: 'changes',
    variables: EVERYTHING,
    onFrame: later,
    onExpired: answer.askAgain,
  });
  const workflows = answer.data?.workflows.nodes;
  const isUntouched = workflows?.length === 0 && !isFiltered;
  return (
    <div className="page">
      <div className="page-head">
        <h1>Workflows</h1>
        {isUntouched ? null : <WorkflowFilters route={route} />}
      </div>
      {workflows === undefined ? <Unanswered answer={answer} /> : null}
      {workflows?.length === 0 ? isFiltered ? <NoSuchWorkflow /> : <NoWorkflows /> : null}
      {workflows === undefined || workflows.length === 0 ? null : (
        <ul className="cards">
          {workflows.map((workflow) => (
            <WorkflowCard
              key={workflow.id}
              workflow={workflow}
              labels={Object.entries(workflow.labels)}
              runs={workflow.runs.nodes}
            />
          ))}
        </ul>
      )}
      {answer.data?.workflows.pageInfo.hasNextPage === true ? (
        <p className="quiet more">
          These are the first {String(MOST)}. For others narrow the list, or ask for them:{' '}
          <code>npx downbeat workflows --text …</code>
        </p>
      ) : null}
    </div>
  );
}

function NoSuchWorkflow(): ReactElement {
  return (
    <div className="empty">
      <h2>No workflow is like that</h2>
      <p>
        Nothing matches all of this just now. <Link href="/workflows">Show all workflows</Link>
      </p>
    </div>
  );
}

function WorkflowCard({
  workflow,
  labels,
  runs,
}: {
  readonly workflow: WorkflowLine;
  readonly labels: readonly (readonly [string, string])[];
  readonly runs: readonly RunLine[];
}): ReactElement {
  const { workflowId, name, description, triggers, triggersPaused } = workflow;
  const next = triggers
    .map((trigger) => (trigger.paused || ['ABSENT', 'EXPECTED'].includes(trigger.kind) ? null : trigger.nextFire))
    .filter((at) => at !== null)
    .sort()[0];
  return (
    <li className="card workflow-card">
      <h2>
        <Link href={`/workflows/${encodeURIComponent(workflowId)}`} className="stretched">
          {name ?? workflowId}
        </Link>
      </h2>
      {name === null && workflow.owner === null && labels.length === 0 ? null : (
        <p className="quiet facts">
          {name === null ? null : <code>{workflowId}</code>}
          {workflow.owner === null ? null : <Fact label="Owner">{workflow.owner}</Fact>}
          {labels.map(([label, value]) => (
            <Fact key={label} label={label}>
              {value}
            </Fact>
          ))}
        </p>
      )}
      {description === null ? null : <p>{description}</p>}
      {triggers.length === 0 ? (
        <p className="quiet">It has no triggers: somebody has to start it.</p>
      ) : (
        <ul className="plain-list">
          {triggers.map((trigger) => (
            <li key={trigger.id}>{sentence(trigger.text)}</li>
          ))}
        </ul>
      )}
      {triggersPaused ? <p className="paused-note">Its triggers are paused.</p> : null}
      {next === undefined || triggersPaused ? null : (
        <p className="quiet">
          Next: <Ahead at={next} />
        </p>
      )}
      <LastRuns runs={runs} />
    </li>
  );
}

function LastRuns({ runs }: { readonly runs: readonly RunLine[] }): ReactElement {
  if (runs.length === 0) return <p className="quiet card-foot">It has not run yet.</p>;
  const said = runs.map((run) => `${String(run.number)} ${runWords(run.status).text.toLowerCase()}`).join(', ');
  return (
    <p className="card-foot">
      <span className="quiet">Last runs</span>
      <span className="last-runs" role="img" aria-label={`Last runs: ${said}`} title={said}>
        {[...runs].reverse().map((run) => (
          <PhaseMark key={run.id} phase={runWords(run.status).phase} />
        ))}
      </span>
    </p>
  );
}

function NoWorkflows(): ReactElement {
  return (
    <div className="empty">
      <h2>No workflow is known here</h2>
      <p>A workflow is written down in a file. This makes one known, and says what is wrong with it if something is:</p>
      <Command text="npx downbeat apply examples/penguins/penguins.downbeat.yaml" />
    </div>
  );
}
