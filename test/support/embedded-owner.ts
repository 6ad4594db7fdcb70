// A program that owns an embedded MongoDB until it is killed: `embedded-owner.ts <dataDir> <cacheDir>`.
// It prints one line: `up <uri> <mongod's process id>` or `refused <code>`.

import { startEmbeddedMongod } from '../../src/adapters/mongo/embedded/embedded-mongod.ts';
import { DataFolderInUseError } from '../../src/adapters/mongo/embedded/embedded-mongod-error.ts';
import { type Logger } from '../../src/ports/logger.ts';

const silent: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const [dataDir = '', cacheDir = ''] = process.argv.slice(2);

try {
  const mongod = await startEmbeddedMongod({ dataDir, log: silent, offline: false, cacheDir });
  process.stdout.write(`up ${mongod.uri} ${String(mongod.pid)}\n`);
  setInterval(() => undefined, 1_000_000);
} catch (error) {
  process.stdout.write(`refused ${error instanceof DataFolderInUseError ? error.code : String(error)}\n`);
}
