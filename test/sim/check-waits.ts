// Waits for signals (P14): every signal of a name is either looked back at or told to whoever waits, never neither; and a wait
// takes the first that fits, once. Waits are followed through the log by hand.

import { type Clause } from '../../src/core/definition/model.ts';
import { type Entry } from '../../src/core/json.ts';
import { type EntityEvent } from '../../src/core/partition/entity.ts';
import { type Message } from '../../src/core/partition/message.ts';
import { type History, pair, type PlacedCommit, placeText } from './history.ts';

interface Published {
  readonly id: string;
  readonly sequence: number;
  readonly params: readonly Entry[];
  readonly at: number;
}

/** One signal of one step, as it is waited for. */
interface Wait {
  readonly round: number;
  readonly signal: string;
  readonly where: readonly Clause[];
  listening: number | undefined;
}

/** So many signals are looked back at in the commit that answers. */
const atOnce = 100;

/** Says what is wrong with waits. */
export function checkWaits(history: History): readonly string[] {
  return [...checkNames(history), ...checkSteps(history)];
}

/** The side of the signals' names: what is answered, and who is told. */
function checkNames(history: History): readonly string[] {
  const past = new Map<string, Published[]>();
  const asking = new Map<string, Set<number>>();
  return history.commits.flatMap((placed) => {
    const message = takenBy(history, placed);
    const wrong = message?.type === 'AwaitSignal' ? checkAnswer(placed, message, past.get(message.name) ?? []) : [];
    follow(asking, message, placed.commit.in?.from ?? -1);
    return [...wrong, ...placed.commit.events.flatMap(({ event }) => publish({ past, asking }, placed, event))];
  });
}

function follow(asking: Map<string, Set<number>>, message: Message | undefined, from: number): void {
  if (message?.type === 'Unsubscribe') asking.get(message.name)?.delete(from);
  if (message?.type === 'AwaitSignal') {
    asking.set(message.name, new Set([...(asking.get(message.name) ?? []), from]));
  }
}

function publish(
  {
    past,
    asking,
  }: { readonly past: Map<string, Published[]>; readonly asking: ReadonlyMap<string, ReadonlySet<number>> },
  { commit }: PlacedCommit,
  event: EntityEvent,
): readonly string[] {
  if (event.type !== 'SignalPublished') return [];
  const { id, name, sequence, params } = event;
  past.set(name, [...(past.get(name) ?? []), { id, sequence, params, at: commit.at }]);
  const told = commit.out.flatMap(({ to, message }) => (tells(message, id) ? [to] : []));
  const missed = [...(asking.get(name) ?? [])].filter((partition) => !told.includes(partition));
  return missed.map((partition) => `P14: partition ${String(partition)} waits for ${name} and was not told of ${id}`);
}

function tells(message: Message, signal: string): boolean {
  return message.type === 'SignalArrived' && message.signal === signal;
}

/** The answer names the newest signal that fits, and the number from which on all is told. */
function checkAnswer(
  placed: PlacedCommit,
  { where, from }: Extract<Message, { type: 'AwaitSignal' }>,
  past: readonly Published[],
): readonly string[] {
  const answer = placed.commit.out.map(({ message }) => message).find(({ type }) => type === 'WaitAnswered');
  if (answer?.type !== 'WaitAnswered') return [`P14: nothing was answered in ${placeText(placed)}`];
  if (answer.since !== past.length)
    return [`P14: ${placeText(placed)} says ${String(answer.since)}, not ${String(past.length)}`];
  const recent = past.slice(-atOnce).filter(({ at }) => from === undefined || at >= from);
  const expected = recent.findLast(({ params }) => isMet(where, params));
  if (answer.found?.signal === expected?.id) return [];
  return [`P14: ${placeText(placed)} found ${answer.found?.signal ?? 'none'}, not ${expected?.id ?? 'none'}`];
}

