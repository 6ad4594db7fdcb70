// Secrets from a file and from a variable, in a real server: the step has them, and neither the command line, nor the server's
// log, nor anything in MongoDB does.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binary, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.ts';

const WORKFLOW = `
id: fetch
steps:
  - id: ask
    run: |
      echo "sent: $AUTH, $KEY"
      printf %s "$AUTH$KEY" | wc -c
    env: { AUTH: "Bearer \${secrets.birds_token}", KEY: "\${secrets.api_key}" }
`;

let folder = '';
let server: TestServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-secrets-'));
  writeFileSync(join(folder, 'secrets'), 'birds_token=hunter2-file\n', { mode: 0o600 });
  writeFileSync(join(folder, 'fetch.downbeat.yaml'), WORKFLOW);
  server = await startTestServer({
    env: { DOWNBEAT_SECRETS_FILE: join(folder, 'secrets'), DOWNBEAT_SECRET_API_KEY: 'hunter2-variable' },
  });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function everythingInMongo(): Promise<string> {
  const client = await MongoClient.connect(server.mongo.uri);
  try {
    const db = client.db(server.mongo.database);
    const collections = await db.listCollections().toArray();
    const documents = await Promise.all(collections.map(({ name }) => db.collection(name).find().toArray()));
    return documents.flat().map(textOf).join('\n');
  } finally {
    await client.close();
  }
}

/** Blobs are bytes, which JSON would show in base64. */
function textOf({ content, ...document }: Document): string {
  return `${JSON.stringify(document)} ${content instanceof Binary ? Buffer.from(content.buffer).toString() : String(content)}`;
}

test('secrets reach the step and nothing else', async () => {
  expect(await server.cli('apply', join(folder, 'fetch.downbeat.yaml'))).toMatchObject({ code: 0 });
  const run = await server.cli('run', 'fetch', '--watch');
  expect(run).toMatchObject({ code: 0 });
  const logs = await server.cli('logs', 'fetch/1', 'ask');
  expect(logs.stdout).toContain('sent: Bearer •••, •••');
  expect(logs.stdout).toMatch(/\b35\b/u);

  const stored = await everythingInMongo();
  expect(stored).toContain('secrets.birds_token');
  for (const text of [stored, server.log(), run.stdout, run.stderr, logs.stdout]) expect(text).not.toContain('hunter2');

  writeFileSync(join(folder, 'secrets'), '# gone\n');
  const second = await server.cli('run', 'fetch', '--watch');
  expect(second.code).toBe(1);
  expect(second.stdout + second.stderr).toContain('there is no secret "birds_token"');
});
