// `workflow`, `workflows`, `signalType`, `signals`, `node`, `explain` and `server` on one engine.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { at, type Operations, sleeper, startOperations, textAt, twoSteps } from '../operations.ts';

let test: Operations;
beforeAll(async () => {
  test = await startOperations();
  await test.apply(twoSteps);
  await test.apply(sleeper);
  await test.ask(
    'mutation { publishSignal(input: { name: "measurements.ready", params: { rows: 5, island: "x" } }) { settled } }',
  );
  // A signal is listed before all have said what they made of it.
  await vi.waitUntil(
    async () => at((await test.ask('{ signals { nodes { settled } } }')).data, 'signals.nodes.0.settled') === true,
  );
  await vi.waitUntil(
    async () => at((await test.ask('{ workflows { totalCount } }')).data, 'workflows.totalCount') === 2,
  );
});
afterAll(() => test.stop());

describe('workflow', () => {
  it('shows the active version, its triggers in plain words, and other versions', async () => {
    const { data } = await test.ask(`{ workflow(id: "penguins") {
      id name description owner activeVersion versionCount triggersPaused url
      triggers { id kind text armed paused nextFire started lastFired { runId } }
      definition { version hash appliedBy json } none: definition(version: 9) { version }
    } }`);
    expect(at(data, 'workflow')).toMatchObject({
      id: 'workflow:penguins',
      description: 'Tells penguins apart.',
      activeVersion: 1,
      triggersPaused: false,
      url: '/workflows/penguins',
      definition: {
        version: 1,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        appliedBy: 'ada',
        json: { id: 'penguins' },
      },
      none: null,
    });
    expect(at(data, 'workflow.triggers')).toMatchObject([
      {
        kind: 'SIGNAL',
        text: 'when measurements.ready arrives with rows >= 100',
        armed: true,
        nextFire: null,
        lastFired: null,
      },
      {
        kind: 'CRON',
        text: 'every weekday at 06:00 in Madrid',
        armed: true,
        nextFire: expect.stringMatching(/Z$/) as string,
      },
    ]);
  });

  it('is null where there is none', async () => {
    expect((await test.ask('{ workflow(id: "nowhere") { id } }')).data).toEqual({ workflow: null });
  });
});

describe('workflows', () => {
  it('lists them, by prefix and owner', async () => {
    const { data } = await test.ask(`{
      all: workflows { nodes { id description } } prefixed: workflows(filter: { prefix: "PENG" }) { nodes { id } totalCount }
      owned: workflows(filter: { owner: "ada" }) { nodes { id } } none: workflows(filter: { owner: "ada*" }) { nodes { id } }
    }`);
    expect(at(data, 'all.nodes')).toHaveLength(2);
    expect(at(data, 'prefixed')).toEqual({ nodes: [{ id: 'workflow:penguins' }], totalCount: 1 });
    expect(at(data, 'owned.nodes')).toEqual([{ id: 'workflow:penguins' }]);
    expect(at(data, 'none.nodes')).toEqual([]);
  });
});

describe('signals', () => {
  it('lists what was published, and a name with its listeners', async () => {
    const { data } = await test.ask(`{
      signals(filter: { name: "measurements.ready" }) { nodes { id name sequence matches { verdict } settled } }
      none: signals(filter: { name: "other" }) { nodes { id } }
      signalType(name: "measurements.ready") { name published listeners { workflowId text } } unknown: signalType(name: "other") { name }
    }`);
    expect(data).toMatchObject({
      signals: { nodes: [{ name: 'measurements.ready', sequence: 1, matches: [{ verdict: 'UNMET' }], settled: true }] },
      none: { nodes: [] },
      signalType: { name: 'measurements.ready', published: 1, listeners: [{ workflowId: 'penguins' }] },
      unknown: null,
    });
    const id = textAt(data, 'signals.nodes.0.id');
    expect(at((await test.ask('query ($id: ID!) { node(id: $id) { id __typename } }', { id })).data, 'node')).toEqual({
      id,
      __typename: 'Signal',
    });
  });
});

describe('explain and node', () => {
  it('take the ids of everything', async () => {
    const { data: known } = await test.ask('{ workflow(id: "penguins") { triggers { id } } }');
    const triggers = [0, 1].map((place) => textAt(known, `workflow.triggers.${String(place)}.id`));
    for (const id of ['workflow:penguins', ...triggers]) {
      const { data, errors } = await test.ask(
        'query ($id: ID!) { node(id: $id) { id } explain(id: $id) { id summary } }',
        { id },
      );
      expect(errors, id).toBeUndefined();
      expect(data, id).toMatchObject({ node: { id }, explain: { summary: expect.any(String) as string } });
    }
  });

  it('are null where there is none, and refuse what is no id', async () => {
    expect((await test.ask('{ explain(id: "run:penguins/99") { id } }')).data).toEqual({ explain: null });
    expect((await test.ask('{ explain(id: "penguins") { id } }')).errors?.[0]?.extensions['code']).toBe(
      'BAD_USER_INPUT',
    );
  });
});

describe('server', () => {
  it('says who answers, and where the change feed is', async () => {
    const { data } = await test.ask('{ server { version cursor nodeId role nodes { nodeId address } } }');
    expect(at(data, 'server')).toMatchObject({
      version: '0.1.0',
      nodeId: 'test',
      role: 'OWNER',
      nodes: [{ nodeId: 'test', address: 'http://127.0.0.1:4000' }],
    });
    expect(textAt(data, 'server.cursor').split(',')).toHaveLength(16);
    const owned = async () =>
      at((await test.ask('{ server { nodes { partitions } } }')).data, 'server.nodes.0.partitions');
    await expect.poll(owned, { timeout: 10_000 }).toBe(16);
  });
});
