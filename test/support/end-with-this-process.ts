// Ties the life of a process to ours, whatever ends us: a small shell waits for the pipe from us to close, then ends the
// process and removes its folder.

import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

const WAIT_AND_END =
  'cat; kill -TERM "$1" 2>/dev/null; while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf "$2"';

/** Ends the process and removes the folder once this process is gone. */
export function endWithThisProcess(pid: number, folder: string): void {
  const shell = spawn('sh', ['-c', WAIT_AND_END, 'sh', String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.unref();
  // The pipe must not keep us alive either; it closes when we end.
  if (shell.stdin instanceof Socket) shell.stdin.unref();
}
