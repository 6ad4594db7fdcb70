// Permits (I17), after every block that became durable, in the order in which blocks did, over all partitions and with what was
// on its way between them: what goes on has what it needs (running ⊆ held), what is held has an owner or is being returned, who
// waits is known or on the way to be, nothing is granted that is not free, and nobody waits for what is. The ledger, the steps
// and what each step needs are followed by hand.

import { type Definition, type StepDefinition } from '../../src/core/definition/model.ts';
import { type PermitRequest, type PermitWant } from '../../src/core/pool/pools.ts';
import { type EntityEvent } from '../../src/core/partition/entity.ts';
import { type Message } from '../../src/core/partition/message.ts';
import { type FoldedRun } from './folded.ts';
import { type History, pair, type PlacedCommit, placeText } from './history.ts';

/** A step that waits for permits, or has them. */
interface Owner {
  readonly name: string;
  readonly wants: string;
  hasThem: boolean;
}

interface Ahead {
  readonly name: string;
  readonly pools: readonly string[];
}

interface World {
  readonly runs: ReadonlyMap<string, FoldedRun>;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly sizes: Map<string, number>;
  readonly held: Map<string, PermitRequest>;
  /** In the order in which they come next. */
  readonly waiting: PermitRequest[];
  /** By step. */
  readonly owners: Map<string, Owner>;
  /** The steps whose work goes on, with what they need. */
  readonly working: Map<string, string>;
  /** By name, how many messages are on the way. */
  readonly asked: Map<string, number>;
  readonly returned: Map<string, number>;
  /** Who came first before the first grant of a commit. */
  ahead: Ahead | undefined;
}

/** Says what is wrong with permits. */
export function checkPermits(history: History, runs: readonly FoldedRun[]): readonly string[] {
  if (![...history.definitions.values()].some(mayNeedPermits)) return [];
  const world = emptyWorld(history, runs);
  const wrong: string[] = [];
  const placed = byTime(history.commits);
  for (const [place, one] of placed.entries()) {
    wrong.push(...take(world, history, one));
    const next = placed[place + 1];
    if (next?.partition === one.partition && next.n === one.n) continue;
    wrong.push(...faults(world).map((fault) => `I17: ${fault} after ${placeText(one)}`));
    // One mistake is told again after every block that follows.
    if (wrong.length > 0) return wrong;
  }
  return [
    ...[...world.held].map(([name, { wants }]) => `I17: at rest ${name} holds ${textOf(wants)}`),
    ...world.waiting.map((request) => `I17: at rest ${nameOf(request)} waits for ${textOf(request.wants)}`),
  ];
}

/** Whether a definition speaks of permits at all: most do not, and their histories are long. */
function mayNeedPermits(definition: Definition): boolean {
  return /"(pools|tags|stepConcurrency|runStepConcurrency)":/.test(JSON.stringify(definition));
}

function emptyWorld({ definitions }: History, runs: readonly FoldedRun[]): World {
  return {
    runs: new Map(runs.map((run) => [run.id, run])),
    definitions,
    sizes: new Map(),
    held: new Map(),
    waiting: [],
    owners: new Map(),
    working: new Map(),
    asked: new Map(),
    returned: new Map(),
    ahead: undefined,
  };
}

/** All commits in the order in which their blocks became durable. */
function byTime(commits: readonly PlacedCommit[]): readonly PlacedCommit[] {
  return [...commits].sort(
    (one, other) =>
      one.appliedAt - other.appliedAt || one.partition - other.partition || one.n - other.n || one.i - other.i,
  );
}

function take(world: World, history: History, placed: PlacedCommit): readonly string[] {
  const { commit, partition } = placed;
  world.ahead = undefined;
  if (commit.in !== undefined) {
    const message = history.sent.get(pair(commit.in.from, partition))?.[commit.in.sequence - 1]?.message;
    if (message !== undefined) count(world, message, -1);
  }
  for (const { message } of commit.out) count(world, message, 1);
  return commit.events.flatMap(({ entity, event }) =>
    [...takeLedger(world, event), ...takeStep(world, entity, event)].map(
      (fault) => `I17: ${fault} in ${placeText(placed)}`,
    ),
  );
}

