// Why a Python environment could not be made, for the author of the step: what pip said last, and what to do.

import { type Failure } from '../../core/failure.ts';
import { type Failed } from '../../core/result.ts';
import { authorFailure, stepFailure } from '../process/failures.ts';
import { type Stage } from '../process/launch.ts';

/** A build that came to nothing. */
export interface FailedBuild {
  readonly requirements: readonly string[];
  readonly stage: Stage;
  readonly installer?: string;
  readonly offline?: boolean;
}

const LONGEST_QUOTE = 600;

/** The installer refused: what it said last, errors before anything else. */
export function buildFailure(build: FailedBuild, lines: readonly string[]): Failed<Failure> {
  const { stage, requirements, installer = 'pip', offline = false } = build;
  const errors = lines.filter((line) => /^\s*(error|×|no solution)/iu.test(line));
  const said = (errors.length > 0 ? errors : lines).slice(-4).join(' · ').trim();
  const quoted = said === '' ? 'it said nothing' : said.slice(-LONGEST_QUOTE);
  return stepFailure(
    'REQUIREMENTS_FAILED',
    `The packages of step "${stage.stepId}" (${requirements.join(', ')}) could not be installed: ${installer} said: ${quoted}`,
    offline
      ? 'DOWNBEAT_OFFLINE is on, so nothing is fetched: put the wheels into a folder and name it in PIP_FIND_LINKS, or turn it off.'
      : 'Check the names and versions under `requirements`, and whether this machine reaches the package index.',
  );
}

/** Python is there, and what makes environments is not: Debian and Ubuntu have it in a package of its own. */
export function venvMissing(stage: Stage): Failed<Failure> {
  return authorFailure(
    'PYTHON_VENV_MISSING',
    `Step "${stage.stepId}" has \`requirements\`, and the Python of this server (${stage.interpreter}) cannot make environments: its module venv is not whole.`,
    'Install it: apt-get install python3-venv (Debian and Ubuntu); or put uv on the PATH of the server.',
  );
}

/** The interpreter does not even say its version. */
export function versionUnknown(stage: Stage): Failed<Failure> {
  return authorFailure(
    'INTERPRETER_BROKEN',
    `Step "${stage.stepId}" needs ${stage.interpreter}, which does not say its version.`,
    `Try it on the server: ${stage.interpreter} --version`,
  );
}
