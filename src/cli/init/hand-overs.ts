// Which files one script leaves for another. By hand all of them run in one folder; as steps each has a folder of its own, so
// what is handed on must be said. Only what stands in a script as a plain path can be seen.

import { baseName, codeLines, type Script } from './script.ts';

/** What one script leaves and takes. */
export interface HandOver {
  /** Files that it makes and that are to be kept. */
  readonly makes: readonly string[];
  /** Files that scripts before it make, with the place of the maker in the order. */
  readonly takes: readonly { readonly path: string; readonly from: number }[];
  /** Files of the folder that it reads. */
  readonly reads: readonly string[];
}

interface Mention {
  readonly path: string;
  readonly isWritten: boolean;
}

const DATA =
  /^(?:\.\/)?[\p{L}\p{N}_][\p{L}\p{N}_ .-]*(?:\/[\p{L}\p{N}_][\p{L}\p{N}_ .-]*)*\.(?:csv|tsv|jsonl?|ndjson|parquet|feather|arrow|xlsx?|txt|md|html?|xml|ya?ml|toml|ini|pdf|png|jpe?g|svg|gif|webp|npy|npz|pkl|pickle|joblib|h5|hdf5|pt|pth|onnx|db|sqlite3?|duckdb|gz|zip|tar|tgz|bz2|xz|zst|log|out|dat|bin|rds|rdata|geojson|shp|wav|mp3)$/iu;
const QUOTED = /(["'`])((?:(?!\1)[^\\$\n{}]){1,200})\1/gu;
const SHELL_WORD = /"([^"$`]*)"|'([^']*)'|([^\s"'`;|&<>()=]+)/gu;
/** On a line that has one of these, a path is one that is written. */
const WRITES =
  /\bto_\w+\(|\bwrite|\bdump|\bsave|\bappendFile|\bcreateWriteStream|\burlretrieve|,\s*(?:mode\s*=\s*)?["'][wax]b?\+?["']/u;
/** Unless this stands right before it. */
const READS = /\b(?:read|load)\w*\(\s*$/iu;
/** Right before a word of a shell script that is written. */
const SHELL_WRITES = />\s*$|\btee(?:\s+-a)?\s+$|\s(?:-o|-O|--output)[\s=]*$|\b(?:mv|cp)\s.*\s$/u;

/** What each script of an order leaves and takes. `files` are those that lie in the folder. */
export function handOvers(scripts: readonly Script[], files: ReadonlySet<string>): readonly HandOver[] {
  const mentions = scripts.map(mentionsOf);
  const makers = new Map<string, number>();
  for (const path of new Set(mentions.flatMap((list) => list.map((one) => one.path)))) {
    const maker = makerOf(path, mentions, files);
    if (maker !== undefined) makers.set(path, maker);
  }
  return mentions.map((list, index) => {
    const paths = [...new Set(list.map(({ path }) => path))].sort();
    return {
      makes: paths.filter((path) => makers.get(path) === index),
      takes: paths.flatMap((path) => {
        const from = makers.get(path);
        return from === undefined || from >= index ? [] : [{ path, from }];
      }),
      reads: paths.filter((path) => !makers.has(path) && files.has(path)),
    };
  });
}

/** The script that makes a file: the first that seems to write it; one that is not there yet is made by who names it first of two. */
function makerOf(
  path: string,
  mentions: readonly (readonly Mention[])[],
  files: ReadonlySet<string>,
): number | undefined {
  const writer = mentions.findIndex((list) => list.some((one) => one.path === path && one.isWritten));
  const namers = mentions.flatMap((list, index) => (list.some((one) => one.path === path) ? [index] : []));
  if (writer >= 0) return writer;
  return !files.has(path) && namers.length > 1 ? namers[0] : undefined;
}

function mentionsOf(script: Script): readonly Mention[] {
  const lines = codeLines(script);
  const found = script.language === 'shell' ? lines.flatMap(inShell) : lines.flatMap((line) => inProgram(line, lines));
  return found.flatMap(({ path, isWritten }) =>
    DATA.test(path) && !path.includes('..') ? [{ path: path.replace(/^\.\//u, ''), isWritten }] : [],
  );
}

/** Texts in quotes that stand by themselves: what is joined to a folder is only the end of a path. */
function inProgram(line: string, lines: readonly string[]): readonly Mention[] {
  const isWritten = writesTo(line, lines);
  return Array.from(line.matchAll(QUOTED)).flatMap((match) => {
    const before = line.slice(0, match.index).trimEnd();
    if (/[/+]$|join\([^)]*$/u.test(before)) return [];
    return [{ path: match[2] ?? '', isWritten: isWritten && !READS.test(before) }];
  });
}

/** Whether a line writes to what it names. `OUT = "clean.csv"` does where a line with OUT does. */
function writesTo(line: string, lines: readonly string[]): boolean {
  const name = /^\s*(?:const |let |var |export )*(\w+)\s*=(?!=)/u.exec(line)?.[1];
  if (name === undefined || WRITES.test(line)) return WRITES.test(line);
  const used = new RegExp(`\\b${name}\\b`, 'u');
  return lines.some((other) => other !== line && WRITES.test(other) && used.test(other));
}

function inShell(line: string): readonly Mention[] {
  const words = Array.from(line.matchAll(SHELL_WORD)).map((match) => ({
    path: match[1] ?? match[2] ?? match[3] ?? '',
    isWritten: SHELL_WRITES.test(line.slice(0, match.index)),
  }));
  return [...words, ...fetched(line)];
}

/** `curl -O https://example.org/a.csv` leaves a.csv. */
function fetched(line: string): readonly Mention[] {
  const keepsName =
    /\bcurl\b.*\s(?:-\w*O|--remote-name)\b/u.test(line) || (/\bwget\b/u.test(line) && !/\s-O\b/u.test(line));
  const address = /https?:\/\/[^\s"'?#]+/u.exec(line)?.[0];
  return keepsName && address !== undefined ? [{ path: baseName(address), isWritten: true }] : [];
}
