// Which faults a seed has, and what becomes of one operation. Each seed leaves a random half of the faults out (swarm
// testing), some have none at all; outside the phase of faults nothing goes wrong.

import { type Milliseconds } from '../../src/core/time.ts';
import { type Chance } from './chance.ts';

/** Kinds of fault; a seed has a subset. */
export const faultKinds = [
  'crash',
  'crash-at-site',
  'freeze',
  'isolate',
  'store-errors',
  'late-apply',
  'slow',
  'stale-reads',
  'bus-loss',
  'bus-silence',
  'alarm-loss',
  'hand-over',
  'clock-drift',
  'lost-answers',
] as const;

/** A kind of fault. */
export type FaultKind = (typeof faultKinds)[number];

/** What becomes of an operation on the store. */
export interface Fate {
  /** Done; failed before it was done; done, but the answer says otherwise; told as failed, and done later. */
  readonly kind: 'OK' | 'BEFORE' | 'AFTER' | 'LATE';
  readonly there: Milliseconds;
  readonly back: Milliseconds;
  /** For LATE: how long after the caller was told. */
  readonly late: Milliseconds;
}

/** The faults of one simulation. */
export interface Faults {
  readonly kinds: ReadonlySet<FaultKind>;
  /** Whether a kind strikes now: it belongs to the seed, and this is the phase of faults. */
  now(kind: FaultKind): boolean;
  begin(): void;
  heal(): void;
  /** The fate of a store operation of a node that is cut off or not. */
  fate(isCutOff: boolean): Fate;
  /** The delays after which a message of the bus arrives: none, once or twice. */
  deliveries(): readonly Milliseconds[];
  /** Nobody hears anything on the bus until then. */
  silenceBus(until: Milliseconds): void;
}

/** Draws the faults of a seed. */
export function drawFaults(chance: Chance, now: () => Milliseconds): Faults {
  const isQuiet = chance.is(0.08);
  const isHandOverOnly = !isQuiet && chance.is(0.06);
  const kinds = new Set<FaultKind>(
    isHandOverOnly ? ['hand-over'] : faultKinds.filter(() => !isQuiet && chance.is(0.5)),
  );
  const errorRate = chance.pick([0.01, 0.03, 0.1]);
  const slowRate = chance.pick([0.005, 0.02, 0.05]);
  let isOn = false;
  let silentUntil = 0;
  const strikes = (kind: FaultKind): boolean => isOn && kinds.has(kind);
  const hop = (): Milliseconds => 1 + chance.next() * 3;
  const slowly = (): Milliseconds => (strikes('slow') && chance.is(slowRate) ? chance.next() * 10_000 : hop());
  return {
    kinds,
    now: strikes,
    begin: () => {
      isOn = true;
    },
    heal: () => {
      isOn = false;
      silentUntil = 0;
    },
    fate: (isCutOff) => {
      const there = slowly();
      const back = slowly();
      const late = chance.next() * chance.pick([50, 500, 8_000]);
      if (isCutOff) return { kind: 'BEFORE', there: 0, back: 200 + chance.next() * 3_000, late };
      const fails = strikes('store-errors') && chance.is(errorRate);
      if (fails) return { kind: chance.is(0.5) ? 'BEFORE' : 'AFTER', there, back, late };
      if (strikes('late-apply') && chance.is(errorRate)) return { kind: 'LATE', there, back, late };
      return { kind: 'OK', there, back, late };
    },
    deliveries: () => {
      if (now() < silentUntil) return [];
      if (!strikes('bus-loss')) return [hop()];
      if (chance.is(0.3)) return [];
      const delay = (): Milliseconds => (chance.is(0.1) ? chance.next() * 5_000 : hop());
      return chance.is(0.1) ? [delay(), delay()] : [delay()];
    },
    silenceBus: (until) => {
      silentUntil = until;
    },
  };
}
