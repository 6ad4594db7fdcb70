// Ways to break joins, each of which the simulation must notice. Each is a mistake that someone could make.

import { type Edit } from './break-engine.ts';

const joinSignals = 'core/partition/trigger/join-signals.ts';

/** The mistakes, with the snippets that make them. */
export const joinsBreakages: readonly { readonly name: string; readonly edits: readonly Edit[] }[] = [
  {
    name: 'a bucket forgets its last signal at a take-over',
    edits: [
      {
        file: 'engine/checkpointer.ts',
        find: 'return { id, partition, n, version, state, ...(',
        put: "return { id, partition, n, version, state: state.kind === 'bucket' ? { ...state, candidates: state.candidates.slice(0, -1) } : state, ...(",
      },
    ],
  },
  {
    name: 'one of the signals that started a run is not taken out of its bucket',
    edits: [
      {
        file: joinSignals,
        find: "turn.emit(bucket, { type: 'BucketTaken', arrivals, run: run.value });",
        put: "turn.emit(bucket, { type: 'BucketTaken', arrivals: arrivals.slice(1), run: run.value });",
      },
    ],
  },
  {
    name: 'what joins is looked for among all that ever came behind the last run, as with one checkpoint a name',
    edits: [
      {
        file: joinSignals,
        find: "turn.emit(bucket, { type: 'BucketTaken', arrivals, run: run.value });",
        put: "turn.emit(bucket, { type: 'BucketTaken', arrivals: (turn.read('bucket', bucket)?.candidates ?? []).map((one) => one.arrival).filter((arrival) => arrival <= Math.max(...arrivals)), run: run.value });",
      },
    ],
  },
  {
    name: 'a signal that is missed is missed again at each wake',
    edits: [
      {
        file: 'core/trigger/trigger.ts',
        find: "case 'AbsenceFound':\n      return { ...afterDeadline(state, event), ",
        put: "case 'AbsenceFound':\n      return { ...state, ",
      },
    ],
  },
  {
    name: 'a pause counts as an absence',
    edits: [
      {
        file: 'core/trigger/trigger.ts',
        find: 'return counting({ ...newRound(state), paused: false }, at);',
        put: 'return { ...newRound(state), paused: false };',
      },
    ],
  },
  {
    name: 'signals join however far apart they happened',
    edits: [
      {
        file: 'core/trigger/join.ts',
        find: 'occurredAt >= start && occurredAt <= start + window.within',
        put: 'occurredAt >= start',
      },
    ],
  },
];
