// What must hold between the runs and the ledger of permits at every moment, with what is on its way between them.
//
// 1. running ⊆ held: a step whose work goes on with permits has them in the ledger.
// 2. Nothing leaks: what the ledger keeps belongs to a step that still has or wants it, or its return is on its way.
// 3. Nothing is forgotten: a step that wants permits is in the ledger, or its question or its answer is on its way.
// 4. held ≤ size, but while a pool that was made smaller drains.

import { type EntityId, poolsEntity } from '../../src/core/ids.ts';
import { type EntityState } from '../../src/core/partition/entity.ts';
import { type Message } from '../../src/core/partition/message.ts';
import { heldOf } from '../../src/core/pool/grants.ts';
import { NO_POOLS, type PermitPlace, type PoolsState } from '../../src/core/pool/pools.ts';
import { type Quarantinable } from '../../src/core/quarantine.ts';
import { type RunState } from '../../src/core/run/state.ts';

/** Everything that breaks a law, in words. */
export function permitFaults(
  states: ReadonlyMap<EntityId, EntityState>,
  onTheWay: readonly Message[],
): readonly string[] {
  const found = states.get(poolsEntity());
  const ledger: PoolsState = found?.kind === 'pools' ? found : NO_POOLS;
  const held = new Set(ledger.held.map(nameOf));
  const waiting = new Set(ledger.waiting.map(nameOf));
  const { spoken, returned } = heard(onTheWay);
  const owned = [...states].flatMap(([run, state]) => (state.kind === 'run' ? ownedBy(run, state) : []));
  const names = new Set(owned.map(({ name }) => name));
  const without = owned.flatMap(({ name, isGranted, isAside }) => {
    if (isGranted) return held.has(name) ? [] : [`${name} goes on and holds nothing`];
    // One that is set aside may have given its place away: it asks again when it is released.
    return isAside || waiting.has(name) || spoken.has(name) ? [] : [`${name} waits and nobody knows`];
  });
  const leaked = [...held, ...waiting]
    .filter((name) => !names.has(name) && !returned.has(name))
    .map((name) => `${name} is kept in the ledger and nobody owns it`);
  return [...without, ...leaked, ...overfull(ledger)];
}

interface Owned {
  readonly name: string;
  readonly isGranted: boolean;
  readonly isAside: boolean;
}

function ownedBy(run: EntityId, { steps, quarantine }: RunState & Quarantinable): readonly Owned[] {
  return steps.flatMap(({ permits }, step) => {
    if (permits === undefined) return [];
    const name = nameOf({ run, step, ask: permits.ask });
    return [{ name, isGranted: permits.granted !== undefined, isAside: quarantine !== undefined }];
  });
}

/** What is asked, answered and returned in messages that were not taken yet. */
function heard(messages: readonly Message[]): { readonly spoken: Set<string>; readonly returned: Set<string> } {
  const [spoken, returned] = [new Set<string>(), new Set<string>()];
  for (const message of messages) {
    if (message.type === 'AcquirePermits') spoken.add(nameOf(message.request));
    if (message.type === 'PermitsAnswered') spoken.add(nameOf(message));
    if (message.type === 'ReleasePermits') returned.add(nameOf(message.place));
  }
  return { spoken, returned };
}

function overfull(ledger: PoolsState): readonly string[] {
  return ledger.pools.flatMap(({ id, size }) => {
    const count = heldOf(ledger, id);
    return count <= size ? [] : [`${String(count)} of pool ${id} are held, of ${String(size)}`];
  });
}

function nameOf({ run, step, ask }: PermitPlace): string {
  return `${run} step ${String(step)} (${String(ask)})`;
}
