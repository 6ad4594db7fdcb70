// Measures our server and the floor of its MongoDB in one call: `npx tsx bench/run.ts [W1 W3 …] [--rounds 5] [--json]`.
// Workloads take turns round by round, so that a noisy minute hits all of them. `--profile <folder>` keeps a CPU profile.

import { mkdir } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { connectClient } from './client.ts';
import { measureFloor, measureShell } from './floor.ts';
import { asTable, type Report, type Result } from './report.ts';
import { type Ground, type MeasuredServer, prepareGround } from './server.ts';
import { distributionOf } from './statistics.ts';
import { type Place, type Sample, type WorkloadId, workloadIds } from './workload.ts';
import { workloads } from './workloads.ts';

/** No round begins after this much time. */
const BUDGET_MS = 60_000;
/** What has not ended after this much time hangs. */
const PATIENCE_MS = 180_000;
const IDLE_MS = 1_000;
const ROUND_TRIPS = 200;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});
const chosen = workloads.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
const unknown = positionals.filter((word) => !(workloadIds as readonly string[]).includes(word));
const rounds = Number(values.rounds);
if (unknown.length > 0 || !Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(
    `Use: npx tsx bench/run.ts [${workloadIds.join(' ')}] [--rounds 5] [--json] [--profile folder]\n`,
  );
  process.exit(2);
}

const ground = await prepareGround();
const leave = (code: number): void => {
  void ground.remove().finally(() => process.exit(code));
};
process.once('SIGINT', leave.bind(undefined, 130));
setTimeout(leave, PATIENCE_MS, 1).unref();
try {
  const report = await measureAll(ground);
  process.stdout.write(values.json ? `${JSON.stringify(report, undefined, 2)}\n` : asTable(report));
} finally {
  await ground.remove();
}

/** Two starts, the floor, all rounds, and the floor again. */
async function measureAll(place: Ground): Promise<Report> {
  const startedAt = performance.now();
  const loadBefore = loadavg()[0] ?? 0;
  const first = await place.start();
  await first.stop();
  const profile = values.profile === undefined ? undefined : resolve(values.profile);
  if (profile !== undefined) await mkdir(profile, { recursive: true });
  const server = await place.start(profile);
  await new Promise((wake) => setTimeout(wake, IDLE_MS));
  const idleMb = await server.residentMb();
  const measured = await measureServer(server, startedAt);
  await server.stop();
  return {
    at: new Date().toISOString(),
    machine: `${String(cpus().length)} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}`,
    load: { before: loadBefore, after: loadavg()[0] ?? 0 },
    seconds: (performance.now() - startedAt) / 1_000,
    readyMs: { cold: first.readyMs, warm: server.readyMs },
    residentMb: { idle: idleMb },
    ...measured,
  };
}

type Measured = Pick<Report, 'floor' | 'shell' | 'roundTrip' | 'rounds' | 'results'>;

async function measureServer(server: MeasuredServer, startedAt: number): Promise<Measured> {
  const place: Place = { server, client: connectClient(server.url, 1), crowd: connectClient(server.url, 16) };
  try {
    // W4 leaves behind the block that the floor is measured with, so it is prepared whatever was chosen.
    const prepared = workloads.filter((workload) => workload.id === 'W4' || chosen.includes(workload));
    for (const { prepare } of prepared) await prepare(place);
    const roundTrip = distributionOf(await roundTrips(place));
    const shell = await measureShell();
    const before = await measureFloor(server.mongoUri);
    const samples = new Map<WorkloadId, Sample[]>(chosen.map(({ id }) => [id, []]));
    let done = 0;
    while (done < rounds && (done === 0 || performance.now() - startedAt < BUDGET_MS)) {
      for (const { id, round } of chosen) samples.get(id)?.push(await round(place));
      done += 1;
    }
    const after = await measureFloor(server.mongoUri);
    return { floor: { before, after }, shell, roundTrip, rounds: done, results: resultsOf(samples) };
  } finally {
    await place.client.close();
    await place.crowd.close();
  }
}

/** What the cheapest query takes: the part of every number that is HTTP, GraphQL and this client. */
async function roundTrips({ client }: Place): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let time = 0; time < ROUND_TRIPS; time += 1) {
    const askedAt = performance.now();
    await client.ask('{ __typename }');
    taken.push(performance.now() - askedAt);
  }
  return taken.slice(ROUND_TRIPS / 10);
}

function resultsOf(samples: ReadonlyMap<WorkloadId, readonly Sample[]>): readonly Result[] {
  return [...samples].flatMap(([workload, perRound]) => {
    const names = Object.keys(perRound[0] ?? {});
    return names.map((what) => ({
      workload,
      what,
      distribution: distributionOf(perRound.flatMap((sample) => sample[what] ?? [])),
    }));
  });
}
