// Clients: they wish things of whichever node they reach, wait, doubt, try again, and write down what they were told.

import { type Milliseconds } from '../../src/core/time.ts';
import { type RunPlace } from '../../src/core/ids.ts';
import { type RunView } from '../../src/engine/engine.ts';
import { type Answer, type Caller } from '../../src/engine/answer.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { backfill, holdBackfill, resumeBackfills } from './backfills.ts';
import { type Chance } from './chance.ts';
import { type Choices } from './choices.ts';
import { type Cluster } from './cluster.ts';
import { type Faults } from './faults.ts';
import { applyContract, deleteWorkflow, handleRefused } from './keeping.ts';
import { deletePool, restored, setPool } from './permits.ts';
import { type MeantPool } from './special-desires.ts';
import { type Trace } from './trace.ts';
import { type Desire, type Turn } from './desires.ts';
import { type Act, steer, type SteerAction } from './steer.ts';
import { type Progress } from './progress.ts';
import { type MeantWorkflow } from './workflows.ts';
import { type Workload } from './workload.ts';

/** One wish, and what its client knows in the end: done, refused for certain, or nothing certain. */
export interface Wish {
  readonly id: string;
  readonly type:
    | 'apply'
    | 'start'
    | 'stop'
    | 'restart'
    | 'publish'
    | 'pause'
    | 'resume'
    | 'unblock'
    | 'backfill'
    | 'hold-backfill'
    | 'pool'
    | 'delete-pool'
    | 'delete-workflow'
    | 'contract'
    | 'refused'
    | `run ${SteerAction}`;
  readonly target: string;
  readonly key: string | undefined;
  readonly invokedAt: Milliseconds;
  /** How often it was sent without the sender knowing that it came to nothing. */
  sent: number;
  result: 'OK' | 'FAIL' | 'INFO' | undefined;
  endedAt: Milliseconds;
  /** The run, with its attempt, that the answer names; for a publication the signals. */
  named: readonly string[];
  refusal: string;
}

/** What clients stand on. */
export interface ClientParts {
  readonly time: VirtualTime;
  readonly choices: Choices;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly cluster: Cluster;
  readonly signals: readonly string[];
  readonly workload: Workload;
  readonly progress: Progress;
}

/** All clients of a simulation. */
export interface Clients {
  readonly wishes: readonly Wish[];
  /** Applies a workflow, however long it takes. */
  apply(workflow: MeantWorkflow): Promise<void>;
  /** Lets clients wish at random until they are told to finish. */
  begin(count: number): void;
  /** No new wishes; resolves when every wish has come to something and all triggers are paused. */
  finish(workflows: readonly string[]): Promise<void>;
  /** Lets an iteration begin again, or a step of it, unless it is too late for wishes. */
  wantAgain(run: RunPlace, action: SteerAction): void;
  /** Lets the queues go on that a failed run holds up. */
  unblock(): Promise<void>;
}

const idleTurn: Turn = { after: 1_000, wishes: [] };

const patience: Milliseconds = 15_000;

