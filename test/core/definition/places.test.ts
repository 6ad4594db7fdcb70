// Every rule fires, at the line and column where a person has to mend something.

import { describe, expect, test } from 'vitest';

import { type ReadOptions } from '../../../src/core/definition/read.ts';
import { placesOf, withHead, withStep } from './text.ts';

type Case = readonly [rule: string, text: string, places: readonly string[]];

const SHAPE: readonly Case[] = [
  ['empty', '# nothing but a comment', ['1:1 empty']],
  ['unknown-key', withStep('run: ls', 'need: y'), ['5:5 unknown-key']],
  ['unknown-key at the top', withHead('labls: {}'), ['2:1 unknown-key']],
  ['not-yet for a step', withStep('queue: a'), ['4:5 not-yet']],
  ['two-kinds beside a template', withStep('uses: a', 'run: ls'), ['5:5 two-kinds']],
  ['no-effect of values without a template', withStep('noop: true', 'with: { n: 1 }'), ['5:5 no-effect']],
  ['not-yet for a workflow', withHead('secrets: []'), ['2:1 not-yet']],
  ['fold-place', withHead('triggers:', '  - { cron: "@daily", debounce: 1h }'), ['3:23 fold-place']],
  ['not-yet for a parameter', withHead('params:', '  p: { value: 1, tags: [x] }'), ['3:18 not-yet']],
  ['number-for-text in a bare value', withHead('params: { python: 1.10 }'), ['2:19 number-for-text']],
  ['other-kind', withHead('kind: template'), ['2:7 other-kind']],
  ['no-steps for Maestro JSON', '{"properties": {}, "workflow": {"id": "a"}}', ['1:32 no-steps']],
  ['no-steps for Maestro YAML', 'Workflow:\n  id: a', ['2:3 no-steps']],
  ['missing-key id', 'steps:\n  - { id: x, noop: true }', ['1:1 missing-key']],
  ['missing-key step id', 'id: a\nsteps:\n  - run: ls', ['3:5 missing-key']],
  ['missing-key work', withStep('name: X'), ['3:5 missing-key']],
  ['missing-key publish signal', withStep('publish: { params: {} }'), ['4:14 missing-key']],
  ['missing-key trigger kind', withHead('triggers:', '  - name: n'), ['3:5 missing-key']],
  ['two-kinds of work', withStep('run: ls', 'sleep: 5s'), ['3:5 two-kinds']],
  ['two-kinds of trigger', withHead('triggers:', '  - { cron: "@daily", signal: s }'), ['3:5 two-kinds']],
  ['wrong-type document', '- a', ['1:1 wrong-type']],
  ['wrong-type steps', 'id: a\nsteps: { x: { run: ls } }', ['2:8 wrong-type']],
  ['wrong-type text', withHead('name: [a]'), ['2:7 wrong-type']],
  ['wrong-type retry', withStep('run: ls', 'retry: 100'), ['5:12 wrong-type']],
  ['wrong-type condition', withStep('noop: true', 'when: 3'), ['5:11 wrong-type']],
  ['wrong-type parameter', withHead('params:', '  p: { type: long, value: many }'), ['3:27 wrong-type']],
  ['wrong-type env', withStep('run: ls', 'env: [A]'), ['5:10 wrong-type']],
  ['wrong-type labels', withHead('labels: x'), ['2:9 wrong-type']],
  ['wrong-type where', withHead('triggers:', '  - { signal: s, where: [a] }'), ['3:25 wrong-type']],
  ['wrong-type parallel', withHead('runStrategy: parallel'), ['2:14 wrong-type']],
  ['no value', withHead('owner:'), ['2:7 wrong-type']],
  ['no-type', withHead('params:', '  p: [1, a]'), ['3:6 no-type']],
  ['unknown-word', withStep('run: ls', 'outputs: { rows: integer }'), ['5:22 unknown-word']],
  ['unknown-word strategy', withHead('runStrategy: strict_sequential'), ['2:14 unknown-word']],
  ['unknown-word on failure', withStep('run: ls', 'onFailure: stop'), ['5:16 unknown-word']],
  ['unknown-word catch-up', withHead('triggers:', '  - { cron: "@daily", catchUp: sometimes }'), ['3:32 unknown-word']],
  ['bad-duration', withHead('timeout: soon'), ['2:10 bad-duration']],
  ['bad-duration zero', withHead('timeout: 0s'), ['2:10 bad-duration']],
  ['bad-duration backoff', withStep('run: ls', 'retry: { backoff: 5m..1s }'), ['5:23 bad-duration']],
  ['bad-comparison', withHead('triggers:', '  - { signal: s, where: { rows: ">=" } }'), ['3:33 bad-comparison']],
  ['bad-cron', withHead('triggers:', '  - cron: "* * *"'), ['3:11 bad-cron']],
  ['bad-path', withStep('python: ../x.py'), ['4:13 bad-path']],
  ['bad-path of an artifact', withStep('run: ls', 'artifacts: [/tmp/x]'), ['5:17 bad-path']],
  ['bad-path pattern', withHead('files: [lib/*.py]'), ['2:9 bad-path']],
  ['no-effect', withStep('noop: true', 'env: { A: b }'), ['5:5 no-effect']],
  ['no-steps', 'id: a\nsteps: []', ['2:8 no-steps']],
  ['no-steps at all', 'id: a', ['1:1 no-steps']],
  ['too-many-steps', `id: a\nsteps:\n${'  - { id: x, noop: true }\n'.repeat(5001)}`, ['3:3 too-many-steps']],
  ['too-many-triggers', withHead(`triggers: [${'{cron: "@daily"},'.repeat(101)}]`), ['2:11 too-many-triggers']],
];

