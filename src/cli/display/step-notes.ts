// What is said of a step beside its status: how far a loop is, which try it is, and why it stands where it stands.

import { shortId } from '../server/global-id.ts';
import { type LoopView, type StepView } from '../operations/operations.ts';

/** `3 of 10 done, 2 going on`; without a total `3 done, 1 going on`. */
export function loopText({ total, done, counts }: LoopView): string {
  const going = counts.find(({ status }) => status === 'RUNNING')?.count ?? 0;
  const bad = counts.filter(({ status }) => status !== 'RUNNING' && status !== 'SUCCEEDED');
  const badly = bad.reduce((sum, { count }) => sum + count, 0);
  return [
    `${String(done)}${total === null ? '' : ` of ${String(total)}`} done`,
    ...(badly === 0 ? [] : [`${String(badly)} of them badly`]),
    ...(going === 0 ? [] : [`${String(going)} going on`]),
  ].join(', ');
}

/** The word for a step: for a loop that goes on, how far it is. */
export function progressWord(step: StepView, word: string): string {
  if (step.status === 'WAITING_FOR_SIGNALS') return waitText(step) ?? word;
  if (step.loop === null) return word;
  return step.phase === 'RUNNING' ? loopText(step.loop) : `${word}, ${loopText(step.loop)}`;
}

/** `waits for weather.ready with place == "Biscoe"`. */
function waitText({ awaits }: StepView): string | undefined {
  const open = awaits.filter(({ state }) => state === 'AWAITED');
  const wanted = open.map(({ name, where }) => `${name}${where.length === 0 ? '' : ` with ${where.join(' and ')}`}`);
  return wanted.length === 0 ? undefined : `waits for ${wanted.join(', and for ')}`;
}

/** ` (try 2)`, ` (finally)`, ` (kept from attempt 1)`, or nothing. */
export function stepNotes({ attempts, isFinal, keptFrom, keptFromRun }: StepView): string {
  const notes = [
    ...(attempts.length > 1 ? [`try ${String(attempts.length)}`] : []),
    ...(isFinal ? ['finally'] : []),
    ...(keptFrom === null
      ? []
      : [`kept from ${keptFromRun === null ? `attempt ${String(keptFrom)}` : keptIn(keptFromRun)}`]),
  ];
  return notes.length === 0 ? '' : ` (${notes.join(', ')})`;
}

/** `run penguins/12`, as the run that a fork was made from is called. */
function keptIn(run: string): string {
  return `run ${shortId(run).replace(/\.1$/u, '')}`;
}

/** How far a loop is, so coarsely that a long one is told of some dozen times: 1, 2, … 9, 10, 20, … or each tenth of the total. */
export function milestone({ total, done }: LoopView): number {
  if (total !== null && total > 10) return Math.floor((10 * done) / total);
  const size = 10 ** Math.floor(Math.log10(Math.max(1, done)));
  return Math.floor(done / size) * size;
}
