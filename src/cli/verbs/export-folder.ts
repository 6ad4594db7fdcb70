// The folder that a run is exported into: new or empty, and nothing is ever written outside of it, whatever a path says.

import { createWriteStream, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ReadableStream } from 'node:stream/web';
import { CliError, wrongUse } from '../cli-error.ts';
import { type Session } from '../session.ts';

/** Where things are written. Paths are given in parts. */
export interface ExportFolder {
  readonly path: string;
  write(parts: readonly string[], text: string): void;
  /** Fetches what the server has at that address. */
  download(parts: readonly string[], url: string): Promise<void>;
}

/** Makes the folder; one that has something in it is refused. */
export function openExportFolder(session: Session, given: string): ExportFolder {
  const path = resolve(session.io.folder, given);
  if (existsSync(path) && readdirSync(path).length > 0)
    throw wrongUse(`The folder ${given} has something in it already.`, 'Name a new folder, or an empty one.');
  mkdirSync(path, { recursive: true });
  const place = (parts: readonly string[]): string => {
    const full = join(path, ...parts.map(safePart));
    if (!full.startsWith(path + sep))
      throw new CliError('BAD_PATH', `"${parts.join('/')}" would lie outside of ${given}.`);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  return {
    path: given,
    write: (parts, text) => {
      writeFileSync(place(parts), text, { flag: 'wx' });
    },
    download: async (parts, url) => {
      const { body } = await fetched(session, url);
      await pipeline(Readable.fromWeb(body), createWriteStream(place(parts), { flags: 'wx' }));
    },
  };
}

/** A part of a path that leads nowhere else. */
function safePart(part: string): string {
  return part === '..' || part === '.' || part === '' ? '_' : part.replace(/[\\\0]/gu, '_');
}

async function fetched(session: Session, url: string): Promise<{ readonly body: ReadableStream }> {
  const { endpoint } = session.client;
  const response = await fetch(new URL(url, endpoint.url), {
    headers: endpoint.token === undefined ? {} : { authorization: `Bearer ${endpoint.token.reveal()}` },
    signal: session.signal,
  });
  if (response.ok && response.body !== null) return { body: response.body };
  throw new CliError('NOT_FOUND', `The server gave no file at ${url} (status ${String(response.status)}).`, {
    hint: 'What is older than the retention is no longer kept. Without --output, the record is exported alone.',
  });
}
