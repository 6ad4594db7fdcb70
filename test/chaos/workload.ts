// A mixed workload for one database: chains of shell steps in a sequential queue, each announcing itself by a signal that
// starts another run, and signals from outside that start runs as well. Every wish has a key and is repeated until answered.

import { type History, runsOf } from './check-history.ts';
import { type Ledger } from './ledger.ts';
import { type PatientClient } from './patient-client.ts';

const CHAINS = 4;
const TICKETS = 3;

/** Applies the workload's three workflows. */
export async function applyWorkload(client: PatientClient, ledger: Ledger): Promise<void> {
  const publish = JSON.stringify({ id: 'tell', needs: 'two', publish: { signal: 'chain.done', params: { rows: 7 } } });
  await client.apply(
    `id: chain\nrunStrategy: sequential\nsteps:\n  - ${ledger.step('one')}\n  - ${ledger.step('two', { needs: 'one' })}\n  - ${publish}\n`,
  );
  await client.apply(`id: heir\ntriggers:\n  - signal: chain.done\nsteps:\n  - ${ledger.step('hear')}\n`);
  await client.apply(
    `id: desk\nrunStrategy: { parallel: 2 }\ntriggers:\n  - signal: ticket.ready\n    where: { rows: ">= 100" }\nsteps:\n  - ${ledger.step('serve')}\n`,
  );
}

/** Sends everything, several wishes at a time; resolves when all of it is acknowledged. */
export async function sendWorkload(client: PatientClient): Promise<void> {
  const wishes = [
    ...Array.from({ length: CHAINS }, (_, place) => () => client.startRun('chain', `chain-${String(place)}`)),
    ...Array.from(
      { length: TICKETS },
      (_, place) => () => client.publish('ticket.ready', { rows: 100 + place }, `ticket-${String(place)}`),
    ),
    () => client.publish('ticket.ready', { rows: 1 }, 'ticket-refused'),
  ];
  await Promise.all(wishes.map((wish) => wish()));
}

/** What is wrong with the runs that the workload came to; more or fewer than wished for is. `more` were wished for beside it. */
export function checkWorkload(history: History, more: Readonly<Record<string, number>> = {}): readonly string[] {
  const runs = runsOf(history);
  const wanted = { chain: CHAINS, heir: CHAINS, desk: TICKETS };
  const wrong = Object.entries(wanted).flatMap(([workflow, count]) => {
    const got = runs.filter(({ workflowId }) => workflowId === workflow).length - (more[workflow] ?? 0);
    return got === count ? [] : [`I3 ${workflow} has ${String(got)} runs, not ${String(count)}`];
  });
  const unfinished = runs.filter(({ status }) => status !== 'SUCCEEDED');
  return [...wrong, ...unfinished.map((run) => `I2 ${run.workflowId}/${String(run.number)} is ${run.status}`)];
}
