// One owner a data folder: server.json, created exclusively, names the process that owns the folder and its mongod.
// Owns: server.json. Does not own: the processes named in it.
// L1 Of two live processes at most one holds a folder. L2 A record counts only while its process lives (id and start time).
// L3 Released or orphaned, the file stays: it keeps the port, and tells the next owner which mongod to adopt.
// L4 A claim names the orphaned mongod from its first moment, so that an owner that dies before adopting it loses nothing.
// L5 The file is replaced whole (rename), so a reader never sees half a record except at its very creation.

import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { DataFolderInUseError } from './embedded-mongod-error.ts';
import { isAlive, startTimeOf } from './process-identity.ts';

/** What server.json says. `pid` is 0 once the owner has released the folder. */
export interface LockRecord {
  readonly pid: number;
  readonly startTime: string;
  /** The port of the mongod; kept over restarts because the replica set's configuration holds it. */
  readonly port?: number;
  readonly mongodPid?: number;
  readonly mongodStartTime?: string;
  /** Where the server of this folder answers. */
  readonly address?: string;
}

/** A claim on a data folder that is held until it is released or its process ends. */
export interface DataFolderLock {
  /** What the previous owner left behind. */
  readonly previous: LockRecord | undefined;
  /** Writes what is now known about the mongod or the server's address. */
  record(facts: Partial<Omit<LockRecord, 'pid' | 'startTime'>>): void;
  /** Gives the folder back and keeps the port for the next start. */
  release(): void;
}

const ATTEMPTS = 50;
const PAUSE_MS = 10;

/** Claims the folder for this process, or throws a `DataFolderInUseError` that carries the running server's address. */
export async function claimDataFolder(dataDir: string): Promise<DataFolderLock> {
  const path = join(dataDir, 'server.json');
  const mine: LockRecord = { pid: process.pid, startTime: startTimeOf(process.pid) ?? '' };
  let previous: LockRecord | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (createExclusively(path, { ...mine, ...leftBehind(previous) })) return heldLock(path, mine, previous);
    const found = readRecord(path);
    if (found !== undefined && isAlive(found.pid, found.startTime)) throw new DataFolderInUseError(dataDir, found);
    // An unreadable record may be one that its owner is just writing: it gets the first half of the attempts to finish.
    if (found !== undefined || attempt > ATTEMPTS / 2) {
      previous = setStaleAside(path, found) ?? previous;
    } else {
      await sleep(PAUSE_MS);
    }
  }
  throw new Error(`The lock file ${path} changes all the time: several servers seem to start in this folder at once.`);
}

function heldLock(path: string, mine: LockRecord, previous: LockRecord | undefined): DataFolderLock {
  let current: LockRecord = { ...mine, ...leftBehind(previous) };
  return {
    previous,
    record(facts) {
      current = { ...current, ...facts };
      replace(path, current);
    },
    release() {
      replace(path, { pid: 0, startTime: '', ...keptPort(current) });
    },
  };
}

function leftBehind(record: LockRecord | undefined): Pick<LockRecord, 'port' | 'mongodPid' | 'mongodStartTime'> {
  const { mongodPid, mongodStartTime } = record ?? {};
  const isComplete = mongodPid !== undefined && mongodStartTime !== undefined;
  return { ...keptPort(record), ...(isComplete ? { mongodPid, mongodStartTime } : {}) };
}

function keptPort(record: LockRecord | undefined): Pick<LockRecord, 'port'> {
  return record?.port === undefined ? {} : { port: record.port };
}

function createExclusively(path: string, record: LockRecord): boolean {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    writeSync(file, `${JSON.stringify(record)}\n`);
  } finally {
    closeSync(file);
  }
  return true;
}

// Two starters may both judge the same record stale. The one that is late moves the winner's fresh record aside, sees
// that it is not the record it judged, and puts it back (L1).
function setStaleAside(path: string, judged: LockRecord | undefined): LockRecord | undefined {
  const aside = `${path}.stale-${String(process.pid)}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  const moved = readRecord(aside);
  const isTheJudged = moved?.pid === judged?.pid && moved?.startTime === judged?.startTime;
  if (!isTheJudged) putBack(aside, path);
  rmSync(aside, { force: true });
  return isTheJudged ? judged : undefined;
}

function putBack(aside: string, path: string): void {
  try {
    linkSync(aside, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
}

function replace(path: string, record: LockRecord): void {
  const next = `${path}.next-${String(process.pid)}`;
  writeFileSync(next, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  renameSync(next, path);
}

function readRecord(path: string): LockRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isLockRecord(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isLockRecord(value: unknown): value is LockRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record: Partial<Record<keyof LockRecord, unknown>> = value;
  return (
    typeof record.pid === 'number' &&
    typeof record.startTime === 'string' &&
    [record.port, record.mongodPid].every((field) => field === undefined || typeof field === 'number') &&
    [record.mongodStartTime, record.address].every((field) => field === undefined || typeof field === 'string')
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
