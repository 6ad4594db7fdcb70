// The API of one Kubernetes cluster: requests and streams, with the credentials of a kubeconfig or of the pod that this server runs
// in. How those are found and renewed is the client library's business, which is loaded with the first request.

import { readFile } from 'node:fs/promises';
import { type IncomingMessage, request as httpRequest } from 'node:http';
import { type RequestOptions, request as httpsRequest } from 'node:https';
import { type KubeConfig } from '@kubernetes/client-node';
import { type Milliseconds } from '../../core/time.ts';

/** Which cluster, and where in it. */
export interface ClusterPlace {
  /** `in-cluster`, or the path of a kubeconfig file, whose current context counts. */
  readonly config: string;
  /** Absent: that of the context, or of this server's own pod. */
  readonly namespace?: string | undefined;
}

/** A request to the API. */
export interface ClusterRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the namespace: `pods/train-7`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly signal?: AbortSignal;
}

/** The API said no. */
export class ClusterError extends Error {
  /** As HTTP has it: 403, 404, 409, 422. */
  readonly status: number;
  /** In Kubernetes' words: `AlreadyExists`, `Conflict`. */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = 'ClusterError';
    this.status = status;
    this.reason = reason;
  }
}

/** The API of one namespace. Whatever it throws that is no `ClusterError` means that the cluster was not reached. */
export interface Cluster {
  namespace(): Promise<string>;
  /** Sends a request and reads the answer. */
  send<T>(request: ClusterRequest): Promise<T>;
  /** The answer as it comes; it ends with the signal. */
  stream(request: ClusterRequest & { readonly signal: AbortSignal }): Promise<IncomingMessage>;
}

/** How long an answer may take to begin. */
const PATIENCE: Milliseconds = 30_000;
const OWN_NAMESPACE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';
/** A merge patch says only what is to be other than it was. */
const CONTENT = {
  POST: 'application/json',
  DELETE: 'application/json',
  PATCH: 'application/merge-patch+json',
} as const;

/** Makes the API of a cluster. Nothing is read or asked before the first request. */
export function createCluster(place: ClusterPlace): Cluster {
  let loaded: Promise<Loaded> | undefined;
  const load = (): Promise<Loaded> => {
    // A failure is not kept: the file may be there at the next attempt.
    loaded ??= loadConfig(place).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  return {
    namespace: async () => (await load()).namespace,
    send: async <T>(request: ClusterRequest) => {
      const response = await open(await load(), request);
      return JSON.parse(await textOf(response)) as T;
    },
    stream: async (request) => open(await load(), request),
  };
}

interface Loaded {
  readonly config: KubeConfig;
  readonly server: URL;
  readonly namespace: string;
}

async function loadConfig({ config: source, namespace }: ClusterPlace): Promise<Loaded> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  const config = new Config();
  if (source === 'in-cluster') config.loadFromCluster();
  else config.loadFromFile(source);
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error(`${source} has no current context that names a cluster`);
  const own = source === 'in-cluster' ? await readFile(OWN_NAMESPACE, 'utf8').catch(() => undefined) : undefined;
  const context = config.getContextObject(config.getCurrentContext())?.namespace;
  return { config, server: new URL(cluster.server), namespace: namespace ?? own?.trim() ?? context ?? 'default' };
}

async function open(loaded: Loaded, { method, path, query, body, signal }: ClusterRequest): Promise<IncomingMessage> {
  const { config, server, namespace } = loaded;
  const url = new URL(`${server.pathname.replace(/\/$/u, '')}/api/v1/namespaces/${namespace}/${path}`, server);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const content = body === undefined ? undefined : JSON.stringify(body);
  const options: RequestOptions = {
    method,
    headers: {
      accept: 'application/json, */*',
      ...(content === undefined || method === 'GET'
        ? {}
        : { 'content-type': CONTENT[method], 'content-length': String(Buffer.byteLength(content)) }),
    },
    ...(signal === undefined ? {} : { signal }),
  };
  await config.applyToHTTPSOptions(options);
  const response = await answerTo(url, options, content);
  if (response.statusCode !== undefined && response.statusCode < 300) return response;
  throw await refusal(response);
}

function answerTo(url: URL, options: RequestOptions, content: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const sent = start(url, options, (response) => {
      sent.setTimeout(0);
      resolve(response);
    });
    sent.setTimeout(PATIENCE, () => {
      sent.destroy(new Error(`it did not answer within ${String(PATIENCE / 1000)} s`));
    });
    sent.on('error', reject);
    sent.end(content);
  });
}

async function refusal(response: IncomingMessage): Promise<ClusterError> {
  const text = await textOf(response);
  const status = response.statusCode ?? 0;
  try {
    const { reason, message } = JSON.parse(text) as { readonly reason?: string; readonly message?: string };
    return new ClusterError(status, reason ?? '', message ?? text);
  } catch {
    return new ClusterError(
      status,
      '',
      text === '' ? (response.statusMessage ?? 'no word of why') : text.slice(0, 300),
    );
  }
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
