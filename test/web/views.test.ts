// What the page keeps while things change: runs, steps, events, signals and logs, each once and as it was last.

import { describe, expect, it } from 'vitest';
import { type RunPicture } from '../../web/src/api/documents.ts';
import { type RunFrame } from '../../web/src/api/frames.ts';
import {
  type LogLine,
  type Loop,
  type RunEvent,
  type RunLine,
  type SignalState,
  type StepDefinition,
  type StepState,
} from '../../web/src/api/shapes.ts';
import { bodyOf } from '../../web/src/model/body.ts';
import { EMPTY_LOG, logAfter } from '../../web/src/model/log-view.ts';
import { loopBar, loopText } from '../../web/src/model/loop-progress.ts';
import { progressOf, progressText } from '../../web/src/model/progress.ts';
import { resultsOf } from '../../web/src/model/results.ts';
import { listAfter } from '../../web/src/model/run-list.ts';
import { runAfter } from '../../web/src/model/run-view.ts';
import { barsOf } from '../../web/src/model/score.ts';
import { signalsAfter } from '../../web/src/model/signal-list.ts';
import { standOf, stepLine, unfinishedOf } from '../../web/src/model/step-line.ts';

const at = (second: number): string => new Date(1_700_000_000_000 + second * 1_000).toISOString();

function run(number: number, changes: Partial<RunLine> = {}): RunLine {
  return {
    id: `run:penguins/${String(number)}`,
    number,
    attempt: 1,
    workflowId: 'penguins',
    version: 1,
    status: 'RUNNING',
    isTerminal: false,
    cause: { kind: 'MANUAL', text: 'ada started it', trigger: null, signal: null, folded: null, step: null },
    counts: [],
    url: `/runs/penguins/${String(number)}`,
    createdAt: at(number),
    startedAt: at(number),
    endedAt: null,
    ...changes,
  };
}

function step(stepId: string, status: string, needs: readonly string[] = []): StepState {
  const phases: Readonly<Record<string, string>> = {
    NOT_CREATED: 'WAITING',
    RUNNING: 'RUNNING',
    SUCCEEDED: 'SUCCEEDED',
  };
  return {
    id: `step:penguins/1/${stepId}`,
    stepId,
    name: null,
    kind: 'node',
    phase: phases[status] ?? 'FAILED',
    status,
    needs,
    startedAt: null,
    endedAt: null,
    attempts: [],
    awaits: [],
    bypass: null,
    failure: null,
    isFinal: false,
    keptFrom: null,
    keptFromRun: null,
    breakpoint: null,
    loop: null,
    child: null,
    allowedActions: [],
    artifacts: [],
    outputs: {},
  };
}

function event(cursor: string, text: string): RunEvent {
  return { cursor, at: at(1), type: 'AttemptStarted', stepId: null, text };
}

function picture(steps: readonly StepState[], timeline: readonly RunEvent[] = []): RunPicture {
  return {
    ...run(1),
    scheduledFor: null,
    labels: {},
    params: {},
    failure: null,
    explanation: null,
    allowedActions: ['STOP'],
    cursor: '0:1.0',
    rollup: { total: 0, counts: [], attention: [], isWhole: true },
    workflow: null,
    definition: null,
    path: null,
    paramTrace: [],
    steps: { nodes: steps },
    timeline,
  };
}

function frame(changes: Partial<RunFrame>): RunFrame {
  return { cursor: '0:2.0', kind: 'COMMIT', run: null, steps: [], events: [], ...changes };
}

