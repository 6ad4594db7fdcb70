// Settings: flag over environment over `downbeat.config.yaml`, checked, frozen, each with where it came from.
// The only reader of process.env. An empty text counts as absent; `NAME_FILE` names a file that holds the value of NAME.
// Secrets never print: neither in a message nor in a table nor by accident in a log.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { parseDuration } from './core/definition/reading/duration.ts';
import { nearest } from './core/expression/nearest.ts';
import { type Hook, readHooks } from './core/hook.ts';
import { type Result, failed, success } from './core/result.ts';

/** The file that is looked for in the folder where Downbeat starts. */
export const CONFIG_FILE = 'downbeat.config.yaml';

/** A value that must not be seen: it prints as dots wherever it ends up, unless someone asks for it by `reveal`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. */
  reveal(): string {
    return this.#value;
  }

  /** Dots. */
  toString(): string {
    return '•••';
  }

  /** Dots. */
  toJSON(): string {
    return this.toString();
  }

  /** Dots. */
  [inspect.custom](): string {
    return this.toString();
  }
}

/** How the server is reached, and who it is. */
export interface ServerConfig {
  /** 0 lets the system choose one. */
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly nodeId?: string | undefined;
  /** Absolute; absent: `tokens.json` in the data folder, asked for only where others than this machine can call. */
  readonly tokensFile?: string | undefined;
  /** Absolute: a file or a folder; absent: secrets are variables only. */
  readonly secretsFile?: string | undefined;
  readonly allowedHosts: readonly string[];
  readonly introspection: boolean;
  /** How long the log and what steps printed are kept, in milliseconds. What happened to runs is kept for ever. */
  readonly retention: number;
  /** Signed webhooks. */
  readonly hooks: readonly Hook[];
}

/** Where things are kept. */
export interface StoreConfig {
  /** Absent: the embedded MongoDB. */
  readonly mongodbUri?: Secret | undefined;
  /** Absent: an in-process bus. */
  readonly redisUrl?: Secret | undefined;
  /** The mongod to start, if the user names one. */
  readonly mongod?: string | undefined;
  /** Whether fetching anything from the network is forbidden. */
  readonly offline: boolean;
}

/** How the command line reaches a server. */
export interface ClientConfig {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token?: Secret | undefined;
}

/** What the process was given by its surroundings and that is no setting of ours. */
export interface Surroundings {
  /** What programs get from the server's own environment: PATH, HOME, LANG and TZ, as far as they are set. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How Python packages are fetched: what pip, uv and the network are told by the server's environment. */
  readonly packaging: Readonly<Record<string, string>>;
  /** What the variables DOWNBEAT_SECRET_<NAME> hold, by that name. */
  readonly secrets: Readonly<Record<string, Secret>>;
  /** Where programs that were fetched are kept for this user. */
  readonly cacheDir: string;
  /** Whether NO_COLOR asks for text without colours. */
  readonly noColour: boolean;
  /** Whether the terminal can only write line after line (TERM is `dumb`). */
  readonly dumbTerminal: boolean;
  /** For tests of crashes only: the place, and the pass, at which the server kills itself. */
  readonly crashAt?: { readonly site: string; readonly pass: number };
  /** For tests only: milliseconds from one checkpoint to the next. */
  readonly checkpointEvery?: number;
}

/** One setting as `doctor` shows it. */
export interface SettingRow {
  readonly name: string;
  /** The value as a person may see it. */
  readonly shown: string;
  /** Where it came from: `flag --port`, `environment`, `file of PORT_FILE`, `downbeat.config.yaml`, `default`. */
  readonly source: string;
}

/** All settings, checked and frozen. */
export interface Config {
  readonly server: ServerConfig;
  readonly store: StoreConfig;
  readonly client: ClientConfig;
  readonly surroundings: Surroundings;
  readonly settings: readonly SettingRow[];
}

