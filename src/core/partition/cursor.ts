// A place in the change feed: `p:n.i` names commit `i` (from 0) of block `n` of partition `p`; a fleet cursor has several.

/** A place in one partition: everything up to and with commit `i` of block `n` lies before it. */
export interface Place {
  readonly partition: number;
  readonly n: number;
  /** From 0. -1 means before the block's first commit. */
  readonly i: number;
}

/** One place for each partition that is watched. */
export type Cursor = readonly Place[];

/** Writes a cursor as text: `3:17.0`, several joined by commas in order of partition. */
export function encodeCursor(cursor: Cursor): string {
  return [...cursor]
    .sort((one, other) => one.partition - other.partition)
    .map(({ partition, n, i }) => `${String(partition)}:${String(n)}.${String(i)}`)
    .join(',');
}

/** Reads a cursor; undefined if the text is none. */
export function decodeCursor(text: string): Cursor | undefined {
  const places: Place[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d{1,4}):(\d{1,15})\.(-1|\d{1,9})$/.exec(part);
    if (match === null) return undefined;
    places.push({ partition: Number(match[1]), n: Number(match[2]), i: Number(match[3]) });
  }
  const distinct = new Set(places.map((place) => place.partition));
  return distinct.size === places.length ? places : undefined;
}

/** Whether one place lies strictly behind another of the same partition. */
export function isBehind(place: Place, other: Place): boolean {
  return place.n > other.n || (place.n === other.n && place.i > other.i);
}
