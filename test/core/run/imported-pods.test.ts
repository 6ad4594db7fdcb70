// Pods of Maestro's steps: what their parameters say is started, and what becomes of what they print.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { type Json } from '../../../src/core/json.ts';
import { type ResolvedParam } from '../../../src/core/params/merge.ts';
import { importedPod } from '../../../src/core/run/imported-pod.ts';
import { type FilledPod } from '../../../src/core/run/filled-pod.ts';
import { shellWord } from '../../../src/core/run/shell-word.ts';
import { yamlMap } from '../../../src/core/run/yaml-value.ts';
import { computed, long, map, noop, text, workflow, type Fields } from '../../support/maestro-team.ts';
import { given, type Situation, start, succeeded } from '../../support/given.ts';

const pod = (kubernetes: Json): ResolvedParam => ({ name: 'kubernetes', type: 'map', value: kubernetes });
const book = (notebook: Json): ResolvedParam => ({ name: 'notebook', type: 'map', value: notebook });

function made(params: readonly ResolvedParam[], isNotebook = false): FilledPod {
  const read = importedPod(params, { id: 'a', isNotebook, attempt: 'attempt:flow/12.1/each[2]/a/3' });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}

function fault(params: readonly ResolvedParam[], isNotebook = false): string {
  const read = importedPod(params, { id: 'a', isNotebook, attempt: 'attempt:flow/1.1/a/1' });
  return read.ok ? 'nothing' : read.failure.message.replace('Step "a" cannot start its pod: ', '');
}

const MARKS = [
  { name: 'MAESTRO_OUTPUT_START', value: 'MAESTRO_OUTPUT_START_TOKEN' },
  { name: 'MAESTRO_OUTPUT_END', value: 'MAESTRO_OUTPUT_END_TOKEN' },
];

describe('the parameter `kubernetes`', () => {
  test('says everything of the pod', () => {
    const kubernetes = {
      ...{ app_name: 'birds', image: 'python:3.12', cpu: 0.5, memory: '1Gi', disk: '2Gi', gpu: 1 },
      ...{ command: ['sh', '-c'], args: ['echo', 5, true], owner_email: 'ada@example.org' },
      env: { A: 'x', B: 1, C: true, D: null, E: { f: [1] }, MAESTRO_OUTPUT_END: 'mine' },
      job_deduplication_key: 'birds-5.x',
      pre_stop: { exec: { command: ['sync'] } },
    };
    expect(made([{ name: 'n', type: 'long', value: 1 }, pod(kubernetes)])).toEqual({
      ...{ image: 'python:3.12', app: 'birds', cpu: '0.5', memory: '1Gi', disk: '2Gi', gpu: '1' },
      ...{ command: ['sh', '-c'], args: ['echo', '5', 'true'], owner: 'ada@example.org', preStop: ['sync'] },
      env: [
        { name: 'A', value: 'x' },
        { name: 'B', value: '1' },
        { name: 'C', value: 'true' },
        { name: 'E', value: '{"f":[1]}' },
        ...MARKS,
      ],
      name: 'birds-5.x',
    });
  });

  test('needs an image alone; what is empty is as if it were not there', () => {
    const empty = { image: 'b', cpu: '', command: [], args: null, env: {}, job_deduplication_key: '', pre_stop: {} };
    for (const kubernetes of [{ image: 'b' }, empty]) {
      expect(made([pod(kubernetes)])).toEqual({ image: 'b', app: 'maestro-job', env: MARKS });
    }
  });

  test.each<[Json, string]>([
    [5, 'there is no MAP `kubernetes`.'],
    [{}, '`kubernetes.image` is no text.'],
    [{ image: ['x'] }, '`kubernetes.image` is no text.'],
    [{ image: 'x', comand: ['x'] }, '`kubernetes` has no member "comand": did you mean "command"?.'],
    [{ image: 'x', command: 'sleep 1' }, '`kubernetes.command` is no list of words.'],
    [{ image: 'x', args: [['a']] }, '`kubernetes.args` is no list of words.'],
    [{ image: 'x', env: ['A=1'] }, '`kubernetes.env` is no map of texts.'],
    [{ image: 'x', env: { 'A B': 1 } }, '"A B" in `kubernetes.env` cannot be the name of a variable.'],
    [{ image: 'x', pre_stop: ['sync'] }, '`kubernetes.pre_stop` is no map.'],
    [
      { image: 'x', pre_stop: { exec: { comand: [] } } },
      '`kubernetes.pre_stop.exec` has no member "comand": did you mean "command"?.',
    ],
    [{ image: 'x', memory: { a: 1 } }, '`kubernetes.memory` is no text.'],
    [
      { image: 'x', job_deduplication_key: 'Birds_5' },
      '`kubernetes.job_deduplication_key` is the name of its pod, and "Birds_5" cannot be one: it must be at most 253 small letters, digits, dashes and dots, with a letter or digit at both ends.',
    ],
    [
      { image: 'x', args: ['a\0'] },
      'a NUL character is in what it starts or in its variables, and no program can be handed one.',
    ],
  ])('that cannot be: %j', (kubernetes, why) => {
    expect(fault([pod(kubernetes)])).toBe(why);
  });
});

