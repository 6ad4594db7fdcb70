// Pools: applied, deleted, and looked at with who holds and who waits.

import { type Definition } from '../../core/definition/model.ts';
import { placed, type Problem, refusalOf } from '../../core/definition/problem.ts';
import { readPool } from '../../core/definition/pool/read-pool.ts';
import { parseSource } from '../../core/definition/source/parse-source.ts';
import { stepLists, stepsIn } from '../../core/definition/step-lists.ts';
import { POOLS, poolsEntity } from '../../core/ids.ts';
import { NO_POOLS, poolOf, type PoolsState } from '../../core/pool/pools.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type Ask } from '../ask.ts';
import { type PoolCases } from '../pool-cases.ts';
import { type EngineNode } from '../node.ts';
import { type Reader } from '../reader.ts';

/** What the use cases of pools work with. */
export interface PoolParts {
  readonly node: EngineNode;
  readonly ask: Ask;
  readonly reader: Reader;
}

/** Creates the use cases of pools. */
export function createPools(parts: PoolParts): PoolCases {
  const { node, ask } = parts;
  const read = (): Promise<PoolsState> => readLedger(parts);
  const partition = (): number => node.partitionOf(POOLS);
  return {
    applyPool: async ({ source, expectedVersion }, caller) => {
      const definition = readPool(source);
      if (!definition.ok) return { ok: false, refusals: definition.failure };
      const { id, size, description } = definition.value;
      const asked = await ask(
        partition(),
        {
          type: 'ApplyPool',
          pool: id,
          size,
          ...(description === undefined ? {} : { description }),
          ...(expectedVersion === undefined ? {} : { expectedVersion }),
        },
        caller,
        { target: id, args: { size, description: description ?? null, expectedVersion: expectedVersion ?? null } },
      );
      if (!asked.ok) return asked;
      if (asked.outcome.type !== 'PoolApplied') throw new Error(`applying came to ${asked.outcome.type}`);
      const { changed } = asked.outcome;
      const ledger = await read();
      const pool = poolOf(ledger, id);
      if (pool === undefined) return { ok: false, refusals: [deletedSince(id)] };
      return {
        ok: true,
        value: { ledger, now: node.now(), pool, changed },
        cursor: [asked.place],
        replayed: asked.replayed,
      };
    },
    deletePool: async (pool, caller) => {
      const asked = await ask(partition(), { type: 'DeletePool', pool }, caller, { target: pool, args: null });
      if (!asked.ok) return asked;
      return { ok: true, value: await read(), cursor: [asked.place], replayed: asked.replayed };
    },
    pools: async () => {
      const found = await parts.reader.entity('pools', poolsEntity(), partition());
      const cursor = found?.cursor ?? [await parts.reader.head(partition())];
      return { ledger: found?.state ?? NO_POOLS, now: node.now(), cursor };
    },
  };
}

/** What a repeat hears of an applying that was undone. */
function deletedSince(id: string): Refusal {
  return {
    code: 'NOT_FOUND',
    message: `The pool "${id}" was applied, and it has been deleted since.`,
    path: ['idempotencyKey'],
    hint: 'Apply it again, with another idempotency key or none.',
  };
}

/** The ledger as it is now. */
export async function readLedger({ node, reader }: Omit<PoolParts, 'ask'>): Promise<PoolsState> {
  return (await reader.entity('pools', poolsEntity(), node.partitionOf(POOLS)))?.state ?? NO_POOLS;
}

/** The refusals for steps that name pools which are not there, or want more of one than there is. */
export async function poolRefusals(
  parts: Omit<PoolParts, 'ask'>,
  definition: Definition,
  source: string,
): Promise<readonly Refusal[]> {
  const steps = stepLists(definition).flatMap(stepsIn);
  if (steps.every(({ step }) => step.pools === undefined)) return [];
  const ledger = await readLedger(parts);
  const root = parseSource(source).find((document) => document.root !== undefined)?.root;
  if (root === undefined) return [];
  return steps
    .flatMap(({ step, path }) =>
      (step.pools ?? []).flatMap(({ pool, weight }) => problemOf(ledger, { pool, weight }, step.id, path)),
    )
    .map((problem) => refusalOf(placed(problem, root)));
}

function problemOf(
  ledger: PoolsState,
  { pool: id, weight }: { readonly pool: string; readonly weight: number },
  step: string,
  path: readonly string[],
): readonly Problem[] {
  const pool = poolOf(ledger, id);
  if (pool === undefined) {
    const message = `The step "${step}" needs the pool "${id}", and there is no such pool.`;
    const hint = `Apply it first: a document with kind: pool, id: ${id} and a size. A name under \`tags\` is free as long as there is no such pool.`;
    return [
      { rule: 'unknown-pool', message, hint, meant: { word: id, among: ledger.pools.map((one) => one.id) }, path },
    ];
  }
  if (weight <= pool.size || pool.size === 0) return [];
  return [
    {
      rule: 'more-than-the-pool',
      message: `The step "${step}" needs ${String(weight)} permits of the pool "${id}", which has ${String(pool.size)} in all.`,
      hint: 'Ask for fewer, or apply the pool with a greater size first.',
      path,
    },
  ];
}
