// Python environments with packages, kept for all steps that need the same: one for each version of Python and list of packages.
// P1 An environment is built aside and becomes visible whole, by the renaming of one link: a build that fails or dies leaves none.
// P2 In this process one attempt builds it and the others wait. Two servers on one data folder may both build: the first link stays.
// P3 A build is a part of the attempt that does it, and ends with it; one of those that wait then builds.

import { createHash, randomUUID } from 'node:crypto';
import { access, chmod, chown, mkdir, realpath, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Failure } from '../../core/failure.ts';
import { type Result, success } from '../../core/result.ts';
import { FROM_SERVER } from '../process/environment.ts';
import { systemCodeOf } from '../process/failures.ts';
import { findProgram } from '../process/find-program.ts';
import { type Provided, type Stage } from '../process/launch.ts';
import { removeTree } from '../process/remove-tree.ts';
import { buildFailure, venvMissing, versionUnknown } from './build-failure.ts';
import { LAST_USE, keepInBounds } from './environment-bounds.ts';
import { type EnvironmentSettings } from './environment-settings.ts';
import { type Installer, installerOf, pipProbe } from './installer.ts';
import { showOuterPackages } from './outer-packages.ts';

/** Environments by what is in them. */
export interface PythonEnvironments {
  /** An environment with these packages, sorted; builds it if it is not there. With `outer`, it also sees those of the interpreter. */
  open(requirements: readonly string[], stage: Stage, outer?: 'outer'): Promise<Result<Provided, Failure>>;
}

/** One environment that is wanted. */
interface Wanted {
  readonly requirements: readonly string[];
  readonly stage: Stage;
  readonly settings: EnvironmentSettings;
  readonly outer: 'outer' | undefined;
  /** The link that leads to it once it is built. */
  readonly link: string;
  readonly version: string;
}

/** How many of the last lines of a build a failure quotes. */
const QUOTED_LINES = 15;

/** Makes the environments of a server. Nothing happens before the first is wanted. */
export function createPythonEnvironments(settings: EnvironmentSettings): PythonEnvironments {
  const building = new Map<string, Promise<unknown>>();
  return {
    open: async (requirements, stage, outer) => {
      const version = await pythonVersion(settings, stage);
      if (version === undefined) return versionUnknown(stage);
      const wanted = {
        requirements,
        stage,
        settings,
        version,
        outer,
        link: join(settings.root, keyOf(version, requirements, outer)),
      };
      for (;;) {
        const ready = await readyAt(wanted.link);
        if (ready !== undefined) return success(await provided(ready, stage));
        const other = building.get(wanted.link);
        if (other === undefined) break;
        await Promise.race([other, stage.stopped]);
        if (stage.isStopped()) return buildFailure(wanted, []);
      }
      const built = build(wanted);
      building.set(
        wanted.link,
        built.catch(() => undefined),
      );
      try {
        return await built;
      } finally {
        building.delete(wanted.link);
      }
    },
  };
}

function keyOf(version: string, requirements: readonly string[], outer: 'outer' | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([version, requirements, ...(outer === undefined ? [] : [outer])]))
    .digest('hex')
    .slice(0, 32);
}

/** Which Python it is, and where: an environment belongs to the program that it was made with. */
async function pythonVersion(settings: EnvironmentSettings, stage: Stage): Promise<string | undefined> {
  const lines: string[] = [];
  const end = await stage.run({
    program: [stage.interpreter, '-I', '-c', 'import sys; print(sys.executable, *sys.version.split("\\n"))'],
    folder: '/',
    variables: buildVariables(settings),
    onLine: (line) => lines.push(line),
  });
  return end.code === 0 ? lines[0] : undefined;
}

async function readyAt(link: string): Promise<string | undefined> {
  try {
    const folder = await realpath(link);
    await access(join(folder, 'bin/python'));
    return folder;
  } catch {
    return undefined;
  }
}

async function provided(folder: string, stage: Stage): Promise<Provided> {
  // Told by a file of its own: the time of a folder is not that of its use.
  await writeFile(join(folder, LAST_USE), '').catch(() => undefined);
  const programs = join(folder, 'bin');
  return {
    interpreter: join(programs, 'python'),
    variables: [
      { name: 'VIRTUAL_ENV', value: folder },
      { name: 'PATH', value: `${programs}:${stage.path}` },
    ],
  };
}

async function build(wanted: Wanted): Promise<Result<Provided, Failure>> {
  const { settings, stage, requirements, link } = wanted;
  const folder = join(settings.root, 'builds', `${link.slice(-32)}-${randomUUID().slice(0, 8)}`);
  await mkdir(folder, { recursive: true });
  if (stage.user !== undefined) {
    // Steps that run as another user must be able to walk through, not to look around.
    for (const outer of [settings.root, join(settings.root, 'builds')]) await chmod(outer, 0o711);
    await chown(folder, stage.user.uid, stage.user.gid);
  }
  const since = performance.now();
  stage.say(`Building the Python environment for ${requirements.join(', ')}: once, then it is kept.`);
  const uv = await findProgram('uv', stage.path, '/');
  const hasPip = await succeeds(wanted, pipProbe(stage.interpreter));
  const installed = await install(wanted, folder, installerOf({ uv, hasPip, settings }));
  if (!installed.ok) {
    await removeTree(folder);
    return installed;
  }
  if (wanted.outer !== undefined) await showOuterPackages(stage, folder, buildVariables(settings));
  await writeFile(join(folder, LAST_USE), '', { mode: 0o666 });
  await publish(folder, link);
  stage.say(`The Python environment is ready after ${((performance.now() - since) / 1000).toFixed(1)} s.`);
  await keepInBounds(settings.root);
  const ready = await readyAt(link);
  return ready === undefined ? buildFailure(wanted, []) : success(await provided(ready, stage));
}

async function succeeds({ stage, settings }: Wanted, program: readonly [string, ...string[]]): Promise<boolean> {
  const end = await stage.run({
    program,
    folder: '/',
    variables: buildVariables(settings),
    onLine: () => undefined,
  });
  return end.code === 0;
}

/** Runs one program after the other, as far as they succeed. */
async function install(wanted: Wanted, folder: string, installer: Installer): Promise<Result<void, Failure>> {
  const { stage, settings, requirements } = wanted;
  for (const program of installer.programs({ interpreter: stage.interpreter, folder, requirements })) {
    const lines: string[] = [];
    const end = await stage.run({
      program,
      folder,
      variables: buildVariables(settings),
      onLine: (line) => {
        lines.push(line);
        if (lines.length > QUOTED_LINES) lines.shift();
      },
    });
    if (stage.isStopped()) return buildFailure(wanted, lines);
    if (end.code === 0) continue;
    for (const line of lines) stage.say(line);
    return lines.some((line) => /ensurepip is not available|No module named '?venv/u.test(line))
      ? venvMissing(stage)
      : buildFailure({ ...wanted, installer: installer.name, offline: settings.offline }, lines);
  }
  return success(undefined);
}

/** Makes the environment visible; if another server was first, its own is taken and this one goes. */
async function publish(folder: string, link: string): Promise<void> {
  const isBroken = (await readyAt(link)) === undefined;
  if (isBroken) await unlink(link).catch(() => undefined);
  try {
    await symlink(folder, link);
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
    await removeTree(folder);
  }
}

function buildVariables({ environment, packaging }: EnvironmentSettings): Readonly<Record<string, string>> {
  const handedOn = FROM_SERVER.flatMap((name): (readonly [string, string])[] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...packaging, ...Object.fromEntries(handedOn) };
}
