// The program that starts the server's processes for it. To start one, the system copies the table of all memory that the
// starter has, and the starter stands still meanwhile: 2 ms in a fresh server, 11 ms in one of 400 MB, under a millisecond here.
//
// 1. It ends with the server, however that ends; the watchdogs of its processes hang on pipes that end with it (launcher.ts).
// 2. What a process says is read no faster than the server takes it.

import { spawn, type ChildProcess } from 'node:child_process';
import { type Readable } from 'node:stream';
import { type FromSpawner, type ProcessStart, type ToSpawner } from './spawner-message.ts';

const processes = new Map<number, ChildProcess>();

process.title = 'downbeat-spawner';
// A signal from a terminal goes to all that it started: the server tells the steps itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => {
  process.exit();
});
process.on('message', (message: ToSpawner) => {
  if (message.type === 'start') start(message.id, message.start);
  else drop(message.id);
});

function start(id: number, wanted: ProcessStart): void {
  let child: ChildProcess;
  try {
    child = spawn(wanted.program, wanted.arguments, {
      cwd: wanted.folder,
      env: wanted.variables,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      ...wanted.user,
    });
  } catch (error) {
    failed(id, error);
    return;
  }
  processes.set(id, child);
  // Without a listener, an error of a pipe would end us; what ends the process comes by `exit`.
  for (const stream of child.stdio) stream?.on('error', () => undefined);
  child.once('error', (error) => {
    failed(id, error);
  });
  if (child.pid === undefined) return;
  tell({ type: 'started', id, pid: child.pid });
  passOn(id, 'out', child.stdout);
  passOn(id, 'err', child.stderr);
  child.once('exit', (code, signal) => {
    tell({ type: 'ended', id, code, signal });
  });
  child.once('close', () => {
    processes.delete(id);
    tell({ type: 'closed', id });
  });
}

function passOn(id: number, stream: 'out' | 'err', from: Readable | null): void {
  from?.on('data', (chunk: Buffer) => {
    from.pause();
    tell({ type: 'said', id, stream, chunk }, () => {
      from.resume();
    });
  });
}

function drop(id: number): void {
  for (const stream of processes.get(id)?.stdio ?? []) stream?.destroy();
}

function failed(id: number, error: unknown): void {
  processes.delete(id);
  const { code = '', message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
  tell({ type: 'failed', id, code, message });
}

/** Once the server is gone there is nobody to tell, and we are about to end. */
function tell(message: FromSpawner, taken: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, taken);
}
