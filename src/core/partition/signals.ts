// Signals between partitions: listening, judging, and telling the publisher what came of it.

import { type EntityId, nameOf, partitionOf, signalTypeEntity } from '../ids.ts';
import { type Entry } from '../json.ts';
import { bareJson, bareMap } from '../params/bare.ts';
import { parseTemplate, renderValue } from '../expression/template.ts';
import { type Value } from '../expression/value.ts';
import { type Result, failed, success } from '../result.ts';
import { type SignalTrigger } from '../definition/model.ts';
import { keptVerdicts, type TriggerVerdict } from '../signal/signal.ts';
import { unmetClause } from '../trigger/match.ts';
import { type TriggerState } from '../trigger/trigger.ts';
import { type Message } from './message.ts';
import { createRun } from './start-run.ts';
import { type Turn } from './turn.ts';

type Arrived = Extract<Message, { type: 'SignalArrived' }>;

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
  if (trigger?.armed !== true || trigger.definition.kind !== 'signal') return;
  if (trigger.definition.signal !== message.name || trigger.listeningSince !== undefined) return;
  turn.emit(message.trigger, { type: 'TriggerListening', since: message.since });
}

/** Lets every listening trigger of this partition judge a signal, and sends the verdicts back. */
export function judgeSignal(turn: Turn, message: Arrived): void {
  const verdicts: TriggerVerdict[] = [];
  for (const id of turn.listeners(message.name)) {
    const trigger = turn.read('trigger', id);
    if (trigger?.armed !== true || trigger.definition.kind !== 'signal') continue;
    if (trigger.definition.signal !== message.name || !isHeard(trigger, message.sequence)) continue;
    const wentWell = turn.alone(id, () => {
      verdicts.push(judge(turn, id, trigger, message));
    });
    if (!wentWell)
      verdicts.push({ trigger: id, verdict: 'REFUSED', message: 'An error in Downbeat set this trigger aside.' });
  }
  const [kept, rest] = mostTelling(verdicts);
  turn.send(partitionOf(message.name, turn.circumstances.partitions), {
    type: 'VerdictsReached',
    signal: message.signal,
    verdicts: kept,
    more: rest,
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
function isHeard({ listeningSince }: TriggerState, sequence: number): boolean {
  return listeningSince !== undefined && sequence > listeningSince;
}

function judge(turn: Turn, id: EntityId, trigger: TriggerState, signal: Arrived): TriggerVerdict {
  const definition = trigger.definition as SignalTrigger;
  if (trigger.paused) return { trigger: id, verdict: 'PAUSED' };
  const unmet = unmetClause(definition.where, signal.params);
  if (unmet !== undefined) return { trigger: id, verdict: 'UNMET', ...unmet };
  const params = paramsFrom(definition.params, signal.params);
  const run = params.ok
    ? createRun(turn, {
        workflowId: trigger.workflowId,
        params: params.value,
        labels: [],
        cause: {
          kind: 'SIGNAL',
          trigger: trigger.name,
          name: signal.name,
          signal: nameOf(signal.signal),
          params: signal.params,
        },
      })
    : failed([{ message: params.failure }]);
  if (!run.ok) {
    const message = run.failure.map((refusal) => refusal.message).join(' ');
    turn.emit(id, { type: 'StartRefused', message });
    return { trigger: id, verdict: 'REFUSED', message };
  }
  turn.emit(id, { type: 'SignalMatched', signal: signal.signal, run: run.value });
  return { trigger: id, verdict: 'STARTED', run: run.value };
}

/** Parameters of the run that a trigger starts; texts are templates over `signal`. */
export function paramsFrom(params: readonly Entry[], signal: readonly Entry[]): Result<readonly Entry[], string> {
  const values = bareMap(signal);
  const resolved: Entry[] = [];
  for (const { name, value } of params) {
    if (typeof value !== 'string') {
      resolved.push({ name, value });
      continue;
    }
    const template = parseTemplate(value);
    const rendered = template.ok ? renderValue(template.value, (path) => lookUp(values, path)) : template;
    if (!rendered.ok) return failed(`Its parameter "${name}" could not be made: ${rendered.failure.message}`);
    resolved.push({ name, value: bareJson(rendered.value) });
  }
  return success(resolved);
}

function lookUp(signal: ReadonlyMap<string, Value>, path: readonly string[]): Value | undefined {
  const [root, name, ...rest] = path;
  return root === 'signal' && name !== undefined && rest.length === 0 ? signal.get(name) : undefined;
}

/** The started ones first, and no more than are kept. */
function mostTelling(verdicts: readonly TriggerVerdict[]): readonly [readonly TriggerVerdict[], number] {
  const sorted = [
    ...verdicts.filter(({ verdict }) => verdict === 'STARTED'),
    ...verdicts.filter(({ verdict }) => verdict !== 'STARTED'),
  ];
  return [sorted.slice(0, keptVerdicts), Math.max(0, sorted.length - keptVerdicts)];
}
