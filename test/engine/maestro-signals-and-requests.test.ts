// Definitions as a team would bring them from Maestro, written from its documentation alone: signals, requests, and its YAML,
// applied to the engine as they are and run to the outcome that the documentation tells.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EntityId } from '../../src/core/ids.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';
import {
  computed,
  type Fields,
  long,
  map,
  noop,
  outcome,
  paramsOf,
  publish,
  run,
  text,
  workflow,
} from '../support/maestro-team.ts';
import { startWebServer, type Reply, type WebServer } from '../support/web-server.ts';

let lab: TestEngine;
let web: WebServer;
let reply: (path: string, count: number) => Reply;

beforeEach(async () => {
  lab = await createTestEngine();
  reply = () => ({ body: 'seen' });
  const counts = new Map<string, number>();
  web = await startWebServer(({ path }) => {
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    return reply(path, count);
  });
});

afterEach(async () => {
  await lab.stop();
  await web.stop();
  expect(lab.errors).toEqual([]);
});

describe('signals', () => {
  it('lead from a step of one workflow over a trigger with expressions to a step of another that waits', async () => {
    const maker = workflow(
      'maker',
      [
        noop(
          'make',
          { rows: computed('n * 10') },
          {
            signal_outputs: [
              {
                name: 'table/${table}',
                params: { day: computed('day'), rows: computed('rows') },
                payload: { note: 'x' },
              },
              { name: 'rows of ${table}', params: { day: text('d-$day'), rows: computed('rows') } },
            ],
          },
        ),
      ],
      { params: { table: text('birds'), n: long(4), day: long(20_260_115) } },
    );
    const taker = workflow(
      'taker',
      [
        noop(
          'wait',
          {
            it: computed("params.getFromSignalDependency(0, 'rows') + params.getFromSignalDependency('0', 'rows')"),
            first: text('${table/birds__rows}'),
          },
          {
            signal_dependencies: [
              {
                name: 'rows of $table',
                match_params: {
                  day: { param: computed("'d-' + day", 'STRING'), operator: '=' },
                  rows: { param: { type: 'LONG', value: 40 }, operator: '>=' },
                },
              },
            ],
          },
        ),
      ],
      {
        params: { table: text('none'), before: long(0) },
        signal_triggers: [
          {
            definitions: { 'table/birds': { match_params: { rows: { value: 1, operator: '>' } }, join_keys: ['day'] } },
            params: {
              day: computed("params.getFromSignal('table/birds', 'day')"),
              before: computed('Util.incrementDateInt(day, -1)'),
              table: text('birds'),
            },
            condition: 'before == 20260114 && params.getFromSignal("before") == before',
            dedup_expr: '"birds-" + day',
          },
        ],
      },
    );
    await lab.apply(taker);
    await run(lab, [maker], 'maker');
    const view = await vi.waitFor(() => lab.ended('taker/1'), { timeout: 5_000 });
    expect(outcome(view)).toBe('SUCCEEDED, wait SUCCEEDED');
    expect(paramsOf(view, 'wait')).toEqual({ it: 80, first: '40' });
  });

  it('start one run for each combination that agrees on the keys, with what both bring', async () => {
    await lab.apply(
      workflow('flow', [noop('a', { it: text('$label') })], {
        signal_triggers: [
          {
            definitions: {
              'left side': { join_keys: ['k', 'day'] },
              right: { join_keys: ['key', 'date'], match_params: { ok: { value: 'yes', operator: '=' } } },
            },
            params: {
              rate: { type: 'DOUBLE', expression: "params.getFromSignal('left side', 'n') / 2.0" },
              label: text('${rate} of ${where}'),
              where: computed("params.getFromSignalOrDefault('right', 'place', 'nowhere')", 'STRING'),
            },
          },
        ],
      }),
    );
    expect(await publish(lab, 'left side', { k: 1, day: 'mon', n: 3 })).toMatchObject([{ verdict: 'PENDING' }]);
    expect(await publish(lab, 'right', { key: 1, date: 'tue', ok: 'yes' })).toMatchObject([{ verdict: 'PENDING' }]);
    expect(await publish(lab, 'right', { key: 1, date: 'mon', ok: 'no' })).toMatchObject([{ verdict: 'UNMET' }]);
    expect(await publish(lab, 'right', { key: 1, date: 'mon', ok: 'yes' })).toMatchObject([{ verdict: 'STARTED' }]);
    expect(paramsOf(await lab.ended('flow/1'), 'a')).toEqual({ it: '1.5 of nowhere' });
  });

  it('tell the publisher what a parameter of a trigger misses, and the next one starts', async () => {
    await lab.apply(
      workflow('flow', [noop('a')], {
        signal_triggers: [
          { definitions: { ready: {} }, params: { next: computed("params.getFromSignal('ready', 'n') + 1") } },
        ],
      }),
    );
    const told = await publish(lab, 'ready', { m: 1 });
    expect(JSON.stringify(told)).toContain('The signal ready, which started the run, has no \\"n\\".');
    expect(await publish(lab, 'ready', { n: 1 })).toMatchObject([{ verdict: 'STARTED' }]);
    const trigger = await lab.engine.trigger('trigger:flow/signal-1' as EntityId);
    expect(trigger?.state).toMatchObject({
      started: 1,
      lastRefusal: { message: expect.stringContaining('next') as string },
    });
  });
});

