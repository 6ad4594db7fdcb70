// Signs of life of a program: what it prints, and changes of files that it writes to.
// 1. Silence is told once, at the earliest when none came for the whole time, at the latest a fifth of it (or 15 s) later.
// 2. What was there before a look at the time counts: neither a server that stood still nor a clock that was set ends a step.

import { stat } from 'node:fs/promises';
import { setImmediate as afterReading } from 'node:timers/promises';
import { type Milliseconds } from '../../core/time.ts';
import { type GroupCommand } from './process-group.ts';

const LONGEST_LOOK: Milliseconds = 15_000;
const LOOKS = 5;

/** The signs of life of one program. */
export interface Pulse {
  /** The command, all output of which is a sign of life; the time counts from here. */
  hear(command: GroupCommand): GroupCommand;
  /** Whether none came for too long. */
  isLost(): boolean;
  /** Nothing more is expected. */
  end(): void;
}

/** Expects a sign of life within each `longest`: output, or a change of one of the files. */
export function createPulse(longest: Milliseconds, files: readonly string[], onSilence: () => void): Pulse {
  const every = Math.min(LONGEST_LOOK, Math.max(1, longest / LOOKS));
  let state: 'BEATING' | 'LOST' | 'ENDED' = 'BEATING';
  let last = performance.now();
  let known: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  const beat = (): void => {
    last = performance.now();
  };
  const look = async (): Promise<void> => {
    const seen = await changesOf(files);
    // What the program printed while the server stood still is read before the time is looked at.
    await afterReading();
    if (known !== undefined && seen !== known) beat();
    known = seen;
    if (state !== 'BEATING') return;
    if (performance.now() - last >= longest) {
      state = 'LOST';
      onSilence();
    } else {
      lookLater();
    }
  };
  const lookLater = (): void => {
    timer = setTimeout(() => void look(), every);
    timer.unref();
  };
  return {
    hear: ({ onOutput, onError, ...command }) => {
      beat();
      void look();
      return { ...command, onOutput: heard(beat, onOutput), onError: heard(beat, onError) };
    },
    isLost: () => state === 'LOST',
    end: () => {
      if (state === 'BEATING') state = 'ENDED';
      clearTimeout(timer);
    },
  };
}

function heard(beat: () => void, take: (chunk: Buffer) => void): (chunk: Buffer) => void {
  return (chunk) => {
    beat();
    take(chunk);
  };
}

/** Other each time that one of the files was changed; a file that the step removed is none. */
async function changesOf(files: readonly string[]): Promise<string> {
  const times = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined);
      return found === undefined ? '' : `${String(found.mtimeMs)}/${String(found.size)}`;
    }),
  );
  return times.join(' ');
}
