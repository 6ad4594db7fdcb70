// Random workflows of loops, calls of other workflows and `finally`, for laws that hold whatever a definition says.

import fc from 'fast-check';

import {
  type Definition,
  type FailureMode,
  type Need,
  type RunStrategy,
  type StepDefinition,
  type Work,
} from '../../../src/core/definition/model.ts';

const SECOND = 1_000;

/** One step, before it has a name and knows what stands before it. */
export interface StepPlan {
  readonly kind: 'noop' | 'sleep' | 'shell' | 'foreach' | 'while' | 'workflow';
  /** Which of the steps before it it needs, and under which condition. */
  readonly needs: readonly number[];
  readonly condition: string | undefined;
  readonly when: string | undefined;
  readonly mode: FailureMode | undefined;
  readonly tries: number;
  readonly seconds: number | undefined;
  readonly size: number;
  readonly concurrency: number | undefined;
  readonly isStrict: boolean;
  readonly called: string;
  readonly isAsync: boolean;
  readonly inner: readonly StepPlan[];
}

/** A workflow. */
export interface FlowPlan {
  readonly strategy: RunStrategy;
  readonly seconds: number | undefined;
  readonly steps: readonly StepPlan[];
  readonly final: readonly StepPlan[];
}

function plans(depth: number, called: readonly string[]): fc.Arbitrary<StepPlan> {
  const simple = ['noop', 'sleep', 'shell', 'shell'] as const;
  const nested = depth === 0 ? [] : (['foreach', 'foreach', 'while'] as const);
  const calls = called.length === 0 ? [] : (['workflow'] as const);
  return fc.record({
    kind: fc.constantFrom(...simple, ...nested, ...calls),
    needs: fc.array(fc.nat(9), { maxLength: 2 }),
    condition: fc.constantFrom(undefined, undefined, 'n > 3', 'n > 9', 'false'),
    when: fc.constantFrom(undefined, undefined, undefined, 'n > 3', 'n > 9'),
    mode: fc.constantFrom(undefined, undefined, 'fail-now' as const, 'ignore' as const),
    tries: fc.nat(1),
    seconds: fc.constantFrom(undefined, undefined, 20),
    size: fc.nat(4),
    concurrency: fc.constantFrom(undefined, 1, 2),
    isStrict: fc.boolean(),
    called: fc.constantFrom(...(called.length === 0 ? ['nobody'] : called)),
    isAsync: fc.boolean(),
    inner: depth === 0 ? fc.constant([]) : fc.array(plans(depth - 1, called), { minLength: 1, maxLength: 3 }),
  });
}

const strategies: readonly RunStrategy[] = [
  { kind: 'sequential' },
  { kind: 'strict-sequential' },
  { kind: 'first-only' },
  { kind: 'last-only' },
  { kind: 'latest-only' },
  { kind: 'parallel', limit: 2 },
];

/** A random workflow that may call the workflows of these names. */
export function flows(depth: number, called: readonly string[]): fc.Arbitrary<FlowPlan> {
  return fc.record({
    strategy: fc.constantFrom(...strategies),
    seconds: fc.constantFrom(undefined, undefined, 45),
    steps: fc.array(plans(depth, called), { minLength: 1, maxLength: 4 }),
    final: fc.array(plans(Math.min(depth, 1), called), { maxLength: 2 }),
  });
}

/** The definition of a plan. */
export function definitionOf(id: string, plan: FlowPlan): Definition {
  const final = stepsOf('f', plan.final);
  return {
    id,
    labels: [],
    runStrategy: plan.strategy,
    params: [{ name: 'n', type: 'long', value: 5 }],
    triggers: [],
    ...(plan.seconds === undefined ? {} : { timeout: plan.seconds * SECOND }),
    steps: stepsOf('s', plan.steps),
    ...(final.length === 0 ? {} : { finally: final }),
    files: [],
  };
}

function stepsOf(prefix: string, steps: readonly StepPlan[]): readonly StepDefinition[] {
  return steps.map((plan, index) => {
    const id = `${prefix}${String(index)}`;
    const before = index === 0 ? [] : [...new Set(plan.needs.map((pick) => pick % index))];
    return {
      id,
      needs: before.map((pick, place): Need => {
        const step = `${prefix}${String(pick)}`;
        return plan.condition === undefined || place > 0 ? { step } : { step, condition: plan.condition };
      }),
      ...(plan.when === undefined ? {} : { when: plan.when }),
      work: workOf(id, plan),
      env: [],
      outputs: plan.kind === 'shell' ? [{ name: 'i', type: 'long' }] : [],
      artifacts: [],
      retry: {
        user: plan.tries,
        platform: plan.tries,
        timeout: plan.tries,
        backoff: { first: SECOND, longest: 4 * SECOND },
      },
      ...(plan.seconds === undefined || plan.kind === 'noop' ? {} : { timeout: plan.seconds * SECOND }),
      ...(plan.mode === undefined ? {} : { onFailure: plan.mode }),
    };
  });
}

function workOf(id: string, plan: StepPlan): Work {
  const concurrency = plan.concurrency === undefined ? {} : { concurrency: plan.concurrency };
  switch (plan.kind) {
    case 'noop':
      return { kind: 'noop' };
    case 'sleep':
      return { kind: 'sleep', duration: (1 + plan.size * 7) * SECOND };
    case 'shell':
      return { kind: 'shell', script: 'x' };
    case 'workflow':
      return { kind: 'workflow', workflowId: plan.called, params: [], ...(plan.isAsync ? { async: true } : {}) };
    case 'foreach': {
      const values = Array.from({ length: plan.size }, (_, index) => index);
      return {
        kind: 'foreach',
        over: [{ name: `v${id}`, type: 'long', values }],
        ...concurrency,
        ...(plan.isStrict ? { strictOrdering: true } : {}),
        steps: stepsOf(`${id}_`, plan.inner),
      };
    }
    case 'while': {
      // Its first step waits for a report, so that no loop goes round for ever by itself.
      const [first, ...rest] = plan.inner;
      const inner = first === undefined ? [] : [{ ...first, kind: 'shell' as const, when: undefined }, ...rest];
      return {
        kind: 'while',
        condition: `i < ${String(plan.size)}`,
        values: [{ name: 'i', type: 'long', value: 0 }],
        steps: stepsOf(`${id}_`, inner),
      };
    }
  }
}
