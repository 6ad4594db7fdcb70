// Whether a program is a mongod that is new enough and runs on this machine, found out by asking it.

import { missingLibrary } from './missing-library.ts';
import { runProgram } from './run-program.ts';

const OLDEST_MAJOR = 6;
const VERSION_TIMEOUT_MS = 10_000;

/** A mongod that has answered `--version`. */
export interface UsableMongod {
  readonly path: string;
  readonly version: string;
}

/** Either a mongod that can be used, or one sentence on why there is none. */
export type MongodProbe = UsableMongod | string;

/** Asks the program at this path (or of this name on the PATH) for its version. */
export async function probeMongod(path: string): Promise<MongodProbe> {
  const { succeeded, output } = await runProgram(path, ['--version'], VERSION_TIMEOUT_MS);
  if (!succeeded) return explainFailure(output);
  const version = /db version v(\d+\.\d+\.\d+)/.exec(output)?.[1];
  if (version === undefined) return `"${path} --version" does not look like a mongod`;
  if (Number(version.split('.')[0]) < OLDEST_MAJOR) {
    return `version ${version} is too old, ${String(OLDEST_MAJOR)} or newer is needed`;
  }
  return { path, version };
}

function explainFailure(output: string): string {
  const library = missingLibrary(output);
  if (library !== undefined)
    return `it needs ${library.name}, which is missing (Debian: apt-get install ${library.package})`;
  return output.split('\n', 1)[0] ?? '';
}