/** The settings by the name that they have in the config file and as flags. */
export type SettingKey = keyof typeof SETTINGS;

/** What the command line gave, by setting. */
export type SettingFlags = Readonly<Partial<Record<SettingKey, string | undefined>>>;

/** Where settings are read from; `processPlace()` for a real process. */
export interface ConfigPlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
}

const HANDED_ON = ['PATH', 'HOME', 'LANG', 'TZ'];
const YES = ['true', 'yes', 'on', '1'];
const NO = ['false', 'no', 'off', '0'];

const Port = z
  .union(
    [
      z.int(),
      z
        .string()
        .trim()
        .regex(/^\d{1,5}$/u)
        .transform(Number),
    ],
    { error: 'a whole number from 0 to 65535' },
  )
  .refine((port) => port >= 0 && port <= 65_535, { error: 'a whole number from 0 to 65535' });
const Switch = z.union(
  [
    z.boolean(),
    z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.enum([...YES, ...NO]))
      .transform((text) => YES.includes(text)),
  ],
  {
    error: 'on or off (also true, false, yes, no, 1, 0)',
  },
);
const Text = z.string({ error: 'a text' });
const Path = z.string({ error: 'the path of a file or folder' });
const HostName = z
  .string({ error: 'a host name or address' })
  .regex(/^[\w.:-]+$/u, { error: 'a host name or address such as 127.0.0.1, without a port' });
const HostList = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(','))], {
    error: 'host names with commas between them',
  })
  .transform((hosts) => hosts.map((host) => host.trim().toLowerCase()).filter((host) => host !== ''));
const NodeId = z
  .string({ error: 'a short name' })
  .regex(/^[\w.-]{1,64}$/u, { error: 'up to 64 letters, digits, dots, dashes and underscores' });
const MongoUri = z
  .string({ error: 'a mongodb:// address' })
  .regex(/^mongodb(?:\+srv)?:\/\/\S+$/u, { error: 'an address that begins with mongodb:// or mongodb+srv://' });
const RedisUrl = z
  .string({ error: 'a redis:// address' })
  .regex(/^rediss?:\/\/\S+$/u, { error: 'an address that begins with redis:// or rediss://' });
const ServerUrl = z
  .string({ error: 'an http:// address' })
  .refine(isServerUrl, { error: 'an address such as http://127.0.0.1:4000, without a user or a password in it' })
  .transform((url) => url.replace(/\/+$/u, '').replace(/\/graphql$/u, ''));

const DAY = 86_400_000;
/** Idempotency keys are promised for seven days, and they are kept with the log. */
const SHORTEST_RETENTION = 7 * DAY;
const Retention = z
  .string({ error: 'a length of time such as 30d' })
  .transform((text) => (/[a-z]/iu.test(text) ? parseDuration(text) : undefined))
  .refine((length) => length !== undefined, { error: 'a length of time such as 30d' })
  .refine((length) => length >= SHORTEST_RETENTION, {
    error: 'at least 7d, since idempotency keys hold for seven days',
  });

/** In the config file a map; in a variable the same as YAML or JSON. */
const Hooks = z.unknown().transform((value, context): readonly Hook[] => {
  const read = readHooks(typeof value === 'string' ? yamlOf(value) : value);
  if (read.ok) return read.value;
  context.addIssue({ code: 'custom', message: `such that this holds: ${read.failure.join('; ')}` });
  return z.NEVER;
});

const ServerSettings = z.object({
  port: Port.default(4000),
  host: HostName.default('127.0.0.1'),
  dataDir: Path.default('.downbeat'),
  nodeId: NodeId.optional(),
  tokensFile: Path.optional(),
  secretsFile: Path.optional(),
  allowedHosts: HostList.default([]),
  introspection: Switch.default(true),
  retention: Retention.default(30 * DAY),
  hooks: Hooks.default([]),
});
const StoreSettings = z.object({
  mongodbUri: MongoUri.optional(),
  redisUrl: RedisUrl.optional(),
  mongod: Path.optional(),
  offline: Switch.default(false),
});
const ClientSettings = z.object({ url: ServerUrl.optional(), token: Text.optional() });

