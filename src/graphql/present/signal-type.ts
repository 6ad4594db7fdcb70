// A signal name as the schema shows it: its contract, who publishes, and what was refused.

import { type SignalTypeState } from '../../core/signal/signal.ts';
import { type RefusedPublication as Refused, type SignalQuarantineState } from '../../core/signal/refused.ts';
import { type RefusedPublication, type SignalContract, type SignalPublisher } from '../generated/schema.ts';
import { type ConnectionSource } from './connection.ts';
import { objectOf } from './object.ts';

/** What the fields of `SignalType` are resolved from. */
export interface SignalTypeSource {
  readonly name: string;
  readonly published: number;
  readonly contract: SignalContract | null;
  readonly publishers: readonly SignalPublisher[];
}

/** A page of refused publications. */
export interface RefusedPage extends Omit<ConnectionSource<RefusedPublication>, 'cursor' | 'count'> {
  readonly totalCount: number;
  readonly dropped: number;
}

/** A signal name from its state. */
export function signalTypeOf({
  name,
  sequence,
  contract,
  contractVersions,
  publishers,
}: SignalTypeState): SignalTypeSource {
  return {
    name,
    published: sequence,
    contract: contract === undefined ? null : { ...contract, versions: (contractVersions ?? []).toReversed() },
    publishers: (publishers ?? []).toReversed(),
  };
}

/** A refused publication of a signal name. */
export function refusedOf(
  { name }: SignalQuarantineState,
  { id, params, version, ...refused }: Refused,
): RefusedPublication {
  const { payload, occurredAt, by, faults, firstAt, lastAt, times } = refused;
  return {
    id: `refused:${name}/${id}`,
    params: objectOf(params),
    payload,
    occurredAt,
    by,
    contractVersion: version,
    faults,
    firstAt,
    lastAt,
    times,
  };
}
