// What can be wrong with tokens and the file that keeps them. Each error says what happened, where, and what to do next.

/** What is wrong. */
export type TokenFileErrorCode =
  | 'TOKEN_REQUIRED'
  | 'TOKENS_FILE_UNREADABLE'
  | 'TOKENS_FILE_UNWRITABLE'
  | 'TOKEN_NAME_TAKEN'
  | 'BAD_TOKEN_NAME'
  | 'TOKEN_NOT_FOUND';

/** A setting or a word of the command line is wrong, which the shell is told by 2. */
const WRONG_USE: ReadonlySet<TokenFileErrorCode> = new Set(['TOKEN_REQUIRED', 'BAD_TOKEN_NAME']);

/** Thrown by the file of tokens, and by a server that would be open to everyone without one. */
export class TokenFileError extends Error {
  readonly code: TokenFileErrorCode;
  readonly hint: string;
  /** What the process should end with. */
  readonly exitCode: 1 | 2;

  constructor(code: TokenFileErrorCode, message: string, options: { readonly hint: string; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'TokenFileError';
    this.code = code;
    this.hint = options.hint;
    this.exitCode = WRONG_USE.has(code) ? 2 : 1;
  }
}
