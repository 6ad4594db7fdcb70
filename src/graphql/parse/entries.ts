// JSON objects of a caller as entries: user-given names become values here and never keys again.

import { type Entry, type Json } from '../../core/json.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type Result, failed, success } from '../../core/result.ts';

const LONGEST_NAME = 256;

/** Reads an object as entries; what is missing has none. `path` leads to it in the caller's input. */
export function parseEntries(
  path: readonly string[],
  value: Json | null | undefined,
): Result<readonly Entry[], readonly Refusal[]> {
  if (value === null || value === undefined) return success([]);
  if (typeof value !== 'object' || Array.isArray(value)) {
    return failed([refusal(path, `${path.at(-1) ?? 'The value'} must be a JSON object of names and values.`)]);
  }
  const entries = Object.entries(value as Readonly<Record<string, Json>>).map(([name, member]) => ({
    name,
    value: member,
  }));
  const refusals = entries.flatMap(({ name }) => nameRefusals(path, name));
  return refusals.length > 0 ? failed(refusals) : success(entries);
}

/** Reads an object whose values are texts. */
export function parseLabels(
  path: readonly string[],
  value: Json | null | undefined,
): Result<readonly Entry<string>[], readonly Refusal[]> {
  const entries = parseEntries(path, value);
  if (!entries.ok) return entries;
  const labels: Entry<string>[] = [];
  const refusals: Refusal[] = [];
  for (const entry of entries.value) {
    if (typeof entry.value === 'string') labels.push({ name: entry.name, value: entry.value });
    else refusals.push(refusal([...path, entry.name], `The label "${entry.name}" must be a text.`));
  }
  return refusals.length > 0 ? failed(refusals) : success(labels);
}

function nameRefusals(path: readonly string[], name: string): readonly Refusal[] {
  const bad = /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(
    name,
  )?.[0];
  if (bad !== undefined) {
    const code = bad.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return [refusal(path, `A name in ${path.join('.')} has a character that is not allowed (U+${code}).`)];
  }
  if (name !== '' && name.length <= LONGEST_NAME) return [];
  return [
    refusal(
      path,
      `A name in ${path.join('.')} must have 1 to ${String(LONGEST_NAME)} characters, and has ${String(name.length)}.`,
    ),
  ];
}

function refusal(path: readonly string[], message: string): Refusal {
  return { code: 'BAD_INPUT', message, path };
}
