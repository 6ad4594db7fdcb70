// Whether node_modules is what package-lock.json says: `stale-modules.mjs [folder]` exits 0 when `npm ci` is needed.
// It compares the lock with npm's own record of what it installed, so it needs no stamp and also sees an `npm install`.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Whether a package of the lock is missing in the folder's node_modules, or there in another version. */
export function hasStaleModules(folder) {
  const installedPath = join(folder, 'node_modules', '.package-lock.json');
  const lockPath = join(folder, 'package-lock.json');
  if (!existsSync(installedPath)) return true;
  if (!existsSync(lockPath)) return false;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(lockPath, 'utf8')).packages;
  return Object.entries(locked).some(([path, wanted]) => {
    const found = installed[path];
    // An optional package may rightly be absent: it is for another system, or it could not be had.
    if (found === undefined) return path !== '' && wanted.optional !== true && wanted.link !== true;
    return found.version !== wanted.version || found.integrity !== wanted.integrity;
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = hasStaleModules(process.argv[2] ?? join(import.meta.dirname, '..')) ? 0 : 1;
}
