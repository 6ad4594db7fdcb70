// Where a server is, and what opens its door.

/** A server's address and the token for it. */
export interface Endpoint {
  /** Without a slash at its end and without `/graphql`. */
  readonly url: string;
  readonly token: { reveal(): string } | undefined;
}
