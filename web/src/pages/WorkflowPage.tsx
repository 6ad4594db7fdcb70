// One workflow: what starts it and when next, how to start it now, and its runs.

import { type ReactElement, useMemo, useState } from 'react';
import { ask } from '../api/ask.ts';
import {
  CHANGES,
  PAUSE_TRIGGERS,
  RESUME_TRIGGERS,
  RUNS,
  WORKFLOW_CHANGES,
  WORKFLOW_PICTURE,
} from '../api/documents.ts';
import { type ChangeFrame, type WorkflowFrame } from '../api/frames.ts';
import { type RunLine, type Trigger, type WorkflowState } from '../api/shapes.ts';
import { problemsOf, useAction } from '../api/use-action.ts';
import { useAnswer } from '../api/use-answer.ts';
import { Diagram } from '../diagram/Diagram.tsx';
import { useWatch } from '../live/use-watch.ts';
import { listAfter } from '../model/run-list.ts';
import { DeleteWorkflow } from '../parts/DeleteWorkflow.tsx';
import { Doings } from '../parts/Doings.tsx';
import { Fact } from '../parts/Fact.tsx';
import { MissedNote } from '../parts/MissedNote.tsx';
import { Ahead, Moment } from '../parts/Moment.tsx';
import { PendingJoins } from '../parts/PendingJoins.tsx';
import { RunRows } from '../parts/RunRow.tsx';
import { StartForm } from '../parts/StartForm.tsx';
import { Unanswered } from '../parts/Unanswered.tsx';
import { WorkflowBackfills } from '../parts/WorkflowBackfills.tsx';
import { UserErrors } from '../parts/UserErrors.tsx';
import { Link } from '../routing/Link.tsx';
import { addressOf, addressOfId, shortId } from '../routing/route.ts';
import { countText } from '../words/count-words.ts';
import { sentence } from '../words/sentence.ts';

const LAST_RUNS = 10;
/** Triggers with times of their own. */
const TIMED: readonly string[] = ['CRON', 'EVERY'];

/** The page of a workflow. */
export function WorkflowPage({ workflow: id }: { readonly workflow: string }): ReactElement {
  const answer = useAnswer(
    WORKFLOW_PICTURE,
    useMemo(() => ({ id }), [id]),
  );
  const [live, setLive] = useState<WorkflowState | undefined>(undefined);
  const workflow = live ?? answer.data?.workflow;
  useWatch<WorkflowFrame>(
    answer.data === undefined || answer.data.workflow === null
      ? undefined
      : {
          ...WORKFLOW_CHANGES,
          field: 'workflowChanges',
          variables: { workflowId: id },
          onFrame: (frame) => {
            if (frame.workflow !== null) setLive(frame.workflow);
          },
        },
  );
  if (answer.data === undefined || workflow === undefined) {
    return (
      <div className="page">
        <h1>{id}</h1>
        <Unanswered answer={answer} />
      </div>
    );
  }
  if (workflow === null) {
    return (
      <div className="page">
        <h1>There is no workflow {id}</h1>
        <p>
          It was not applied here, or its name is spelled otherwise. <Link href="/workflows">All workflows</Link>
        </p>
      </div>
    );
  }
  return <Picture workflow={workflow} onChanged={answer.askAgain} />;
}

function Picture({
  workflow,
  onChanged,
}: {
  readonly workflow: WorkflowState;
  readonly onChanged: () => void;
}): ReactElement {
  const { workflowId, name, description, owner, definition, deletedAt } = workflow;
  return (
    <div className="page">
      <p className="crumbs">
        <Link href="/workflows">Workflows</Link>
      </p>
      <h1>{name ?? workflowId}</h1>
      <p className="facts">
        {name === null ? null : <code>{workflowId}</code>}
        {workflow.activeVersion === null ? (
          <span>No active version</span>
        ) : (
          <Fact label="Version">
            {workflow.activeVersion} of {workflow.versionCount}
          </Fact>
        )}
        {owner === null ? null : <Fact label="Owner">{owner}</Fact>}
        {definition === null ? null : <span>{sentence(strategyText(definition.runStrategy))}</span>}
      </p>
      {description === null ? null : <p className="lead">{description}</p>}
      {deletedAt === null ? null : (
        <p className="paused-note head-note">
          {workflow.deletedBy ?? 'Somebody'} deleted it <Moment at={deletedAt} />. Nothing of it starts any more; its
          runs can still be read.
        </p>
      )}
      <div className="columns">
        <div>
          {deletedAt === null ? <Triggers workflow={workflow} /> : null}
          <WorkflowRuns workflowId={workflowId} />
        </div>
        <div className="columns-side">
          {definition === null ? null : (
            <StartForm key={definition.hash} workflowId={workflowId} params={definition.params} />
          )}
          {definition === null ? null : (
            <section>
              <h2>Its steps</h2>
              <Diagram
                drawn={definition.hash}
                body={{ steps: definition.steps, finals: definition.finally }}
                states={undefined}
                selected={undefined}
                onSelect={undefined}
              />
            </section>
          )}
        </div>
        <div>
          <WorkflowBackfills workflowId={workflowId} isTimed={deletedAt === null && workflow.triggers.some(isTimed)} />
          <Doings about={`workflow:${workflowId}`} stamp={workflow.updatedAt} />
          {deletedAt === null ? <DeleteWorkflow workflowId={workflowId} onDeleted={onChanged} /> : null}
        </div>
      </div>
    </div>
  );
}

