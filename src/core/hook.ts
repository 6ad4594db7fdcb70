// A webhook: an address at which another service says that something has happened, and how it proves who it is.
// Read from the settings; every mistake in them is told at once, with its place and what to write instead.

import { type Result, failed, success } from './result.ts';

/** How a service signs what it sends. */
export type HookScheme =
  /** `X-Hub-Signature-256: sha256=<hex>` over the body: GitHub, Gitea, and many others. */
  | 'github'
  /** `Stripe-Signature: t=<seconds>,v1=<hex>` over time and body. */
  | 'stripe'
  /** `webhook-id`, `webhook-timestamp`, `webhook-signature: v1,<base64>`: Standard Webhooks. */
  | 'standard';

/** One hook. */
export interface Hook {
  /** What stands behind `/hooks/`. */
  readonly id: string;
  readonly scheme: HookScheme;
  /** Names of secrets: one, or the new and the old one while they are changed over. Never a value. */
  readonly secrets: readonly string[];
  /** The signal's name, or names by the type of the event; without, the event's type is the name. */
  readonly signal?: string | readonly { readonly type: string; readonly name: string }[];
  /** The signal's parameters, each by its path in the body; without, the body's members are the parameters. */
  readonly params?: readonly { readonly name: string; readonly path: readonly string[] }[];
  /** How far the sender's clock may be off, in seconds; only for schemes that sign a time. */
  readonly tolerance: number;
}

const SCHEMES: readonly string[] = ['github', 'stripe', 'standard'] satisfies readonly HookScheme[];
const KEYS = ['scheme', 'secret', 'signal', 'params', 'tolerance'];
const NO_KEY = `is no key of a hook: there are ${KEYS.join(', ')}`;
const MUST: Readonly<Partial<Record<string, string>>> = {
  scheme: `must be one of ${SCHEMES.join(', ')}`,
  secret:
    'must name a secret, such as GITHUB_HOOK, whose value is in DOWNBEAT_SECRET_GITHUB_HOOK or in the secrets file; never the value itself',
  signal: "must be a signal's name, or a map from types of events to names",
  params: 'must be a map from names to paths in the body, such as "branch: ref"',
  tolerance: 'must be a number of seconds from 1 to 86400',
};
const SECRET = /^[A-Z_][A-Z0-9_]{0,99}$/u;
const DEFAULT_TOLERANCE = 300;

/** Reads a map of hooks by their ids: `{github: {scheme: github, secret: GITHUB_HOOK, signal: code.pushed}}`. */
export function readHooks(value: unknown): Result<readonly Hook[], readonly string[]> {
  if (!isMap(value))
    return failed(['hooks must be a map of ids, such as "github: { scheme: github, secret: GITHUB_HOOK }"']);
  const read = Object.entries(value).map(([id, hook]) => readHook(id, hook));
  const problems = read.flatMap((one) => (one.ok ? [] : one.failure));
  return problems.length > 0 ? failed(problems) : success(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

function readHook(id: string, value: unknown): Result<Hook, readonly string[]> {
  const at = `hooks.${id}`;
  if (!/^[\w-]{1,64}$/u.test(id)) return failed([`${at}: an id has up to 64 letters, digits, dashes and underscores`]);
  if (!isMap(value)) return failed([`${at} must be a map with the keys ${KEYS.join(', ')}`]);
  const { scheme, secret, signal, params, tolerance = DEFAULT_TOLERANCE } = value;
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret];
  const names = typeof signal === 'string' ? signal : namesOf(signal);
  const paths = pathsOf(params);
  const wrong: Readonly<Record<string, boolean>> = {
    scheme: typeof scheme !== 'string' || !SCHEMES.includes(scheme),
    secret: secrets.length === 0 || !secrets.every(isSecretName),
    signal: (signal === undefined) !== (names === undefined),
    params: (params === undefined) !== (paths === undefined),
    tolerance: !isTolerance(tolerance),
  };
  const problems = [...Object.keys(value).filter((key) => !KEYS.includes(key)), ...KEYS.filter((key) => wrong[key])];
  if (problems.length > 0) return failed(problems.map((key) => `${at}.${key} ${MUST[key] ?? NO_KEY}`));
  const certain = { id, scheme, secrets, tolerance } as Pick<Hook, 'id' | 'scheme' | 'secrets' | 'tolerance'>;
  return success({ ...certain, ...given('signal', names), ...given('params', paths) });
}

function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<K, V>>;
}

function namesOf(value: unknown): readonly { readonly type: string; readonly name: string }[] | undefined {
  if (!isMap(value)) return undefined;
  const names = Object.entries(value).flatMap(([type, name]) =>
    typeof name === 'string' && name !== '' ? [{ type, name }] : [],
  );
  return names.length === 0 || names.length < Object.keys(value).length ? undefined : names;
}

function pathsOf(value: unknown): readonly { readonly name: string; readonly path: readonly string[] }[] | undefined {
  if (!isMap(value)) return undefined;
  const paths = Object.entries(value).flatMap(([name, path]) =>
    typeof path === 'string' && /^[^.]+(?:\.[^.]+)*$/u.test(path) ? [{ name, path: path.split('.') }] : [],
  );
  return paths.length < Object.keys(value).length ? undefined : paths;
}

function isSecretName(value: unknown): value is string {
  return typeof value === 'string' && SECRET.test(value);
}

function isTolerance(value: unknown): boolean {
  return typeof value === 'number' && value >= 1 && value <= 86_400;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
