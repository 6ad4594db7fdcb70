// Paths of files that go up with the version, and of artifacts: relative, forward slashes, never out of the folder.

import { type Spot, keyOf, report } from './spot.ts';

/** Why a path is not one, as a sentence's end; undefined if it is fine. */
function filePathFault(path: string): string | undefined {
  if (path.trim() === '') return 'it is empty';
  if (path.includes('\\')) return 'it has a backslash; use / on every system';
  if (path.startsWith('/') || /^[a-z]:/iu.test(path)) return 'it is absolute; name it relative to the definition';
  if (path.startsWith('~')) return '~ is not filled in; name it relative to the definition';
  if (path.split('/').includes('..')) return 'it has .., and files stay within the folder of the definition';
  if (/\p{Cc}/u.test(path)) return 'it has a control character';
  return undefined;
}

/** Reads a path into its plain form, without `./` and double slashes. */
export function readFilePath(spot: Spot, path: string): string | undefined {
  const fault = filePathFault(path) ?? (plainPath(path) === '' ? 'it names a folder' : undefined);
  if (fault === undefined) return plainPath(path);
  report(spot, 'bad-path', `${keyOf(spot)} cannot be the path "${path}": ${fault}.`);
  return undefined;
}

/** Reads the path of a file that goes up with the version, and remembers that it is wanted. */
export function readWantedFile(spot: Spot, path: string): string | undefined {
  const plain = readFilePath(spot, path);
  if (plain === undefined) return undefined;
  if (/[*?[\]]/u.test(plain)) {
    report(spot, 'bad-path', `"${path}" has a pattern in it; files are named one by one.`);
    return undefined;
  }
  if (!spot.reading.filesWanted.has(plain)) spot.reading.filesWanted.set(plain, spot.path);
  return plain;
}

function plainPath(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
}
