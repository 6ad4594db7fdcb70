// The tokens that open a server, as the command line works with them: in a file, so that none of it needs a server.

/** Makes, lists and takes back tokens. What cannot be done is thrown with a `hint`. */
export interface Tokens {
  /** The file that keeps them. */
  readonly path: string;
  list(): Promise<readonly { readonly name: string; readonly createdAt: string }[]>;
  /** Answers the token, which nobody can ever again. */
  create(name: string): Promise<string>;
  remove(name: string): Promise<void>;
}
