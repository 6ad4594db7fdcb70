// Signals that came as text.

import { expect, test } from 'vitest';

import { parseSignal } from '../../../src/core/signal/parse-signal.ts';

test.each([
  ['[]', 'it is not a JSON object'],
  ['null', 'it is not a JSON object'],
  ['{}', 'its "name" is not a text'],
  ['{"name":""}', 'its "name" is not a text'],
  ['{"name":"a","params":[1]}', 'its "params" is not an object'],
  ['{"name":"a","params":null}', 'its "params" is not an object'],
  ['{"name":"a","occurredAt":"yesterday"}', 'its "occurredAt" is no time'],
  ['{"name":"a","idempotencyKey":7}', 'its "idempotencyKey" is not a text'],
  ['{"name":"a","idempotency_key":"k"}', 'it has an unknown field "idempotency_key"'],
  [`{"name":"${'x'.repeat(1_000_000)}"}`, 'it is longer than 1000000 characters'],
])('says what is wrong with %s', (text, problem) => {
  expect(parseSignal(text)).toEqual({ ok: false, problem });
});

test('takes everything that a signal may have, whatever the names', () => {
  const text = '{"name":"a","params":{"__proto__":1,"a.b":null},"payload":[1],"occurredAt":"2026-11-22T10:00:00Z"}';

  expect(parseSignal(text)).toEqual({
    ok: true,
    signal: {
      name: 'a',
      params: [
        { name: '__proto__', value: 1 },
        { name: 'a.b', value: null },
      ],
      payload: [1],
      occurredAt: Date.UTC(2026, 10, 22, 10),
    },
  });
});
