// `http` steps as they are written: what they mean, and what a person reads who made a mistake in one.

import { describe, expect, test } from 'vitest';

import { canonicalJson } from '../../../src/core/definition/canonical.ts';
import { mermaidOf, outlineOf } from '../../../src/core/definition/drawing.ts';
import { placesOf, readOne, refusalsOf, withStep } from './text.ts';

const URL = 'https://example.org/a';

function http(...lines: readonly string[]): string {
  return withStep('http:', ...lines.map((line) => `  ${line}`));
}

describe('an http step', () => {
  test('may be an address alone, and gives status and body', () => {
    expect(readOne(withStep(`http: ${URL}`)).steps[0]).toMatchObject({
      work: { kind: 'http', request: { method: 'GET', url: URL, headers: [] } },
      outputs: [
        { name: 'status', type: 'long' },
        { name: 'body', type: 'string' },
      ],
    });
  });

  test('is a POST where there is a body; its method may be written in any case', () => {
    const methods = [['body: {}'], ['body: text'], ['method: put', 'body: 7'], ['method: Delete'], []].map(
      (lines) => readOne(http(`url: ${URL}`, ...lines)).steps[0]?.work,
    );
    expect(methods.map((work) => work?.kind === 'http' && [work.request?.method, work.request?.body])).toEqual([
      ['POST', {}],
      ['POST', 'text'],
      ['PUT', '7'],
      ['DELETE', undefined],
      ['GET', undefined],
    ]);
  });

  test('declares fields of the answer beside what it always gives, which it may name too', () => {
    const { steps } = readOne(`${http(`url: ${URL}`)}\n    outputs: { rows: long, status: long }`);
    expect(steps[0]?.outputs.map(({ name }) => name)).toEqual(['status', 'body', 'rows']);
  });

  test('means the same in whatever order its headers and its body are written', () => {
    const one = readOne(http(`url: ${URL}`, 'headers: { A: x, B: 1 }', 'body: { a: 1, b: 2 }'));
    const other = readOne(http('body: { b: 2, a: 1 }', 'headers: { B: 1, A: x }', `url: ${URL}`));
    expect(canonicalJson(one)).toBe(canonicalJson(other));
  });

  test('is drawn with its method and its address', () => {
    const definition = readOne(http(`url: ${URL}`, 'method: PUT'));
    expect(outlineOf(definition).join('\n')).toContain(`x  http PUT ${URL}`);
    expect(mermaidOf(definition).join('\n')).toContain(`http PUT ${URL}`);
  });

  test('in its `expect` sees what it gives itself, before a parameter of that name', () => {
    const head = 'id: a\nparams: { status: text, least: 2 }\nsteps:\n  - id: x\n';
    const step = `    http: { url: ${URL}, expect: "status == 200 && rows >= least && body.length() > 0" }\n    outputs: { rows: long }`;
    expect(placesOf(`${head}${step}`)).toEqual([]);
  });
});

type Case = readonly [text: string, place: string, message: string];

const MISTAKES: readonly Case[] = [
  [http('method: GET'), '5:7 missing-key', '`http` needs a `url`.'],
  [withStep('http: [a]'), '4:11 wrong-type', '`http` must be a text, and this is a list.'],
  [http(`url: ${URL}`, 'heeders: {}'), '6:7 unknown-key', '`heeders` is not a key of `http`.'],
  [
    http(`url: ${URL}`, 'method: FETCH'),
    '6:15 unknown-word',
    '`method` is one of GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, and this is `FETCH`.',
  ],
  [http(`url: ${URL}`, 'method: HEAD', 'body: x'), '7:7 no-effect', 'A HEAD request has no `body`.'],
  [
    http('url: example.org/a'),
    '5:12 bad-url',
    'A request goes to an address that begins with http:// or https://, and this is "example.org/a".',
  ],
  [http('url: "https://a b"'), '5:12 bad-url', 'An address has no spaces in it.'],
  [
    http('url: https://user:pass@example.org'),
    '5:12 bad-url',
    'An address has no user and no password in it: addresses are kept and shown.',
  ],
  [
    http('url: "https://example.org/${nobody}"'),
    '5:33 unknown-name',
    'There is no parameter "nobody".\nhttps://example.org/${nobody}\n                    ^^^^^^^^^',
  ],
  [
    http('url: "https://example.org/?key=${secrets.token}"'),
    '5:38 unknown-name',
    'In a request, a secret may only stand in a header: the address and the body are kept and shown.\nhttps://example.org/?key=${secrets.token}\n                         ^^^^^^^^^^^^^^^^',
  ],
  [
    http(`url: ${URL}`, 'body: { a: [{ b: "${secrets.token}" }] }'),
    '6:25 unknown-name',
    'In a request, a secret may only stand in a header: the address and the body are kept and shown.\n${secrets.token}\n^^^^^^^^^^^^^^^^',
  ],
  [
    http(`url: ${URL}`, 'headers: { X: "${nobody}" }'),
    '6:22 unknown-name',
    'There is no parameter "nobody".\n${nobody}\n^^^^^^^^^',
  ],
  [
    http(`url: ${URL}`, 'headers: { "a b": x }'),
    '6:18 bad-identifier',
    '"a b" cannot be the name of a header: it has no spaces and no colons.',
  ],
  [
    http(`url: ${URL}`, 'headers: { host: x }'),
    '6:18 reserved-name',
    'The header "host" is set by Downbeat and cannot be given.',
  ],
  [
    http(`url: ${URL}`, 'headers: { Accept: a, ACCEPT: b }'),
    '6:29 duplicate-name',
    'The header "ACCEPT" is there twice: upper and lower case are the same.',
  ],
  [http(`url: ${URL}`, 'headers: [a]'), '6:16 wrong-type', '`headers` must be a map, and this is a list.'],
  [http(`url: ${URL}`, 'expect: status = 200'), '6:15 bad-expression', expect.stringContaining('status = 200')],
  [
    http(`url: ${URL}`, 'expect: status == nobody'),
    '6:25 unknown-name',
    'There is no parameter "nobody".\nstatus == nobody\n          ^^^^^^',
  ],
  [
    `${http(`url: ${URL}`)}\n    outputs: { status: string }`,
    '6:14 reserved-name',
    'Every `http` step gives the output `status`, a long, and here it is declared as string.',
  ],
  [`${http(`url: ${URL}`)}\n    env: { A: b }`, '6:5 no-effect', '`env` has no effect on a step that does `http`.'],
];

describe('a mistake in an http step', () => {
  test.each(MISTAKES)('%# is told at its place', (text, place, message) => {
    expect(refusalsOf(text).map((refusal) => refusal.message)).toEqual([message]);
    expect(placesOf(text)).toEqual([place]);
  });

  test('in `secrets` has the header to write', () => {
    const [refusal] = refusalsOf(http('url: "https://example.org/?key=${secrets.token}"'));
    expect(refusal?.hint).toContain('Write headers: { Authorization: "Bearer ${secrets.token}" }.');
  });
});
