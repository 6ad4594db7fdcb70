// Runs the checks and the test suites, or the parts that are named, and adds up what came of them in the last line.
// One vitest for all suites, so that they share one MongoDB and one Redis. Whatever ends badly counts as failed.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runChecks } from './check.mjs';

const root = join(import.meta.dirname, '..');
const plain = ['unit', 'contract', 'engine', 'graphql', 'sim', 'e2e', 'chaos', 'web'];
const suites = [...plain, 'kubernetes']; // the last only when it is named
const built = ['e2e', 'chaos', 'web']; // these start the program itself
const wanted = process.argv.slice(2);
const unknown = wanted.filter((part) => part !== 'check' && !suites.includes(part));

if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Parts: check, ${suites.join(', ')}.`);
  process.exit(2);
}

const isWanted = (part) => (wanted.length === 0 ? part === 'check' || plain.includes(part) : wanted.includes(part));
const counts = { passed: 0, failed: 0, skipped: 0 };

// First, since building installs the page's packages, whose types the check reads.
if (['check', ...built].some(isWanted)) counts.failed += await build();
if (isWanted('check')) counts.failed += (await runChecks()).length;
if (suites.some(isWanted)) add(await runSuites(suites.filter(isWanted)));

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exitCode = counts.failed > 0 ? 1 : 0;

function add(more) {
  for (const key of Object.keys(counts)) counts[key] += more[key];
}

async function build() {
  const child = spawn(process.execPath, [join(root, 'scripts', 'build.mjs')], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  console.log(code === 0 ? 'ok     build' : `FAILED build\n${output.trimEnd()}`);
  return code === 0 ? 0 : 1;
}

async function runSuites(names) {
  const folder = mkdtempSync(join(tmpdir(), 'downbeat-test-report-'));
  const report = join(folder, 'report.json');
  try {
    const code = await vitest([
      'run',
      ...names.flatMap((name) => ['--project', name]),
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ]);
    return countsOf(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitest(args) {
  const child = spawn(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  // Vitest gets the terminal's Ctrl-C as well and ends its services; we wait for that.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

function countsOf(report, code) {
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const filesThatDoNotLoad = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((each) => each.status !== 'failed'),
  ).length;
  const failed = result.numFailedTests + filesThatDoNotLoad;
  return {
    passed: result.numPassedTests,
    // An error outside any test makes vitest fail without a failed test.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: result.numPendingTests + (result.numTodoTests ?? 0),
  };
}
