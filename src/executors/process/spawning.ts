// Starting processes through the spawner: a small program of ours that lives as long as this one and starts them in its place.
// Owns: that one spawner, which is there from the first start on and is made anew if it should die.

import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type FromSpawner, type ProcessStart, type ToSpawner } from './spawner-message.ts';

/** What the starter of a process hears of it. One of `failed` and `ended` comes, once; `closed` comes behind `ended`. */
export interface ProcessListener {
  started(pid: number): void;
  said(stream: 'out' | 'err', chunk: Buffer): void;
  failed(error: Error): void;
  ended(end: { readonly code: number | null; readonly signal: NodeJS.Signals | null }): void;
  closed(): void;
}

interface Spawner {
  readonly process: ChildProcess;
  readonly listeners: Map<number, ProcessListener>;
}

let spawner: Spawner | undefined;
let starts = 0;

/** Starts a process. The answered function closes its pipes: after it nothing is heard of the process any more. */
export function startProcess(start: ProcessStart, listener: ProcessListener): () => void {
  const here = (spawner ??= openSpawner());
  const id = (starts += 1);
  here.listeners.set(id, listener);
  keepAwake(here);
  send(here, { type: 'start', id, start });
  return () => {
    if (!here.listeners.delete(id)) return;
    send(here, { type: 'drop', id });
    keepAwake(here);
  };
}

function openSpawner(): Spawner {
  // Among the sources it is TypeScript; in a build it lies beside the bundle.
  const isSource = import.meta.url.endsWith('.ts');
  const program = fileURLToPath(new URL(isSource ? 'spawner.ts' : 'spawner.js', import.meta.url));
  const opened: Spawner = {
    // Its memory is what each start costs, so it gets little; it never holds more than a few chunks of output.
    process: fork(program, [], {
      execArgv: isSource ? ['--import', 'tsx'] : ['--max-old-space-size=64', '--max-semi-space-size=1'],
      serialization: 'advanced',
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    }),
    listeners: new Map(),
  };
  opened.process.on('message', (message: FromSpawner) => {
    hear(opened, message);
  });
  opened.process.once('exit', () => {
    lose(opened, new Error('the process that starts steps has ended'));
  });
  opened.process.once('error', (error) => {
    lose(opened, error);
  });
  return opened;
}

function hear(here: Spawner, message: FromSpawner): void {
  const listener = here.listeners.get(message.id);
  if (listener === undefined) return;
  switch (message.type) {
    case 'started':
      listener.started(message.pid);
      return;
    case 'said':
      listener.said(
        message.stream,
        Buffer.from(message.chunk.buffer, message.chunk.byteOffset, message.chunk.byteLength),
      );
      return;
    case 'ended':
      listener.ended(message);
      return;
    case 'failed':
      here.listeners.delete(message.id);
      listener.failed(Object.assign(new Error(message.message), { code: message.code }));
      break;
    case 'closed':
      here.listeners.delete(message.id);
      listener.closed();
  }
  keepAwake(here);
}

/** With the spawner its processes die: those that had not ended have failed. */
function lose(here: Spawner, error: Error): void {
  if (spawner === here) spawner = undefined;
  const left = [...here.listeners.values()];
  here.listeners.clear();
  for (const listener of left) {
    listener.failed(error);
    listener.closed();
  }
}

/** Idle, the spawner keeps nobody from ending; while something runs, its end has to be heard. */
function keepAwake({ process: child, listeners }: Spawner): void {
  if (listeners.size > 0) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

function send(here: Spawner, message: ToSpawner): void {
  // A channel that has just broken is followed by `exit`, which fails what was on its way.
  if (here.process.connected) here.process.send(message, () => undefined);
}
