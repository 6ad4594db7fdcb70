// Folded signals in a real browser: what waits on the page of the workflow with the time of its run, and the run that took them all.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type TestServer } from '../support/server.ts';
import { executablePath, openPage, SOON, startBrowserAndServer } from './browser.ts';

const FOLDED = `
id: islands
triggers:
  - { signal: measurements.ready, debounce: { quiet: 1h, by: island } }
  - { signal: measurements.ready, debounce: 2s, name: soon }
steps:
  - { id: look, noop: true }
`;

describe.skipIf(!existsSync(executablePath))('folded signals on the page', () => {
  let server: TestServer;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-folds-'));

  beforeAll(async () => {
    ({ server, browser } = await startBrowserAndServer());
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([browser.close(), server.stop()]);
  });

  it('are shown while they wait, told to who publishes them, and counted on their run', async () => {
    const file = join(folder, 'islands.downbeat.yaml');
    writeFileSync(file, FOLDED);
    expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
    const { context, page, foreign, complaints } = await openPage(browser, `${server.url}/workflows/islands`, {
      viewport: { width: 1280, height: 900 },
      colorScheme: 'light',
    });
    await page
      .getByText(
        'Once measurements.ready has come and then no other for 1h, or 10h after the first, each island by itself',
      )
      .waitFor(SOON);
    const signals = ['Dream', 'Biscoe', 'Dream', 'Dream'].map((island) => ({
      name: 'measurements.ready',
      params: { island },
    }));
    const answer = await server.graphql<unknown>(
      'mutation ($input: PublishSignalsInput!) { publishSignals(input: $input) { signals { matches { verdict } } } }',
      { input: { signals } },
    );
    const matches = [{ verdict: 'PENDING' }, { verdict: 'PENDING' }];
    expect(answer).toEqual({ publishSignals: { signals: signals.map(() => ({ matches })) } });
    const waiting = page.getByRole('list', { name: 'Waiting signals' });
    await waiting.getByText('One run starts on all of them').first().waitFor(SOON);
    await waiting.getByText('island = Dream').waitFor(SOON);
    const shot = async (name: string): Promise<void> => {
      await page.screenshot({ path: join(process.env['SHOTS'] ?? folder, `${name}.png`), fullPage: true });
    };
    await shot('folds-1280');
    await page.getByRole('link', { name: 'islands/1' }).first().click(SOON);
    await page.getByText('and 3 more signals folded into this run').waitFor(SOON);
    await shot('folded-run-1280');
    await page.setViewportSize({ width: 390, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await shot('folded-run-390');
    await page.goto(`${server.url}/workflows/islands`);
    await waiting.getByText('island = Dream').waitFor(SOON);
    const isTooWide = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    expect(isTooWide).toBe(false);
    await shot('folds-390');
    const { stdout } = await server.cli('publish', 'measurements.ready', '-p', 'island=Biscoe');
    expect(stdout).toMatch(/It waits until \S+ \S+ UTC \(1h without another\), with 1 other\./u);
    expect([foreign, complaints]).toEqual([[], []]);
    await context.close();
  });
});
