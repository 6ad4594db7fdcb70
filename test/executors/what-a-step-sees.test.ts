// The environment of a step: what contract.md lists, literally, and nothing of the server's.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalAttempts, type LocalAttempts } from './local-attempts.ts';

let local: LocalAttempts;
beforeAll(async () => {
  local = await createLocalAttempts({
    environment: {
      PATH: process.env['PATH'],
      HOME: '/tmp',
      LANG: 'C.UTF-8',
      TZ: 'UTC',
      MONGODB_URI: 'mongodb://secret',
    },
  });
});
afterAll(async () => {
  expect(await local.places()).toEqual([]);
  await local.dispose();
});

const PRINT_ENVIRONMENT = {
  kind: 'node',
  program: { code: 'console.log(JSON.stringify(process.env))' },
} as const;

async function environmentWith(more: Parameters<LocalAttempts['run']>[1]): Promise<Record<string, string>> {
  const { out } = await local.run('', { work: PRINT_ENVIRONMENT, ...more });
  return JSON.parse(out[0] ?? '') as Record<string, string>;
}

describe('what a step sees', () => {
  it('is its own and four of the server', async () => {
    const seen = await environmentWith({});
    const shellsOwn = new Set(['PWD', 'OLDPWD', 'SHLVL', '_']);
    expect(
      Object.keys(seen)
        .filter((name) => !shellsOwn.has(name))
        .sort(),
    ).toEqual([
      'DOWNBEAT_ARTIFACTS',
      'DOWNBEAT_ATTEMPT_ID',
      'DOWNBEAT_DISPATCH',
      'DOWNBEAT_HEARTBEAT',
      'DOWNBEAT_INPUTS',
      'DOWNBEAT_OUTPUTS',
      'DOWNBEAT_PARAMS',
      'DOWNBEAT_RUN_ID',
      'DOWNBEAT_SIGNALS',
      'DOWNBEAT_STEP_ID',
      'DOWNBEAT_URL',
      'HOME',
      'LANG',
      'PATH',
      'TZ',
    ]);
    expect(seen).toMatchObject({ DOWNBEAT_RUN_ID: 'run:penguins/12.1', DOWNBEAT_STEP_ID: 'train' });
    expect(JSON.stringify(seen)).not.toContain('token-');
  });

  it('says what time the run was scheduled for, if it was', async () => {
    const seen = await environmentWith({ scheduledFor: Date.UTC(2026, 10, 1, 6) });
    expect(seen['DOWNBEAT_SCHEDULED_FOR']).toBe('2026-11-01T06:00:00.000Z');
  });

  it('has each scalar parameter as a variable, and all of them as JSON', async () => {
    const params = { island: 'Biscoe', 'top-k': 5, strict: true, ratio: 0.5, list: [1, 2], nothing: null };
    const seen = await environmentWith({ params });
    expect(seen).toMatchObject({ PARAM_ISLAND: 'Biscoe', PARAM_TOP_K: '5', PARAM_STRICT: 'true', PARAM_RATIO: '0.5' });
    expect(Object.keys(seen).filter((name) => name.startsWith('PARAM_'))).toHaveLength(4);
    const { out } = await local.run('cat "$DOWNBEAT_PARAMS"', { params });
    expect(JSON.parse(out[0] ?? '')).toEqual(params);
  });

  it('has parameters literally, whatever a shell would make of them', async () => {
    const texts = [
      '; rm -rf /',
      '$(id)',
      '`id`',
      'two\nlines',
      '-rf',
      '"; exit 3; "',
      "'",
      '${HOME}',
      ' ',
      '\\',
      '%s',
      '*',
    ];
    for (const text of texts) {
      const { out } = await local.run('printf %s "$PARAM_P"', { params: { p: text } });
      expect(out.join('\n')).toBe(text);
    }
  });

  it('has the env of the step last, which may replace PATH', async () => {
    const seen = await environmentWith({
      env: [
        { name: 'PATH', value: '/nowhere' },
        { name: 'URL', value: 'a=b' },
      ],
    });
    expect(seen).toMatchObject({ PATH: '/nowhere', URL: 'a=b' });
  });

  it('cannot hold a NUL character, and the failure names the variable', async () => {
    const { failure } = await local.run('true', { params: { p: 'a\0b' } });
    expect(failure).toMatchObject({ kind: 'USER', code: 'BAD_ENVIRONMENT', retryable: false });
    expect(failure?.message).toContain('"PARAM_P"');
  });

  it('leaves a very long parameter to the JSON file, and says so', async () => {
    const { result, lines } = await local.run('test -z "$PARAM_P" && wc -c < "$DOWNBEAT_PARAMS"', {
      params: { p: 'x'.repeat(200_000) },
    });
    expect(result.outcome).toBe('succeeded');
    expect(lines.map((line) => line.text)).toEqual([
      'The parameter "p" is too long for PARAM_P; it is in $DOWNBEAT_PARAMS only.',
      '200008',
    ]);
  });

  it('says when two parameters would be the same variable', async () => {
    const { lines } = await local.run('echo $PARAM_A_B', { params: { a_b: 1, 'a-b': 2 } });
    expect(lines.map((line) => line.text)).toEqual([
      'PARAM_A_B is the parameter "a_b"; "a-b" is in $DOWNBEAT_PARAMS only.',
      '1',
    ]);
  });

  it('fails the author when all of it is more than the system allows', async () => {
    const env = Array.from({ length: 60 }, (_, index) => ({
      name: `BIG_${String(index)}`,
      value: 'x'.repeat(100_000),
    }));
    const { failure } = await local.run('true', { env });
    expect(failure).toMatchObject({ kind: 'USER', code: 'ENVIRONMENT_TOO_LARGE' });
  });

  it('is a fresh folder of the files of the version, which it may change', async () => {
    const files = [
      await local.file('scripts/tidy.sh', '#!/bin/sh\necho tidied\n'),
      await local.file('data/in.csv', 'a,b\n'),
    ];
    const { out } = await local.run('./scripts/tidy.sh; echo c >> data/in.csv; cat data/in.csv; ls', { files });
    expect(out).toEqual(['tidied', 'a,b', 'c', 'data', 'scripts']);
    const again = await local.run('cat data/in.csv', { files });
    expect(again.out).toEqual(['a,b']);
  });

  it('is private: folders and new files are for the own user only', async () => {
    const { out } = await local.run('touch new; stat -c %a . "$DOWNBEAT_ARTIFACTS" new');
    expect(out).toEqual(['700', '700', '600']);
  });

  it('has inputs that are read-only, in a folder for each step', async () => {
    const inputs = [{ step: 'first', artifacts: [await local.file('deep/data.csv', 'a,b\n')] }];
    const { out } = await local.run('cd "$DOWNBEAT_INPUTS"; stat -c %a first first/deep first/deep/data.csv', {
      inputs,
    });
    expect(out).toEqual(['555', '555', '444']);
  });

  it('is not shared by two attempts at the same time', async () => {
    const script = 'test ! -e mine; echo $PARAM_N > mine; echo n=$PARAM_N >> "$DOWNBEAT_OUTPUTS"; cat mine';
    const outputs = [{ name: 'n', type: 'long' }] as const;
    const numbers = Array.from({ length: 8 }, (_, index) => index);
    const results = await Promise.all(numbers.map(async (n) => local.run(script, { params: { n }, outputs })));
    expect(results.map(({ out }) => out)).toEqual(numbers.map((n) => [String(n)]));
    expect(
      results.map(({ result }) => (result.outcome === 'succeeded' ? result.outputs[0]?.value : undefined)),
    ).toEqual(numbers);
  });
});