function count({ asked, returned }: World, message: Message, change: number): void {
  const add = (map: Map<string, number>, name: string): void => void map.set(name, (map.get(name) ?? 0) + change);
  if (message.type === 'AcquirePermits') add(asked, nameOf(message.request));
  if (message.type === 'PermitsAnswered') add(asked, nameOf(message));
  if (message.type === 'ReleasePermits') add(returned, nameOf(message.place));
}

function takeLedger(world: World, event: EntityEvent): readonly string[] {
  const { sizes, held, waiting } = world;
  if (event.type === 'PoolApplied') sizes.set(event.pool, event.size);
  if (event.type === 'PoolDeleted') sizes.delete(event.pool);
  if (event.type === 'PermitsAsked') {
    const behind = waiting.findIndex(({ priority }) => priority < event.request.priority);
    waiting.splice(behind === -1 ? waiting.length : behind, 0, event.request);
  }
  if (event.type === 'PermitsGranted') return grant(world, nameOf(event.place));
  if (event.type !== 'PermitsReturned') return [];
  const name = nameOf(event.place);
  const place = waiting.findIndex((request) => nameOf(request) === name);
  if (place !== -1) waiting.splice(place, 1);
  return held.delete(name) || place !== -1 ? [] : [`${name} is returned and was not there`];
}

/** All that is asked for must be free, and for nobody who comes first. */
function grant(world: World, name: string): readonly string[] {
  const { held, waiting } = world;
  const place = waiting.findIndex((request) => nameOf(request) === name);
  const request = waiting[place];
  if (request === undefined) return [`${name} is granted and did not wait`];
  const full = tooFull(world, request).map((pool) => `${name} is granted what pool ${pool} does not have`);
  world.ahead ??= aheadIn(world);
  const { ahead } = world;
  const taken = ahead.pools.filter((pool) => request.wants.some((want) => want.pool === pool));
  waiting.splice(place, 1);
  held.set(name, request);
  return [...full, ...taken.map((pool) => `${name} takes of pool ${pool} what ${ahead.name} waits for`)];
}

/** Who comes first of all that wait, and the pools that are too full for it. */
function aheadIn(world: World): Ahead {
  const first = world.waiting.find((request) => isPossible(world, request));
  return first === undefined ? { name: '', pools: [] } : { name: nameOf(first), pools: tooFull(world, first) };
}

const begins: ReadonlySet<string> = new Set(['AttemptStarted', 'LoopStarted', 'ChildRequested', 'StepSleeping']);

const ends: ReadonlySet<string> = new Set([
  'StepSucceeded',
  'StepFailed',
  'StepTimedOut',
  'StepCompletedWithError',
  'StepSkipped',
  'StepStopped',
  'RetryScheduled',
  'PermitsForgone',
]);

/** The side of the steps. */
function takeStep(world: World, entity: string, event: EntityEvent): readonly string[] {
  const run = world.runs.get(entity);
  if (run === undefined || !('step' in event)) return [];
  const { owners, working } = world;
  const step = `${entity} ${String(event.step)}`;
  const needed = neededBy(world, run, event.step);
  if (ends.has(event.type)) {
    owners.delete(step);
    working.delete(step);
  }
  if (event.type === 'PermitsAwaited') {
    const wants = textOf(event.wants);
    owners.set(step, { name: `${step} ${String(event.ask)}`, wants, hasThem: false });
    return wants === needed ? [] : [`${step} asks for ${wants} and needs ${needed}`];
  }
  const owner = owners.get(step);
  if (event.type === 'PermitsReceived' && owner !== undefined) owner.hasThem = true;
  if (!begins.has(event.type) || needed === '') return [];
  working.set(step, needed);
  return [];
}