describe('the line of a Notebook', () => {
  const image = pod({ image: 'jupyter' });
  let bin = '';

  beforeAll(() => {
    bin = mkdtempSync(join(tmpdir(), 'notebook-'));
    const script = `#!/bin/sh\n{ printf '%s\\0' "$(basename "$0")" "$@"; } >> "$SEEN"\n`;
    for (const name of ['papermill', 'git', 'prepare']) writeFileSync(join(bin, name), script, { mode: 0o755 });
  });

  afterAll(() => {
    rmSync(bin, { recursive: true });
  });

  /** What Kubernetes makes of a word of a command. */
  function asKubernetes(word: string): string {
    return word.replace(/\$\$|\$\(([^)]*)\)/gu, (mark, name?: string) =>
      name === undefined ? '$' : `replaced ${mark}`,
    );
  }

  function ran({ command = [] }: FilledPod): readonly string[] {
    const seen = join(bin, 'seen');
    const [program = '', ...words] = command;
    writeFileSync(seen, '');
    execFileSync(program, words.map(asKubernetes), { env: { PATH: `${bin}:/usr/bin:/bin`, SEEN: seen, TMPDIR: bin } });
    return readFileSync(seen, 'utf8').split('\0').slice(0, -1);
  }

  test('has papermill run it with the parameters of the step', () => {
    const params = [
      image,
      book({ input_path: 'in.ipynb' }),
      { name: 'day', type: 'string', value: '$(HOME) $$ 007' } as const,
    ];
    expect(ran(made(params, true))).toEqual([
      ...[
        'papermill',
        '--log-output',
        '-y',
        '{"day": "$(HOME) $$ 007"}',
        '--',
        'in.ipynb',
        '/tmp/flow-12.1-each-2-a-3.ipynb',
      ],
    ]);
    expect(ran(made([image, book({ input_path: 'in.ipynb', run_id: 'r/1' })], true))).toEqual([
      ...['papermill', '--log-output', '--', 'in.ipynb', '/tmp/r-1.ipynb'],
    ]);
  });

  test('prepares and fetches the repository before', () => {
    const notebook = {
      ...{ input_path: 'a.ipynb', output_path: 's3://b/a.ipynb', init_command: 'prepare "it is" # once' },
      ...{ git_repo: 'https://example.org/r.git', git_branch: 'main' },
    };
    const papermill = ['papermill', '--log-output', '--', 'a.ipynb', 's3://b/a.ipynb'];
    const repository = ['--', 'https://example.org/r.git', '.'];
    expect(ran(made([image, book(notebook)], true))).toEqual([
      ...['prepare', 'it is', 'git', 'clone', '--quiet', '--branch=main', '--depth=1', ...repository, ...papermill],
    ]);
    expect(ran(made([image, book({ ...notebook, git_commit: 'abc' })], true))).toEqual([
      ...['prepare', 'it is', 'git', 'clone', '--quiet', '--branch=main', ...repository],
      ...['git', 'checkout', '--quiet', '--detach', 'abc', ...papermill],
    ]);
  });

  test('ends where what prepares it fails', () => {
    for (const init of ['false', 'no-such-program', "'"]) {
      expect(() => ran(made([image, book({ input_path: 'a', init_command: init })], true))).toThrow();
      expect(readFileSync(join(bin, 'seen'), 'utf8')).toBe('');
    }
  });

  test.each<[Json, readonly string[]]>([
    ['  --log-level  DEBUG ', ['--log-level', 'DEBUG']],
    [
      ['-k', 'my kernel', 3],
      ['-k', 'my kernel', '3'],
    ],
    [
      { kernel: 'r', '--cwd': '/x y', '-k': 'q', 'no-progress-bar': '', 'log-output': true, 'report-mode': false },
      ['--kernel=r', '--cwd=/x y', '-k', 'q', '--no-progress-bar', '--log-output'],
    ],
  ])('hands papermill arguments written as %j', (given, words) => {
    const notebook = book({ input_path: 'a', output_path: 'b', papermill_arguments: given });
    expect(ran(made([image, notebook], true))).toEqual(['papermill', '--log-output', ...words, '--', 'a', 'b']);
  });

  test('hands every value over as it is, whatever it holds', () => {
    const awkward = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'", '$(id)', '`id`', '-p', '--', '$$', '\n', 'a\'b\n"$HOME"\\', '*', '!', 'é😀'),
    );
    const word = awkward.map((one) => one.replaceAll('\0', '').replace(/\p{Surrogate}/gu, ''));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        const line = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
        const printed = execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' });
        expect(printed.split('\0').slice(0, -1)).toEqual(words);
      }),
      { numRuns: 60 },
    );
  });

  test.each<[Json, string]>([
    [{}, '`notebook.input_path` is no text.'],
    [{ input: 'x' }, '`notebook` has no member "input": there are '],
    [{ input_path: 'x', git_branch: 'main' }, '`notebook.git_branch` says nothing without `notebook.git_repo`.'],
    [{ input_path: 'x', git_commit: 'abc' }, '`notebook.git_commit` says nothing without `notebook.git_repo`.'],
    [{ input_path: 'x', git_repo: 'r', git_commit: '--orphan' }, '`notebook.git_commit` cannot begin with a dash.'],
    [
      { input_path: 'x', papermill_arguments: '-k "my kernel"' },
      '`notebook.papermill_arguments` has quotes in it: write it as a STRING_ARRAY, word by word.',
    ],
    [
      { input_path: 'x', papermill_arguments: true },
      '`notebook.papermill_arguments` is no text, no list of words and no map of texts.',
    ],
    [{ input_path: 'x'.repeat(130_000) }, 'what starts the notebook would take more than 128000 bytes with its'],
  ])('that cannot be: %j', (notebook, why) => {
    expect(fault([image, book(notebook)], true).slice(0, why.length)).toBe(why);
  });

  test('is the only thing that the pod starts', () => {
    expect(fault([pod({ image: 'x', command: ['y'] }), book({ input_path: 'a' })], true)).toBe(
      'what a Notebook starts is made of `notebook`, so `kubernetes.command` and `kubernetes.args` say nothing.',
    );
  });
});

