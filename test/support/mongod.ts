// A real MongoDB for a test: one mongod serves the whole run, and each caller gets a database name of its own.

import { randomUUID } from 'node:crypto';

import { askService } from './ask-service.ts';

/** A place in the run's MongoDB that no other test uses. */
export interface FreshMongo {
  /** A replica set of one, reached with directConnection. */
  readonly uri: string;
  /** A database name that nobody else has. */
  readonly database: string;
}

/** The run's MongoDB and a database name of the caller's own. The database goes with the run. */
export async function freshMongo(): Promise<FreshMongo> {
  return { uri: await askService('mongod'), database: `test-${randomUUID()}` };
}
