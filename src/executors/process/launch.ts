// What a kind of step adds to the common process runner: which program is started, and how its text gets there.

import { type Entry } from '../../core/json.ts';

/** A program to start in the working folder. */
export interface Launch {
  /** The program's text, if it came as text: laid into the working folder under this name first. */
  readonly script?: { readonly name: string; readonly text: string };
  /** The path of the program among the version's files, if it came as a file. */
  readonly file?: string;
  /** A name that is looked up on the step's `PATH`, or an absolute path. */
  readonly interpreter: string;
  readonly arguments: readonly string[];
  /** Variables that this kind of program needs; the step's own win over them. */
  readonly variables: readonly Entry<string>[];
  /** What to do when the interpreter is not there. */
  readonly installHint: string;
}
