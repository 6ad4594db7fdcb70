// What was measured, beside what it should be, for people.

import { type Floor } from './floor.ts';
import { type Distribution } from './statistics.ts';
import { type WorkloadId } from './workload.ts';

/** Everything that one call measured. */
export interface Report {
  readonly at: string;
  readonly machine: string;
  /** How many processes wanted a core, averaged over a minute: much more than ours before the start means a busy machine. */
  readonly load: { readonly before: number; readonly after: number };
  readonly seconds: number;
  readonly rounds: number;
  readonly floor: { readonly before: Floor; readonly after: Floor };
  /** The cheapest query over HTTP. */
  readonly roundTrip: Distribution;
  /** A shell process that does nothing, started by bare Node: the floor under a step that is one. */
  readonly shell: Distribution;
  readonly readyMs: { readonly cold: number; readonly warm: number };
  /** Of the Node process, a second after its start; after W3 it is a result of W3. */
  readonly residentMb: { readonly idle: number };
  readonly results: readonly Result[];
}

/** One thing measured in one workload, over all rounds. */
export interface Result {
  readonly workload: WorkloadId;
  readonly what: string;
  readonly distribution: Distribution;
}

interface Line {
  readonly name: string;
  /** `floor` is the median of one durable document. */
  readonly goal?: (floor: number) => Goal;
}

interface Goal {
  readonly bound: number;
  /** Whether larger is better. */
  readonly isLeast?: boolean;
}

const atMost = (bound: number) => (): Goal => ({ bound });

/** What is worth a line for people, by workload and measurement; the rest is in the JSON. */
const lines: Readonly<Record<string, Line>> = {
  'W1 client': { name: 'W1 chain of 50 no-op steps, at the client (ms)', goal: atMost(20) },
  'W2 client': { name: 'W2 1 → 200 → 1 no-op steps, at the client (ms)', goal: atMost(60) },
  'W3 rate': { name: 'W3 500 runs of 3 no-op steps at once (steps/s)', goal: () => ({ bound: 5_000, isLeast: true }) },
  'W3 latency': { name: 'W3 … all submitted → one run ended, at the client (ms)' },
  'W3 residentMb': { name: 'W3 … memory of the Node process afterwards (MB)', goal: atMost(150) },
  'W3 serverProcessor': { name: 'W3 … processor time of the server (µs a step)' },
  'W3 mongodProcessor': { name: 'W3 … processor time of mongod (µs a step)' },
  'W3 clientProcessor': { name: 'W3 … processor time of this client (µs a step)' },
  'W4 client': {
    name: 'W4 submit → first step begun, at the client (ms)',
    goal: (floor) => ({ bound: Math.max(floor + 3, 4) }),
  },
  'W5 client': {
    name: 'W5 signal → first step begun, at the client (ms)',
    goal: (floor) => ({ bound: Math.max(2 * floor + 4, 6) }),
  },
  'W5 server': { name: 'W5 … by the server’s times (ms)' },
  'W6 client': { name: 'W6 foreach of 1,000 no-ops, at the client (ms)', goal: atMost(300) },
  'W6 server': { name: 'W6 … by the server’s times (ms)' },
  'W7 client': { name: 'W7 chain of 20 shell processes, at the client (ms a step)', goal: atMost(2) },
  'W7 server': { name: 'W7 … by the server’s times (ms a step)' },
  'W9 accepted': { name: 'W9 10,000 signals into joins, accepted (signals/s)' },
  'W9 joined': { name: 'W9 … all of them joined, none lost (signals/s)' },
};

/** The report as a Markdown table with the conditions above it. */
export function asTable(report: Report): string {
  const { floor, load, readyMs, residentMb } = report;
  const base = (floor.before.one.median + floor.after.one.median) / 2;
  const rows = [
    distributionRow('round trip of the cheapest query (ms)', report.roundTrip),
    distributionRow('floor: one durable document, before (ms)', floor.before.one),
    distributionRow('floor: one durable document, after (ms)', floor.after.one),
    distributionRow('floor: a hundred in one write, before (ms)', floor.before.hundred),
    distributionRow('floor: a hundred in one write, after (ms)', floor.after.hundred),
    distributionRow('floor: one shell process that does nothing (ms)', report.shell),
    ...report.results.flatMap(({ workload, what, distribution }) => {
      const line = lines[`${workload} ${what}`];
      return line === undefined ? [] : [distributionRow(line.name, distribution, line.goal?.(base))];
    }),
    single('start to ready, new data folder (ms)', readyMs.cold, 3_000),
    single('start to ready, used data folder (ms)', readyMs.warm, 3_000),
    single('memory of the Node process, idle (MB)', residentMb.idle, 150),
  ];
  const header = ['measured', 'n', 'min', 'median', 'p95', 'p99', 'max', 'goal', 'met'];
  return [
    `${report.at} · ${report.machine} · load ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after`,
    `${String(report.rounds)} rounds in ${report.seconds.toFixed(0)} s · the durable document has ${String(floor.before.bytes)} bytes`,
    '',
    row(header),
    row(header.map((_, place) => (place === 0 ? '---' : '---:'))),
    ...rows,
    '',
  ].join('\n');
}

function distributionRow(name: string, distribution: Distribution, goal?: Goal): string {
  const { count, min, median, p95, p99, max } = distribution;
  return row([name, String(count), ...[min, median, p95, p99, max].map(shown), ...beside(median, goal)]);
}

function single(name: string, value: number, bound: number): string {
  return row([name, '1', '', shown(value), '', '', '', ...beside(value, { bound })]);
}

function beside(value: number, goal: Goal | undefined): readonly string[] {
  if (goal === undefined) return ['', ''];
  const isLeast = goal.isLeast === true;
  const isMet = isLeast ? value >= goal.bound : value <= goal.bound;
  return [`${isLeast ? '≥' : '≤'} ${shown(goal.bound)}`, isMet ? 'yes' : 'no'];
}

function shown(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
