// Which faults a history has, and what becomes of one operation. Each seed leaves a random half of the faults out (swarm
// testing), some have none at all; outside the phase of faults nothing goes wrong.

import { type Milliseconds } from '../../src/core/time.ts';
import { type Chance } from './chance.ts';
import { type Choices } from './choices.ts';
import { type SimProcess } from './process.ts';

/** Kinds of fault; a history has a subset. */
export const faultKinds = [
  'crash',
  'crash-at-site',
  'freeze',
  'isolate',
  'store-errors',
  'late-apply',
  'slow',
  'stale-reads',
  'refused',
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
  /** Done; failed before it was done; done, but the answer says otherwise; told as failed, and done later; refused for good. */
  readonly kind: 'OK' | 'BEFORE' | 'AFTER' | 'LATE' | 'REFUSED';
  readonly there: Milliseconds;
  readonly back: Milliseconds;
  /** For LATE: how long after the caller was told. */
  readonly late: Milliseconds;
}

/** What goes wrong with one operation: what is not said goes well. */
type Mishap = Partial<Fate>;

/** The faults of one simulation. */
export interface Faults {
  readonly kinds: ReadonlySet<FaultKind>;
  /** Whether a kind strikes now: it belongs to the history, and this is the phase of faults. */
  now(kind: FaultKind): boolean;
  begin(): void;
  heal(): void;
  /** The fate of a store operation of a process; the detail tells it from others of its kind. */
  fate(process: SimProcess, operation: string, detail?: string): Fate;
  /** The delays after which a message of a channel reaches a process: none, once or twice. */
  deliveries(channel: string, process: SimProcess): readonly Milliseconds[];
  /** Nobody hears anything on the bus until then. */
  silenceBus(until: Milliseconds): void;
}

/** The operation of the store that may be refused. */
export const appending = 'append';

/** Chooses the faults of a history. */
export function chooseFaults(choices: Choices, now: () => Milliseconds): Faults {
  const kinds = new Set(choices.choose<readonly FaultKind[]>('faults', [], drawKinds));
  const rates = drawRates(choices.noise('rates'));
  const noises = new Map<string, Chance>();
  let isOn = false;
  let silentUntil = 0;
  const strikes = (kind: FaultKind): boolean => isOn && kinds.has(kind);
  // A source for each operation: where the engine comes to call one more, the others take as long as before.
  const noiseOf = ({ incarnation }: SimProcess, what: string): Chance => {
    const name = `${incarnation} ${what}`;
    const noise = noises.get(name) ?? choices.noise(name);
    noises.set(name, noise);
    return noise;
  };
  const hop = (noise: Chance): Milliseconds => 1 + noise.next() * 3;
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
    fate: (process, operation, detail = '') => {
      const noise = noiseOf(process, operation);
      const fine = { kind: 'OK', there: hop(noise), back: hop(noise), late: 0 } as const;
      if (process.isCutOff()) return { ...fine, kind: 'BEFORE', there: 0, back: 200 + noise.next() * 3_000 };
      if (!isOn) return fine;
      const isRefused = operation === appending && process.isRefused();
      const mishap = choices.choose<Mishap>(`${process.incarnation} ${operation}${detail}`, {}, (chance) =>
        drawMishap(chance, kinds, { ...rates, isAppend: operation === appending }),
      );
      return { ...fine, ...mishap, ...(isRefused ? { kind: 'REFUSED' } : {}) };
    },
    deliveries: (channel, process) => {
      const noise = noiseOf(process, 'hears');
      if (now() < silentUntil) return [];
      const delay = hop(noise);
      if (!strikes('bus-loss')) return [delay];
      const delays = choices.choose<readonly Milliseconds[] | null>(
        `${process.incarnation} hears ${channel.replace(/:.*/, '')}`,
        null,
        drawDelays,
      );
      return delays ?? [delay];
    },
    silenceBus: (until) => {
      silentUntil = until;
    },
  };
}

function drawKinds(chance: Chance): readonly FaultKind[] {
  const isQuiet = chance.is(0.08);
  const isHandOverOnly = !isQuiet && chance.is(0.06);
  return isHandOverOnly ? ['hand-over'] : faultKinds.filter(() => !isQuiet && chance.is(0.5));
}

/** How often something goes wrong: only who draws needs to know. */
interface Rates {
  readonly errors: number;
  readonly slow: number;
  readonly refused: number;
}

function drawRates(chance: Chance): Rates {
  return {
    errors: chance.pick([0.01, 0.03, 0.1]),
    slow: chance.pick([0.005, 0.02, 0.05]),
    refused: chance.pick([0.003, 0.01, 0.05]),
  };
}

function drawMishap(
  chance: Chance,
  kinds: ReadonlySet<FaultKind>,
  { errors, slow, refused, isAppend }: Rates & { readonly isAppend: boolean },
): Mishap {
  const isSlow = (): boolean => kinds.has('slow') && chance.is(slow);
  const slowness = {
    ...(isSlow() ? { there: chance.int(1, 10_000) } : {}),
    ...(isSlow() ? { back: chance.int(1, 10_000) } : {}),
  };
  if (isAppend && kinds.has('refused') && chance.is(refused)) return { ...slowness, kind: 'REFUSED' };
  if (kinds.has('store-errors') && chance.is(errors)) return { ...slowness, kind: chance.is(0.5) ? 'BEFORE' : 'AFTER' };
  if (!kinds.has('late-apply') || !chance.is(errors)) return slowness;
  return { ...slowness, kind: 'LATE', late: chance.int(0, chance.pick([50, 500, 8_000])) };
}

/** Null where a message comes once and soon. */
function drawDelays(chance: Chance): readonly Milliseconds[] | null {
  if (chance.is(0.3)) return [];
  const delay = (): Milliseconds => (chance.is(0.1) ? chance.int(1, 5_000) : chance.int(1, 4));
  if (chance.is(0.1)) return [delay(), delay()];
  return chance.is(0.1) ? [chance.int(1, 5_000)] : null;
}
