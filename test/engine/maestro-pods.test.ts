// Maestro's Kubernetes and Notebook steps from the document to the values that later steps see, on the real engine. In place of a
// cluster, a pod's command runs here: what it prints is a program's own.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Json } from '../../src/core/json.ts';
import { type AttemptSpec } from '../../src/core/run/attempt-spec.ts';
import { printedOutputs } from '../../src/core/run/printed-outputs.ts';
import { type AttemptResult, type Executor } from '../../src/ports/executor.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';
import {
  computed,
  long,
  map,
  noop,
  outcome,
  paramsOf,
  run,
  text,
  workflow,
  type Fields,
} from '../support/maestro-team.ts';

let lab: TestEngine;
const notes: string[] = [];

beforeEach(async () => {
  notes.length = 0;
  lab = await createTestEngine({ executor: runsHere });
});

afterEach(async () => {
  await lab.stop();
  expect(lab.errors).toEqual([]);
});

const runsHere: Executor = {
  kinds: ['kubernetes'],
  start: (spec) => ({ result: attempted(spec), cancel: () => undefined }),
};

function attempted(spec: AttemptSpec): Promise<AttemptResult> {
  if (spec.work.kind !== 'kubernetes') throw new Error('no pod');
  const { command = [], args = [], env = [] } = spec.work;
  const [program = '', ...words] = [...command, ...args];
  const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  return new Promise((resolve) => {
    execFile(program, words, { env: { PATH: process.env['PATH'], ...variables } }, (error, printed) => {
      resolve(resultOf(spec, error === null, printed));
    });
  });
}

function resultOf(spec: AttemptSpec, isWell: boolean, text: string): AttemptResult {
  const [, printed = '{}'] = /MAESTRO_OUTPUT_START_TOKEN(.*)MAESTRO_OUTPUT_END_TOKEN/su.exec(text) ?? [];
  const given = printedOutputs(printed, spec.outputs);
  if (given.ok) notes.push(...given.value.notes);
  if (given.ok && isWell) return { outcome: 'succeeded', artifacts: [], ...given.value };
  const retryable = !given.ok || !given.value.isFinal;
  const message = given.ok ? 'it ended badly' : given.failure;
  return { outcome: 'failed', failure: { kind: 'USER', code: 'EXIT_CODE', message, retryable } };
}

const pod = (id: string, line: string, params: Fields = {}, more: Fields = {}): Json => ({
  step: {
    ...{ id, type: 'Kubernetes', retry_policy: { error_retry_limit: 0, platform_retry_limit: 0 }, ...more },
    params: {
      kubernetes: map({
        image: text('busybox'),
        command: { type: 'STRING_ARRAY', value: ['sh', '-c', line] },
        env: { type: 'STRING_MAP', value: { DAY: '$day' } },
      }),
      ...params,
    },
  },
});
/** In a text of Maestro's, `$$` is a dollar sign. */
const prints = (json: string): string => `echo "log $$MAESTRO_OUTPUT_START"'${json}'"$$MAESTRO_OUTPUT_END"`;
const leadsTo = (successors: Readonly<Record<string, string>>): Fields => ({ transition: { successors } });

describe('a pod', () => {
  it('prints what later steps go by', async () => {
    const printed = `'"{\\"params\\": {\\"rows\\": {\\"type\\": \\"LONG\\", \\"value\\": $$DAY}}}"'`;
    const count = pod(
      'count',
      prints(printed),
      { rows: long(0), kept: text('as it was') },
      leadsTo({ many: 'rows > 4' }),
    );
    const many = noop('many', { it: text('${count__rows} rows, $kept2'), kept2: computed('count__kept', 'STRING') });
    const view = await run(lab, [workflow('flow', [count, many], { params: { day: long(5) } })], 'flow');
    expect(outcome(view)).toBe('SUCCEEDED, count SUCCEEDED, many SUCCEEDED');
    expect(paramsOf(view, 'many')).toEqual({ it: '5 rows, as it was', kept2: 'as it was' });
    expect(view.state.steps[0]?.outputs).toEqual([{ name: 'rows', value: 5 }]);
  });

  it('publishes with what it prints, and says what of it was left out', async () => {
    const signal = '{"type": "MAP", "evaluated_result": {"name": "table/birds", "rows": 7}}';
    const artifacts = `{"maestro_dynamic_output": {"signal_outputs": [${signal}]}, "report": {"value": {}}}`;
    const taker = workflow('taker', [noop('a', { it: computed("params.getFromSignal('table/birds', 'rows')") })], {
      signal_triggers: [{ definitions: { 'table/birds': {} } }],
    });
    await lab.apply(taker);
    await run(
      lab,
      [workflow('flow', [pod('a', prints(`{"artifacts": ${artifacts}}`))], { params: { day: long(5) } })],
      'flow',
    );
    const view = await vi.waitFor(() => lab.ended('taker/1'), { timeout: 5_000 });
    expect(paramsOf(view, 'a')).toEqual({ it: 7 });
    expect(notes.join()).toContain('The artifact "report" that the step printed was not kept');
  });

  it('is not tried again where it says that this would not help', async () => {
    const line = `${prints('{"artifacts": {"maestro_retry": {"retryable": false}}}')}; exit 1`;
    const retried = pod('a', line, {}, { retry_policy: { error_retry_limit: 3 } });
    const view = await run(lab, [workflow('flow', [retried], { params: { day: long(5) } })], 'flow');
    expect(outcome(view)).toContain('FAILED, a FAILED');
    expect(view.state.steps[0]?.attempts).toHaveLength(1);
  });

  it('goes on in a while, whose values are what it printed last', async () => {
    const next = `'"{\\"params\\": {\\"i\\": {\\"value\\": $$((NOW + 1))}}}"'`;
    const inner = {
      step: {
        ...{ id: 'a', type: 'Kubernetes', retry_policy: { error_retry_limit: 0 } },
        params: {
          i: computed('i'),
          kubernetes: map({
            image: text('busybox'),
            command: { type: 'STRING_ARRAY', value: ['sh', '-c', prints(next)] },
            env: { type: 'STRING_MAP', value: { NOW: '$i' } },
          }),
        },
      },
    };
    const loop = {
      while: { id: 'loop', condition: 'i < 3', params: { loop_params: map({ i: long(0) }) }, steps: [inner] },
    };
    const after = noop('after', { all: computed("params.getFromForeach('loop', 'a', 'i')", 'LONG_ARRAY') });
    const steps = [{ while: { ...loop.while, ...leadsTo({ after: 'true' }) } }, after];
    const view = await run(lab, [workflow('flow', steps)], 'flow');
    expect(outcome(view)).toBe('SUCCEEDED, loop SUCCEEDED, after SUCCEEDED');
    expect(paramsOf(view, 'after')).toEqual({ all: [1, 2, 3] });
  });
});

describe('the pod of the documentation', () => {
  it('works as it says', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/coming-from-maestro.md'), 'utf8');
    const block = Array.from(page.matchAll(/```json\n(.*?)```/gsu), ([, json = '']) => json).find((json) =>
      json.includes('birds-in-a-pod'),
    );
    const view = await run(lab, [block ?? ''], 'birds-in-a-pod');
    expect(outcome(view)).toBe('SUCCEEDED, count SUCCEEDED, report SUCCEEDED');
    expect(paramsOf(view, 'report')).toEqual({ it: '344 birds on 20260115' });
  });
});