describe('requests', () => {
  it('are tried again as the policy says, in texts and parameters, and their answer leads on', async () => {
    reply = (path, count) => (path === '/shaky' && count < 3 ? { status: 503, body: 'later' } : { body: '{"n": 5}' });
    const http = (path: string): Fields =>
      map({ url: text(`${web.url}/${path}`), method: text('POST'), body: text('{"x": "$x"}') });
    const view = await run(
      lab,
      [
        workflow(
          'flow',
          [
            {
              step: {
                id: 'call',
                type: 'HTTP',
                tags: [{ name: 'web', permit: 1, namespace: 'SYSTEM', attributes: { a: 1 } }, 'nightly'],
                retry_policy: {
                  error_retry_limit: '${tries}',
                  platform_retry_limit: '1',
                  backoff: { type: 'FIXED_BACKOFF', error_retry_backoff_in_secs: '10 ms' },
                },
                params: {
                  http: http('${way}'),
                  state_expr: computed("status_code < 300 ? 'DONE' : 'USER_ERROR'", 'STRING'),
                },
                transition: { successors: { good: 'status_code == 200', bad: 'status_code != 200' } },
              },
            },
            noop('good', {
              body: text('${call__response_body}'),
              code: computed("params.getFromStep('call', 'status_code')"),
            }),
            noop('bad'),
          ],
          { params: { tries: text('2'), x: text('y'), way: text('shaky') }, timeout: '1 hour 30 min' },
        ),
      ],
      'flow',
    );
    expect(outcome(view)).toBe('SUCCEEDED, call SUCCEEDED, good SUCCEEDED, bad UNSATISFIED');
    expect(paramsOf(view, 'good')).toEqual({ body: '{"n": 5}', code: 200 });
    expect(web.asked.map(({ body }) => body)).toEqual(['{"x": "y"}', '{"x": "y"}', '{"x": "y"}']);
  });

  it('fail at once with an answer that no other try would change', async () => {
    reply = () => ({ status: 404 });
    const params = { http: map({ url: text(`${web.url}/gone`) }) };
    const view = await run(lab, [workflow('flow', [{ step: { id: 'call', type: 'Http', params } }])], 'flow');
    expect(view.state.status).toBe('FAILED');
    expect(web.asked).toHaveLength(1);
  });
});

describe("documents of Maestro's YAML", () => {
  it('run every kind of job, in the order that `dag` and transitions give', async () => {
    await lab.apply('Workflow:\n  id: nightly\n  jobs:\n    - job: { id: in, type: NoOp, "!twice<long>": n * 2 }\n');
    const view = await run(
      lab,
      [
        `
Workflow:
  id: flow
  name: Everything
  description: All kinds of jobs
  owner: ada
  run_strategy: SEQUENTIAL
  criticality: HIGH
  tags: [nightly, { name: team a, namespace: USER_DEFINED }]
  timeout: 2 hours
  n<long>: 3
  '!m<long>(immutable)': n + 1
  words: [a, b]
  none: []
  pairs: { k: v }
  nothing<pmap>: {}
  deep<pmap>:
    x<long>: 1
    '!y<string>': "'n=' + n"
  dag: sequential
  jobs:
    - job: { id: first, type: noop, flag: true, rate: 1.5, label: '\${n}-$m' }
    - foreach:
        id: each
        job_concurrency: 2
        ranges: { i: { from: 1, to: 6, increment: 2 } }
        params: { word<array<string>>: [x, '\${words}'] }
        own: w
        jobs:
          - job: { id: leaf, type: NoOp, it: '\${own}\${i}\${word}' }
    - while:
        id: loop
        condition: k < 3
        params: { k: 1 }
        dag: { step-a: [step-b] }
        jobs:
          - job: { id: step-a, type: NoOp, '!next<long>': k + 1 }
          - job:
              id: step-b
              type: NoOp
              '!k<long>': params.getFromStep('step-a', 'next')
    - subworkflow: { id: nightly, version: latest, sync: true }
    - job:
        id: choose
        type: Sleep
        sleep_seconds: 0
        '!got<long>': params.getFromSubworkflow('nightly', 'in', 'twice')
        transition:
          - if got == 7 then seven
          - IF got == 6 THEN six
          - otherwise neither
    - job: { id: seven, type: NoOp, transition: end }
    - job: { id: six, type: NoOp, transition: [end] }
    - job: { id: neither, type: NoOp, transition: [end] }
    - job:
        id: end
        type: NoOp
        '!all<array<string>>': params.getFromForeach('each', 'leaf', 'it')
        '!ks<array<long>>': params.getFromForeach('loop', 'step-b', 'k')
        said: '\${choose__got} \${deep} \${pairs} \${none} \${nothing}'
`,
      ],
      'flow',
    );
    expect(outcome(view)).toBe(
      'SUCCEEDED, first SUCCEEDED, each SUCCEEDED, loop SUCCEEDED, nightly SUCCEEDED, choose SUCCEEDED, seven UNSATISFIED, six SUCCEEDED, neither UNSATISFIED, end SUCCEEDED',
    );
    expect(paramsOf(view, 'first')).toEqual({ flag: true, rate: 1.5, label: '3-4' });
    expect(paramsOf(view, 'end')).toEqual({
      all: ['w1x', 'w1["a","b"]', 'w3x', 'w3["a","b"]', 'w5x', 'w5["a","b"]'],
      ks: [2, 3],
      said: '6 {"x":1,"y":"n=3"} {"k":"v"} [] {}',
    });
  });
});
