// What a command's end tells the shell.

/** Everything went well. */
export const FINE = 0;
/** The thing that was asked for failed. */
export const FAILED = 1;
/** The command was not understood, or a setting is wrong. */
export const WRONG_USE = 2;
/** No server answered. */
export const NO_SERVER = 3;
/** Someone pressed Ctrl-C. */
export const INTERRUPTED = 130;

/** How a command may end. */
export type ExitCode = typeof FINE | typeof FAILED | typeof WRONG_USE | typeof NO_SERVER | typeof INTERRUPTED;
