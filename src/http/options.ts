// What the server is told at its start. Compose fills it from the configuration and the engine.

import { type Hook } from '../core/hook.ts';
import { type Engine } from '../engine/engine.ts';
import { type Blobs } from '../ports/blobs.ts';
import { type Logger } from '../ports/logger.ts';
import { type Secrets } from '../ports/secrets.ts';

/** Everything that the HTTP server needs. */
export interface HttpServerOptions {
  readonly engine: Engine;
  /** Where artifacts are kept. */
  readonly blobs: Blobs;
  readonly logger: Logger;
  /** The text of schema.graphql. */
  readonly schemaText: string;
  /** The folder of the built web page; undefined if it is not built. */
  readonly webRoot?: string;
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Host names beyond the loopback under which the server is reached, with a port or without. */
  readonly allowedHosts: readonly string[];
  /** Given: every request for data needs a token, and this tells whose it is. */
  readonly verifyToken?: VerifyToken;
  /** Who acts when no token is asked for. */
  readonly localActor: string;
  /** Whether clients may read the schema. */
  readonly introspection: boolean;
  readonly version: string;
  readonly now: () => number;
  /** Signed webhooks, and where the values of their secrets are; without, there are none. */
  readonly webhooks?: { readonly hooks: readonly Hook[]; readonly secrets: Secrets };
}

/** Tells whose a token is; undefined if it is nobody's. */
export type VerifyToken = (token: string) => Promise<{ readonly actor: string } | undefined>;
