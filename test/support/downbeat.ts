// The program `downbeat` as a shell would run it: in a folder, with an environment, to its end.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildServer } from '../../scripts/build.mjs';
import { type Ended } from './server.ts';

/** Where and how the program runs. */
export interface Surroundings {
  /** The folder it starts in. */
  readonly folder: string;
  /** Beside PATH and HOME, which may be replaced. */
  readonly env?: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 50_000;
const program = join(import.meta.dirname, '../../dist/downbeat.js');

/** Runs `downbeat` with these words until it ends. */
export async function downbeat(words: readonly string[], { folder, env }: Surroundings): Promise<Ended> {
  await buildServer();
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // What should have ended and did not must not outlive the test.
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  return new Promise((resolve) =>
    child.once('close', (code) => {
      resolve({ code, ...said });
    }),
  );
}
