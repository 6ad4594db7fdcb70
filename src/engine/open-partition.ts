// A partition that this node owns: commands come in, commits go out in blocks, answers follow once they are durable.
//
// Owns: the order of things. Does not own: sending blocks (`flusher`), effects (`release`), ownership (`ownership`).
//
// 1. Nothing of a commit shows before its block is durable; a refusal or a read waits for the head it was decided on.
// 2. A sender's messages are taken strictly in the order of their numbers, each once; taking one never fails.
// 3. When the partition is lost there is no roll-back: its memory is dropped and every sender is told UNAVAILABLE.

import { bytesOf } from '../core/bytes.ts';
import { type EntityId } from '../core/ids.ts';
import { auditedAs } from '../core/partition/audit.ts';
import { type Circumstances, type Command, type Outcome } from '../core/partition/command.ts';
import { type Block, type Commit } from '../core/partition/commit.ts';
import { type Place } from '../core/partition/cursor.ts';
import { decide } from '../core/partition/decide.ts';
import { type Effect } from '../core/partition/effect.ts';
import { type Gathered, type Needs, type Versioned } from '../core/partition/gathering.ts';
import { type Message, type MessagePlace } from '../core/partition/message.ts';
import { type Refusal } from '../core/refusal.ts';
import { type Definitions } from './definitions.ts';
import { createKeys, type Keys, mismatch } from './keys.ts';
import { type Letter, type Reply } from './letter.ts';
import { loadNeeds } from './loader.ts';
import { createMailbox } from './mailbox.ts';
import { type Outside } from './outside.ts';
import { type PartitionMemory } from './partition-memory.ts';
import { commandName, type SafeMode } from './safe-mode.ts';
import { UnavailableError } from './unavailable-error.ts';
import { createUndurable, type Released, type Undurable } from './undurable.ts';

/** What an open partition is made from. */
export interface PartitionParts {
  readonly index: number;
  readonly partitions: number;
  readonly epoch: number;
  readonly writer: string;
  readonly host: string;
  /** The last durable block: the fence. */
  readonly head: number;
  readonly memory: PartitionMemory;
  readonly definitions: Definitions;
  readonly safeMode: SafeMode;
  readonly outside: Outside;
  /** The store's time. */
  readonly now: () => number;
  /** There is something to flush. */
  readonly onReady: () => void;
  /** A block is durable: release what it causes, in order. */
  readonly onDurable: (block: Block, released: readonly Released[]) => void;
  /** The partition is lost, and why. The commits of the block in flight may be durable all the same. */
  readonly onLost: (why: string, doubtful: readonly Effect[]) => void;
}

/** A partition as the node sees it. */
export interface OpenPartition {
  readonly index: number;
  readonly epoch: number;
  readonly memory: PartitionMemory;
  /** The last durable place. */
  head(): Place;
  /** Decides a command and answers once it is durable. */
  submit(command: Command): Promise<Reply>;
  /** Takes a message in its turn; answers whether some before it are missing. */
  receive(place: MessagePlace, message: Message): 'TAKEN' | 'KNOWN' | 'GAP';
  /** The number of the last message of a sender that is here, taken or waiting to be. */
  received(from: number): number;
  /** An entity as of the durable head. */
  read(id: EntityId): Promise<{ readonly versioned: Versioned | undefined; readonly place: Place }>;
  /** The next block, if there is something to send and none is in flight. */
  nextBlock(): Block | undefined;
  /** The block in flight is there for good. */
  durable(block: Block): void;
  /** Someone else owns the partition, or it can never be written again. */
  lose(why: string): void;
  /** Decides nothing more; resolves when everything decided is durable. */
  drain(): Promise<void>;
  isLost(): boolean;
  /** Entities with changes that are decided but not durable. */
  undurable(): ReadonlySet<EntityId>;
}

const longestMailbox = 10_000;
/** For what is only tried. */
const anySeed = 1;

