// Permits between runs and the ledger. What a run owes the ledger follows from what changed in its steps, looked at once when a
// turn is over: so there is no way for a step to end, whoever ends it, that forgets to return what it had.
//
// 1. A step that came to have (or to want) permits asks in the same commit; one that has them no more returns them.
// 2. The ledger grants all or nothing, in the order of `pool/grants.ts`, as soon as it can.

import { type EntityId, partitionOf, POOLS, poolsEntity, runPlaceOf } from '../../ids.ts';
import { grantable } from '../../pool/grants.ts';
import { isSamePlace, NO_POOLS, type PermitPlace, type PermitRequest, type PoolsState } from '../../pool/pools.ts';
import { takePermits } from '../../run/begin.ts';
import { type StepPermits } from '../../run/step-permits.ts';
import { type RunState } from '../../run/state.ts';
import { type Memory } from '../gathering.ts';
import { type Message } from '../message.ts';
import { withRun } from '../run/runs.ts';
import { type OpenTurn, type Turn } from '../turn.ts';

type Of<T extends Message['type']> = Extract<Message, { type: T }>;

/** How much may hold and wait: the ledger's state has about as many characters. */
const MOST_HELD = 3_000_000;

/** Tells the ledger what the steps of this turn's runs came to want, and what they have no more. */
export function tellLedger(turn: OpenTurn, memory: Memory): void {
  for (const [id, { state }] of turn.gathered().changed) {
    if (state.kind !== 'run') continue;
    const known = memory.entity(id)?.state;
    const before = known?.kind === 'run' ? known : undefined;
    if (before?.steps !== state.steps) tellChanges(turn, id, before, state);
  }
}

/** Takes a message about permits. */
export function takePermitMessage(
  turn: Turn,
  message: Of<'AcquirePermits' | 'ReleasePermits' | 'PermitsAnswered'>,
): void {
  switch (message.type) {
    case 'AcquirePermits':
      acquire(turn, message.request);
      return;
    case 'ReleasePermits':
      release(turn, message.place);
      return;
    case 'PermitsAnswered':
      answered(turn, message);
  }
}

/** Grants what can be granted. What does not fit into the commit follows in the next. */
export function grantPermits(turn: Turn): void {
  const state = turn.read('pools', poolsEntity());
  if (state === undefined) return;
  for (const request of grantable(state)) {
    if (turn.isFull()) {
      turn.follow(poolsEntity());
      return;
    }
    const place = placeOf(request);
    turn.emit(poolsEntity(), { type: 'PermitsGranted', place });
    answer(turn, place);
  }
}

/** After a run was set aside: its steps that wait ask again, in case the answer came meanwhile. */
export function askAgain(turn: Turn, id: EntityId): void {
  const run = turn.read('run', id);
  for (const [step, { permits }] of (run?.steps ?? []).entries()) {
    if (permits !== undefined && permits.granted === undefined) ask(turn, id, step, permits);
  }
}

function tellChanges(turn: Turn, id: EntityId, before: RunState | undefined, after: RunState): void {
  for (const [step, { permits }] of after.steps.entries()) {
    const had = before?.steps[step]?.permits;
    if (had?.ask === permits?.ask) continue;
    if (had !== undefined) tell(turn, { type: 'ReleasePermits', place: { run: id, step, ask: had.ask } });
    if (permits !== undefined) ask(turn, id, step, permits);
  }
}

function ask(turn: Turn, run: EntityId, step: number, permits: StepPermits): void {
  const { ask: count, stepId, wants, priority, isOuter } = permits;
  const request = { run, step, ask: count, stepId, wants, priority, ...(isOuter && { isOuter }) };
  tell(turn, { type: 'AcquirePermits', request });
}

function tell(turn: Turn, message: Message): void {
  turn.send(partitionOf(POOLS, turn.circumstances.partitions), message);
}

function acquire(turn: Turn, request: PermitRequest): void {
  const state = turn.read('pools', poolsEntity()) ?? NO_POOLS;
  const place = placeOf(request);
  if (state.held.some((holding) => isSamePlace(holding, place))) answer(turn, place);
  else if (!state.waiting.some((waiting) => isSamePlace(waiting, place))) {
    if (sizeOf(state) > MOST_HELD) answer(turn, place, tooMany(state));
    else {
      turn.emit(poolsEntity(), { type: 'PermitsAsked', request });
      grantPermits(turn);
    }
  }
}

function release(turn: Turn, place: PermitPlace): void {
  const { held, waiting } = turn.read('pools', poolsEntity()) ?? NO_POOLS;
  if (![...held, ...waiting].some((request) => isSamePlace(request, place))) return;
  turn.emit(poolsEntity(), { type: 'PermitsReturned', place });
  grantPermits(turn);
}

function answer(turn: Turn, place: PermitPlace, refused?: string): void {
  const { workflowId } = runPlaceOf(place.run);
  turn.send(partitionOf(workflowId, turn.circumstances.partitions), {
    type: 'PermitsAnswered',
    ...place,
    ...(refused === undefined ? {} : { refused }),
  });
}

/** The answer to a step. A run that is set aside holds nothing while it waits: it asks again when it is released. */
function answered(turn: Turn, { run: id, step, ask: count, refused }: Of<'PermitsAnswered'>): void {
  if (turn.quarantine(id) !== undefined) {
    const permits = turn.peek(id)?.steps[step]?.permits;
    const waits = permits?.ask === count && permits.granted === undefined;
    if (waits) tell(turn, { type: 'ReleasePermits', place: { run: id, step, ask: count } });
    return;
  }
  turn.alone(id, () => {
    withRun(turn, id, (work) => {
      takePermits(work, step, { ask: count, ...(refused === undefined ? {} : { refused }) });
    });
  });
}

function placeOf({ run, step, ask: count }: PermitPlace): PermitPlace {
  return { run, step, ask: count };
}

/** About how many characters the ledger has. */
function sizeOf({ held, waiting }: PoolsState): number {
  return [...held, ...waiting].reduce(
    (sum, { run, stepId, wants }) =>
      sum + run.length + stepId.length + wants.reduce((all, { pool }) => all + pool.length + 30, 120),
    0,
  );
}

function tooMany({ held, waiting }: PoolsState): string {
  return `${String(waiting.length)} steps wait for permits and ${String(held.length)} hold some: that is as many as the ledger of permits can keep, so it did not begin.`;
}
