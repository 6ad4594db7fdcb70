// Finds what a program printed between two marks: the text between the last pair (maestro-behaviour §2.8).

/** Takes a text piece by piece. */
export interface MarkedText {
  write(text: string): void;
  /** What stands between the last pair. Undefined: there is none. */
  last(): Marked | undefined;
}

/** A text between two marks; without it where it is longer than is kept. */
export interface Marked {
  readonly text?: string;
}

/** Looks for texts between two marks, of at most so many characters. */
export function createMarkedText(start: string, end: string, most: number): MarkedText {
  let pending = '';
  let isInside = false;
  let isTooLarge = false;
  let found: Marked | undefined;

  /** Goes on behind the next mark; false if there is none yet. */
  function step(): boolean {
    const starts = pending.indexOf(start);
    const ends = isInside ? pending.indexOf(end) : -1;
    if (ends >= 0 && (starts < 0 || ends < starts)) {
      found = isTooLarge ? {} : { text: pending.slice(0, ends) };
      pending = pending.slice(ends + end.length);
      isInside = false;
      return true;
    }
    if (starts < 0) return false;
    pending = pending.slice(starts + start.length);
    isInside = true;
    isTooLarge = false;
    return true;
  }

  return {
    write: (text) => {
      pending += text;
      while (step());
      const kept = Math.max(start.length, end.length) - 1;
      if (!isInside) pending = pending.slice(-kept);
      else if (pending.length > most) {
        isTooLarge = true;
        pending = pending.slice(-kept);
      }
    },
    last: () => found,
  };
}
