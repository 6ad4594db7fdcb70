// What a kind of step adds to the common process runner: which program is started, and how its text gets there.

import { type Failure } from '../../core/failure.ts';
import { type Entry } from '../../core/json.ts';
import { type Result } from '../../core/result.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { type Mask } from './mask.ts';
import { type Place, type StepUser } from './place.ts';
import { type GroupEnd } from './process-group.ts';

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
  /** Makes ready what the program needs before it is started, such as packages. Absent: nothing. */
  readonly provide?: (stage: Stage) => Promise<Result<Provided, Failure>>;
  /** Lines on stdout that begin with this are said by Downbeat, not by the step. Absent: none. */
  readonly ownLines?: string;
  /** Why a program failed whose last line on stderr was this; undefined where its end alone says it. */
  readonly failureOf?: (said: string, spec: AttemptSpec) => Failure | undefined;
  /** Files of the working folder that are kept like the artifacts that the step declares. Absent: none. */
  readonly keeps?: readonly string[];
  /** Does what is left to do with what the program made, before anything of it is kept. */
  readonly finish?: (place: Place, mask: Mask) => Promise<void>;
}

/** The attempt, as far as making ready for its program needs it. */
export interface Stage {
  readonly stepId: string;
  /** The program that was found, absolute. */
  readonly interpreter: string;
  /** The step's `PATH`. */
  readonly path: string;
  readonly user: StepUser | undefined;
  /** Runs a program to its end as a part of the attempt: what stops the attempt ends it too. */
  readonly run: (preparation: Preparation) => Promise<GroupEnd>;
  /** Writes a line into the log of the step. */
  readonly say: (text: string) => void;
  readonly isStopped: () => boolean;
  /** Resolves when the attempt is to end; else never. */
  readonly stopped: Promise<void>;
}

/** A program that has to run first. */
export interface Preparation {
  /** Absolute, and its arguments. */
  readonly program: readonly [string, ...string[]];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Takes each line that it writes. */
  readonly onLine: (line: string) => void;
}

/** What was made ready. */
export interface Provided {
  /** What is started instead of the interpreter that was found. */
  readonly interpreter: string;
  /** They win over all others of these names. */
  readonly variables: readonly Entry<string>[];
}
