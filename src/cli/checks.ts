// What `doctor` looks at, one check each: what was found and, where something is missing, what to do.

import { execFile } from 'node:child_process';
import { readdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NO_HOSTS, PUBLIC_HOSTS } from '../core/http-hosts.ts';
import { CliError } from './cli-error.ts';
import { callOnce } from './server/http-call.ts';
import { type KnownCluster } from './server/known-cluster.ts';
import { type KnownSecrets } from './server/known-secrets.ts';
import { SERVER } from './operations/operations.ts';
import { type CliConfig, type Session } from './session.ts';
import { SIGNAL_COUNTS } from './operations/trigger-operations.ts';

/** What a check came to. `note` is worth knowing and hinders nothing yet; `missing` hinders. */
export interface Check {
  readonly name: string;
  readonly state: 'fine' | 'note' | 'missing';
  readonly found: string;
  readonly fix?: string;
}

const OLDEST_NODE = [20, 19] as const;
const PROBE_MS = 10_000;
const LEAST_DISK = 1024 ** 3;

/** Whether this Node.js is new enough. */
export function checkNode(version: string = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (isEnough) return { name: 'Node.js', state: 'fine', found: version };
  return {
    name: 'Node.js',
    state: 'missing',
    found: `${version} is too old`,
    fix: `Install Node.js ${OLDEST_NODE.join('.')} or newer.`,
  };
}

/** Whether Python steps can run, and get the packages that they require. */
export async function checkPython(): Promise<Check> {
  const name = 'Python';
  const version = await firstLine('python3', ['--version']);
  if (version !== undefined) {
    const uv = await firstLine('uv', ['--version']);
    if (uv !== undefined) return { name, state: 'fine', found: `${version}, packages by ${uv}` };
    // Debian and Ubuntu keep what makes environments in a package of its own.
    const canBuild = (await firstLine('python3', ['-I', '-c', 'import venv, ensurepip; print("yes")'])) === 'yes';
    if (canBuild) return { name, state: 'fine', found: `${version}, packages by venv and pip` };
    return {
      name,
      state: 'note',
      found: `${version}, without the module venv: steps with \`requirements\` fail`,
      fix: 'Install it: apt-get install python3-venv (Debian and Ubuntu); or put uv on the PATH.',
    };
  }
  return {
    name,
    state: 'note',
    found: 'no python3 on the PATH',
    fix: 'Install Python 3 if steps shall run Python; nothing else needs it.',
  };
}

/** Which MongoDB the server would use. */
export async function checkMongod(config: CliConfig): Promise<Check> {
  const name = 'MongoDB';
  if (config.store.mongodbUri !== undefined) return { name, state: 'fine', found: 'the one of MONGODB_URI' };
  const { mongod } = config.store;
  if (mongod !== undefined) {
    const version = await firstLine(mongod, ['--version']);
    if (version !== undefined) return { name, state: 'fine', found: `${mongod} (${version})` };
    return {
      name,
      state: 'missing',
      found: `DOWNBEAT_MONGOD names ${mongod}, which does not run`,
      fix: 'Correct the path, or unset DOWNBEAT_MONGOD.',
    };
  }
  for (const path of ['mongod', ...(await cachedPrograms(config.surroundings.cacheDir))]) {
    const version = await firstLine(path, ['--version']);
    if (version !== undefined) return { name, state: 'fine', found: `${path} (${version})` };
  }
  return {
    name,
    state: 'note',
    found: 'no mongod on this machine yet',
    fix: '`downbeat serve` fetches one at its first start; without a network, install MongoDB or set MONGODB_URI.',
  };
}

/** Which secrets steps can name. */
export async function checkSecrets(secrets: KnownSecrets): Promise<Check> {
  const name = 'Secrets';
  const listed = await secrets.list();
  if (!listed.ok) return { name, state: 'missing', found: listed.failure.why, fix: listed.failure.hint };
  if (listed.value.length === 0) return { name, state: 'fine', found: 'none' };
  const sources = new Map<string, string[]>();
  for (const secret of listed.value) sources.set(secret.from, [...(sources.get(secret.from) ?? []), secret.name]);
  const found = Array.from(sources, ([from, names]) => `${names.join(', ')} (${from})`).join(', ');
  return { name, state: 'fine', found };
}

