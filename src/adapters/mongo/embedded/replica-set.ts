// Makes one mongod the primary of a replica set of one: initiates it on the first start, repairs its configuration when the
// port has changed, and waits until it takes writes.

import { type Db, MongoClient, MongoServerError } from 'mongodb';
import { setTimeout as sleep } from 'node:timers/promises';

import { REPLICA_SET } from './mongod-process.ts';

const POLL_MS = 10;
const ANSWER_MS = 5_000;
const ALREADY_INITIALIZED = 23;
const NOT_YET_INITIALIZED = 94;

interface ReplicaSetConfig {
  readonly version: number;
  readonly members: readonly { readonly host: string }[];
}

/** How programs of this machine reach an embedded mongod. */
export function loopbackUri(port: number): string {
  return `mongodb://127.0.0.1:${String(port)}/?directConnection=true`;
}

/** Waits until the mongod with this process id takes writes on this port, or the signal says to give up. */
export async function untilPrimary(port: number, pid: number, signal: AbortSignal): Promise<void> {
  await withAdmin(port, async (admin) => {
    if ((await processId(admin)) !== pid) return waitForever(signal);
    let isConfigured = false;
    while (!signal.aborted && !(await isPrimary(admin))) {
      isConfigured = isConfigured || (await configure(admin, port));
      await sleep(POLL_MS);
    }
  });
}

/** Whether the mongod with this process id answers on this port. */
export async function answersAs(port: number, pid: number): Promise<boolean> {
  try {
    return await withAdmin(port, async (admin) => (await processId(admin)) === pid);
  } catch {
    return false;
  }
}

async function withAdmin<T>(port: number, use: (admin: Db) => Promise<T>): Promise<T> {
  const limits = { serverSelectionTimeoutMS: ANSWER_MS, connectTimeoutMS: ANSWER_MS, socketTimeoutMS: ANSWER_MS };
  const client = new MongoClient(loopbackUri(port), { ...limits, maxPoolSize: 1 });
  try {
    return await use(client.db('admin'));
  } finally {
    await client.close();
  }
}

async function processId(admin: Db): Promise<number> {
  const status = await admin.command({ serverStatus: 1, metrics: 0, wiredTiger: 0, tcmalloc: 0, locks: 0 });
  return Number(status['pid']);
}

// A stranger holds the port: our mongod is about to end with "port in use", which is the better explanation.
async function waitForever(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await sleep(POLL_MS);
}

async function isPrimary(admin: Db): Promise<boolean> {
  const hello = await admin.command({ hello: 1 });
  return hello['isWritablePrimary'] === true;
}

async function configure(admin: Db, port: number): Promise<boolean> {
  const host = `127.0.0.1:${String(port)}`;
  const config = await readConfig(admin);
  if (config === undefined) return initiate(admin, host);
  if (config.members[0]?.host !== host) {
    const moved = {
      ...config,
      version: config.version + 1,
      members: config.members.map((each) => ({ ...each, host })),
    };
    await admin.command({ replSetReconfig: moved, force: true });
  }
  return true;
}

async function readConfig(admin: Db): Promise<ReplicaSetConfig | undefined> {
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    return config as ReplicaSetConfig;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NOT_YET_INITIALIZED) return undefined;
    throw error;
  }
}

// On a warm start the stored configuration may not be read yet; "already initialized" then means: look again.
async function initiate(admin: Db, host: string): Promise<boolean> {
  try {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } });
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === ALREADY_INITIALIZED) return false;
    throw error;
  }
}
