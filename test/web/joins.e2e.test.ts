// A join on the page of its workflow, in a real browser: what waits, the half that is missing, and that it goes when it comes.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer } from '../support/server.ts';
import { executablePath, openPage, SOON, startBrowserAndServer } from './browser.ts';

const JOINED = `
id: islands
params: { island: none }
triggers:
  - all:
      - { signal: measurements.ready, as: measured, joinOn: island }
      - { signal: weather.ready, as: weather, joinOn: place }
    within: 6h
    params: { island: "\${signals.measured.island}" }
steps:
  - { id: look, noop: true }
`;

describe.skipIf(!existsSync(executablePath))('a join on the page', () => {
  let server: TestServer;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-joins-'));

  beforeAll(async () => {
    ({ server, browser } = await startBrowserAndServer());
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([browser.close(), server.stop()]);
  });

  it.each([
    { width: 1280, height: 900, colorScheme: 'light' as const },
    { width: 390, height: 800, colorScheme: 'dark' as const },
  ])('shows what waits and what is missing, $width wide and $colorScheme', async ({ width, height, colorScheme }) => {
    const file = join(folder, 'islands.downbeat.yaml');
    writeFileSync(file, JOINED);
    expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
    const publish = (signal: string, param: string): Promise<{ readonly stdout: string }> =>
      server.cli('publish', signal, '-p', param);
    expect((await publish('measurements.ready', 'island=Biscoe')).stdout).toContain(
      'waits for weather.ready with place = Biscoe',
    );
    const { context, page, foreign, complaints } = await openPage(browser, `${server.url}/workflows/islands`, {
      viewport: { width, height },
      colorScheme,
    });
    const waiting = page.getByRole('list', { name: 'Waiting signals' });
    await waiting.getByText('Missing: weather.ready with place = Biscoe').waitFor(SOON);
    await page
      .getByText('When measurements.ready and weather.ready have come for the same island/place, within 6h')
      .waitFor(SOON);
    await publish('measurements.ready', 'island=Dream');
    await waiting.getByText('Missing: weather.ready with place = Dream').waitFor(SOON);
    const isTooWide = await page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
    expect(isTooWide).toBe(false);
    await page.screenshot({ path: join(process.env['SHOTS'] ?? folder, `joins-${String(width)}.png`), fullPage: true });
    await publish('weather.ready', 'place=Biscoe');
    await waiting.getByText('Missing: weather.ready with place = Biscoe').waitFor({ ...SOON, state: 'detached' });
    await publish('weather.ready', 'place=Dream');
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('drops what waits from the command line, and says so', async () => {
    await server.cli('publish', 'measurements.ready', '-p', 'island=Torgersen');
    const reset = await server.cli('reset-trigger', 'islands/all-1', '--reason', 'a test');
    expect(reset).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing waits for islands/all-1') as string,
    });
    const explained = await server.cli('explain', 'islands/all-1');
    expect(explained.stdout).toContain('reset the trigger: a test');
  });
});
