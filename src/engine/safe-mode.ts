// Safe mode: how a partition is run whose owners die one after the other, so that the command that ends them is found.
//
// 1. One command at a time, in all partitions of this node that are in safe mode together: when the process ends, at most
//    one breadcrumb lies about, and it names the command that was being decided or written.
// 2. The breadcrumb is there before the command is decided, and goes when its commit is durable.
// 3. Who finds a breadcrumb sets aside what its command is aimed at, before anything else is decided. The command itself
//    is not tried again while safe mode lasts, unless a person releases something here: not everything can be set aside.

import { aimOf } from '../core/partition/aim.ts';
import { type Aim } from '../core/partition/command.ts';
import { type Command } from '../core/partition/command.ts';
import { type Instant, type Milliseconds } from '../core/time.ts';
import { type Breadcrumb, keptDeaths, type PartitionRow } from '../ports/partitions.ts';
import { type Letter } from './letter.ts';
import { type Outside } from './outside.ts';
import { pause } from './periodic.ts';

/** What safe mode takes. */
export interface SafeModeParts {
  readonly outside: Outside;
  readonly partition: number;
  readonly tenure: { readonly epoch: number; readonly owner: string };
  /** What the owner before left behind. */
  readonly found: Breadcrumb | undefined;
  /** Resolves when it is this partition's turn; call the answer when it is over. */
  readonly turn: () => Promise<() => void>;
}

/** What an open partition asks of safe mode. */
export interface SafeMode {
  /** What has to be decided before anything else. */
  readonly first: Letter | undefined;
  /** Whether it is on: then nothing is decided, not even to try, but what is ready. */
  isOn(): boolean;
  /** Whether a letter may be decided now. If not, `prepare` comes first. */
  isReady(letter: Letter): boolean;
  /** Waits for the turn of the letter that was not ready, and writes its breadcrumb. */
  prepare(isLost: () => boolean): Promise<void>;
  /** A letter is decided. Call the answer when that is durable or lost: it resolves when the next one may be decided. */
  decided(letter: Letter, isLost: () => boolean): (() => Promise<void>) | undefined;
  /** Whether a letter is decided and not durable. */
  isBusy(): boolean;
  /** Nothing is left to decide: gives the turn to others. */
  rest(): void;
  /** Whether a letter is the one that ended servers. */
  isRefused(letter: Letter): boolean;
}

const minute: Milliseconds = 60_000;
const again: Milliseconds = 100;

/** Whether a partition that was just taken opens in safe mode: two owners died within the last minute, or one left word. */
export function needsSafeMode({ deaths, breadcrumb }: PartitionRow, now: Instant): boolean {
  const [earliest] = deaths;
  const diedOften = earliest !== undefined && deaths.length === keptDeaths && now - earliest <= minute;
  return diedOften || breadcrumb !== undefined;
}

/** Takes turns: who asks gets his when everybody before has given back theirs. */
export function createTurns(): () => Promise<() => void> {
  let last = Promise.resolve();
  return async () => {
    let end: () => void = () => undefined;
    const before = last;
    last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return end;
  };
}

/** Names a command: the same again, from whomever, has the same name. */
export function commandName({ id, body }: Command): string {
  if (body.type === 'TakeMessage' || body.type === 'SetAside') return id;
  return `${body.type} ${nameOfAim(aimOf(body))}`;
}

/** The mode of a partition that nothing has happened to. */
export const noSafeMode: SafeMode = {
  first: undefined,
  isOn: () => false,
  isReady: () => true,
  prepare: () => Promise.resolve(),
  decided: () => undefined,
  isBusy: () => false,
  rest: () => undefined,
  isRefused: () => false,
};

/** Begins a minute of safe mode. */
export function createSafeMode(parts: SafeModeParts): SafeMode {
  const { outside, found } = parts;
  const until = outside.clock.monotonic() + minute;
  let wanted: Letter | undefined;
  let ready: Letter | undefined;
  let endTurn: (() => void) | undefined;
  let isBusy = false;
  let refused = found?.command;

  const isOn = (): boolean => outside.clock.monotonic() < until;

  function rest(): void {
    if (isBusy) return;
    ready = undefined;
    endTurn?.();
    endTurn = undefined;
  }

  return {
    first: firstLetter(parts),
    isOn,
    isReady: (letter) => {
      if (letter === ready || !isOn()) return true;
      wanted = letter;
      return false;
    },
    prepare: async (isLost) => {
      const letter = wanted;
      if (letter === undefined) return;
      wanted = undefined;
      endTurn ??= await parts.turn();
      const { body } = letter.command;
      // What is being set aside stays named until that is durable.
      if (body.type !== 'SetAside') {
        await leave(parts, isLost, { command: commandName(letter.command), aim: aimOf(body) });
      }
      ready = letter;
    },
    decided: (letter, isLost) => {
      if (letter !== ready) return undefined;
      if (letter.command.body.type === 'Release') refused = undefined;
      isBusy = true;
      return async () => {
        await leave(parts, isLost, undefined);
        isBusy = false;
        rest();
      };
    },
    isBusy: () => isBusy,
    rest,
    isRefused: ({ command }) => commandName(command) === refused && isOn(),
  };
}

/** Sets aside what the breadcrumb's command is aimed at. */
function firstLetter({ outside, partition, tenure, found }: SafeModeParts): Letter | undefined {
  if (found === undefined) return undefined;
  const { command, aim } = found;
  outside.logger.error('a command ended its server and is set aside', undefined, { partition, command });
  const reason = `The server ended while it handled "${command}", and others had ended before.`;
  return {
    command: { id: `set-aside:${String(tenure.epoch)}`, actor: 'downbeat', body: { type: 'SetAside', aim, reason } },
    answer: () => undefined,
    fail: () => undefined,
  };
}

/** Writes a breadcrumb, or takes it away, and tries again while the store cannot be reached. */
async function leave(
  { outside, partition, tenure }: SafeModeParts,
  isLost: () => boolean,
  breadcrumb: Breadcrumb | undefined,
): Promise<void> {
  while (!isLost()) {
    try {
      await outside.partitions.leaveBreadcrumb(partition, tenure, breadcrumb);
      return;
    } catch {
      await pause(outside, again);
    }
  }
}

function nameOfAim(aim: Aim): string {
  switch (aim.kind) {
    case 'entity':
      return aim.id;
    case 'listeners':
      return aim.name;
    case 'run':
      return `run:${aim.run.workflowId}/${String(aim.run.number)}`;
  }
}
