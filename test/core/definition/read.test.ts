// Native definitions in YAML and JSON become the model.

import { describe, expect, test } from 'vitest';

import { type CronTrigger, type SignalTrigger, type StepDefinition } from '../../../src/core/definition/model.ts';
import { readAll, readOne, withHead, withStep } from './text.ts';

const PENGUINS = `
id: penguins
name: Which penguin is it?
owner: ada
runStrategy: sequential
params:
  island: Biscoe               # a bare value: type inferred, may be set at start
  source: https://example.org/penguins.csv
  cutoff: { type: long, value: 40 }
triggers:
  - cron: "0 6 * * mon-fri"
    timezone: Europe/Madrid    # default UTC
    catchUp: latest
  - signal: measurements.ready
    where: { rows: ">= 100" }
    params: { island: "\${signal.island}" }
steps:
  - id: download
    run: curl -sSfo data.csv "$URL"       # never interpolated: parameters come as environment
    env: { URL: "\${source}" }
    artifacts: [data.csv]                 # kept, and handed to the steps that need this one
    retry: 3
    timeout: 10m
  - id: clean
    needs: download
    python: scripts/clean.py
    outputs: { rows: long }
    artifacts: [clean.csv]
  - id: each
    needs: clean
    when: "steps.clean.rows > cutoff"
    noop: true
  - id: announce
    needs: { each: "steps.clean.rows > 100" }
    publish: { signal: model.ready, params: { island: "\${island}" } }
`;

describe('the example of the contract', () => {
  test('reads into the model', () => {
    const [read] = readAll(PENGUINS);
    expect(read?.filesWanted).toEqual(['scripts/clean.py']);
    expect(read?.definition).toMatchObject({
      id: 'penguins',
      name: 'Which penguin is it?',
      owner: 'ada',
      runStrategy: { kind: 'sequential' },
      params: [
        { name: 'island', type: 'string', value: 'Biscoe' },
        { name: 'source', type: 'string' },
        { name: 'cutoff', type: 'long', value: 40 },
      ],
      triggers: [
        {
          kind: 'cron',
          name: 'cron-1',
          cron: '0 6 * * mon-fri',
          timezone: 'Europe/Madrid',
          catchUp: 'latest',
          params: [],
        },
        {
          kind: 'signal',
          name: 'signal-1',
          signal: 'measurements.ready',
          where: [{ param: 'rows', operator: '>=', operand: 100 }],
          params: [{ name: 'island', value: '${signal.island}' }],
        },
      ],
      files: [],
    });
    expect(read?.definition.steps.map(({ id, work, needs }) => ({ id, work, needs }))).toEqual([
      { id: 'download', work: { kind: 'shell', script: 'curl -sSfo data.csv "$URL"' }, needs: [] },
      { id: 'clean', work: { kind: 'python', program: { file: 'scripts/clean.py' } }, needs: [{ step: 'download' }] },
      { id: 'each', work: { kind: 'noop' }, needs: [{ step: 'clean' }] },
      {
        id: 'announce',
        work: { kind: 'publish', signal: 'model.ready', params: [{ name: 'island', value: '${island}' }] },
        needs: [{ step: 'each', condition: 'steps.clean.rows > 100' }],
      },
    ]);
  });

  test('is the same in JSON, which is YAML too', () => {
    const json = '{"id": "a", "params": {"p": 1.0}, "steps": [{"id": "x", "sleep": "1s", "needs": []}]}';
    expect(readOne(json)).toEqual(readOne('id: a\nparams:\n  p: 1.0\nsteps:\n- id: x\n  sleep: 1s\n'));
  });
});

describe('documents', () => {
  test('several in one text come in their order, empty ones left out', () => {
    const text = `---\n---\n${withHead()}\n---\n# nothing\n---\n${withHead().replace('id: a', 'id: b')}\n...\n`;
    expect(readAll(text).map(({ definition }) => definition.id)).toEqual(['a', 'b']);
  });

  test('a byte order mark and Windows line ends are no trouble', () => {
    expect(readOne(`\uFEFF${withHead('owner: ada').replaceAll('\n', '\r\n')}`).owner).toBe('ada');
  });

  test('anchors and aliases are filled in', () => {
    const steps = readOne(
      'id: a\nsteps:\n  - { id: x, run: ls, env: &e { A: "1" } }\n  - { id: y, run: ls, env: *e }',
    ).steps;
    expect(steps[1]?.env).toEqual([{ name: 'A', value: '1' }]);
  });

  test('keys that other readers of YAML take for booleans are keys', () => {
    expect(readOne(withHead('labels: { on: x, true: y, 1: z }')).labels.map(({ name }) => name)).toEqual([
      'on',
      'true',
      '1',
    ]);
  });
});

