// What is read of a pod and of its log, apart from any cluster.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { createMarkedText } from '../../src/executors/kubernetes/marked-text.ts';
import { podFailure } from '../../src/executors/kubernetes/pod-failure.ts';
import { podManifest, podName } from '../../src/executors/kubernetes/pod-manifest.ts';
import { type PodStatus } from '../../src/executors/kubernetes/pod.ts';
import { podState } from '../../src/executors/kubernetes/pod-state.ts';
import { createTimedLines } from '../../src/executors/kubernetes/timed-lines.ts';
import { DEFAULT_LIMITS } from '../../src/executors/process/limits.ts';
import { type AttemptSpec } from '../../src/ports/executor.ts';

const work = { kind: 'kubernetes', image: 'a', outputs: 'FILE' } as const;
const spec: AttemptSpec = {
  attemptId: 'attempt:penguins/1.1/Train_Model/1',
  token: 'token',
  runId: 'run:penguins/1',
  stepId: 'Train_Model',
  work,
  env: [],
  params: { island: 'biscoe', days: [1, 2] },
  files: [],
  inputs: [],
  outputs: [],
  artifacts: [],
};

function pieces(text: string, cuts: readonly number[]): readonly Buffer[] {
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

describe('the log of a container', () => {
  const line = (nth: number, text: string): string => `2026-11-23T09:00:00.${String(nth).padStart(9, '0')}Z ${text}\n`;

  test('comes without its times, however it is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat()), (texts, cuts) => {
        const lines = texts.map((text) => text.replaceAll('\n', ' '));
        let out = '';
        const timed = createTimedLines((text) => (out += text));
        for (const piece of pieces(lines.map((text, nth) => line(nth, text)).join(''), cuts)) timed.write(piece);
        expect(out).toBe(lines.map((text) => `${text}\n`).join(''));
      }),
    );
  });

  test('is whole and without repetition where the connection broke and it was asked for again', () => {
    const whole = [line(1, 'one'), line(2, 'two'), line(3, 'three')].join('');
    let out = '';
    const timed = createTimedLines((text) => (out += text));
    timed.write(Buffer.from(line(1, 'one') + line(2, 'two')));
    timed.reconnect();
    timed.write(Buffer.from(whole));
    expect(out).toBe('one\ntwo\nthree\n');
  });
});

describe('what is printed between two marks', () => {
  const MARK = ['<<', '>>'] as const;

  test('is the text between the last pair, however it is cut into pieces', () => {
    const piece = fc.constantFrom('<<', '>>', '<', '>', '{"a":1}', '\n');
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat()), (parts, cuts) => {
        const text = parts.join('');
        const marked = createMarkedText(...MARK, 1000);
        for (const part of pieces(text, cuts)) marked.write(part.toString());
        const whole = createMarkedText(...MARK, 1000);
        whole.write(text);
        expect(marked.last()).toEqual(whole.last());
      }),
    );
  });

  const long = 'x'.repeat(2000);

  test.each([
    ['several', 'a<<one>>b<<two>>c', { text: 'two' }],
    ['one that is not ended', '<<one>><<not ended', { text: 'one' }],
    ['one that begins twice', '<<forgotten<<two>>', { text: 'two' }],
    ['none', 'no marks', undefined],
    ['marks the wrong way round', '>>wrong way round<<', undefined],
    ['one that is too long', `<<${long}>>`, {}],
    ['one that is too long, and another', `<<${long}>><<y>>`, { text: 'y' }],
  ])('of %s is the right one', (_, text, found) => {
    const marked = createMarkedText(...MARK, 1000);
    for (const character of text) marked.write(character);
    expect(marked.last()).toEqual(found);
  });
});

