// How much one attempt may say and keep. Every bound that protects the server and its store from a step is here.

/** Bounds for one attempt. */
export interface AttemptLimits {
  /** Lines of log that are kept; the step goes on beyond them. */
  readonly logLines: number;
  /** Bytes of log that are kept; the step goes on beyond them. */
  readonly logBytes: number;
  /** Characters of one line of log; the rest of the line is cut. */
  readonly lineLength: number;
  /** Bytes of one output's value. */
  readonly outputBytes: number;
  /** Bytes of the outputs file, and of the signals file. */
  readonly reportBytes: number;
  /** Bytes of one artifact. */
  readonly artifactBytes: number;
  /** How many artifacts there may be. */
  readonly artifactFiles: number;
  /** Bytes of a parameter that is given as `PARAM_<NAME>`; a longer one is in `$DOWNBEAT_PARAMS` only. */
  readonly variableBytes: number;
}

/** The bounds that hold unless a server is told others. */
export const DEFAULT_LIMITS: AttemptLimits = {
  logLines: 100_000,
  logBytes: 64 * 1024 * 1024,
  lineLength: 16 * 1024,
  outputBytes: 64 * 1024,
  reportBytes: 1024 * 1024,
  artifactBytes: 1024 * 1024 * 1024,
  artifactFiles: 10_000,
  variableBytes: 64 * 1024,
};
