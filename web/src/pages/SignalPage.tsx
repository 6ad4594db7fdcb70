// One published signal: everything that is known of it.

import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { SIGNAL_CHANGES, SIGNAL_PICTURE } from '../api/documents.ts';
import { type SignalFrame } from '../api/frames.ts';
import { type SignalState } from '../api/shapes.ts';
import { useAnswer } from '../api/use-answer.ts';
import { useWatch } from '../live/use-watch.ts';
import { SignalCard } from '../parts/SignalCard.tsx';
import { Unanswered } from '../parts/Unanswered.tsx';
import { Values } from '../parts/Values.tsx';
import { Link } from '../routing/Link.tsx';
import { addressOf } from '../routing/route.ts';
import { exactText } from '../words/moment.ts';

/** The page of a signal. */
export function SignalPage({ signal: name }: { readonly signal: string }): ReactElement {
  const id = `signal:${name}`;
  const answer = useAnswer(
    SIGNAL_PICTURE,
    useMemo(() => ({ id }), [id]),
  );
  const node = answer.data?.node;
  const signal = useVerdicts(
    node !== null && node !== undefined && 'sequence' in node ? (node as SignalState) : undefined,
  );
  if (answer.data === undefined) {
    return (
      <div className="page page-narrow">
        <h1>Signal</h1>
        <Unanswered answer={answer} />
      </div>
    );
  }
  if (signal === undefined) {
    return (
      <div className="page page-narrow">
        <h1>There is no such signal</h1>
        <p>
          <code>{id}</code> was not published here. <Link href="/signals">All signals</Link>
        </p>
      </div>
    );
  }
  return <Picture signal={signal} />;
}

/** The signal, with what triggers say of it while some have not yet spoken. */
function useVerdicts(known: SignalState | undefined): SignalState | undefined {
  const [live, setLive] = useState<SignalState | undefined>(undefined);
  const signal = live?.id === known?.id ? live : known;
  useWatch<SignalFrame>(
    signal === undefined || signal.settled
      ? undefined
      : {
          ...SIGNAL_CHANGES,
          field: 'signalChanges',
          variables: { name: signal.name },
          onFrame: ({ signals }) => {
            const mine = signals.find(({ id }) => id === signal.id);
            if (mine !== undefined) setLive(mine);
          },
        },
  );
  return signal;
}

function Picture({ signal }: { readonly signal: SignalState }): ReactElement {
  const { id, name, sequence, params, payload, occurredAt, publishedAt } = signal;
  useEffect(() => {
    document.title = `${name} ${String(sequence)} · Downbeat`;
  }, [name, sequence]);
  return (
    <div className="page page-narrow">
      <p className="crumbs">
        <Link href="/signals">Signals</Link>
        <Link href={addressOf({ page: 'signals', name })}>{name}</Link>
      </p>
      <h1>
        {name} <span className="number">{sequence}</span>
      </h1>
      <SignalCard signal={signal} />
      <section>
        <h2>What it said</h2>
        {Object.keys(params).length === 0 ? <p className="quiet">It had no parameters.</p> : <Values values={params} />}
      </section>
      {payload === null || payload === undefined ? null : (
        <section>
          <h2>What it carried</h2>
          <pre className="block">{JSON.stringify(payload, null, 2)}</pre>
        </section>
      )}
      <section>
        <h2>When</h2>
        <Values values={{ happened: exactText(occurredAt), published: exactText(publishedAt), id }} />
      </section>
    </div>
  );
}
