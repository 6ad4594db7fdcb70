// The situations in which something does not run, made with the real rules.

import { explainStep } from '../../../../src/core/explanation/explain-step.ts';
import { type Explanation } from '../../../../src/core/explanation/explanation.ts';
import { type Definition } from '../../../../src/core/definition/model.ts';
import { readDefinitions } from '../../../../src/core/definition/read.ts';
import { type Json } from '../../../../src/core/json.ts';
import { type CommandBody } from '../../../../src/core/partition/command.ts';
import { type AttemptReport } from '../../../../src/core/run/report.ts';
import { type Instant } from '../../../../src/core/time.ts';
import { backfilled, hours, wholePlan } from '../../../support/backfills.ts';
import {
  createSituation,
  failed,
  given,
  noon,
  pause,
  publish,
  restart,
  type Situation,
  start,
  stop,
  succeeded,
} from '../../../support/given.ts';
import { setAside } from './way.ts';

const hour = 3_600_000;

/** An end without success that is not tried again. */
export const bad = failed('USER', false);

/** What a step's host reports where a secret is not there. */
export const missingSecret: AttemptReport['result'] = {
  outcome: 'failed',
  failure: {
    kind: 'USER',
    code: 'SECRET_MISSING',
    message: 'There is no secret "token" on this machine.',
    hint: 'Set DOWNBEAT_SECRET_TOKEN where the steps run, then restart the run from what is incomplete.',
    retryable: false,
  },
};

/** What a step's host reports where the program gave no sign of life. */
export const silent: AttemptReport['result'] = {
  outcome: 'failed',
  failure: {
    kind: 'TIMEOUT',
    code: 'HEARTBEAT_TIMEOUT',
    message: 'Step "a" gave no sign of life for 300 s, as its heartbeat says, and was ended.',
    hint: 'If it works quietly, let it print a line now and then.',
    retryable: true,
  },
};

/** A workflow of one step. */
export const flow = (more = ''): Situation => given(`id: flow\n${more}\nsteps: [{ id: a, run: x }]`);

/** Three steps in a row; the second has a condition. */
export const chain = `id: flow
params: { n: 5 }
steps: [{ id: a, run: x, retry: 1, timeout: 30s }, { id: b, needs: a, when: n > 9, run: x }, { id: c, needs: b, noop: true }]`;

/** Two that go on beside one another, and two behind them. */
export const pair =
  'id: flow\nsteps: [{ id: a, run: x }, { id: b, run: x }, { id: c, needs: [a, b], noop: true }, { id: d, needs: c, noop: true }]';

/** Two in a row. */
export const two = 'id: flow\nsteps: [{ id: a, run: x }, { id: b, needs: a, run: x }]';

/** A way on which a condition stands. */
export const ways =
  'id: flow\nparams: { n: 5 }\nsteps: [{ id: a, noop: true }, { id: b, needs: { a: n > 9 }, run: x }, { id: z, run: x }]';

/** A condition that cannot be worked out. */
export const faulty = 'id: flow\nparams: { z: 0 }\nsteps: [{ id: a, when: "1 / z > 0", run: x }, { id: b, run: x }]';

/** A step whose failure ends all, and one that goes on. */
export const failNow = 'id: flow\nsteps: [{ id: a, run: x, onFailure: fail-now }, { id: b, run: x }]';

/** A step that cleans up. */
export const finallySteps = 'id: flow\nsteps: [{ id: a, run: x }]\nfinally: [{ id: z, run: x }]';

/** A step that waits for a signal. */
export const waiting = 'id: flow\nsteps: [{ id: w, wait: { signal: weather, where: { rows: ">= 100" } } }]';

/** One that waits for two. */
export const both = 'id: flow\nsteps: [{ id: w, wait: { all: [{ signal: A, as: a }, { signal: B, as: b }] } }]';

/** One that waits a minute. */
export const patient = 'id: flow\nsteps: [{ id: w, timeout: 1m, wait: weather }]';