/** Everything that breaks a law now. */
function faults(world: World): readonly string[] {
  const { held, waiting, owners, working, asked, returned } = world;
  const known = new Set([...held.keys(), ...waiting.map(nameOf)]);
  const names = new Set([...owners.values()].map(({ name }) => name));
  const running = [...working].filter(([step, needed]) => {
    const owner = owners.get(step);
    return owner?.hasThem !== true || owner.wants !== needed;
  });
  const without = [...owners.values()].filter(({ name, hasThem }) => hasThem && !held.has(name));
  const forgotten = [...owners.values()].filter(
    ({ name, hasThem }) => !hasThem && !known.has(name) && (asked.get(name) ?? 0) === 0,
  );
  const unanswered = [...owners.values()].filter(
    ({ name, hasThem }) => !hasThem && held.has(name) && (asked.get(name) ?? 0) === 0,
  );
  const leaked = [...known].filter((name) => !names.has(name) && (returned.get(name) ?? 0) === 0);
  return [
    ...running.map(([step, needed]) => `${step} goes on without ${needed}`),
    ...without.map(({ name }) => `${name} goes on and the ledger does not know`),
    ...forgotten.map(({ name }) => `${name} waits and nobody knows`),
    ...unanswered.map(({ name }) => `${name} has what it wants and is not told`),
    ...leaked.map((name) => `${name} is kept in the ledger and nobody owns it`),
    ...waiting
      .filter((request) => isIdle(world, request))
      .map((request) => `${nameOf(request)} waits for what is free`),
  ];
}

/** Whether nothing keeps a request waiting: neither is a pool too full for it, nor does anyone wait in front of it. */
function isIdle(world: World, request: PermitRequest): boolean {
  const ahead = world.waiting.slice(0, world.waiting.indexOf(request));
  const isFirst = !ahead.some((one) => isPossible(world, one) && one.wants.some(({ pool }) => isWanted(request, pool)));
  return isFirst && isPossible(world, request) && tooFull(world, request).length === 0;
}

function isWanted({ wants }: PermitRequest, pool: string): boolean {
  return wants.some((want) => want.pool === pool);
}

/** Whether there is as much as is asked for, held or not. */
function isPossible(world: World, { wants }: PermitRequest): boolean {
  return wants.every((want) => sizeFor(world, want) >= want.weight);
}

/** The pools in which there is not enough left. */
function tooFull(world: World, { wants }: PermitRequest): readonly string[] {
  return wants.flatMap((want) => {
    const taken = [...world.held.values()].flatMap((request) => request.wants.filter(({ pool }) => pool === want.pool));
    const held = taken.reduce((sum, { weight }) => sum + weight, 0);
    return held + want.weight > sizeFor(world, want) ? [want.pool] : [];
  });
}

function sizeFor({ sizes }: World, { pool, limit, isTag }: PermitWant): number {
  return limit ?? sizes.get(pool) ?? (isTag === true ? Infinity : 0);
}

/** What a step needs, as its definition says, in words. */
function neededBy({ definitions }: World, run: FoldedRun, index: number): string {
  const step = run.defined[index];
  const definition = definitions.get(definitionOf(run));
  if (step === undefined || definition === undefined) return '';
  const { id, stepConcurrency, runStepConcurrency } = definition;
  const { pools = [], tags = [] } = step;
  const free = tags.filter((tag) => !pools.some(({ pool }) => pool === tag));
  return textOf([
    ...pools,
    ...free.map((pool) => ({ pool, weight: 1, isTag: true }) as const),
    ...limitOf(step, `workflow:${id}`, stepConcurrency),
    ...limitOf(step, `run:${run.workflowId}/${String(run.number)}.${String(run.attempt)}`, runStepConcurrency),
  ]);
}

/** A limit counts what does work itself. */
function limitOf({ work }: StepDefinition, pool: string, limit: number | undefined): readonly PermitWant[] {
  return limit === undefined || !['shell', 'python', 'node'].includes(work.kind) ? [] : [{ pool, weight: 1, limit }];
}

function definitionOf({ createdIn, id }: FoldedRun): string {
  const made = createdIn.commit.events.find(({ entity, event }) => entity === id && event.type === 'RunCreated');
  return made?.event.type === 'RunCreated' ? made.event.definition : '';
}

function textOf(wants: readonly PermitWant[]): string {
  return wants
    .map(({ pool, weight, limit, isTag }) => `${pool}:${String(weight)}:${String(limit)}:${String(isTag)}`)
    .sort()
    .join(' ');
}

function nameOf({ run, step, ask }: Pick<PermitRequest, 'run' | 'step' | 'ask'>): string {
  return `${run} ${String(step)} ${String(ask)}`;
}
