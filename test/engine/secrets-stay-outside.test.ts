// The value of a secret is known to the program of the step that names it, and to nothing else: everything that the engine ever
// hands to a port or is answered by one, and everything that it tells, is searched for it.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { createMemoryBus } from '../../src/adapters/memory/bus.ts';
import { createMemoryEntities } from '../../src/adapters/memory/entities.ts';
import { createMemoryHistory } from '../../src/adapters/memory/history.ts';
import { createMemoryInbox } from '../../src/adapters/memory/inbox.ts';
import { createMemoryLog } from '../../src/adapters/memory/log.ts';
import { createMemoryProjections } from '../../src/adapters/memory/projections.ts';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { createMemoryStepLogs } from '../../src/adapters/memory/step-logs.ts';
import { graphOf } from '../../src/core/definition/graph.ts';
import { foldAway } from '../../src/engine/retention.ts';
import { createLocalExecutor } from '../../src/executors/local.ts';
import { type Executor } from '../../src/ports/executor.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

const VALUE = 'hunter2-correct-horse';
const FORMS = [
  VALUE,
  'hunter2',
  Buffer.from(VALUE).toString('base64').slice(0, 20),
  Buffer.from(VALUE).toString('hex'),
];
const caller = { actor: 'ada' };
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Everything in a value, as text. */
function textOf(value: unknown): string {
  const replacer = (_key: string, inner: unknown): unknown => {
    if (typeof inner === 'bigint') return String(inner);
    if (inner instanceof Uint8Array) return Buffer.from(inner).toString('latin1');
    return inner instanceof Map || inner instanceof Set ? [...inner] : inner;
  };
  return JSON.stringify([value], replacer);
}

/** The same port, with everything that goes in or comes out written down. */
function recorded<T extends object>(port: T, record: string[]): T {
  return new Proxy(port, {
    get: (target, key) => {
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        record.push(`${String(key)} ${textOf(args)}`);
        const answer: unknown = Reflect.apply(member, target, args);
        if (answer instanceof Promise) {
          void answer.then(
            (value) => record.push(textOf(value)),
            (error: unknown) => record.push(String(error)),
          );
        }
        return answer;
      };
    },
  });
}

async function createLab(record: string[]): Promise<TestEngine> {
  const workRoot = await mkdtemp(join(tmpdir(), 'downbeat-test-'));
  closing.push(() => rm(workRoot, { recursive: true, force: true }));
  const blobs = recorded(createMemoryBlobs(), record);
  const local = createLocalExecutor({
    blobs,
    secrets: createMemorySecrets({ github_token: VALUE }),
    workRoot,
    serverUrl: () => 'http://127.0.0.1:4000',
    environment: process.env,
    now: Date.now,
  });
  const executor: Executor = {
    kinds: local.kinds,
    start: (spec, listener) => {
      record.push(`spec ${textOf(spec)}`);
      return local.start(spec, {
        log: (line) => {
          record.push(`line ${textOf(line)}`);
          listener.log(line);
        },
      });
    },
  };
  const lab = await createTestEngine({
    executor,
    blobs,
    log: recorded(createMemoryLog(), record),
    entities: recorded(createMemoryEntities(), record),
    inbox: recorded(createMemoryInbox(), record),
    stepLogs: recorded(createMemoryStepLogs(), record),
    projections: recorded(createMemoryProjections(), record),
    history: recorded(createMemoryHistory(), record),
    bus: recorded(createMemoryBus(), record),
  });
  closing.push(() => lab.stop());
  return lab;
}

/** All that folding the log away keeps for ever. */
async function foldHistory({ engine, outside }: TestEngine): Promise<void> {
  await engine.rebuild();
  await foldAway(outside, { opened: { has: () => true }, now: Date.now, retention: -60_000, least: 1 });
}

const STEPS = ['prints', 'exposes', 'announces', 'fails', 'misses'] as const;

const careless = `
id: careless
params: { island: Biscoe }
steps:
  - id: prints
    run: |
      test -n "$TOKEN"; echo "$HEADER"; printf %s "$TOKEN" | base64; printf %s "$TOKEN" | od -An -v -tx1 | tr -d ' \\n'
      echo "rows=1" >> "$DOWNBEAT_OUTPUTS"; echo "$TOKEN" > left.txt
    env: { TOKEN: "\${secrets.github_token}", HEADER: "Bearer \${secrets.github_token} for \${island}" }
    outputs: { rows: long }
  - id: exposes
    run: echo "url=https://$TOKEN@example.com" >> "$DOWNBEAT_OUTPUTS"
    env: { TOKEN: "\${secrets.github_token}" }
    outputs: { url: string }
  - id: announces
    run: |
      printf '{"name": "leaked", "params": {"token": "%s"}}' "$TOKEN" >> "$DOWNBEAT_SIGNALS"
    env: { TOKEN: "\${secrets.github_token}" }
  - id: fails
    run: echo "cannot log in as $TOKEN" >&2; exit 2
    env: { TOKEN: "\${secrets.github_token}" }
    retry: 0
  - id: misses
    run: 'true'
    env: { TOKEN: "\${secrets.gone}" }
    retry: { user: 3, platform: 3 }
`;

test('a run that does everything wrong with a secret leaves it nowhere', async () => {
  const record: string[] = [];
  const lab = await createLab(record);
  await lab.apply(careless);
  await lab.engine.startRun({ workflowId: 'careless', params: [], labels: [] }, caller);
  const ended = await lab.ended('careless/1');
  const { state } = ended;
  const printed = (await lab.engine.logTail(state, 'prints', 100)).map(({ text }) => text);
  for (const id of STEPS) record.push(textOf(await lab.engine.logTail(state, id, 100)));
  for (const id of STEPS) record.push(textOf(await lab.engine.explain(`step:careless/1/${id}`)));
  record.push(textOf(await lab.engine.explain('run:careless/1')));
  record.push(textOf(ended));
  for await (const change of lab.engine.watchRun({ workflowId: 'careless', number: 1, attempt: 1 })) {
    record.push(textOf(change));
  }
  await foldHistory(lab);

  const states = new Map(STEPS.map((id) => [id, state.steps[graphOf(ended.definition).indexes.get(id) ?? -1]]));
  expect(states.get('prints')).toMatchObject({ status: 'SUCCEEDED', outputs: [{ name: 'rows', value: 1 }] });
  const failures = STEPS.slice(1).map((id) => states.get(id)?.attempts.map(({ failure }) => failure?.code));
  expect(failures).toEqual([['SECRET_EXPOSED'], ['SECRET_EXPOSED'], ['EXIT_CODE'], ['SECRET_MISSING']]);
  expect(printed).toEqual(['Bearer ••• for Biscoe', expect.stringMatching(/^•••=*$/u), '•••']);

  const all = record.join('\n');
  expect(all).toContain('{"secret":"github_token"}');
  expect(all).toContain('SECRET_MISSING');
  for (const form of FORMS) expect(record.filter((entry) => entry.includes(form))).toEqual([]);
  expect(lab.errors.filter((error) => FORMS.some((form) => error.includes(form)))).toEqual([]);
});
