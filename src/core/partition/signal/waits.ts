// The waiting steps of a partition: they ask a signal's name, hear what is published, and say when nobody listens any more.

import { graphOf } from '../../definition/graph.ts';
import { bodyOf } from '../../definition/body.ts';
import { type EntityId, kindOf, nameOf, partitionOf, runEntity } from '../../ids.ts';
import { type FoundSignal } from '../../run/awaiting.ts';
import { type RunState } from '../../run/state.ts';
import { awaitAgain, hearSignal, isAwaited, takeAnswer } from '../../run/wait.ts';
import { awaitedNames } from '../entity.ts';
import { type Memory } from '../gathering.ts';
import { type Message } from '../message.ts';
import { withRun } from '../run/runs.ts';
import { type OpenTurn, type Turn } from '../turn.ts';
import { tellTaken } from './wait-messages.ts';

type Of<T extends Message['type']> = Extract<Message, { type: T }>;

/** How many waiting runs hear of a signal in one commit. */
const RUNS_A_COMMIT = 200;

/** Takes the answer of a signal's name. */
export function waitAnswered(turn: Turn, { name, wait, since, found }: Of<'WaitAnswered'>): void {
  turn.alone(wait.run, () => {
    withRun(turn, wait.run, (work) => {
      const takers = takeAnswer(work, { ...wait, since }, found);
      if (found !== undefined) tellTaken(turn, name, found.signal, namesOf(turn, work.run, takers));
    });
  });
}

/** Lets the waiting steps of this partition hear of a signal, those of so many runs now and the rest in further commits. */
export function hearInWaits(
  turn: Turn,
  message: Omit<Of<'HearSignal'>, 'type' | 'after'> & { readonly after?: EntityId },
): void {
  const { signal, name, sequence, params, after = '' } = message;
  const waiting = turn.listeners(name, 'run').filter((id) => id > after);
  const found: FoundSignal = { signal, sequence, params };
  const taken: string[] = [];
  let last: EntityId | undefined;
  for (const id of waiting.slice(0, RUNS_A_COMMIT)) {
    // Each of them keeps the signal; the first has room, since nothing was done before it.
    if (turn.isFull()) break;
    last = id;
    turn.alone(id, () => {
      taken.push(...hear(turn, id, name, found));
    });
  }
  tellTaken(turn, name, signal, taken);
  if (last !== undefined && last !== waiting.at(-1)) {
    turn.send(turn.circumstances.partition, { type: 'HearSignal', signal, name, sequence, params, after: last });
  }
}

/** After a run was set aside its steps ask again: so they find what was published meanwhile. */
export function waitAgain(turn: Turn, id: EntityId): void {
  withRun(turn, id, awaitAgain);
}

/** Tells every signal name that runs have stopped waiting for that nobody here listens any more, if so. */
export function endUnheard(turn: OpenTurn, memory: Memory): void {
  const names = new Set<string>();
  for (const [id, { state }] of turn.gathered().changed) {
    const before = kindOf(id) === 'run' ? memory.entity(id)?.state : undefined;
    if (before?.kind !== 'run' || state.kind !== 'run') continue;
    const still = state.quarantine === undefined ? awaitedNames(state) : [];
    for (const name of awaitedNames(before)) if (!still.includes(name)) names.add(name);
  }
  for (const name of names) {
    if (turn.listeners(name).length > 0) continue;
    turn.send(partitionOf(name, turn.circumstances.partitions), { type: 'Unsubscribe', name });
  }
}

function hear(turn: Turn, id: EntityId, name: string, signal: FoundSignal): readonly string[] {
  const run = turn.read('run', id);
  if (run === undefined || !isAwaited(run, name, signal)) return [];
  const taken: string[] = [];
  withRun(turn, id, (work) => {
    taken.push(...namesOf(turn, work.run, hearSignal(work, name, signal)));
  });
  return taken;
}

function namesOf(turn: Turn, run: RunState, steps: readonly number[]): readonly string[] {
  const definition = turn.definition(run.definition);
  if (definition === undefined) return [];
  const graph = graphOf(bodyOf(definition, run.path));
  return steps.map((step) => `step:${nameOf(runEntity(run))}/${graph.steps[step]?.step.id ?? ''}`);
}
