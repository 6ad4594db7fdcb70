// How the command line deals with servers that refuse, break off, move, or are something else.

import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from '../../src/cli/server/client.ts';
import { CliError } from '../../src/cli/cli-error.ts';
import { follow } from '../../src/cli/display/follow.ts';
import { PUBLISH, RUN_CHANGES, type RunChangeView, SERVER } from '../../src/cli/operations/operations.ts';
import { endsRun } from '../../src/cli/display/run-progress.ts';
import { type Answers, fault, type FakeServer, startFakeServer } from './fake-server.ts';
import { aRun } from './samples.ts';
import { QUICK } from './terminal.ts';

const servers: FakeServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(answers: Answers): Promise<FakeServer> {
  const server = await startFakeServer(answers);
  servers.push(server);
  return server;
}

function clientOf(url: string, token?: string): Client {
  return createClient({ url, token: token === undefined ? undefined : { reveal: () => token } }, QUICK);
}

const receipt = { signal: null, duplicate: false, settled: true, matches: [], replayed: false, errors: [] };
const server = { version: '1', nodeId: 'a', role: 'OWNER', cursor: '0:0.0', nodes: [] };

async function thrownBy(promise: Promise<unknown>): Promise<CliError> {
  return promise.then(
    () => {
      throw new Error('it went well');
    },
    (error: unknown) => {
      if (error instanceof CliError) return error;
      throw error;
    },
  );
}

