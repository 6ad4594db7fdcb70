// `requirements` of Python steps: built once from wheels that the test makes, kept, shared, stopped, and refused in words.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLocalAttempts, type Finished, type LocalAttempts } from './local-attempts.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let wheels: string;
let folder: string;
let local: LocalAttempts;

beforeEach(async () => {
  wheels = await mkdtemp(join(tmpdir(), 'downbeat-wheels-'));
  folder = await mkdtemp(join(tmpdir(), 'downbeat-environments-'));
  local = await createLocalAttempts({ packages: { folder, settings: { PIP_FIND_LINKS: wheels, PIP_NO_INDEX: '1' } } });
});
afterEach(async () => {
  await local.dispose();
  await rm(wheels, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

/** A wheel is a zip with the module and three small files about it. */
async function makeWheel(name: string, version: string, code: string): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'downbeat-wheel-'));
  const about = `${name}-${version}.dist-info`;
  await mkdir(join(root, about));
  await writeFile(join(root, `${name}.py`), code);
  await writeFile(join(root, about, 'METADATA'), `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`);
  await writeFile(
    join(root, about, 'WHEEL'),
    'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  );
  await writeFile(
    join(root, about, 'RECORD'),
    `${name}.py,,\n${about}/METADATA,,\n${about}/WHEEL,,\n${about}/RECORD,,\n`,
  );
  execFileSync(
    'python3',
    ['-m', 'zipfile', '-c', join(wheels, `${name}-${version}-py3-none-any.whl`), `${name}.py`, about],
    {
      cwd: root,
    },
  );
  await rm(root, { recursive: true, force: true });
}

const runWith = (code: string, requirements: readonly string[]): Promise<Finished> =>
  local.run('', { work: { kind: 'python', program: { code }, requirements } });
const environments = async (): Promise<number> => (await readdir(folder)).filter((name) => name !== 'builds').length;
const builds = async (): Promise<number> => (await readdir(join(folder, 'builds'))).length;
const told = ({ lines }: Finished): string =>
  lines.flatMap(({ stream, text }) => (stream === 'system' ? [text] : [])).join('\n');

test('a step imports what it requires, and the environment is built once for all steps that need the same', async () => {
  await makeWheel('tinybird', '1.2', 'SONG = "tweet"\n');
  const code = 'import tinybird, sys; print(tinybird.SONG, sys.prefix != sys.base_prefix)';
  const [first, second] = await Promise.all([runWith(code, ['tinybird==1.2']), runWith(code, ['tinybird==1.2'])]);
  expect(first.out).toEqual(['tweet True']);
  expect(second.out).toEqual(['tweet True']);
  expect(`${told(first)}${told(second)}`.match(/Building the Python environment/gu)).toHaveLength(1);
  const third = await runWith(code, ['tinybird==1.2']);
  expect([third.out, told(third)]).toEqual([['tweet True'], '']);
  expect([await environments(), await builds()]).toEqual([1, 1]);
  expect((await runWith('import tinybird', [])).failure?.message).toContain('No module named');
});

test('a package that is not there fails the attempt with what pip said, and leaves nothing', async () => {
  const finished = await runWith('print(1)', ['nosuchbird']);
  expect(finished.failure).toMatchObject({ kind: 'USER', code: 'REQUIREMENTS_FAILED', retryable: true });
  expect(finished.failure?.message).toContain('No matching distribution found for nosuchbird');
  expect(told(finished)).toContain('Could not find a version');
  expect([await environments(), await builds()]).toEqual([0, 0]);
});

test('stopping an attempt ends its build, and the one that waited builds', async () => {
  await makeWheel('slowbird', '1.0', 'SONG = "…"\n');
  const work = {
    kind: 'python' as const,
    program: { code: 'import slowbird; print("done")' },
    requirements: ['slowbird'],
  };
  const first = local.start('', { work });
  // Whoever comes first builds: only then is there somebody for the other to wait for.
  await vi.waitFor(
    () => {
      expect(first.lines.some(({ text }) => text.startsWith('Building'))).toBe(true);
    },
    { timeout: 30_000, interval: 5 },
  );
  const second = local.run('', { work });
  first.attempt.cancel(0);
  expect(await first.attempt.result).toEqual({ outcome: 'cancelled' });
  expect((await second).out).toEqual(['done']);
  expect([await environments(), await builds()]).toEqual([1, 1]);
});

test('a package of the index is installed, where the index can be reached', async ({ skip }) => {
  const settings = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('PIP_') && value !== undefined ? [[name, value]] : [],
    ),
  );
  const online = await createLocalAttempts({ packages: { folder, settings } });
  const { failure, out } = await online.run('', {
    work: { kind: 'python', program: { code: 'import iniconfig; print("here")' }, requirements: ['iniconfig>=2,<3'] },
  });
  await online.dispose();
  skip(failure?.code === 'REQUIREMENTS_FAILED', 'no package index can be reached');
  expect(out).toEqual(['here']);
});

test('without a network, what to do is said', async () => {
  const offline = await createLocalAttempts({ packages: { folder, offline: true } });
  const { failure } = await offline.run('', {
    work: { kind: 'python', program: { code: 'print(1)' }, requirements: ['tinybird'] },
  });
  expect(failure?.hint).toContain('DOWNBEAT_OFFLINE is on');
  await offline.dispose();
});

test('a Python that cannot make environments is told with the line to type', async () => {
  const bin = await mkdtemp(join(tmpdir(), 'downbeat-python-'));
  const real = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
  const script = `#!/bin/sh\ncase "$*" in *venv*) echo "The virtual environment was not created successfully because ensurepip is not available." ; exit 1;; esac\nexec ${real} "$@"\n`;
  await writeFile(join(bin, 'python3'), script, { mode: 0o755 });
  const finished = await local.run('', {
    work: { kind: 'python', program: { code: 'print(1)' }, requirements: ['tinybird'] },
    env: [{ name: 'PATH', value: `${bin}:/usr/bin:/bin` }],
  });
  await rm(bin, { recursive: true, force: true });
  expect(finished.failure).toMatchObject({ code: 'PYTHON_VENV_MISSING' });
  expect(finished.failure?.hint).toContain('apt-get install python3-venv');
});
