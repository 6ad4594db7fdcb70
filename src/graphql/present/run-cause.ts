// The signals that started a run, as the schema shows them: one alone, several that joined, or many that were folded into one.

import { list } from '../../core/explanation/sentences.ts';
import { type RunPlace, signalEntity } from '../../core/ids.ts';
import { firstCause, type RunCause } from '../../core/run/state.ts';
import { type CauseSignal, type RunCause as RunCauseShape } from '../generated/schema.ts';

/** What the fields of `RunCause` are resolved from. */
export interface RunCauseSource extends Omit<RunCauseShape, '__typename'> {
  /** The run that knows the folded signals, where a line of a list only counts them. */
  readonly foldedIn?: RunPlace;
}

/** What started a run on signals, in words and one by one, as far as its line in a list tells. */
export function startingSignals(
  place: RunPlace,
  cause: Extract<RunCause, { kind: 'SIGNAL' }>,
): Pick<RunCauseSource, 'text' | 'signals' | 'folded' | 'foldedIn'> {
  const { signals = [], folded } = cause;
  if (folded !== undefined) {
    const isWhole = folded.signals.length === folded.count;
    const text = folded.count === 1 ? `${cause.name} arrived` : `${cause.name} arrived ${String(folded.count)} times`;
    return {
      text,
      folded: folded.count - 1,
      ...(isWhole ? { signals: signalsOfCause(cause) } : { foldedIn: place }),
    };
  }
  const names = [...new Set(signals.map(({ name }) => name))];
  const text = names.length < 2 ? `${cause.name} arrived` : `${list(names)} came together`;
  return { text, signals: signalsOfCause(cause) };
}

/** The signals that started a run, each by itself; of a restart or a fork those that did in the first place. */
export function signalsOfCause(cause: RunCause): readonly CauseSignal[] {
  const first = firstCause(cause);
  if (first.kind !== 'SIGNAL') return [];
  const { signals = [], folded, name } = first;
  const alike = folded?.signals ?? [];
  return [
    ...signals.map((one) => ({ as: one.as, name: one.name, id: signalEntity(one.signal) })),
    ...alike.map(({ signal, sequence }) => ({ name, sequence, id: signalEntity(signal) })),
  ];
}