describe('what runs a step', () => {
  it('is sh -e: the first command that fails fails the step', async () => {
    const { failure, out } = await local.run('echo one; false; echo two');
    expect(failure).toMatchObject({ code: 'EXIT_CODE' });
    expect(out).toEqual(['one']);
  });

  it('is what the first line of the script says', async () => {
    const { out } = await local.run('#!/usr/bin/env python3\nprint("from python")');
    expect(out).toEqual(['from python']);
  });

  it('is said to be missing, with what to install', async () => {
    const { failure } = await local.run('', {
      work: { kind: 'python', program: { code: 'pass' } },
      env: [{ name: 'PATH', value: '/nowhere' }],
    });
    expect(failure).toMatchObject({ kind: 'USER', code: 'INTERPRETER_NOT_FOUND', retryable: false });
    expect(failure?.message).toContain('needs python3');
    expect(failure?.hint).toContain('Install Python 3');
  });

  it('finds modules beside the code, and beside a file', async () => {
    const files = [
      await local.file('shapes.py', 'SIDES = 3\n'),
      await local.file('deep/run.py', 'import near; print(near.WORD)\n'),
      await local.file('deep/near.py', 'WORD = "near"\n'),
      await local.file('shapes.js', 'export const sides = 4;\n'),
    ];
    const code = await local.run('', {
      files,
      work: { kind: 'python', program: { code: 'import shapes; print(shapes.SIDES)' } },
    });
    const file = await local.run('', { files, work: { kind: 'python', program: { file: 'deep/run.py' } } });
    const module = await local.run('', {
      files,
      work: { kind: 'node', program: { code: "import { sides } from './shapes.js'; console.log(sides);" } },
    });
    expect([code.out, file.out, module.out]).toEqual([['3'], ['near'], ['4']]);
  });

  it('must be among the files of the version, if it is a file', async () => {
    const { failure } = await local.run('', { work: { kind: 'node', program: { file: 'gone.js' } } });
    expect(failure).toMatchObject({ kind: 'USER', code: 'PROGRAM_NOT_FOUND', retryable: false });
  });

  it('may end by a signal: sent from outside it is for the platform, a crash is for the author', async () => {
    expect((await local.run('kill -KILL $$')).failure).toMatchObject({
      kind: 'PLATFORM',
      code: 'KILLED',
      retryable: true,
    });
    expect((await local.run('kill -SEGV $$')).failure).toMatchObject({ kind: 'USER', code: 'CRASHED' });
    expect((await local.run('exit 129')).failure).toMatchObject({ kind: 'USER', code: 'EXIT_CODE' });
  });

  it('may be another user, when the server is root', async ({ skip }) => {
    if (process.getuid?.() !== 0) skip('only root can choose another user');
    const user = { uid: 65_534, gid: 65_534 };
    const other = await createLocalAttempts({ user });
    const { out, result } = await other.run(
      'id -u; cat f; echo more >> f; cp f "$DOWNBEAT_ARTIFACTS/kept"; touch "$DOWNBEAT_INPUTS/first/x" || echo refused; cat /proc/$PPID/environ > /dev/null && ls .. > /dev/null',
      {
        files: [await other.file('f', 'text\n')],
        inputs: [{ step: 'first', artifacts: [await other.file('a', 'b')] }],
      },
    );
    expect(out).toEqual(['65534', 'text', 'refused']);
    expect(result).toMatchObject({ outcome: 'succeeded', artifacts: [{ path: 'kept', size: 10 }] });
    expect(await other.places()).toEqual([]);
    await other.dispose();
  });
});
