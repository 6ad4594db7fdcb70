// The file of tokens: what it keeps, what it never keeps, and who is let in while it changes.

import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTokenFile, type TokenFile } from '../../src/adapters/node/token-file.ts';

let folder = '';
let path = '';
let complaints: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-tokens-'));
  path = join(folder, 'data', 'tokens.json');
  complaints = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function open(): TokenFile {
  return createTokenFile({
    path,
    now: () => 1_000,
    log: { error: (fact, error) => complaints.push(`${fact}: ${String(error)}`) },
  });
}

describe('a token', () => {
  test('tells whose it is, as soon as it is made, and nothing else does', async () => {
    const tokens = open();
    const ada = await tokens.create('ada');
    const grace = await tokens.create('grace');

    expect(ada).toMatch(/^dbt_[\w-]{43}$/u);
    expect(await tokens.verify(ada)).toEqual({ actor: 'ada' });
    expect(await tokens.verify(grace)).toEqual({ actor: 'grace' });
    for (const wrong of ['', 'dbt_', ada.slice(0, -1), `${ada} `, ada.toUpperCase(), 'ada'])
      expect(await tokens.verify(wrong), wrong).toBeUndefined();
  });

  test('is nowhere in the file, which is its owner’s alone', async () => {
    const token = await open().create('ada');

    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain(token.slice(4));
    expect(JSON.parse(text)).toEqual({
      tokens: [
        {
          name: 'ada',
          createdAt: '1970-01-01T00:00:01.000Z',
          hash: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
        },
      ],
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'data'))).toEqual(['tokens.json']);
  });

  test('opens nothing once it is taken back', async () => {
    const tokens = open();
    const token = await tokens.create('ada');
    await tokens.remove('ada');

    expect(await tokens.verify(token)).toBeUndefined();
    expect(await tokens.list()).toEqual([]);
  });
});

describe('names', () => {
  test('are taken once', async () => {
    const tokens = open();
    const token = await tokens.create('ada');

    await expect(tokens.create('ada')).rejects.toMatchObject({
      code: 'TOKEN_NAME_TAKEN',
      message: `There is already a token named ada in ${path}.`,
      hint: expect.stringContaining('downbeat token remove ada') as string,
    });
    expect(await tokens.verify(token)).toEqual({ actor: 'ada' });
  });

  test.each(['', 'a b', 'x'.repeat(65), 'a\nb', 'é', '../ada'])('%j cannot be one', async (name) => {
    await expect(open().create(name)).rejects.toMatchObject({ code: 'BAD_TOKEN_NAME', exitCode: 2 });
  });

  test('that nobody has cannot be taken back', async () => {
    await expect(open().remove('bob')).rejects.toMatchObject({ code: 'TOKEN_NOT_FOUND' });
  });
});

describe('a change by another process', () => {
  test('counts from the next call on, in both directions', async () => {
    const server = open();
    const shell = open();
    expect(await server.verify('dbt_x')).toBeUndefined();

    const token = await shell.create('ada');
    expect(await server.verify(token)).toEqual({ actor: 'ada' });
    await shell.remove('ada');
    expect(await server.verify(token)).toBeUndefined();
    const next = await shell.create('ada');
    expect(await server.verify(next)).toEqual({ actor: 'ada' });
    rmSync(path);
    expect(await server.verify(next)).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  test('is not undone by one that comes at the same time', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `user-${String(index)}`);
    const made = await Promise.all(names.map((name) => open().create(name)));

    const tokens = open();
    expect((await tokens.list()).map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const [index, token] of made.entries()) expect(await tokens.verify(token)).toEqual({ actor: names[index] });
  });

  test('goes on behind a writer that was killed', async () => {
    await open().create('ada');
    writeFileSync(`${path}.next`, '');
    utimesSync(`${path}.next`, 0, 0);
    await open().create('grace');

    expect((await open().list()).map(({ name }) => name)).toEqual(['ada', 'grace']);
  });
});

describe('a file that cannot be read', () => {
  test.each(['{', '[]', '{"tokens": [{"name": "ada"}]}', '{"tokens": [{"name": "a", "createdAt": "b", "hash": "c"}]}'])(
    '%s lets nobody in, says so once, and is never overwritten',
    async (text) => {
      const tokens = open();
      const token = await tokens.create('ada');
      writeFileSync(path, text);

      expect(await tokens.verify(token)).toBeUndefined();
      expect(await tokens.verify(token)).toBeUndefined();
      expect(complaints).toHaveLength(1);
      await expect(tokens.list()).rejects.toMatchObject({ code: 'TOKENS_FILE_UNREADABLE' });
      await expect(tokens.create('grace')).rejects.toMatchObject({ code: 'TOKENS_FILE_UNREADABLE' });
      expect(readFileSync(path, 'utf8')).toBe(text);
      expect(readdirSync(join(folder, 'data'))).toEqual(['tokens.json']);
    },
  );

  test('is told apart from one that cannot be written', async () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be');
    chmodSync(join(folder, 'data'), 0o600);
    await expect(open().create('ada')).rejects.toMatchObject({ code: 'TOKENS_FILE_UNWRITABLE' });
  });
});
