// What a person does with runs in a real browser: follows a loop to its end, looks into an iteration, holds a run up and lets it
// go on, begins again where it failed, leaves a step out.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer } from '../support/server.ts';
import { executablePath, openPage, SOON, startBrowserAndServer } from './browser.ts';

const WRITER = `
id: writer
params: { title: nothing }
steps:
  - id: write
    run: echo "$PARAM_TITLE"
`;

/** Each iteration ends when the test makes a file of its name, and fails if there is one of its name with \`.bad\`. */
const SPECIES = `
id: species
name: Train a model for every species
params:
  gate: none
  cutoff: 40
  doubled: { type: long, expression: "cutoff * 2" }
steps:
  - id: each
    name: Every species
    foreach: { name: [Adelie, Gentoo, Chinstrap] }
    concurrency: 2
    steps:
      - id: train
        env: { NAME: "\${name}" }
        run: until [ -e "$PARAM_GATE/$NAME" ]; do sleep 0.05; done; echo "trained $NAME"; [ ! -e "$PARAM_GATE/$NAME.bad" ]
  - id: weather
    run: exit 1
    onFailure: ignore
  - id: call
    workflow: { id: writer, params: { title: All species } }
  - id: report
    needs: [each, weather, call]
    run: echo done
finally:
  - id: tidy
    run: echo tidy
`;