/** A loop of three, of which two go on at once. */
export const loop =
  'id: flow\nsteps: [{ id: each, foreach: { v: [1, 2, 3] }, concurrency: 2, steps: [{ id: i, run: x }] }]';

/** The first of three has succeeded and is to begin again, behind the two that go on. */
export const returning = (): Situation =>
  given(loop).when(start('flow')).reported('flow/1/each[0]/i', succeeded()).when(restart('flow/1/each[0]'));

/** A loop whose iterations have two steps. */
export const loopOfTwo =
  'id: flow\nsteps: [{ id: each, foreach: { v: [1, 2] }, steps: [{ id: i, run: x }, { id: j, needs: i, run: x }] }]';

/** Eleven workflows that run one another. */
export function deep(): Situation {
  const called = (index: number): string =>
    `id: w${String(index)}\nsteps: [{ id: call, ${index > 11 ? 'run: x' : `workflow: w${String(index + 1)}`} }]`;
  return given(...Array.from({ length: 12 }, (_, index) => called(index + 1)))
    .when(start('w1'))
    .delivered();
}

/** A workflow that another runs, and that other. */
export const kid = 'id: kid\nsteps: [{ id: k, run: x }]';
/** See `kid`. */
export const calling = 'id: flow\nsteps: [{ id: call, workflow: kid }]';
/** That other, where it runs the first again. */
export const circle = 'id: kid\nsteps: [{ id: call, workflow: flow }]';

/** A workflow that wants to be told something. */
export const wanting = 'id: flow\nparams: { rows: { type: long } }\nsteps: [{ id: a, run: x }]';

/** A trigger on a signal. */
export const listener =
  'id: flow\nparams: { p: x }\ntriggers: [{ signal: ready, where: { rows: ">= 100" }, params: { p: y } }]\nsteps: [{ id: a, noop: true }]';
/** The same, with a parameter that no signal has. */
export const unfilled = listener.replace('p: y', 'p: "${signal.nothing}"');

const joining = (trigger: string, params = ''): string =>
  `id: flow\n${params}\ntriggers:\n  - ${trigger}\nsteps: [{ id: a, noop: true }]`;

/** A trigger on two signals with the same key. */
export const join = joining('all: [{ signal: A, joinOn: k }, { signal: B, joinOn: k }]');
const windowed = joining('all: [{ signal: A, joinOn: k }, { signal: B, joinOn: k }]\n    within: 1h');
/** A trigger that waits until no more signals come, for each value by itself. */
export const debouncing =
  'id: flow\ntriggers: [{ signal: ready, debounce: { quiet: 5m, by: k } }]\nsteps: [{ id: a, noop: true }]';
/** A trigger that starts a run every ten minutes at most. */
const throttling = 'id: flow\ntriggers: [{ signal: ready, throttle: 10m }]\nsteps: [{ id: a, noop: true }]';
/** A trigger on signals in an order. */
export const sequence = joining('sequence: [{ signal: A, joinOn: k }, { signal: B, joinOn: k }]');
/** A join whose run cannot be made. */
export const refusing = joining(
  'all: [{ signal: A, joinOn: k }, { signal: B, joinOn: k }]\n    params: { rows: "${signals.A.rows}" }',
  'params: { rows: { type: long } }',
);

/** So many starts. */
export function starts(situation: Situation, count: number): Situation {
  for (let index = 0; index < count; index++) situation.when(start('flow'));
  return situation;
}

/** A run of a workflow. */
export const started = (text: string): Situation => given(text).when(start('flow'));

/** Publishes and delivers, one after the other. */
export function sent(situation: Situation, ...commands: readonly CommandBody[]): Situation {
  for (const command of commands) situation.when(command).delivered();
  return situation;
}

/** A run behind one that is being stopped since a newer one came, and a newest one. */
export const lastOnlyWaiting = (): Situation => starts(flow('runStrategy: last-only'), 3);

/** A deleted workflow. */
export const deleted = (): Situation => flow().when({ type: 'DeleteWorkflow', workflowId: 'flow', stopRuns: false });

