// Contracts as they are written: read whole, or everything that is wrong with its line.

import { expect, it } from 'vitest';
import { readSignalType } from '../../../../src/core/definition/contract/read-signal-type.ts';
import { documentKind } from '../../../../src/core/definition/document-kind.ts';
import { readDefinitions } from '../../../../src/core/definition/read.ts';

it('reads a contract in the short form, and as a schema', () => {
  expect(readSignalType('kind: signal\nname: a.b\nowner: me\nparams: { n: long }\n')).toMatchObject({
    ok: true,
    value: { name: 'a.b', owner: 'me', schema: { required: ['n'], additionalProperties: false } },
  });
  expect(readSignalType('{"kind":"signal","name":"a","params":{"properties":{"n":{"minimum":1}}}}')).toEqual({
    ok: true,
    value: { name: 'a', schema: { type: 'object', properties: { n: { minimum: 1 } } } },
  });
  expect(readSignalType('name: a\nparams: {}')).toMatchObject({ value: { schema: { properties: {} } } });
});

it.each<[string, readonly string[]]>([
  ['kind: signal', ['1:1 missing-key', '1:1 missing-key']],
  ['kind: signal\nname: "1 2"\nparams: {}', ['2:7 bad-name']],
  ['kind: signal\nname: a\nparam: {}', ['3:1 unknown-key', '1:1 missing-key']],
  ['kind: signal\nname: a\nparams:\n  n: lnog', ['4:3 unknown-type']],
  ['kind: signal\nname: a\nparams: [n]', ['3:9 wrong-type']],
  ['kind: signal\nname: a\nparams:\n  type: object\n  properties:\n    n: { oneOf: [] }', ['6:10 bad-schema']],
  ['kind: signal\nname: a\nparams:\n  type: [object, "null"]', ['4:3 bad-schema']],
  [`kind: signal\nname: a\nparams:\n  type: object\n  description: "${'x'.repeat(64_000)}"`, ['4:3 too-large']],
])('tells what is wrong with %j', (text, wanted) => {
  const read = readSignalType(text);
  const told = read.ok
    ? []
    : read.failure.map(({ place }) => `${String(place?.line)}:${String(place?.column)} ${String(place?.rule)}`);
  expect(told).toEqual(wanted);
});

it('refuses several documents in one text, and none', () => {
  expect(readSignalType('')).toMatchObject({ ok: false });
  expect(readSignalType('name: a\nparams: {}\n---\nname: b\nparams: {}')).toMatchObject({
    failure: [{ message: 'The text holds more than one document, and one is applied at a time.' }],
  });
});

it('knows what a document is about, and that a contract is no workflow', () => {
  expect(['kind: Signal', 'id: a', '', '[', 'kind: []'].map(documentKind)).toEqual([
    'signal',
    'workflow',
    'workflow',
    'workflow',
    'workflow',
  ]);
  expect(readDefinitions('kind: signal\nid: a\nsteps: []')).toMatchObject({
    ok: false,
    failure: [{ place: { rule: 'other-kind' } }],
  });
});
