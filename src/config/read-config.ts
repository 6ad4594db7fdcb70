// Settings: flag over environment over `downbeat.config.yaml`, checked, frozen, each with where it came from.

import { resolve } from 'node:path';
import { type z } from 'zod';
import { type Result, failed, success } from '../core/result.ts';
import { type Config, type ServerConfig, type SettingRow } from './config.ts';
import { type ConfigPlace, processPlace } from './config-place.ts';
import { type AllGiven, gatherGiven } from './given.ts';
import { Secret } from './secret.ts';
import { ClientSettings, ServerSettings, StoreSettings } from './setting-schemas.ts';
import { SETTINGS, SETTING_KEYS, type SettingFlags, type SettingKey, isSettingKey } from './settings.ts';
import { shownValue } from './shown-value.ts';
import { surroundingsOf } from './surroundings.ts';

/** Reads and checks all settings, or says everything that is wrong with them, one sentence each. */
export function readConfig(
  flags: SettingFlags = {},
  place: ConfigPlace = processPlace(),
): Result<Config, readonly string[]> {
  const problems: string[] = [];
  const given = gatherGiven(flags, place, problems);
  const server = check(ServerSettings, given, problems);
  const store = check(StoreSettings, given, problems);
  const client = check(ClientSettings, given, problems);
  if (problems.length > 0 || server === undefined || store === undefined || client === undefined)
    return failed(problems);
  const absolute = withAbsolutePaths(server, place.folder);
  const url = client.url ?? ownUrl(server.host, server.port);
  return success(
    deepFreeze({
      server: absolute,
      store: { ...store, mongodbUri: secret(store.mongodbUri), redisUrl: secret(store.redisUrl) },
      client: { url, token: secret(client.token) },
      surroundings: surroundingsOf(place.environment),
      settings: SETTING_KEYS.map((key) => rowOf(key, given, { ...absolute, ...store, ...client, url })),
    }),
  );
}

/** In place of a path: the cluster in which this server is a pod itself. */
const IN_CLUSTER = 'in-cluster';

function withAbsolutePaths(server: z.infer<typeof ServerSettings>, folder: string): ServerConfig {
  const dataDir = resolve(folder, server.dataDir);
  const { tokensFile, secretsFile, kubernetes } = server;
  return {
    ...server,
    dataDir,
    ...(tokensFile === undefined ? {} : { tokensFile: resolve(folder, tokensFile) }),
    ...(secretsFile === undefined ? {} : { secretsFile: resolve(folder, secretsFile) }),
    ...(kubernetes === undefined || kubernetes === IN_CLUSTER ? {} : { kubernetes: resolve(folder, kubernetes) }),
  };
}

function check<T extends z.ZodObject>(schema: T, given: AllGiven, problems: string[]): z.infer<T> | undefined {
  const keys = Object.keys(schema.shape).filter(isSettingKey);
  const input = Object.fromEntries(keys.map((key) => [key, given.get(key)?.value]));
  const checked = schema.safeParse(input);
  if (checked.success) return checked.data;
  const blamed = new Set<string>();
  for (const issue of checked.error.issues) {
    const key = keys.find((candidate) => candidate === issue.path[0]);
    if (key === undefined || blamed.has(key)) continue;
    blamed.add(key);
    const { value, source } = given.get(key) ?? { value: undefined, source: 'default' };
    problems.push(`${SETTINGS[key].name} (${source}) is ${shownValue(key, value)}, but must be ${issue.message}.`);
  }
  return undefined;
}

function rowOf(key: SettingKey, given: AllGiven, values: Readonly<Partial<Record<SettingKey, unknown>>>): SettingRow {
  const setting: { readonly name: string; readonly absent?: string } = SETTINGS[key];
  const value = values[key];
  const shown = value === undefined ? (setting.absent ?? '(unset)') : shownValue(key, value);
  return { name: setting.name, shown, source: given.get(key)?.source ?? 'default' };
}

function ownUrl(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${String(port)}`;
}

function secret(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
