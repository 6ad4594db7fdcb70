// All settings as the server and the command line are handed them: checked and frozen.

import { type Hook } from '../core/hook.ts';
import { type Secret } from './secret.ts';

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
  /** Where `http` steps may send requests: `public`, `none`, hosts, ranges of addresses. */
  readonly httpHosts: readonly string[];
  /** Where pods run: `in-cluster`, or the absolute path of a kubeconfig. Absent: nowhere. */
  readonly kubernetes?: string | undefined;
  /** Absent: that of the kubeconfig's context, or of this server's own pod. */
  readonly kubernetesNamespace?: string | undefined;
  /** How the images begin that may run in pods. Absent: any. */
  readonly kubernetesImages?: readonly string[] | undefined;
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
