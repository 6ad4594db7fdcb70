// What a step leaves is kept whole and byte for byte; what is not its own to leave is refused.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { matchesGlob } from '../../src/executors/process/glob.ts';
import { createLocalAttempts, type Finished, type LocalAttempts } from './local-attempts.ts';

let local: LocalAttempts;
beforeAll(async () => {
  local = await createLocalAttempts({ limits: { artifactBytes: 1_000_000, artifactFiles: 20 } });
});
afterAll(async () => {
  expect(await local.places()).toEqual([]);
  await local.dispose();
});

function pathsOf({ result }: Finished): readonly string[] | undefined {
  return result.outcome === 'succeeded' ? result.artifacts.map((artifact) => artifact.path) : undefined;
}

describe('artifacts', () => {
  it('are what the patterns match and what lies in $DOWNBEAT_ARTIFACTS', async () => {
    const finished = await local.run(
      'mkdir -p out/deep "$DOWNBEAT_ARTIFACTS/more"; touch a.csv b.txt out/c.csv out/deep/d.csv .hidden.csv; echo x > "$DOWNBEAT_ARTIFACTS/more/e"',
      { artifacts: ['*.csv', 'out/**/*.csv'] },
    );
    expect(pathsOf(finished)).toEqual(['a.csv', 'more/e', 'out/c.csv', 'out/deep/d.csv']);
  });

  it('may be a whole folder', async () => {
    const finished = await local.run('mkdir -p out/deep; touch out/a out/deep/b', { artifacts: ['./out/'] });
    expect(pathsOf(finished)).toEqual(['out/a', 'out/deep/b']);
  });

  it('are kept byte for byte, and handed on the same', async () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));
    const files = [{ path: 'in.bin', hash: await local.blobs.put(bytes), size: bytes.byteLength }];
    const { result } = await local.run('cp in.bin out.bin', { files, artifacts: ['out.bin'] });
    const artifacts = result.outcome === 'succeeded' ? result.artifacts : [];
    expect(artifacts).toEqual([{ ...files[0], path: 'out.bin' }]);
    const next = await local.run('cmp in.bin "$DOWNBEAT_INPUTS/first/out.bin"', {
      files,
      inputs: [{ step: 'first', artifacts }],
    });
    expect(next.result.outcome).toBe('succeeded');
  });

  it('are kept through a link that stays inside', async () => {
    const { result } = await local.run('echo x > a; ln -s a b', { artifacts: ['b'] });
    expect(result).toMatchObject({ outcome: 'succeeded', artifacts: [{ path: 'b', size: 2 }] });
  });

  it('that are missing fail the step, and the failure says what there is', async () => {
    const { failure } = await local.run('touch date.csv', {
      artifacts: ['data.csv'],
      files: [await local.file('f', 'x')],
    });
    expect(failure).toMatchObject({ kind: 'USER', code: 'MISSING_ARTIFACT' });
    expect(failure?.message).toContain('The step made: date.csv.');
    expect((await local.run('true', { artifacts: ['*.csv'] })).failure?.message).toContain('The step made no files.');
  });

  it.each([
    ['ln -s /etc/passwd data.csv', 'data.csv'],
    ['ln -s "$DOWNBEAT_PARAMS" data.csv', '*.csv'],
    ['ln -s /etc data', 'data/passwd'],
    ['ln -s .. data', 'data/params.json'],
    ['ln -s nowhere data.csv', 'data.csv'],
    ['ln -s data.csv data.csv', 'data.csv'],
    ['mkfifo data.csv', 'data.csv'],
    ['ln -s /etc/passwd "$DOWNBEAT_ARTIFACTS/x"', undefined],
    ['echo 1 > data.csv; echo 2 > "$DOWNBEAT_ARTIFACTS/data.csv"', 'data.csv'],
  ])('are refused when they are not files of the step: %s', async (script, artifact) => {
    const { failure } = await local.run(script, { artifacts: artifact === undefined ? [] : [artifact] });
    expect(failure).toMatchObject({ kind: 'USER', code: 'BAD_ARTIFACT' });
  });

  it('are the affair of the step when it took the permission to read away', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('root may read everything');
    const file = await local.run('touch a; chmod 000 a', { artifacts: ['a'] });
    const folder = await local.run('mkdir a; chmod 000 a', { artifacts: ['**'] });
    expect([file.failure?.code, folder.failure?.code]).toEqual(['BAD_ARTIFACT', 'BAD_ARTIFACT']);
  });

  it.each(['../x', '/etc/passwd', 'a/../../x', '', '**/../x', 'a//b'])(
    'are refused as the pattern %j',
    async (pattern) => {
      const { failure } = await local.run('true', { artifacts: [pattern] });
      expect(failure).toMatchObject({ kind: 'USER', code: 'BAD_ARTIFACT', retryable: false });
    },
  );

  it('have a size and a number that they may not exceed, also where a file is only holes', async () => {
    const sparse = await local.run('truncate -s 100G big', { artifacts: ['big'] });
    const many = await local.run('for i in $(seq 30); do touch $i.csv; done', { artifacts: ['*.csv'] });
    expect([sparse.failure?.code, many.failure?.code]).toEqual(['ARTIFACT_LIMIT', 'ARTIFACT_LIMIT']);
  });
});

