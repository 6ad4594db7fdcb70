// Starts a real Kubernetes of one node with scripts/kubernetes. It ends with this process at the latest, also when that is
// killed. A test takes the one of the whole run: shared-kubernetes.ts.

import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A cluster of the tests. */
export interface Kubernetes {
  /** The path of a kubeconfig with the rights of deploy/kubernetes/role.yaml and no others, in the namespace `jobs`. */
  readonly kubeconfig: string;
  /** The path of a kubeconfig that may do everything. */
  readonly adminKubeconfig: string;
  /** An image with busybox, which the node has. There is no other: nothing can be pulled. */
  readonly image: string;
}

/** A cluster that runs until it is stopped. */
export interface RunningKubernetes extends Kubernetes {
  /** The folder with everything of it, also its logs. */
  readonly folder: string;
  stop(): Promise<void>;
}

const script = join(import.meta.dirname, '..', '..', 'scripts', 'kubernetes.mjs');

/** Starts a cluster, and answers when its node takes pods. */
export async function startKubernetes(): Promise<RunningKubernetes> {
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-test-kubernetes-'));
  endWithUs(folder);
  await runScript('up', folder, '--made');
  return {
    ...kubernetesIn(folder),
    folder,
    async stop() {
      await runScript('down', folder);
    },
  };
}

/** The cluster that lives in a folder. */
export function kubernetesIn(folder: string): Kubernetes {
  return {
    kubeconfig: join(folder, 'kubeconfig'),
    adminKubeconfig: join(folder, 'admin.kubeconfig'),
    image: 'localhost/busybox:1',
  };
}

function runScript(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`scripts/kubernetes ${args.join(' ')} ended with ${String(code)}:\n${said}`));
    });
  });
}

/** A small shell waits for the pipe from us to close, and then ends the cluster. */
function endWithUs(folder: string): void {
  const shell = spawn('sh', ['-c', 'cat; exec "$@"', 'sh', process.execPath, script, 'down', folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
}
