// Finds a program as a shell would, before anything is started, so that its absence can be told apart from its failure.

import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';

/**
 * The absolute path of a program: itself if it is absolute and there, else the first of its name on the path, whose
 * relative entries are taken from the working folder.
 */
export async function findProgram(name: string, path: string | undefined, work: string): Promise<string | undefined> {
  if (isAbsolute(name)) return (await isProgram(name)) ? name : undefined;
  for (const folder of (path ?? '').split(':')) {
    const candidate = resolve(work, folder, name);
    if (folder !== '' && (await isProgram(candidate))) return candidate;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
