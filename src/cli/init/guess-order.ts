// In which order scripts are meant to run: by the numbers in their names, else by what their words say, else by the alphabet.
// A script that starts the others knows best, and its order goes before all of these.

import { baseName, codeLines, type Script, stemOf } from './script.ts';

/** What the order rests on. */
export type Ground = 'runner' | 'numbers' | 'words' | 'alphabet';

/** Scripts in their order. */
export interface GuessedOrder {
  readonly scripts: readonly Script[];
  readonly by: Ground;
  /** The script that starts the others, if there is one; it is not among them. */
  readonly runner?: Script;
}

/** What scripts do, by the words in their names, from the first to the last. */
const PHASES: readonly (readonly string[])[] = [
  ['setup', 'init', 'install', 'bootstrap', 'configure'],
  ['download', 'fetch', 'load', 'get', 'ingest', 'extract', 'scrape', 'crawl', 'collect', 'import', 'pull', 'generate'],
  ['check', 'validate', 'verify'],
  ['clean', 'prepare', 'prep', 'preprocess', 'process', 'transform', 'convert', 'parse', 'filter', 'merge', 'join'],
  ['split', 'feature', 'features', 'embed', 'encode', 'tokenize', 'tokenise'],
  ['train', 'fit', 'model', 'analyze', 'analyse', 'analysis', 'compute', 'aggregate', 'cluster', 'simulate'],
  ['evaluate', 'eval', 'score', 'predict', 'infer', 'compare', 'classify', 'forecast'],
  ['plot', 'chart', 'draw', 'visualize', 'visualise', 'figure', 'figures', 'summarize', 'summarise', 'summary'],
  ['report', 'render', 'dashboard', 'export', 'save'],
  ['publish', 'upload', 'deploy', 'send', 'notify', 'email', 'announce', 'push'],
];

/** In extract, transform, load the last word means the opposite of what it means elsewhere. */
const LOAD_AT_THE_END = 8;

const FEWEST_STARTED = 2;

/** Guesses the order of scripts. */
export function guessOrder(scripts: readonly Script[]): GuessedOrder {
  const runner = findRunner(scripts);
  if (runner !== undefined) return runner;
  if (scripts.some(({ path }) => numbersOf(path).length > 0))
    return { scripts: scripts.toSorted(byNumber), by: 'numbers' };
  const phases = new Map(scripts.map(({ path }) => [path, phaseOf(path, isExtractLoad(scripts))]));
  const placed = new Set([...phases.values()].filter((phase) => phase !== undefined));
  const isSaying = placed.size > 1;
  const phase = ({ path }: Script): number => (isSaying ? (phases.get(path) ?? PHASES.length) : 0);
  return {
    scripts: scripts.toSorted((a, b) => phase(a) - phase(b) || compare(a.path, b.path)),
    by: isSaying ? 'words' : 'alphabet',
  };
}

/** A script that names two others or more starts them: in this order. What it does not name stands aside. */
function findRunner(scripts: readonly Script[]): GuessedOrder | undefined {
  for (const runner of scripts) {
    const others = scripts.filter((other) => other !== runner);
    const code = codeLines(runner).join('\n');
    const placed = others
      .map((script) => ({ script, at: mention(code, baseName(script.path)) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at);
    if (placed.length < FEWEST_STARTED) continue;
    const started = placed.map(({ script }) => script);
    return { scripts: [...started, ...others.filter((other) => !started.includes(other))], by: 'runner', runner };
  }
  return undefined;
}

/** Where a text names a file, as a whole word; -1 if it does not. */
export function mention(code: string, name: string): number {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return code.search(new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`, 'u'));
}

/** Numbered ones in the order of their numbers, folder by folder, then the others. */
function byNumber(a: Script, b: Script): number {
  const [one, other] = [numbersOf(a.path), numbersOf(b.path)];
  if (one.length === 0 || other.length === 0) return other.length - one.length || compare(a.path, b.path);
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const difference = (one[index] ?? 0) - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length || compare(a.path, b.path);
}

/** `02_train/01_fit.py` → 2, 1. A year or a date orders nothing that a person numbers. */
function numbersOf(path: string): readonly number[] {
  return path.split('/').flatMap((segment) => {
    const number = /^(?:step|stage|part)?[-_ ]?(\d{1,3})(?!\d)/iu.exec(segment)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

function isExtractLoad(scripts: readonly Script[]): boolean {
  const words = scripts.flatMap(({ path }) => wordsOf(path));
  return words.includes('extract') && words.includes('load');
}

/** The first word that says something; what a file is comes after what it does. */
function phaseOf(path: string, loadsLast: boolean): number | undefined {
  for (const word of wordsOf(path)) {
    if (word === 'load' && loadsLast) return LOAD_AT_THE_END;
    const phase = PHASES.findIndex((words) => words.includes(word));
    if (phase >= 0) return phase;
  }
  return undefined;
}

/** `fetchData_v2` → fetch, data, v, 2. */
function wordsOf(path: string): readonly string[] {
  return (stemOf(path).match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/gu) ?? []).map((word) => word.toLowerCase());
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
