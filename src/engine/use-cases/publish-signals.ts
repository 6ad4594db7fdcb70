// Publishing signals: all of one name in one commit; then a second of patience for what the triggers make of them.

import { nameFaults } from '../../core/definition/identifiers.ts';
import { type EntityId, signalEntity } from '../../core/ids.ts';
import { type Json } from '../../core/json.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type SignalState } from '../../core/signal/signal.ts';
import { type Ask } from '../ask.ts';
import { type SignalInput } from '../engine.ts';
import { type Answer, type Caller } from '../answer.ts';
import { type EngineNode } from '../node.ts';
import { type Outside } from '../outside.ts';
import { type Reader } from '../reader.ts';
import { keepIfBroken } from './contracts.ts';

/** What publishing works with. */
export interface PublishParts {
  readonly outside: Outside;
  readonly node: EngineNode;
  readonly ask: Ask;
  readonly reader: Reader;
}

const patience = 1_000;
const most = 1_000;

/** Publishes signals, and answers with the verdicts that came within a second, or at once. */
export async function publishSignals(
  parts: PublishParts,
  signals: readonly SignalInput[],
  caller: Caller,
  { atOnce }: { readonly atOnce: boolean } = { atOnce: false },
): Promise<Answer<readonly SignalState[]>> {
  const refusals = problems(signals);
  if (refusals.length > 0) return { ok: false, refusals };
  const groups = byName(signals);
  const answers = await Promise.all(groups.map(([name, group]) => publishName(parts, name, group, caller)));
  const refused = answers.flatMap((answer) => (answer.ok ? [] : answer.refusals));
  if (refused.length > 0) return { ok: false, refusals: refused };
  const until = parts.outside.clock.monotonic() + (atOnce ? 0 : patience);
  const published = await Promise.all(
    groups.map(async ([name], place) => {
      const answer = answers[place];
      const ids = answer?.ok === true ? answer.value : [];
      // One after the other: all at once would each look again at every commit of the partition.
      const states: SignalState[] = [];
      for (const id of ids) states.push(await settled(parts, id, name, until));
      return [name, states] as const;
    }),
  );
  const next = new Map(published.map(([name, states]) => [name, [...states]]));
  const cursors = answers.flatMap((answer) => (answer.ok ? answer.cursor : []));
  return {
    ok: true,
    value: signals.flatMap(({ name }) => next.get(name)?.shift() ?? []),
    cursor: [...new Map(cursors.map((place) => [place.partition, place])).values()],
    replayed: answers.every((answer) => answer.ok && answer.replayed),
  };
}

async function publishName(
  { outside, node, ask }: PublishParts,
  name: string,
  signals: readonly SignalInput[],
  caller: Caller,
): Promise<Answer<readonly EntityId[]>> {
  const body = {
    type: 'PublishSignals',
    name,
    signals: signals.map(({ params, payload, occurredAt }) => ({
      id: signalEntity(outside.randomness.ulid(node.now())),
      params,
      ...(payload === undefined ? {} : { payload }),
      ...(occurredAt === undefined ? {} : { occurredAt }),
    })),
  } as const;
  const asked = await ask(node.partitionOf(name), body, caller, { target: name, args: signals.map(argsOf) });
  if (!asked.ok) {
    await keepIfBroken({ node, ask }, body, { refusals: asked.refusals, caller });
    return asked;
  }
  if (asked.outcome.type !== 'Published') throw new Error(`publishing came to ${asked.outcome.type}`);
  return { ok: true, value: asked.outcome.signals, cursor: [asked.place], replayed: asked.replayed };
}

/** Waits until every listening partition has said what it made of the signal, a moment at most. */
async function settled(
  { outside, node, reader }: PublishParts,
  id: EntityId,
  name: string,
  until: number,
): Promise<SignalState> {
  const partition = node.partitionOf(name);
  for (;;) {
    const signal = await reader.entity('signal', id, partition);
    if (signal === undefined) throw new Error(`${id} was published and is not there`);
    if (signal.state.awaited.length === 0 || outside.clock.monotonic() >= until) return signal.state;
    await node.feed.wait(new Map(signal.cursor.map((place) => [place.partition, place.n])), 50);
  }
}

function byName(signals: readonly SignalInput[]): readonly (readonly [string, readonly SignalInput[]])[] {
  const groups = new Map<string, SignalInput[]>();
  for (const signal of signals) {
    const group = groups.get(signal.name);
    if (group === undefined) groups.set(signal.name, [signal]);
    else group.push(signal);
  }
  return [...groups];
}

function argsOf({ params, payload, occurredAt }: SignalInput): Json {
  return {
    params: params.map(({ name, value }) => [name, value]),
    payload: payload ?? null,
    occurredAt: occurredAt ?? null,
  };
}

function problems(signals: readonly SignalInput[]): readonly Refusal[] {
  if (signals.length === 0 || signals.length > most) {
    return [
      {
        code: signals.length === 0 ? 'BAD_INPUT' : 'LIMIT_EXCEEDED',
        message: `One call publishes 1 to ${String(most)} signals; these are ${String(signals.length)}.`,
        path: ['signals'],
      },
    ];
  }
  return signals.flatMap(({ name }, index) => (isName(name) ? [] : [badName(name, index)]));
}

/** Whatever a definition may wait for, or announce itself, can be published. */
function isName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_.\-/]{0,199}$/u.test(name) || nameFaults(name).length === 0;
}

function badName(name: string, index: number): Refusal {
  return {
    code: 'BAD_INPUT',
    message: `"${name.slice(0, 60)}" is no name for a signal: ${nameFaults(name).join('; ')}.`,
    path: ['signals', String(index), 'name'],
    hint: 'Names look like `measurements.ready`.',
  };
}
