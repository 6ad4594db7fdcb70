// What a signal name promises, who publishes it and who listens, and what did not fit its contract.

import { type ReactElement, useId, useMemo } from 'react';
import { ask } from '../api/ask.ts';
import { newKey } from '../api/new-key.ts';
import {
  DISMISS_SIGNAL,
  type RefusedPublication,
  REPUBLISH_SIGNAL,
  SIGNAL_TYPE,
  type SignalTypeState,
} from '../api/signal-documents.ts';
import { problemsOf, useAction } from '../api/use-action.ts';
import { useAnswer } from '../api/use-answer.ts';
import { contractRows, isClosed } from '../model/contract-rows.ts';
import { Link } from '../routing/Link.tsx';
import { addressOf, addressOfId, shortId } from '../routing/route.ts';
import { Moment } from './Moment.tsx';
import { PhaseMark } from './PhaseMark.tsx';
import { UserErrors } from './UserErrors.tsx';
import { ValuesLine } from './Values.tsx';

/** The head of a signal name's page; nothing while it is not known. */
export function SignalName({ name }: { readonly name: string }): ReactElement | null {
  const answer = useAnswer(
    SIGNAL_TYPE,
    useMemo(() => ({ name }), [name]),
  );
  const type = answer.data?.signalType;
  if (type === null || type === undefined) return null;
  return (
    <div className="signal-name">
      <Contract type={type} />
      <Refused type={type} onDone={answer.askAgain} />
      <Publishers type={type} />
      <Listeners type={type} />
    </div>
  );
}

function Contract({ type: { contract } }: { readonly type: SignalTypeState }): ReactElement {
  if (contract === null) {
    return (
      <section>
        <h2>Contract</h2>
        <p className="quiet">It has none: anything may be published under this name.</p>
      </section>
    );
  }
  const { version, description, owner, schema, appliedAt, appliedBy } = contract;
  return (
    <section>
      <h2>
        Contract <span className="number quiet">{version}</span>
      </h2>
      {description === null ? null : <p>{description}</p>}
      <dl className="values">
        {contractRows(schema).map(({ name, text, isRequired }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {text}
              {isRequired ? null : <span className="quiet"> (may be missing)</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        {isClosed(schema) ? 'Nothing else may be in it. ' : 'More may be in it. '}
        {owner === null ? null : `${owner} answers for it. `}
        Applied <Moment at={appliedAt} /> by {appliedBy}.
      </p>
    </section>
  );
}

function Refused({
  type: { quarantine },
  onDone,
}: {
  readonly type: SignalTypeState;
  readonly onDone: () => void;
}): ReactElement | null {
  const { nodes, totalCount, dropped } = quarantine;
  if (totalCount === 0) return null;
  return (
    <section>
      <h2>
        Did not fit <span className="number quiet">{totalCount}</span>
      </h2>
      <p className="quiet">
        These were refused and are kept. Mend the contract or the publisher, then publish them again or let them go.
        {dropped === 0 ? null : ` ${String(dropped)} older ones had to make room.`}
      </p>
      <ul className="refusals">
        {nodes.map((refused) => (
          <RefusedItem key={refused.id} refused={refused} onDone={onDone} />
        ))}
      </ul>
    </section>
  );
}

function RefusedItem({
  refused: { id, by, lastAt, times, params, faults },
  onDone,
}: {
  readonly refused: RefusedPublication;
  readonly onDone: () => void;
}): ReactElement {
  const { isBusy, problems, act } = useAction();
  const about = useId();
  const input = { id, idempotencyKey: newKey() };
  const republish = (): void => {
    act(async () => {
      const said = problemsOf(await ask(REPUBLISH_SIGNAL, { input }), (data) => data.republishSignal.errors);
      if (said.length === 0) onDone();
      return said;
    });
  };
  const dismiss = (): void => {
    act(async () => {
      const said = problemsOf(await ask(DISMISS_SIGNAL, { input }), (data) => data.dismissSignal.errors);
      if (said.length === 0) onDone();
      return said;
    });
  };
  return (
    <li className="card refused">
      <div className="refused-head">
        <span>
          <Moment at={lastAt} />, by <Publisher by={by} />
          {times === 1 ? null : `, ${String(times)} times`}
        </span>
        <span className="refused-actions">
          <button type="button" className="button" disabled={isBusy} aria-describedby={about} onClick={republish}>
            Publish again
          </button>
          <button type="button" className="button" disabled={isBusy} aria-describedby={about} onClick={dismiss}>
            Let go
          </button>
        </span>
      </div>
      <div id={about}>
        <ValuesLine values={params} />
      </div>
      <ul className="matches">
        {faults.map(({ message, hint }) => (
          <li key={message}>
            <PhaseMark phase="FAILED" />
            <span>
              {message} {hint}
            </span>
          </li>
        ))}
      </ul>
      <UserErrors errors={problems} />
    </li>
  );
}

function Publishers({ type: { publishingSteps, publishers } }: { readonly type: SignalTypeState }): ReactElement {
  return (
    <section>
      <h2>Who publishes it</h2>
      {publishingSteps.length + publishers.length === 0 ? <p className="quiet">Nobody has yet.</p> : null}
      <ul className="name-list">
        {publishingSteps.map(({ workflowId, stepId }) => (
          <li key={`${workflowId}/${stepId}`}>
            The step {stepId} of <Link href={addressOf({ page: 'workflow', workflow: workflowId })}>{workflowId}</Link>,
            as it is defined
          </li>
        ))}
        {publishers.map(({ by, count, lastAt }) => (
          <li key={by}>
            <Publisher by={by} />, <span className="number">{count}</span> {count === 1 ? 'time' : 'times'},{' '}
            <span className="quiet">
              last <Moment at={lastAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of a step its workflow has a page; a person or a hook has none. */
function Publisher({ by }: { readonly by: string }): ReactElement {
  const [, workflow] = /^step:([^/]+)\/[^0-9]/u.exec(by) ?? [];
  if (workflow !== undefined) return <Link href={addressOf({ page: 'workflow', workflow })}>{shortId(by)}</Link>;
  const address = addressOfId(by);
  return address === undefined ? <>{by}</> : <Link href={address}>{shortId(by)}</Link>;
}

function Listeners({
  type: { listeners, waitingSteps, waitingRuns },
}: {
  readonly type: SignalTypeState;
}): ReactElement {
  const more = waitingRuns.totalCount - waitingRuns.nodes.length;
  return (
    <section>
      <h2>Who listens</h2>
      {listeners.length + waitingSteps.length + waitingRuns.totalCount === 0 ? (
        <p className="quiet">No trigger does, and no step waits for it.</p>
      ) : null}
      <ul className="name-list">
        {listeners.map(({ id, text, paused }) => (
          <li key={id}>
            <Link href={addressOfId(id) ?? ''}>{shortId(id)}</Link> {text}
            {paused ? <span className="quiet"> (paused)</span> : null}
          </li>
        ))}
        {waitingSteps.map(({ workflowId, stepId, text }) => (
          <li key={`${workflowId}/${stepId}/${text}`}>
            The step {stepId} of <Link href={addressOf({ page: 'workflow', workflow: workflowId })}>{workflowId}</Link>{' '}
            waits for {text}
          </li>
        ))}
        {waitingRuns.nodes.map(({ id }) => (
          <li key={id}>
            <Link href={addressOfId(id) ?? ''}>{shortId(id)}</Link> waits for it now
          </li>
        ))}
        {more > 0 ? <li className="quiet">{more} more runs wait for it now</li> : null}
      </ul>
    </section>
  );
}
