// A real browser on a real server, for the tests of the page. It notes what must not happen while a page is used: a request
// that leaves the machine, and a complaint of the browser.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { startTestServer, type TestServer } from '../support/server.ts';

/** The checkout. */
export const root = join(import.meta.dirname, '../..');
/** Where Chromium is; without it the tests in a browser are left out. */
export const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** How long a person would wait at most. */
export const SOON = { timeout: 30_000 };

/** What must not happen while a page is used. */
export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly foreign: string[];
  readonly complaints: string[];
}

/** Builds what has changed, and starts a browser and a server of the test's own. */
export async function startBrowserAndServer(): Promise<{ readonly server: TestServer; readonly browser: Browser }> {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'ignore' });
  const [server, browser] = await Promise.all([
    startTestServer(),
    chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    }),
  ]);
  return { server, browser };
}

/** Opens a page that notes every request to another host and every complaint of the browser. */
export async function openPage(
  browser: Browser,
  url: string,
  options: NonNullable<Parameters<Browser['newContext']>[0]> = {},
): Promise<Watched> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const foreign: string[] = [];
  const complaints: string[] = [];
  const own = new URL(url).host;
  context.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol.startsWith('http') && asked.host !== own) foreign.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== own) foreign.push(socket.url());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return { context, page, foreign, complaints };
}
