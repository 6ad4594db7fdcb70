// The files of the folder that a script needs beside itself: modules that it imports, scripts that it starts. They go up with it.

import { posix } from 'node:path';
import { mention } from './guess-order.ts';
import { baseName, codeLines, folderOf, type Script } from './script.ts';

/** The files that the script uses itself, without those that these use in turn. Sorted, and never the script. */
export function filesUsed(script: Script, scripts: readonly Script[], files: ReadonlySet<string>): readonly string[] {
  const found = new Set([...imports(script, files), ...started(script, scripts)]);
  found.delete(script.path);
  return [...found].sort();
}

/** Whether a file runs when it is started, and does not only offer what others import. */
export function isProgram({ language, text }: Script): boolean {
  return language !== 'python' || /^if\s+__name__\s*==/mu.test(text);
}

function imports(script: Script, files: ReadonlySet<string>): readonly string[] {
  switch (script.language) {
    case 'python':
      return codeLines(script).flatMap((line) => pythonImports(line, script.path, files));
    case 'node':
      return codeLines(script).flatMap((line) => nodeImports(line, script.path, files));
    case 'shell':
      return [];
  }
}

function started(script: Script, scripts: readonly Script[]): readonly string[] {
  if (script.language === 'node') return [];
  const code = codeLines(script).join('\n');
  return scripts.flatMap(({ path }) => (mention(code, baseName(path)) >= 0 ? [path] : []));
}

function pythonImports(line: string, path: string, files: ReadonlySet<string>): readonly string[] {
  const from = /^\s*from\s+([.\w]+)\s+import\s+(.+)$/u.exec(line);
  const plain = /^\s*import\s+([\w., ]+)/u.exec(line);
  const names = (list: string): readonly string[] => list.match(/[\w.]+/gu) ?? [];
  const modules =
    from === null
      ? names(plain?.[1] ?? '')
      : [from[1] ?? '', ...names(from[2] ?? '').map((name) => `${from[1] ?? ''}.${name}`)];
  // The folder of the script is the first that Python looks in; the one that everything lies in is the usual other.
  return modules.flatMap((module) => [folderOf(path), ''].flatMap((home) => moduleFiles(home, module, files)));
}

/** `lib.clean` → lib/clean.py, with the __init__.py of the folders on the way. */
function moduleFiles(home: string, module: string, files: ReadonlySet<string>): readonly string[] {
  const segments = module.split('.').filter((segment) => segment !== '');
  const folders = segments.map((_, index) => posix.join(home, ...segments.slice(0, index + 1)));
  const last = folders.at(-1);
  if (last === undefined || (!files.has(`${last}.py`) && !files.has(`${last}/__init__.py`))) return [];
  return [`${last}.py`, ...folders.map((folder) => `${folder}/__init__.py`)].filter((file) => files.has(file));
}

function nodeImports(line: string, path: string, files: ReadonlySet<string>): readonly string[] {
  const asked = Array.from(line.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/gu));
  return asked.flatMap(([, name = '']) => {
    const target = posix.join(folderOf(path), name);
    const guesses = [target, ...['.js', '.mjs', '.cjs', '.ts', '.json', '/index.js'].map((ending) => target + ending)];
    return guesses.filter((guess) => files.has(guess)).slice(0, 1);
  });
}
