// What a command line comes to once it is understood.

import { type ExitCode } from '../exit-code.ts';
import { type Session } from '../session.ts';

/** A verb with its arguments, ready to be done in a session. */
export type Deed = (session: Session) => Promise<ExitCode> | ExitCode;

/** What the program hands on once it has understood what is wanted. */
export interface Wanted {
  /** A verb that asks a server or reads files. */
  readonly deed: (deed: Deed) => void;
  /** The server itself, or `doctor`, which works also with settings that are wrong. */
  readonly serve: () => void;
}
