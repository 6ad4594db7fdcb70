// Finds and kills what left its process group (setsid, double fork): on Linux every process shows the variables it was
// started with. Where there is no /proc, nothing is found. A process that cleared its variables is not found either.

import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { MARKER } from './environment.ts';
import { listProcesses } from './processes.ts';

const ROUNDS = 50;

/** Kills every process that carries the marker and is not of those before, until a look finds none. */
export async function killEscaped(marker: string, before: ReadonlySet<number>): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    const found = await findMarked(marker, before);
    if (found.length === 0) return;
    for (const pid of found) kill(pid);
    await pause(2);
  }
}

async function findMarked(marker: string, before: ReadonlySet<number>): Promise<readonly number[]> {
  const wanted = `${MARKER}=${marker}\0`;
  const found: number[] = [];
  for (const pid of await listProcesses()) {
    if (before.has(pid) || pid === process.pid) continue;
    const variables = await readFile(`/proc/${String(pid)}/environ`, 'latin1').catch(() => '');
    if (variables.includes(wanted)) found.push(pid);
  }
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself, or belongs to somebody else by now: there is nothing to kill.
  }
}
