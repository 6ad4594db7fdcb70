// The signals that a step waits for, or has waited for: which have come, which are missing, and who let it go on without.

import { type ReactElement } from 'react';
import { type AwaitedSignal, type StepState } from '../../api/shapes.ts';
import { Moment } from '../../parts/Moment.tsx';
import { PhaseMark } from '../../parts/PhaseMark.tsx';
import { type Phase } from '../../words/status-words.ts';

const PHASES: Readonly<Record<AwaitedSignal['state'], Phase>> = {
  AWAITED: 'WAITING',
  FOUND: 'SUCCEEDED',
  BYPASSED: 'SKIPPED',
};

/** The list of them; nothing for a step that waits for none. */
export function AwaitedSignals({ step }: { readonly step: StepState }): ReactElement | null {
  const { awaits, bypass } = step;
  if (awaits.length === 0) return null;
  return (
    <section>
      <h3>{step.endedAt === null ? 'Signals it waits for' : 'Signals it waited for'}</h3>
      <ul className="matches">
        {awaits.map((signal, place) => (
          <li key={`${signal.name} ${String(place)}`}>
            <PhaseMark phase={PHASES[signal.state]} />
            <span>
              <code>{signal.name}</code>
              {signal.where.length === 0 ? null : (
                <>
                  {' '}
                  with <code>{signal.where.join(', ')}</code>
                </>
              )}
              : {wordsFor(signal)}
            </span>
          </li>
        ))}
      </ul>
      {bypass === null ? null : (
        <p className="quiet">
          {bypass.by} let it go on without, <Moment at={bypass.at} />
          {bypass.reason === null ? '' : `: ${bypass.reason}`}
        </p>
      )}
    </section>
  );
}

function wordsFor({ state, sequence }: AwaitedSignal): string {
  if (state === 'FOUND') return `number ${String(sequence ?? '')} has come`;
  return state === 'BYPASSED' ? 'left out' : 'not yet';
}
