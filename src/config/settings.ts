// The table of settings: what each is called in the environment, in the config file and as a flag.

/** Each setting's name in the environment, its flag, and what stands for it in a table while it is absent. */
export const SETTINGS = {
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
  httpHosts: { name: 'DOWNBEAT_HTTP_HOSTS', flag: '--http-hosts' },
  kubernetes: { name: 'DOWNBEAT_KUBERNETES', flag: '--kubernetes', absent: '(none)' },
  kubernetesNamespace: {
    name: 'DOWNBEAT_KUBERNETES_NAMESPACE',
    flag: '--kubernetes-namespace',
    absent: '(that of the kubeconfig)',
  },
  kubernetesImages: { name: 'DOWNBEAT_KUBERNETES_IMAGES', flag: '--kubernetes-images', absent: '(any)' },
  introspection: { name: 'DOWNBEAT_INTROSPECTION', flag: '--introspection' },
  retention: { name: 'DOWNBEAT_RETENTION', flag: '--retention' },
  hooks: { name: 'DOWNBEAT_HOOKS', flag: '--hooks', absent: '(none)' },
  url: { name: 'DOWNBEAT_URL', flag: '--url' },
  token: { name: 'DOWNBEAT_TOKEN', flag: '--token', absent: '(none)' },
} as const satisfies Readonly<
  Record<string, { readonly name: string; readonly flag: string; readonly absent?: string }>
>;

/** The names of all settings. */
export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

/** The settings by the name that they have in the config file and as flags. */
export type SettingKey = keyof typeof SETTINGS;

/** What the command line gave, by setting. */
export type SettingFlags = Readonly<Partial<Record<SettingKey, string | undefined>>>;

/** Whether a word names a setting. */
export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key);
}
