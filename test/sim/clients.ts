// Clients: they wish things of whichever node they reach, wait, doubt, try again, and write down what they were told.

import { type Milliseconds } from '../../src/core/time.ts';
import { type Answer, type Caller, type RunView } from '../../src/engine/engine.ts';
import { type RunningEngine } from '../../src/engine/create-engine.ts';
import { type VirtualTime } from '../support/virtual-clock.ts';
import { type Chance } from './chance.ts';
import { type Cluster } from './cluster.ts';
import { type Faults } from './faults.ts';
import { type Trace } from './trace.ts';
import { type MeantWorkflow, redraw } from './workflows.ts';

/** One wish, and what its client knows in the end: done, refused for certain, or nothing certain. */
export interface Wish {
  readonly id: string;
  readonly type: 'apply' | 'start' | 'stop' | 'restart' | 'publish' | 'pause' | 'resume';
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
  readonly chance: Chance;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly cluster: Cluster;
  readonly signals: readonly string[];
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
}

type Act = (engine: RunningEngine, caller: Caller) => Promise<Answer<unknown>>;

const patience: Milliseconds = 15_000;

/** Creates clients. */
export function createClients(parts: ClientParts): Clients {
  const { time, chance, trace } = parts;
  const wishes: Wish[] = [];
  const latest = new Map<string, MeantWorkflow>();
  const busy: Promise<void>[] = [];
  let isFinishing = false;

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
      made.key !== undefined || (made.type !== 'start' && made.type !== 'publish' && made.type !== 'restart');
    for (;;) {
      const outcome = await once(act, caller);
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
      await pause(chance.int(50, 1_500));
    }
  }

  function once(act: Act, caller: Caller): Promise<Outcome> {
    const callable = parts.cluster.callable();
    if (callable.length === 0) return Promise.resolve({ kind: 'NOT_SENT' });
    const { engine, process } = chance.pick(callable);
    return new Promise((resolve) => {
      time.after(patience, () => {
        resolve({ kind: 'UNKNOWN' });
      });
      const answer = (outcome: Outcome): void => {
        if (process.isDead()) return;
        const isLost = parts.faults.now('lost-answers') && chance.is(0.1);
        time.after(1 + chance.next() * 2, () => {
          resolve(isLost ? { kind: 'UNKNOWN' } : outcome);
        });
      };
      process.reach(1 + chance.next() * 2, () => {
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

  function apply(workflow: MeantWorkflow): Promise<Wish> {
    latest.set(workflow.id, workflow);
    return wish('apply', workflow.id, undefined, (engine, caller) =>
      engine.applyWorkflow({ source: workflow.text, files: [], activate: true }, caller),
    );
  }

  function start(target: string): Promise<Wish> {
    const tag = `r${String(wishes.length)}`;
    const params = [
      { name: 'tag', value: tag },
      { name: 'n', value: chance.int(0, 10) },
    ];
    return wish('start', `${target} ${tag}`, chance.is(0.6) ? `key ${tag}` : undefined, (engine, caller) =>
      engine.startRun({ workflowId: target, params, labels: [] }, caller),
    );
  }

  function publish(): Promise<Wish> {
    const tag = `p${String(wishes.length)}`;
    const name = chance.pick(parts.signals);
    const signal = {
      name,
      params: [
        { name: 'rows', value: chance.int(0, 20) },
        { name: 'tag', value: tag },
      ],
    };
    return wish('publish', `${name} ${tag}`, chance.is(0.7) ? `key ${tag}` : undefined, (engine, caller) =>
      engine.publishSignals([signal], caller),
    );
  }

  function changeRun(type: 'stop' | 'restart'): Promise<Wish> {
    const named = wishes.filter((made) => made.type === 'start').flatMap((made) => made.named);
    if (named.length === 0) return start(chance.pick([...latest.keys()]));
    const [workflowId = '', number = ''] = chance.pick(named.slice(-5)).split(/[:/.]/).slice(1);
    const run = { workflowId, number: Number(number) };
    const key = chance.is(0.7) ? `key ${String(wishes.length)}` : undefined;
    return wish(type, `${workflowId}/${number}`, key, (engine, caller) =>
      type === 'stop' ? engine.stopRun(run, caller) : engine.restartRun({ run, params: [] }, caller),
    );
  }

  function setPaused(type: 'pause' | 'resume', target: string): Promise<Wish> {
    return wish(type, target, undefined, (engine, caller) =>
      type === 'pause' ? engine.pauseTriggers(target, caller) : engine.resumeTriggers(target, caller),
    );
  }

  function wishAnything(): Promise<Wish> {
    const target = chance.pick([...latest.keys()]);
    const dice = chance.next();
    if (dice < 0.35) return start(target);
    if (dice < 0.65) return publish();
    if (dice < 0.77) return changeRun('stop');
    if (dice < 0.87) return changeRun('restart');
    if (dice < 0.91) return setPaused('pause', target);
    if (dice < 0.95) return setPaused('resume', target);
    const known = latest.get(target);
    return known === undefined ? start(target) : apply(redraw(chance, known, parts.signals));
  }

  const goesOn = (): boolean => !isFinishing;

  async function live(): Promise<void> {
    while (goesOn()) {
      await pause(chance.int(10, 2_500));
      // Now and then many at once: what is on its way when a node dies is what can go wrong.
      const count = chance.pick([1, 1, 1, 6]);
      if (goesOn()) await Promise.all(Array.from({ length: count }, wishAnything));
    }
  }

  return {
    wishes,
    apply: async (workflow) => {
      await apply(workflow);
    },
    begin: (count) => {
      for (let client = 0; client < count; client++) busy.push(live());
    },
    finish: async (workflows) => {
      isFinishing = true;
      await Promise.all(busy);
      // Ticks that came while nobody was there are dealt with before the triggers are paused.
      await pause(20_000);
      await Promise.all(workflows.map((workflow) => setPaused('pause', workflow)));
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
  return state?.kind === 'run' ? [`run:${state.workflowId}/${String(state.number)}.${String(state.attempt)}`] : [];
}
