// How packages get into an environment: by uv where it is on the PATH, since it is many times faster, else by venv and pip: the
// pip of the interpreter where it has one that can (copying one into each environment takes seconds), else one in the environment.
// Where the server's environment has settings of pip that say where packages come from, pip is asked: uv does not read them.

import { type EnvironmentSettings } from './environment-settings.ts';

/** The programs that build one environment, in order. */
export interface Installer {
  readonly name: 'uv' | 'pip';
  programs(build: Build): readonly (readonly [string, ...string[]])[];
}

/** What is to be built. */
export interface Build {
  readonly interpreter: string;
  readonly folder: string;
  readonly requirements: readonly string[];
}

const SOURCES_OF_PIP = ['PIP_INDEX_URL', 'PIP_EXTRA_INDEX_URL', 'PIP_FIND_LINKS', 'PIP_NO_INDEX', 'PIP_CONFIG_FILE'];

/** Chooses one. `uv` is its path, if it is there. */
export function installerOf({
  uv,
  hasPip,
  settings,
}: {
  readonly uv: string | undefined;
  /** Whether the interpreter's own pip can install into other environments. */
  readonly hasPip: boolean;
  readonly settings: Pick<EnvironmentSettings, 'packaging' | 'offline'>;
}): Installer {
  const isForPip = SOURCES_OF_PIP.some((name) => settings.packaging[name] !== undefined);
  return uv === undefined || isForPip ? pip(settings.offline, hasPip) : uvAt(uv, settings.offline);
}

/** Says by its exit code whether the interpreter's own pip can install into other environments. */
export function pipProbe(interpreter: string): readonly [string, ...string[]] {
  return [interpreter, '-I', '-m', 'pip', '--python', interpreter, '--version'];
}

function pip(offline: boolean, hasPip: boolean): Installer {
  const source = offline ? ['--no-index'] : [];
  return {
    name: 'pip',
    programs: ({ interpreter, folder, requirements }) => [
      [interpreter, '-I', '-m', 'venv', ...(hasPip ? ['--without-pip'] : []), folder],
      [
        ...pipInto(hasPip ? interpreter : undefined, `${folder}/bin/python`),
        ...['install', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off'],
        ...source,
        '--',
        ...requirements,
      ],
    ],
  };
}

function pipInto(outer: string | undefined, inner: string): readonly [string, ...string[]] {
  return outer === undefined ? [inner, '-I', '-m', 'pip'] : [outer, '-I', '-m', 'pip', '--python', inner];
}

function uvAt(uv: string, offline: boolean): Installer {
  const source = offline ? ['--offline'] : [];
  return {
    name: 'uv',
    programs: ({ interpreter, folder, requirements }) => [
      [uv, 'venv', '--no-project', '--allow-existing', '--python', interpreter, ...source, folder],
      [uv, 'pip', 'install', '--no-progress', '--python', `${folder}/bin/python`, ...source, '--', ...requirements],
    ],
  };
}
