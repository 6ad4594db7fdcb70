// Watching one attempt of a run: each commit with the run as it was right after it, until the attempt has ended.

import { bodyOf } from '../../core/definition/body.ts';
import { type EntityId, runEntity, type RunPlace } from '../../core/ids.ts';
import { type StoredEntity } from '../../core/partition/commit.ts';
import { type Cursor, isBehind, type Place } from '../../core/partition/cursor.ts';
import { evolve, type RecordedEvent } from '../../core/partition/entity.ts';
import { isTerminalRun, type RunState } from '../../core/run/state.ts';
import { type Instant } from '../../core/time.ts';
import { cursorExpired } from '../cursor-expired.ts';
import { type Definitions } from '../definitions.ts';
import { type Change, type RunChange } from '../engine.ts';
import { type Outside } from '../outside.ts';
import { pastOf } from '../past.ts';
import { commitsBehind } from './commits.ts';
import { type RunReader } from './read-runs.ts';
import { placeIn, type WatchParts } from './watch.ts';

/** What watching a run works with. */
export interface WatchRunParts extends WatchParts {
  readonly runs: RunReader;
  readonly definitions: Definitions;
}

/** A run's changes: behind `after` and then live, or a snapshot and then live. Ends with the attempt's end. */
export async function* watchRun(
  parts: WatchRunParts,
  run: RunPlace,
  after: Cursor | undefined,
): AsyncGenerator<RunChange, void, undefined> {
  const partition = parts.node.partitionOf(run.workflowId);
  const id = runEntity(run);
  let from: Place = { partition, n: 0, i: -1 };
  let folded: Folded = { state: undefined, version: 0 };
  if (after === undefined) {
    const view = await parts.runs.view(run);
    if (view === undefined) return;
    folded = { state: view.state, version: undefined };
    from = view.cursor[0] ?? from;
    yield { kind: 'SNAPSHOT', cursor: view.cursor, at: parts.node.now(), run: view, events: [] };
  } else {
    for await (const step of stepsUpToNow(parts.outside, id, placeIn(after, partition))) {
      if (step.change !== undefined) yield await presented(parts, step.change, step.folded.state);
      ({ folded, place: from } = step);
    }
  }
  if (hasEnded(folded)) return;
  for await (const change of commitsBehind(parts.outside, parts.node, [from], (entity) => entity === id)) {
    folded = foldEvents(folded, change.events, change.at);
    yield await presented(parts, change, folded.state);
    if (change.kind === 'LAGGED' || hasEnded(folded)) return;
  }
}

async function presented(parts: WatchRunParts, change: Change, state: RunState | undefined): Promise<RunChange> {
  if (change.kind !== 'COMMIT' || state === undefined) return { ...change, events: [] };
  const definition = bodyOf(await parts.definitions.load(state.definition), state.path);
  return { ...change, run: { state, definition, cursor: change.cursor } };
}

/** The run as it was at a place of the feed, and the change that made it so if that lies behind the watcher's cursor. */
interface Step {
  readonly folded: Folded;
  readonly place: Place;
  readonly change?: Change;
}

/**
 * What happened to the run behind a cursor, also where the log was cut behind it. The last step's place is one from which
 * the feed goes on: the log is there, and nothing between the cursor and it is left out.
 */
async function* stepsUpToNow(outside: Outside, id: EntityId, after: Place): AsyncGenerator<Step, void, undefined> {
  const { partition } = after;
  const [stored] = await outside.entities.load([id]);
  let { folded, n } = startBefore(after, stored);
  let place = after;
  let floor = -1;
  for (;;) {
    const first = await outside.log.first(partition);
    // All that lay below was read, since it was in history before it was cut.
    if (first === floor) break;
    floor = first;
    for await (const commit of pastOf(outside, partition, id, { version: folded.version, n })) {
      folded = foldEvents(folded, commit.events, commit.at);
      ({ n } = commit.place);
      if (!isBehind(commit.place, after)) continue;
      ({ place } = commit);
      yield { folded, place, change: { kind: 'COMMIT', cursor: [place], at: commit.at, events: commit.events } };
      if (hasEnded(folded)) return;
    }
  }
  if (folded.version < (stored?.version ?? 0)) throw cursorExpired();
  yield { folded, place: place.n < floor ? { partition, n: floor, i: -1 } : place };
}

/** A run's checkpoint if the watcher has seen what it holds, else nothing; and behind which block more is to be read. */
function startBefore(after: Place, stored: StoredEntity | undefined): { readonly folded: Known; readonly n: number } {
  if (stored === undefined || stored.n >= after.n) return { folded: { state: undefined, version: 0 }, n: 0 };
  // The block that a checkpoint reflects may hold newer events of the run.
  return { folded: { state: stored.state as RunState, version: stored.version }, n: stored.n - 1 };
}

interface Folded {
  readonly state: RunState | undefined;
  /** How many events the state reflects; undefined where that is not known. */
  readonly version: number | undefined;
}

type Known = Folded & { readonly version: number };

function hasEnded({ state }: Folded): boolean {
  return state !== undefined && isTerminalRun(state.status);
}

/** Where an event is missing, the log was cut and history lacks it: what the run was like in between cannot be told. */
function foldEvents<F extends Folded>(before: F, events: readonly RecordedEvent[], at: Instant): F {
  let { state, version } = before;
  for (const recorded of events) {
    if (version !== undefined && recorded.version !== version + 1) throw cursorExpired();
    state = evolve(state, recorded.event, at) as RunState;
    version = recorded.version;
  }
  return { ...before, state, version };
}
