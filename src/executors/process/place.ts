// The folder of one dispatch: the working folder, and beside it what the step is given and gives back.
// Every server process has a folder of its own under the root; those of dead processes of this machine are removed.

import { chmod, chown, mkdir, readdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type AttemptSpec } from '../../ports/executor.ts';
import { removeTree } from './remove-tree.ts';

/** Another user than the server's, whom steps run as. */
export interface StepUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where everything of one dispatch lies. */
export interface Place {
  readonly root: string;
  /** The working folder. */
  readonly work: string;
  readonly inputs: string;
  readonly artifacts: string;
  readonly outputs: string;
  readonly signals: string;
  /** Touched by a program that lives and has nothing to say. */
  readonly heartbeat: string;
  readonly params: string;
}

/** Whose place it is. */
export interface Tenant {
  readonly spec: AttemptSpec;
  /** Another for every dispatch of the attempt; steps see it, so it is not the token. */
  readonly marker: string;
  readonly user: StepUser | undefined;
}

/** Makes the place of a dispatch, with nothing of the version or of other steps in it yet. */
export async function createPlace(home: string, { spec, marker, user }: Tenant): Promise<Place> {
  const root = join(home, `${plain(spec.attemptId)}.${marker}`);
  const place: Place = {
    root,
    work: join(root, 'work'),
    inputs: join(root, 'inputs'),
    artifacts: join(root, 'artifacts'),
    outputs: join(root, 'outputs'),
    signals: join(root, 'signals'),
    heartbeat: join(root, 'heartbeat'),
    params: join(root, 'params.json'),
  };
  await mkdir(root, { mode: 0o700 });
  await Promise.all([
    mkdir(place.work, { mode: 0o700 }),
    mkdir(place.artifacts, { mode: 0o700 }),
    mkdir(place.inputs, { mode: 0o700 }),
    writeFile(place.outputs, '', { mode: 0o600 }),
    writeFile(place.signals, '', { mode: 0o600 }),
    writeFile(place.heartbeat, '', { mode: 0o600 }),
    writeFile(place.params, JSON.stringify(spec.params), { mode: 0o444 }),
    // Without it, Node would look for the type of a step's program in the folders above, which are the server's.
    writeFile(join(root, 'package.json'), '{}', { mode: 0o444 }),
  ]);
  if (user !== undefined) {
    for (const path of [place.work, place.artifacts, place.outputs, place.signals, place.heartbeat, root]) {
      await chown(path, user.uid, user.gid);
    }
  }
  return place;
}

/** Makes this process's folder under the root, and removes those that dead processes of this machine left behind. */
export async function openHome(workRoot: string): Promise<string> {
  const home = `${plain(hostname())}-${String(process.pid)}-${String(Math.trunc(performance.timeOrigin))}`;
  await mkdir(join(workRoot, home), { recursive: true });
  // Steps that run as another user must be able to walk through, not to look around.
  await chmod(join(workRoot, home), 0o711);
  for (const name of await readdir(workRoot)) {
    if (name !== home && isLeftOver(name)) await removeTree(join(workRoot, name));
  }
  return join(workRoot, home);
}

/** A container that is started again has the same host name and often the same process id: then the time tells. */
function isLeftOver(name: string): boolean {
  const prefix = `${plain(hostname())}-`;
  const pid = name.startsWith(prefix) ? /^([1-9][0-9]*)-[0-9]+$/.exec(name.slice(prefix.length))?.[1] : undefined;
  return pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** A name that is safe as one part of a path, and short enough beside another one. */
function plain(name: string): string {
  return name.replace(/[^A-Za-z0-9.-]/g, '_').slice(-100);
}
