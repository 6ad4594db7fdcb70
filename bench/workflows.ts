// The workflows of the workloads, as the definitions that are applied.

/** A definition as `applyWorkflow` takes it. */
export interface BenchWorkflow {
  readonly id: string;
  readonly runStrategy: { readonly parallel: number };
  readonly triggers?: readonly (
    | { readonly signal: string }
    | { readonly cron: string }
    | { readonly all: readonly { readonly signal: string; readonly joinOn: string }[] }
  )[];
  readonly steps: readonly BenchStep[];
}

interface BenchStep {
  readonly id: string;
  readonly needs?: readonly string[];
  readonly noop?: Readonly<Record<string, never>>;
  readonly run?: string;
  readonly foreach?: Readonly<Record<string, string>>;
  readonly steps?: readonly BenchStep[];
}

const runStrategy = { parallel: 1_000 };

/** Steps one after the other; without a command they never leave the engine. */
export function chain(id: string, length: number, command?: string): BenchWorkflow {
  const steps = Array.from({ length }, (_, place) => ({
    id: `s${String(place)}`,
    ...(place === 0 ? {} : { needs: [`s${String(place - 1)}`] }),
    ...work(command),
  }));
  return { id, runStrategy, steps };
}

/** One step, many that need it, and one that needs them all. */
export function fan(id: string, width: number): BenchWorkflow {
  const middle = Array.from({ length: width }, (_, place) => `m${String(place)}`);
  return {
    id,
    runStrategy,
    steps: [
      { id: 'first', ...work() },
      ...middle.map((step) => ({ id: step, needs: ['first'], ...work() })),
      { id: 'last', needs: middle, ...work() },
    ],
  };
}

/** One loop of very many iterations, each of one step that never leaves the engine. */
export function loop(id: string, iterations: number): BenchWorkflow {
  const values = `Util.intsBetween(0, ${String(iterations)}, 1)`;
  return { id, runStrategy, steps: [{ id: 'each', foreach: { i: values }, steps: [{ id: 'inner', ...work() }] }] };
}

/** A workflow of one step that a signal starts. */
export function startedBy(signal: string, id: string): BenchWorkflow {
  return { ...chain(id, 1), triggers: [{ signal }] };
}

/** A workflow of one step that signals with the same `k` start together. */
export function joinedBy(signals: readonly string[], id: string): BenchWorkflow {
  return { ...chain(id, 1), triggers: [{ all: signals.map((signal) => ({ signal, joinOn: 'k' })) }] };
}

/** A workflow of one step that begins each day at a second. */
export function scheduled(id: string, at: Date): BenchWorkflow {
  const cron = `${String(at.getUTCSeconds())} ${String(at.getUTCMinutes())} ${String(at.getUTCHours())} * * *`;
  return { ...chain(id, 1), triggers: [{ cron }] };
}

function work(command?: string): Pick<BenchStep, 'noop' | 'run'> {
  return command === undefined ? { noop: {} } : { run: command };
}
