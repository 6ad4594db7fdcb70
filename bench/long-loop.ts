// Whether a loop of a hundred thousand iterations runs in bounded memory: `npx tsx bench/long-loop.ts [--iterations 100000]`.
// Prints the server's resident memory while it goes on, and how long it took.

import { parseArgs } from 'node:util';
import { connectClient } from './client.ts';
import { applyWorkflow, look, start } from './runs.ts';
import { prepareGround } from './server.ts';
import { loop } from './workflows.ts';

const LOOK_MS = 2_000;

const { values } = parseArgs({ options: { iterations: { type: 'string', default: '100000' } } });
const iterations = Number(values.iterations);
const ground = await prepareGround();
try {
  const server = await ground.start();
  const client = connectClient(server.url, 1);
  await applyWorkflow(client, loop('long-loop', iterations));
  const idle = await server.residentMb();
  const startedAt = performance.now();
  let run = await start(client, 'long-loop');
  let most = idle;
  while (!run.isTerminal) {
    await new Promise((wake) => setTimeout(wake, LOOK_MS));
    run = await look(client, run.id);
    const now = await server.residentMb();
    most = Math.max(most, now);
    const seconds = (performance.now() - startedAt) / 1_000;
    process.stdout.write(`${seconds.toFixed(0).padStart(4)} s  ${now.toFixed(0).padStart(5)} MB  ${run.status}\n`);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(
    `${String(iterations)} iterations, ${run.status} in ${seconds.toFixed(1)} s (${(iterations / seconds).toFixed(0)} a second); ${idle.toFixed(0)} MB before, ${most.toFixed(0)} MB at most.\n`,
  );
  await client.close();
} finally {
  await ground.remove();
}
