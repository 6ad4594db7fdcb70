// Webhooks: only what is signed counts, each delivery once, in the words of GitHub, Stripe, Standard Webhooks and CloudEvents.

import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemorySecrets } from '../../../src/adapters/memory/secrets.ts';
import { readHooks } from '../../../src/core/hook.ts';
import { type SignalInput } from '../../../src/engine/engine.ts';
import { type Caller } from '../../../src/engine/answer.ts';
import { UnavailableError } from '../../../src/engine/unavailable-error.ts';
import { createPace } from '../../../src/http/hooks/pace.ts';
import { cursor, engineOfOneWorkflow, signal } from '../engine-of-one-workflow.ts';
import { type Answer, ask, type RunningServer, startServer } from '../running-server.ts';

const NOW = 1_700_000_000;
const KEY = 'a very secret key';
const NEW_KEY = `whsec_${Buffer.from('another key of 24 bytes!').toString('base64')}`;
const HOOKS = {
  github: {
    scheme: 'github',
    secret: 'GITHUB',
    signal: { push: 'code.pushed' },
    params: { branch: 'ref', repo: 'repository.name' },
  },
  pay: { scheme: 'stripe', secret: 'PAY', signal: 'payment.done', tolerance: 60 },
  std: { scheme: 'standard', secret: ['STD', 'PAY'] },
  lost: { scheme: 'github', secret: 'NOT_THERE', signal: 'a' },
};

const published: { signals: readonly SignalInput[]; caller: Caller }[] = [];
let server: RunningServer;
beforeAll(async () => {
  const hooks = readHooks(HOOKS);
  if (!hooks.ok) throw new Error(hooks.failure.join('\n'));
  const engine = engineOfOneWorkflow({
    publishSignals: async (signals, caller) => {
      const isRepeat = published.some((one) => one.caller.idempotencyKey === caller.idempotencyKey);
      published.push({ signals, caller });
      if (signals[0]?.name === 'down') throw new UnavailableError('STORE_UNAVAILABLE', 'The store does not answer.');
      if (signals[0]?.name === 'bad')
        return { ok: false, refusals: [{ code: 'BAD_INPUT', message: 'Not like that.', path: ['params'] }] };
      return { ok: true, value: [signal], cursor, replayed: isRepeat };
    },
  });
  server = await startServer({
    engine,
    now: () => NOW * 1_000,
    verifyToken: async () => undefined,
    webhooks: { hooks: hooks.value, secrets: createMemorySecrets({ GITHUB: KEY, PAY: KEY, STD: NEW_KEY }) },
  });
});
afterAll(() => server.close());
beforeEach(() => {
  published.length = 0;
});

