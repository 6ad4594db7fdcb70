// The page in a real browser on a real server: what a person sees from an empty list to a finished run, without a reload
// and without a request that leaves the machine.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTcpProxy } from '../contract/tcp-proxy.ts';
import { type TestServer } from '../support/server.ts';
import { executablePath, openPage as open, root, SOON, startBrowserAndServer } from './browser.ts';

const web = join(root, 'dist/web');
const PENGUINS = 'examples/penguins/penguins.downbeat.yaml';
const PUBLISH = ['publish', 'measurements.ready', '-p', 'rows=344', '-p', 'island=all'];
const BUDGET_BYTES = 250_000;

describe.skipIf(!existsSync(executablePath))('the page', () => {
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    ({ server, browser } = await startBrowserAndServer());
  });

  afterAll(async () => {
    await Promise.all([browser.close(), server.stop()]);
  });

  it('shows a run from the publication of a signal to its end, live', async () => {
    const { context, page, foreign, complaints } = await open(browser, server.url);
    await page.getByRole('heading', { name: 'Nothing has run yet' }).waitFor(SOON);
    await page.getByText(/^npx downbeat apply/).waitFor();
    expect(await page.getByText('npx downbeat publish measurements.ready -p rows=344 -p island=all').count()).toBe(1);

    expect(await server.cli('apply', join(root, PENGUINS))).toMatchObject({ code: 0 });
    expect(await server.cli(...PUBLISH)).toMatchObject({ code: 0 });
    await page.getByRole('link', { name: 'penguins 1' }).click(SOON);
    await page.locator('.run-title').getByText('Succeeded').waitFor(SOON);

    expect(new URL(page.url()).pathname).toBe('/runs/penguins/1');
    expect(await page.locator('.step-node').count()).toBe(7);
    expect(await page.locator('.step-node.phase-SUCCEEDED').count()).toBe(7);
    expect(await page.locator('.timeline').textContent()).toContain('The run succeeded.');
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('shows what a step printed, made and gave, and can be used with the keyboard alone', async () => {
    const { context, page, complaints } = await open(browser, `${server.url}/runs/penguins/1`);
    await page
      .getByRole('button', { name: /^Keep what is complete/ })
      .first()
      .focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Step clean' });
    await panel.getByText('kept', { exact: true }).waitFor(SOON);
    expect(new URL(page.url()).search).toBe('?step=clean');
    expect(await panel.getByRole('link', { name: 'clean.csv' }).getAttribute('href')).toMatch(/^\/artifacts\//);
    await panel.getByRole('log').locator('.log-line').first().waitFor(SOON);
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: 'Steps' }).waitFor(SOON);
    expect(new URL(page.url()).search).toBe('');

    const report = page.locator('.artifact', { hasText: 'report.html' });
    await report.getByRole('button', { name: 'Show' }).click();
    await report.frameLocator('iframe').getByRole('heading').first().waitFor(SOON);
    expect(await report.locator('iframe').getAttribute('sandbox')).toBe('');
    const plot = page.locator('.artifact', { hasText: 'plot.svg' });
    await plot.getByRole('button', { name: 'Show' }).click();
    await expect
      .poll(() => plot.locator('img').evaluate((image: { naturalWidth: number }) => image.naturalWidth), SOON)
      .toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says of a signal what it started, and of another why it started nothing', async () => {
    const { context, page } = await open(browser, `${server.url}/signals`);
    await page.getByRole('link', { name: 'penguins/1', exact: true }).first().waitFor(SOON);
    expect(await server.cli('publish', 'measurements.ready', '-p', 'rows=12', '-p', 'island=all')).toMatchObject({
      code: 0,
    });
    await page.getByText('rows was 12').waitFor(SOON);
    await context.close();
  });

  it('starts a run with the values of its form, and says what is wrong with others', async () => {
    const { context, page } = await open(browser, `${server.url}/workflows/penguins`);
    await page.getByText(/every weekday at 06:00/i).waitFor(SOON);
    await page.getByLabel('cutoff').fill('many');
    await page.getByText('“many” is not a whole number').waitFor(SOON);
    await page.getByLabel('cutoff').fill('400');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.waitForURL('**/runs/penguins/2', SOON);
    await page.locator('.run-title').getByText('Succeeded').waitFor(SOON);
    expect(await page.locator('.step-node.phase-SKIPPED').count()).toBe(2);
    await context.close();
  });

  it('pauses triggers and lets them go on', async () => {
    const { context, page } = await open(browser, `${server.url}/workflows/model-card`);
    await page.getByRole('button', { name: 'Pause triggers' }).click(SOON);
    await page.getByText('Paused: what arrives now starts nothing').waitFor(SOON);
    await page.getByRole('button', { name: 'Resume triggers' }).click(SOON);
    await page.getByRole('button', { name: 'Pause triggers' }).waitFor(SOON);
    await context.close();
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
    ['light', 320],
  ] as const)('fits its window in %s at %d pixels, on every page', async (colorScheme, width) => {
    const { context, page, foreign, complaints } = await open(browser, server.url, {
      colorScheme,
      viewport: { width, height: 844 },
    });
    for (const path of [
      '/',
      '/runs/penguins/1',
      '/runs/penguins/1?step=check',
      '/workflows',
      '/workflows/penguins',
      '/signals',
      '/workflows/nowhere',
    ]) {
      await page.goto(server.url + path);
      await page.locator('h1').waitFor(SOON);
      await page.waitForLoadState('networkidle');
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
        path,
      ).toBe(0);
    }
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('light dark');
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('remembers the theme that was chosen', async () => {
    const { context, page } = await open(browser, server.url);
    await page.getByRole('button', { name: 'Theme: Auto. Change to light' }).click(SOON);
    await page.getByRole('button', { name: 'Theme: Light. Change to dark' }).click(SOON);
    await page.reload();
    await page.getByRole('button', { name: 'Theme: Dark. Change to auto' }).waitFor(SOON);
    expect(await page.evaluate('getComputedStyle(document.documentElement).colorScheme')).toBe('dark');
    await context.close();
  });

  it('says when it does not hear the server, and goes on by itself where it was', async () => {
    const proxy = await startTcpProxy(Number(new URL(server.url).port));
    const { context, page } = await open(browser, `http://127.0.0.1:${String(proxy.port)}/?workflow=penguins`);
    await page.getByRole('link', { name: 'penguins 2' }).waitFor(SOON);
    await page.evaluate('window.wasNeverReloaded = true');
    await page.waitForLoadState('networkidle');
    proxy.cut();
    await page.getByText('Reconnecting').waitFor(SOON);
    expect(await server.cli(...PUBLISH)).toMatchObject({ code: 0 });
    proxy.mend();
    await page.getByRole('link', { name: 'penguins 3' }).waitFor(SOON);
    await page.getByText('Reconnecting').waitFor({ state: 'hidden', ...SOON });
    expect(await page.evaluate('window.wasNeverReloaded')).toBe(true);
    await context.close();
    await proxy.close();
  });

  it('has an editor for the API that works without a network', async () => {
    const { context, page, foreign, complaints } = await open(browser, `${server.url}/graphiql`);
    await page.locator('.graphiql-query-editor').getByText('NewestRuns').first().waitFor(SOON);
    await page.waitForLoadState('networkidle');
    await page.getByRole('button', { name: /^Execute query/ }).click(SOON);
    await page
      .locator('.result-window')
      .getByText(/run:[a-z-]+\/\d/)
      .first()
      .waitFor(SOON);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is small enough for a slow line, and leaves the editor out', () => {
    const html = readFileSync(join(web, 'index.html'), 'utf8');
    const scripts = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path);
    const contents = scripts.map((path) => readFileSync(join(web, path)));
    expect(contents.reduce((sum, content) => sum + gzipSync(content).length, 0)).toBeLessThan(BUDGET_BYTES);
    expect(contents.some((content) => content.includes('monaco'))).toBe(false);
    expect(html).not.toMatch(/https?:/);
  });
});