/** Creates clients. */
export function createClients(parts: ClientParts): Clients {
  const { time, choices, trace } = parts;
  const wishes: Wish[] = [];
  const latest = new Map<string, MeantWorkflow>();
  const held = new Map<string, RunPlace>();
  const strict = new Set<string>();
  const pools = new Set<string>();
  const breakpoints = new Map<string, Act>();
  const busy: Promise<void>[] = [];
  let isFinishing = false;
  const hasFinished = (): boolean => isFinishing;

  const pause = (delay: Milliseconds): Promise<void> => new Promise((resolve) => void time.after(delay, resolve));

  async function wish(type: Wish['type'], target: string, key: string | undefined, act: Act): Promise<Wish> {
    const made: Wish = {
      id: `c${String(wishes.length)}`,
      type,
      target,
      key,
      invokedAt: time.now(),
      sent: 0,
      result: undefined,
      endedAt: Infinity,
      named: [],
      refusal: '',
    };
    wishes.push(made);
    await pursue(made, act);
    made.endedAt = time.now();
    trace.add(`${made.id} ${type} ${target} ${made.result ?? ''} ${made.named.join(' ')} ${made.refusal}`);
    return made;
  }

  /** Sends a wish until it is known what it came to, or, without a key, until nobody can know. */
  async function pursue(made: Wish, act: Act): Promise<void> {
    const caller = { actor: 'ada', ...(made.key === undefined ? {} : { idempotencyKey: made.key }) };
    const isRepeatable =
      made.key !== undefined ||
      ![
        'start',
        'publish',
        'restart',
        'run restart',
        'run restart-incomplete',
        'run restart-step',
        'run fork',
        'run fork-step',
        'run resume-step',
        'run skip',
        'run retry',
        'delete-workflow',
        'refused',
      ].includes(made.type);
    const noise = choices.noise(`wish ${made.id}`);
    for (;;) {
      const outcome = await once(made.id, noise, { act, caller });
      if (outcome.kind !== 'NOT_SENT') made.sent++;
      if (outcome.kind === 'ANSWER') {
        made.result = outcome.answer.ok ? 'OK' : 'FAIL';
        if (outcome.answer.ok) made.named = namedBy(outcome.answer.value);
        else made.refusal = outcome.answer.refusals.map(({ code }) => code).join(' ');
        return;
      }
      if (outcome.kind === 'UNKNOWN' && !isRepeatable) {
        made.result = 'INFO';
        return;
      }
      await pause(noise.int(50, 1_500));
    }
  }

  function once(
    id: string,
    noise: Chance,
    { act, caller }: { readonly act: Act; readonly caller: Caller },
  ): Promise<Outcome> {
    const callable = parts.cluster.callable();
    if (callable.length === 0) return Promise.resolve({ kind: 'NOT_SENT' });
    const { engine, process } = noise.pick(callable);
    return new Promise((resolve) => {
      time.after(patience, () => {
        resolve({ kind: 'UNKNOWN' });
      });
      const answer = (outcome: Outcome): void => {
        if (process.isDead()) return;
        const isLost =
          parts.faults.now('lost-answers') && choices.choose(`${id} hears nothing`, false, (chance) => chance.is(0.1));
        time.after(1 + noise.next() * 2, () => {
          resolve(isLost ? { kind: 'UNKNOWN' } : outcome);
        });
      };
      process.reach(1 + noise.next() * 2, () => {
        act(engine, caller).then(
          (value) => {
            answer({ kind: 'ANSWER', answer: value });
          },
          (error: unknown) => {
            answer({ kind: isCertainlyNothing(error) ? 'NOT_SENT' : 'UNKNOWN' });
          },
        );
      });
    });
  }

  function applyPool(pool: MeantPool, key?: string): Promise<Wish> {
    pools.add(pool.id);
    return wish('pool', pool.id, key, setPool(pool));
  }

  /** Applies the pools that a workflow needs, and then the workflow. */
  async function prepare(workflow: MeantWorkflow): Promise<void> {
    await Promise.all((workflow.pools ?? []).map((pool) => applyPool(pool)));
    await apply(workflow);
  }

  function apply(workflow: MeantWorkflow): Promise<Wish> {
    latest.set(workflow.id, workflow);
    if (workflow.text.includes('strict-sequential')) strict.add(workflow.id);
    return wish('apply', workflow.id, undefined, (engine, caller) =>
      engine.applyWorkflow({ source: workflow.text, files: [], activate: true }, caller),
    );
  }

  function start({
    target,
    n,
    keyed,
  }: Pick<Extract<Desire, { readonly n: number }>, 'target' | 'n' | 'keyed'>): Promise<Wish> {
    const tag = `r${String(wishes.length)}`;
    const params = [
      { name: 'tag', value: tag },
      { name: 'n', value: n },
    ];
    return wish('start', `${target} ${tag}`, keyed ? `key ${tag}` : undefined, (engine, caller) =>
      engine.startRun({ workflowId: target, params, labels: [] }, caller),
    );
  }

  function publish({ name, rows, keyed }: Extract<Desire, { readonly type: 'publish' }>): Promise<Wish> {
    const tag = `p${String(wishes.length)}`;
    const signal = {
      name,
      params: [
        { name: 'rows', value: rows },
        { name: 'tag', value: tag },
      ],
    };
    return wish('publish', `${name} ${tag}`, keyed ? `key ${tag}` : undefined, (engine, caller) =>
      engine.publishSignals([signal], caller),
    );
  }

  /** Changes one of the runs that were started last; starts one if there is none. */
  function changeRun(desire: Extract<Desire, { readonly type: 'stop' | 'restart' }>): Promise<Wish> {
    const { type, back, keyed } = desire;
    const named = wishes.filter((made) => made.type === 'start').flatMap((made) => made.named);
    const chosen = named[Math.max(0, named.length - 1 - back)];
    if (chosen === undefined) return start(desire);
    const [workflowId = '', number = ''] = chosen.split(/[:/.]/).slice(1);
    const run = { workflowId, number: Number(number) };
    const key = keyed ? `key ${String(wishes.length)}` : undefined;
    return wish(type, `${workflowId}/${number}`, key, (engine, caller) =>
      type === 'stop' ? engine.stopRun(run, caller) : engine.restartRun({ run, params: [] }, caller),
    );
  }

  function setPaused({ type, target }: Extract<Desire, { readonly type: 'pause' | 'resume' }>): Promise<Wish> {
    return wish(type, target, undefined, (engine, caller) =>
      type === 'pause' ? engine.pauseTriggers(target, caller) : engine.resumeTriggers(target, caller),
    );
  }

  function unblock(target: string): Promise<Wish> {
    return wish('unblock', target, undefined, (engine, caller) => engine.unblockWorkflow(target, caller));
  }

  /** Does something with one of the runs that were made last, where it can be with one that goes on; nothing if there is none. */
  async function steerRun(desire: Extract<Desire, { readonly type: 'steer' }>): Promise<void> {
    const { action, isInside, back, step, keyed } = desire;
    const all =
      action.startsWith('restart') || action.startsWith('fork') ? parts.progress.made() : parts.progress.going();
    const known = all.filter(({ path }) => (path !== undefined) === isInside);
    const run = known[Math.max(0, known.length - 1 - back)];
    if (run === undefined) return;
    const key = keyed ? `key ${String(wishes.length)}` : undefined;
    const stepId = stepOf(run, step);
    if (action === 'pause') held.set(nameOfPlace(run), run);
    if (action === 'break') breakpoints.set(`${run.workflowId}/${stepId}`, steer('unbreak', run, stepId));
    await wish(`run ${action}`, nameOfPlace(run), key, steer(action, run, stepId));
  }

  /** Lets an iteration begin again that has just ended: somebody was looking on. */
  async function wantAgain(run: RunPlace, action: SteerAction): Promise<void> {
    await pause(choices.noise(`again ${nameOfPlace(run)}`).int(0, 60));
    if (isFinishing) return;
    const key = `key ${String(wishes.length)}`;
    await wish(`run ${action}`, nameOfPlace(run), key, steer(action, run, stepOf(run, 's0')));
  }

  function clearAll(): Promise<unknown> {
    return Promise.all([...breakpoints].map(([name, clear]) => wish('run unbreak', name, undefined, clear)));
  }

  /** Lets there be enough of everything. */
  function restorePools(): Promise<unknown> {
    return Promise.all([...pools].map((id) => applyPool(restored(id))));
  }

  function resumeAll(): Promise<unknown> {
    return Promise.all([...held].map(([name, run]) => wish('run resume', name, undefined, steer('resume', run, ''))));
  }

  function keyIf(keyed: boolean): string | undefined {
    return keyed ? `key ${String(wishes.length)}` : undefined;
  }

  function fulfil(desire: Desire): Promise<unknown> {
    switch (desire.type) {
      case 'start':
        return start(desire);
      case 'publish':
        return publish(desire);
      case 'stop':
      case 'restart':
        return changeRun(desire);
      case 'pause':
      case 'resume':
        return setPaused(desire);
      case 'unblock':
        return unblock(desire.target);
      case 'backfill':
        return wish(desire.type, desire.target, `key ${String(wishes.length)}`, backfill(desire));
      case 'hold-backfill':
        return wish(desire.type, desire.target, `key ${String(wishes.length)}`, holdBackfill(desire));
      case 'pool':
        return applyPool(desire.pool, keyIf(desire.keyed));
      case 'delete-pool':
        return wish(desire.type, desire.target, undefined, deletePool(desire.target));
      case 'delete-workflow':
        return wish(desire.type, desire.target, keyIf(desire.keyed), deleteWorkflow(desire));
      case 'contract':
        return wish(desire.type, desire.name, undefined, applyContract(desire));
      case 'refused':
        return wish(desire.type, desire.name, undefined, handleRefused(desire));
      case 'steer':
        return steerRun(desire);
      case 'apply':
        return apply(desire.workflow);
    }
  }

  async function live(client: number): Promise<void> {
    while (!hasFinished()) {
      const turn = choices.choose<Turn>(`client ${String(client)}`, idleTurn, (chance) =>
        parts.workload.drawTurn(chance, latest, parts.signals),
      );
      await pause(turn.after);
      if (!hasFinished()) await Promise.all(turn.wishes.map(fulfil));
    }
  }

  return {
    wishes,
    apply: prepare,
    wantAgain: (run, action) => {
      busy.push(wantAgain(run, action));
    },
    begin: (count) => {
      for (let client = 0; client < count; client++) busy.push(live(client));
    },
    finish: async (workflows) => {
      isFinishing = true;
      await Promise.all(busy);
      // Ticks that came while nobody was there are dealt with before the triggers are paused.
      await pause(choices.choose('patience', 20_000, () => parts.workload.patience));
      await Promise.all(workflows.map((target) => setPaused({ type: 'pause', target })));
      await resumeAll();
      const backfilled = workflows.filter((id) =>
        wishes.some(({ type, target }) => type === 'backfill' && target === id),
      );
      await Promise.all(backfilled.map((target) => wish('hold-backfill', target, undefined, resumeBackfills(target))));
      await clearAll();
      await restorePools();
    },
    unblock: async () => {
      await Promise.all([...strict].map(unblock));
      // A breakpoint or a size whose setting nobody heard of may be there after all.
      await clearAll();
      await restorePools();
    },
  };
}

type Outcome =
  | { readonly kind: 'ANSWER'; readonly answer: Answer<unknown> }
  /** It certainly came to nothing. */
  | { readonly kind: 'NOT_SENT' }
  | { readonly kind: 'UNKNOWN' };

/** An engine that was bundled has an error class of its own, so its code tells. */
function isCertainlyNothing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'NOT_OWNER';
}

function namedBy(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((signal: { readonly id: string }) => signal.id);
  const state = (value as Partial<RunView>).state;
  return state?.kind === 'run' ? [`run:${nameOfPlace(state)}`] : [];
}

/** The step that is meant: those inside a loop are named after it. */
function stepOf({ path }: RunPlace, step: string): string {
  const loop = /([^/]+)\[[^/]*$/.exec(path ?? '')?.[1];
  return loop === undefined ? step : `${loop}x${step.slice(1)}`;
}

function nameOfPlace({ workflowId, number, attempt, path }: RunPlace): string {
  return `${workflowId}/${String(number)}.${String(attempt)}${path === undefined ? '' : `/${path}`}`;
}