const YAML: readonly Case[] = [
  ['tab', 'id: a\nsteps:\n\t- id: x', ['3:1 tab']],
  ['duplicate-key', withHead('owner: a', 'owner: b'), ['3:1 duplicate-key']],
  ['odd-key', withHead('? [a]', ': b'), ['2:3 odd-key']],
  ['unquoted-star in cron', withHead('triggers:', '  - cron: * * * * *'), ['3:11 unquoted-star']],
  ['unquoted-star with a step', withHead('triggers:', '  - cron: */5 * * * *'), ['3:11 unquoted-star']],
  ['unquoted-star elsewhere', withStep('run: ls', 'artifacts: [*.csv]'), ['5:17 unquoted-star']],
  [
    'unquoted-operator',
    withHead('triggers:', '  - signal: s', '    where:', '      rows: >= 100'),
    ['5:14 unquoted-operator'],
  ],
  [
    'unquoted-operator in braces',
    withHead('triggers:', '  - { signal: s, where: { rows: >= 100 } }'),
    ['3:33 unquoted-operator'],
  ],
  [
    'unquoted-operator !=',
    withHead('triggers:', '  - signal: s', '    where:', '      rows: != 5'),
    ['5:13 unquoted-operator'],
  ],
  ['unquoted !', withStep('noop: true', 'when: !steps'), ['5:11 unquoted-operator']],
  ['yaml-tag', withStep('run: ls', 'artifacts:', '  - !x a.csv'), ['6:9 yaml-tag']],
  ['bad-value of a tag', withHead('name: !!binary aGk='), ['2:16 bad-value']],
  ['yaml-alias', 'id: a\nsteps: &s [*s]', ['2:12 yaml-alias']],
  ['ambiguous-word', withHead('params:', '  debug: no'), ['3:10 ambiguous-word']],
  ['ambiguous-word as a text', withHead('owner: on'), ['2:8 ambiguous-word']],
  ['number-for-text', withHead('name: 1.10'), ['2:7 number-for-text']],
  [
    'number-for-text in a parameter',
    withHead('params:', '  v: { type: string, value: 1.10 }'),
    ['3:29 number-for-text'],
  ],
  ['number-for-text in env', withStep('run: ls', 'env: { V: 1.10 }'), ['5:15 number-for-text']],
  ['bad-value', withHead('params: { p: .inf }'), ['2:14 bad-value']],
  ['a second colon', withStep('run: echo a: b'), ['4:10 yaml-syntax']],
  ['text after a quote', withStep('noop: true', 'when: "a" == "b"'), ['5:15 yaml-syntax']],
  ['a template in braces', withStep('run: ls', 'env: { A: ${b} }'), ['5:16 yaml-syntax']],
  ['a bracket left open', withStep('needs: [a, b', 'run: ls'), ['5:5 yaml-syntax']],
  ['too-deep', `a: ${'['.repeat(100)}`, ['1:67 too-deep']],
  ['too-long', 'a'.repeat(1_000_001), ['1:1 too-long']],
  ['too-many-documents', '---\na: 1\n'.repeat(101), ['1:1 too-many-documents']],
];

