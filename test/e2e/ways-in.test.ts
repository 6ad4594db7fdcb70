// The ways in, on the real thing: a Redis stream over a kill between append and acknowledgement, signed webhooks, contracts from the
// command line, and keys that outlive a restart.

import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshMongo } from '../support/mongod.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

let folder: string;
let redis: RedisServer;
let job: Redis;
const servers: TestServer[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-ways-in-'));
  redis = await startRedisServer({ folder });
  job = new Redis(redis.url);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  job.disconnect();
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

async function published(server: TestServer, name: string): Promise<number> {
  const query = 'query ($name: String!) { signalType(name: $name) { published } }';
  const answer = await server.graphql<{ signalType: { published: number } | null }>(query, { name });
  return answer.signalType?.published ?? 0;
}

test('an entry whose signal was appended and not acknowledged when the server was killed is one signal', async () => {
  const mongo = await freshMongo();
  const env = { REDIS_URL: redis.url, DOWNBEAT_NODE_ID: 'one' };
  const mortal = await start({ mongo, env: { ...env, DOWNBEAT_CRASH_AT: 'before-acknowledgement:1' } });
  await job.xadd('downbeat:signals', '*', 'signal', '{"name":"job.done","params":{"rows":3}}');
  await mortal.ended;
  expect((await job.xpending('downbeat:signals', 'downbeat'))[0]).toBe(1);

  const heir = await start({ mongo, env });
  await job.xadd('downbeat:signals', '*', 'signal', '{"name":"job.done","params":{"rows":3}}');
  await expect.poll(() => published(heir, 'job.done'), { timeout: 20_000 }).toBe(2);
  await expect.poll(async () => (await job.xpending('downbeat:signals', 'downbeat'))[0], { timeout: 20_000 }).toBe(0);
  expect(await published(heir, 'job.done')).toBe(2);
  await heir.stop();
});

test('a webhook that is signed publishes once, also over a restart; a contract refuses what does not fit and keeps it', async () => {
  const mongo = await freshMongo();
  const env = {
    DOWNBEAT_HOOKS: 'github: { scheme: github, secret: GITHUB, signal: code.pushed, params: { branch: ref } }',
    DOWNBEAT_SECRET_GITHUB: 'a very secret key',
  };
  const first = await start({ mongo, env });
  const deliver = async (server: TestServer, body: string, id: string): Promise<{ status: number; json: unknown }> => {
    const signature = createHmac('sha256', env.DOWNBEAT_SECRET_GITHUB).update(body).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${signature}`,
      'x-github-delivery': id,
    };
    const answer = await fetch(`${server.url}/hooks/github`, { method: 'POST', headers, body });
    return { status: answer.status, json: await answer.json() };
  };
  const contract = join(folder, 'code.downbeat.yaml');
  writeFileSync(contract, 'kind: signal\nname: code.pushed\nparams:\n  branch: string\n');
  expect(await first.cli('validate', contract)).toMatchObject({ code: 0 });
  expect(await first.cli('plan', contract)).toMatchObject({ code: 0 });
  expect(await first.cli('apply', contract)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('the contract of code.pushed, version 1, is in place') as string,
  });
  expect(await deliver(first, '{"ref":"main"}', 'd1')).toMatchObject({ status: 200, json: { duplicate: false } });
  expect(await deliver(first, '{"ref":7}', 'd2')).toMatchObject({ status: 422, json: { code: 'CONTRACT_BROKEN' } });

  const direct = await first.cli('publish', 'code.pushed', '-p', 'brunch=main');
  expect(direct.code).toBe(1);
  expect(direct.stderr).toContain('`branch` is missing.');
  writeFileSync(contract, 'kind: signal\nname: code.pushed\nparams:\n  branch: string\n  author: string\n');
  const narrower = await first.cli('apply', contract);
  expect(narrower.code).toBe(1);
  expect(narrower.stderr).toContain('A publication without `author` would now be refused.');

  await first.stop();
  const second = await start({ mongo, env });
  expect(await deliver(second, '{"ref":"main"}', 'd1')).toMatchObject({ status: 200, json: { duplicate: true } });
  expect(await published(second, 'code.pushed')).toBe(1);
  const shown = await second.cli('signal', 'code.pushed');
  expect(shown.stdout).toContain('hook:github: once');
  expect(shown.stdout).toContain('Refused, 2 kept');
  const [id = ''] = /refused:\S+/u.exec(shown.stdout) ?? [];
  expect(await second.cli('republish', id, '-p', 'branch=main')).toMatchObject({ code: 0 });
  const [other = ''] = /refused:\S+/u.exec((await second.cli('signal', 'code.pushed')).stdout) ?? [];
  expect(other).not.toBe(id);
  expect(await second.cli('dismiss', other)).toMatchObject({ code: 0 });
  expect(await published(second, 'code.pushed')).toBe(2);
  await second.stop();
}, 150_000);
