// The tokens of those who may call, in a file: of each its name, its time, and its SHA-256 hash, never the token itself.
// T1 The file is replaced whole (rename) and is its owner's alone (0600). T2 Writers take turns, so that none undoes the change
// of another. T3 A change counts from the next call on. T4 A file that cannot be read lets nobody in.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger } from '../../ports/logger.ts';
import { TokenFileError } from './token-file-error.ts';

/** A token as it is known after its making. */
export interface KnownToken {
  /** Who acts when it is used. */
  readonly name: string;
  /** In ISO 8601. */
  readonly createdAt: string;
}

/** The tokens of one file. What cannot be done is thrown as a `TokenFileError`. */
export interface TokenFile {
  readonly path: string;
  /** Tells whose a token is; undefined if it is nobody's, also while the file cannot be read. */
  verify(token: string): Promise<{ readonly actor: string } | undefined>;
  /** All tokens, the oldest first; none if there is no file. */
  list(): Promise<readonly KnownToken[]>;
  /** Makes a token of this name and answers it, which nobody can ever again. */
  create(name: string): Promise<string>;
  /** Takes a token back. */
  remove(name: string): Promise<void>;
}

/** What a file of tokens needs to know. */
export interface TokenFileOptions {
  readonly path: string;
  readonly now: () => number;
  /** Is told when a file that was read before cannot be read any more. */
  readonly log: Pick<Logger, 'error'>;
}

interface StoredToken extends KnownToken {
  /** In hexadecimal. */
  readonly hash: string;
}

const NAME = /^[\w.@-]{1,64}$/u;
const HASH = /^[0-9a-f]{64}$/u;
const TURN_MS = 20;
const LONGEST_TURN_MS = 5_000;

/** Opens the file of tokens at a path; it need not be there yet. */
export function createTokenFile({ path, now, log }: TokenFileOptions): TokenFile {
  let known: { readonly mark: string; readonly tokens: readonly StoredToken[] } = { mark: '', tokens: [] };

  /** The tokens as they are now; the file is read only when it has changed. */
  async function current(): Promise<readonly StoredToken[]> {
    const mark = await markOf(path).catch((error: unknown) => String(error));
    if (mark === known.mark) return known.tokens;
    try {
      known = { mark, tokens: await read(path) };
    } catch (error) {
      known = { mark, tokens: [] };
      log.error('the tokens file cannot be read, so nobody is let in', error, { path });
    }
    return known.tokens;
  }

  return {
    path,
    verify: async (token) => ownerOf(token, await current()),
    list: async () => (await read(path)).map(({ name, createdAt }) => ({ name, createdAt })),
    create: async (name) => {
      if (!NAME.test(name)) throw badName(name);
      const token = `dbt_${randomBytes(32).toString('base64url')}`;
      await change(path, (tokens) => {
        if (tokens.some((other) => other.name === name)) throw nameTaken(name, path);
        return [...tokens, { name, createdAt: new Date(now()).toISOString(), hash: hashOf(token).toString('hex') }];
      });
      return token;
    },
    remove: (name) =>
      change(path, (tokens) => {
        if (!tokens.some((token) => token.name === name)) throw notFound(name, path);
        return tokens.filter((token) => token.name !== name);
      }),
  };
}

/** Looks at every token however soon one fits, so that the time taken tells nothing. */
function ownerOf(token: string, tokens: readonly StoredToken[]): { readonly actor: string } | undefined {
  const given = hashOf(token);
  let owner: { readonly actor: string } | undefined;
  for (const { name, hash } of tokens) {
    if (timingSafeEqual(given, Buffer.from(hash, 'hex'))) owner = { actor: name };
  }
  return owner;
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Tells one state of the file from another. */
async function markOf(path: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}

async function read(path: string): Promise<readonly StoredToken[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return [];
    throw unreadable(path, error instanceof Error ? error.message : String(error), error);
  }
  try {
    const content: unknown = JSON.parse(text);
    if (isTokens(content)) return content.tokens;
  } catch (error) {
    throw unreadable(path, 'it is not JSON', error);
  }
  throw unreadable(path, 'it does not hold {"tokens": [{"name", "createdAt", "hash"}, …]}');
}

function isTokens(content: unknown): content is { readonly tokens: readonly StoredToken[] } {
  const tokens: unknown = isRecord(content) ? content['tokens'] : undefined;
  return Array.isArray(tokens) && tokens.every(isStoredToken);
}

function isStoredToken(value: unknown): value is StoredToken {
  if (!isRecord(value)) return false;
  const { name, createdAt, hash } = value;
  return typeof name === 'string' && typeof createdAt === 'string' && typeof hash === 'string' && HASH.test(hash);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The next state is written beside the file under a name that only one writer can have, which makes the others wait. */
async function change(path: string, next: (tokens: readonly StoredToken[]) => readonly StoredToken[]): Promise<void> {
  const beside = `${path}.next`;
  const file = await takeTurn(beside).catch((error: unknown) => {
    throw unwritable(path, error);
  });
  try {
    const tokens = next(await read(path));
    await file.writeFile(`${JSON.stringify({ tokens }, undefined, 2)}\n`);
    await file.sync();
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error instanceof TokenFileError ? error : unwritable(path, error);
  } finally {
    await file.close();
  }
}

async function takeTurn(beside: string): Promise<FileHandle> {
  await mkdir(dirname(beside), { recursive: true, mode: 0o700 });
  for (;;) {
    try {
      return await open(beside, 'wx', 0o600);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    // A writer takes milliseconds: what has lain there for seconds was left behind by one that was killed.
    const age = await stat(beside).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > LONGEST_TURN_MS) await rm(beside, { force: true });
    else await sleep(TURN_MS);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function badName(name: string): TokenFileError {
  return new TokenFileError('BAD_TOKEN_NAME', `${JSON.stringify(name)} cannot be the name of a token.`, {
    hint: 'Use 1 to 64 letters, digits, dots, dashes, underscores or @, such as: downbeat token create --name ada',
  });
}

function nameTaken(name: string, path: string): TokenFileError {
  return new TokenFileError('TOKEN_NAME_TAKEN', `There is already a token named ${name} in ${path}.`, {
    hint: `Give this one another name with --name, or first take the other back with: downbeat token remove ${name}`,
  });
}

function notFound(name: string, path: string): TokenFileError {
  return new TokenFileError('TOKEN_NOT_FOUND', `There is no token named ${name} in ${path}.`, {
    hint: 'See which there are with: downbeat token list',
  });
}

function unreadable(path: string, why: string, cause?: unknown): TokenFileError {
  return new TokenFileError('TOKENS_FILE_UNREADABLE', `The tokens file ${path} cannot be read: ${why}.`, {
    hint: 'Correct it, or move it away and make new tokens with: downbeat token create',
    cause,
  });
}

function unwritable(path: string, cause: unknown): TokenFileError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new TokenFileError('TOKENS_FILE_UNWRITABLE', `The tokens file ${path} cannot be written: ${why}.`, {
    hint: 'Make its folder writable, or name another file with DOWNBEAT_TOKENS_FILE, the same for the server.',
    cause,
  });
}
