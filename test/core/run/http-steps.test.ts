// What the answer to a request means for its step and its run, as the host reports it.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type AttemptReport } from '../../../src/core/run/report.ts';
import { type HttpExchange } from '../../../src/core/run/http-exchange.ts';
import { failed, given, type Situation, start, stop, succeeded } from '../../support/given.ts';

const SECOND = 1_000;
const HOUR = 3_600_000;

function answered(
  status: number,
  more: Readonly<Record<string, string | number | boolean>> = {},
): AttemptReport['result'] {
  return succeeded({ status, body: 'text', ...more });
}

function busy(wait: number): AttemptReport['result'] {
  return { ...failed('PLATFORM'), wait } as AttemptReport['result'];
}

function request(situation: Situation): HttpExchange {
  const decision = situation.taken.at(-1)?.decision;
  const effects = decision?.kind === 'COMMIT' ? decision.gathered.effects : [];
  const started = effects.find(({ type }) => type === 'StartAttempt');
  if (started?.type !== 'StartAttempt' || !started.spec.ok) throw new Error('nothing was started');
  if (started.spec.value.work.kind !== 'http') throw new Error('no request was started');
  return started.spec.value.work;
}

const flow = (step: string, head = ''): string => `id: flow\n${head}\nsteps: [{ id: a, ${step} }]`;

describe('an answer', () => {
  test('that holds what `expect` says ends the step well, whatever its status', () => {
    const text = flow(
      'http: { url: "https://x", expect: "status == 404 && rows > least" }, outputs: { rows: long }',
      'params: { least: 1 }',
    );
    given(text)
      .when(start('flow'))
      .reported('flow/1/a', answered(404, { rows: 2 }))
      .shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED');
  });

  test('that does not is the step’s failure, tried again by its own rules', () => {
    const text = flow('http: { url: "https://x", expect: "rows > 1" }, outputs: { rows: long }, retry: { user: 1 }');
    const situation = given(text).when(start('flow'));
    situation.reported('flow/1/a', answered(200, { rows: 1 })).then({ events: ['RetryScheduled a'] });
    situation.after(SECOND).then({ events: ['AttemptStarted a'] });
    situation.reported('flow/1/a', answered(200, { rows: 0 })).shows('flow/1', 'FAILED', 'a: FAILED');
    expect(situation.run('flow/1').steps[0]?.failure).toEqual({
      kind: 'USER',
      code: 'HTTP_UNEXPECTED',
      message: 'Step "a" expects rows > 1, and the answer is another: status 200, text.',
      hint: 'If it may be so later, `retry: { user: 10, backoff: 10s }` asks again; else change `expect` or the request.',
      retryable: true,
    });
  });

  test('that did not bring a field is another than one that `expect` could be right about', () => {
    const text = flow('http: { url: "https://x", expect: "rows == null || rows > 1" }, outputs: { rows: long }');
    const situation = given(text).when(start('flow')).reported('flow/1/a', answered(200));
    expect(situation.run('flow/1').steps[0]?.failure?.code).toBe('MISSING_OUTPUT');
  });

  test('counts for nothing in a run that is being stopped', () => {
    const text = flow('http: { url: "https://x", expect: "status == 1" }, retry: { user: 9 }');
    given(text)
      .when(start('flow'))
      .when(stop('flow/1'))
      .reported('flow/1/a', answered(200))
      .shows('flow/1', 'STOPPED', 'a: STOPPED');
  });

  test.each([
    [0, 1],
    [500, 1],
    [7 * SECOND, 7],
    [HOUR, 3600],
    [HOUR + 1, 3600],
    [Number.MAX_SAFE_INTEGER, 3600],
  ])('that asks to wait %d ms is asked for again after %d s', (wait, seconds) => {
    const situation = given(flow('http: "https://x"')).when(start('flow')).reported('flow/1/a', busy(wait));
    situation.then({ events: [{ type: 'RetryScheduled', at: situation.now + seconds * SECOND }] });
  });
});

describe('the key of a request', () => {
  const keyAfter = (...results: readonly AttemptReport['result'][]): string => {
    const situation = given(flow('http: { url: "https://x", method: POST }, retry: 9')).when(start('flow'));
    for (const result of results) situation.reported('flow/1/a', result).after(HOUR);
    return request(situation).key;
  };
  const unknown: AttemptReport['result'] = {
    outcome: 'failed',
    failure: { kind: 'PLATFORM', code: 'HTTP_NO_ANSWER', message: '', retryable: true },
  };

  test('is another after an answer, and the same as long as nobody knows whether one came', () => {
    expect(keyAfter()).toBe('attempt:flow/1.1/a/1');
    expect(keyAfter(unknown, unknown)).toBe('attempt:flow/1.1/a/1');
    expect(keyAfter(failed())).toBe('attempt:flow/1.1/a/2');
    expect(keyAfter(unknown, failed(), unknown, unknown)).toBe('attempt:flow/1.1/a/3');
  });
});

describe('a value in an address', () => {
  const sent = (value: string, url: string): string =>
    request(given(flow(`http: ${JSON.stringify(url)}`, 'params: { x: "" }')).when(start('flow', { x: value }))).url;

  test('is one part of the path or one value of the query, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        if (value === '.' || value === '..' || /\p{Surrogate}/u.test(value)) return;
        const url = new URL(sent(value, 'https://example.org/a/${x}/b?one=${x}&two=2#${x}'));
        expect(url.host).toBe('example.org');
        expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'a', value, 'b']);
        expect([...url.searchParams]).toEqual([
          ['one', value],
          ['two', '2'],
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test('is taken as it is at the beginning, and never makes an error of half a character', () => {
    expect(sent('https://example.org:8080/base', '${x}/a')).toBe('https://example.org:8080/base/a');
    expect(sent('example.org:8080', 'https://${x}/a')).toBe('https://example.org:8080/a');
    expect(sent('\ud800', 'https://example.org/${x}')).toBe('https://example.org/%EF%BF%BD');
  });
});