describe('a request', () => {
  it('is repeated while the server says that this helps, under one idempotency key', async () => {
    let calls = 0;
    const fake = await serve({
      publishSignal: () => {
        calls++;
        return calls < 3 ? fault('STORE_UNAVAILABLE', { retryable: true, retryAfterMs: 1 }) : receipt;
      },
    });
    const answer = await clientOf(fake.url).mutate(PUBLISH, { name: 'a' });
    expect(answer.publishSignal.settled).toBe(true);
    const keys = fake.requests.map(
      ({ variables }) => (variables['input'] as { idempotencyKey: string }).idempotencyKey,
    );
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/u);
  });

  it('keeps the idempotency key that the user gave', async () => {
    const fake = await serve({ publishSignal: () => receipt });
    await clientOf(fake.url).mutate(PUBLISH, { name: 'a', idempotencyKey: 'mine' });
    expect(fake.requests[0]?.variables).toEqual({ input: { name: 'a', idempotencyKey: 'mine' } });
  });

  it('goes to the owner when another node says who that is', async () => {
    const owner = await serve({ publishSignal: () => receipt });
    const standby = await serve({
      publishSignal: () => fault('NOT_OWNER', { retryable: true, ownerAddress: owner.url.replace('http://', '') }),
    });
    await clientOf(standby.url, 'secret').mutate(PUBLISH, { name: 'a' });
    expect([standby.requests.length, owner.requests.length]).toEqual([1, 1]);
    expect(owner.requests[0]?.authorization).toBe('Bearer secret');
    expect(owner.requests[0]?.variables).toEqual(standby.requests[0]?.variables);
  });

  it('gives up when the server stays unavailable, with its code', async () => {
    const fake = await serve({ server: () => fault('UNAVAILABLE', { retryable: true, requestId: 'r1' }) });
    const pace = { ...QUICK, retryFor: 500 };
    const error = await thrownBy(createClient({ url: fake.url, token: undefined }, pace).query(SERVER, {}));
    expect(error).toMatchObject({ code: 'UNAVAILABLE', exitCode: 1, message: 'It is UNAVAILABLE. (request r1)' });
    expect(fake.requests.length).toBeGreaterThan(1);
  });

  it('is not repeated when repeating cannot help', async () => {
    const fake = await serve({ server: () => fault('UNAUTHENTICATED') });
    const error = await thrownBy(clientOf(fake.url).query(SERVER, {}));
    expect(error).toMatchObject({
      code: 'UNAUTHENTICATED',
      exitCode: 1,
      hint: 'Give one in DOWNBEAT_TOKEN (or --token). Where the server runs, `downbeat token create` makes one.',
    });
    expect(fake.requests).toHaveLength(1);
  });

  it('says at once that nothing listens', async () => {
    const fake = await startFakeServer({});
    await fake.close();
    const error = await thrownBy(clientOf(fake.url).query(SERVER, {}));
    expect(error).toMatchObject({
      exitCode: 3,
      message: `No Downbeat server answers at ${fake.url} (nothing listens there).`,
    });
    expect(error.hint).toContain('downbeat serve');
  });

  it('is repeated after the connection broke', async () => {
    let calls = 0;
    const http = createServer((request, response) => {
      calls++;
      if (calls === 1) request.socket.destroy();
      else response.end(JSON.stringify({ data: { server } }));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const answer = await clientOf(`http://127.0.0.1:${String((http.address() as AddressInfo).port)}`).query(SERVER, {});
    http.closeAllConnections();
    http.close();
    expect([answer.server.version, calls]).toEqual(['1', 2]);
  });

  it.each([
    ['<html>', 200, 3, 'NO_SERVER'],
    ['{"hello":1}', 404, 3, 'NO_SERVER'],
    ['{"code":"BAD_TOKEN","message":"The token is not known.","hint":"Ask ada."}', 401, 1, 'BAD_TOKEN'],
  ])('that is answered %s with %i ends with %i', async (body, status, exitCode, code) => {
    const http = createServer((_request, response) => response.writeHead(status).end(body));
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const error = await thrownBy(
      clientOf(`http://127.0.0.1:${String((http.address() as AddressInfo).port)}`).query(SERVER, {}),
    );
    http.closeAllConnections();
    http.close();
    expect(error).toMatchObject({ exitCode, code });
  });
});

function change(cursor: string, kind: string, status = 'RUNNING'): object {
  return {
    cursor,
    at: '2026-11-22T06:00:00.000Z',
    kind,
    run: aRun({ status, isTerminal: status === 'SUCCEEDED' }),
    steps: [],
    events: [],
  };
}

interface Followed {
  readonly cursors: readonly string[];
  readonly events: readonly string[];
}

async function followAll(url: string, stop = new AbortController(), onItem?: () => void): Promise<Followed> {
  const cursors: string[] = [];
  const events: string[] = [];
  const items = follow(
    {
      operation: RUN_CHANGES,
      variables: { runId: 'run:penguins/12' },
      itemOf: (data) => data.runChanges,
      isLast: (item: RunChangeView) => endsRun(item),
    },
    {
      endpoint: { url, token: { reveal: () => 'secret' } },
      pace: QUICK,
      signal: stop.signal,
      onConnection: (event) => events.push(event),
    },
  );
  for await (const item of items) {
    cursors.push(item.cursor);
    onItem?.();
  }
  return { cursors, events };
}

/** Runs a step of the script at each subscription, and notes behind which cursor it was asked for. */
function scripted(...scripts: ((after: string | null) => AsyncIterable<object>)[]): {
  readonly answers: Answers;
  readonly asked: (string | null)[];
} {
  const asked: (string | null)[] = [];
  return {
    asked,
    answers: {
      runChanges: ({ after }: { readonly after?: string }) => {
        const script = scripts[asked.length] ?? scripts.at(-1);
        asked.push(after ?? null);
        if (script === undefined) throw new Error('no script');
        return script(after ?? null);
      },
    },
  };
}

async function* say(...items: object[]): AsyncGenerator<{ runChanges: object }> {
  for (const item of items) yield { runChanges: await Promise.resolve(item) };
}

describe('a stream', () => {
  it('hands out everything to the last change, and keeps heartbeats to itself', async () => {
    const { answers } = scripted(() =>
      say(change('0:1.0', 'SNAPSHOT'), change('0:2.0', 'HEARTBEAT'), change('0:3.0', 'COMMIT', 'SUCCEEDED')),
    );
    const fake = await serve(answers);
    expect(await followAll(fake.url)).toEqual({ cursors: ['0:1.0', '0:3.0'], events: [] });
    expect(fake.connectionParams).toEqual([{ authorization: 'Bearer secret' }]);
  });

  it('goes on behind the last cursor after the connection broke, heartbeats included', async () => {
    let fake: FakeServer | undefined = undefined as FakeServer | undefined;
    const { answers, asked } = scripted(
      async function* () {
        yield* say(change('0:1.0', 'SNAPSHOT'), change('0:2.0', 'HEARTBEAT'));
        setImmediate(() => fake?.cut());
        await new Promise(() => undefined);
      },
      () => say(change('0:3.0', 'COMMIT'), change('0:4.0', 'COMMIT', 'SUCCEEDED')),
    );
    fake = await serve(answers);
    expect(await followAll(fake.url)).toEqual({ cursors: ['0:1.0', '0:3.0', '0:4.0'], events: ['lost', 'resumed'] });
    expect(asked).toEqual([null, '0:2.0']);
  });

  it('subscribes again at once when it was too slow', async () => {
    const { answers, asked } = scripted(
      () => say(change('0:1.0', 'SNAPSHOT'), change('0:1.0', 'LAGGED')),
      () => say(change('0:2.0', 'COMMIT', 'SUCCEEDED')),
    );
    const fake = await serve(answers);
    expect(await followAll(fake.url)).toEqual({ cursors: ['0:1.0', '0:2.0'], events: [] });
    expect(asked).toEqual([null, '0:1.0']);
  });

  it('takes a snapshot when its cursor has expired', async () => {
    const { answers, asked } = scripted(
      () => say(change('0:1.0', 'SNAPSHOT'), change('0:1.0', 'LAGGED')),
      () => {
        throw fault('CURSOR_EXPIRED');
      },
      () => say(change('0:9.0', 'SNAPSHOT', 'SUCCEEDED')),
    );
    const fake = await serve(answers);
    expect((await followAll(fake.url)).cursors).toEqual(['0:1.0', '0:9.0']);
    expect(asked).toEqual([null, '0:1.0', null]);
  });

  it('is not taken for finished when the server ends it before the run has ended', async () => {
    const { answers } = scripted(
      () => say(change('0:1.0', 'SNAPSHOT')),
      () => say(change('0:2.0', 'COMMIT', 'SUCCEEDED')),
    );
    const fake = await serve(answers);
    expect(await followAll(fake.url)).toEqual({ cursors: ['0:1.0', '0:2.0'], events: ['lost', 'resumed'] });
  });

  it('goes to the owner when another node says who that is', async () => {
    const owner = await serve(scripted(() => say(change('0:1.0', 'SNAPSHOT', 'SUCCEEDED'))).answers);
    const standby = await serve({
      runChanges: () => {
        throw fault('NOT_OWNER', { ownerAddress: owner.url });
      },
    });
    expect((await followAll(standby.url)).cursors).toEqual(['0:1.0']);
  });

  it('ends with the error of a server that refuses for good', async () => {
    const fake = await serve({
      runChanges: () => {
        throw fault('FORBIDDEN');
      },
    });
    expect(await thrownBy(followAll(fake.url))).toMatchObject({ code: 'FORBIDDEN', exitCode: 1 });
  });

  it('is given up when the server does not come back', async () => {
    const fake = await startFakeServer({});
    await fake.close();
    const items = follow(
      { operation: RUN_CHANGES, variables: { runId: 'a' }, itemOf: (data) => data.runChanges },
      {
        endpoint: { url: fake.url, token: undefined },
        pace: { ...QUICK, reconnectFor: 30 },
        signal: new AbortController().signal,
        onConnection: () => undefined,
      },
    );
    expect(await thrownBy(items.next())).toMatchObject({ exitCode: 3 });
  });

  it('ends when nobody wants it any more, also while it is silent', async () => {
    const stop = new AbortController();
    const { answers } = scripted(async function* () {
      yield* say(change('0:1.0', 'SNAPSHOT'));
      await new Promise(() => undefined);
    });
    const fake = await serve(answers);
    const abortSoon = (): void =>
      void setImmediate(() => {
        stop.abort();
      });
    expect((await followAll(fake.url, stop, abortSoon)).cursors).toEqual(['0:1.0']);
  });

  it('may be given up before it is there', async () => {
    const fake = await serve({});
    const stop = new AbortController();
    const items = followAll(fake.url, stop);
    stop.abort();
    expect(await items).toEqual({ cursors: [], events: [] });
  });
});
