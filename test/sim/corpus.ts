// Histories that once failed, each as data in corpus/: what was chosen, not the seed that chose it. So they stay what they are
// when seeds come to draw otherwise. Each is there for a mistake; one that somebody could make again is planted in breakages.ts.

import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { breakEngine } from './break-engine.ts';
import { type Breakage } from './breakages.ts';
import { choicesIn, choicesOf, type Recording } from './choices.ts';
import { type EngineBuild } from './cluster.ts';
import { shrink } from './shrink.ts';
import { type Report, simulate } from './simulate.ts';

/** A history that is kept, and what was wrong in it. */
export interface KeptHistory extends Recording {
  /** What the simulation said. */
  readonly mistake: string;
  /** The breakage that it finds, by name. */
  readonly breakage?: string;
}

const folder = new URL('corpus/', import.meta.url);

/** All histories that are kept, by name. */
export function keptHistories(): ReadonlyMap<string, KeptHistory> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files
      .sort()
      .map((file) => [
        file.slice(0, -'.json'.length),
        JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as KeptHistory,
      ]),
  );
}

/** Keeps a history: a choice a line, so that a person can read it and leave some out. */
export async function keepHistory(name: string, { choices, ...history }: KeptHistory): Promise<void> {
  const lines = Object.entries(choices).map(
    ([choice, made]) => `    ${JSON.stringify(choice)}: ${JSON.stringify(made)}`,
  );
  const head = Object.entries(history).map(([field, value]) => `  ${JSON.stringify(field)}: ${JSON.stringify(value)},`);
  const text = ['{', ...head, '  "choices": {', lines.join(',\n'), '  }', '}', ''].join('\n');
  await writeFile(new URL(`${name}.json`, folder), text);
}

/** Lives through a recording again. */
export async function replay(recording: Recording, build: EngineBuild): Promise<Report> {
  return simulate(choicesIn(recording), build, { keepTrace: process.env['TRACE'] !== undefined });
}

/**
 * Whether a breakage is found by a history in one of its variants: the same choices, with other noise. The next version of
 * the engine may call the store once more or less than the one that a history was recorded with, and what hung on a
 * millisecond is then found by a variant.
 */
export async function finds(history: Recording, broken: EngineBuild, variants = 40): Promise<boolean> {
  for (let variant = 0; variant < variants; variant++)
    if ((await replay(variantOf(history, variant), broken)).wrong.length > 0) return true;
  return false;
}

/** A smaller history that `broken` fails in the same way; one that `sound` lives through, if there is a sound engine. */
export async function distil(
  { wrong, recording }: Report,
  broken: EngineBuild,
  sound?: EngineBuild,
): Promise<KeptHistory> {
  const [mistake = ''] = wrong;
  const small = await shrink(recording, async (smaller) => {
    if (!(await failsAlike(smaller, broken, mistake))) return false;
    if (sound === undefined) return true;
    // What is left must not hang on the noise, or the next version of the engine would not be found out.
    const [second, third] = [variantOf(smaller, 1), variantOf(smaller, 2)];
    const isSturdy = (await failsAlike(second, broken, mistake)) || (await failsAlike(third, broken, mistake));
    return isSturdy && (await replay(smaller, sound)).wrong.length === 0;
  });
  return { mistake, ...small };
}

/** Looks for a history that finds a breakage, among so many seeds, and keeps the smallest under the breakage's name. */
export async function recordFinding(
  { name, edits }: Breakage,
  sound: EngineBuild,
  mostSeeds = 2_000,
): Promise<boolean> {
  const broken = await breakEngine(edits);
  const file = (name.split(':')[0] ?? name).toLowerCase().replace(/[^a-z]+/g, '-');
  let found = 0;
  for (let seed = 1; seed <= mostSeeds && found < mostFindings; seed++) {
    const report = await simulate(choicesOf(seed), broken);
    const { wrong, recording } = report;
    if (wrong.length === 0 || (await replay(recording, sound)).wrong.length > 0) continue;
    found++;
    const isSturdy = await finds(variantOf(recording, 1), broken, 3);
    // A history that hangs on its noise is kept only until there is a better one, and whole.
    if (isSturdy || found === 1) {
      const history = isSturdy ? await distil(report, broken, sound) : { mistake: wrong[0] ?? '', ...recording };
      await keepHistory(file, { breakage: name, ...history });
    }
    if (isSturdy) return true;
  }
  return found > 0;
}

/** So many histories are tried before one is kept that hangs on its noise. */
const mostFindings = 5;

function variantOf(recording: Recording, variant: number): Recording {
  return { ...recording, noise: recording.noise + variant };
}

async function failsAlike(recording: Recording, broken: EngineBuild, mistake: string): Promise<boolean> {
  const { wrong } = await replay(recording, broken);
  return wrong.some((line) => kindOf(line) === kindOf(mistake));
}

/** The invariant that a line names. */
function kindOf(line: string): string {
  return /^(I\d+|stuck|[^:]*)/.exec(line)?.[1] ?? line;
}
