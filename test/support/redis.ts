// A real Redis for a test: one redis-server serves the whole run, and each caller gets a prefix for keys and channels.

import { randomUUID } from 'node:crypto';

import { askService } from './ask-service.ts';

/** A place in the run's Redis that no other test uses. */
export interface FreshRedis {
  readonly url: string;
  /** To be put before every key and channel; ends with a colon. */
  readonly prefix: string;
}

/** The run's Redis and a prefix of the caller's own. */
export async function freshRedis(): Promise<FreshRedis> {
  return { url: await askService('redis'), prefix: `test-${randomUUID()}:` };
}
