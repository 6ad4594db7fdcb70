// The definition that the outside contract shows applies and runs as it stands, word for word. Its table is served from a file, and
// `pandas` is a small stand-in that the test makes: that a step gets what it requires is what matters here.

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { createLocalExecutor } from '../../src/executors/local.ts';
import { createTestEngine } from '../support/engine.ts';

const caller = { actor: 'ada' };
const home = join(import.meta.dirname, '../definitions');

async function standInForPandas(folder: string): Promise<void> {
  const about = 'pandas-2.0.dist-info';
  await mkdir(join(folder, about));
  await writeFile(join(folder, 'pandas.py'), '__version__ = "2.0"\n');
  await writeFile(join(folder, about, 'METADATA'), 'Metadata-Version: 2.1\nName: pandas\nVersion: 2.0\n');
  await writeFile(
    join(folder, about, 'WHEEL'),
    'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
  );
  await writeFile(
    join(folder, about, 'RECORD'),
    `pandas.py,,\n${about}/METADATA,,\n${about}/WHEEL,,\n${about}/RECORD,,\n`,
  );
  execFileSync('python3', ['-m', 'zipfile', '-c', 'pandas-2.0-py3-none-any.whl', 'pandas.py', about], { cwd: folder });
}

test('the definition of the contract runs to its end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'downbeat-contract-'));
  await standInForPandas(folder);
  await writeFile(join(folder, 'penguins.csv'), `species,mass\n${'Adelie,3700\n'.repeat(60)}Gentoo,\n`);
  const blobs = createMemoryBlobs();
  const executor = createLocalExecutor({
    blobs,
    workRoot: join(folder, 'work'),
    serverUrl: () => 'http://127.0.0.1:4000',
    environment: process.env,
    secrets: createMemorySecrets(),
    packages: { folder: join(folder, 'environments'), settings: { PIP_FIND_LINKS: folder, PIP_NO_INDEX: '1' } },
    now: () => Date.now(),
  });
  const lab = await createTestEngine({ blobs, executor });
  const paths = ['scripts/clean.py', 'scripts/train.py', 'scripts/tidy.sh'];
  const files = await Promise.all(
    paths.map(async (path) => ({ path, content: new Uint8Array(await readFile(join(home, path))) })),
  );
  const source = await readFile(join(home, 'contract.downbeat.yaml'), 'utf8');
  const applied = await lab.engine.applyWorkflow({ source, files, activate: true }, caller);
  expect(applied).toMatchObject({ ok: true, value: { armed: true } });
  const params = [{ name: 'source', value: `file://${join(folder, 'penguins.csv')}` }];
  await lab.engine.startRun({ workflowId: 'penguins', params, labels: [] }, caller);
  const { state } = await lab.ended('penguins/1');
  expect(state.steps.map(({ status, attempts }) => [status, attempts.at(-1)?.failure?.message])).toEqual([
    ['SUCCEEDED', undefined],
    ['SUCCEEDED', undefined],
    ['SUCCEEDED', undefined],
    ['SUCCEEDED', undefined],
    ['SUCCEEDED', undefined],
  ]);
  expect(state.status).toBe('SUCCEEDED');
  await lab.stop();
  expect(lab.errors).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});
