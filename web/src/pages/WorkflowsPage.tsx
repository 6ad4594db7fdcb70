// All workflows: what each is for, what starts it, and how its last runs went.

import { type ReactElement } from 'react';
import { CHANGES, WORKFLOWS } from '../api/documents.ts';
import { type ChangeFrame } from '../api/frames.ts';
import { type RunLine, type WorkflowLine } from '../api/shapes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useAfterward } from '../live/use-afterward.ts';
import { useWatch } from '../live/use-watch.ts';
import { Command } from '../parts/Command.tsx';
import { Fact } from '../parts/Fact.tsx';
import { Ahead } from '../parts/Moment.tsx';
import { PhaseMark } from '../parts/PhaseMark.tsx';
import { Unanswered } from '../parts/Unanswered.tsx';
import { Link } from '../routing/Link.tsx';
import { sentence } from '../words/sentence.ts';
import { runWords } from '../words/status-words.ts';

const ALL = { first: 100 };
const EVERYTHING = { filter: {} };

/** The list of workflows. */
export function WorkflowsPage(): ReactElement {
  const answer = useAnswer(WORKFLOWS, ALL);
  const later = useAfterward(answer.askAgain);
  useWatch<ChangeFrame>({
    ...CHANGES,
    field: 'changes',
    variables: EVERYTHING,
    onFrame: later,
    onExpired: answer.askAgain,
  });
  const workflows = answer.data?.workflows.nodes;
  return (
    <div className="page">
      <h1>Workflows</h1>
      {workflows === undefined ? <Unanswered answer={answer} /> : null}
      {workflows?.length === 0 ? <NoWorkflows /> : null}
      {workflows === undefined || workflows.length === 0 ? null : (
        <ul className="cards">
          {workflows.map((workflow) => (
            <WorkflowCard key={workflow.id} workflow={workflow} runs={workflow.runs.nodes} />
          ))}
        </ul>
      )}
    </div>
  );
}

function WorkflowCard({
  workflow,
  runs,
}: {
  readonly workflow: WorkflowLine;
  readonly runs: readonly RunLine[];
}): ReactElement {
  const { workflowId, name, description, triggers, triggersPaused } = workflow;
  const next = triggers
    .map((trigger) => (['ABSENT', 'EXPECTED'].includes(trigger.kind) ? null : trigger.nextFire))
    .filter((at) => at !== null)
    .sort()[0];
  return (
    <li className="card workflow-card">
      <h2>
        <Link href={`/workflows/${encodeURIComponent(workflowId)}`} className="stretched">
          {name ?? workflowId}
        </Link>
      </h2>
      {name === null && workflow.owner === null ? null : (
        <p className="quiet facts">
          {name === null ? null : <code>{workflowId}</code>}
          {workflow.owner === null ? null : <Fact label="Owner">{workflow.owner}</Fact>}
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
