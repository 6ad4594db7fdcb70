// What can go wrong before the embedded MongoDB serves. Each error says what happened, where, and what to do next;
// `exitCode` is what the process should end with.

/** One place where a mongod was looked for, and what came of it. */
export interface MongodAttempt {
  readonly source: string;
  readonly outcome: string;
}

/** Thrown when a live Downbeat server already owns the data folder. */
export class DataFolderInUseError extends Error {
  readonly code = 'DATA_FOLDER_IN_USE';
  readonly exitCode = 1;
  readonly hint: string;
  /** Where the running server answers, once it has said so. */
  readonly address: string | undefined;
  /** The process that owns the folder. */
  readonly pid: number;

  constructor(dataDir: string, owner: { readonly pid: number; readonly address?: string }) {
    const where = owner.address === undefined ? '; it is still starting' : ` and answers at ${owner.address}`;
    super(`A Downbeat server (process ${String(owner.pid)}) already uses the data folder ${dataDir}${where}.`);
    this.name = 'DataFolderInUseError';
    this.address = owner.address;
    this.pid = owner.pid;
    const use =
      owner.address === undefined ? 'Use that server' : `Use that server (downbeat runs --url ${owner.address})`;
    this.hint = `${use}, stop it with "kill ${String(owner.pid)}", or start this one with another DOWNBEAT_DATA_DIR and PORT.`;
  }
}

/** Thrown when no mongod could be found or fetched anywhere. */
export class MongodUnavailableError extends Error {
  readonly code = 'MONGOD_UNAVAILABLE';
  readonly exitCode = 78;
  readonly hint = [
    'Any one of these cures it:',
    '  install MongoDB 6 or newer so that `mongod` is on the PATH, or name it in DOWNBEAT_MONGOD;',
    '  docker run -d --name mongo -p 27017:27017 mongo:8 --replSet rs0, then docker exec mongo mongosh --eval "rs.initiate()",',
    '    then MONGODB_URI="mongodb://127.0.0.1:27017/?directConnection=true";',
    '  set MONGODB_URI to a replica set you already have;',
    '  where there is a network, unset DOWNBEAT_OFFLINE, and one is fetched.',
  ].join('\n');
  readonly attempts: readonly MongodAttempt[];

  constructor(attempts: readonly MongodAttempt[]) {
    const tried = attempts.map(({ source, outcome }) => `  ${source}: ${outcome}`).join('\n');
    super(`No usable mongod was found for the embedded MongoDB. Tried, in order:\n${tried}`);
    this.name = 'MongodUnavailableError';
    this.attempts = attempts;
  }
}

/** Thrown when a mongod was found but does not come up, or is not the one we started. */
export class MongodFailedError extends Error {
  readonly code: MongodFailureCode;
  readonly exitCode = 1;
  readonly hint: string;

  constructor(code: MongodFailureCode, message: string, hint: string) {
    super(message);
    this.name = 'MongodFailedError';
    this.code = code;
    this.hint = hint;
  }
}

/** Why a mongod that was found does not serve. */
export type MongodFailureCode =
  | 'MONGOD_FOLDER_IN_USE'
  | 'MONGOD_PORT_IN_USE'
  | 'MONGOD_INCOMPATIBLE_FILES'
  | 'MONGOD_MISSING_LIBRARY'
  | 'MONGOD_UNSUPPORTED_PROCESSOR'
  | 'MONGOD_DISK_FULL'
  | 'MONGOD_NOT_READY'
  | 'MONGOD_FAILED';
