// Runs the checks that need no services, two at a time: `check.mjs [--fast] [name…]`. Each is a script of package.json.
// One line a check; what a check has said is shown only when it fails.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const all = ['lint', 'types', 'format:check', 'layers', 'knip', 'schema', 'codegen:check', 'snippets'];
const fast = ['lint', 'types', 'layers', 'snippets', 'test:core'];

/** Runs the named checks (all of them when none is named) and answers the names of those that failed. */
export async function runChecks(names = all) {
  const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;
  const waiting = [...names];
  const failed = [];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const startedAt = performance.now();
      const { succeeded, output } = await run(scripts[name] ?? `echo "There is no check ${name}." && false`);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      if (!succeeded) failed.push(name);
      console.log(`${succeeded ? 'ok    ' : 'FAILED'} ${name.padEnd(14)} ${seconds.padStart(5)} s`);
      if (!succeeded) console.log(output.trimEnd());
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
  return failed;
}

function run(command) {
  const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`;
  const child = spawn('sh', ['-c', `${command} 2>&1`], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ succeeded: code === 0, output }));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const named = process.argv.slice(2).filter((each) => each !== '--fast');
  const failed = await runChecks(process.argv.includes('--fast') ? fast : named.length > 0 ? named : all);
  if (failed.length > 0) {
    console.log(`\nFailed: ${failed.join(', ')}`);
    process.exitCode = 1;
  }
}