describe('parameters', () => {
  const bare: readonly [string, string, unknown][] = [
    ['Biscoe', 'string', 'Biscoe'],
    ['"no"', 'string', 'no'],
    ['40', 'long', 40],
    ['1.0', 'double', 1],
    ['1e3', 'double', 1000],
    ['true', 'boolean', true],
    ['9007199254740993', 'long', '9007199254740993'],
    ['[a, b]', 'string_array', ['a', 'b']],
    ['[1, 2.0]', 'double_array', [1, 2]],
    ['[]', 'string_array', []],
    ['{ a: x }', 'string_map', { a: 'x' }],
    ['{ a: 1, b: { c: null } }', 'map', { a: 1, b: { c: null } }],
    ['{ type: long }', 'long', undefined],
    ['{ TYPE: x }', 'string_map', { TYPE: 'x' }],
    ['{ type: STRING, value: 7 }', 'string', '7'],
    ['{ type: double, value: 7 }', 'double', 7],
    ['{ value: [true] }', 'boolean_array', [true]],
    ['{ type: map, value: {} }', 'map', {}],
  ];

  test.each(bare)('%s is a %s', (text, type, value) => {
    const [param] = readOne(withHead('params:', `  p: ${text}`)).params;
    expect(param).toEqual({ name: 'p', type, ...(value === undefined ? {} : { value }) });
  });
});

describe('triggers', () => {
  test('are named by kind and place, around the names that are given', () => {
    const { triggers } = readOne(
      withHead(
        'triggers:',
        '  - cron: "@daily"',
        '  - { cron: "@hourly", name: cron-2 }',
        '  - cron: 0 6 * * *',
        '  - signal: s',
      ),
    );
    expect(triggers.map(({ name }) => name)).toEqual(['cron-1', 'cron-2', 'cron-3', 'signal-1']);
  });

  test('a cron trigger needs no more than its text', () => {
    const [trigger] = readOne(withHead('triggers: [{ cron: "0 6 * * *" }]')).triggers;
    expect(trigger).toEqual<CronTrigger>({
      kind: 'cron',
      name: 'cron-1',
      cron: '0 6 * * *',
      timezone: 'UTC',
      catchUp: 'latest',
      params: [],
    });
  });

  const demands: readonly [string, string, unknown][] = [
    ['">= 100"', '>=', 100],
    ['"<2.5"', '<', 2.5],
    ['"!= x y"', '!=', 'x y'],
    ['"== true"', '==', true],
    ['"== \'100\'"', '==', '100'],
    ['"> 12345678901234567890"', '>', '12345678901234567890'],
    ['100', '==', 100],
    ['"100"', '==', '100'],
    ['true', '==', true],
    ['null', '==', null],
    ['Biscoe', '==', 'Biscoe'],
  ];

  test.each(demands)('where: { rows: %s }', (text, operator, operand) => {
    const [trigger] = readOne(withHead('triggers:', `  - { signal: s, where: { rows: ${text} } }`)).triggers;
    expect((trigger as SignalTrigger).where).toEqual([{ param: 'rows', operator, operand }]);
  });
});