/** Opens a partition after its take-over. */
export function openPartition(parts: PartitionParts): OpenPartition {
  const { index, epoch, memory, outside, safeMode } = parts;
  const undurable = createUndurable(parts);
  const deciding = { parts, undurable, keys: createKeys(outside.log) };
  const expected = new Map<number, number>([...memory.seen].map(([from, { sequence }]) => [from, sequence]));
  let isClosed = false;
  let lost: string | undefined;
  let drained: (() => void) | undefined;
  const isLost = (): boolean => lost !== undefined;
  const load = (needs: Needs): Promise<void> => loadNeeds({ ...parts, isWanted: () => !isLost() }, needs);
  const mailbox = createMailbox(outside, {
    decide: (letter) => {
      if (!safeMode.isReady(letter)) return nothingNeeded;
      const needs = attempt(deciding, letter);
      if (needs === undefined) goOnAfter(safeMode.decided(letter, isLost));
      return needs;
    },
    foresee: (letter) => foresee(deciding, letter),
    load: async (needs) => {
      await safeMode.prepare(isLost);
      await load(needs);
    },
    isBlocked: () => isLost() || undurable.isFull() || safeMode.isBusy(),
    onPause: () => {
      if (undurable.hasWaiting()) parts.onReady();
      if (mailbox.length() === 0) safeMode.rest();
      finishDrain();
    },
  });
  if (safeMode.first !== undefined) mailbox.post(safeMode.first);

  function goOnAfter(settled: (() => Promise<void>) | undefined): void {
    if (settled === undefined) return;
    const goOn = (): void => {
      void settled().then(() => {
        mailbox.goOn();
      });
    };
    undurable.whenDurable(goOn, goOn);
  }

  function finishDrain(): void {
    if (drained !== undefined && undurable.isEmpty() && !mailbox.isBusy()) drained();
  }

  function unavailable(): UnavailableError {
    return new UnavailableError('UNAVAILABLE', lost ?? 'The partition is being handed over.', { retryAfterMs: 500 });
  }

  return {
    index,
    epoch,
    memory,
    head: () => undurable.head(),
    isLost,
    undurable: () => undurable.entities(),
    nextBlock: () => (isLost() ? undefined : undurable.nextBlock()),
    submit: async (command) => {
      if (isLost() || isClosed) throw unavailable();
      if (mailbox.length() >= longestMailbox) throw overloaded(mailbox.length());
      await deciding.keys.recall(command);
      return new Promise((answer, fail) => {
        if (isLost() || isClosed) fail(unavailable());
        else mailbox.post({ command, answer, fail });
      });
    },
    receive: (place, message) => {
      // Who gives the partition away takes no more: a message behind one that was turned away would be out of order.
      if (isClosed || isLost()) return 'KNOWN';
      const last = expected.get(place.from) ?? 0;
      if (place.sequence !== last + 1) return place.sequence <= last ? 'KNOWN' : 'GAP';
      expected.set(place.from, place.sequence);
      mailbox.post(letterOf(place, message));
      return 'TAKEN';
    },
    received: (from) => expected.get(from) ?? 0,
    read: async (id) => {
      if (memory.entity(id) === undefined) await load({ entities: [id], definitions: [] });
      if (isLost()) throw unavailable();
      const versioned = memory.entity(id) ?? undefined;
      return new Promise((resolve, reject) => {
        undurable.whenDurable((place) => {
          resolve({ versioned, place });
        }, reject);
      });
    },
    durable: (block) => {
      undurable.durable((released) => {
        for (const { commit, place } of released) deciding.keys.durable(commit, place);
        parts.onDurable(block, released);
      });
      if (undurable.hasWaiting()) parts.onReady();
      mailbox.goOn();
      finishDrain();
    },
    lose: (why) => {
      if (isLost()) return;
      lost = why;
      const error = unavailable();
      const doubtful = undurable.drop(error);
      for (const letter of mailbox.empty()) letter.fail(error);
      drained?.();
      parts.onLost(why, doubtful);
    },
    drain: () => {
      isClosed = true;
      for (const letter of mailbox.empty()) letter.fail(unavailable());
      return new Promise((resolve) => {
        drained = resolve;
        finishDrain();
      });
    },
  };
}

/** What was decided, at the partition's time: the later of the store's and its own last. */
interface DecidedNow {
  readonly gathered: Gathered;
  readonly outcome: Outcome | undefined;
  readonly now: number;
}

function nothing(now: number): DecidedNow {
  return { gathered: { events: [], messages: [], effects: [], changed: new Map(), bytes: 0 }, outcome: undefined, now };
}

interface DecidingParts {
  readonly parts: PartitionParts;
  readonly undurable: Undurable;
  readonly keys: Keys;
}

const nothingNeeded: Needs = { entities: [], definitions: [] };

