// Python steps: python3 from the step's PATH, unbuffered, with the working folder (or the file's folder) first on sys.path.
// With `requirements`, the Python of an environment that has those packages.

import { type Program } from '../../core/definition/model.ts';
import { type Launch } from '../process/launch.ts';
import { type PythonEnvironments } from './environments.ts';

const NAME = '.downbeat-step.py';

/** A Python step's work. */
export interface PythonWork {
  readonly program: Program;
  readonly requirements?: readonly string[];
}

/** What to do where there is no Python. */
export const INSTALL_PYTHON =
  'Install Python 3 (Debian and Ubuntu: apt-get install python3; macOS: brew install python), or set PATH in the env of the step to where it is.';

/** How a Python program is started. */
export function pythonLaunch({ program, requirements = [] }: PythonWork, environments: PythonEnvironments): Launch {
  const common = {
    interpreter: 'python3',
    variables: [{ name: 'PYTHONUNBUFFERED', value: '1' }],
    installHint: INSTALL_PYTHON,
    ...(requirements.length > 0 && { provide: (stage) => environments.open(requirements, stage) }),
  } satisfies Partial<Launch>;
  return 'code' in program
    ? { ...common, script: { name: NAME, text: program.code }, arguments: [`./${NAME}`] }
    : { ...common, file: program.file, arguments: [`./${program.file}`] };
}
