// The mailbox of a partition: letters are decided one after the other. Each workflow, each signal name and each sender of
// messages has a lane of its own; lanes take turns, so that a flood of one holds up no other.
//
// 1. Within a lane letters are decided in the order in which they came.
// 2. What has to be loaded for a letter holds up all: which letter is next never depends on what happens to be in memory.
// 3. What the letters behind it lack is loaded with it, or a flood of letters about new things would cost a load for each.

import { type Needs } from '../core/partition/gathering.ts';
import { type Milliseconds } from '../core/time.ts';
import { laneOf } from './lane.ts';
import { type Letter } from './letter.ts';
import { type Outside } from './outside.ts';

/** Takes letters and has them decided. */
export interface Mailbox {
  post(letter: Letter): void;
  /** Goes on after it was blocked. */
  goOn(): void;
  /** Takes out what was not decided. */
  empty(): readonly Letter[];
  length(): number;
  /** Whether a letter is being decided now, or something loaded for it. */
  isBusy(): boolean;
}

/** How letters are decided. */
export interface Deciding {
  /** Decides a letter, or answers what has to be loaded first. */
  readonly decide: (letter: Letter) => Needs | undefined;
  /** What would have to be loaded if the letter were decided now; decides nothing. */
  readonly foresee: (letter: Letter) => Needs | undefined;
  readonly load: (needs: Needs) => Promise<void>;
  /** Whether nothing may be decided now. */
  readonly isBlocked: () => boolean;
  /** A turn is over: others may have theirs, and what was decided may go out. */
  readonly onPause: () => void;
}

const longestTurn: Milliseconds = 5;
/** How many letters that lack something are loaded for at once. */
const mostForeseen = 100;
/** After so many letters that lack nothing, looking further ahead is not worth its time. */
const mostLookedAtInVain = 8;

/** Creates an empty mailbox. */
export function createMailbox(
  { clock }: Pick<Outside, 'clock'>,
  { decide, foresee, load, isBlocked, onPause }: Deciding,
): Mailbox {
  /** In the order of their turns. */
  const lanes = new Map<string, Letter[]>();
  let length = 0;
  let isBusy = false;

  function first(): { readonly lane: string; readonly letter: Letter } | undefined {
    for (const [lane, [letter]] of lanes) if (letter !== undefined) return { lane, letter };
    return undefined;
  }

  /** The first letter of a lane is decided: the lane goes to the end of the line. */
  function decided(lane: string, letter: Letter): void {
    const letters = lanes.get(lane);
    // While it was decided the mailbox may have been emptied.
    if (letters?.[0] !== letter) return;
    letters.shift();
    length--;
    lanes.delete(lane);
    if (letters.length > 0) lanes.set(lane, letters);
  }

  /** What a letter lacks, and what those behind it will lack as far as can be told before it is decided. */
  function withForeseen(letter: Letter, own: Needs): Needs {
    const entities = new Set(own.entities);
    const definitions = new Set(own.definitions);
    let inVain = 0;
    let foreseen = 0;
    for (const behind of inTurn(lanes)) {
      if (behind === letter) continue;
      const needs = foresee(behind);
      if (needs === undefined) inVain++;
      else foreseen++;
      for (const id of needs?.entities ?? []) entities.add(id);
      for (const hash of needs?.definitions ?? []) definitions.add(hash);
      if (inVain === mostLookedAtInVain || foreseen === mostForeseen) break;
    }
    return { entities: [...entities], definitions: [...definitions] };
  }

  async function run(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    await clock.yield();
    let since = clock.monotonic();
    for (let next = first(); next !== undefined && !isBlocked(); next = first()) {
      const needs = decide(next.letter);
      if (needs === undefined) decided(next.lane, next.letter);
      else await load(withForeseen(next.letter, needs));
      if (clock.monotonic() - since < longestTurn) continue;
      onPause();
      await clock.yield();
      since = clock.monotonic();
    }
    isBusy = false;
    onPause();
  }

  return {
    post: (letter) => {
      const lane = laneOf(letter.command.body);
      const letters = lanes.get(lane);
      if (letters === undefined) lanes.set(lane, [letter]);
      else letters.push(letter);
      length++;
      void run();
    },
    goOn: () => {
      if (length > 0) void run();
    },
    empty: () => {
      const letters = [...lanes.values()].flat();
      lanes.clear();
      length = 0;
      return letters;
    },
    length: () => length,
    isBusy: () => isBusy,
  };
}

/** All letters, roughly in the order in which they will be decided. */
function* inTurn(lanes: ReadonlyMap<string, readonly Letter[]>): Generator<Letter> {
  const longest = Math.max(0, ...[...lanes.values()].map((letters) => letters.length));
  for (let place = 0; place < longest; place++) {
    for (const letters of lanes.values()) {
      const letter = letters[place];
      if (letter !== undefined) yield letter;
    }
  }
}
