// The pages beside the list and the run, each once in a real browser: it shows what there is, on a narrow screen too, and its
// main button does what it says. No request leaves the machine, and the browser has nothing to complain of.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer } from '../support/server.ts';
import { executablePath, openPage, SOON, startBrowserAndServer } from './browser.ts';

const DEFINITIONS = `id: forecast
params: { island: Biscoe }
steps:
  - { id: weather, wait: { signal: weather.ready, match: { place: "\${island}" } } }
  - { id: model, needs: weather, run: echo model }
---
id: nightly
triggers: [{ cron: "0 6 * * *", timezone: UTC }]
steps: [{ id: extract, noop: true }, { id: load, needs: extract, run: "exit 3" }]
---
id: guarded
steps: [{ id: clean, noop: true }, { id: report, needs: clean, noop: true }]
---
id: doomed
steps: [{ id: only, noop: true }]
`;

describe.skipIf(!existsSync(executablePath))('the page', () => {
  let server: TestServer;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-pieces-'));

  beforeAll(async () => {
    ({ server, browser } = await startBrowserAndServer());
    const file = join(folder, 'pieces.downbeat.yaml');
    writeFileSync(file, DEFINITIONS);
    expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await Promise.all([browser.close(), server.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  async function look(path: string, use: (page: Page) => Promise<void>): Promise<void> {
    const { context, page, foreign, complaints } = await openPage(browser, `${server.url}${path}`, {
      viewport: { width: 390, height: 800 },
    });
    await use(page);
    expect(
      await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
      'it is wider than the screen',
    ).toBe(false);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  }

  it('of a backfill shows the plan, and applies it', async () => {
    const planned = await server.cli('backfill', 'plan', 'nightly', '--from', '2026-01-01', '--to', '2026-01-03');
    expect(planned).toMatchObject({ code: 0 });
    await look('/workflows/nightly', async (page) => {
      await page.getByRole('link', { name: 'Backfill 1' }).click();
      await page.getByRole('heading', { name: 'Backfill 1' }).waitFor(SOON);
      await page.getByText('To come').first().waitFor(SOON);
      await page.getByRole('button', { name: 'Apply the plan' }).click();
      await page.getByText('Not all succeeded').waitFor(SOON);
      await page.getByRole('link', { name: 'nightly/2' }).click();
      await page.getByRole('link', { name: 'backfill nightly/1' }).waitFor(SOON);
      await page.goBack();
      await page.getByRole('heading', { name: 'Backfill 1' }).waitFor(SOON);
      expect(await page.title()).toBe('Backfill 1 of nightly · Downbeat');
    });
  });

  it('of a step that waits for a signal lets it go on without', async () => {
    await server.cli('run', 'forecast');
    await look('/runs/forecast/1?step=weather', async (page) => {
      await page.getByRole('heading', { name: 'Signals it waits for' }).waitFor(SOON);
      await page.getByRole('button', { name: 'Go on without' }).click();
      await page.getByRole('heading', { name: 'Signals it waited for' }).waitFor(SOON);
      await page.getByText('weather.ready with').waitFor(SOON);
    });
  });

  it('of a run at a breakpoint continues it, forks it, and compares both', async () => {
    await server.cli('break', 'guarded', 'report');
    await server.cli('run', 'guarded');
    await look('/runs/guarded/1?step=report', async (page) => {
      await page.getByText('set a breakpoint here, for all runs').waitFor(SOON);
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('status').getByText('Succeeded').waitFor(SOON);
      await page.getByRole('button', { name: 'Fork' }).click();
      await page.getByRole('button', { name: 'From report' }).click();
      await page.getByRole('heading', { name: 'guarded 2' }).waitFor(SOON);
      await page.getByRole('link', { name: 'Compare with the run that it was forked from, guarded/1' }).click();
      await page.getByRole('row', { name: /report differs/u }).waitFor(SOON);
      await page.reload();
      await page.getByRole('heading', { name: 'guarded/1 and guarded/2' }).waitFor(SOON);
    });
  });

  it('of a workflow says who did what, and deletes it once asked twice', async () => {
    await look('/workflows/doomed', async (page) => {
      await page.getByText('applied version 1 of doomed').waitFor(SOON);
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.keyboard.press('Escape');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Delete');
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Yes, delete' }).click();
      await page.getByText('Nothing of it starts any more; its runs can still be read.').waitFor(SOON);
      expect(await page.getByRole('heading', { name: 'What starts it' }).count()).toBe(0);
    });
  });

  it('of what is not there says so, and leads on', async () => {
    for (const [path, words] of [
      ['/workflows/nightly/backfills/9', 'There is no such backfill.'],
      ['/compare?a=nightly/8&b=nightly/9', 'One of them is not there.'],
      ['/signals?name=unheard', 'None was published yet'],
    ] as const)
      await look(path, (page) => page.getByText(words).waitFor(SOON));
  });
});
