// Pools over the real stack: applied by the command line, waited for by a step, and seen on the page that names them and on the
// panel of the step.

import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer } from '../support/server.ts';
import { executablePath, openPage, SOON, startBrowserAndServer } from './browser.ts';

const FILE = `id: flow
runStrategy: { parallel: 9 }
steps: [{ id: train, sleep: 1h, pool: gpu }]
---
kind: pool
id: gpu
size: 1
description: The card
`;

describe.skipIf(!existsSync(executablePath))('pools', () => {
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    ({ server, browser } = await startBrowserAndServer());
  });

  afterAll(async () => {
    await Promise.all([browser.close(), server.stop()]);
  });

  it('show who holds and who waits, on their page, in the panel of the step, and on the command line', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'pools-')), 'flow.downbeat.yaml');
    writeFileSync(file, FILE);
    const applied = await server.cli('apply', file);
    expect(applied).toMatchObject({ code: 0 });
    expect(applied.stdout).toContain('pool gpu with 1 permit is in place');
    await server.cli('run', 'flow');
    await server.cli('run', 'flow');
    const { context, page, complaints } = await openPage(browser, `${server.url}/pools`);
    await page.getByText('1 of 1 held, 1 waiting').waitFor(SOON);
    await page.getByRole('link', { name: 'flow/2/train' }).click();
    await page.getByText('1 of 1 are held by flow/1/train; 1st in line').waitFor(SOON);
    expect(complaints).toEqual([]);
    await context.close();
    expect((await server.cli('pools', 'gpu')).stdout).toMatch(
      /1 of 1 held, 1 step waiting[\s\S]*flow\/1\/train[\s\S]*1\. flow\/2\/train/u,
    );
  });
});