/** The side of the steps: what they take, and when. */
function checkSteps(history: History): readonly string[] {
  const wrong: string[] = [];
  const waits = new Map<string, Wait>();
  for (const placed of history.commits) {
    const expected = expectedIn(history, placed, waits);
    const taken = placed.commit.events.flatMap(({ entity, event }) => take(waits, entity, event));
    for (const one of expected)
      if (!taken.includes(one)) wrong.push(`P14: ${one} was not taken in ${placeText(placed)}`);
    for (const one of taken)
      if (!expected.has(one)) wrong.push(`P14: ${one} was taken in ${placeText(placed)}, for nothing`);
    if (new Set(taken).size < taken.length) wrong.push(`P14: a signal was taken twice in ${placeText(placed)}`);
  }
  for (const [key, { listening }] of waits) if (listening === undefined) wrong.push(`P14: ${key} was never answered`);
  return wrong;
}

/** What an event of a step takes: a wait that is over takes no more. */
function take(waits: Map<string, Wait>, entity: string, event: EntityEvent): readonly string[] {
  if (!entity.startsWith('run:') || !('step' in event)) return [];
  const step = `${entity} ${String(event.step)}`;
  if (ends.has(event.type)) end(waits, step);
  if (event.type === 'SignalsAwaited') begin(waits, step, event);
  if (event.type === 'SignalListened') listen(waits, `${step} ${String(event.place)}`, event.since);
  if (event.type !== 'SignalFound') return [];
  const key = `${step} ${String(event.place)}`;
  return [waits.delete(key) ? `${key} ${event.signal}` : `${key} without a wait ${event.signal}`];
}

const ends: ReadonlySet<string> = new Set([
  'StepSucceeded',
  'StepFailed',
  'StepTimedOut',
  'StepCompletedWithError',
  'StepSkipped',
  'StepStopped',
  'SignalsBypassed',
]);

function begin(
  waits: Map<string, Wait>,
  step: string,
  {
    round,
    signals,
  }: {
    readonly round: number;
    readonly signals: readonly (Omit<Wait, 'round' | 'listening'> & { readonly kept?: true })[];
  },
): void {
  for (const [place, { signal, where, kept }] of signals.entries()) {
    if (kept !== true) waits.set(`${step} ${String(place)}`, { round, signal, where, listening: undefined });
  }
}

function listen(waits: ReadonlyMap<string, Wait>, key: string, since: number): void {
  const wait = waits.get(key);
  if (wait !== undefined) wait.listening = since;
}

function end(waits: Map<string, Wait>, step: string): void {
  for (const key of waits.keys()) if (key.startsWith(`${step} `)) waits.delete(key);
}

/** What must be taken in this commit, by what it was told. */
function expectedIn(history: History, placed: PlacedCommit, waits: ReadonlyMap<string, Wait>): ReadonlySet<string> {
  const message = takenBy(history, placed);
  if (message?.type === 'WaitAnswered') {
    const { run, step, place, round } = message.wait;
    const key = `${run} ${String(step)} ${String(place)}`;
    const { found } = message;
    const isAsked = waits.get(key)?.round === round;
    return new Set(isAsked && found !== undefined ? [`${key} ${found.signal}`] : []);
  }
  if (message?.type !== 'SignalArrived') return new Set();
  const { name, sequence, params, signal } = message;
  const takers = [...waits].filter(([key, wait]) => {
    const isHere = history.events.get(key.slice(0, key.indexOf(' ')))?.[0]?.in.partition === placed.partition;
    const isHeard = wait.listening !== undefined && sequence > wait.listening;
    return isHere && wait.signal === name && isHeard && isMet(wait.where, params);
  });
  return new Set(takers.map(([key]) => `${key} ${signal}`));
}

function takenBy({ sent }: History, { partition, commit }: PlacedCommit): Message | undefined {
  if (commit.in === undefined) return undefined;
  return sent.get(pair(commit.in.from, partition))?.[commit.in.sequence - 1]?.message;
}

function isMet(where: readonly Clause[], params: readonly Entry[]): boolean {
  const rows = Number(params.find(({ name }) => name === 'rows')?.value);
  return where.every(({ param, operator, operand }) => {
    if (param !== 'rows') return false;
    return operator === '>=' ? rows >= Number(operand) : operator === '==' && rows === Number(operand);
  });
}
