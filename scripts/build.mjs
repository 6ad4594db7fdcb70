// Builds dist/: downbeat.js out of src/main.ts, spawner.js beside it, and dist/web out of web/ when there is one.
// `--no-web` leaves the page out.
// A part whose inputs have not changed since it was built is left alone, so a second build takes no time.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

import { hasStaleModules } from './stale-modules.mjs';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const ignored = new Set(['node_modules', 'dist', 'coverage']);
const parts = {
  server: { inputs: ['src', 'package.json'], output: 'downbeat.js', make: bundleServer },
  web: { inputs: ['web', 'schema.graphql', 'src/core'], output: 'web/index.html', make: buildWeb },
};

/** Builds the server when its sources have changed; answers whether it did. */
export function buildServer() {
  return buildPart('server');
}

async function buildPart(name) {
  const { inputs, output, make } = parts[name];
  const stamp = join(dist, `.${name}-inputs`);
  const hash = hashOf(inputs);
  const isCurrent = existsSync(join(dist, output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  if (isCurrent) return false;
  mkdirSync(dist, { recursive: true });
  await make();
  writeFileSync(stamp, hash);
  return true;
}

async function bundleServer() {
  const { build } = await import('esbuild');
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'src/main.ts', spawner: 'src/executors/process/spawner.ts' },
    outdir: 'dist',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
  // graphql checks every type twice unless it is told, before it is loaded, that this is no development.
  writeFileSync(join(dist, 'downbeat.js'), "process.env.NODE_ENV ??= 'production';\nawait import('./main.js');\n");
}

function buildWeb() {
  const web = join(root, 'web');
  const npm = (...args) => execFileSync('npm', ['--prefix', web, '--silent', ...args], { cwd: root, stdio: 'inherit' });
  if (hasStaleModules(web)) npm('ci', '--no-audit', '--no-fund');
  npm('run', 'build', '--', '--outDir', join(dist, 'web'), '--emptyOutDir');
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesUnder(join(root, path)))) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  try {
    const entries = readdirSync(path, { withFileTypes: true }).filter((entry) => !ignored.has(entry.name));
    return entries.flatMap((entry) => filesUnder(join(path, entry.name))).sort();
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wanted = [
    'server',
    ...(process.argv.includes('--no-web') || !existsSync(join(root, 'web', 'package.json')) ? [] : ['web']),
  ];
  for (const name of wanted) {
    const hasBuilt = await buildPart(name);
    console.error(`${hasBuilt ? 'built' : 'up to date'}: dist/${parts[name].output}`);
  }
}
