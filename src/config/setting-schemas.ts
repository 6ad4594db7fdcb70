// What the value of each setting must be, and what it is where nothing is said.

import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { parseDuration } from '../core/definition/reading/duration.ts';
import { type Hook, readHooks } from '../core/hook.ts';
import { hostWordFault, NO_HOSTS, PUBLIC_HOSTS } from '../core/http-hosts.ts';

const DAY = 86_400_000;
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
const HttpHosts = HostList.superRefine((words, context) => {
  const faults = words.flatMap((word) => hostWordFault(word) ?? []);
  if (words.length > 1 && words.includes(NO_HOSTS)) faults.push(`\`${NO_HOSTS}\` stands alone`);
  if (words.length === 0) faults.push(`an empty list says nothing: write \`${NO_HOSTS}\` if no request may be sent`);
  for (const fault of faults) context.addIssue({ code: 'custom', message: `such that this holds: ${fault}` });
});
const Namespace = z
  .string({ error: 'the name of a namespace' })
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u, { error: 'the name of a namespace, such as jobs' });
const Images = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(','))], {
    error: 'beginnings of image names with commas between them',
  })
  .transform((images) => images.map((image) => image.trim()).filter((image) => image !== ''))
  .refine((images) => images.length > 0, { error: 'beginnings of image names, such as registry.example.org/team/' });
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

/** What the settings of a server must be, and what they are where nothing is said. */
export const ServerSettings = z.object({
  port: Port.default(4000),
  host: HostName.default('127.0.0.1'),
  dataDir: Path.default('.downbeat'),
  nodeId: NodeId.optional(),
  tokensFile: Path.optional(),
  secretsFile: Path.optional(),
  allowedHosts: HostList.default([]),
  httpHosts: HttpHosts.default([PUBLIC_HOSTS]),
  kubernetes: Path.optional(),
  kubernetesNamespace: Namespace.optional(),
  kubernetesImages: Images.optional(),
  introspection: Switch.default(true),
  retention: Retention.default(30 * DAY),
  hooks: Hooks.default([]),
});
/** What the settings of its stores must be. */
export const StoreSettings = z.object({
  mongodbUri: MongoUri.optional(),
  redisUrl: RedisUrl.optional(),
  mongod: Path.optional(),
  offline: Switch.default(false),
});
/** What the settings of the command line must be. */
export const ClientSettings = z.object({ url: ServerUrl.optional(), token: Text.optional() });

function yamlOf(text: string): unknown {
  try {
    return parseYaml(text) as unknown;
  } catch {
    return undefined;
  }
}

function isServerUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/u.test(url.protocol) && url.username === '' && url.password === '';
}
