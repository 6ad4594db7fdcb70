// Runs seeds, some of them twice and some from their recording, and says how to live through a bad one again.

import { createEngine } from '../../src/engine/create-engine.ts';
import { foldAway } from '../../src/engine/retention.ts';
import { choicesIn, choicesOf } from './choices.ts';
import { type EngineBuild } from './cluster.ts';
import { distil, keepHistory } from './corpus.ts';
import { type Report, simulate } from './simulate.ts';
import { graphs, type Workload } from './workload.ts';

/** The engine as it is. */
export const realEngine: EngineBuild = { createEngine, foldAway };

/** Seeds from the environment: `SEED=4711` or `SEEDS=1000-1999`; undefined if neither is set. */
export function seedsAsked(): readonly number[] | undefined {
  const { SEED, SEEDS } = process.env;
  if (SEED !== undefined) return [Number(SEED)];
  if (SEEDS === undefined) return undefined;
  const [from = '1', to = from] = SEEDS.split('-');
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, place) => Number(from) + place);
}

/** Whole numbers from `from` on. */
export function seedsFrom(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, place) => from + place);
}

/** Lives through seeds; the answer names every bad one with the command that replays it. */
export async function runSeeds(
  seeds: readonly number[],
  file: string,
  workload: Workload = graphs,
): Promise<readonly string[]> {
  const bad: string[] = [];
  for (const seed of seeds) {
    const keepTrace = process.env['TRACE'] !== undefined;
    const report = await simulate(choicesOf(seed), realEngine, { keepTrace, workload });
    if (keepTrace) process.stdout.write(`${report.trace.join('\n')}\n`);
    const wrong = [...report.wrong];
    if (seed % 100 === 0) wrong.push(...(await checkRepeat(seed, report, workload)));
    const name = process.env['KEEP'];
    if (report.wrong.length > 0 && name !== undefined) await keepHistory(name, await distil(report, realEngine));
    if (wrong.length > 0) bad.push(describeBad(seed, { report, wrong, file }));
  }
  return bad;
}

/** The same seed gives the same history, byte for byte, and so does its recording. */
async function checkRepeat(seed: number, { hash, recording }: Report, workload: Workload): Promise<readonly string[]> {
  const again = await simulate(choicesOf(seed), realEngine, { workload });
  const kept = JSON.parse(JSON.stringify(recording)) as typeof recording;
  const replayed = await simulate(choicesIn(kept), realEngine);
  const wrong: string[] = [];
  if (again.hash !== hash)
    wrong.push(`the same seed gave ${hash} and then ${again.hash}: something does not follow from the seed`);
  if (replayed.hash !== hash)
    wrong.push(`the seed gave ${hash} and its recording ${replayed.hash}: some choice is not recorded`);
  return wrong;
}

function describeBad(
  seed: number,
  { report, wrong, file }: { readonly report: Report; readonly wrong: readonly string[]; readonly file: string },
): string {
  const shown = wrong.slice(0, 8).map((line) => `  ${line}`);
  return [
    `seed ${String(seed)} (faults: ${report.faults.join(' ')}): ${String(wrong.length)} wrong.`,
    `  Again: SEED=${String(seed)} npx vitest run --project sim ${file}`,
    `  Kept for ever, as test/sim/corpus/NAME.json, with KEEP=NAME in front of that.`,
    ...shown,
  ].join('\n');
}
