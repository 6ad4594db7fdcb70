// W9: ten thousand signals into joins, the keys in another order on either side. None may be lost: the trigger says so itself.

import { applyWorkflow } from './runs.ts';
import { type Place, type Sample, type Workload } from './workload.ts';
import { joinedBy } from './workflows.ts';

const PAIRS = 5_000;
const A_CALL = 500;
const PATIENCE_MS = 120_000;
const [ONE, OTHER] = ['bench.measured', 'bench.checked'] as const;

interface Counts {
  readonly delivered: number;
  readonly consumed: number;
  readonly pending: number;
  readonly expired: number;
  readonly rejected: number;
  readonly balanced: boolean;
}

/** From the first publication until every signal is durable (accepted) and has started a run (joined). */
export function joined(): Workload {
  const workflow = joinedBy([ONE, OTHER], 'joined');
  let sets = 0;
  const round = async (place: Place, pairs = PAIRS): Promise<Sample> => {
    const set = (sets += 1);
    const before = await countsOf(place, workflow.id);
    const keys = Array.from({ length: pairs }, (_, index) => `${String(set)}.${String(index)}`);
    const startedAt = performance.now();
    const calls = [...callsOf(ONE, keys), ...callsOf(OTHER, keys.toReversed())];
    await Promise.all(calls.map((signals) => publish(place, signals)));
    const accepted = performance.now() - startedAt;
    await joinedAll(place, workflow.id, before.consumed + 2 * pairs);
    const wall = performance.now() - startedAt;
    return { accepted: [(2 * pairs * 1_000) / accepted], joined: [(2 * pairs * 1_000) / wall] };
  };
  return {
    id: 'W9',
    prepare: async (place) => {
      await applyWorkflow(place.client, workflow);
      await round(place, A_CALL);
    },
    round: (place) => round(place),
  };
}

interface Published {
  readonly name: string;
  readonly params: { readonly k: string };
}

function callsOf(name: string, keys: readonly string[]): readonly (readonly Published[])[] {
  const calls = Math.ceil(keys.length / A_CALL);
  return Array.from({ length: calls }, (_, call) =>
    keys.slice(call * A_CALL, (call + 1) * A_CALL).map((k) => ({ name, params: { k } })),
  );
}

async function publish({ crowd }: Place, signals: readonly Published[]): Promise<void> {
  const query = `mutation ($signals: [SignalInput!]!) { publishSignals(input: { signals: $signals, awaitVerdicts: false }) { errors { message } } }`;
  interface Answer {
    readonly publishSignals: { readonly errors: readonly { readonly message: string }[] };
  }
  const { errors } = (await crowd.ask<Answer>(query, { signals })).publishSignals;
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
}

async function countsOf({ client }: Place, workflowId: string): Promise<Counts> {
  const query = `query ($id: ID!) { workflow(id: $id) { triggers { counts { delivered consumed pending expired rejected balanced } } } }`;
  interface Answer {
    readonly workflow: { readonly triggers: readonly { readonly counts: Counts }[] };
  }
  const [trigger] = (await client.ask<Answer>(query, { id: workflowId })).workflow.triggers;
  if (trigger === undefined) throw new Error(`${workflowId} has no trigger.`);
  return trigger.counts;
}

async function joinedAll(place: Place, workflowId: string, consumed: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const counts = await countsOf(place, workflowId);
    if (!counts.balanced || counts.rejected + counts.expired > 0) throw new Error(`Lost: ${JSON.stringify(counts)}`);
    if (counts.consumed === consumed && counts.pending === 0) return;
    if (performance.now() > until) throw new Error(`Not all joined in time: ${JSON.stringify(counts)}`);
  }
}