/** Decides a letter; a bug of ours costs only this letter. */
function attempt(deciding: DecidingParts, letter: Letter): Needs | undefined {
  const { parts } = deciding;
  try {
    return take(deciding, letter);
  } catch (error) {
    const { type } = letter.command.body;
    parts.outside.logger.error('a command could not be decided', error, { partition: parts.index, command: type });
    // A message that cannot be handled is parked, or none behind it would ever be taken.
    if (type === 'TakeMessage') record(deciding, letter, nothing(parts.memory.now));
    else letter.fail(error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}

/** What a letter lacks; decides it and throws the decision away. */
function foresee({ parts, keys }: DecidingParts, { command }: Letter): Needs | undefined {
  if (parts.safeMode.isOn() || keys.repeated(command) !== undefined) return undefined;
  try {
    const decision = decide(parts.memory, command, circumstancesOf(parts, anySeed));
    return decision.kind === 'NEED' ? decision.needs : undefined;
  } catch {
    // When its turn comes it will fail again, and is dealt with then.
    return undefined;
  }
}

function take(deciding: DecidingParts, letter: Letter): Needs | undefined {
  const { parts, undurable, keys } = deciding;
  const { command } = letter;
  const answerWhenDurable = (reply: (place: Place) => Reply): void => {
    undurable.whenDurable((place) => {
      letter.answer(reply(place));
    }, letter.fail);
  };
  const repeated = keys.repeated(command);
  if (repeated !== undefined) {
    answerWhenDurable((place) =>
      repeated.kind === 'SAME' ? { ...repeated.reply, place: repeated.reply.place ?? place } : mismatch(command, place),
    );
    return undefined;
  }
  if (parts.safeMode.isRefused(letter)) {
    refuse(deciding, letter);
    return undefined;
  }
  parts.outside.at('before-decision', commandName(command));
  const circumstances = circumstancesOf(parts, parts.outside.randomness.seed());
  const decision = decide(parts.memory, command, circumstances);
  if (decision.kind === 'NEED') return decision.needs;
  if (decision.kind === 'REFUSED') {
    answerWhenDurable((place) => ({ kind: 'REFUSED', refusals: decision.refusals, place }));
    return undefined;
  }
  record(deciding, letter, { ...decision, now: circumstances.now });
  return undefined;
}

/** The later of the store's time and the partition's last, and where we are. */
function circumstancesOf(parts: PartitionParts, seed: number): Circumstances {
  return {
    now: Math.max(parts.now(), parts.memory.now),
    seed,
    host: parts.host,
    partition: parts.index,
    partitions: parts.partitions,
  };
}

/** Does not decide a command that ended servers; a message is taken as handled. */
function refuse(deciding: DecidingParts, letter: Letter): void {
  const { command } = letter;
  if (command.body.type === 'TakeMessage') {
    record(deciding, letter, nothing(deciding.parts.memory.now));
    return;
  }
  const refusal: Refusal = {
    code: 'ACTION_NOT_ALLOWED',
    message: `Servers ended while they handled "${commandName(command)}", so it is not tried again for a minute.`,
    path: [],
    hint: 'Please report the error, with what was asked for.',
    status: 'QUARANTINED',
    allowed: [],
  };
  deciding.undurable.whenDurable((place) => {
    letter.answer({ kind: 'REFUSED', refusals: [refusal], place });
  }, letter.fail);
}

/** Takes a decision into memory and on its way to the log. */
function record(
  { parts, undurable, keys }: DecidingParts,
  { command, answer, fail }: Letter,
  { gathered, outcome, now }: DecidedNow,
): void {
  const { memory } = parts;
  const place = command.body.type === 'TakeMessage' ? command.body.place : undefined;
  const answered = (at: Place): void => {
    answer({ kind: 'COMMITTED', outcome, place: at, replayed: false });
  };
  const isNothing = gathered.events.length === 0 && gathered.messages.length === 0;
  if (isNothing && place === undefined && command.key === undefined) {
    undurable.whenDurable(answered, fail);
    return;
  }
  memory.now = now;
  const commit: Commit = {
    at: now,
    events: gathered.events,
    out: gathered.messages.map(({ to, message }) => ({ to, sequence: nextSequence(memory, to), message })),
    ...(outcome === undefined ? {} : { command: recordOf(command, outcome) }),
    ...(place === undefined ? {} : { in: place }),
  };
  if (place !== undefined) memory.seen.set(place.from, place);
  memory.change(gathered.changed);
  undurable.add({ commit, gathered, size: gathered.bytes + bytesOf(commit.command), answer: answered, fail });
  if (outcome !== undefined) keys.decided(command, outcome);
}

function nextSequence(memory: PartitionMemory, to: number): number {
  const sequence = (memory.sent.get(to) ?? 0) + 1;
  memory.sent.set(to, sequence);
  return sequence;
}

function recordOf(command: Command, outcome: Outcome): NonNullable<Commit['command']> {
  return {
    id: command.id,
    actor: command.actor,
    outcome,
    ...auditedAs(command.body),
    ...(command.reason === undefined ? {} : { reason: command.reason }),
    ...(command.key === undefined ? {} : { key: command.key }),
    ...(command.argsHash === undefined ? {} : { argsHash: command.argsHash }),
  };
}

function letterOf(place: MessagePlace, message: Message): Letter {
  const id = `message:${String(place.from)}.${String(place.sequence)}`;
  return {
    command: { id, actor: 'downbeat', body: { type: 'TakeMessage', place, message } },
    answer: () => undefined,
    fail: () => undefined,
  };
}

function overloaded(waiting: number): UnavailableError {
  return new UnavailableError('OVERLOADED', `${String(waiting)} commands are waiting already.`);
}
