// How what an earlier version stored becomes what this one reads (design §10).
//
// 1. Everything stored says in which version of its shape it is; without a word it is version 1.
// 2. An upcaster is pure and takes one version to the next; old values go through all of them in turn.
// 3. A version that is not known yet is never guessed at: it is refused.

/** A plain value as it was stored, in whatever version. */
export type Stored = Readonly<Record<string, unknown>>;

/** Makes the next version of a value. Pure, and total over everything that was ever written in its version. */
export type Upcaster = (old: Stored) => Stored;

/** The versions of everything of one sort (events by type, states by kind). */
export interface Formats<Name extends string = string> {
  /** The version that is written now; what has no entry never changed and is in version 1. */
  readonly versions: Readonly<Partial<Record<Name, number>>>;
  /** One for each earlier version, under `Name@version`. */
  readonly upcasters: Readonly<Record<string, Upcaster>>;
}

/** What was found in a version that is not known here. */
export interface NewerFormat {
  /** Words that begin a sentence: what it is, and where. */
  readonly what: string;
  readonly found: number;
  readonly known: number;
}

/** Makes the error for what is newer than this program. */
export type Refusing = (newer: NewerFormat) => Error;

/** Formats, ready for use. */
export interface Upcasting {
  /** The version that is written now. */
  readonly current: (name: string) => number;
  /** A value of an earlier version in its current one. */
  readonly upcast: (name: string, version: number, value: Stored) => Stored;
}

/** Makes formats ready for use. Fails if an upcaster is missing, or is there for nothing: a bug, found at the start. */
export function createUpcasting({ versions, upcasters }: Formats): Upcasting {
  const current = new Map(Object.entries(versions).map(([name, version = 1]) => [name, version]));
  const wanted = [...current].flatMap(([name, version]) =>
    Array.from({ length: version - 1 }, (_, index) => keyOf(name, index + 1)),
  );
  const steps = new Map(Object.entries(upcasters));
  for (const key of wanted) if (!steps.has(key)) throw new Error(`There is no upcaster for ${key}.`);
  for (const key of steps.keys()) if (!wanted.includes(key)) throw new Error(`The upcaster for ${key} is never used.`);
  const currentOf = (name: string): number => current.get(name) ?? 1;
  return {
    current: currentOf,
    upcast: (name, version, value) => {
      let now = value;
      for (let step = version; step < currentOf(name); step++) {
        const upcaster = steps.get(keyOf(name, step));
        if (upcaster === undefined)
          throw new Error(`${keyOf(name, step)} was stored, and there never was such a version.`);
        now = upcaster(now);
      }
      return now;
    },
  };
}

function keyOf(name: string, version: number): string {
  return `${name}@${String(version)}`;
}
