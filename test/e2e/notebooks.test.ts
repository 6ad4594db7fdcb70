// A notebook beside its definition: taken along by `apply`, executed with the parameters of the run, kept, and told when it fails.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOTEBOOK_ENVIRONMENTS, notebookText, prepareNotebooks } from '../support/notebooks.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

/** Where no other test has built the environment, this one does. */
const PATIENCE_MS = 240_000;
const SECRET = 'correct-horse-battery';
let server: TestServer;
let folder: string;

beforeAll(async () => {
  await prepareNotebooks();
  folder = await mkdtemp(join(tmpdir(), 'downbeat-notebooks-'));
  await mkdir(join(folder, 'data'));
  await symlink(NOTEBOOK_ENVIRONMENTS, join(folder, 'data/environments'));
  const env = { DOWNBEAT_SECRET_TOKEN: SECRET, DOWNBEAT_DATA_DIR: join(folder, 'data') };
  server = await startTestServer({ env });
}, PATIENCE_MS);
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

const DEFINITION = `id: islands
params: { heaviest: 5000.0 }
steps:
  - id: each
    foreach: { island: [biscoe, dream] }
    steps:
      - id: report
        notebook: report.ipynb
        outputs: { rows: long }
        env: { TOKEN: "\${secrets.TOKEN}" }
      - { id: look, needs: report, run: 'ls "$DOWNBEAT_INPUTS/report"; grep -c tok: "$DOWNBEAT_INPUTS/report/report.ipynb"' }
`;

const REPORT = `import os
print(f"{island} tok:{os.environ['TOKEN']}", type(heaviest).__name__)
with open(os.environ["DOWNBEAT_OUTPUTS"], "a") as outputs:
    _ = outputs.write("rows=3\\n")`;

test('a notebook is applied, runs in each round of a loop, and what it made goes on to the next step', async () => {
  await writeFile(join(folder, 'islands.yaml'), DEFINITION);
  const file = join(folder, 'islands.yaml');
  expect((await server.cli('apply', file)).stderr).toContain('report.ipynb');
  await writeFile(join(folder, 'report.ipynb'), notebookText([REPORT], { kernelspec: { language: 'R' } }));
  const refused = await server.cli('validate', file);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toContain('islands.yaml:8:19: error: "report.ipynb" is written in R');

  await writeFile(join(folder, 'report.ipynb'), notebookText([REPORT]));
  expect(await server.cli('apply', file)).toMatchObject({ code: 0, stderr: '' });
  expect((await server.cli('graph', 'islands')).stdout).toContain('report  notebook report.ipynb');
  expect(await server.cli('run', 'islands')).toMatchObject({ code: 0 });
  const ended = await server.cli('watch', 'islands/1');
  expect({ ...ended, stdout: '' }).toMatchObject({ code: 0 });
  const { stdout } = await server.cli('logs', 'islands/1/each[0]', 'report');
  expect(stdout).toContain('cell 1 of 1: import os');
  expect(stdout).toContain('biscoe tok:••• float');
  // The notebook that the next step was handed: the cell and its output both have the word.
  const handed = await server.cli('logs', 'islands/1/each[1]', 'look');
  expect(handed.stdout).toMatch(/report\.ipynb[^]*\b2$/mu);
});

test('a cell that fails is named where a person asks why', async () => {
  await writeFile(join(folder, 'broken.yaml'), 'id: broken\nsteps: [{ id: report, notebook: broken.ipynb }]\n');
  await writeFile(join(folder, 'broken.ipynb'), notebookText(['rows = {}', 'rows["body_mass"]']));
  expect(await server.cli('apply', join(folder, 'broken.yaml'))).toMatchObject({ code: 0 });
  await server.cli('run', 'broken', '--watch');
  const why = await server.cli('explain', 'broken/1/report');
  expect(why.stdout).toContain("failed in cell 2 of broken.ipynb: KeyError: 'body_mass'");
  expect((await server.cli('logs', 'broken/1', 'report')).stdout).toContain('Cell In[2], line 1');
});
