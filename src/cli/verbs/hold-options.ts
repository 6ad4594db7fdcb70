// What everything that holds or mends something may be told.

/** The options that these verbs share. */
export interface HoldOptions {
  /** Why; kept in the history. */
  readonly reason?: string;
}
