// What can be told of a notebook before it runs: whether its file is one at all, and whether it is in Python.

import { type Json } from '../json.ts';
import { isJsonArray, isJsonObject } from '../params/infer-type.ts';
import { type Refusal } from '../refusal.ts';
import { type Definition } from './model.ts';
import { type Problem, placed, refusalOf } from './problem.ts';
import { parseSource } from './source/parse-source.ts';
import { stepLists, stepsIn } from './step-lists.ts';

/** What is wrong with a file that is to run as a notebook. */
export interface NotebookFault {
  readonly message: string;
  readonly hint: string;
}

/** What is wrong with the notebooks of a definition, at the steps that name them; a file whose text is not known is passed over. */
export function notebookRefusals(
  definition: Definition,
  source: string,
  textOf: (path: string) => string | undefined,
): readonly Refusal[] {
  const root = parseSource(source)[0]?.root;
  if (root === undefined) return [];
  return stepLists(definition)
    .flatMap(stepsIn)
    .flatMap(({ path, step: { work } }): readonly Problem[] => {
      const text = work.kind === 'notebook' ? textOf(work.program.file) : undefined;
      if (work.kind !== 'notebook' || text === undefined) return [];
      const fault = notebookFault(work.program.file, text);
      return fault === undefined ? [] : [{ rule: 'bad-notebook', path: [...path, 'notebook'], ...fault }];
    })
    .map((problem) => refusalOf(placed(problem, root)));
}

const SAVE_AGAIN = 'Open it in Jupyter, see that it is whole, and save it.';

/** What is wrong with one file. Only its shape is looked at: bytes beyond ASCII may be read in any way. */
export function notebookFault(file: string, text: string): NotebookFault | undefined {
  const notebook = parsed(text);
  if (notebook === undefined) {
    const conflict = text.split('\n').findIndex((line) => line.startsWith('<<<<<<< '));
    const mark = conflict < 0 ? '' : `: line ${String(conflict + 1)} is the mark of a merge conflict`;
    return { message: `"${file}" is no notebook: it is not JSON${mark}.`, hint: SAVE_AGAIN };
  }
  if (!isJsonObject(notebook) || !isJsonArray(notebook['cells'] ?? null)) {
    const isOld = isJsonObject(notebook) && isJsonArray(notebook['worksheets'] ?? null);
    const why = isOld ? 'of a format that was given up in 2014' : 'no notebook: it has no list of cells';
    return { message: `"${file}" is ${why}.`, hint: SAVE_AGAIN };
  }
  const language = languageOf(notebook['metadata']);
  if (PYTHON.has(language.toLowerCase())) return undefined;
  return {
    message: `"${file}" is written in ${language.slice(0, LONGEST_NAME)}, and notebook steps run Python.`,
    hint: 'Choose a Python kernel for it in Jupyter, or let a program of its language run it, with `run:`.',
  };
}

/** How kernels name the language of Python; one that names none is taken for it. */
const PYTHON: ReadonlySet<string> = new Set(['python', 'python3', 'ipython']);
const LONGEST_NAME = 40;

function languageOf(metadata: Json | undefined): string {
  const about = memberOf(metadata, 'kernelspec', 'language') ?? memberOf(metadata, 'language_info', 'name');
  return typeof about === 'string' && about !== '' ? about : 'python';
}

function memberOf(json: Json | undefined, outer: string, inner: string): Json | undefined {
  const member = json !== undefined && isJsonObject(json) ? json[outer] : undefined;
  return member !== undefined && isJsonObject(member) ? member[inner] : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
