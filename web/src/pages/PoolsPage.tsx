// All pools: how full each is, who holds its permits, and who waits for some.

import { type ReactElement } from 'react';
import { CHANGES } from '../api/documents.ts';
import { type ChangeFrame } from '../api/frames.ts';
import { type PermitLine, type PermitLines, POOLS, type PoolState } from '../api/pool-documents.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useAfterward } from '../live/use-afterward.ts';
import { useWatch } from '../live/use-watch.ts';
import { Ahead, Moment } from '../parts/Moment.tsx';
import { PoolBar } from '../parts/PoolBar.tsx';
import { Unanswered } from '../parts/Unanswered.tsx';
import { Link } from '../routing/Link.tsx';
import { addressOfId, shortId } from '../routing/route.ts';

const ALL = { first: 100 };
const EVERYTHING = { filter: {} };

/** The list of pools. */
export function PoolsPage(): ReactElement {
  const answer = useAnswer(POOLS, ALL);
  const later = useAfterward(answer.askAgain);
  useWatch<ChangeFrame>({
    ...CHANGES,
    field: 'changes',
    variables: EVERYTHING,
    onFrame: later,
    onExpired: answer.askAgain,
  });
  const pools = answer.data?.pools.nodes;
  const more = (answer.data?.pools.totalCount ?? 0) - (pools?.length ?? 0);
  return (
    <div className="page">
      <h1>Pools</h1>
      <p className="lead">
        A pool says how many steps may use something scarce at once. A step that finds it full waits.
      </p>
      {pools === undefined ? <Unanswered answer={answer} /> : null}
      {pools?.length === 0 ? <NoPools /> : null}
      {pools === undefined || pools.length === 0 ? null : (
        <ul className="cards">
          {pools.map((pool) => (
            <PoolCard key={pool.id} pool={pool} />
          ))}
        </ul>
      )}
      {more > 0 ? (
        <p className="quiet">
          There are {String(more)} more: <code>npx downbeat pools</code>
        </p>
      ) : null}
    </div>
  );
}

function PoolCard({ pool }: { readonly pool: PoolState }): ReactElement {
  const { name, description, size, held, holders, queue } = pool;
  return (
    <li className="card pool-card">
      <h2>{name}</h2>
      {description === null ? null : <p>{description}</p>}
      <PoolBar pool={pool} />
      {held > size ? <p className="paused-note">It was made smaller: nothing begins until fewer are held.</p> : null}
      <Steps title="Held by" lines={holders} />
      <Steps title="Waiting" lines={queue} />
    </li>
  );
}

function Steps({ title, lines }: { readonly title: string; readonly lines: PermitLines }): ReactElement | null {
  const { totalCount, nodes } = lines;
  if (nodes.length === 0) return null;
  const rest = totalCount - nodes.length;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="name-list">
        {nodes.map((line) => (
          <StepLine key={line.stepId} line={line} />
        ))}
        {rest > 0 ? <li className="quiet">and {String(rest)} more</li> : null}
      </ul>
    </section>
  );
}

function StepLine({ line }: { readonly line: PermitLine }): ReactElement {
  const { stepId, weight, since, position, estimatedAt } = line;
  return (
    <li>
      {position === null ? null : <span className="quiet">{String(position)}. </span>}
      <Link href={addressOfId(stepId) ?? '/'}>{shortId(stepId)}</Link>{' '}
      <span className="quiet">
        {weight === 1 ? '' : `${String(weight)} permits, `}since <Moment at={since} />
        {estimatedAt === null ? null : (
          <>
            , perhaps <Ahead at={estimatedAt} />
          </>
        )}
      </span>
    </li>
  );
}

function NoPools(): ReactElement {
  return (
    <div className="empty">
      <h2>There are no pools</h2>
      <p>
        A pool is a document in a definition file, and a step names it with <code>pool: gpu</code>:
      </p>
      <pre className="block" tabIndex={0}>
        <code>{'kind: pool\nid: gpu\nsize: 4'}</code>
      </pre>
    </div>
  );
}