describe.skipIf(!existsSync(executablePath))('a run on the page', () => {
  let server: TestServer;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'downbeat-page-'));
    ({ server, browser } = await startBrowserAndServer());
    for (const [name, text] of Object.entries({ writer: WRITER, species: SPECIES })) {
      const file = join(folder, `${name}.downbeat.yaml`);
      await writeFile(file, text);
      expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
    }
  });

  afterAll(async () => {
    await Promise.all([browser.close(), server.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  /** Starts a run whose iterations wait for \`open\`. */
  async function start(number: number): Promise<{ readonly open: (...names: readonly string[]) => Promise<void> }> {
    const gate = join(folder, String(number));
    await mkdir(gate, { recursive: true });
    expect(await server.cli('run', 'species', '-p', `gate=${gate}`)).toMatchObject({ code: 0 });
    return {
      open: async (...names) => {
        for (const name of names) await writeFile(join(gate, name), '');
      },
    };
  }

  it('shows a loop live, iteration by iteration, to the end of the run', async () => {
    const { open } = await start(1);
    const { context, page, foreign, complaints } = await openPage(browser, `${server.url}/runs/species/1`);
    await page.evaluate('window.wasNeverReloaded = true');
    const loop = page.locator('.step-node.is-loop');
    await loop.getByText('0 of 3 done, 2 going').waitFor(SOON);
    await page.getByText('always, last', { exact: true }).waitFor();
    await page.locator('.step-node.phase-IGNORED').getByText('Failed, ignored').waitFor(SOON);
    await open('Adelie');
    await loop.getByText('1 of 3 done, 2 going').waitFor(SOON);
    await open('Gentoo', 'Chinstrap');
    await loop.getByText('3 of 3 done', { exact: true }).waitFor(SOON);
    await statusOf(page, 'Succeeded');

    expect(await page.evaluate('window.wasNeverReloaded')).toBe(true);
    await page.getByRole('link', { name: 'The run writer/1' }).click();
    await page.getByRole('heading', { name: 'writer 1' }).waitFor(SOON);
    await page.getByRole('link', { name: 'step call of species/1' }).waitFor(SOON);
    await page.getByText('From the run that runs this one, over nothing from the definition').waitFor(SOON);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('leads from a failed loop to the iteration that failed, and back', async () => {
    const { open } = await start(2);
    await open('Gentoo.bad', 'Adelie', 'Gentoo', 'Chinstrap');
    const { context, page, complaints } = await openPage(browser, `${server.url}/runs/species/2`);
    await statusOf(page, 'Failed');
    await page.getByRole('button', { name: 'Show the step each' }).click(SOON);
    await expect.poll(() => rowsOf(page), SOON).toEqual([expect.stringMatching(/^\[1\]name Gentoo.*Failed/)]);
    await iterationsOf(page).getByRole('button', { name: /^Done/ }).click();
    await expect.poll(() => rowsOf(page), SOON).toHaveLength(await doneOf(page));
    await iterationsOf(page)
      .getByRole('button', { name: /^Failed 1/ })
      .click();

    await page.getByRole('link', { name: 'Iteration 1 of Every species' }).click(SOON);
    await page.getByRole('heading', { name: 'each[1]', exact: true }).waitFor(SOON);
    expect(decodeURIComponent(new URL(page.url()).pathname)).toBe('/runs/species/2/each[1]');
    await expect.poll(() => page.locator('.step-node').count(), SOON).toBe(1);
    await page
      .getByRole('button', { name: /^train\. Failed/ })
      .first()
      .click();
    await page.getByRole('log').getByText('trained Gentoo').waitFor(SOON);
    await page.getByRole('link', { name: 'species 2', exact: true }).click();
    await page.getByRole('complementary', { name: 'Step each' }).waitFor(SOON);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('runs again from what is incomplete, and says what it kept', async () => {
    await rm(join(folder, '2', 'Gentoo.bad'));
    const { context, page } = await openPage(browser, `${server.url}/runs/species/2?step=each`);
    await page.getByRole('button', { name: 'Run it again' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: /^From the beginning/ }).isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('see 1').waitFor(SOON);
    await statusOf(page, 'Succeeded');
    await page.locator('.step-node.is-kept').getByText('Done, from attempt 1').waitFor(SOON);
    await iterationsOf(page).getByRole('button', { name: 'All 3' }).click(SOON);
    await expect.poll(() => rowsOf(page), SOON).toHaveLength(3);
    expect((await rowsOf(page))[0]).toContain('from attempt 1');
    expect((await rowsOf(page))[1]).not.toContain('from attempt 1');
    await context.close();
  });

  it('is held up and goes on', async () => {
    const { open } = await start(3);
    const { context, page } = await openPage(browser, `${server.url}/runs/species/3`);
    const loop = page.locator('.step-node.is-loop');
    await loop.getByText('0 of 3 done, 2 going').waitFor(SOON);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await statusOf(page, 'Paused');
    const { context: other, page: list } = await openPage(browser, `${server.url}/?status=PAUSED`);
    await list.getByRole('link', { name: 'species 3' }).waitFor(SOON);
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await statusOf(page, 'Running');
    await list.getByText('No run is like that').waitFor(SOON);
    await open('Adelie', 'Gentoo', 'Chinstrap');
    await statusOf(page, 'Succeeded');
    await Promise.all([context.close(), other.close()]);
  });

  it('goes on without a step that someone skips', async () => {
    const { open } = await start(4);
    await open('Adelie.bad', 'Adelie', 'Gentoo', 'Chinstrap');
    const { context, page } = await openPage(browser, `${server.url}/runs/species/4?step=each`);
    await statusOf(page, 'Failed');
    await page.getByRole('button', { name: 'Skip', exact: true }).click(SOON);
    await statusOf(page, 'Succeeded');
    await page.locator('.step-node.is-loop').getByText('Skipped').waitFor(SOON);
    await page.locator('.step-node', { hasText: 'report' }).getByText('Done').waitFor(SOON);
    await context.close();
  });

  it('asks before it is killed, and says what the server says no to', async () => {
    await start(5);
    const { context, page } = await openPage(browser, `${server.url}/runs/species/5`);
    await page.locator('.step-node.is-loop').getByText('2 going').waitFor(SOON);
    // This page hears nothing of what happens to the run meanwhile.
    const { context: deaf, page: late } = await openPage(browser, 'about:blank');
    await late.routeWebSocket(/graphql/, () => undefined);
    await late.goto(`${server.url}/runs/species/5`);
    await late.getByRole('button', { name: 'Pause', exact: true }).waitFor(SOON);

    await page.getByRole('button', { name: 'Kill', exact: true }).click();
    await page.getByText('Kill this run? What is going on is cut off').waitFor();
    await page.getByRole('button', { name: 'Yes, kill' }).click();
    await statusOf(page, 'Failed');
    expect(await page.locator('.step-node', { hasText: 'tidy' }).textContent()).toContain('Not begun');

    await late.getByRole('button', { name: 'Pause', exact: true }).click();
    await late.getByRole('alert').getByText('species/5').waitFor(SOON);
    await Promise.all([context.close(), deaf.close()]);
  });

  it('says where each parameter came from', async () => {
    const { context, page } = await openPage(browser, `${server.url}/runs/species/1`);
    await page.getByText('Set at the start, over none from the definition').waitFor(SOON);
    await page.getByText('From the definition, worked out from cutoff * 2').waitFor(SOON);
    await context.close();
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
    ['light', 320],
  ] as const)('fits its window in %s at %d pixels', async (colorScheme, width) => {
    const { context, page, foreign, complaints } = await openPage(browser, server.url, {
      colorScheme,
      viewport: { width, height: 844 },
    });
    for (const path of [
      '/',
      '/runs/species/2',
      '/runs/species/2?step=each',
      '/runs/species/2?step=call',
      '/runs/species/2.1/each[1]?step=train',
      '/runs/species/2/each[9]',
      '/workflows/species',
    ]) {
      await page.goto(server.url + path);
      await page.locator('h1').waitFor(SOON);
      await page.waitForLoadState('networkidle');
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
        path,
      ).toBe(0);
    }
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

function statusOf(page: Page, words: string): Promise<void> {
  return page.locator('.run-title').getByText(words, { exact: true }).waitFor(SOON);
}

/** The iterations of the loop that is shown, beside what else is listed of them. */
function iterationsOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Its iterations' });
}

function rowsOf(page: Page): Promise<readonly string[]> {
  return iterationsOf(page).locator('tbody tr').allTextContents();
}

async function doneOf(page: Page): Promise<number> {
  const button: Locator = iterationsOf(page).getByRole('button', { name: /^Done/ });
  return Number(/\d+/.exec((await button.textContent()) ?? '')?.[0]);
}
