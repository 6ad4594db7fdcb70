// Runs a program to its end without a shell and with a time limit, and answers what it said: never throws for a program
// that fails, is missing or hangs.

import { execFile } from 'node:child_process';

/** How a program ended. `output` is what it wrote to both streams. */
export interface ProgramEnd {
  readonly succeeded: boolean;
  readonly output: string;
}

/** Runs `file` with `args`; after `timeoutMs` it is killed and counts as failed. */
export function runProgram(file: string, args: readonly string[], timeoutMs: number): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    execFile(
      file,
      args,
      { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 16 << 20 },
      (error, stdout, stderr) => {
        const output = `${stdout}${stderr}`.trim();
        if (error === null) resolve({ succeeded: true, output });
        else if (error.killed === true)
          resolve({ succeeded: false, output: `no end after ${String(timeoutMs / 1000)} s` });
        else if (error.code === 'ENOENT') resolve({ succeeded: false, output: `there is no ${file}` });
        else resolve({ succeeded: false, output: output === '' ? error.message : output });
      },
    );
  });
}
