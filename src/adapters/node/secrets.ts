// Secrets from a file of lines `name=value`, or a folder with one file for each; and from variables DOWNBEAT_SECRET_<NAME>.
// S1 What is in the file or folder comes before a variable. S2 It is read anew each time, so that a secret can be changed without
// a restart. S3 A file that others may read is refused, and so is one that is not understood. S4 No fault quotes a value.

import { constants } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, success, type Failed, type Result } from '../../core/result.ts';
import { type KnownSecret, type SecretFault, type Secrets } from '../../ports/secrets.ts';

/** Where secrets are looked for. */
export interface SecretsPlace {
  /** A file or a folder; absent: variables only. */
  readonly path: string | undefined;
  /** Values by the part of the variable's name behind `DOWNBEAT_SECRET_`. */
  readonly variables: Readonly<Record<string, { reveal(): string }>>;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/u;
const LINE = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*=(.*)$/su;
const MOST_BYTES = 1024 * 1024;
const FOR_OTHERS = 0o007;

type Found = Result<string | undefined, SecretFault>;

/** Looks secrets up in that place. */
export function createSecrets({ path, variables }: SecretsPlace): Secrets {
  return {
    read: async (names) => {
      const stored = path === undefined ? success(none) : await storeAt(path);
      if (!stored.ok) return stored;
      const values = new Map<string, string>();
      for (const name of names) {
        const found = await stored.value.get(name);
        if (!found.ok) return found;
        const value = found.value ?? ofVariable(variables, name);
        if (value === undefined) return missing(name, path);
        values.set(name, value);
      }
      return success(values);
    },
    list: async () => {
      const stored = path === undefined ? success(none) : await storeAt(path);
      if (!stored.ok) return stored;
      const known = new Map<string, KnownSecret>();
      for (const name of Object.keys(variables)) known.set(name, { name, from: 'environment' });
      for (const name of stored.value.names) known.set(name, { name, from: path ?? '' });
      return success(Array.from(known.values()).sort((one, other) => (one.name < other.name ? -1 : 1)));
    },
  };
}

/** A file or folder that was opened. */
interface Store {
  readonly names: readonly string[];
  readonly get: (name: string) => Promise<Found>;
}

const none: Store = { names: [], get: async () => success(undefined) };

async function storeAt(path: string): Promise<Result<Store, SecretFault>> {
  try {
    return (await stat(path)).isDirectory() ? success(await folderAt(path)) : await fileAt(path);
  } catch (error) {
    return unreadable(path, reasonOf(error));
  }
}

/** Names that no secret can have are other things: Kubernetes keeps folders such as `..data` beside the secrets. */
async function folderAt(path: string): Promise<Store> {
  const names = (await readdir(path)).filter((name) => NAME.test(name));
  return {
    names,
    get: async (name) => {
      if (!names.includes(name)) return success(undefined);
      const text = await textOf(join(path, name));
      // Most tools end a file with a line break that is not part of what it holds.
      return text.ok ? success(text.value.replace(/\r?\n$/u, '')) : text;
    },
  };
}

async function fileAt(path: string): Promise<Result<Store, SecretFault>> {
  const text = await textOf(path);
  if (!text.ok) return text;
  const values = new Map<string, string>();
  for (const [index, line] of text.value.split('\n').entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const [, name, value] = LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      return unreadable(path, `line ${String(index + 1)} is not name=value, nor a comment that begins with #`);
    }
    if (values.has(name)) return unreadable(path, `line ${String(index + 1)} gives "${name}" a second time`);
    values.set(name, value.trim());
  }
  return success({ names: [...values.keys()], get: async (name) => success(values.get(name)) });
}

async function textOf(path: string): Promise<Result<string, SecretFault>> {
  let file: FileHandle | undefined;
  try {
    // A pipe would otherwise be waited for.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { mode, size } = await file.stat();
    if ((mode & FOR_OTHERS) !== 0) return openToOthers(path, mode);
    if (size > MOST_BYTES) return unreadable(path, `it is larger than ${String(MOST_BYTES)} bytes`);
    return success(new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile()));
  } catch (error) {
    return unreadable(path, error instanceof TypeError ? 'it is not text in UTF-8' : reasonOf(error));
  } finally {
    await file?.close();
  }
}

/** An empty variable counts as absent, as it does for every setting. */
function ofVariable(variables: SecretsPlace['variables'], name: string): string | undefined {
  const key = name.toUpperCase();
  const value = Object.hasOwn(variables, key) ? variables[key]?.reveal() : undefined;
  return value === '' ? undefined : value;
}

function missing(name: string, path: string | undefined): Failed<SecretFault> {
  const variable = `DOWNBEAT_SECRET_${name.toUpperCase()}`;
  const elsewhere =
    path === undefined ? 'DOWNBEAT_SECRETS_FILE names no file either' : `${path} does not have it either`;
  return failed({
    code: 'SECRET_MISSING',
    why: `there is no secret "${name}": the environment of the server has no ${variable}, and ${elsewhere}.`,
    hint:
      path === undefined
        ? `Start the server with ${variable}, or with DOWNBEAT_SECRETS_FILE and a line ${name}=… in that file.`
        : `Add it to ${path}, which is read at every attempt, and restart the run.`,
  });
}

function openToOthers(path: string, mode: number): Failed<SecretFault> {
  const shown = (mode & 0o777).toString(8).padStart(3, '0');
  return failed({
    code: 'SECRETS_UNREADABLE',
    why: `${path} is refused, since it is open to every user of the machine (its mode is ${shown}).`,
    hint: `Close it with: chmod o= ${path} (in Kubernetes: defaultMode: 0440 beside the volume's secretName).`,
  });
}

function unreadable(path: string, reason: string): Failed<SecretFault> {
  return failed({
    code: 'SECRETS_UNREADABLE',
    why: `${path} cannot be read: ${reason}.`,
    hint: 'Correct it, or name another file or folder with DOWNBEAT_SECRETS_FILE.',
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