const RULES: readonly Case[] = [
  ['bad-identifier of a workflow', 'id: a b\nsteps:\n  - { id: x, noop: true }', ['1:5 bad-identifier']],
  ['bad-identifier of a step', 'id: a\nsteps:\n  - { id: a__b, noop: true }', ['3:11 bad-identifier']],
  ['bad-identifier of a parameter', withHead('params:', '  1p: x'), ['3:3 bad-identifier']],
  ['bad-identifier of an output', withStep('run: ls', 'outputs: { maestro_x: long }'), ['5:16 bad-identifier']],
  ['bad-identifier of a signal', withStep('publish: { signal: "a;b" }'), ['4:24 bad-identifier']],
  ['bad-identifier of a filled-in signal', withStep('publish: { signal: "a.${b}" }'), ['4:24 bad-identifier']],
  [
    'bad-identifier of a trigger',
    withHead('triggers:', '  - { cron: "@daily", name: "a b" }'),
    ['3:29 bad-identifier'],
  ],
  ['bad-identifier of a label', withHead('labels: { "a;": x }'), ['2:11 bad-identifier']],
  ['bad-identifier of a variable', withStep('run: ls', 'env: { A-B: x }'), ['5:12 bad-identifier']],
  ['reserved-name of a parameter', withHead('params:', '  steps: x'), ['3:3 reserved-name']],
  ['reserved-name of a variable', withStep('run: ls', 'env: { DOWNBEAT_URL: x }'), ['5:12 reserved-name']],
  ['duplicate-step', 'id: a\nsteps:\n  - { id: x, noop: true }\n  - { id: x, noop: true }', ['4:11 duplicate-step']],
  [
    'duplicate-trigger',
    withHead('triggers:', '  - { cron: "@daily", name: t }', '  - { signal: s, name: t }'),
    ['4:24 duplicate-trigger'],
  ],
  ['duplicate-workflow', `${withHead()}\n---\n${withHead()}`, ['5:5 duplicate-workflow']],
  ['unknown-need', withStep('noop: true', 'needs: y'), ['5:12 unknown-need']],
  ['unknown-need in a list', withStep('noop: true', 'needs: [y, z]'), ['5:13 unknown-need', '5:16 unknown-need']],
  ['unknown-need in a map', withStep('noop: true', 'needs: { y: "true" }'), ['5:14 unknown-need']],
  [
    'duplicate-need',
    'id: a\nsteps:\n  - { id: x, noop: true }\n  - { id: y, needs: [x, x], noop: true }',
    ['4:22 duplicate-need'],
  ],
  ['cycle', 'id: a\nsteps:\n  - { id: x, needs: y, noop: true }\n  - { id: y, needs: x, noop: true }', ['3:21 cycle']],
  ['bad-expression', withStep('noop: true', 'when: "1 +"'), ['5:15 bad-expression']],
  [
    'bad-expression by type',
    withHead('params: { p: 1 }').replace('noop: true', 'noop: true, when: "p + 1"'),
    ['4:33 bad-expression'],
  ],
  ['unknown-name', withStep('noop: true', 'when: "1 > cutoff"'), ['5:16 unknown-name']],
  ['unknown-name of a step', withStep('noop: true', 'when: "steps.y.rows > 1"'), ['5:12 unknown-name']],
  ['unknown-name in env', withStep('run: ls', 'env: { A: "x ${nothing}" }'), ['5:18 unknown-name']],
  ['unknown-name in publish', withStep('publish: { signal: s, params: { p: "${q}" } }'), ['4:41 unknown-name']],
  [
    'unknown-name in a trigger',
    withHead('params: { p: x }', 'triggers:', '  - { cron: "@daily", params: { p: "${p}" } }'),
    ['4:37 unknown-name'],
  ],
  [
    'unknown-name inside a text',
    withHead('params: { p: x }').replace('noop: true', 'run: ls, env: { A: "${p.q}" }'),
    ['4:34 unknown-name'],
  ],
  [
    'unknown-name params',
    withHead('params: { p: x }').replace('noop: true', 'run: ls, env: { A: "${params.p}" }'),
    ['4:34 unknown-name'],
  ],
  ['bad-template', withStep('run: ls', 'env: { A: "${1 + 2}" }'), ['5:16 bad-template']],
  ['bad-template inside a list', withStep('publish: { signal: s, params: { p: ["${q}"] } }'), ['4:40 bad-template']],
  ['run-interpolates', `params: { p: x }\n${withStep('run: echo ${p}')}`, ['5:15 run-interpolates']],
  [
    'run-interpolates in a block',
    `params: { p: x }\n${withStep('run: |', '  ls', '  echo ${p}')}`,
    ['7:12 run-interpolates'],
  ],
  ['undeclared-param', withHead('triggers:', '  - { signal: s, params: { p: 1 } }'), ['3:28 undeclared-param']],
  ['missing-param', withHead('params: { p: { type: long } }', 'triggers:', '  - { signal: s }'), ['4:5 missing-param']],
  [
    'wrong-type given by a trigger',
    withHead('params: { p: 1 }', 'triggers:', '  - { signal: s, params: { p: x } }'),
    ['4:31 wrong-type'],
  ],
  ['signal without a signal trigger', withStep('noop: true', 'when: "signal.rows > 1"'), ['5:12 unknown-name']],
];