function send(hook: string, body: string, headers: Record<string, string>): Promise<Answer> {
  return ask(server, `/hooks/${hook}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

function sign(text: string, key: string | Buffer = KEY, encoding: 'hex' | 'base64' = 'hex'): string {
  return createHmac('sha256', key).update(text).digest(encoding);
}

const PUSH = '{"ref":"main", "repository":{"name":"penguins"},"more":[1]}';
const push = (changed: Record<string, string> = {}): Record<string, string> => ({
  'x-hub-signature-256': `sha256=${sign(PUSH)}`,
  'x-github-event': 'push',
  'x-github-delivery': 'd1',
  ...changed,
});

describe('a hook of the scheme github', () => {
  it('publishes the signal of the event, with the parameters that the settings name and the rest as payload', async () => {
    const answer = await send('github', PUSH, push());
    expect(answer).toMatchObject({ status: 200, json: { signal: { id: signal.id }, duplicate: false } });
    expect(published).toEqual([
      {
        signals: [
          {
            name: 'code.pushed',
            params: [
              { name: 'branch', value: 'main' },
              { name: 'repo', value: 'penguins' },
            ],
            payload: { ref: 'main', repository: { name: 'penguins' }, more: [1] },
          },
        ],
        caller: { actor: 'hook:github', idempotencyKey: 'd1' },
      },
    ]);
  });

  it('answers a repeat of a delivery with the first receipt', async () => {
    await send('github', PUSH, push());
    expect(await send('github', PUSH, push())).toMatchObject({ status: 200, json: { duplicate: true } });
  });

  it('takes events that it has no name for, and says that nothing comes of them', async () => {
    const answer = await send('github', PUSH, push({ 'x-github-event': 'ping' }));
    expect(answer).toMatchObject({
      status: 200,
      json: { signal: null, ignored: expect.stringContaining('"ping"') as string },
    });
    expect(published).toEqual([]);
  });

  it.each([
    [
      'no signature',
      { 'x-hub-signature-256': '' },
      'The header x-hub-signature-256 is missing: only signed deliveries are taken.',
    ],
    [
      'a signature of another scheme',
      { 'x-hub-signature-256': 'sha1=00' },
      "The header x-hub-signature-256 is not what this hook's scheme has.",
    ],
    [
      'a signature with another key',
      { 'x-hub-signature-256': `sha256=${sign(PUSH, 'x')}` },
      'The signature does not fit body and secret.',
    ],
    [
      'the signature of another body',
      { 'x-hub-signature-256': `sha256=${sign(`${PUSH} `)}` },
      'The signature does not fit body and secret.',
    ],
  ])('refuses %s', async (_, headers, message) => {
    const answer = await send('github', PUSH, push(headers));
    expect(answer).toMatchObject({
      status: 401,
      json: { code: 'UNAUTHENTICATED', message, hint: expect.any(String) as string },
    });
    expect(published).toEqual([]);
  });

  it('wants an id of each delivery, JSON, and an object', async () => {
    expect(await send('github', PUSH, push({ 'x-github-delivery': '' }))).toMatchObject({ status: 400 });
    expect(await send('github', PUSH, push({ 'content-type': 'application/x-www-form-urlencoded' }))).toMatchObject({
      status: 415,
    });
    expect(await send('github', 'x', push({ 'x-hub-signature-256': `sha256=${sign('x')}` }))).toMatchObject({
      status: 400,
      json: { message: 'The body is not JSON.' },
    });
    expect(published).toEqual([]);
  });
});

describe('a hook of the scheme stripe', () => {
  const body = '{"id":"evt_1","type":"invoice.paid","amount":3}';
  const signed = (at: number, key = KEY): Record<string, string> => ({
    'stripe-signature': `t=${String(at)},v0=00,v1=${'0'.repeat(64)},v1=${sign(`${String(at)}.${body}`, key)}`,
  });

  it('publishes, and keys by the id of the event', async () => {
    expect(await send('pay', body, signed(NOW - 59))).toMatchObject({ status: 200 });
    expect(published).toMatchObject([{ signals: [{ name: 'payment.done' }], caller: { idempotencyKey: 'evt_1' } }]);
  });

  it('refuses what was signed too long ago or in the future, and says the limit only to who knows the secret', async () => {
    for (const at of [NOW - 61, NOW + 61]) {
      const answer = await send('pay', body, signed(at));
      expect(answer).toMatchObject({ status: 401, json: { message: expect.stringContaining('60 seconds') as string } });
    }
    expect(await send('pay', body, signed(NOW - 61, 'x'))).toMatchObject({
      json: { message: 'The signature does not fit body and secret.' },
    });
    expect(published).toEqual([]);
  });

  it('refuses a body under the signature of another', async () => {
    expect(await send('pay', body.replace('3', '4'), signed(NOW))).toMatchObject({ status: 401 });
  });
});

describe('a hook of the scheme standard', () => {
  const body = '{"type":"user.created","timestamp":"2023-11-14T22:13:20Z","data":{"id":1}}';
  const raw = Buffer.from(NEW_KEY.slice('whsec_'.length), 'base64');
  const signed = (key: string | Buffer, id = 'msg_1'): Record<string, string> => ({
    'webhook-id': id,
    'webhook-timestamp': String(NOW),
    'webhook-signature': `v1a,x v1,AAAA v1,${sign(`msg_1.${String(NOW)}.${body}`, key, 'base64')}`,
  });

  it('takes a signature by the new and by the old secret, and names the signal by the type', async () => {
    expect(await send('std', body, signed(raw))).toMatchObject({ status: 200 });
    expect(await send('std', body, signed(KEY))).toMatchObject({ status: 200, json: { duplicate: true } });
    expect(published).toMatchObject([{ signals: [{ name: 'user.created' }], caller: { idempotencyKey: 'msg_1' } }, {}]);
  });

  it('refuses another id under the same signature', async () => {
    expect(await send('std', body, signed(raw, 'msg_2'))).toMatchObject({ status: 401 });
  });
});

describe('a CloudEvent', () => {
  const attributes = {
    specversion: '1.0',
    id: 'e 1',
    source: '/lab',
    type: 'measured.done',
    time: '2026-01-02T03:04:05Z',
  };
  const wanted = {
    signals: [
      { name: 'measured.done', params: [{ name: 'rows', value: 3 }], occurredAt: Date.UTC(2026, 0, 2, 3, 4, 5) },
    ],
    caller: { actor: 'hook:std', idempotencyKey: '/lab e 1' },
  };
  const signed = (body: string): Record<string, string> => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(NOW),
    'webhook-signature': `v1,${sign(`msg_1.${String(NOW)}.${body}`, KEY, 'base64')}`,
  });

  it('is understood as a whole', async () => {
    const body = JSON.stringify({ ...attributes, data: { rows: 3 } });
    const answer = await send('std', body, {
      ...signed(body),
      'content-type': 'application/cloudevents+json; charset=utf-8',
    });
    expect(answer.status).toBe(200);
    expect(published).toEqual([wanted]);
  });

  it('is understood with its attributes in headers', async () => {
    const headers = Object.fromEntries(
      Object.entries({ ...attributes, id: 'e%201' }).map(([name, value]) => [`ce-${name}`, value]),
    );
    expect((await send('std', '{"rows":3}', { ...signed('{"rows":3}'), ...headers })).status).toBe(200);
    expect(published).toEqual([wanted]);
  });

  it.each(['id', 'source', 'type', 'specversion'])('is refused without %s', async (name) => {
    const body = JSON.stringify({ ...attributes, [name]: undefined, data: {} });
    const answer = await send('std', body, { ...signed(body), 'content-type': 'application/cloudevents+json' });
    expect(answer).toMatchObject({ status: 400, json: { message: expect.stringContaining(name) as string } });
  });

  it('is refused in batches', async () => {
    const answer = await send('std', '[]', { ...signed('[]'), 'content-type': 'application/cloudevents-batch+json' });
    expect(answer.status).toBe(415);
  });
});

describe('every hook', () => {
  const named = (name: string): [string, Record<string, string>] => {
    const body = JSON.stringify({ type: name });
    const signature = `v1,${sign(`m.${String(NOW)}.${body}`, KEY, 'base64')}`;
    return [body, { 'webhook-id': 'm', 'webhook-timestamp': String(NOW), 'webhook-signature': signature }];
  };

  it('says 503 while the store is away, 422 for what is refused, 404 for no hook, 403 for a strange host', async () => {
    expect(await send('std', ...named('down'))).toMatchObject({ status: 503, json: { code: 'STORE_UNAVAILABLE' } });
    expect(await send('std', ...named('bad'))).toMatchObject({ status: 422, json: { message: 'Not like that.' } });
    expect(await send('none', ...named('a'))).toMatchObject({ status: 404 });
    const [body, headers] = named('a');
    expect(await send('std', body, { ...headers, host: 'evil.example' })).toMatchObject({ status: 403 });
  });

  it('takes 256 KB and no more', async () => {
    expect(await send('std', 'x'.repeat(256 * 1024 + 1), {})).toMatchObject({
      status: 413,
      json: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });

  it('takes nothing while its secret cannot be read, and tells nobody but the log why', async () => {
    const answer = await send('lost', '{}', {});
    expect(answer).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
    expect(answer.text).not.toContain('NOT_THERE');
    expect(server.logged.join('\n')).toContain('A webhook cannot be checked');
  });

  it('limits how often one sender calls, and forgives with time', () => {
    let now = 0;
    const pace = createPace(() => now);
    expect(Array.from({ length: 201 }, () => pace('a')).filter(Boolean)).toHaveLength(200);
    expect(pace('b')).toBe(true);
    now = 100;
    expect(Array.from({ length: 6 }, () => pace('a')).filter(Boolean)).toHaveLength(5);
  });
});

describe('the settings of hooks', () => {
  it.each([
    [3, 'hooks must be a map of ids'],
    [{ 'a b': {} }, 'hooks.a b: an id'],
    [{ a: 'x' }, 'hooks.a must be a map'],
    [{ a: { scheme: 'hmac', secret: 'A' } }, 'hooks.a.scheme must be one of github, stripe, standard'],
    [{ a: { scheme: 'github', secret: 'my secret!' } }, 'hooks.a.secret must name a secret'],
    [{ a: { scheme: 'github' } }, 'hooks.a.secret must name a secret'],
    [{ a: { scheme: 'github', secret: [] } }, 'hooks.a.secret must name a secret'],
    [{ a: { scheme: 'github', secret: 'A', signal: 7 } }, 'hooks.a.signal must be'],
    [{ a: { scheme: 'github', secret: 'A', params: { x: '' } } }, 'hooks.a.params must be'],
    [{ a: { scheme: 'github', secret: 'A', tolerance: '5m' } }, 'hooks.a.tolerance must be'],
    [{ a: { scheme: 'github', secret: 'A', sceret: 1 } }, 'hooks.a.sceret is no key of a hook'],
  ])('say what is wrong with %j', (value, problem) => {
    const read = readHooks(value);
    expect(read.ok ? [] : read.failure).toEqual([expect.stringContaining(problem) as string]);
    expect(JSON.stringify(read)).not.toContain('my secret!');
  });
});
