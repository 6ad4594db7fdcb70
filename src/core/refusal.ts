// Why a command or a definition was refused: data for the caller, with all problems at once.

/** Codes of what a caller can cause or cure. One closed list for the whole API. */
export type RefusalCode =
  | 'BAD_INPUT'
  | 'BAD_DEFINITION'
  | 'NOT_FOUND'
  | 'VERSION_CONFLICT'
  | 'IDEMPOTENCY_MISMATCH'
  | 'ACTION_NOT_ALLOWED'
  | 'LIMIT_EXCEEDED'
  | 'CONTRACT_BROKEN'
  | 'CONTRACT_NARROWED';

/** One problem: what is wrong, where, and what to do next. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  /** Path into the caller's input, outermost first. */
  readonly path: readonly string[];
  readonly hint?: string;
  /** For `BAD_DEFINITION`: the place in the submitted text (both from 1) and the rule's name. */
  readonly place?: DefinitionPlace;
  /** For `VERSION_CONFLICT`: the version that is current. */
  readonly currentVersion?: number;
  /** For `ACTION_NOT_ALLOWED`: the status that forbids it, and what would be allowed. */
  readonly status?: string;
  readonly allowed?: readonly string[];
}

/** Where in a definition's text a rule was broken. */
export interface DefinitionPlace {
  readonly line: number;
  readonly column: number;
  /** A stable, kebab-case rule name such as `unknown-key`. */
  readonly rule: string;
  /** What to write instead, when we can tell. */
  readonly suggestion?: string;
}
