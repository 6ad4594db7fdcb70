// The iterations of a loop: a page of them at a time, those that failed first if there are any, and the way into each.

import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { ITERATIONS } from '../../api/documents.ts';
import { type Iteration, type Loop, type StepState } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useAfterward } from '../../live/use-afterward.ts';
import { scoreOf } from '../../model/loop-progress.ts';
import { LoopProgress } from '../../parts/LoopProgress.tsx';
import { Duration } from '../../parts/Moment.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { Unanswered } from '../../parts/Unanswered.tsx';
import { ValuesLine } from '../../parts/Values.tsx';
import { Link } from '../../routing/Link.tsx';
import { addressOfId } from '../../routing/route.ts';
import { runWords } from '../../words/status-words.ts';

const PAGE = 20;

type Show = 'failed' | 'going' | 'done' | 'stopped' | 'all';

const STATUSES: Readonly<Record<Show, readonly string[] | undefined>> = {
  failed: ['FAILED', 'TIMED_OUT'],
  going: ['RUNNING', 'PAUSED'],
  done: ['SUCCEEDED'],
  stopped: ['STOPPED'],
  all: undefined,
};

interface IterationOptions {
  readonly step: StepState;
  readonly loop: Loop;
  /** Of the run: what changed it may have changed an iteration. */
  readonly cursor: string;
}

/** The iterations. */
export function Iterations({ step, loop, cursor }: IterationOptions): ReactElement {
  const score = scoreOf(loop);
  const [show, setShow] = useState<Show>(score.failed > 0 ? 'failed' : 'all');
  const counts: Readonly<Record<Show, number>> = {
    failed: score.failed,
    going: score.going,
    done: score.succeeded,
    stopped: score.stopped,
    all: loop.begun,
  };
  const choices = (['failed', 'going', 'done', 'stopped', 'all'] as const).filter(
    (choice) => choice === 'all' || choice === show || counts[choice] > 0,
  );
  return (
    <section aria-label="Its iterations">
      <h3>Its iterations</h3>
      <LoopProgress loop={loop} />
      <div className="choices" role="group" aria-label="Which iterations">
        {choices.map((choice) => (
          <button
            key={choice}
            type="button"
            className="attempt"
            aria-pressed={choice === show}
            onClick={() => {
              setShow(choice);
            }}
          >
            {choice.charAt(0).toUpperCase() + choice.slice(1)}{' '}
            <span className="number">{counts[choice].toLocaleString('en')}</span>
          </button>
        ))}
      </div>
      <Pages key={show} step={step} cursor={cursor} statuses={STATUSES[show]} />
    </section>
  );
}

function Pages({
  step,
  cursor,
  statuses,
}: {
  readonly step: StepState;
  readonly cursor: string;
  readonly statuses: readonly string[] | undefined;
}): ReactElement {
  // Behind which cursor each page begins, up to the one that is shown.
  const [begins, setBegins] = useState<readonly (string | undefined)[]>([undefined]);
  const after = begins.at(-1);
  const answer = useAnswer(
    ITERATIONS,
    useMemo(() => ({ id: step.id, first: PAGE, after, statuses }), [step.id, after, statuses]),
  );
  const again = useAfterward(answer.askAgain);
  const seen = useRef(cursor);
  useEffect(() => {
    if (seen.current !== cursor) again();
    seen.current = cursor;
  }, [cursor, again]);
  const page = answer.data?.step?.iterations;
  if (page === null || page === undefined) return <Unanswered answer={answer} />;
  const { nodes, totalCount, pageInfo } = page;
  const from = (begins.length - 1) * PAGE;
  const end = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  return (
    <>
      {nodes.length === 0 ? <p className="quiet">None just now.</p> : <Table step={step} iterations={nodes} />}
      {begins.length === 1 && end === null ? null : (
        <p className="pages">
          <button
            type="button"
            className="button"
            disabled={begins.length === 1}
            onClick={() => {
              setBegins(begins.slice(0, -1));
            }}
          >
            ← Before
          </button>
          <span className="quiet number">
            {nodes.length === 0 ? '' : `${String(from + 1)} to ${String(from + nodes.length)}`}
            {totalCount === null ? '' : ` of ${totalCount.toLocaleString('en')}`}
          </span>
          <button
            type="button"
            className="button"
            disabled={end === null}
            onClick={() => {
              if (end !== null) setBegins([...begins, end]);
            }}
          >
            Next →
          </button>
        </p>
      )}
    </>
  );
}

function Table({
  step,
  iterations,
}: {
  readonly step: StepState;
  readonly iterations: readonly Iteration[];
}): ReactElement {
  return (
    <table className="iterations">
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">Iteration</span>
          </th>
          <th scope="col">Values</th>
          <th scope="col">Status</th>
          <th scope="col">Took</th>
        </tr>
      </thead>
      <tbody>
        {iterations.map((iteration) => (
          <Row key={iteration.index} step={step} iteration={iteration} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ step, iteration }: { readonly step: StepState; readonly iteration: Iteration }): ReactElement {
  const { index, values, run, keptFrom, status, runId } = iteration;
  const named = Object.entries(values ?? {}).filter(([name]) => name !== 'loop_index');
  const text = `[${String(index)}]`;
  return (
    <tr className="row">
      <th scope="row" className="number">
        {run === null ? (
          text
        ) : (
          <Link
            href={addressOfId(runId) ?? '/'}
            className="stretched"
            aria-label={`Iteration ${String(index)} of ${step.name ?? step.stepId}`}
          >
            {text}
          </Link>
        )}
      </th>
      <td>
        {values === null ? (
          <span className="quiet">no longer kept</span>
        ) : (
          <ValuesLine values={Object.fromEntries(named)} />
        )}
      </td>
      <td>
        <StatusBadge words={runWords(status)} />
        {keptFrom === null ? null : <span className="quiet kept-from">from attempt {keptFrom}</span>}
      </td>
      <td className="iteration-length">
        {run === null || run.startedAt === null ? null : <Duration from={run.startedAt} to={run.endedAt} />}
      </td>
    </tr>
  );
}
