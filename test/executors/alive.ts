// Tells whether a process still runs. A zombie does not: it only waits for somebody to take notice.

import { readFileSync } from 'node:fs';

/** Whether a process runs, by what Linux says of it. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    return !['Z', 'X'].includes(stat.slice(stat.lastIndexOf(')') + 2).charAt(0));
  } catch {
    return false;
  }
}
