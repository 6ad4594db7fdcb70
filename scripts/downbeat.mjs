#!/usr/bin/env node
// The command `downbeat`. In a checkout it first rebuilds dist/downbeat.js when src/ has changed; an installed package
// brings it along.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const program = join(root, 'dist', 'downbeat.js');

try {
  if (existsSync(join(root, 'src', 'main.ts'))) await rebuild();
  if (!existsSync(program)) throw new Error('dist/downbeat.js is missing from this package.');
} catch (error) {
  console.error(`downbeat cannot start: ${error.message}`);
  console.error('In a checkout, "npm ci && npm run build" makes it; an installed package has to be installed again.');
  process.exit(1);
}

await import(pathToFileURL(program).href);

async function rebuild() {
  const { buildServer } = await import('./build.mjs');
  if (await buildServer()) console.error('downbeat: built dist/downbeat.js');
}
