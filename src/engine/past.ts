// What happened to a run, from its beginning: from history what the log no longer has, and then from the log.
//
// An event's version counts the run's events without a gap, and all that is cut was in history before (retention.ts). So a
// gap in what the log answers, or its end, is one only if history has nothing that follows. What both lack is gone.

import { type EntityId } from '../core/ids.ts';
import { type Block } from '../core/partition/commit.ts';
import { type Place } from '../core/partition/cursor.ts';
import { type RecordedEvent } from '../core/partition/entity.ts';
import { type Instant } from '../core/time.ts';
import { type Outside } from './outside.ts';

/** A commit that touched a run, with what it did to that run. */
export interface PastCommit {
  readonly place: Place;
  readonly at: Instant;
  /** Never none; versions already seen are left out. */
  readonly events: readonly RecordedEvent[];
}

/** How much of a run's past is known: everything up to an event, and up to a block. */
export interface Seen {
  readonly version: number;
  readonly n: number;
}

/** Nothing is known yet. */
export const nothingSeen: Seen = { version: 0, n: 0 };

const page = 200;

/** The commits that touched a run behind what was seen, in order, up to the end of the log. */
export async function* pastOf(
  outside: Pick<Outside, 'log' | 'history'>,
  partition: number,
  run: EntityId,
  from: Seen,
): AsyncGenerator<PastCommit, void, undefined> {
  let seen = from;
  for (;;) {
    const blocks = await outside.log.ofEntity(partition, run, seen.n, page);
    const commits = blocks.flatMap((block) => commitsOf(block, run));
    const whole = withoutGap(commits, seen);
    yield* unseen(whole, seen);
    seen = seenWith(seen, whole);
    if (whole.length === commits.length && blocks.length === page) continue;
    // What follows was cut, perhaps just now; or history has nothing that follows, and then nothing was.
    const excerpts = await outside.history.read(run, seen.n, page);
    const cut = excerpts.flatMap(({ block, places }) => commitsOf(block, run, places));
    const rest = cut.length > 0 ? cut : commits.slice(whole.length);
    yield* unseen(rest, seen);
    seen = seenWith(seen, rest);
    if (cut.length === 0 && blocks.length < page) return;
  }
}

function* unseen(commits: readonly PastCommit[], { version }: Seen): Generator<PastCommit, void, undefined> {
  for (const commit of commits) {
    const events = commit.events.filter((event) => event.version > version);
    if (events.length > 0) yield { ...commit, events };
  }
}

function seenWith({ version, n }: Seen, commits: readonly PastCommit[]): Seen {
  const last = commits.at(-1);
  return { version: Math.max(version, last?.events.at(-1)?.version ?? 0), n: Math.max(n, last?.place.n ?? 0) };
}

/** The commits that follow on what was seen, up to the first before which an event is missing. */
function withoutGap(commits: readonly PastCommit[], { version }: Seen): readonly PastCommit[] {
  let next = version + 1;
  const gap = commits.findIndex(({ events }) => {
    const follows = (events[0]?.version ?? next) <= next;
    next = (events.at(-1)?.version ?? version) + 1;
    return !follows;
  });
  return gap === -1 ? commits : commits.slice(0, gap);
}

function commitsOf(block: Block, run: EntityId, places?: readonly number[]): readonly PastCommit[] {
  return block.commits.flatMap(({ at, events }, index) => {
    const ofRun = events.filter(({ entity }) => entity === run);
    const place = { partition: block.partition, n: block.n, i: places?.[index] ?? index };
    return ofRun.length === 0 ? [] : [{ place, at, events: ofRun }];
  });
}
