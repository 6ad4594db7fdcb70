// From the files of a folder to the steps of a first definition: which scripts are steps, in which order, and what each hands on.

import { type FolderContent } from './find-files.ts';
import { type Ground, guessOrder } from './guess-order.ts';
import { type HandOver, handOvers } from './hand-overs.ts';
import { folderOf, type Script, stemOf } from './script.ts';
import { stepIds } from './slug.ts';
import { filesUsed, isProgram } from './used-files.ts';

/** A step to be written. */
export interface DraftStep {
  readonly id: string;
  readonly script: Script;
  /** The step before it first, then others whose files it takes. */
  readonly needs: readonly string[];
  /** Folders that the script expects to be there. */
  readonly folders: readonly string[];
  readonly makes: readonly string[];
  readonly takes: readonly { readonly path: string; readonly from: string }[];
}

/** A workflow to be written. */
export interface Draft {
  readonly steps: readonly DraftStep[];
  /** What goes up with the version beside the scripts that steps name. */
  readonly files: readonly string[];
  /** What the order rests on. */
  readonly by: Ground;
  /** Scripts that are no steps since others use them or start them. */
  readonly aside: readonly string[];
}

/** Drafts a workflow; without scripts it has no steps. */
export function draftOf({ scripts, files }: FolderContent): Draft {
  const there = new Set(files);
  const order = guessOrder(scripts);
  const used = new Map(order.scripts.map((script) => [script, filesUsed(script, order.scripts, there)]));
  const usedByOthers = new Set([...used.values()].flat());
  const isStep = (script: Script): boolean =>
    !usedByOthers.has(script.path) || (order.by !== 'runner' && isOwn(script));
  // Scripts that all use one another are no modules of anything.
  const steps = order.scripts.some(isStep) ? order.scripts.filter(isStep) : order.scripts;
  const handed = handOvers(steps, there);
  const ids = stepIds(steps.map(({ path }) => stemOf(path)));
  const drafted = steps.map((script, index) => stepOf(script, index, { ids, handed: handed[index] ?? NOTHING }));
  const needed = [...used.values()].flat().concat(...handed.map(({ reads }) => reads));
  const named = drafted.filter((step) => !namesItsFile(step)).map(({ script }) => script.path);
  const direct = new Set(drafted.filter(namesItsFile).map(({ script }) => script.path));
  return {
    steps: drafted,
    files: [...new Set([...named, ...needed])].filter((path) => !direct.has(path)).sort(),
    by: order.by,
    aside: scripts.filter((script) => !steps.includes(script)).map(({ path }) => path),
  };
}

/** Whether the step can be written as `python: file` or `node: file`, with nothing to be done before. */
export function namesItsFile({ script, folders, takes }: DraftStep): boolean {
  return script.language !== 'shell' && folders.length === 0 && takes.length === 0;
}

const NOTHING: HandOver = { makes: [], takes: [], reads: [] };

/** A Python module with a main part, imported by another script, is both. */
function isOwn(script: Script): boolean {
  return script.language === 'python' && isProgram(script);
}

function stepOf(
  script: Script,
  index: number,
  { ids, handed }: { readonly ids: readonly string[]; readonly handed: HandOver },
): DraftStep {
  const takes = handed.takes.map(({ path, from }) => ({ path, from: ids[from] ?? '' }));
  const before = index === 0 ? [] : [ids[index - 1] ?? ''];
  const folders = [...handed.makes, ...takes.map(({ path }) => path)].map(folderOf).filter((folder) => folder !== '');
  return {
    id: ids[index] ?? '',
    script,
    needs: [...new Set([...before, ...takes.map(({ from }) => from)])],
    folders: [...new Set(folders)].sort(),
    makes: handed.makes,
    takes,
  };
}