describe('files that are laid', () => {
  it.each(['../x', '/tmp/x', 'a/../../x', 'a//x', './x', 'a\0b', ''])('never leave their folder: %j', async (path) => {
    const file = await local.file(path, 'text');
    const asFile = await local.run('true', { files: [file] });
    const asInput = await local.run('true', { inputs: [{ step: 'first', artifacts: [file] }] });
    const asStep = await local.run('true', { inputs: [{ step: path, artifacts: [] }] });
    for (const { failure } of [asFile, asInput, asStep])
      expect(failure).toMatchObject({ kind: 'USER', code: 'BAD_PATH' });
  });

  it('are for the platform to cure when the store does not have them, or has less', async () => {
    const file = await local.file('a', 'text');
    const gone = await local.run('true', { files: [{ ...file, hash: '0'.repeat(64) }] });
    const short = await local.run('true', { files: [{ ...file, size: 5 }] });
    expect(gone.failure).toMatchObject({ kind: 'PLATFORM', code: 'CONTENT_MISSING', retryable: true });
    expect(short.failure).toMatchObject({ kind: 'PLATFORM', code: 'CONTENT_DAMAGED', retryable: true });
  });

  it('are removed afterwards even where the step took all permissions away', async () => {
    const { result } = await local.run('mkdir -p a/b; touch a/b/c; chmod 000 a/b a');
    expect(result.outcome).toBe('succeeded');
    expect(await local.places()).toEqual([]);
  });

  it('are for the platform to cure, too, when the store breaks', async () => {
    const broken = await createLocalAttempts({
      blobs: {
        ...createMemoryBlobs(),
        putStream: async () => {
          throw new Error('the store is down');
        },
      },
    });
    const { failure } = await broken.run('touch a', { artifacts: ['a'] });
    expect(failure).toMatchObject({ kind: 'PLATFORM', code: 'EXECUTOR_FAILED', retryable: true });
    expect(failure?.message).toContain('the store is down');
    await broken.dispose();
  });
});

describe('globs', () => {
  it.each([
    ['*.csv', 'a.csv', true],
    ['*.csv', 'deep/a.csv', false],
    ['*.csv', '.a.csv', false],
    ['.*', '.a', true],
    ['**', 'a/b/c', true],
    ['**', 'a/.git/c', false],
    ['**/.git/c', 'a/.git/c', true],
    ['**/a', 'a', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a?c', 'abc', true],
    ['a?c', 'a🐧c', true],
    ['a?c', 'a/c', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c', false],
    ['[a]', 'a', false],
    ['[a]', '[a]', true],
  ])('%s against %s: %s', (pattern, path, matches) => {
    expect(matchesGlob(pattern, path)).toBe(matches);
  });

  it('match themselves where they have no wildcard, and as a regular expression would where they have', () => {
    const part = fc
      .array(fc.constantFrom('a', 'b', '*', '?'), { minLength: 1, maxLength: 6 })
      .map((letters) => letters.join(''));
    const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'ba', 'aab'), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), path, (parts, names) => {
        const wanted = parts.map((text) => (text === '**' ? '*' : text).replace(/\*+/g, '*'));
        const expression = wanted.map((text) => text.replace(/\*/g, '[^/]*').replace(/\?/g, '[^/]')).join('/');
        expect(matchesGlob(wanted.join('/'), names.join('/'))).toBe(
          new RegExp(`^${expression}$`).test(names.join('/')),
        );
      }),
    );
  });

  it('take no more than a moment, whatever they are', () => {
    const pattern = `${'**/*a*a*a*a*/'.repeat(20)}b`;
    const path = `${'a'.repeat(50)}/`.repeat(40) + 'c';
    const start = performance.now();
    expect(matchesGlob(pattern, path)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