describe('the parameters of a notebook', () => {
  const one = fc.oneof(
    fc.record({ type: fc.constant('string' as const), value: fc.string({ unit: 'grapheme' }) }),
    fc.record({ type: fc.constant('string' as const), value: fc.constantFrom('007', 'no', '1e5', '~', '2026-01-15') }),
    fc.record({ type: fc.constant('long' as const), value: fc.maxSafeInteger() }),
    fc.record({ type: fc.constant('double' as const), value: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.record({ type: fc.constant('boolean_array' as const), value: fc.array(fc.boolean()) }),
    fc.record({ type: fc.constant('double_array' as const), value: fc.array(fc.constantFrom(1e21, 5e-324, -0.5, 3)) }),
    fc.record({ type: fc.constant('string_map' as const), value: fc.dictionary(fc.string(), fc.string()) }),
    fc.record({ type: fc.constant('map' as const), value: fc.dictionary(fc.string(), fc.jsonValue()) }),
  );

  test('read back as the same values, from one line of ASCII', () => {
    const params = fc
      .array(one, { maxLength: 6 })
      .map((all) => all.map((param, at) => ({ name: `p${String(at)}`, ...param })));
    fc.assert(
      fc.property(params, (all) => {
        const line = yamlMap(all as readonly ResolvedParam[]);
        expect(line).toMatch(/^[ -~]*$/u);
        const values = parse(line, { version: '1.1', schema: 'yaml-1.1' }) as Readonly<Record<string, unknown>>;
        expect(normal(values)).toEqual(normal(Object.fromEntries(all.map(({ name, value }) => [name, value]))));
      }),
      { numRuns: 300 },
    );
  });

  test('keep their types: digits of a text, of a LONG and of a DOUBLE are three things', () => {
    const line = yamlMap([
      { name: 's', type: 'string', value: '3' },
      { name: 'l', type: 'long', value: '9223372036854775807' },
      { name: 'd', type: 'double', value: 3 },
      { name: 'n', type: 'double_array', value: ['NaN', 'Infinity', '-Infinity', 1e21] },
      { name: 'm', type: 'map', value: { a: 3, b: 2.5, c: null, d: ['x'] } },
    ]);
    expect(line).toBe(
      '{"s": "3", "l": 9223372036854775807, "d": 3.0, "n": [.nan, .inf, -.inf, 1.0e+21], "m": {"a": 3, "b": 2.5, "c": null, "d": ["x"]}}',
    );
  });
});

/** YAML has no half characters, and of zero there is one. */
function normal(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\uFFFD');
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [normal(key), normal(member)]));
}

