// The connection to MongoDB, with the settings that the promises rest on (reliability §5.1): majority writes with the journal,
// majority reads from the primary, short time limits. Checks at the start what would otherwise fail later and worse.

import {
  MongoClient,
  MongoError,
  MongoServerError,
  MongoServerSelectionError,
  ReadConcern,
  type Db,
  type DbOptions,
  type MongoClientOptions,
} from 'mongodb';
import { type Milliseconds } from '../../core/time.ts';
import { StoreUnreachableError } from '../../ports/store-unreachable-error.ts';
import { MongoConnectError } from './connect-error.ts';
import { completeRows, createIndexes } from './indexes.ts';

/** A connection that has been checked, and a database with its indexes. */
export interface MongoConnection {
  readonly db: Db;
  /** The server's version, such as `7.0.14`. */
  readonly version: string;
  /** Lets go of all sockets; whatever still runs on them fails. */
  close(): Promise<void>;
}

const OLDEST_VERSION = 6;
const DEFAULT_DATABASE = 'downbeat';
const DEFAULT_PATIENCE: Milliseconds = 5_000;
const UNREACHED =
  'Check that MongoDB runs there and that MONGODB_URI is right, then start Downbeat again. Or unset MONGODB_URI: `downbeat serve` then starts one of its own.';
const ACCESS_CODES: ReadonlySet<unknown> = new Set([13, 18, 8000]);

/** Set on the database as well, since an address may weaken the client's. */
const promises: DbOptions = {
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 5_000 },
  readConcern: new ReadConcern('majority'),
  readPreference: 'primary',
};

const settings: MongoClientOptions = {
  ...promises,
  appName: 'downbeat',
  retryWrites: true,
  retryReads: true,
  connectTimeoutMS: 2_000,
  socketTimeoutMS: 10_000,
  heartbeatFrequencyMS: 2_000,
  waitQueueTimeoutMS: 2_000,
  maxPoolSize: 50,
  ignoreUndefined: true,
};

/** What may differ from one connection to another. */
export interface MongoConnectOptions {
  /** Goes before the database that the address names; without either it is `downbeat`. */
  readonly database?: string;
  /** How long an operation, the first one included, looks for a primary. 5 s unless told otherwise. */
  readonly patience?: Milliseconds;
}

/** Connects, checks the server, and makes the indexes. */
export async function connectMongo(uri: string, options: MongoConnectOptions = {}): Promise<MongoConnection> {
  const patience = options.patience ?? DEFAULT_PATIENCE;
  const client = clientOf(uri, patience);
  try {
    const db = client.db(options.database ?? databaseOf(uri) ?? DEFAULT_DATABASE, promises);
    await client.connect();
    await checkReplicaSet(db);
    const version = await checkVersion(db);
    await createIndexes(db);
    await completeRows(db);
    return {
      db,
      version,
      close: async () => {
        await client.close();
      },
    };
  } catch (error) {
    await client.close();
    throw explained(error, uri, patience);
  }
}

function clientOf(uri: string, patience: Milliseconds): MongoClient {
  try {
    return new MongoClient(uri, { ...settings, serverSelectionTimeoutMS: patience });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MongoConnectError('BAD_MONGODB_URI', `The address of MongoDB cannot be read: ${reason}`, {
      hint: 'Write it like mongodb://user:password@host:27017/downbeat?replicaSet=rs0, with special characters percent-encoded.',
      cause: error,
    });
  }
}

function databaseOf(uri: string): string | undefined {
  const name = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
  return name === undefined ? undefined : decodeURIComponent(name);
}

async function checkReplicaSet(db: Db): Promise<void> {
  const hello = await db.admin().command({ hello: 1 });
  const isSharded = hello['msg'] === 'isdbgrid';
  if (typeof hello['setName'] === 'string' || isSharded) {
    if (hello['isWritablePrimary'] === true) return;
    throw new StoreUnreachableError(
      'MongoDB answers, but the member that was reached is no primary and takes no writes.',
      {
        hint: 'Name all members of the replica set in the address, without directConnection=true; or wait until a primary is elected.',
      },
    );
  }
  if (hello['isreplicaset'] === true) {
    throw new MongoConnectError('NOT_A_REPLICA_SET', 'The replica set of this MongoDB has not been initiated.', {
      hint: 'Run rs.initiate() once in mongosh on this server, then start Downbeat again.',
    });
  }
  throw new MongoConnectError(
    'NOT_A_REPLICA_SET',
    'This MongoDB is a standalone server; Downbeat needs a replica set.',
    {
      hint:
        'One member is enough: start mongod with --replSet rs0, run rs.initiate() once in mongosh, and add ?replicaSet=rs0 ' +
        'to MONGODB_URI. Or unset MONGODB_URI: `downbeat serve` then starts one of its own.',
    },
  );
}

async function checkVersion(db: Db): Promise<string> {
  const version = String((await db.admin().command({ buildInfo: 1 }))['version']);
  if (Number.parseInt(version, 10) >= OLDEST_VERSION) return version;
  throw new MongoConnectError(
    'MONGODB_TOO_OLD',
    `This MongoDB is of version ${version}; Downbeat needs ${String(OLDEST_VERSION)}.0 or newer.`,
    {
      hint: 'Upgrade it, one major version at a time; 7.0 or 8.0 is right for production.',
    },
  );
}

function explained(error: unknown, uri: string, patience: Milliseconds): unknown {
  if (error instanceof MongoServerError && ACCESS_CODES.has(error.code)) {
    return new MongoConnectError(
      'MONGODB_ACCESS_DENIED',
      `MongoDB at ${hostsOf(uri)} denies access: ${error.message}`,
      {
        hint: 'Check user, password and authSource in the address; the user needs the role readWrite on the database.',
        cause: error,
      },
    );
  }
  if (error instanceof MongoServerSelectionError) {
    return new StoreUnreachableError(
      `No primary of MongoDB could be reached within ${String(patience / 1_000)} s. ${tried(error, uri)}`,
      {
        hint: UNREACHED,
        cause: error,
      },
    );
  }
  if (error instanceof MongoError && !(error instanceof MongoServerError)) {
    return new StoreUnreachableError(`MongoDB at ${hostsOf(uri)} could not be reached: ${error.message}`, {
      hint: UNREACHED,
      cause: error,
    });
  }
  return error;
}

/** Each member with what it said, for a person who has to find out which one is at fault. */
function tried(error: MongoServerSelectionError, uri: string): string {
  const servers = [...(error.reason?.servers.values() ?? [])];
  if (servers.length === 0) return `Tried ${hostsOf(uri)}.`;
  const members = servers.map(({ address, type, error: cause }) => {
    if (cause !== null) return `${address}: ${cause.message}`;
    return type === 'RSGhost'
      ? `${address}: its replica set is not initiated (run rs.initiate())`
      : `${address}: ${type}`;
  });
  return `Tried ${members.join('; ')}.`;
}

/** The hosts alone: never a user or a password. */
function hostsOf(uri: string): string {
  return /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri)?.[1] ?? 'the given address';
}
