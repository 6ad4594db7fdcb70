// Translates how a mongod ended into what happened, and what a person does about it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { MongodFailedError } from './embedded-mongod-error.ts';
import { missingLibrary } from './missing-library.ts';

/** How a mongod process ended; neither is known for one that was adopted. */
export interface MongodExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Where a mongod keeps its files, and what it was told. */
export interface MongodPlace {
  /** The MongoDB files. */
  readonly files: string;
  /** The mongod's own log. */
  readonly logFile: string;
  /** What it wrote to its standard streams, such as the loader's complaints. */
  readonly outputFile: string;
  readonly port: number;
}

const UNKNOWN = -1;
const EXIT_INCOMPATIBLE_FILES = 62;
const EXIT_PORT_IN_USE = 48;
const EXIT_FOLDER_IN_USE = 100;
const LOG_LINES = 5;

/** The error that says why a mongod which should be serving has ended. */
export function explainMongodExit(exit: MongodExit, place: MongodPlace): MongodFailedError {
  switch (exit.code ?? UNKNOWN) {
    case EXIT_PORT_IN_USE:
      return new MongodFailedError(
        'MONGOD_PORT_IN_USE',
        `The embedded MongoDB cannot listen on port ${String(place.port)}: another program does.`,
        'Start again: another port is chosen.',
      );
    case EXIT_INCOMPATIBLE_FILES:
      return new MongodFailedError(
        'MONGOD_INCOMPATIBLE_FILES',
        `The files in ${place.files} were made by a MongoDB version that this mongod cannot read.`,
        'Name the mongod that made them in DOWNBEAT_MONGOD, or start with another DOWNBEAT_DATA_DIR.',
      );
    case EXIT_FOLDER_IN_USE:
      return folderInUse(place);
    default:
      return explainByOutput(exit, place);
  }
}

function folderInUse(place: MongodPlace): MongodFailedError {
  const owner = read(join(place.files, 'mongod.lock')).trim();
  return new MongodFailedError(
    'MONGOD_FOLDER_IN_USE',
    `Another mongod${owner === '' ? '' : ` (process ${owner})`} already uses the files in ${place.files}.`,
    owner === '' ? 'Stop it, then start again.' : `Stop it with "kill ${owner}", then start again.`,
  );
}

function explainByOutput(exit: MongodExit, place: MongodPlace): MongodFailedError {
  const library = missingLibrary(read(place.outputFile));
  if (library !== undefined) {
    return new MongodFailedError(
      'MONGOD_MISSING_LIBRARY',
      `The embedded MongoDB needs ${library.name}, which this machine lacks.`,
      `Debian and Ubuntu: apt-get install ${library.package}`,
    );
  }
  const log = read(place.logFile).trim().split('\n').slice(-LOG_LINES).join('\n');
  if (exit.signal === 'SIGILL') {
    return new MongodFailedError(
      'MONGOD_UNSUPPORTED_PROCESSOR',
      'This mongod uses processor instructions (AVX) that this machine lacks.',
      'Name an older or self-built mongod in DOWNBEAT_MONGOD, or set MONGODB_URI to a server elsewhere.',
    );
  }
  if (/No space left on device/i.test(log)) {
    return new MongodFailedError(
      'MONGOD_DISK_FULL',
      `The disk of ${place.files} is full.`,
      'Free some space, then start again.',
    );
  }
  const how = exit.signal === null ? `exit code ${String(exit.code)}` : `signal ${exit.signal}`;
  return new MongodFailedError(
    'MONGOD_FAILED',
    `The embedded MongoDB ended with ${how}. The end of ${place.logFile}:\n${log}`,
    'If the log does not tell why, start with another DOWNBEAT_DATA_DIR or set MONGODB_URI.',
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
