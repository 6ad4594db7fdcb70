// Runs seeds, some of them twice, and says how to live through a bad one again.

import { type CreateEngine } from './cluster.ts';
import { type Report, simulate } from './simulate.ts';

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
  createEngine: CreateEngine,
  file: string,
): Promise<readonly string[]> {
  const bad: string[] = [];
  for (const seed of seeds) {
    const report = await simulate(seed, createEngine, process.env['TRACE'] !== undefined);
    if (process.env['TRACE'] !== undefined) process.stdout.write(`${report.trace.join('\n')}\n`);
    const wrong = [...report.wrong];
    if (seed % 100 === 0) wrong.push(...(await checkRepeat(report, createEngine)));
    if (wrong.length > 0) bad.push(describeBad(report, wrong, file));
  }
  return bad;
}

/** The same seed gives the same history, byte for byte. */
async function checkRepeat({ seed, hash }: Report, createEngine: CreateEngine): Promise<readonly string[]> {
  const again = await simulate(seed, createEngine);
  return again.hash === hash
    ? []
    : [`the same seed gave ${hash} and then ${again.hash}: something does not follow from the seed`];
}

function describeBad({ seed, faults }: Report, wrong: readonly string[], file: string): string {
  const shown = wrong.slice(0, 8).map((line) => `  ${line}`);
  return [
    `seed ${String(seed)} (faults: ${faults.join(' ')}): ${String(wrong.length)} wrong. Again: SEED=${String(seed)} npx vitest run --project sim ${file}`,
    ...shown,
  ].join('\n');
}
