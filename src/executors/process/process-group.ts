// One process group for one attempt. Owns: starting it, its signals, and that nothing of it is left when `ended` settles.
// 1. `ended` settles once, after the leader ended, its group is dead, what escaped is dead, and the output was read.
// 2. Stopping is SIGTERM to the group at once and SIGKILL at the earliest deadline that was ever given.
// 3. If this server dies, the launcher's watchdog kills the group.

import { setTimeout as pause } from 'node:timers/promises';
import { type Milliseconds } from '../../core/time.ts';
import { killEscaped } from './escaped.ts';
import { hasLivingMember } from './living-member.ts';
import { LAUNCHER } from './launcher.ts';
import { type StepUser } from './place.ts';
import { type ProcessStart } from './spawner-message.ts';
import { startProcess } from './spawning.ts';

const POLL: Milliseconds = 5;
const GROUP_DEATH: Milliseconds = 1_000;
const OUTPUT_DRAIN: Milliseconds = 2_000;

/** What to start. */
export interface GroupCommand {
  /** The program, absolute, and its arguments. */
  readonly program: readonly [string, ...string[]];
  readonly folder: string;
  readonly variables: Record<string, string>;
  readonly marker: string;
  readonly user: StepUser | undefined;
  /** Processes that were there before: none of ours is among them. */
  readonly before: ReadonlySet<number>;
  readonly onOutput: (chunk: Buffer) => void;
  readonly onError: (chunk: Buffer) => void;
}

/** How the leader of a group ended. */
export interface GroupEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process group that runs. */
export interface ProcessGroup {
  /** Rejects only if it could not be started. */
  readonly ended: Promise<GroupEnd>;
  /** SIGTERM now, SIGKILL after `grace`. */
  stop(grace: Milliseconds): void;
}

/** Starts a program in a session and process group of its own. */
export function startGroup(command: GroupCommand): ProcessGroup {
  const stop = createStop();
  let close: () => void = () => undefined;
  let drop: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });
  const ended = new Promise<GroupEnd>((resolve, reject) => {
    drop = startProcess(launched(command), {
      started: stop.started,
      said: (stream, chunk) => {
        if (stream === 'out') command.onOutput(chunk);
        else command.onError(chunk);
      },
      failed: reject,
      ended: resolve,
      closed: close,
    });
  }).then(async (end) => {
    await killGroup(stop.ended());
    await killEscaped(command.marker, command.before);
    await Promise.race([closed, pause(OUTPUT_DRAIN, undefined, { ref: false })]);
    drop();
    return end;
  });
  return { ended, stop: stop.ask };
}

function launched({ program, folder, variables, user }: GroupCommand): ProcessStart {
  return { program: '/bin/sh', arguments: ['-c', LAUNCHER, 'downbeat-step', ...program], folder, variables, user };
}

/** The wish that a group ends. It may come before the group is there, and after it has ended. */
function createStop(): {
  readonly started: (pid: number) => void;
  readonly ask: (grace: Milliseconds) => void;
  /** The leader has ended: answers with the group that it led. */
  readonly ended: () => number | undefined;
} {
  let group: number | undefined;
  let wanted: Milliseconds | undefined;
  let isOver = false;
  const killing = createDeadline(() => {
    signalGroup(group, 'SIGKILL');
  });
  const pass = (grace: Milliseconds): void => {
    signalGroup(group, 'SIGTERM');
    killing.set(grace);
  };
  return {
    started: (pid) => {
      group = pid;
      if (wanted !== undefined) pass(wanted);
    },
    ask: (grace) => {
      if (isOver) return;
      if (group === undefined) wanted = Math.min(grace, wanted ?? Infinity);
      else pass(grace);
    },
    ended: () => {
      isOver = true;
      killing.clear();
      return group;
    },
  };
}

async function killGroup(pid: number | undefined): Promise<void> {
  for (let waited = 0; waited < GROUP_DEATH; waited += POLL) {
    if (pid === undefined || !signalGroup(pid, 'SIGKILL')) return;
    // Where nobody reaps orphans, the dead stay members of their group as zombies.
    if (!(await hasLivingMember(pid))) return;
    await pause(POLL);
  }
}

/** Whether there was anybody to get the signal. */
function signalGroup(pid: number | undefined, signal: NodeJS.Signals): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** Runs an action once at the earliest of the moments it was set to. */
function createDeadline(action: () => void): { set(delay: Milliseconds): void; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  let due = Infinity;
  return {
    set: (delay) => {
      const moment = performance.now() + delay;
      if (moment >= due) return;
      clearTimeout(timer);
      due = moment;
      timer = setTimeout(action, delay);
    },
    clear: () => {
      clearTimeout(timer);
    },
  };
}