/** A workflow that was applied and not activated. */
export const passive = (): Situation =>
  createSituation(16).applied('id: flow\nsteps: [{ id: a, run: x }]', { activate: false }).delivered();

/** A backfill that was planned. */
export function planned(): Situation {
  const situation = flow();
  const { plan, lines } = wholePlan(situation, hours(3));
  return situation.when({
    type: 'PlanBackfill',
    workflowId: 'flow',
    whole: { plan: { ...plan, hash: '5f3a' }, lines },
  });
}

/** A backfill with a line that cannot be started: its workflow was set aside when its turn came. */
export function refusedLine(): Situation {
  const situation = backfilled(flow(), hours(2));
  return setAside(situation, 'workflow:flow').reported('flow/1/a', succeeded());
}

/** A step that stands at a breakpoint. */
export const atBreakpoint = (): Situation =>
  flow()
    .when({ type: 'SetBreakpoint', workflowId: 'flow', place: { step: 'a' } })
    .when(start('flow'));

/** A step that got its signal while its run was paused. */
export function pausedWait(): Situation {
  const [waits, works] = [definition(waiting), definition(flowText)];
  const steps = works.steps.map((one) => ({
    ...one,
    ...(waits.steps[0]?.waits === undefined ? {} : { waits: waits.steps[0].waits }),
  }));
  const situation = createSituation(16)
    .appliedDefinition({ ...works, steps })
    .delivered()
    .when(start('flow'));
  return situation
    .delivered()
    .when(pause('flow/1'))
    .when(publish('weather', { rows: 200 }))
    .delivered();
}

const flowText = 'id: flow\nsteps: [{ id: w, run: x }]';

function definition(text: string): Definition {
  const read = readDefinitions(text);
  const [first] = read.ok ? read.value : [];
  if (first === undefined) throw new Error(`this is no definition: ${text}`);
  return first.definition;
}

/** Two runs whose step wants permits of a pool `gpu` of a size. */
export function pooled(size: number, wants: string): Situation {
  const text = `id: flow\nrunStrategy: { parallel: 9 }\nsteps: [{ id: a, run: x, pools: { ${wants} } }]`;
  const situation = given(text).when({ type: 'ApplyPool', pool: 'gpu', size });
  return situation.when(start('flow')).delivered().when(start('flow')).delivered();
}

/** A workflow that lets one step work at once. */
export const limited = (limit: 'stepConcurrency' | 'runStepConcurrency'): Situation =>
  given(`id: flow\nrunStrategy: { parallel: 9 }\n${limit}: 1\nsteps: [{ id: a, run: x }, { id: b, run: x }]`)
    .when(start('flow'))
    .delivered()
    .when(start('flow'))
    .delivered();

/** What a step says by itself, before the ledger is asked. */
export function explainStepAlone(situation: Situation): Explanation {
  const state = situation.run('flow/1');
  return explainStep(state, situation.definition(state.definition), 0, { runName: 'flow/1' });
}

/** A restart from one step; another stays as it is. */
export function restartedAt(): Situation {
  const text = 'id: flow\nsteps: [{ id: a, run: x }, { id: x, needs: a, run: x }, { id: c, run: x }]';
  const situation = started(text).when(stop('flow/1'));
  situation.reported('flow/1/a', { outcome: 'cancelled' }).reported('flow/1/c', { outcome: 'cancelled' });
  return situation.when(restart('flow/1', {}, { step: 'c' }));
}

/** A restart that keeps what was done. */
export const kept = (): Situation =>
  started(two)
    .reported('flow/1/a', succeeded())
    .reported('flow/1/b', bad)
    .when(restart('flow/1', {}, 'INCOMPLETE'));

/** A trigger on the calendar. */
export const clock = (more = '', cron = '0 * * * *', timezone = 'Europe/Madrid'): Situation =>
  given(scheduled(more, cron, timezone));