describe('every rule fires at its place', () => {
  test.each([...SHAPE, ...YAML, ...RULES])('%s', (_, text, places) => {
    expect(placesOf(text)).toEqual(places);
  });

  test('missing-file', () => {
    const options: ReadOptions = { fileNames: ['clean.py'] };
    expect(placesOf(withStep('python: ./cleen.py'), options)).toEqual(['4:13 missing-file']);
    expect(placesOf(withStep('python: ./clean.py'), options)).toEqual([]);
  });

  test('bad-cron by the caller who knows calendars', () => {
    const options: ReadOptions = { checkCron: (cron, timezone) => `${cron} is unknown in ${timezone}.` };
    const text = withHead('triggers:', '  - { cron: "0 0 30 2 *", timezone: Mars }');
    expect(placesOf(text, options)).toEqual(['3:13 bad-cron']);
  });
});

describe('all at once', () => {
  test('mistakes of all kinds and documents come together, from top to bottom', () => {
    const text = [
      withStep('need: y', 'when: cutoff > 1', 'timeout: soon', 'run: ls'),
      '---',
      'id: b',
      'steps: []',
    ].join('\n');
    expect(placesOf(text)).toEqual(['4:5 unknown-key', '5:11 unknown-name', '6:14 bad-duration', '10:8 no-steps']);
  });

  test('what could not be read gives no second problem', () => {
    const text = [
      'id: a',
      'params:',
      '  cutoff: { type: lng, value: 40 }',
      'triggers:',
      '  - { signal: 5 }',
      'steps:',
      '  - { id: 7, noop: true }',
      '  - { id: y, needs: seven, when: "signal.rows > cutoff", noop: true }',
    ].join('\n');
    expect(placesOf(text)).toEqual(['3:19 unknown-word', '5:15 number-for-text', '7:11 number-for-text']);
  });

  test('more than a hundred problems end with a word that there are more', () => {
    const text = withStep(
      'run: ls',
      `env: { ${Array.from({ length: 300 }, (_, n) => `A${String(n)}: "\${v}"`).join(', ')} }`,
    );
    const places = placesOf(text);
    expect(places).toHaveLength(101);
    expect(places.at(-1)).toBe('nowhere');
  });
});