/** Where steps may send requests. */
export function checkRequests(hosts: readonly string[]): Check {
  const name = 'Requests';
  const named = hosts.filter((word) => word !== PUBLIC_HOSTS && word !== NO_HOSTS);
  const isPublic = hosts.includes(PUBLIC_HOSTS);
  if (!isPublic && named.length === 0) {
    return {
      name,
      state: 'note',
      found: 'none may be sent: steps with `http` fail',
      fix: 'If they are wanted, set DOWNBEAT_HTTP_HOSTS: public, or the hosts that they need.',
    };
  }
  const places = [...(isPublic ? ['every public address'] : []), ...named];
  return { name, state: 'fine', found: `steps may send them to ${places.join(', ')}` };
}

/** Where `kubernetes` steps run; nothing is said where no cluster is set. */
export async function checkCluster(cluster: KnownCluster | undefined): Promise<readonly Check[]> {
  if (cluster === undefined) return [];
  const name = 'Kubernetes';
  const seen = await cluster.look();
  if (seen.ok) return [{ name, state: 'fine', found: `pods run in the ${seen.value}` }];
  const fix = 'Correct DOWNBEAT_KUBERNETES; what its account must be allowed to do is in deploy/kubernetes/role.yaml.';
  return [{ name, state: 'missing', found: `no pods can be had: ${seen.failure}`, fix }];
}

/** Whether there is room for data. */
export async function checkDisk(dataDir: string): Promise<Check> {
  const name = 'Disk';
  const free = await freeBytes(dataDir);
  if (free === undefined) return { name, state: 'note', found: `${dataDir} cannot be looked at` };
  const found = `${(free / LEAST_DISK).toFixed(1)} GB free for ${dataDir}`;
  return free >= LEAST_DISK
    ? { name, state: 'fine', found }
    : { name, state: 'missing', found, fix: 'Make room, or choose another folder with DOWNBEAT_DATA_DIR.' };
}

/** Whether a server answers. That none does is only a fault where one was named. */
export async function checkServer({ client, config, pace }: Session): Promise<Check> {
  const name = 'Server';
  const { url } = client.endpoint;
  const isNamed = config.settings.some((row) => row.name === 'DOWNBEAT_URL' && row.source !== 'default');
  const outcome = await callOnce(
    client.endpoint,
    { query: SERVER.text, variables: {} },
    Math.min(pace.requestFor, PROBE_MS),
  );
  if (outcome.kind === 'unreachable' || outcome.kind === 'broken' || outcome.kind === 'stranger') {
    return {
      name,
      state: isNamed ? 'missing' : 'note',
      found: `none answers at ${url} (${outcome.why})`,
      fix: 'Start one with `downbeat serve`, or say where it is with DOWNBEAT_URL.',
    };
  }
  try {
    const { server } = await client.query(SERVER, {});
    const nodes = server.nodes.length === 1 ? '1 node' : `${String(server.nodes.length)} nodes`;
    return { name, state: 'fine', found: `${url}, version ${server.version}, ${nodes}` };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return {
      name,
      state: 'missing',
      found: `${url} refuses: ${error.message}`,
      ...(error.hint === undefined ? {} : { fix: error.hint }),
    };
  }
}

async function cachedPrograms(cacheDir: string): Promise<readonly string[]> {
  const versions = await readdir(cacheDir).catch(() => []);
  return versions.map((version) => join(cacheDir, version, 'mongod'));
}

/** Of the folder, or of the nearest one above that exists. */
async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return dirname(folder) === folder ? undefined : freeBytes(dirname(folder));
  }
}

function firstLine(program: string, options: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, options, { timeout: PROBE_MS }, (error, stdout, stderr) => {
      resolve(error === null ? `${stdout}${stderr}`.split('\n')[0]?.trim() : undefined);
    });
  });
}

/** Whether every signal of every trigger is accounted for; undefined where no server answers. */
export async function checkSignals({ client }: Session): Promise<Check | undefined> {
  const name = 'Signals';
  try {
    const { workflows } = await client.query(SIGNAL_COUNTS, {});
    const triggers = workflows.nodes.flatMap((workflow) => workflow.triggers);
    const wrong = triggers.filter(({ counts }) => counts?.balanced === false);
    const pending = triggers.reduce((sum, { counts }) => sum + (counts?.pending ?? 0), 0);
    if (wrong.length === 0) {
      return { name, state: 'fine', found: `every signal is accounted for; ${String(pending)} wait for others` };
    }
    return {
      name,
      state: 'missing',
      found: `not every signal is accounted for at ${wrong.map(({ id }) => id).join(', ')}`,
      fix: 'That is a bug of Downbeat: please report it with what `downbeat explain` says of them.',
    };
  } catch (error) {
    // What is wrong with the server has been said already.
    if (error instanceof CliError) return undefined;
    throw error;
  }
}
