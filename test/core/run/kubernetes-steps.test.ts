// What an executor is handed of a `kubernetes` step.

import { describe, expect, test } from 'vitest';

import { given, type Situation, start } from '../../support/given.ts';

function started(situation: Situation): unknown {
  const decision = situation.taken.at(-1)?.decision;
  const effects = decision?.kind === 'COMMIT' ? decision.gathered.effects : [];
  const effect = effects.find(({ type }) => type === 'StartAttempt');
  if (effect?.type !== 'StartAttempt') throw new Error('nothing was started');
  return effect.spec.ok ? effect.spec.value.work : effect.spec.failure;
}

describe('the pod of a step', () => {
  test('is filled in word by word: what a value holds divides nothing', () => {
    const text =
      'id: flow\nparams: { island: "a b; rm -rf /", size: 2 }\nsteps: [{ id: x, kubernetes: { image: "team/x:${size}", command: [sh, -c, "echo $0", "${island}"], args: ["--n=${size}"], memory: "${size}Gi" } }]';
    expect(started(given(text).when(start('flow')))).toEqual({
      kind: 'kubernetes',
      image: 'team/x:2',
      command: ['sh', '-c', 'echo $0', 'a b; rm -rf /'],
      args: ['--n=2'],
      memory: '2Gi',
      outputs: 'FILE',
    });
  });

  test('keeps `$(…)` and `$${…}` as they are meant', () => {
    const text = 'id: flow\nsteps: [{ id: x, kubernetes: { image: a, args: ["$(date)", "$${island}"] } }]';
    expect(started(given(text).when(start('flow')))).toMatchObject({ args: ['$(date)', '${island}'] });
  });
});
