// The page of a signal name in a real browser: what it promises, who publishes and listens, and what did not fit.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestServer } from '../support/server.ts';
import { executablePath, openPage, SOON, startBrowserAndServer } from './browser.ts';

const DEFINITIONS = `kind: signal
name: measured
description: The measurements of one island are complete.
owner: field-team
params:
  type: object
  properties:
    rows: { type: integer, minimum: 1 }
    island: { enum: [Biscoe, Dream, Torgersen] }
    note: { type: string, maxLength: 200 }
  required: [rows, island]
  additionalProperties: false
---
id: daily
steps:
  - id: announce
    publish: { signal: measured, params: { rows: 3, island: Dream } }
---
id: report
triggers: [{ signal: measured }]
steps: [{ id: write, noop: true }]
---
id: card
steps: [{ id: rest, wait: { signal: measured, where: { rows: ">= 1000" } } }]
---
id: watch
triggers: [{ absentFor: 1s, signal: measured, for: { island: [Torgersen] } }]
steps: [{ id: tell, noop: true }]
`;

describe.skipIf(!existsSync(executablePath))('the page of a signal name', () => {
  let server: TestServer;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-signal-name-'));

  beforeAll(async () => {
    ({ server, browser } = await startBrowserAndServer());
    const file = join(folder, 'measured.downbeat.yaml');
    writeFileSync(file, DEFINITIONS);
    expect(await server.cli('apply', file)).toMatchObject({ code: 0 });
    await server.cli('run', 'card');
    await server.cli('publish', 'measured', '-p', 'rows=168', '-p', 'island=Biscoe');
    for (const rows of ['many', '0'])
      await server.cli('publish', 'measured', '-p', `rows=${rows}`, '-p', 'island=Dream');
  });
  afterAll(async () => {
    await Promise.all([browser.close(), server.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows the contract, who publishes and who listens', async () => {
    const { context, page, complaints } = await openPage(browser, `${server.url}/signals?name=measured`);
    await page.getByRole('heading', { name: /^Contract/ }).waitFor(SOON);
    const text = (await page.locator('.signal-name').textContent()) ?? '';
    expect(text).toContain('The measurements of one island are complete.');
    expect(text).toContain('a whole number, at least 1');
    expect(text).toContain('"Biscoe" or "Dream" or "Torgersen"');
    expect(text).toContain('(may be missing)');
    expect(text).toContain('field-team answers for it.');
    expect(text).toContain('The step announce of daily');
    expect(await page.getByRole('link', { name: 'report/signal-1' }).count()).toBe(1);
    expect(text).toContain('The step rest of card waits for measured with rows >= 1000');
    expect(await page.getByRole('link', { name: 'card/1' }).count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is where the page of a trigger that misses it, and of its run, lead to, and says when it came after all', async () => {
    const { context, page, complaints } = await openPage(browser, `${server.url}/workflows/watch`);
    await page.getByText('It has not come since.').waitFor(SOON);
    expect(await page.getByRole('link', { name: 'Who waits for it' }).getAttribute('href')).toBe(
      '/signals?name=measured',
    );
    await page.goto(`${server.url}/runs/watch/1`);
    await page.getByRole('link', { name: 'who waits for it' }).waitFor(SOON);
    expect(await page.locator('body').textContent()).toContain('no measured with island == "Torgersen" has come since');
    const patient = join(folder, 'patient.downbeat.yaml');
    writeFileSync(patient, DEFINITIONS.split('---').at(-1)?.replace('1s', '1h') ?? '');
    expect(await server.cli('apply', patient)).toMatchObject({ code: 0 });
    await server.cli('publish', 'measured', '-p', 'rows=1', '-p', 'island=Torgersen');
    await page.goto(`${server.url}/workflows/watch`);
    await page.getByRole('link', { name: 'It came' }).first().waitFor(SOON);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says what did not fit, publishes it again once it does, and lets go of the rest', async () => {
    const { context, page } = await openPage(browser, `${server.url}/signals?name=measured`);
    const refused = page.locator('.refused');
    await refused.first().waitFor(SOON);
    expect(await refused.allTextContents()).toEqual([
      expect.stringContaining('`rows` must be at least 1, and is 0.'),
      expect.stringContaining('`rows` must be a whole number, and is "many".'),
    ]);
    await refused.first().getByRole('button', { name: 'Publish again' }).click();
    await refused.first().getByRole('alert').waitFor(SOON);

    const wider = join(folder, 'wider.downbeat.yaml');
    writeFileSync(wider, DEFINITIONS.split('---')[0]?.replace('minimum: 1', 'minimum: 0') ?? '');
    expect(await server.cli('apply', wider)).toMatchObject({ code: 0 });
    await refused.first().getByRole('button', { name: 'Publish again' }).click();
    await expect.poll(() => refused.count(), SOON).toBe(1);
    await refused.first().getByRole('button', { name: 'Let go' }).click();
    await expect.poll(() => refused.count(), SOON).toBe(0);
    await page.getByRole('link', { name: 'measured 2' }).waitFor(SOON);
    await context.close();
  });
});
