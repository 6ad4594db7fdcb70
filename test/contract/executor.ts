// What every executor of programs guarantees, whatever language the program is in. Kinds bring the programs; the suite asks.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Blobs } from '../../src/ports/blobs.ts';
import {
  type AttemptResult,
  type AttemptSpec,
  type Executor,
  type ExecutorWork,
  type LogLine,
  type RunningAttempt,
} from '../../src/ports/executor.ts';

/** Programs that do the same in every language. */
export interface ContractPrograms {
  /** Ends with 0 and says nothing. */
  readonly quiet: ExecutorWork;
  /** Prints `häuser 🐧` to stdout and `careful` to stderr. */
  readonly speaking: ExecutorWork;
  /** Prints `it went wrong` to stderr and ends with 3. */
  readonly failing: ExecutorWork;
  /** Ends with 75. */
  readonly retrying: ExecutorWork;
  /** Gives `rows=12`, the signal `data.ready` with `{"rows": 12}`, and writes `a,b` to data.csv. */
  readonly reporting: ExecutorWork;
  /** As `reporting`, and ends with 1. */
  readonly reportingAndFailing: ExecutorWork;
  /** Prints the variable PARAM_ISLAND, and the text of first/data.csv in the inputs. */
  readonly reading: ExecutorWork;
  /** Prints `ready` and waits for ever; polite. */
  readonly waiting: ExecutorWork;
  /** Prints `ready` and waits for ever, whatever polite signals it gets. */
  readonly stubborn: ExecutorWork;
}

/** An executor to try, and what it keeps things in. */
export interface ExecutorSubject {
  readonly executor: Executor;
  readonly blobs: Blobs;
  readonly programs: ContractPrograms;
  /** Paths of files that are kept of every attempt, beside what the step declares. Absent: none. */
  readonly keeps?: readonly string[];
  dispose(): Promise<void>;
}

interface Started {
  readonly attempt: RunningAttempt;
  readonly lines: readonly LogLine[];
  /** Resolves when a line of that text came. */
  readonly said: (text: string) => Promise<void>;
}

const LONG = 60_000;

