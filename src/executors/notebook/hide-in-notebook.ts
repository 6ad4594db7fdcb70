// Hides the secrets of an attempt in the notebook that it executed, before it is kept: a cell may have printed them.
// H1 What was JSON stays JSON: texts, keys and bare values are hidden one by one, each line of a text by itself.
// H2 It is read and written a line at a time, as notebooks are laid out; without secrets nothing is read.

import { randomUUID } from 'node:crypto';
import { constants, createWriteStream } from 'node:fs';
import { open, realpath, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { systemCodeOf } from '../process/failures.ts';
import { type Mask } from '../process/mask.ts';
import { type Place } from '../process/place.ts';

/** Rewrites the notebook at `path` where there is anything to hide. What is no plain file of the place is left to whoever keeps it. */
export async function hideInNotebook(path: string, place: Place, mask: Mask): Promise<void> {
  if (mask.reach() === 0) return;
  try {
    const folder = await realpath(dirname(path));
    const work = await realpath(place.work);
    if (folder !== work && !folder.startsWith(`${work}/`)) return;
    await rewrite(join(folder, basename(path)), join(place.root, `hidden-${randomUUID()}`), mask);
  } catch (error) {
    // A link, a folder or nothing in its place: keeping it is refused in words.
    if (!['ELOOP', 'ENOENT', 'ENOTDIR', 'EISDIR'].includes(systemCodeOf(error) ?? '')) throw error;
  }
}

async function rewrite(path: string, copy: string, mask: Mask): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const lines = createInterface({ input: handle.createReadStream({ autoClose: false }), crlfDelay: Infinity });
    await pipeline(Readable.from(hiddenLines(lines, mask)), createWriteStream(copy, { flags: 'wx', mode: 0o600 }));
  } finally {
    await handle.close();
  }
  await rename(copy, path);
}

async function* hiddenLines(lines: AsyncIterable<string>, mask: Mask): AsyncIterable<string> {
  for await (const line of lines) yield `${hiddenLine(line, mask)}\n`;
}

/** One line of JSON as it is laid out with a member or an item to each line. */
export function hiddenLine(line: string, mask: Pick<Mask, 'hide'>): string {
  const body = line.trim();
  const indent = line.slice(0, line.length - line.trimStart().length);
  const comma = body.endsWith(',') ? ',' : '';
  const whole = body.slice(0, body.length - comma.length);
  const end = endOfText(whole);
  const isMember = end > 0 && whole.startsWith(': ', end);
  const key = isMember ? `${hiddenText(whole.slice(0, end), mask)}: ` : '';
  const value = isMember ? whole.slice(end + 2) : whole;
  return `${indent}${key}${hiddenValue(value, mask)}${comma}`;
}

/** Where the text ends that the line begins with; 0 if it begins with none. */
function endOfText(line: string): number {
  if (!line.startsWith('"')) return 0;
  for (let at = line.indexOf('"', 1); at > 0; at = line.indexOf('"', at + 1)) {
    let before = at;
    while (line[before - 1] === '\\') before -= 1;
    if ((at - before) % 2 === 0) return at + 1;
  }
  return 0;
}

function hiddenValue(value: string, mask: Pick<Mask, 'hide'>): string {
  if (value.length > 1 && endOfText(value) === value.length) return hiddenText(value, mask);
  const hidden = mask.hide(value);
  return hidden === value ? value : JSON.stringify(hidden);
}

function hiddenText(literal: string, mask: Pick<Mask, 'hide'>): string {
  const text = String(JSON.parse(literal));
  const hidden = text
    .split('\n')
    .map((line) => mask.hide(line))
    .join('\n');
  return hidden === text ? literal : JSON.stringify(hidden);
}
