// The files that a cluster of one node starts from: its certificates, kubeconfigs, settings and images, all in one folder.

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { stringify } from 'yaml';

import { run } from './kubernetes-programs.mjs';

/** The image that pods of the tests run: busybox, and nothing else. */
export const busyboxImage = 'localhost/busybox:1';
const pauseImage = 'localhost/pause:1';

/** Certificates: the file's name, whom it is for, and the addresses that it speaks for. */
const certificates = [
  ['admin', '/O=system:masters/CN=admin'],
  ['api', '/CN=kube-apiserver', 'IP:127.0.0.1,DNS:localhost'],
  ['controllers', '/CN=system:kube-controller-manager'],
  ['scheduler', '/CN=system:kube-scheduler'],
  ['node', '/O=system:nodes/CN=system:node:node', 'DNS:node,IP:127.0.0.1'],
];

/** Writes them all. `ports` are free ones of loopback, `cgroup` is a name nobody else has. */
export function writeClusterFiles({ folder, ports, cgroup, programs }) {
  for (const name of ['lib', 'log', 'cni']) mkdirSync(join(folder, name), { recursive: true });
  writeCertificates(folder);
  for (const name of ['admin', 'controllers', 'scheduler', 'node']) {
    const user = {
      'client-certificate-data': base64(folder, `${name}.crt`),
      'client-key-data': base64(folder, `${name}.key`),
    };
    writeKubeconfig({ folder, name: `${name}.kubeconfig`, port: ports.api, user });
  }
  writeFileSync(join(folder, 'hosts'), '127.0.0.1 localhost node\n');
  writeFileSync(join(folder, 'resolv.conf'), '');
  writeFileSync(join(folder, 'kubelet.yaml'), stringify(kubeletConfiguration({ folder, port: ports.kubelet, cgroup })));
  writeFileSync(join(folder, 'containerd.toml'), containerdConfiguration(folder, programs));
  writeFileSync(join(folder, 'cni', '10-pods.conflist'), JSON.stringify(podNetwork(folder)));
  writeImages(folder, join(programs.runtime, 'bin', 'busybox'));
  const settings = {
    kube: programs.kube,
    programs: programs.runtime,
    cgroup,
    api_port: ports.api,
    etcd: `http://127.0.0.1:${ports.etcd}`,
    etcd_peer: `http://127.0.0.1:${ports.etcdPeer}`,
  };
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name}='${String(value).replaceAll("'", `'\\''`)}'\n`,
  );
  writeFileSync(join(folder, 'settings'), lines.join(''));
}

/** Writes a kubeconfig for one user of the cluster. */
export function writeKubeconfig({ folder, name, port, user, namespace = 'default' }) {
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'downbeat-test',
        cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority-data': base64(folder, 'ca.crt') },
      },
    ],
    users: [{ name: 'user', user }],
    contexts: [{ name: 'downbeat-test', context: { cluster: 'downbeat-test', user: 'user', namespace } }],
    'current-context': 'downbeat-test',
  };
  writeFileSync(join(folder, name), stringify(content), { mode: 0o600 });
}

function base64(folder, name) {
  return readFileSync(join(folder, name)).toString('base64');
}

function writeCertificates(folder) {
  const openssl = (...args) => run('openssl', args, { cwd: folder });
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '30',
  ];
  openssl(...request, '-subj', '/CN=downbeat-test', '-keyout', 'ca.key', '-out', 'ca.crt');
  for (const [name, subject, addresses] of certificates) {
    const files = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-keyout', `${name}.key`, '-out', `${name}.crt`];
    const extensions = [
      'basicConstraints=CA:FALSE',
      ...(addresses === undefined ? [] : [`subjectAltName=${addresses}`]),
    ];
    openssl(...request, ...files, '-subj', subject, ...extensions.flatMap((each) => ['-addext', each]));
  }
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'accounts.key');
}

function kubeletConfiguration({ folder, port, cgroup }) {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: '127.0.0.1',
    port,
    healthzPort: 0,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: join(folder, 'ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: join(folder, 'node.crt'),
    tlsPrivateKeyFile: join(folder, 'node.key'),
    containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${cgroup}`,
    failCgroupV1: false,
    failSwapOn: false,
    makeIPTablesUtilChains: false,
    resolvConf: join(folder, 'resolv.conf'),
    // The machine's disk may be as full as it likes.
    evictionHard: {
      'memory.available': '0%',
      'nodefs.available': '0%',
      'nodefs.inodesFree': '0%',
      'imagefs.available': '0%',
    },
    imageGCHighThresholdPercent: 100,
  };
}

function containerdConfiguration(folder, programs) {
  const plugin = 'plugins."io.containerd.grpc.v1.cri"';
  return `version = 2
[${plugin}]
sandbox_image = "${pauseImage}"
# Without CAP_SYS_RESOURCE no process may be made less likely to be ended for want of memory.
restrict_oom_score_adj = true
[${plugin}.cni]
bin_dir = "${join(programs.runtime, 'usr', 'lib', 'cni')}"
conf_dir = "${join(folder, 'cni')}"
[${plugin}.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[${plugin}.containerd.runtimes.runc.options]
BinaryName = "${join(programs.runtime, 'usr', 'sbin', 'runc')}"
`;
}

/** A cable from each pod to the machine; pods do not reach each other or the world. Each cluster has addresses of its own. */
function podNetwork(folder) {
  const [first, second] = createHash('sha256').update(folder).digest();
  const subnet = `10.${192 + (first % 32)}.${second}.0/24`;
  return {
    cniVersion: '0.4.0',
    name: 'pods',
    plugins: [{ type: 'ptp', ipam: { type: 'host-local', ranges: [[{ subnet }]] } }],
  };
}

/** Both images are of one layer: busybox under the names of all its programs. */
function writeImages(folder, busybox) {
  const work = join(folder, 'images');
  const bin = join(work, 'root', 'bin');
  mkdirSync(bin, { recursive: true });
  mkdirSync(join(work, 'root', 'tmp'), { mode: 0o1777 });
  copyFileSync(busybox, join(bin, 'busybox'));
  run(busybox, [
    'sh',
    '-c',
    'for each in $("$0" --list); do [ "$each" = busybox ] || "$0" ln -s busybox "$1/$each"; done',
    busybox,
    bin,
  ]);
  run('tar', ['-C', join(work, 'root'), '--owner=0', '--group=0', '-cf', join(work, 'layer.tar'), '.']);
  const layer = createHash('sha256')
    .update(readFileSync(join(work, 'layer.tar')))
    .digest('hex');
  const describe = (name, command) => {
    const config = {
      architecture: { x64: 'amd64' }[process.arch] ?? process.arch,
      os: 'linux',
      config: { Cmd: command, Env: ['PATH=/bin'] },
      rootfs: { type: 'layers', diff_ids: [`sha256:${layer}`] },
    };
    const file = `${name.split('/')[1].split(':')[0]}.json`;
    writeFileSync(join(work, file), JSON.stringify(config));
    return { Config: file, RepoTags: [name], Layers: ['layer.tar'] };
  };
  const manifest = [describe(busyboxImage, ['sh']), describe(pauseImage, ['tail', '-f', '/dev/null'])];
  writeFileSync(join(work, 'manifest.json'), JSON.stringify(manifest));
  run('tar', [
    '-C',
    work,
    '-cf',
    join(folder, 'images.tar'),
    'manifest.json',
    'busybox.json',
    'pause.json',
    'layer.tar',
  ]);
}
