// Ways to break loops, children and strategies, each of which the simulation must notice. Each is a mistake that someone could
// make.

import { type Edit } from './break-engine.ts';

const runs = 'core/partition/run/runs.ts';
const loop = 'core/run/loop.ts';

/** The mistakes, with the snippets that make them. */
export const controlFlowBreakages: readonly { readonly name: string; readonly edits: readonly Edit[] }[] = [
  {
    name: "a child's end is told twice",
    edits: [
      {
        file: runs,
        find: 'tellParent(turn, run);\n    lineEnded',
        put: 'tellParent(turn, run); tellParent(turn, run);\n    lineEnded',
      },
    ],
  },
  {
    name: 'a step that is told to end leaves its child alone',
    edits: [
      {
        file: 'core/run/ending.ts',
        find: 'if (state?.child?.run !== undefined) work.children.stop(state.child.run);',
        put: '',
      },
    ],
  },
  {
    name: "an iteration's end does not move its loop on",
    edits: [
      {
        file: runs,
        find: 'if (mayMove(found)) turn.follow(runEntity(place));',
        put: 'void mayMove;',
      },
    ],
  },
  {
    name: "an iteration's end is not recorded",
    edits: [
      {
        file: runs,
        find: 'turn.emit(iterationsEntity(loop.book, chunkOf(index)), {',
        put: "if (status === 'SUCCEEDED') turn.emit(iterationsEntity(loop.book, chunkOf(index)), {",
      },
    ],
  },
  {
    name: 'a loop lets one iteration too many in',
    edits: [
      {
        file: loop,
        find: 'running.length + started.length >= concurrency',
        put: 'running.length + started.length > concurrency',
      },
    ],
  },
  {
    name: 'a further try of a loop does again what had succeeded',
    edits: [
      {
        file: 'core/run/kept-iterations.ts',
        find: 'if (resumes === undefined) return undefined;',
        put: 'if (index >= 0 || resumes === undefined) return undefined;',
      },
    ],
  },
  {
    name: 'an iteration that begins again takes the others along',
    edits: [
      {
        file: 'core/run/kept-iterations.ts',
        find: 'return (index) => (isWhile ? index < again : index !== again);',
        put: 'return (index) => isWhile && index < again;',
      },
    ],
  },
  {
    name: 'an iteration counts its steps as if all had gone well',
    edits: [
      {
        file: runs,
        find: 'writeTally(endedTally(innerSteps(loop) ?? [], steps));',
        put: "writeTally(endedTally(innerSteps(loop) ?? [], steps.map((step) => ({ ...step, status: 'SUCCEEDED' as const }))));",
      },
    ],
  },
  {
    name: 'what a further try keeps is not counted',
    edits: [{ file: loop, find: '...(leaves === undefined ? {} : { leaves }),', put: '' }],
  },
  {
    name: 'iterations begin after one has failed',
    edits: [
      {
        file: loop,
        find: "else if (work.run.status === 'RUNNING' && !isEnding(work.run)) goOn(work, index, !hasFailed);",
        put: "else if (work.run.status === 'RUNNING' && !isEnding(work.run)) goOn(work, index, true);",
      },
    ],
  },
  {
    name: 'a loop still counts how an iteration had ended that begins again',
    edits: [
      {
        file: 'core/run/evolve-again.ts',
        find: '[event.was]: loop.ended[event.was] - 1 },\n      ...uncounted',
        put: '[event.was]: loop.ended[event.was] },\n      ...uncounted',
      },
    ],
  },
  {
    name: 'an iteration that begins again asks for no place',
    edits: [
      {
        file: 'core/run/again.ts',
        find: 'if (running.length >= concurrency) return false;',
        put: 'if (running.length >= concurrency) return true;',
      },
    ],
  },
  {
    name: 'a paused run begins steps',
    edits: [{ file: 'core/run/progress.ts', find: "if (run.status === 'PAUSED') return 'AT_REST';", put: '' }],
  },
  {
    name: 'a failed run holds nobody up under strict-sequential',
    edits: [{ file: 'core/queue/queue.ts', find: 'if ((state.blockedBy ?? []).length > 0) return [];', put: '' }],
  },
  {
    name: 'a fork does again what was done',
    edits: [
      {
        file: 'core/run/fork.ts',
        find: 'return givesAll(node.step, step) ? state : undefined;',
        put: 'return givesAll(node.step, step) && step.needs.length > 0 ? state : undefined;',
      },
    ],
  },
  {
    name: 'what stands at a cleared breakpoint stays there',
    edits: [
      {
        file: 'core/partition/workflow/set-breakpoint.ts',
        find: "if (defined.id === step && state.status === 'PAUSED') turn.follow(runEntity(run));",
        put: '',
      },
    ],
  },
  {
    name: 'under first-only a second run waits',
    edits: [
      {
        file: 'core/partition/run/enter-queue.ts',
        find: "queue?.strategy === 'first-only' && !waitsBehind(queue, run)",
        put: "queue?.strategy === 'first-only' && queue.limit < 0 && !waitsBehind(queue, run)",
      },
    ],
  },
];