/** Each setting's name in the environment, its flag, and what stands for it in a table while it is absent. */
const SETTINGS = {
  port: { name: 'PORT', flag: '--port' },
  host: { name: 'DOWNBEAT_HOST', flag: '--host' },
  mongodbUri: { name: 'MONGODB_URI', flag: '--mongo', absent: '(embedded MongoDB)' },
  redisUrl: { name: 'REDIS_URL', flag: '--redis', absent: '(in-process bus)' },
  dataDir: { name: 'DOWNBEAT_DATA_DIR', flag: '--data-dir' },
  nodeId: { name: 'DOWNBEAT_NODE_ID', flag: '--node-id', absent: '(made at start)' },
  mongod: { name: 'DOWNBEAT_MONGOD', flag: '--mongod', absent: '(looked for)' },
  offline: { name: 'DOWNBEAT_OFFLINE', flag: '--offline' },
  tokensFile: { name: 'DOWNBEAT_TOKENS_FILE', flag: '--tokens-file', absent: '(tokens.json in the data folder)' },
  secretsFile: { name: 'DOWNBEAT_SECRETS_FILE', flag: '--secrets-file', absent: '(none)' },
  allowedHosts: { name: 'DOWNBEAT_ALLOWED_HOSTS', flag: '--allowed-hosts' },
  introspection: { name: 'DOWNBEAT_INTROSPECTION', flag: '--introspection' },
  retention: { name: 'DOWNBEAT_RETENTION', flag: '--retention' },
  hooks: { name: 'DOWNBEAT_HOOKS', flag: '--hooks', absent: '(none)' },
  url: { name: 'DOWNBEAT_URL', flag: '--url' },
  token: { name: 'DOWNBEAT_TOKEN', flag: '--token', absent: '(none)' },
} as const satisfies Readonly<
  Record<string, { readonly name: string; readonly flag: string; readonly absent?: string }>
>;

const KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

interface Given {
  readonly value: unknown;
  readonly source: string;
}

type AllGiven = ReadonlyMap<SettingKey, Given>;

/** Where the settings of this process come from. */
export function processPlace(): ConfigPlace {
  return { environment: process.env, folder: process.cwd() };
}

/** Reads and checks all settings, or says everything that is wrong with them, one sentence each. */
export function readConfig(
  flags: SettingFlags = {},
  place: ConfigPlace = processPlace(),
): Result<Config, readonly string[]> {
  const problems: string[] = [];
  const file = readConfigFile(place.folder, problems);
  const given = new Map<SettingKey, Given>();
  for (const key of KEYS) {
    const found = fromFlag(key, flags) ?? fromEnvironment(key, place, problems) ?? file.get(key);
    if (found !== undefined) given.set(key, found);
  }
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
      settings: KEYS.map((key) => rowOf(key, given, { ...absolute, ...store, ...client, url })),
    }),
  );
}

