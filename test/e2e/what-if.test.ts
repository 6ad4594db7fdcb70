// The walk of docs/what-if.md against a real server that dies on the way: what is asked about the past is answered from what is stored.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FreshMongo, freshMongo } from '../support/mongod.ts';
import { type Ended, startTestServer, type TestServer } from '../support/server.ts';

const page = join(import.meta.dirname, '../../docs/what-if.md');

let mongo: FreshMongo;
let server: TestServer;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-what-if-'));
  mongo = await freshMongo();
  server = await startTestServer({ mongo });
});
afterEach(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

function write(text: string): string {
  const file = join(folder, 'penguin-count.downbeat.yaml');
  writeFileSync(file, text);
  return file;
}

async function said(...words: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr }: Ended = await server.cli(...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.trimEnd().split('\n');
}

test(
  'the runs that a changed trigger would have made, from what was stored before and after a kill',
  { timeout: 120_000 },
  async () => {
    const text = /```yaml\n([^`]+)```/u.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
    const file = write(text);
    expect((await server.cli('apply', file)).code).toBe(0);
    for (const rows of [150, 90]) await server.cli('publish', 'measurements.ready', '-p', `rows=${String(rows)}`);
    await server.kill();
    server = await startTestServer({ mongo });
    await server.cli('pause', 'penguin-count');
    await server.cli('publish', 'measurements.ready', '-p', 'rows=120');
    await server.cli('resume', 'penguin-count');
    await server.cli('publish', 'measurements.ready', '-p', 'rows=400');

    const same = await said('what-if', file, '--since', '7d', '--kept');
    expect(same[0]).toMatch(/^penguin-count from .* UTC: 4 signals replayed$/u);
    expect(same[1]).toBe('  = 2 kept  ~ 0 moved  - 0 lost  + 0 gained');
    expect(same[2]).toMatch(/^ {2}= .* penguin-count\/1 on measurements.ready #1$/u);
    expect(same.join('\n')).toContain('gives exactly the runs that there are');

    write(text.replace('">= 100"', '">= 80, < 300"'));
    const other = await said('what-if', file, '--since', '7d', '--trigger', 'enough');
    expect(other[1]).toBe('  = 1 kept  ~ 0 moved  - 1 lost  + 1 gained');
    expect(other[2]).toMatch(
      /^ {2}\+ .* a new run on measurements.ready #2: Really measurements.ready #2 did not meet `rows >= 100`: rows is 90\.$/u,
    );
    expect(other[3]).toMatch(
      /^ {2}- .* penguin-count\/2 on measurements.ready #4: measurements.ready #4 does not meet `rows < 300`: rows is 400\.$/u,
    );

    const [line = ''] = await said('what-if', file, '--from', '2026-01-01', '--json');
    expect(JSON.parse(line)).toMatchObject({
      workflowId: 'penguin-count',
      isExact: true,
      counts: { kept: 1, moved: 0, lost: 1, gained: 1 },
      runs: [
        { outcome: 'GAINED', runId: null },
        { outcome: 'LOST', runId: 'run:penguin-count/2' },
      ],
    });

    const unknown = await server.cli('what-if', file, '--trigger', 'nightly');
    expect(unknown.code).not.toBe(0);
    expect(unknown.stderr).toContain('There is no trigger "nightly"');
    const twice = await server.cli('what-if', file, '--since', '7d', '--from', '2026-01-01');
    expect(twice.stderr).toContain('--since and --from say the same.');
  },
);
