// Notebooks for tests, and the one environment that they all run in: built from the package index once for this machine.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalAttempts } from '../executors/local-attempts.ts';

/** Where test executors keep environments unless told otherwise: beside their work folders. */
export const NOTEBOOK_ENVIRONMENTS = join(tmpdir(), 'environments');

/** A cell: code, or code with tags. */
export type TestCell = string | { readonly source: string; readonly tags: readonly string[] };

/** A notebook as Jupyter saves it, of a kernel that is not there. */
export function notebookText(cells: readonly TestCell[], metadata: object = CONDA): string {
  const made = cells.map((cell) => {
    const { source, tags } = typeof cell === 'string' ? { source: cell, tags: [] } : cell;
    return { cell_type: 'code', execution_count: null, metadata: { tags }, outputs: [], source: linesOf(source) };
  });
  const title = { cell_type: 'markdown', metadata: {}, source: ['# A report'] };
  return JSON.stringify({ cells: [title, ...made], metadata, nbformat: 4, nbformat_minor: 2 });
}

const CONDA = {
  kernelspec: { name: 'conda-env-x', display_name: 'Python [conda env:x]', language: 'python' },
  language_info: { name: 'python', version: '3.9.1' },
};

function linesOf(source: string): readonly string[] {
  return source.split(/(?<=\n)/u);
}

/** Builds the environment, so that no test has to wait for that. Without a package index it fails, and says so. */
export async function prepareNotebooks(): Promise<void> {
  const local = await createLocalAttempts();
  const file = await local.file('empty.ipynb', notebookText([]));
  const work = { kind: 'notebook', program: { file: 'empty.ipynb' }, types: [] } as const;
  const { failure } = await local.run('', { work, files: [file] });
  await local.dispose();
  if (failure !== undefined) throw new Error(failure.message);
}
