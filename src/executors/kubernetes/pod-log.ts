// Follows what the container of a pod prints, through broken connections, until it has ended and all is read.

import { type Milliseconds } from '../../core/time.ts';
import { type Cluster } from './cluster.ts';
import { CONTAINER } from './pod-manifest.ts';
import { createTimedLines } from './timed-lines.ts';

/** Which log, and where it goes. */
export interface PodLog {
  readonly cluster: Cluster;
  readonly name: string;
  /** Ends the following at once. */
  readonly signal: AbortSignal;
  readonly emit: (text: string) => void;
  /** Whether the container has ended: then the log has an end too. */
  readonly isOver: () => boolean;
}

const PAUSE: Milliseconds = 1000;
/** Asked so often for the rest of the log of what has ended. */
const LAST_TRIES = 3;

/** Resolves when there is no more to come; never rejects. False: the log of what has ended could not be read to its end. */
export async function followLog({ cluster, name, signal, emit, isOver }: PodLog): Promise<boolean> {
  const lines = createTimedLines(emit);
  for (let late = 0; !signal.aborted;) {
    const wasOver = isOver();
    const isWhole = await readOnce().catch(() => false);
    if (isWhole && (wasOver || isOver())) return true;
    if (wasOver && (late += 1) >= LAST_TRIES) return false;
    lines.reconnect();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return false;

  async function readOnce(): Promise<boolean> {
    const newest = lines.newest();
    const since: Record<string, string> = newest === undefined ? {} : { sinceTime: newest.replace(/\.\d+/u, '') };
    const query = { container: CONTAINER, follow: 'true', timestamps: 'true', ...since };
    const stream = await cluster.stream({ method: 'GET', path: `pods/${name}/log`, query, signal });
    for await (const chunk of stream as AsyncIterable<Buffer>) lines.write(chunk);
    return true;
  }
}