describe('the manifest of a pod', () => {
  const parts = {
    spec,
    work,
    env: [],
    secret: new Set<string>(),
    installation: 'abc',
    dispatch: 'one',
    serverUrl: 'http://x',
    limits: DEFAULT_LIMITS,
  };

  test('has the same name at each dispatch, and another for another attempt or installation', () => {
    const name = podName('abc', spec);
    expect(name).toMatch(/^downbeat-train-model-[0-9a-f]{16}$/u);
    expect(podManifest({ ...parts, dispatch: 'two' }).name).toBe(name);
    expect(podName('abc', { ...spec, attemptId: `${spec.attemptId}0` })).not.toBe(name);
    expect(podName('abd', spec)).not.toBe(name);
  });

  test('is of a name that Kubernetes takes, whatever the step is called', () => {
    fc.assert(
      fc.property(fc.string(), (stepId) => {
        const name = podName('abc', { ...spec, stepId });
        expect(name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/u);
      }),
    );
  });

  test('keeps values of secrets out of the pod', () => {
    const env = [
      { name: 'TOKEN', value: 'hunter2hunter2' },
      { name: 'PLAIN', value: 'x' },
    ];
    const made = podManifest({ ...parts, env, secret: new Set(['TOKEN']) });
    expect(JSON.stringify(made.pod)).not.toContain('hunter2');
    expect(made.secrets).toEqual([env[0]]);
  });

  test('leaves `$(…)` in words and values for the program', () => {
    const made = podManifest({ ...parts, work: { ...work, args: ['$(HOME)'] }, env: [{ name: 'A', value: '$(B)' }] });
    expect(JSON.stringify(made.pod)).toContain('"args":["$$(HOME)"]');
    expect(JSON.stringify(made.pod)).toContain('"value":"$$(B)"');
    const imported = podManifest({ ...parts, work: { ...work, outputs: 'PRINTED', args: ['$(HOME)'] } });
    expect(JSON.stringify(imported.pod)).toContain('"args":["$(HOME)"]');
  });

  test('says so where the parameters are too long for a pod', () => {
    const made = podManifest({ ...parts, spec: { ...spec, params: { list: 'x'.repeat(300_000).split('') } } });
    expect(made.notes).toEqual(['The parameters are too long for a pod: $DOWNBEAT_PARAMS is not there.']);
  });
});

describe('a pod that ended', () => {
  const failureOf = (status: PodStatus): string => {
    const state = podState({ metadata: { name: 'a' }, status });
    if (state.kind !== 'ENDED') return state.kind;
    const failure = podFailure(state.end, spec, 'the last line');
    return failure === undefined ? 'SUCCEEDED' : `${failure.kind} ${failure.code}`;
  };
  const ended = (exitCode: number, reason: string, message?: string): PodStatus => ({
    phase: exitCode === 0 ? 'Succeeded' : 'Failed',
    containerStatuses: [
      {
        name: 'step',
        image: 'a',
        imageID: '',
        state: { terminated: { exitCode, reason, ...(message === undefined ? {} : { message }) } },
      },
    ],
  });

  test.each([
    [ended(0, 'Completed'), 'SUCCEEDED'],
    [ended(3, 'Error'), 'USER EXIT_CODE'],
    [ended(75, 'Error'), 'PLATFORM EXIT_75'],
    [ended(137, 'OOMKilled'), 'USER OUT_OF_MEMORY'],
    [ended(137, 'Error'), 'PLATFORM KILLED'],
    [ended(128, 'StartError', 'exec: "pyhton": not found'), 'USER POD_NOT_STARTED'],
    [{ phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' }, 'PLATFORM POD_EVICTED'],
    [{ ...ended(137, 'Error'), conditions: [{ type: 'DisruptionTarget', status: 'True' }] }, 'PLATFORM POD_EVICTED'],
    [{ phase: 'Failed', reason: 'OutOfcpu' }, 'PLATFORM POD_EVICTED'],
    [{ phase: 'Failed' }, 'USER POD_NOT_STARTED'],
    [{ phase: 'Pending' }, 'WAITING'],
  ] satisfies readonly (readonly [PodStatus, string])[])('as %j means %s', (status, meaning) => {
    expect(failureOf(status)).toBe(meaning);
  });

  test('says what it waits for in words', () => {
    const why = (status: PodStatus, nodeName?: string): string => {
      const state = podState({ metadata: { name: 'a' }, spec: nodeName === undefined ? {} : { nodeName }, status });
      return state.kind === 'WAITING' ? state.why : state.kind;
    };
    const message = '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.';
    expect(why({ conditions: [{ type: 'PodScheduled', status: 'False', message }] })).toBe(
      `waits for a node with room: ${message}`,
    );
    const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image "a"' };
    const containerStatuses = [{ name: 'step', image: 'a', imageID: '', state: { waiting } }];
    expect(why({ containerStatuses }, 'node-1')).toBe(
      'cannot begin on node node-1: ImagePullBackOff: Back-off pulling image "a"',
    );
  });
});
