// Tells the living members of a process group from zombies, which take signals and keep the group but do nothing any more.

import { readFile } from 'node:fs/promises';
import { listProcesses } from './processes.ts';

/** Whether a process of the group still runs. Without /proc it cannot be told, and the answer is yes. */
export async function hasLivingMember(group: number): Promise<boolean> {
  const processes = await listProcesses();
  if (processes.size === 0) return true;
  for (const pid of processes) {
    const stat = await readFile(`/proc/${String(pid)}/stat`, 'latin1').catch(() => '');
    // The name comes second, in brackets, and may hold anything; the state and the group follow it.
    const [state, , member] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (member === String(group) && state !== 'Z' && state !== 'X') return true;
  }
  return false;
}
