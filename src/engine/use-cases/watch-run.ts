// Watching one attempt of a run: each commit with the run as it was right after it, until the attempt has ended.

import { type EntityId, runEntity, type RunPlace } from '../../core/ids.ts';
import { type Block } from '../../core/partition/commit.ts';
import { type Cursor, isBehind, type Place } from '../../core/partition/cursor.ts';
import { evolve, type RecordedEvent } from '../../core/partition/entity.ts';
import { isTerminalRun, type RunState } from '../../core/run/state.ts';
import { type Instant } from '../../core/time.ts';
import { cursorExpired } from '../cursor-expired.ts';
import { type Definitions } from '../definitions.ts';
import { type Change, type RunChange } from '../engine.ts';
import { type Outside } from '../outside.ts';
import { commitsBehind } from './commits.ts';
import { type RunReader } from './read-runs.ts';
import { placeIn, type WatchParts } from './watch.ts';

/** What watching a run works with. */
export interface WatchRunParts extends WatchParts {
  readonly runs: RunReader;
  readonly definitions: Definitions;
}

const page = 500;

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
    from = placeIn(after, partition);
    folded = await stateAt(parts.outside, id, from);
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
  const definition = await parts.definitions.load(state.definition);
  return { ...change, run: { state, definition, cursor: change.cursor } };
}

/** The run as it was right after a place: its checkpoint if that is older, and what came after it, else its whole history. */
async function stateAt(outside: Outside, id: EntityId, until: Place): Promise<Folded> {
  const [stored] = await outside.entities.load([id]);
  const isOlder = stored !== undefined && stored.n < until.n;
  let folded: Folded = isOlder
    ? { state: stored.state as RunState, version: stored.version }
    : { state: undefined, version: 0 };
  for (let after = isOlder ? stored.n : 0; ;) {
    const blocks = await outside.log.ofEntity(until.partition, id, after, page);
    for (const block of blocks) folded = foldBlock(folded, block, id, until);
    after = blocks.at(-1)?.n ?? after;
    if (blocks.length < page || after > until.n) return folded;
  }
}

interface Folded {
  readonly state: RunState | undefined;
  /** How many events the state reflects; undefined where that is not known. */
  readonly version: number | undefined;
}

function hasEnded({ state }: Folded): boolean {
  return state !== undefined && isTerminalRun(state.status);
}

function foldBlock(before: Folded, block: Block, id: EntityId, until: Place): Folded {
  let folded = before;
  for (const [i, commit] of block.commits.entries()) {
    if (isBehind({ partition: block.partition, n: block.n, i }, until)) break;
    const events = commit.events.filter(({ entity }) => entity === id);
    folded = foldEvents(folded, events, commit.at);
  }
  return folded;
}

/** Where an event is missing, the log was cut: what the run was like in between cannot be told any more. */
function foldEvents(before: Folded, events: readonly RecordedEvent[], at: Instant): Folded {
  let { state, version } = before;
  for (const recorded of events) {
    if (version !== undefined && recorded.version !== version + 1) throw cursorExpired();
    state = evolve(state, recorded.event, at) as RunState;
    version = recorded.version;
  }
  return { state, version };
}
