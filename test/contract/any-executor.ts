// What every executor guarantees, whatever it does: one result, of its own or of a stop.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AttemptSpec, type Executor, type ExecutorWork, type RunningAttempt } from '../../src/ports/executor.ts';

/** An executor to try, and work for it. */
export interface AnyExecutorSubject {
  readonly executor: Executor;
  /** Ends well by itself. */
  readonly quiet: ExecutorWork;
  /** Says a line and goes on for ever. */
  readonly waiting: ExecutorWork;
  /** What the attempts get beside their work. */
  readonly spec: Pick<AttemptSpec, 'outputs'>;
  /** Paths of files that are kept of every attempt. Absent: none. */
  readonly keeps?: readonly string[];
  dispose(): Promise<void>;
}

const LONG = 60_000;

/** Tries an executor with one kind of work. */
export function anyExecutorContract(name: string, make: () => Promise<AnyExecutorSubject>): void {
  describe(`any executor: ${name}`, () => {
    let subject: AnyExecutorSubject;
    beforeAll(async () => {
      subject = await make();
    });
    afterAll(async () => {
      await subject.dispose();
    });

    let count = 0;
    const start = (
      work: ExecutorWork,
    ): RunningAttempt & { readonly lines: readonly string[]; readonly begun: Promise<void> } => {
      count += 1;
      const lines: string[] = [];
      let begin = (): void => undefined;
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
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
          artifacts: [],
          ...subject.spec,
        },
        {
          log: ({ text }) => {
            lines.push(text);
            begin();
          },
        },
      );
      return {
        result: attempt.result,
        cancel: (grace) => {
          attempt.cancel(grace);
        },
        lines,
        begun,
      };
    };

    it('says which kinds it does', () => {
      expect(subject.executor.kinds).toContain(subject.quiet.kind);
    });

    it('reports the success of what ends well', async () => {
      expect(await start(subject.quiet).result).toMatchObject({
        outcome: 'succeeded',
        signals: [],
        artifacts: (subject.keeps ?? []).map((path) => ({ path })),
      });
    });

    it('ends what goes on for ever when told to stop, however often', async () => {
      const attempt = start(subject.waiting);
      await attempt.begun;
      attempt.cancel(LONG);
      attempt.cancel(LONG);
      expect(await attempt.result).toEqual({ outcome: 'cancelled' });
    });

    it('starts nothing when told to stop at once', async () => {
      const attempt = start(subject.quiet);
      attempt.cancel(0);
      expect(await attempt.result).toEqual({ outcome: 'cancelled' });
      expect(attempt.lines).toEqual([]);
    });

    it('stays as it ended when told to stop afterwards', async () => {
      const attempt = start(subject.quiet);
      const before = await attempt.result;
      attempt.cancel(0);
      expect(await attempt.result).toBe(before);
    });

    it('does several at once', async () => {
      const results = await Promise.all([1, 2, 3, 4].map(async () => start(subject.quiet).result));
      expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('succeeded'));
    });
  });
}
