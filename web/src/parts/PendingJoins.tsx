// What waits at a trigger that joins or folds signals: for each key what has come, and the half that is missing or when its run
// starts.

import { type ReactElement } from 'react';
import { type PendingJoin, type Trigger } from '../api/shapes.ts';
import { Link } from '../routing/Link.tsx';
import { addressOf, shortId } from '../routing/route.ts';
import { countText } from '../words/count-words.ts';
import { Ahead, Moment } from './Moment.tsx';
import { PhaseMark } from './PhaseMark.tsx';

/** What waits, the newest first; nothing where nothing does. */
export function PendingJoins({ trigger }: { readonly trigger: Trigger }): ReactElement | null {
  const { pending = [], counts } = trigger;
  if (pending.length === 0) return null;
  const shown = pending.reduce((sum, { count }) => sum + count, 0);
  const rest = (counts?.pending ?? shown) - shown;
  return (
    <ul className="pending-joins" aria-label="Waiting signals">
      {pending.map((join) => (
        <Pending key={join.key} join={join} />
      ))}
      {rest > 0 ? <li className="quiet">{countText(rest, 'more signal')} under other keys</li> : null}
    </ul>
  );
}

function Pending({ join }: { readonly join: PendingJoin }): ReactElement {
  const { key, since, expiresAt, count, signals } = join;
  const phase = join.refusal === null ? 'WAITING' : 'FAILED';
  return (
    <li className={`pending-join phase-${phase}`}>
      <PhaseMark phase={phase} />
      <div>
        <p>
          {key === '' ? null : <strong className="pending-key">{key}</strong>}{' '}
          <span className="quiet">
            <Came signals={signals} count={count} />, <Moment at={since} />
          </span>
        </p>
        <p>
          <Lacking join={join} />
        </p>
        {expiresAt === null ? null : (
          <p className="quiet">
            Expires: <Ahead at={expiresAt} />
          </p>
        )}
      </div>
    </li>
  );
}

/** What keeps their run from starting. */
function Lacking({ join: { startsAt, missingText, refusal } }: { readonly join: PendingJoin }): ReactElement {
  if (refusal !== null) return <>Its run was refused: {refusal}</>;
  if (missingText !== '') return <>Missing: {missingText}</>;
  if (startsAt === null) return <>One run will start on all of them</>;
  return (
    <>
      One run starts on all of them: <Ahead at={startsAt} />
    </>
  );
}

/** One of each name leads to its page; of many of one name, the oldest. */
function Came({ signals, count }: Pick<PendingJoin, 'signals' | 'count'>): ReactElement {
  const names = [...new Set(signals.map(({ name }) => name))];
  const firsts = names.flatMap((name) => signals.find((signal) => signal.name === name) ?? []);
  return (
    <>
      {firsts.map(({ id, name }, place) => (
        <span key={id}>
          {place === 0 ? '' : ', '}
          <Link href={addressOf({ page: 'signal', signal: shortId(id) })}>{name}</Link>
        </span>
      ))}
      {count > firsts.length ? ` (${countText(count, 'signal')})` : ''}
    </>
  );
}
