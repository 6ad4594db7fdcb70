// Puts a fetched mongod into the user's cache. A program appears there whole or not at all: it is made in a scratch folder
// of the same disk and renamed into place, so two processes that fetch at once do not disturb each other.

import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Calls `make` with an empty folder inside the cache, and removes that folder whatever happens. */
export async function withScratchFolder<T>(cacheDir: string, make: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, 'fetching-'));
  try {
    return await make(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Moves a program into the cache under its version, and answers its place. */
export async function keepMongod(cacheDir: string, version: string, fetched: string): Promise<string> {
  const folder = join(cacheDir, version);
  const place = join(folder, 'mongod');
  await mkdir(folder, { recursive: true });
  await chmod(fetched, 0o755);
  await rename(fetched, place);
  return place;
}
