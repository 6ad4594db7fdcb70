// Notebook steps: papermill runs them, in an environment that has it and a kernel beside what the step requires. Without
// `requirements` the notebook also sees the packages of python3, as a Python step without them does.

import { join } from 'node:path';
import { type Failure } from '../../core/failure.ts';
import { type Result } from '../../core/result.ts';
import { type NotebookCall } from '../../core/run/notebook-call.ts';
import { type AttemptSpec } from '../../ports/executor.ts';
import { type Launch, type Provided, type Stage } from '../process/launch.ts';
import { type PythonEnvironments } from '../python/environments.ts';
import { INSTALL_PYTHON } from '../python/python.ts';
import { hideInNotebook } from './hide-in-notebook.ts';
import { NOTEBOOK_PROGRAM, OWN_LINE } from './notebook-program.ts';

const NAME = '.downbeat-step.py';

/** What runs a notebook. Ranges, so that they fit beside what steps require; a step that names one of them has its way. */
const PACKAGES: ReadonlyMap<string, string> = new Map([
  ['papermill', 'papermill>=2.6,<3'],
  ['ipykernel', 'ipykernel>=6.29,<8'],
]);

/** How a notebook is started. */
export function notebookLaunch(
  { program, requirements, types }: NotebookCall,
  environments: PythonEnvironments,
): Launch {
  const { file } = program;
  return {
    interpreter: 'python3',
    variables: [],
    installHint: INSTALL_PYTHON,
    script: { name: NAME, text: NOTEBOOK_PROGRAM },
    file,
    // Isolated: a file of the step's folder must not take the place of a module that the program imports.
    arguments: [
      '-I',
      `./${NAME}`,
      file,
      JSON.stringify(Object.fromEntries(types.map(({ name, value }) => [name, value]))),
    ],
    provide: async (stage) => provided(requirements, environments, stage),
    ownLines: OWN_LINE,
    failureOf,
    keeps: [file],
    finish: async (place, mask) => hideInNotebook(join(place.work, file), place, mask),
  };
}

async function provided(
  requirements: readonly string[] | undefined,
  environments: PythonEnvironments,
  stage: Stage,
): Promise<Result<Provided, Failure>> {
  const given = new Set((requirements ?? []).map((text) => /^[a-z0-9-]+/u.exec(text)?.[0]));
  const own = [...PACKAGES].flatMap(([name, text]) => (given.has(name) ? [] : [text]));
  const all = [...(requirements ?? []), ...own].sort();
  const opened = await environments.open(all, stage, requirements === undefined ? 'outer' : undefined);
  if (opened.ok || opened.failure.code !== 'REQUIREMENTS_FAILED') return opened;
  const why = 'papermill and ipykernel run the notebook: to have others than these, name them under `requirements`.';
  return { ...opened, failure: { ...opened.failure, hint: `${opened.failure.hint ?? ''} ${why}`.trim() } };
}

/** What the last line of the program says, where it names a failure. */
function failureOf(said: string, { stepId, runId }: AttemptSpec): Failure | undefined {
  const [, code = '', text = ''] = /^(NOTEBOOK_[A-Z_]+) (.*)$/u.exec(said) ?? [];
  const logs = `downbeat logs ${runId.replace(/^run:/u, '')} ${stepId}`;
  switch (code) {
    case 'NOTEBOOK_CELL_FAILED':
      return {
        kind: 'USER',
        code,
        message: `Step "${stepId}" failed in ${text}`,
        hint: `The cell and where in it it failed are at the end of its log: ${logs}`,
        retryable: true,
      };
    case 'NOTEBOOK_DIED':
      return {
        kind: 'USER',
        code,
        message: `The Python of step "${stepId}" ended in the middle of its work: ${text}`,
        hint: `A library crashed, or a cell called os._exit; to end a notebook early and well, call sys.exit(). Its log: ${logs}`,
        retryable: true,
      };
    case 'NOTEBOOK_UNFIT':
      return {
        kind: 'USER',
        code,
        message: `Step "${stepId}" cannot run its notebook: ${text}`,
        hint: 'Open it in Jupyter, choose a Python kernel, save it, and apply the workflow again.',
        retryable: false,
      };
    default:
      return undefined;
  }
}