describe('the page of a run', () => {
  it('takes over the steps that changed and keeps the others in their order', () => {
    const before = picture([step('check', 'RUNNING'), step('clean', 'NOT_CREATED')]);
    const after = runAfter(before, frame({ steps: [step('check', 'SUCCEEDED')] }));
    expect(after.steps.nodes.map(({ stepId, status }) => [stepId, status])).toEqual([
      ['check', 'SUCCEEDED'],
      ['clean', 'NOT_CREATED'],
    ]);
    expect(after.cursor).toBe('0:2.0');
  });

  it('replaces all steps with those of a snapshot', () => {
    const before = picture([step('check', 'RUNNING'), step('gone', 'RUNNING')]);
    expect(runAfter(before, frame({ kind: 'SNAPSHOT', steps: [step('check', 'SUCCEEDED')] })).steps.nodes).toHaveLength(
      1,
    );
  });

  it('shows an event once, however often it is delivered, and several of one commit', () => {
    const one = event('0:2.0', 'check started, attempt 1.');
    const other = event('0:2.0', 'clean started, attempt 1.');
    const once = runAfter(picture([], [one]), frame({ events: [one, other] }));
    expect(runAfter(once, frame({ events: [one, other] })).timeline).toEqual([one, other]);
  });

  it('says of a waiting step what it waits for, and after the end of the run that it never began', () => {
    const steps = [step('check', 'RUNNING'), step('clean', 'NOT_CREATED', ['check'])];
    const waiting = steps[1] ?? step('', '');
    expect(stepLine(waiting, unfinishedOf(steps), 'going').text).toBe('Waiting for check to finish');
    expect(stepLine(waiting, unfinishedOf(steps), 'over').text).toBe('Not begun');
    expect(stepLine(waiting, new Set(), 'going').text).toBe('About to start');
    expect(stepLine(waiting, new Set(), 'paused').text).toBe('Held: the run is paused');
    expect(stepLine({ ...waiting, isFinal: true }, new Set(), 'going').text).toBe('Comes last');
    expect(stepLine({ ...step('check', 'RUNNING'), attempts: [1, 2] }, new Set(), 'going').text).toBe('Running, try 2');
  });

  it('says of a step that a restart kept from which attempt it is', () => {
    expect(stepLine({ ...step('check', 'SUCCEEDED'), keptFrom: 1 }, new Set(), 'going').text).toBe(
      'Done, from attempt 1',
    );
    expect(standOf({ status: 'PAUSED', isTerminal: false })).toBe('paused');
    expect(standOf({ status: 'FAILED', isTerminal: true })).toBe('over');
  });

  it('draws each try of a step as its part of the run', () => {
    const attempts = [
      { id: 'a', number: 1, startedAt: at(0), endedAt: at(5), failure: null },
      { id: 'b', number: 2, startedAt: at(7.5), endedAt: null, failure: null },
    ];
    expect(barsOf(attempts, { from: Date.parse(at(0)), to: Date.parse(at(10)) })).toEqual([
      { start: 0, length: 0.5, hasFailed: false, isOpen: false },
      { start: 0.75, length: 0.25, hasFailed: false, isOpen: true },
    ]);
    expect(barsOf(attempts, { from: 1, to: 1 })).toEqual([]);
  });

  it('lists pages and pictures before tables, and of one sort the last made first', () => {
    const made = (stepId: string, ...paths: readonly string[]): StepState => ({
      ...step(stepId, 'SUCCEEDED'),
      artifacts: paths.map((path) => ({ path, size: '1', hash: '', url: '' })),
    });
    const results = resultsOf([
      made('check', 'raw.csv', 'model.bin'),
      made('plot', 'plot.SVG'),
      made('report', 'report.html', 'clean.csv'),
    ]);
    expect(results.map(({ artifact }) => artifact.path)).toEqual([
      'report.html',
      'plot.SVG',
      'clean.csv',
      'raw.csv',
      'model.bin',
    ]);
  });
});

