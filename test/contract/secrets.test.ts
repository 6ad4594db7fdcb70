// Secrets in memory, in variables, in a file and in a folder: the contract, and what is refused about files.

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemorySecrets } from '../../src/adapters/memory/secrets.ts';
import { createSecrets } from '../../src/adapters/node/secrets.ts';
import { type Secrets } from '../../src/ports/secrets.ts';
import { secretsContract } from './secrets.ts';

let folder = '';
let path = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'downbeat-secrets-'));
  path = join(folder, 'secrets');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Values = Readonly<Record<string, string>>;

function variablesOf(values: Values): Readonly<Record<string, { reveal(): string }>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { reveal: () => value }]));
}

function file(text: string): Secrets {
  writeFileSync(path, text, { mode: 0o600 });
  return createSecrets({ path, variables: {} });
}

function filesIn(place: string, values: Values): void {
  mkdirSync(place);
  for (const [name, value] of Object.entries(values)) writeFileSync(join(place, name), value, { mode: 0o400 });
}

async function valueOf(secrets: Secrets, name: string): Promise<string | undefined> {
  const read = await secrets.read([name]);
  if (!read.ok) throw new Error(`${read.failure.code}: ${read.failure.why}`);
  return read.value.get(name);
}

secretsContract('in memory', async (values) => createMemorySecrets(values));
secretsContract('in variables', async (values) => createSecrets({ path: undefined, variables: variablesOf(values) }));
secretsContract('in a file', async (values) =>
  file(
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  ),
);
secretsContract('in a folder', async (values) => {
  filesIn(path, values);
  return createSecrets({ path, variables: {} });
});

describe('a variable', () => {
  it('is found in capitals, however the step writes the name', async () => {
    const secrets = createSecrets({ path: undefined, variables: variablesOf({ GITHUB_TOKEN: 'ghp_12345' }) });
    expect(await valueOf(secrets, 'github_token')).toBe('ghp_12345');
  });

  it('comes after the file, and is said to have been looked for', async () => {
    writeFileSync(path, 'a=from the file\n', { mode: 0o600 });
    const secrets = createSecrets({ path, variables: variablesOf({ A: 'variable', B: 'variable' }) });
    expect([await valueOf(secrets, 'a'), await valueOf(secrets, 'b')]).toEqual(['from the file', 'variable']);
    expect(await secrets.read(['c'])).toMatchObject({
      failure: {
        why: `there is no secret "c": the environment of the server has no DOWNBEAT_SECRET_C, and ${path} does not have it either.`,
        hint: `Add it to ${path}, which is read at every attempt, and restart the run.`,
      },
    });
  });

  it('that is not there is told with both ways to give it, if there is no file', async () => {
    expect(await createSecrets({ path: undefined, variables: {} }).read(['api_key'])).toMatchObject({
      failure: {
        why: 'there is no secret "api_key": the environment of the server has no DOWNBEAT_SECRET_API_KEY, and DOWNBEAT_SECRETS_FILE names no file either.',
        hint: 'Start the server with DOWNBEAT_SECRET_API_KEY, or with DOWNBEAT_SECRETS_FILE and a line api_key=… in that file.',
      },
    });
  });
});

