// A watched run as a picture that is drawn over itself: at most twenty lines, so that it fits above the prompt.

import { elapsed } from '../duration.ts';
import { shortId } from '../server/global-id.ts';
import { type StepView } from '../operations/operations.ts';
import { fit, printableLine } from './printable.ts';
import { type RunProgress } from './run-progress.ts';
import { lookOf } from './status-words.ts';
import { progressWord, stepNotes } from './step-notes.ts';
import { type Paint } from './style.ts';

/** The end of the log of the step that runs. */
export interface LogTail {
  readonly stepId: string;
  readonly lines: readonly string[];
}

/** What to draw, and on what. */
export interface LivePicture {
  readonly progress: RunProgress;
  readonly tail: LogTail | undefined;
  /** Said in place of the log while the connection is broken. */
  readonly notice: string | undefined;
  readonly now: number;
}

/** How much room there is. */
export interface LiveRoom {
  readonly columns: number;
  readonly rows: number;
  readonly paint: Paint;
}

const MOST_LINES = 20;
const TAIL_LINES = 5;

/** The step whose log is worth showing: the one that began last of those that run. */
export function stepToFollow(progress: RunProgress): StepView | undefined {
  return progress.steps
    .filter((step) => step.phase === 'RUNNING' && step.loop === null)
    .sort((a, b) => (a.startedAt ?? '').localeCompare(b.startedAt ?? ''))
    .at(-1);
}

/** The lines of the picture, none wider than the terminal. */
export function liveLines(picture: LivePicture, room: LiveRoom): readonly string[] {
  const { run, steps } = picture.progress;
  if (run === undefined) return ['…'];
  const height = Math.max(4, Math.min(MOST_LINES, room.rows - 1));
  const foot = footLines(picture, room);
  const shown = stepsThatFit(steps, height - 1 - foot.length);
  const look = lookOf(run.status);
  const head = `${look.sign} ${shortId(run.id)} ${look.word} ${elapsed(run.startedAt, run.endedAt, picture.now)}`;
  const widest = Math.max(0, ...shown.steps.map((step) => step.stepId.length));
  const more = shown.left === 0 ? [] : [room.paint('dim', fit(`  … and ${String(shown.left)} more`, room.columns))];
  return [
    room.paint(look.colour, fit(head.trimEnd(), room.columns)),
    ...shown.steps.map((step) => stepRow(step, { widest, now: picture.now, room })),
    ...more,
    ...foot,
  ];
}

function stepRow(
  step: StepView,
  { widest, now, room }: { readonly widest: number; readonly now: number; readonly room: LiveRoom },
): string {
  const { sign, word, colour } = lookOf(step.status, step.phase);
  const failure =
    step.failure?.message ?? (step.status === 'RETRY_PENDING' ? (step.attempts.at(-1)?.failure?.message ?? '') : '');
  const text = `  ${sign} ${step.stepId.padEnd(Math.min(widest, 40))}  ${progressWord(step, word)}${stepNotes(step)} ${step.keptFrom === null ? elapsed(step.startedAt, step.endedAt, now) : ''}`;
  return room.paint(
    colour,
    fit(`${text.trimEnd()}${failure === '' ? '' : `: ${printableLine(failure)}`}`, room.columns),
  );
}

function footLines({ tail, notice }: LivePicture, room: LiveRoom): readonly string[] {
  if (notice !== undefined) return [room.paint('yellow', fit(notice, room.columns))];
  if (tail === undefined || tail.lines.length === 0) return [];
  return tail.lines
    .slice(-TAIL_LINES)
    .map((line) => room.paint('dim', fit(`    ${tail.stepId} │ ${printableLine(line)}`, room.columns)));
}

/** With more steps than lines, those that say most stay: what failed, what runs, what comes next, what has just ended. */
function stepsThatFit(
  steps: readonly StepView[],
  room: number,
): { readonly steps: readonly StepView[]; readonly left: number } {
  if (steps.length <= room) return { steps, left: 0 };
  const kept = new Set(
    [...steps].sort((a, b) => rankOf(a) - rankOf(b) || newestFirst(a, b)).slice(0, Math.max(0, room - 1)),
  );
  return { steps: steps.filter((step) => kept.has(step)), left: steps.length - kept.size };
}

const RANKS: ReadonlyMap<string, number> = new Map([
  ['FAILED', 0],
  ['RUNNING', 1],
  ['STOPPED', 2],
  ['WAITING', 3],
  ['SUCCEEDED', 4],
  ['SKIPPED', 5],
]);

function rankOf(step: StepView): number {
  return step.status === 'RETRY_PENDING' ? 1 : (RANKS.get(step.phase) ?? 3);
}

function newestFirst(a: StepView, b: StepView): number {
  return (b.endedAt ?? '').localeCompare(a.endedAt ?? '');
}
