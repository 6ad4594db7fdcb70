// What holds for a step of every kind, whoever does it: the engine itself (docs/decisions/0001) or an executor.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunView } from '../../src/engine/engine.ts';
import { createTestEngine, type TestEngine } from '../support/engine.ts';

const caller = { actor: 'ada' };

/** A kind of step, as lines of a definition. */
export interface KindOfStep {
  /** A step that ends well by itself, soon. */
  readonly quick: string;
  /** One that goes on for a thousand seconds; absent where the engine is done at once. */
  readonly long?: string;
  /** Why a timeout of its own is refused, where that would mean nothing. */
  readonly refusesTimeout?: RegExp;
  /** Files that its lines name, by their paths. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Registers what a kind of step has to keep. */
export function kindOfStepContract(kind: string, { quick, long, refusesTimeout, files = {} }: KindOfStep): void {
  describe(`a ${kind} step`, () => {
    let lab: TestEngine;
    const uploads = Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) }));
    beforeEach(async () => {
      lab = await createTestEngine();
    });
    afterEach(async () => {
      await lab.stop();
      expect(lab.errors).toEqual([]);
    });

    test('ends well, and what needs it begins after it', async () => {
      await lab.apply(flow(quick, ['steps-behind']), uploads);
      const { state } = await run(lab);
      expect(state.status).toBe('SUCCEEDED');
      const [first, behind] = state.steps;
      expect([first?.status, behind?.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
      expect(behind?.startedAt).toBeGreaterThanOrEqual(first?.endedAt ?? Infinity);
    });

    test('does not begin while its run is paused, and ends once it is resumed', async () => {
      await lab.apply(
        `id: flow\nsteps:\n  - { id: before, sleep: 50ms }\n  - { id: it, needs: before, ${quick} }\n`,
        uploads,
      );
      await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
      await lab.engine.pauseRun({ workflowId: 'flow', number: 1 }, caller);
      const paused = await until(lab, ({ state }) => state.steps[0]?.status === 'SUCCEEDED');
      expect(paused.state).toMatchObject({ status: 'PAUSED', steps: [{}, { status: 'NOT_CREATED' }] });
      await lab.engine.resumeRun({ workflowId: 'flow', number: 1 }, caller);
      expect((await lab.ended('flow/1')).state.status).toBe('SUCCEEDED');
    });

    test('runs again when its run is restarted', async () => {
      await lab.apply(flow(quick), uploads);
      await run(lab);
      await lab.engine.restartRun({ run: { workflowId: 'flow', number: 1 }, params: [] }, caller);
      const { state } = await lab.ended('flow/1');
      expect(state).toMatchObject({ attempt: 2, status: 'SUCCEEDED', steps: [{ status: 'SUCCEEDED' }] });
    });

    if (long === undefined) return;

    test('is ended by a stop of its run, and what needs it never begins', async () => {
      await lab.apply(flow(long, ['steps-behind']), uploads);
      await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
      await until(lab, ({ state }) => state.steps[0]?.status === 'RUNNING');
      await lab.engine.stopRun({ workflowId: 'flow', number: 1 }, caller);
      const { state } = await lab.ended('flow/1');
      expect(state).toMatchObject({ status: 'STOPPED', steps: [{ status: 'STOPPED' }, { attempts: [] }] });
    });

    test('is ended by the timeout of its run', async () => {
      await lab.apply(`timeout: 300ms\n${flow(long)}`, uploads);
      expect((await run(lab)).state).toMatchObject({ status: 'TIMED_OUT', steps: [{ status: 'STOPPED' }] });
    });

    if (refusesTimeout !== undefined) {
      test('takes no timeout of its own, and says so when it is applied', async () => {
        await expect(lab.apply(flow(`${long}, timeout: 300ms`))).rejects.toThrow(refusesTimeout);
      });
      return;
    }

    test('is ended by its own timeout', async () => {
      await lab.apply(flow(`${long}, timeout: 300ms`), uploads);
      expect((await run(lab)).state).toMatchObject({ steps: [{ status: 'TIMED_OUT' }] });
    });
  });
}

function flow(step: string, behind: readonly string[] = []): string {
  const more = behind.map((id) => `  - { id: ${id}, needs: it, noop: true }\n`);
  return `id: flow\nsteps:\n  - { id: it, ${step} }\n${more.join('')}`;
}

async function run(lab: TestEngine): Promise<RunView> {
  await lab.engine.startRun({ workflowId: 'flow', params: [], labels: [] }, caller);
  return lab.ended('flow/1');
}

async function until(lab: TestEngine, holds: (view: RunView) => boolean): Promise<RunView> {
  for await (const { run: view } of lab.engine.watchRun({ workflowId: 'flow', number: 1, attempt: 1 })) {
    if (view !== undefined && holds(view)) return view;
  }
  throw new Error('The run ended before it came to that.');
}
