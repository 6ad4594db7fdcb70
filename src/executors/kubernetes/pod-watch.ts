// Sees what becomes of the pods of this installation: one list and one watch for all, only as long as somebody looks.
// 1. Whoever follows a pod sees its newest state, perhaps not each between; its disappearance is told, too.
// 2. A watch that breaks off, or has gone on for minutes, begins again with a list: nothing is missed for good.

import { type Readable } from 'node:stream';
import { setTimeout as passed } from 'node:timers/promises';
import { type Milliseconds } from '../../core/time.ts';
import { reasonOf } from '../process/failures.ts';
import { type Cluster } from './cluster.ts';
import { type Pod } from './pod.ts';
import { type Pods } from './pods.ts';

/** A pod as it is now, or that it is gone, with what was last seen of it. */
export type Sighting =
  { readonly kind: 'THERE'; readonly pod: Pod } | { readonly kind: 'GONE'; readonly last: Pod | undefined };

/** Follows pods by name. */
export interface PodWatch {
  /** Tells each sighting until the answer is called. `lost` is told while the cluster does not answer. */
  follow(name: string, see: (sighting: Sighting) => void, lost: (why: string) => void): () => void;
}

/** A watch is ended by the cluster after this, and begun again. */
const WATCHED_FOR: Milliseconds = 240_000;
const FIRST_PAUSE: Milliseconds = 500;
const LONGEST_PAUSE: Milliseconds = 15_000;

interface Follower {
  readonly name: string;
  readonly see: (sighting: Sighting) => void;
  readonly lost: (why: string) => void;
  last: Pod | undefined;
}

interface Looking {
  readonly cluster: Cluster;
  readonly pods: Pods;
  readonly selector: string;
  readonly followers: Set<Follower>;
}

/** Watches the pods that the selector finds. */
export function createPodWatch(cluster: Cluster, pods: Pods, selector: string): PodWatch {
  const looking: Looking = { cluster, pods, selector, followers: new Set() };
  const { followers } = looking;
  let going: AbortController | undefined;
  return {
    follow: (name, see, lost) => {
      const follower: Follower = { name, see, lost, last: undefined };
      followers.add(follower);
      if (going === undefined) {
        going = new AbortController();
        void look(looking, going.signal);
      } else void catchUp(looking, follower);
      return () => {
        followers.delete(follower);
        if (followers.size > 0) return;
        going?.abort();
        going = undefined;
      };
    },
  };
}

/** The list that the others began with may not have known its pod. */
async function catchUp({ pods, followers }: Looking, follower: Follower): Promise<void> {
  const pod = await pods.read(follower.name).catch(() => undefined);
  if (pod !== undefined && followers.has(follower)) tell(follower, { kind: 'THERE', pod });
}

async function look(looking: Looking, signal: AbortSignal): Promise<void> {
  const isOver = (): boolean => signal.aborted;
  let pause = FIRST_PAUSE;
  while (!isOver()) {
    try {
      const version = await listAll(looking);
      pause = FIRST_PAUSE;
      await watchFrom(looking, version, signal);
    } catch (error) {
      if (isOver()) return;
      for (const { lost } of looking.followers) lost(reasonOf(error));
      await passed(pause, undefined, { signal }).catch(() => undefined);
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    }
  }
}

async function listAll({ pods, selector, followers }: Looking): Promise<string> {
  // Who follows by now has made its pod before: what the list lacks of those is gone.
  const before = [...followers];
  const { items, metadata } = await pods.list(selector);
  const there = new Map(items.map((pod) => [pod.metadata.name, pod]));
  for (const follower of before) {
    const pod = there.get(follower.name);
    tell(follower, pod === undefined ? { kind: 'GONE', last: follower.last } : { kind: 'THERE', pod });
  }
  return metadata?.resourceVersion ?? '';
}

async function watchFrom({ cluster, selector, followers }: Looking, version: string, over: AbortSignal): Promise<void> {
  const stream = await cluster.stream({
    method: 'GET',
    path: 'pods',
    query: {
      watch: 'true',
      labelSelector: selector,
      resourceVersion: version,
      timeoutSeconds: String(WATCHED_FOR / 1000),
    },
    signal: AbortSignal.any([over, AbortSignal.timeout(WATCHED_FOR + LONGEST_PAUSE)]),
  });
  for await (const line of linesOf(stream)) {
    const { type, object: pod } = JSON.parse(line) as { readonly type: string; readonly object: Pod };
    // What it was watched from is too old, or the cluster gives up: it begins with a list again.
    if (type === 'ERROR') return;
    for (const follower of followers) {
      if (follower.name !== pod.metadata.name) continue;
      tell(follower, type === 'DELETED' ? { kind: 'GONE', last: pod } : { kind: 'THERE', pod });
    }
  }
}

/** Unlike Node's own reader of lines, it tells of a connection that broke. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines = (pending + decoder.decode(chunk, { stream: true })).split('\n');
    pending = lines.pop() ?? '';
    yield* lines;
  }
}

function tell(follower: Follower, sighting: Sighting): void {
  if (sighting.kind === 'THERE') follower.last = sighting.pod;
  follower.see(sighting);
}
