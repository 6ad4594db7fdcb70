// Which process a process id means: ids are reused, so an id counts only together with the moment its process started.
// On Linux that moment comes from /proc and is tied to the boot; elsewhere from `ps`. A zombie counts as gone.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const STATE_FIELD = 0;
const START_TICKS_FIELD = 19;

/** When the living process with this id started, in a form to be compared only; undefined when there is no such process. */
export function startTimeOf(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? startTimeFromProc(pid) : startTimeFromPs(pid);
}

/** Whether the process that had this id and this start time still lives. */
export function isAlive(pid: number, startTime: string): boolean {
  return pid > 0 && startTimeOf(pid) === startTime;
}

function startTimeFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[STATE_FIELD];
  if (state === 'Z' || state === 'X') return undefined;
  return `${bootId()}:${fields[START_TICKS_FIELD] ?? ''}`;
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'boot';
  }
}

function startTimeFromPs(pid: number): string | undefined {
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
    return started === '' ? undefined : started;
  } catch {
    return undefined;
  }
}
