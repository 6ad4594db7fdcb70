// What the steps of a partition that wait for signals tell a signal's name.

import { type EntityId, partitionOf } from '../../ids.ts';
import { type Wanted } from '../../run/awaiting.ts';
import { type Turn } from '../turn.ts';
import { type WaitPlace } from './wait-place.ts';

/** Asks a signal's name for what a step waits for. */
export function askForSignal(turn: Turn, wait: WaitPlace, { signal, where, from }: Omit<Wanted, 'as'>): void {
  turn.send(partitionOf(signal, turn.circumstances.partitions), {
    type: 'AwaitSignal',
    name: signal,
    wait,
    where,
    ...(from === undefined ? {} : { from }),
  });
}

/** Tells a signal's name which steps have taken a signal, if any have. */
export function tellTaken(turn: Turn, name: string, signal: EntityId, steps: readonly string[]): void {
  if (steps.length === 0) return;
  turn.send(partitionOf(name, turn.circumstances.partitions), { type: 'SignalTaken', signal, steps });
}
