// What was given for each setting: by a flag, by the environment, or by `downbeat.config.yaml`, in this order.
// An empty text counts as absent; `NAME_FILE` names a file that holds the value of NAME.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { nearest } from '../core/expression/nearest.ts';
import { type ConfigPlace } from './config-place.ts';
import { SETTINGS, SETTING_KEYS, type SettingFlags, type SettingKey, isSettingKey } from './settings.ts';

/** The file that is looked for in the folder where Downbeat starts. */
const CONFIG_FILE = 'downbeat.config.yaml';

/** A value that was given for a setting, and where. */
export interface Given {
  readonly value: unknown;
  readonly source: string;
}

/** What was given, by setting; who gave nothing is absent. */
export type AllGiven = ReadonlyMap<SettingKey, Given>;

/** Everything that was given: a flag beats the environment, and that beats the file. What cannot be read is added to `problems`. */
export function gatherGiven(flags: SettingFlags, place: ConfigPlace, problems: string[]): AllGiven {
  const file = readConfigFile(place.folder, problems);
  const given = new Map<SettingKey, Given>();
  for (const key of SETTING_KEYS) {
    const found = fromFlag(key, flags) ?? fromEnvironment(key, place, problems) ?? file.get(key);
    if (found !== undefined) given.set(key, found);
  }
  return given;
}

function fromFlag(key: SettingKey, flags: SettingFlags): Given | undefined {
  const value = flags[key];
  return value === undefined || value === '' ? undefined : { value, source: `flag ${SETTINGS[key].flag}` };
}

function fromEnvironment(key: SettingKey, place: ConfigPlace, problems: string[]): Given | undefined {
  const { name } = SETTINGS[key];
  const value = place.environment[name];
  const path = place.environment[`${name}_FILE`];
  const isGiven = value !== undefined && value !== '';
  if (path === undefined || path === '') return isGiven ? { value, source: 'environment' } : undefined;
  if (isGiven) {
    problems.push(`${name} and ${name}_FILE are both set in the environment, and only one may be: unset one of them.`);
    return undefined;
  }
  try {
    const text = readFileSync(resolve(place.folder, path), 'utf8').trim();
    return text === '' ? undefined : { value: text, source: `file of ${name}_FILE` };
  } catch (error) {
    problems.push(`${name}_FILE in the environment names ${path}, which cannot be read: ${reasonOf(error)}`);
    return undefined;
  }
}

function readConfigFile(folder: string, problems: string[]): ReadonlyMap<SettingKey, Given> {
  const given = new Map<SettingKey, Given>();
  for (const [key, value] of Object.entries(configFileEntries(folder, problems))) {
    if (!isSettingKey(key)) {
      problems.push(`${CONFIG_FILE} has "${key}", which is no setting: ${suggestKey(key)}`);
    } else if (value !== null && value !== '') given.set(key, { value, source: CONFIG_FILE });
  }
  return given;
}

function configFileEntries(folder: string, problems: string[]): object {
  let text: string;
  try {
    text = readFileSync(join(folder, CONFIG_FILE), 'utf8');
  } catch (error) {
    if (!isMissing(error)) problems.push(`${CONFIG_FILE} cannot be read: ${reasonOf(error)}`);
    return {};
  }
  try {
    const content: unknown = parseYaml(text);
    if (content === null || content === undefined) return {};
    if (typeof content === 'object' && !Array.isArray(content)) return content;
    problems.push(`${CONFIG_FILE} holds no settings: write one "name: value" a line, such as "port: 4000".`);
  } catch (error) {
    problems.push(`${CONFIG_FILE} is not YAML: ${reasonOf(error)}`);
  }
  return {};
}

function suggestKey(key: string): string {
  const meant = SETTING_KEYS.find((known) => SETTINGS[known].name === key) ?? nearest(key, SETTING_KEYS);
  return meant === undefined ? `there are ${SETTING_KEYS.join(', ')}.` : `did you mean "${meant}"?`;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `${(text.split('\n')[0] ?? text).replace(/[.:]$/u, '')}.`;
}
