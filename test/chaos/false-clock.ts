// A clock that a test moves while the process that lives by it goes on: Debian's libfaketime, which reads how far it is off
// from a file each second. Only what the calendar says is moved; a monotonic clock never jumps on a real machine either.

import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A clock of some processes of a test. */
export interface FalseClock {
  /** What a process needs in its environment to live by this clock. */
  readonly env: Readonly<Record<string, string>>;
  /** A program that does what the given one does, by this clock. */
  running(program: string): string;
  /** From now on it is off by so many seconds; whoever lives by it notices within a second. */
  set(seconds: number): void;
  remove(): void;
}

/** Where the library is, if it is installed. */
export function findFalseClock(): string | undefined {
  const folders = ['/usr/lib', ...listed('/usr/lib').map((name) => join('/usr/lib', name))];
  return folders.map((folder) => join(folder, 'faketime', 'libfaketimeMT.so.1')).find((path) => existsSync(path));
}

/** Makes a clock that is off by so many seconds. */
export function createFalseClock(library: string, seconds: number): FalseClock {
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-clock-'));
  const file = join(folder, 'offset');
  const set = (by: number): void => {
    writeFileSync(file, `${by < 0 ? '-' : '+'}${String(Math.abs(by))}\n`);
  };
  set(seconds);
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  };
  return {
    env,
    running: (program) => {
      const path = join(folder, 'run');
      const settings = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
      writeFileSync(path, `#!/bin/sh\nexec env ${settings.join(' ')} '${program}' "$@"\n`);
      chmodSync(path, 0o700);
      return path;
    },
    set,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listed(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
