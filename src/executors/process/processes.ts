// The processes of this machine, as Linux shows them.

import { readdir } from 'node:fs/promises';

/** The processes that are there now; empty where there is no /proc. */
export async function listProcesses(): Promise<ReadonlySet<number>> {
  const names = await readdir('/proc').catch(() => []);
  return new Set(names.filter((name) => /^[0-9]+$/.test(name)).map(Number));
}