function withAbsolutePaths(server: z.infer<typeof ServerSettings>, folder: string): ServerConfig {
  const dataDir = resolve(folder, server.dataDir);
  const { tokensFile, secretsFile } = server;
  return {
    ...server,
    dataDir,
    ...(tokensFile === undefined ? {} : { tokensFile: resolve(folder, tokensFile) }),
    ...(secretsFile === undefined ? {} : { secretsFile: resolve(folder, secretsFile) }),
  };
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

function yamlOf(text: string): unknown {
  try {
    return parseYaml(text) as unknown;
  } catch {
    return undefined;
  }
}

function suggestKey(key: string): string {
  const meant = KEYS.find((known) => SETTINGS[known].name === key) ?? nearest(key, KEYS);
  return meant === undefined ? `there are ${KEYS.join(', ')}.` : `did you mean "${meant}"?`;
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

const ADDRESSES: ReadonlySet<SettingKey> = new Set(['mongodbUri', 'redisUrl', 'url']);

/** The value as a person may see it: of an address only where it leads, of a token nothing. */
function shownValue(key: SettingKey, value: unknown): string {
  const hidden = hiddenValue(key, value);
  if (hidden !== undefined) return hidden;
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.join(', ');
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number')
    return key === 'retention' ? `${(value / DAY).toFixed(2).replace(/\.?0+$/u, '')}d` : String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (ADDRESSES.has(key)) return withoutCredentials(text);
  return typeof value === 'string' && text === '' ? '""' : text;
}

/** What stands for a value of which not everything may be seen: of hooks their ids alone. */
function hiddenValue(key: SettingKey, value: unknown): string | undefined {
  if (key === 'token') return '•••';
  if (key !== 'hooks') return undefined;
  return Array.isArray(value) ? (value as readonly Hook[]).map(({ id }) => id).join(', ') || '(none)' : 'given';
}

/** Everything up to the last @ may belong to a password, and what follows a ? may hold one. */
function withoutCredentials(address: string): string {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//iu.exec(address)?.[0];
  if (scheme === undefined) return '(hidden, since it is not an address)';
  const rest = address.slice(scheme.length);
  const place = rest.slice(rest.lastIndexOf('@') + 1).replace(/[?#].*$/u, '');
  return `${scheme}${rest.includes('@') ? '•••@' : ''}${place}`;
}

const OF_PACKAGING = /^(?:PIP_|UV_)|^(?:https?|all|no)_proxy$|^(?:SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE)$/iu;

function packagingOf(environment: ConfigPlace['environment']): Readonly<Record<string, string>> {
  const given = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && OF_PACKAGING.test(entry[0]),
  );
  return Object.fromEntries(given);
}

function surroundingsOf(environment: ConfigPlace['environment']): Surroundings {
  const set = (name: string): string | undefined => (environment[name] === '' ? undefined : environment[name]);
  const cache = set('XDG_CACHE_HOME') ?? join(set('HOME') ?? '.', '.cache');
  return {
    environment: Object.fromEntries(HANDED_ON.map((name) => [name, environment[name]])),
    packaging: packagingOf(environment),
    secrets: secretsOf(environment),
    cacheDir: join(cache, 'downbeat'),
    noColour: set('NO_COLOR') !== undefined,
    dumbTerminal: environment['TERM'] === 'dumb',
    ...crashAtOf(set('DOWNBEAT_CRASH_AT')),
    ...checkpointEveryOf(set('DOWNBEAT_TEST_CHECKPOINT_MS')),
  };
}

function secretsOf(environment: ConfigPlace['environment']): Readonly<Record<string, Secret>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([variable, value]): readonly (readonly [string, Secret])[] => {
      const name = /^DOWNBEAT_SECRET_([A-Z_][A-Z0-9_]*)$/u.exec(variable)?.[1];
      return name === undefined || value === undefined || value === '' ? [] : [[name, new Secret(value)]];
    }),
  );
}

function crashAtOf(text: string | undefined): Pick<Surroundings, 'crashAt'> {
  const [, site, pass] = /^([a-z-]+(?:@.+)?):([1-9][0-9]*)$/.exec(text ?? '') ?? [];
  return site === undefined ? {} : { crashAt: { site, pass: Number(pass) } };
}

function checkpointEveryOf(text: string | undefined): Pick<Surroundings, 'checkpointEvery'> {
  return /^[1-9][0-9]{0,8}$/.test(text ?? '') ? { checkpointEvery: Number(text) } : {};
}

function ownUrl(host: string, port: number): string {
  const reached = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${String(port)}`;
}

function isServerUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '';
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key);
}

function secret(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `${(text.split('\n')[0] ?? text).replace(/[.:]$/u, '')}.`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof Secret) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}
