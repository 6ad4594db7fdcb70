import { describe, expect, it } from 'vitest';
import {
  parsePublicId,
  parseRunId,
  parseStepId,
  parseTriggerId,
  parseWorkflowId,
} from '../../../src/graphql/parse/public-id.ts';

describe('ids whose type is known', () => {
  it('may be short or global', () => {
    expect(parseWorkflowId('penguins')).toEqual({ ok: true, value: 'penguins' });
    expect(parseWorkflowId('workflow:penguins')).toEqual({ ok: true, value: 'penguins' });
    expect(parseRunId('penguins/12')).toEqual({ ok: true, value: { workflowId: 'penguins', number: 12 } });
    expect(parseRunId('run:penguins/12.3')).toEqual({
      ok: true,
      value: { workflowId: 'penguins', number: 12, attempt: 3 },
    });
    expect(parseStepId('step:penguins/12/train')).toEqual({
      ok: true,
      value: { run: { workflowId: 'penguins', number: 12 }, stepId: 'train' },
    });
    expect(parseTriggerId('penguins/a/b: c')).toEqual({ ok: true, value: 'trigger:penguins/a/b: c' });
  });

  it.each(['run:penguins/12', 'penguins/12', '', 'workflow:', 'a\u0000b', 'x'.repeat(2_000), 'workflow:workflow:a'])(
    '%.30s is no workflow',
    (id) => {
      expect(parseWorkflowId(id)).toMatchObject({
        ok: false,
        failure: expect.stringContaining('workflow:penguins') as string,
      });
    },
  );

  it.each([
    'penguins',
    'penguins/0',
    'penguins/-1',
    'penguins/1.0',
    'penguins/1e3',
    'step:penguins/12',
    'penguins/12/train',
    'run:run:a/1',
  ])('%s is no run', (id) => {
    expect(parseRunId(id)).toMatchObject({ ok: false, failure: expect.stringContaining('run:penguins/12') as string });
  });
});

describe('ids of what is in a loop', () => {
  it('have the way to it', () => {
    const run = { workflowId: 'penguins', number: 12, path: 'each[2]/inner[0.2]' };
    expect(parseRunId('penguins/12/each[2]/inner[0.2]')).toEqual({ ok: true, value: run });
    expect(parseRunId('run:penguins/12.1/each[2]')).toEqual({
      ok: true,
      value: { workflowId: 'penguins', number: 12, attempt: 1, path: 'each[2]' },
    });
    expect(parseStepId('step:penguins/12/each[2]/inner[0.2]/train')).toEqual({
      ok: true,
      value: { run, stepId: 'train' },
    });
  });

  it.each(['penguins/12/each', 'penguins/12/each[x]', 'penguins/12/each[2]/', 'penguins/12/each[2]/train'])(
    '%s is no run',
    (id) => {
      expect(parseRunId(id).ok).toBe(false);
    },
  );

  it.each(['penguins/12', 'penguins/12/', 'penguins/12/each/train', 'penguins/12/each[2]/'])('%s is no step', (id) => {
    expect(parseStepId(id).ok).toBe(false);
  });
});

describe('global ids', () => {
  it('name their kind', () => {
    expect(parsePublicId('signal:01JD')).toEqual({ ok: true, value: { kind: 'signal', entity: 'signal:01JD' } });
  });

  it.each(['penguins', ':a', 'constructor:a', '__proto__:a', 'queue:penguins', 'Run:penguins/1', 'run:penguins'])(
    '%s is none',
    (id) => {
      expect(parsePublicId(id).ok).toBe(false);
    },
  );
});
