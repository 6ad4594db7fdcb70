// The files of a folder as `init` looks at them: without what is hidden, installed, built or a test.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf, type Script } from './script.ts';

/** What lies in a folder. Paths are from the folder, with `/`. */
export interface FolderContent {
  readonly scripts: readonly Script[];
  /** Every file that was looked at, scripts too. */
  readonly files: readonly string[];
}

const PASSED_OVER = new Set(
  'node_modules venv env virtualenv site-packages __pycache__ dist build target test tests __tests__ spec'.split(' '),
);
const NO_STEP =
  /^(?:__init__|conftest|setup)\.py$|^test_|(?:_test|\.test|\.spec)\.[a-z]+$|\.config\.[a-z]+$|\.d\.[a-z]?ts$/u;
const DEEPEST = 4;
const MOST_FILES = 5_000;

/** Names that no path of a definition can have. */
const UNFIT = /[\\*?[\]\p{Cc}]|^~/u;

/** Reads a folder and those within it. Fails as reading a folder does. */
export function findFiles(folder: string): FolderContent {
  const files: string[] = [];
  collect(folder, '', files);
  files.sort();
  const scripts = files.flatMap((path) => {
    const language = NO_STEP.test(path.slice(path.lastIndexOf('/') + 1)) ? undefined : languageOf(path);
    return language === undefined ? [] : [{ path, language, text: readFileSync(join(folder, path), 'utf8') }];
  });
  return { scripts, files };
}

function collect(root: string, path: string, files: string[]): void {
  const entries = readdirSync(join(root, path), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (files.length >= MOST_FILES) return;
    if (entry.name.startsWith('.') || UNFIT.test(entry.name)) continue;
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isFile()) files.push(inner);
    else if (entry.isDirectory() && !PASSED_OVER.has(entry.name) && inner.split('/').length < DEEPEST) {
      collect(root, inner, files);
    }
  }
}
