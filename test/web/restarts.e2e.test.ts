// What has ended inside something else begins again from its own page: an iteration of a loop that is over, and a run that a step
// of another run waits for, with that one or by itself.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer } from '../support/server.ts';
import { executablePath, openPage, SOON, startBrowserAndServer } from './browser.ts';

describe.skipIf(!existsSync(executablePath))('what has ended inside something else', () => {
  let server: TestServer;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-restarts-'));
  const gate = join(folder, 'open');
  const definitions = `id: part
steps:
  - { id: fetch, run: echo fetched }
  - { id: load, needs: fetch, run: "test -e '${gate}'" }
---
id: whole
steps:
  - { id: warehouse, workflow: part }
  - { id: report, needs: warehouse, run: echo report }
---
id: species
steps:
  - id: each
    foreach: { species: [Adelie, Gentoo, Chinstrap] }
    steps:
      - { id: clean, run: echo clean }
      - { id: train, needs: clean, run: "test $PARAM_SPECIES != Gentoo || test -e '${gate}'" }
  - { id: compare, needs: each, run: echo compare }
`;

  beforeAll(async () => {
    ({ server, browser } = await startBrowserAndServer());
    const file = join(folder, 'restarts.downbeat.yaml');
    writeFileSync(file, definitions);
    expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
    for (const id of ['whole', 'species']) expect(await server.cli('run', id, '--watch')).toMatchObject({ code: 1 });
  });
  afterAll(async () => {
    await Promise.all([browser.close(), server.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function look(
    path: string,
    name: string,
    use: (page: Page, shoot: () => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const shots = [
      { width: 1280, colorScheme: 'light' },
      { width: 390, colorScheme: 'dark' },
    ] as const;
    for (const { width, colorScheme } of shots) {
      const { context, page, complaints } = await openPage(browser, `${server.url}${path}`, {
        viewport: { width, height: 800 },
        colorScheme,
      });
      await use(page, async () => {
        await page.screenshot({ path: join(process.env['SHOTS'] ?? folder, `${name}-${String(width)}.png`) });
        const isWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
        expect(await page.evaluate(isWide), 'it is wider than the screen').toBe(false);
      });
      expect(complaints).toEqual([]);
      await context.close();
    }
  }

  it('says what goes on with it, before it is chosen', async () => {
    await look('/runs/part/1', 'part', async (page, shoot) => {
      await page.getByRole('button', { name: 'Run it again' }).click(SOON);
      await page.getByRole('button', { name: /^By itself, from the beginning/ }).waitFor(SOON);
      await page.getByText('Then whole/1 goes on.').first().waitFor(SOON);
      await page.getByText('whole/1 stays as it is').waitFor(SOON);
      await shoot();
    });
    await look('/runs/species/1/each%5B1%5D', 'iteration', async (page, shoot) => {
      await page.getByRole('button', { name: 'Run it again' }).click(SOON);
      await page.getByRole('button', { name: /^From what is incomplete/ }).waitFor(SOON);
      await shoot();
    });
  });

  it('begins again by itself, and leaves the other as it is', async () => {
    const { context, page } = await openPage(browser, `${server.url}/runs/part/1`);
    await page.getByRole('button', { name: 'Run it again' }).click(SOON);
    await page.getByRole('button', { name: /^By itself, from the beginning/ }).click(SOON);
    await page.getByText('see 1').waitFor(SOON);
    await page.locator('.run-head, main').getByText('Failed').first().waitFor(SOON);
    expect((await server.cli('runs', '--workflow', 'whole', '--json')).stdout).not.toContain('"attempt": 2');
    await context.close();
  });

  it('begins again with the run whose step waits for it, to the end of that one', async () => {
    writeFileSync(gate, '');
    const { context, page } = await openPage(browser, `${server.url}/runs/part/1`);
    await page.getByRole('button', { name: 'Run it again' }).click(SOON);
    await page.getByRole('button', { name: /^From what is incomplete/ }).click(SOON);
    await page.locator('.step-node.is-kept').getByText('Done, from attempt 2').waitFor(SOON);
    const { context: other, page: whole } = await openPage(browser, `${server.url}/runs/whole/1`);
    await whole.getByText('report').first().waitFor(SOON);
    await expect.poll(async () => whole.locator('.step-node').getByText('Done').count(), SOON).toBe(2);
    await other.close();
    await context.close();
  });

  it('begins again alone in its loop, and the run goes on behind it', async () => {
    const { context, page } = await openPage(browser, `${server.url}/runs/species/1/each%5B1%5D`);
    await page.getByRole('button', { name: 'Run it again' }).click(SOON);
    await page.getByRole('button', { name: /^From what is incomplete/ }).click(SOON);
    await page.locator('.step-node.is-kept').waitFor(SOON);
    await expect.poll(async () => page.locator('.step-node').getByText('Done').count(), SOON).toBe(2);
    await page.screenshot({ path: join(process.env['SHOTS'] ?? folder, 'again.png'), fullPage: true });
    await page.goto(`${server.url}/runs/species/1`);
    await expect.poll(async () => page.locator('.step-node').getByText('compare').count(), SOON).toBe(1);
    await page.locator('.step-node.is-loop').getByText('3 of 3 done').waitFor(SOON);
    await page.screenshot({ path: join(process.env['SHOTS'] ?? folder, 'again-run.png'), fullPage: true });
    await context.close();
  });
});