function Triggers({ workflow }: { readonly workflow: WorkflowState }): ReactElement {
  const { workflowId, triggers, triggersPaused } = workflow;
  // A definition can pause single triggers, too.
  const isAnyPaused = triggersPaused || triggers.some(({ paused }) => paused);
  const { isBusy, problems, act } = useAction();
  const toggle = (): void => {
    const input = { workflowId };
    act(async () =>
      isAnyPaused
        ? problemsOf(await ask(RESUME_TRIGGERS, { input }), (data) => data.resumeTriggers.errors)
        : problemsOf(await ask(PAUSE_TRIGGERS, { input }), (data) => data.pauseTriggers.errors),
    );
  };
  return (
    <section>
      <div className="section-head">
        <h2>What starts it</h2>
        {triggers.length === 0 ? null : (
          <button type="button" className="button" disabled={isBusy} onClick={toggle}>
            {isAnyPaused ? 'Resume triggers' : 'Pause triggers'}
          </button>
        )}
      </div>
      <UserErrors errors={problems} />
      {triggersPaused ? (
        <p className="paused-note">Paused: what arrives now starts nothing until somebody resumes the triggers.</p>
      ) : null}
      {triggers.length === 0 ? <p className="quiet">It has no triggers: somebody has to start it.</p> : null}
      {triggers.length === 0 ? null : (
        <ul className="rows">
          {triggers.map((trigger) => (
            <TriggerItem key={trigger.id} trigger={trigger} />
          ))}
        </ul>
      )}
    </section>
  );
}

function TriggerItem({ trigger }: { readonly trigger: Trigger }): ReactElement {
  const { lastFired, explanation, started, skipped } = trigger;
  const next = trigger.paused ? null : trigger.nextFire;
  const isSaid = lastFired !== null || next !== null;
  return (
    <li className="row trigger-row">
      <p className="trigger-text" title={trigger.kind}>
        {sentence(trigger.text)}
      </p>
      <p className="quiet facts">
        {next === null ? null : (
          <span>
            {['ABSENT', 'EXPECTED'].includes(trigger.kind) ? 'Unless it comes before:' : 'Next:'} <Ahead at={next} />
          </span>
        )}
        <LastFired trigger={trigger} />
        {started > 1 ? <span>{countText(started, 'run')} so far</span> : null}
        {skipped > 0 ? <span>{countText(skipped, 'missed time')} left out</span> : null}
        {trigger.paused ? <span>Paused</span> : null}
        {trigger.armed ? null : <span>Not listening yet</span>}
        {trigger.counts === null || trigger.counts.expired === 0 ? null : (
          <span>{countText(trigger.counts.expired, 'signal')} expired</span>
        )}
        {trigger.counts === null || trigger.counts.rejected === 0 ? null : (
          <span>{countText(trigger.counts.rejected, 'signal')} rejected</span>
        )}
      </p>
      {trigger.missed === null || trigger.missed === undefined ? null : <MissedNote missed={trigger.missed} />}
      <PendingJoins trigger={trigger} />
      {explanation === null || isSaid || (trigger.pending ?? []).length > 0 ? null : <p>{explanation.summary}</p>}
    </li>
  );
}

function LastFired({ trigger: { lastFired } }: { readonly trigger: Trigger }): ReactElement {
  if (lastFired === null) return <span>It has not started a run yet</span>;
  return (
    <span>
      Last: <Moment at={lastFired.at} />,{' '}
      <Link href={addressOfId(lastFired.runId) ?? '/'}>{shortId(lastFired.runId)}</Link>
    </span>
  );
}

function isTimed({ kind }: Trigger): boolean {
  return TIMED.includes(kind);
}

function WorkflowRuns({ workflowId }: { readonly workflowId: string }): ReactElement {
  const filter = useMemo(() => ({ workflowId }), [workflowId]);
  const answer = useAnswer(
    RUNS,
    useMemo(() => ({ first: LAST_RUNS, filter }), [filter]),
  );
  const [changed, setChanged] = useState<readonly RunLine[]>([]);
  useWatch<ChangeFrame>(
    answer.data === undefined
      ? undefined
      : {
          ...CHANGES,
          field: 'changes',
          variables: { filter },
          after: answer.data.runs.cursor,
          onFrame: ({ runs }) => {
            setChanged((before) => listAfter(before, runs, filter));
          },
          onExpired: answer.askAgain,
        },
  );
  const runs = listAfter(answer.data?.runs.nodes ?? [], changed, filter).slice(0, LAST_RUNS);
  return (
    <section>
      <div className="section-head">
        <h2>Its last runs</h2>
        <Link href={addressOf({ page: 'runs', workflow: workflowId, status: undefined })}>All runs</Link>
      </div>
      {answer.data === undefined ? <Unanswered answer={answer} /> : null}
      {answer.data !== undefined && runs.length === 0 ? <p className="quiet">It has not run yet.</p> : null}
      <div className="rows-compact">
        <RunRows runs={runs} label={`Last runs of ${workflowId}, newest first`} />
      </div>
    </section>
  );
}

const STRATEGIES: Readonly<Record<string, string>> = {
  sequential: 'one run after the other',
  'strict-sequential': 'one run after the other; a failed one holds up the rest',
  'first-only': 'one run at a time; while one goes on, others are not begun',
  'last-only': 'one run at a time; a new one ends the one before',
  'latest-only': 'one run at a time; of those that wait only the newest stays',
};

function strategyText(strategy: string): string {
  const limit = /^parallel\((\d+)\)$/u.exec(strategy)?.[1];
  if (limit !== undefined) return `up to ${countText(Number(limit), 'run')} at once`;
  return STRATEGIES[strategy] ?? strategy;
}