describe('steps', () => {
  const step = (...lines: readonly string[]): StepDefinition | undefined => readOne(withStep(...lines)).steps[0];

  const works: readonly [string, unknown][] = [
    ['noop: true', { kind: 'noop' }],
    ['noop: {}', { kind: 'noop' }],
    ['noop:', { kind: 'noop' }],
    ['sleep: 5s', { kind: 'sleep', duration: 5000 }],
    ['sleep: 0', { kind: 'sleep', duration: 0 }],
    ['run: ls -l', { kind: 'shell', script: 'ls -l' }],
    ['run: echo "${FOO}" $HOME', { kind: 'shell', script: 'echo "${FOO}" $HOME' }],
    ['python: ./scripts//a.py', { kind: 'python', program: { file: 'scripts/a.py' } }],
    ['python: print(1)', { kind: 'python', program: { code: 'print(1)' } }],
    ['node: a.mjs', { kind: 'node', program: { file: 'a.mjs' } }],
    ['node: "console.log(`${process.pid}`)"', { kind: 'node', program: { code: 'console.log(`${process.pid}`)' } }],
    ['publish: { signal: s }', { kind: 'publish', signal: 's', params: [] }],
  ];

  test.each(works)('%s', (line, work) => {
    expect(step(line)?.work).toEqual(work);
  });

  test('several lines are code, even if the last one ends like a file', () => {
    expect(step('python: |', '  import x', '  x.py')?.work).toEqual({
      kind: 'python',
      program: { code: 'import x\nx.py\n' },
    });
  });

  test('needs may be one, several, or a map with conditions', () => {
    const needs = (text: string): unknown =>
      readOne(`id: a\nsteps: [{ id: x, noop: }, { id: y, noop: }, { id: z, noop: , needs: ${text} }]`).steps[2]?.needs;
    expect(needs('x')).toEqual([{ step: 'x' }]);
    expect(needs('[x, y]')).toEqual([{ step: 'x' }, { step: 'y' }]);
    expect(needs('{ x: "run.number > 1", y: }')).toEqual([{ step: 'x', condition: 'run.number > 1' }, { step: 'y' }]);
    expect(needs('{ x: true }')).toEqual([{ step: 'x', condition: 'true' }]);
  });

  const retries: readonly [string, unknown][] = [
    ['retry: 0', { user: 0, platform: 0, timeout: 0, backoff: { first: 1000, longest: 60_000 } }],
    ['retry: 3', { user: 3, platform: 3, timeout: 3, backoff: { first: 1000, longest: 60_000 } }],
    [
      'retry: { user: 2, platform: 10, timeout: 1, backoff: 5s..2m }',
      { user: 2, platform: 10, timeout: 1, backoff: { first: 5000, longest: 120_000 } },
    ],
    [
      'retry: { user: 1, backoff: 10s }',
      { user: 1, platform: 3, timeout: 0, backoff: { first: 10_000, longest: 10_000 } },
    ],
    ['timeout: 1m', { user: 0, platform: 3, timeout: 0, backoff: { first: 1000, longest: 60_000 } }],
  ];

  test.each(retries)('%s', (line, retry) => {
    expect(step('run: ls', line)?.retry).toEqual(retry);
  });

  const durations: readonly [string, number][] = [
    ['500ms', 500],
    ['10s', 10_000],
    ['5m', 300_000],
    ['6h', 21_600_000],
    ['2d', 172_800_000],
    ['90', 90_000],
    ['"90"', 90_000],
    ['1.5', 1500],
    ['1h 30m', 5_400_000],
    ['1H30M', 5_400_000],
  ];

  test.each(durations)('timeout: %s', (text, timeout) => {
    expect(step('run: ls', `timeout: ${text}`)?.timeout).toBe(timeout);
  });

  test('the environment takes numbers and booleans as they are written', () => {
    expect(step('run: ls', 'env: { PORT: 8080, DEBUG: true, V: "1.10", T: "$${x}" }')?.env).toEqual([
      { name: 'PORT', value: '8080' },
      { name: 'DEBUG', value: 'true' },
      { name: 'V', value: '1.10' },
      { name: 'T', value: '$${x}' },
    ]);
  });

  test('a condition on the way sees the outputs of the step that it comes from', () => {
    const text = [
      'id: a',
      'steps:',
      '  - { id: x-1, run: ls, outputs: { rows: long } }',
      '  - { id: y, noop: true, needs: { x-1: "steps[\'x-1\'].rows > 1" } }',
    ];
    expect(readOne(text.join('\n')).steps[1]?.needs[0]?.condition).toBe("steps['x-1'].rows > 1");
  });

  test('a script may mention what its own environment has', () => {
    const text = `params: { island: x }\n${withStep('run: echo ${island}', 'env: { island: "${island}" }')}`;
    expect(readOne(text).steps[0]?.work).toEqual({ kind: 'shell', script: 'echo ${island}' });
  });
});

test('fixed words may be in any case', () => {
  const text = withHead('kind: Workflow', 'runStrategy: SEQUENTIAL', 'triggers: [{ cron: "@daily", catchUp: All }]');
  expect(readOne(text).triggers[0]).toMatchObject({ catchUp: 'all' });
});

test('files wanted are those of the list and of programs, each once', () => {
  const [read] = readAll(`files: [lib/b.py, ./a.csv]\n${withStep('python: lib/b.py')}`);
  expect(read?.filesWanted).toEqual(['a.csv', 'lib/b.py']);
});

test.each(['sequential', 'strict-sequential', 'first-only', 'last-only', 'latest-only'])('runs %s', (kind) => {
  expect(readOne(withHead(`runStrategy: ${kind.toUpperCase()}`)).runStrategy).toEqual({ kind });
});

test('runs in parallel', () => {
  expect(readOne(withHead('runStrategy: { parallel: 5 }')).runStrategy).toEqual({ kind: 'parallel', limit: 5 });
});
