// Views over everything that is nested in a run, over the real stack: a run of a loop in a loop and of another workflow, of which
// one small step fails, seen on its page while it goes on, on the command line, and again after it was started anew.

import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer } from '../support/server.ts';
import { executablePath, openPage, SOON, startBrowserAndServer } from './browser.ts';

describe.skipIf(!existsSync(executablePath))('what is nested in a run', () => {
  let server: TestServer;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'nested-'));

  beforeAll(async () => {
    ({ server, browser } = await startBrowserAndServer());
  });

  afterAll(async () => {
    await Promise.all([browser.close(), server.stop()]);
  });

  /** Dream 2008 fails until the file is there, and Torgersen 2008 lasts until then. */
  const definition = `id: kid
steps: [{ id: weigh, noop: true }]
---
id: penguins
steps:
  - id: species
    foreach: { island: [Biscoe, Dream, Torgersen] }
    tolerate: 3
    steps:
      - id: years
        foreach: { year: [2007, 2008] }
        tolerate: 2
        steps:
          - id: train
            run: |
              if [ "$ISLAND-$YEAR" = Torgersen-2008 ]; then while [ ! -e ${folder}/go ]; do sleep 0.2; done; fi
              [ "$ISLAND-$YEAR" != Dream-2008 ] || [ -e ${folder}/well ]
            env: { ISLAND: "\${island}", YEAR: "\${year}" }
  - { id: call, workflow: kid }
  - { id: last, needs: species, noop: true }
  - { id: gate, run: "[ -e ${folder}/well ]" }
`;

  it('moves on the page of the run while it goes on, with the way to what failed, and can be filtered', async () => {
    const file = join(folder, 'penguins.downbeat.yaml');
    writeFileSync(file, definition);
    expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
    expect(await server.cli('run', 'penguins')).toMatchObject({ code: 0 });
    const { context, page, complaints } = await openPage(browser, `${server.url}/runs/penguins/1`);
    const all = page.getByRole('region', { name: 'All small steps' });
    await all.getByText('5 of 9 small steps done, 2 failed, 1 running').waitFor(SOON);
    writeFileSync(join(folder, 'go'), '');
    await all.getByText(/^7 of 9 small steps done, 2 failed$/u).waitFor(SOON);
    await all.getByRole('link', { name: 'penguins/1/species[1]/years[1]/train' }).click();
    await page.getByRole('complementary', { name: 'Step train' }).waitFor(SOON);

    await page.goto(`${server.url}/runs/penguins/1?step=species`);
    const panel = page.getByRole('complementary', { name: 'Step species' });
    await panel.getByRole('link', { name: 'Iteration 2, 1' }).waitFor(SOON);
    await panel.getByLabel('Status').selectOption('FAILED');
    await panel.getByRole('link', { name: 'Iteration 1, 1' }).waitFor(SOON);
    expect(await panel.getByRole('link', { name: /^Iteration \d, \d/u }).count()).toBe(1);
    await panel.getByLabel('Status').selectOption('');
    await panel.getByLabel('island').fill('Biscoe');
    await panel.getByRole('link', { name: 'Iteration 0, 1' }).waitFor(SOON);
    await expect.poll(() => panel.getByRole('link', { name: /^Iteration \d, \d/u }).count(), SOON).toBe(2);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is listed on the command line, narrowed by status and by values of the loops', async () => {
    const failed = await server.cli('iterations', 'penguins/1', 'train', '--status', 'failed');
    expect(failed.stdout).toMatch(
      /ISLAND +YEAR +STATUS[\s\S]*Dream +2008 +✗ failed[\s\S]*species\[1\]\/years\[1\]\/train/u,
    );
    expect(failed.stdout).not.toContain('Biscoe');
    const some = await server.cli(
      '--json',
      'iterations',
      'penguins/1',
      'train',
      '--where',
      'year=2007',
      '--limit',
      '2',
    );
    expect(
      some.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      { indexes: [0, 0], loopParams: { island: 'Biscoe', year: 2007 }, status: 'SUCCEEDED' },
      { indexes: [1, 0], loopParams: { island: 'Dream', year: 2007 }, status: 'SUCCEEDED' },
    ]);
    expect((await server.cli('iterations', 'penguins/1')).stdout).toMatch(
      /9 small steps: 2 failed[\s\S]*species \/ years/u,
    );
    expect(await server.cli('iterations', 'penguins/1', 'nothing')).toMatchObject({ code: 2 });
  });

  it('says of a run that was started again where each step has run', async () => {
    writeFileSync(join(folder, 'well'), '');
    expect(await server.cli('restart', 'penguins/1', '--from', 'incomplete', '--watch')).toMatchObject({ code: 0 });
    const { context, page, complaints } = await openPage(browser, `${server.url}/runs/penguins/1`);
    // The loop was allowed to lose one: it is kept as it ended, and what is lost stays lost.
    await page.getByText('8 of 9 small steps done, 1 failed').waitFor(SOON);
    const table = page.locator('.restarts');
    await table.getByRole('link', { name: 'attempt 1' }).first().waitFor(SOON);
    expect(await table.locator('tr', { hasText: 'gate' }).textContent()).toContain('this attempt');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