function scheduled(more: string, cron: string, timezone: string): string {
  return `id: flow\ntriggers: [{ cron: "${cron}", timezone: ${timezone}${more === '' ? '' : `, ${more}`} }]\nsteps: [{ id: a, noop: true }]`;
}

/** A trigger in Madrid that is armed at a time near a jump of the clocks. */
export function jump(at: string, cron = '30 2 * * *'): Situation {
  const situation = createSituation(16);
  situation.after(Date.parse(at) - noon);
  return situation.applied(scheduled('', cron, 'Europe/Madrid')).delivered();
}

/** A trigger that nobody woke for three hours. */
export function missed(catchUp: string): Situation {
  const situation = clock(`catchUp: ${catchUp}`);
  return situation.when({ type: 'Wake', entity: 'trigger:flow/cron-1' as never }, noon + 3 * hour + hour / 4);
}

/** A trigger whose schedule was changed while a tick was due. */
export function edited(): Situation {
  const situation = pausedTriggers(clock());
  return situation.after(hour).applied(scheduled('', '30 6 * * *', 'Europe/Madrid'));
}

/** Pauses the triggers. */
export const pausedTriggers = (situation: Situation): Situation =>
  situation.when({ type: 'PauseTriggers', workflowId: 'flow' });

/** A trigger whose run lacks a parameter. */
export const unable = (): Situation =>
  given(
    'id: flow\nparams: { z: 0, n: { type: double, expression: "1 / z" } }\ntriggers: [{ cron: "0 * * * *" }]\nsteps: [{ id: a, noop: true }]',
  ).after(hour);

/** A listener that has heard a signal. */
export const heard = (params: Readonly<Record<string, Json>>, text = listener): Situation =>
  given(text).when(publish('ready', params)).delivered();

/** A join that has got signals. */
export const joined = (...commands: readonly CommandBody[]): Situation => sent(given(join), ...commands);

/** The same with a window of an hour. */
export const joinedWithin = (...commands: readonly CommandBody[]): Situation => sent(given(windowed), ...commands);

/** A trigger that got three signals, and waits until no more come. */
export const debounced = (): Situation =>
  sent(given(debouncing), ...['1', '2', '3'].map((key) => publish('ready', { k: 1 }, key)));

/** A trigger that got two signals, of which the first started a run. */
export const throttled = (): Situation =>
  sent(given(throttling), ...['1', '2'].map((key) => publish('ready', { k: 1 }, key)));

/** A trigger whose run lacked a parameter, after it had waited until no more signals came. */
export function foldRefused(): Situation {
  const text =
    'id: flow\nparams: { p: x }\ntriggers: [{ signal: ready, debounce: { quiet: 5m, by: k }, params: { p: "${signal.nothing}" } }]\nsteps: [{ id: a, noop: true }]';
  return sent(given(text), publish('ready', { k: 1 })).after(300_000);
}

/** A join that got a signal of long ago. */
export function tooLate(): Situation {
  const situation = given(windowed);
  return sent(situation, happened('A', situation.now - 5 * hour, { k: 1 }, '9'));
}

/** A signal that says when its fact happened. */
function happened(name: string, occurredAt: Instant, params: Readonly<Record<string, Json>>, key: string): CommandBody {
  const command = publish(name, params, key);
  if (command.type !== 'PublishSignals') throw new Error('publishing publishes');
  return { ...command, signals: command.signals.map((signal) => ({ ...signal, occurredAt })) };
}

/** A join of which what waits was set aside. */
export function asideBucket(): Situation {
  const situation = joined(publish('A', { k: 1 }));
  const bucket = [...situation.entities().keys()].find((id) => id.startsWith('bucket:')) ?? '';
  return sent(setAside(situation, bucket), publish('A', { k: 1 }, '2'));
}

/** A signal name with a contract. */
export const contracted = (): Situation =>
  createSituation(16).when({
    type: 'ApplySignalType',
    name: 'ready',
    schema: { type: 'object', properties: { rows: { type: 'integer' } } } as never,
    force: false,
  });
