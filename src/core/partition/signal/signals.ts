// Signals between partitions: listening, judging, and telling the publisher what came of it.

import { type EntityId, partitionOf, signalTypeEntity } from '../../ids.ts';
import { keptVerdicts, type TriggerVerdict } from '../../signal/signal.ts';
import { unmetClause } from '../../signal/match.ts';
import { heardSince, listensTo, type TriggerState } from '../../trigger/trigger.ts';
import { hearSignal } from '../trigger/absence.ts';
import { isFolding } from '../../definition/signal-fold.ts';
import { judgeFold } from '../trigger/fold-signals.ts';
import { judgeJoin } from '../trigger/join-signals.ts';
import { type Message } from '../message.ts';
import { startOnSignals } from '../trigger/start-on-signals.ts';
import { notStarted } from '../trigger/waiting.ts';
import { type Turn } from '../turn.ts';

type Arrived = Extract<Message, { type: 'SignalArrived' }>;

/** What triggers made of a signal: so many of the verdicts, and how many more there were. */
type Verdicts = Pick<Extract<Message, { type: 'JudgeSignal' }>, 'verdicts' | 'more'>;

/** A signal with the verdicts of those that have judged it; the others come behind `after`. */
type Judging = Omit<Arrived, 'type'> & Verdicts & { readonly after?: EntityId };

/** A partition wants the signals of a name, from now on. */
export function subscribe(turn: Turn, message: Extract<Message, { type: 'Subscribe' }>, from: number): void {
  const type = signalTypeEntity(message.name);
  const known = turn.read('signalType', type);
  if (known?.interest.includes(from) !== true) {
    turn.emit(type, { type: 'InterestAdded', name: message.name, partition: from });
  }
  turn.send(from, { type: 'Subscribed', name: message.name, trigger: message.trigger, since: known?.sequence ?? 0 });
}

/** A partition wants the signals of a name no more. */
export function unsubscribe(turn: Turn, name: string, from: number): void {
  const type = signalTypeEntity(name);
  if (turn.read('signalType', type)?.interest.includes(from) === true) {
    turn.emit(type, { type: 'InterestEnded', name, partition: from });
  }
}

/** A trigger is heard: every signal with a number above `since` will come. */
export function subscribed(turn: Turn, message: Extract<Message, { type: 'Subscribed' }>): void {
  const trigger = turn.read('trigger', message.trigger);
  if (trigger === undefined || !listensTo(trigger).includes(message.name)) return;
  if (heardSince(trigger, message.name) !== undefined) return;
  const name = 'slots' in trigger.definition ? { name: message.name } : {};
  turn.emit(message.trigger, { type: 'TriggerListening', since: message.since, ...name });
}

/**
 * Lets every listening trigger of this partition judge a signal, and sends the verdicts back. What a full commit leaves over goes
 * on in the next.
 */
export function judgeSignal(turn: Turn, message: Judging): void {
  const { after = '', verdicts: _, more: __, ...signal } = message;
  const arrived: Arrived = { ...signal, type: 'SignalArrived' };
  const verdicts: TriggerVerdict[] = [];
  let last = message.after;
  for (const id of turn.listeners(message.name, 'trigger')) {
    if (id <= after) continue;
    if (turn.isFull()) {
      goOnJudging(turn, message, last, verdicts);
      return;
    }
    last = id;
    const trigger = turn.read('trigger', id);
    if (trigger?.armed !== true || !isHeard(trigger, arrived)) continue;
    const wentWell = turn.alone(id, () => {
      verdicts.push(judge(turn, id, trigger, arrived));
    });
    if (!wentWell)
      verdicts.push({ trigger: id, verdict: 'REFUSED', message: 'An error in Downbeat set this trigger aside.' });
  }
  turn.send(partitionOf(message.name, turn.circumstances.partitions), {
    type: 'VerdictsReached',
    signal: message.signal,
    ...mostTelling(message, verdicts),
  });
}

function goOnJudging(
  turn: Turn,
  message: Judging,
  after: EntityId | undefined,
  verdicts: readonly TriggerVerdict[],
): void {
  turn.send(turn.circumstances.partition, {
    ...message,
    type: 'JudgeSignal',
    ...(after === undefined ? {} : { after }),
    ...mostTelling(message, verdicts),
  });
}

/** Takes the verdicts of one partition. */
export function takeVerdicts(turn: Turn, message: Extract<Message, { type: 'VerdictsReached' }>, from: number): void {
  const signal = turn.read('signal', message.signal);
  if (signal?.awaited.includes(from) !== true) return;
  turn.emit(message.signal, {
    type: 'VerdictsReceived',
    partition: from,
    verdicts: message.verdicts,
    more: message.more,
  });
}

/** A trigger hears what was published after its partition's name was put down for it; until then it hears nothing. */
function isHeard(trigger: TriggerState, { name, sequence }: Arrived): boolean {
  const since = heardSince(trigger, name);
  return since !== undefined && sequence > since;
}

function judge(turn: Turn, id: EntityId, trigger: TriggerState, signal: Arrived): TriggerVerdict {
  const { definition } = trigger;
  if (trigger.paused) return { trigger: id, verdict: 'PAUSED' };
  if ('slots' in definition) return judgeJoin(turn, id, trigger, { definition, signal });
  if (isFolding(definition)) return judgeFold(turn, id, trigger, { definition, signal });
  if (definition.kind === 'absent' || definition.kind === 'expected') return hearSignal(turn, id, definition, signal);
  if (definition.kind !== 'signal') throw new Error(`${id} waits for times and was asked about a signal`);
  const unmet = unmetClause(definition.where, signal.params);
  if (unmet !== undefined) return { trigger: id, verdict: 'UNMET', ...unmet };
  const run = startOnSignals(turn, trigger, { last: signal });
  if (!run.ok) return notStarted(turn, id, signal, run.failure);
  turn.emit(id, { type: 'SignalMatched', signal: signal.signal, run: run.value });
  return { trigger: id, verdict: 'STARTED', run: run.value };
}

/** The verdicts so far with further ones: the started ones first, and no more than are kept. */
function mostTelling(before: Verdicts, verdicts: readonly TriggerVerdict[]): Verdicts {
  const all = [...before.verdicts, ...verdicts];
  const sorted = [
    ...all.filter(({ verdict }) => verdict === 'STARTED'),
    ...all.filter(({ verdict }) => verdict !== 'STARTED'),
  ];
  return { verdicts: sorted.slice(0, keptVerdicts), more: before.more + Math.max(0, sorted.length - keptVerdicts) };
}
