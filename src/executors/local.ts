// Does shell, Python, Node and notebook steps as processes of this machine, and sends requests. It knows the kinds; how a process is run
// is in process/, how a request is sent in http/.

import { dirname, join, resolve } from 'node:path';
import { PUBLIC_HOSTS } from '../core/http-hosts.ts';
import { type Instant } from '../core/time.ts';
import { type Blobs } from '../ports/blobs.ts';
import { type Executor, type ExecutorWork } from '../ports/executor.ts';
import { type Secrets } from '../ports/secrets.ts';
import { startedByNobody } from './by-kind.ts';
import { createAllowedHosts } from './http/allowed-hosts.ts';
import { type RequestHost, runRequest } from './http/run-request.ts';
import { nodeLaunch } from './node/node.ts';
import { notebookLaunch } from './notebook/notebook.ts';
import { type Launch } from './process/launch.ts';
import { DEFAULT_LIMITS, type AttemptLimits } from './process/limits.ts';
import { openHome, type StepUser } from './process/place.ts';
import { runAttempt, type Host } from './process/run-attempt.ts';
import { createPythonEnvironments, type PythonEnvironments } from './python/environments.ts';
import { pythonLaunch } from './python/python.ts';
import { shellLaunch } from './shell/shell.ts';

/** What a local executor is made of. */
export interface LocalExecutorOptions {
  readonly blobs: Blobs;
  /** Where the values of the secrets come from that steps name in their `env`. */
  readonly secrets: Secrets;
  /** Folders of attempts are made and removed in it. It must let `user` through, if there is one. */
  readonly workRoot: string;
  /** What steps see as `DOWNBEAT_URL`. */
  readonly serverUrl: () => string;
  /** `PATH`, `HOME`, `LANG` and `TZ` of steps are taken from here, and nothing else. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /**
   * How Python packages are fetched: settings of pip, uv and the network from the server's environment, the folder that keeps
   * environments (beside `workRoot` unless given), and whether the network is forbidden.
   */
  readonly packages?: {
    readonly folder?: string;
    readonly settings?: Readonly<Record<string, string>>;
    readonly offline?: boolean;
  };
  /** Where `http` steps may send requests, in the words of the setting. Absent: to public addresses. */
  readonly httpHosts?: readonly string[];
  /** The store's time, for lines of log. */
  now(): Instant;
  readonly limits?: Partial<AttemptLimits>;
  /** Whom steps run as, if not as the server's own user. Only a server that runs as root can choose. */
  readonly user?: StepUser;
}

/** Makes an executor that does steps on this machine. Nothing happens before the first start. */
export function createLocalExecutor(options: LocalExecutorOptions): Executor {
  let home: Promise<string> | undefined;
  const host: Host = {
    blobs: options.blobs,
    secrets: options.secrets,
    home: () => {
      // A failure is not kept: the disk may have room again at the next attempt.
      home ??= openHome(resolve(options.workRoot)).catch((error: unknown) => {
        home = undefined;
        throw error;
      });
      return home;
    },
    serverUrl: options.serverUrl,
    environment: options.environment,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    user: options.user,
    now: () => options.now(),
  };
  const { httpHosts = [PUBLIC_HOSTS] } = options;
  const requests: RequestHost = { ...host, httpHosts, fault: createAllowedHosts(httpHosts) };
  const { folder, settings = {}, offline = false } = options.packages ?? {};
  const environments = createPythonEnvironments({
    root: resolve(folder ?? join(dirname(options.workRoot), 'environments')),
    environment: options.environment,
    packaging: settings,
    offline,
  });
  return {
    kinds: ['shell', 'python', 'node', 'notebook', 'http'],
    start: (spec, listener) => {
      const { work } = spec;
      if (work.kind === 'http') return runRequest(requests, spec, work, listener);
      return work.kind === 'kubernetes'
        ? startedByNobody(spec)
        : runAttempt(host, spec, launchOf(work, environments), listener);
    },
  };
}

type ProgramWork = Exclude<ExecutorWork, { readonly kind: 'http' | 'kubernetes' }>;

function launchOf(work: ProgramWork, environments: PythonEnvironments): Launch {
  switch (work.kind) {
    case 'shell':
      return shellLaunch(work.script);
    case 'python':
      return pythonLaunch(work, environments);
    case 'node':
      return nodeLaunch(work.program);
    case 'notebook':
      return notebookLaunch(work, environments);
  }
}
