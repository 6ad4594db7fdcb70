// Names of runs, `penguins/12.1/each[2]`, taken apart: the run, its attempt if one is named, and the way into its loops.

/** A segment of the way to an iteration: `each[2]`, or `each[2.3]` in the loop's third try. */
const ITERATION = /^.+\[\d+(?:\.\d+)?\]$/u;

/** What a run's name tells. */
export interface RunName {
  readonly workflow: string;
  /** As written, with the attempt if one is named: `12.1`. */
  readonly number: string;
  /** Whether the name leads to the newest attempt, whichever that is. */
  readonly isNewest: boolean;
  /** The way to an iteration, outermost loop first; empty for a run itself. */
  readonly path: readonly string[];
}

/** Reads a name; undefined if it is none. */
export function runNameOf(text: string): RunName | undefined {
  const [workflow = '', number = '', ...path] = text.split('/');
  if (workflow === '' || number === '' || !path.every((segment) => ITERATION.test(segment))) return undefined;
  return { workflow, number, isNewest: !/\.\d+$/u.test(number), path };
}

/** A run around an iteration, and the step of it that is the loop. */
export interface Enclosing {
  readonly text: string;
  readonly run: string;
  readonly loop: string;
}

/** What an iteration stands in, outermost first: its run, then the iterations of the loops around it. */
export function enclosingOf({ workflow, number, path }: RunName): readonly Enclosing[] {
  return path.map((segment, depth) => ({
    text: depth === 0 ? `${workflow} ${number}` : (path[depth - 1] ?? ''),
    run: [workflow, number, ...path.slice(0, depth)].join('/'),
    loop: segment.slice(0, segment.lastIndexOf('[')),
  }));
}