/** Tries one kind of an executor. */
export function executorContract(name: string, make: () => Promise<ExecutorSubject>): void {
  describe(`executor of ${name} steps`, () => {
    let subject: ExecutorSubject;
    beforeAll(async () => {
      subject = await make();
    });
    afterAll(async () => {
      await subject.dispose();
    });

    let count = 0;
    const start = (work: ExecutorWork, more: Partial<AttemptSpec> = {}): Started => {
      count += 1;
      const lines: LogLine[] = [];
      const waiting = new Map<string, () => void>();
      const attempt = subject.executor.start(
        {
          attemptId: `attempt:penguins/${String(count)}.1/train/1`,
          token: `token-${String(count)}`,
          runId: `run:penguins/${String(count)}`,
          stepId: 'train',
          work,
          env: [],
          params: {},
          files: [],
          inputs: [],
          outputs: [],
          artifacts: [],
          ...more,
        },
        {
          log: (line) => {
            lines.push(line);
            waiting.get(line.text)?.();
          },
        },
      );
      const said = (text: string): Promise<void> =>
        new Promise((resolve) => {
          waiting.set(text, resolve);
        });
      return { attempt, lines, said };
    };
    const finish = async (work: ExecutorWork, more: Partial<AttemptSpec> = {}): Promise<AttemptResult> =>
      start(work, more).attempt.result;

    it('succeeds when the program ends with 0', async () => {
      const result = await finish(subject.programs.quiet);
      const artifacts = (subject.keeps ?? []).map((path) => expect.objectContaining({ path }) as unknown);
      expect(result).toEqual({ outcome: 'succeeded', outputs: [], signals: [], artifacts });
    });

    it('gives out lines of both streams without their breaks', async () => {
      const { attempt, lines } = start(subject.programs.speaking);
      await attempt.result;
      expect(lines.filter((line) => line.stream === 'out').map((line) => line.text)).toEqual(['häuser 🐧']);
      expect(lines.filter((line) => line.stream === 'err').map((line) => line.text)).toEqual(['careful']);
    });

    it('blames the author for another exit code, with the last words on stderr and where to read the rest', async () => {
      const result = await finish(subject.programs.failing);
      expect(result).toMatchObject({
        outcome: 'failed',
        failure: { kind: 'USER', code: 'EXIT_CODE', retryable: true },
      });
      const failure = result.outcome === 'failed' ? result.failure : undefined;
      expect(failure?.message).toContain('exit code 3: it went wrong');
      expect(failure?.hint).toMatch(/downbeat logs penguins\/\d+ train/);
    });

    it('takes exit code 75 as the wish for a platform retry', async () => {
      const failure = { kind: 'PLATFORM', code: 'EXIT_75', retryable: true };
      expect(await finish(subject.programs.retrying)).toMatchObject({ outcome: 'failed', failure });
    });

    it('reads outputs and signals, and keeps artifacts', async () => {
      const result = await finish(subject.programs.reporting, {
        outputs: [{ name: 'rows', type: 'long' }],
        artifacts: ['data.csv'],
      });
      expect(result).toMatchObject({
        outcome: 'succeeded',
        outputs: [{ name: 'rows', value: 12 }],
        signals: [{ name: 'data.ready', params: [{ name: 'rows', value: 12 }] }],
        artifacts: [{ path: 'data.csv' }, ...(subject.keeps ?? []).map((path) => ({ path }))],
      });
    });

    it('reports nothing of a program that failed', async () => {
      const result = await finish(subject.programs.reportingAndFailing, {
        outputs: [{ name: 'rows', type: 'long' }],
        artifacts: ['data.csv'],
      });
      expect(Object.keys(result)).toEqual(['outcome', 'failure']);
    });

    it('hands artifacts and parameters to the next step', async () => {
      const first = await finish(subject.programs.reporting, {
        outputs: [{ name: 'rows', type: 'long' }],
        artifacts: ['data.csv'],
      });
      const artifacts = first.outcome === 'succeeded' ? first.artifacts : [];
      const { attempt, lines } = start(subject.programs.reading, {
        params: { island: 'Biscoe $(id)' },
        inputs: [{ step: 'first', artifacts }],
      });
      expect(await attempt.result).toMatchObject({ outcome: 'succeeded' });
      expect(lines.flatMap(({ stream, text }) => (stream === 'system' ? [] : [text]))).toEqual(['Biscoe $(id)', 'a,b']);
    });

    it('ends a polite program when told to stop', async () => {
      const { attempt, said } = start(subject.programs.waiting);
      await said('ready');
      attempt.cancel(LONG);
      attempt.cancel(LONG);
      expect(await attempt.result).toEqual({ outcome: 'cancelled' });
    });

    it('ends a stubborn program by force when the grace is over', async () => {
      const { attempt, said } = start(subject.programs.stubborn);
      await said('ready');
      attempt.cancel(50);
      expect(await attempt.result).toEqual({ outcome: 'cancelled' });
    });

    it('ends a program that gives no sign of life for longer than its heartbeat, as one that took too long', async () => {
      const { attempt, lines } = start(subject.programs.waiting, { heartbeat: 1_000 });
      expect(await attempt.result).toMatchObject({
        outcome: 'failed',
        failure: {
          kind: 'TIMEOUT',
          code: 'HEARTBEAT_TIMEOUT',
          message: 'Step "train" gave no sign of life for 1 s, as its heartbeat says, and was ended.',
          retryable: true,
        },
      });
      expect(lines.filter(({ stream }) => stream === 'system').at(-1)?.text).toBe(
        'It gave no sign of life for as long as its heartbeat allows, and is ended.',
      );
    });
  });
}
