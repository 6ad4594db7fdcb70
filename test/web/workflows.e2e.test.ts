// What a person does with many workflows in a real browser: narrows the list, puts it in order, shares its address; and a run of
// more steps than fit on one page of the API.

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer } from '../support/server.ts';
import { executablePath, openPage, SOON, startBrowserAndServer } from './browser.ts';

const STEPS = 130;
const WORKFLOWS: Readonly<Record<string, string>> = {
  birds:
    'id: birds\nname: Count the birds\nowner: ada\nlabels: { team: red }\ntriggers: [{ cron: "0 6 * * *" }]\nsteps: [{ id: count, noop: true }]',
  weather:
    'id: weather\nowner: grace\nlabels: { team: blue }\ntriggers: [{ signal: weather.ready }]\nsteps: [{ id: read, run: exit 1 }]',
  walrus: 'id: walrus\nowner: ada\nlabels: { team: blue }\nsteps: [{ id: look, noop: true }]',
  long: `id: long\nsteps:\n${Array.from({ length: STEPS }, (_, at) => `  - { id: s${String(at)}, noop: true }`).join('\n')}`,
};

describe.skipIf(!existsSync(executablePath))('the list of workflows', () => {
  let server: TestServer;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'downbeat-page-'));
    ({ server, browser } = await startBrowserAndServer());
    for (const [name, text] of Object.entries(WORKFLOWS)) {
      const file = join(folder, `${name}.yaml`);
      await writeFile(file, text);
      expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
    }
    await server.cli('run', 'weather', '--watch');
    await server.cli('run', 'birds', '--watch');
    await server.cli('pause', 'weather');
  });
  afterAll(async () => {
    await Promise.all([browser.close(), server.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  const namesOn = (page: Page): Promise<string[]> => page.locator('.workflow-card h2').allInnerTexts();

  it('is narrowed by owner, label, triggers, last run and text, all of it in the address', async () => {
    const { context, page, foreign, complaints } = await openPage(browser, `${server.url}/workflows`);
    await expect.poll(() => namesOn(page), SOON).toEqual(['long', 'walrus', 'weather', 'Count the birds']);
    await page.getByLabel('Owner').selectOption('ada');
    await expect.poll(() => namesOn(page), SOON).toEqual(['walrus', 'Count the birds']);
    await page.getByLabel('Label').selectOption('team=red');
    await expect.poll(() => namesOn(page), SOON).toEqual(['Count the birds']);
    expect(new URL(page.url()).search).toBe('?owner=ada&label=team%3Dred');
    await page.goto(`${server.url}/workflows?order=name&triggers=paused`);
    await expect.poll(() => namesOn(page), SOON).toEqual(['weather']);
    await page.getByLabel('Triggers').selectOption('any');
    await expect.poll(() => namesOn(page), SOON).toEqual(['Count the birds', 'long', 'walrus', 'weather']);
    await page.getByRole('button', { name: 'Failed' }).click();
    await expect.poll(() => namesOn(page), SOON).toEqual(['weather']);
    await page.getByRole('searchbox').fill('nobody');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('heading', { name: 'No workflow is like that' }).waitFor(SOON);
    await page.getByRole('link', { name: 'Show all workflows' }).click();
    await expect.poll(() => namesOn(page), SOON).toHaveLength(4);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('fits a window %d wide in %s', async (width, colorScheme) => {
    const { context, page } = await openPage(browser, `${server.url}/workflows?status=FAILED,SUCCEEDED`, {
      viewport: { width, height: 800 },
      colorScheme,
    });
    await expect.poll(() => namesOn(page), SOON).toHaveLength(2);
    const isTooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    expect(await page.evaluate(isTooWide)).toBe(false);
    const shot = join(process.env['SHOTS'] ?? folder, `workflows-${String(width)}-${colorScheme}.png`);
    await page.screenshot({ path: shot, fullPage: true });
    await context.close();
  });

  it('leads to a run whose steps are all there, however many there are', async () => {
    await server.cli('run', 'long', '--watch');
    const { context, page, complaints } = await openPage(
      browser,
      `${server.url}/runs/long/1?step=s${String(STEPS - 1)}`,
    );
    await page.getByRole('complementary', { name: `Step s${String(STEPS - 1)}` }).waitFor(SOON);
    expect(await page.locator('.step-node.phase-SUCCEEDED').count()).toBe(STEPS);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