describe('a loop', () => {
  const loop = (changes: Partial<Loop>): Loop => ({ total: 24, begun: 0, counts: [], concurrency: 3, ...changes });
  const counts = [
    { status: 'RUNNING', count: 3 },
    { status: 'SUCCEEDED', count: 6 },
    { status: 'FAILED', count: 1 },
    { status: 'TIMED_OUT', count: 1 },
  ];

  it('says how far it is, in words and as a bar', () => {
    expect(loopText(loop({ begun: 11, counts }))).toBe('6 of 24 done, 3 going, 2 failed');
    expect(loopBar(loop({ begun: 11, counts }))).toEqual([
      { phase: 'SUCCEEDED', count: 6 },
      { phase: 'FAILED', count: 2 },
      { phase: 'RUNNING', count: 3 },
      { phase: 'WAITING', count: 13 },
    ]);
  });

  it('that does not know how often says only what is over', () => {
    expect(loopText(loop({ total: null, begun: 11, counts }))).toBe('6 done, 3 going, 2 failed');
    expect(loopText(loop({}))).toBe('0 of 24 done');
    const again = [...counts, { status: 'QUEUED', count: 2 }] as const;
    expect(loopText(loop({ begun: 13, counts: again }))).toBe('6 of 24 done, 3 going, 2 to begin again, 2 failed');
    expect(loopBar(loop({ begun: 13, counts: again })).at(-1)).toEqual({ phase: 'WAITING', count: 13 });
  });

  it('has the steps of its iterations inside, however deep', () => {
    const defined = (stepId: string, steps: readonly StepDefinition[] = []): StepDefinition => ({
      stepId,
      name: null,
      kind: steps.length === 0 ? 'shell' : 'foreach',
      needs: [],
      when: null,
      workflowId: null,
      steps,
    });
    const train = defined('train');
    const tidy = defined('tidy', [defined('sweep')]);
    const definition = { steps: [defined('each', [defined('inner', [train])])], finally: [tidy] };
    expect(bodyOf(definition, null)).toEqual({ steps: definition.steps, finals: [tidy] });
    expect(bodyOf(definition, 'each[2]/inner[0.2]')).toEqual({ steps: [train], finals: [] });
    expect(bodyOf(definition, 'tidy[0]')?.steps.map(({ stepId }) => stepId)).toEqual(['sweep']);
    expect(bodyOf(definition, 'gone[2]')).toBeUndefined();
  });
});

describe('the list of runs', () => {
  it('puts a new run first and keeps one line for each', () => {
    const list = listAfter([run(2), run(1)], [run(3), run(1, { status: 'SUCCEEDED' })], {});
    expect(list.map(({ number, status }) => [number, status])).toEqual([
      [3, 'RUNNING'],
      [2, 'RUNNING'],
      [1, 'SUCCEEDED'],
    ]);
  });

  it('lets go of a run that no longer is what was asked for, and of other workflows', () => {
    const filter = { workflowId: 'penguins', status: ['RUNNING'] };
    expect(listAfter([run(1)], [run(1, { status: 'FAILED' }), run(9, { workflowId: 'other' })], filter)).toEqual([]);
  });

  it('never goes back to an earlier attempt', () => {
    const restarted = run(1, { attempt: 2 });
    expect(listAfter([restarted], [run(1, { status: 'FAILED' })], {})).toEqual([restarted]);
  });
});

describe('other lists', () => {
  it('show a signal once, with what was last said of it', () => {
    const signal = (sequence: number, settled: boolean): SignalState => ({
      id: `signal:${String(sequence)}`,
      name: 'measurements.ready',
      sequence,
      params: {},
      payload: null,
      occurredAt: at(sequence),
      publishedAt: at(sequence),
      publishedBy: 'ada',
      settled,
      takenBy: [],
      matches: [],
    });
    const list = signalsAfter([signal(1, false)], [signal(2, false), signal(1, true)]);
    expect(list.map(({ sequence, settled }) => [sequence, settled])).toEqual([
      [2, false],
      [1, true],
    ]);
  });

  it('show a printed line once, in order, and say how many earlier ones they leave out', () => {
    const line = (number: number): LogLine => ({ number, at: at(number), stream: 'out', text: String(number) });
    const log = logAfter(logAfter(EMPTY_LOG, [line(1), line(2)]), [line(2), line(3)]);
    expect(log).toEqual({ lines: [line(1), line(2), line(3)], leftOut: 0 });
    const long = logAfter(
      log,
      Array.from({ length: 3_000 }, (_, place) => line(place + 4)),
    );
    expect([long.lines.length, long.leftOut]).toEqual([2_000, 1_003]);
  });

  it('count a run’s steps by phase, in words for whoever does not see the notes', () => {
    const counts = [
      { status: 'RUNNING', count: 1 },
      { status: 'SUCCEEDED', count: 2 },
      { status: 'UNSATISFIED', count: 1 },
      { status: 'COMPLETED_WITH_ERROR', count: 1 },
      { status: 'RETRY_PENDING', count: 1 },
      { status: 'NOT_CREATED', count: 3 },
    ];
    expect(progressText(progressOf(counts))).toBe(
      '9 steps: 2 done, 1 failed and ignored, 1 left out, 1 running, 4 waiting',
    );
  });
});
