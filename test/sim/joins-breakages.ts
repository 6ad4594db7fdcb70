// Ways to break joins, each of which the simulation must notice. Each is a mistake that someone could make.

import { type Edit } from './break-engine.ts';

const waiting = 'core/partition/trigger/waiting.ts';

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
        file: waiting,
        find: "turn.emit(bucket, { type: 'BucketTaken', arrivals, run: run.value });",
        put: "turn.emit(bucket, { type: 'BucketTaken', arrivals: arrivals.slice(1), run: run.value });",
      },
    ],
  },
  {
    name: 'what joins is looked for among all that ever came behind the last run, as with one checkpoint a name',
    edits: [
      {
        file: waiting,
        find: "turn.emit(bucket, { type: 'BucketTaken', arrivals, run: run.value });",
        put: "turn.emit(bucket, { type: 'BucketTaken', arrivals: (turn.read('bucket', bucket)?.candidates ?? []).map((one) => one.arrival).filter((arrival) => arrival <= Math.max(...arrivals)), run: run.value });",
      },
    ],
  },
  {
    name: 'a signal of another key counts for the one that is missed',
    edits: [
      {
        file: 'core/partition/trigger/absence.ts',
        find: 'const unmet = unmetClause(definition.where, params);',
        put: "const unmet = unmetClause(definition.where.filter(({ operator }) => operator !== '=='), params);",
      },
    ],
  },
  {
    name: 'a signal that was missed is still missed when it has come',
    edits: [
      {
        file: 'core/trigger/trigger.ts',
        find: 'return { ...after, missed: { ...missed, resolved: last } };',
        put: 'return after;',
      },
    ],
  },
  {
    name: 'a signal that is missed is missed again at each wake',
    edits: [
      {
        file: 'core/trigger/trigger.ts',
        find: "case 'AbsenceFound':\n      return { ...afterMissing(state, event, at), ",
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
    name: 'each signal that is folded holds up the run, however long ago the first one came',
    edits: [{ file: 'core/trigger/fold.ts', find: 'Math.max(now, first + fold.atMost)', put: 'Infinity' }],
  },
  {
    name: 'what is folded starts its run although the triggers are paused',
    edits: [
      {
        file: 'core/partition/trigger/fold-signals.ts',
        find: 'if (trigger.armed && !trigger.paused) startDue(',
        put: 'if (trigger.armed) startDue(',
      },
      {
        file: 'core/partition/trigger/fold-signals.ts',
        find: 'if (!trigger.paused) startFolded(',
        put: 'if (trigger.armed) startFolded(',
      },
    ],
  },
  {
    name: 'a period of a throttle is forgotten when the next signal comes',
    edits: [
      {
        file: 'core/trigger/bucket.ts',
        find: 'return known?.takenAt === undefined ? { due } : { due, takenAt: known.takenAt };',
        put: 'return { due };',
      },
    ],
  },
  {
    name: 'a key under which a run was started is forgotten',
    edits: [
      {
        file: 'core/partition/trigger/start-on-signals.ts',
        find: 'if (run.ok && key.value !== undefined) {',
        put: 'if (run.ok && key.value === null) {',
      },
    ],
  },
  {
    name: 'a run starts although the `when` of its trigger is false',
    edits: [
      {
        file: 'core/partition/trigger/wanted.ts',
        find: 'if (value.value === true) return undefined;',
        put: 'if (value.ok) return undefined;',
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
