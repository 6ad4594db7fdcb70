// `-p name=value`: read as the type that the workflow declares, or, where nothing is declared, as the value looks.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Json } from '../../core/json.ts';
import { wrongUse } from '../cli-error.ts';

/** Types of declared parameters, by name. */
export type DeclaredTypes = ReadonlyMap<string, string>;

/** Reads the options. A name that is not declared goes on as it looks: the server refuses it and knows which one was meant. */
export function readParams(
  options: readonly string[],
  folder: string,
  types?: DeclaredTypes,
): Readonly<Record<string, Json>> {
  const params = new Map<string, Json>();
  for (const option of options) {
    const { name, text } = split(option);
    if (params.has(name)) throw wrongUse(`-p ${name} is given twice.`, 'Give each parameter once.');
    const type = types?.get(name);
    params.set(
      name,
      text.startsWith('@') && !text.startsWith('@@')
        ? readJsonFile(name, text.slice(1), folder)
        : readText(name, text.replace(/^@@/u, '@'), type),
    );
  }
  return Object.fromEntries(params);
}

function split(option: string): { readonly name: string; readonly text: string } {
  const at = option.indexOf('=');
  if (at > 0) return { name: option.slice(0, at), text: option.slice(at + 1) };
  throw wrongUse(
    `-p ${option} is no parameter.`,
    'Write -p name=value, or -p name=@file.json to read the value from a file.',
  );
}

function readText(name: string, text: string, type: string | undefined): Json {
  switch (type) {
    case undefined:
      return asItLooks(text);
    case 'string':
      return text;
    case 'long':
      return longOf(name, text.trim());
    case 'double':
      return doubleOf(name, text.trim());
    case 'boolean':
      return booleanOf(name, text.trim().toLowerCase());
    default:
      return jsonOf(text, `${name} is a ${type}, which is written as JSON`);
  }
}

function longOf(name: string, text: string): Json {
  if (!/^[+-]?\d+$/u.test(text)) throw wrongType(name, 'a long, a whole number such as 42', text);
  return exactNumber(text);
}

function doubleOf(name: string, text: string): Json {
  const number = Number(text);
  if (text === '' || !Number.isFinite(number)) throw wrongType(name, 'a double, a number such as 0.5', text);
  return number;
}

function booleanOf(name: string, text: string): Json {
  if (text !== 'true' && text !== 'false') throw wrongType(name, 'a boolean, true or false', text);
  return text === 'true';
}

/** JSON numbers carry whole numbers exactly only up to 2^53; larger ones go as digits. */
function exactNumber(text: string): Json {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : text.replace(/^\+/u, '');
}

/** What parses as JSON is that; everything else is a text. */
function asItLooks(text: string): Json {
  if (/^-?(?:0|[1-9]\d*)$/u.test(text)) return exactNumber(text);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function readJsonFile(name: string, path: string, folder: string): Json {
  let text: string;
  try {
    text = readFileSync(resolve(folder, path), 'utf8');
  } catch (error) {
    throw wrongUse(
      `-p ${name}=@${path}: the file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'For a value that begins with @ write @@.',
    );
  }
  return jsonOf(text, `${path} must hold JSON for ${name}`);
}

function jsonOf(text: string, demand: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw wrongUse(
      `${demand}, and this is not: ${error instanceof Error ? error.message : String(error)}.`,
      `For example -p 'name=["a", "b"]'.`,
    );
  }
}

function wrongType(name: string, wanted: string, text: string): Error {
  return wrongUse(`${name} must be ${wanted}, and "${text}" is not.`);
}