describe('what a step prints', () => {
  const printing = (params: Fields, more: Fields = {}): Json => ({
    step: {
      ...{ id: 'a', type: 'Kubernetes', params: { kubernetes: map({ image: text('busybox') }), ...params } },
      ...{ transition: { successors: { b: 'rows > 4', c: 'rows <= 4' } }, ...more },
    },
  });
  const flow = (params: Fields, behind: Fields, more: Fields = {}): string =>
    workflow('flow', [printing(params, more), noop('b', behind), noop('c')]);
  const paramsOf = (situation: Situation, step: number): Fields =>
    Object.fromEntries((situation.run('flow/1').steps[step]?.params ?? []).map(({ name, value }) => [name, value]));

  const behind = {
    joined: computed('a__rows'),
    asked: computed("params.getFromStep('a', 'ratio')", 'DOUBLE'),
    filled: text('${a__rows} of ${a__ratio}'),
  };

  test('is what those behind it see, of its own type', () => {
    const situation = given(flow({ rows: long(0), ratio: { type: 'DOUBLE', value: 0.5 } }, behind))
      .when(start('flow'))
      .reported('flow/1/a', succeeded({ rows: 5, ratio: 3 }));
    situation.shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED, c: UNSATISFIED');
    expect(paramsOf(situation, 1)).toEqual({ joined: 5, asked: 3, filled: '5 of 3.0' });
  });

  test('may be nothing: its parameters are what they were', () => {
    const situation = given(flow({ rows: long(7), ratio: { type: 'DOUBLE', value: 0.5 } }, behind))
      .when(start('flow'))
      .reported('flow/1/a', succeeded({}));
    situation.shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED, c: UNSATISFIED');
    expect(paramsOf(situation, 1)).toEqual({ joined: 7, asked: 0.5, filled: '7 of 0.5' });
  });

  test('goes out with its signals', () => {
    const announced = [
      { name: 'table/${what}', params: { rows: computed('rows'), all: computed("params.get('rows') + 1") } },
    ];
    const situation = given(flow({ rows: long(0), what: text('none') }, {}, { signal_outputs: announced }))
      .when(start('flow'))
      .reported('flow/1/a', succeeded({ rows: 5, what: 'birds' }));
    const known = JSON.stringify([...situation.delivered().entities().values()]);
    expect(known).toContain('"name":"table/birds"');
    expect(known).toContain('"params":[{"name":"rows","value":5},{"name":"all","value":6}]');
  });

  test('of a MAP is laid over what it was', () => {
    const model = map({ a: long(1), inner: map({ b: long(2), c: text('x') }) });
    const situation = given(flow({ rows: long(0), model }, { seen: computed('a__model', 'MAP') }))
      .when(start('flow'))
      .reported('flow/1/a', succeeded({ rows: 5, model: { inner: { b: 3 }, d: true } }));
    expect(paramsOf(situation, 1)).toEqual({ seen: { a: 1, inner: { b: 3, c: 'x' }, d: true } });
  });

  test('may not change a member that is not MUTABLE', () => {
    const model = map({ a: { ...long(1), mode: 'CONSTANT' }, b: long(1) });
    const printed = (value: Json): Situation =>
      given(flow({ rows: long(5), model }, {}, { retry_policy: { error_retry_limit: 3 } }))
        .when(start('flow'))
        .reported('flow/1/a', succeeded({ model: value }));
    printed({ a: 1, b: 2 }).shows('flow/1', 'SUCCEEDED', 'a: SUCCEEDED, b: SUCCEEDED, c: UNSATISFIED');
    const situation = printed({ a: 2 });
    expect(situation.run('flow/1').steps[0]?.failure).toMatchObject({
      code: 'BAD_OUTPUT',
      message: 'Step "a" printed "model.a", whose mode is CONSTANT: only what is MUTABLE may be set by a step.',
    });
  });

  test('is known to whoever starts it: the pod, its parameters, and the name of its output', () => {
    const notebook = map({ input_path: text('$what.ipynb') });
    const step: Json = {
      step: {
        ...{ id: 'a', type: 'Notebook' },
        params: {
          kubernetes: map({ image: text('jupyter'), job_deduplication_key: text('birds-$step_attempt_id') }),
          ...{ notebook, what: text('birds') },
        },
      },
    };
    const situation = given(workflow('flow', [step])).when(start('flow'));
    const decision = situation.taken.at(-1)?.decision;
    const effects = decision?.kind === 'COMMIT' ? decision.gathered.effects : [];
    const started = effects.find(({ type }) => type === 'StartAttempt');
    expect(started).toMatchObject({
      spec: {
        value: {
          outputs: [{ name: 'what', type: 'string' }],
          work: {
            ...{ kind: 'kubernetes', image: 'jupyter', outputs: 'PRINTED', app: 'maestro-job', name: 'birds-1' },
            command: [
              '/bin/sh',
              '-c',
              `set -e\nexec papermill '--log-output' '-y' '{"what": "birds"}' '--' 'birds.ipynb' '/tmp/flow-1.1-a-1.ipynb'`,
            ],
          },
        },
      },
    });
  });
});
