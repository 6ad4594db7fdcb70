// Published signals, live: what each started, what it did not start, and why.

import { type ReactElement, useMemo, useState } from 'react';
import { SIGNAL_CHANGES, SIGNALS } from '../api/documents.ts';
import { type SignalFrame } from '../api/frames.ts';
import { type SignalState } from '../api/shapes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useWatch } from '../live/use-watch.ts';
import { signalsAfter } from '../model/signal-list.ts';
import { Command } from '../parts/Command.tsx';
import { SignalCard } from '../parts/SignalCard.tsx';
import { SignalName } from '../parts/SignalName.tsx';
import { Unanswered } from '../parts/Unanswered.tsx';
import { Link } from '../routing/Link.tsx';

const PAGE = 50;

/** The list of signals, of all names or of one. */
export function SignalsPage({ name }: { readonly name: string | undefined }): ReactElement {
  const filter = useMemo(() => (name === undefined ? {} : { name }), [name]);
  const answer = useAnswer(
    SIGNALS,
    useMemo(() => ({ first: PAGE, filter }), [filter]),
  );
  const [changed, setChanged] = useState<readonly SignalState[]>([]);
  useWatch<SignalFrame>({
    ...SIGNAL_CHANGES,
    field: 'signalChanges',
    variables: filter,
    onFrame: ({ signals }) => {
      setChanged((before) => signalsAfter(before, signals));
    },
    onExpired: answer.askAgain,
  });
  const known = answer.data?.signals.nodes;
  const signals = signalsAfter(known ?? [], changed).filter((signal) => name === undefined || signal.name === name);
  return (
    <div className="page page-narrow">
      {name === undefined ? null : (
        <p className="crumbs">
          <Link href="/signals">Signals</Link>
        </p>
      )}
      <h1>{name ?? 'Signals'}</h1>
      {name === undefined ? (
        <p className="lead">
          A signal is a named fact: “the measurements are here”. Whoever publishes it need not know who listens.
        </p>
      ) : (
        <SignalName key={name} name={name} />
      )}
      {known === undefined ? <Unanswered answer={answer} /> : null}
      {known !== undefined && signals.length === 0 ? (
        <div className="empty">
          <h2>{name === undefined ? 'No signal was published yet' : 'None was published yet'}</h2>
          <p>
            From a terminal, a script or another workflow
            {name === undefined ? '; this one starts the example:' : ':'}
          </p>
          <Command text={`npx downbeat publish ${name ?? 'measurements.ready -p rows=344 -p island=all'}`} />
        </div>
      ) : null}
      <section>
        {name === undefined || signals.length === 0 ? null : <h2>What was published</h2>}
        <ul className="signals">
          {signals.map((signal) => (
            <li key={signal.id}>
              <SignalCard signal={signal} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