describe('a file', () => {
  it('may have blank lines, comments, blanks around a value, and line breaks of Windows', async () => {
    const secrets = file('# mine\r\n\r\n  a = first value \r\nb==\r\n  # more\nc=#1');
    expect([await valueOf(secrets, 'a'), await valueOf(secrets, 'b'), await valueOf(secrets, 'c')]).toEqual([
      'first value',
      '=',
      '#1',
    ]);
  });

  it('is read anew each time', async () => {
    const secrets = file('a=before\n');
    expect(await valueOf(secrets, 'a')).toBe('before');
    writeFileSync(path, 'a=after\n');
    expect(await valueOf(secrets, 'a')).toBe('after');
  });

  it.each([
    ['hunter2', 'line 1 is not name=value, nor a comment that begins with #'],
    ['a=1234\nhunter 2=x', 'line 2 is not name=value, nor a comment that begins with #'],
    ['a=hunter2\na=hunter2', 'line 2 gives "a" a second time'],
    [`a=${'hunter2'.repeat(200_000)}`, 'it is larger than 1048576 bytes'],
  ])('that is not understood is refused without a word of what is in it', async (text, why) => {
    const read = await file(text).read(['a']);
    expect(read).toMatchObject({
      ok: false,
      failure: { code: 'SECRETS_UNREADABLE', why: `${path} cannot be read: ${why}.` },
    });
    expect(JSON.stringify(read)).not.toContain('hunter');
  });

  it('must be text', async () => {
    writeFileSync(path, Buffer.from([0x61, 0x3d, 0xff]), { mode: 0o600 });
    const read = await createSecrets({ path, variables: {} }).read(['a']);
    expect(read).toMatchObject({ failure: { why: `${path} cannot be read: it is not text in UTF-8.` } });
  });

  it('that is not there, or is a pipe, is no reason to wait or to throw', async () => {
    const secrets = createSecrets({ path, variables: variablesOf({ A: 'variable' }) });
    expect(await secrets.read(['a'])).toMatchObject({ failure: { code: 'SECRETS_UNREADABLE' } });
    expect(await secrets.list()).toMatchObject({ failure: { code: 'SECRETS_UNREADABLE' } });
    execFileSync('mkfifo', ['-m', '600', path]);
    expect(await secrets.read(['b'])).toMatchObject({ failure: { code: 'SECRET_MISSING' } });
  });

  it.each([0o604, 0o602, 0o644])('that others may use is refused, with how to close it: %o', async (mode) => {
    const secrets = file('a=hunter2');
    chmodSync(path, mode);
    expect(await secrets.read(['a'])).toEqual({
      ok: false,
      failure: {
        code: 'SECRETS_UNREADABLE',
        why: `${path} is refused, since it is open to every user of the machine (its mode is ${mode.toString(8)}).`,
        hint: `Close it with: chmod o= ${path} (in Kubernetes: defaultMode: 0440 beside the volume's secretName).`,
      },
    });
    execFileSync('chmod', ['o=', path]);
    expect(await valueOf(secrets, 'a')).toBe('hunter2');
  });
});

describe('a folder', () => {
  it('holds a secret in each file, of several lines if need be, without the last line break', async () => {
    filesIn(path, { one: 'a\nb\n', two: 'c', three: '\nd\n\n', 'not-a-name': 'x' });
    const secrets = createSecrets({ path, variables: {} });
    expect(await secrets.read(['one', 'two', 'three'])).toEqual({
      ok: true,
      value: new Map([
        ['one', 'a\nb'],
        ['two', 'c'],
        ['three', '\nd\n'],
      ]),
    });
    expect((await secrets.list()).ok).toBe(true);
    expect(await secrets.list()).toMatchObject({ value: [{ name: 'one' }, { name: 'three' }, { name: 'two' }] });
  });

  it('may be laid out as Kubernetes does, and change as it does', async () => {
    mkdirSync(path);
    filesIn(join(path, '..1'), { token: 'before' });
    filesIn(join(path, '..2'), { token: 'after' });
    symlinkSync('..1', join(path, '..data'));
    symlinkSync('..data/token', join(path, 'token'));
    const secrets = createSecrets({ path, variables: {} });
    expect(await valueOf(secrets, 'token')).toBe('before');
    symlinkSync('..2', join(path, '..next'));
    renameSync(join(path, '..next'), join(path, '..data'));
    expect(await valueOf(secrets, 'token')).toBe('after');
    expect(await secrets.list()).toEqual({ ok: true, value: [{ name: 'token', from: path }] });
  });

  it('is not left by a name, and only the file that is asked for has to be closed to others', async () => {
    filesIn(path, { one: 'first', two: 'second' });
    chmodSync(join(path, 'two'), 0o644);
    writeFileSync(join(folder, 'outside'), 'beside', { mode: 0o600 });
    const secrets = createSecrets({ path, variables: {} });
    expect(await valueOf(secrets, 'one')).toBe('first');
    expect(await secrets.read(['two'])).toMatchObject({ failure: { code: 'SECRETS_UNREADABLE' } });
    expect(await secrets.read(['../outside'])).toMatchObject({ failure: { code: 'SECRET_MISSING' } });
  });
});
