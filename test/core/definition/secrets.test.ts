// `secrets.<name>`: a reference that may stand in the env of a step, and nowhere else.

import { describe, expect, test } from 'vitest';

import { inLoop, placesOf, readOne, refusalsOf, withHead, withStep } from './text.ts';

describe('a secret may stand', () => {
  test.each([
    ['alone', withStep('run: ls', 'env: { TOKEN: "${secrets.github_token}" }')],
    ['in a longer text, beside other names', withStep('run: ls', 'env: { A: "Bearer ${secrets.x} ${run.number}" }')],
    ['in quotes and brackets', withStep('node: "1"', `env: { A: "\${secrets['_X9']}" }`)],
    ['inside a loop', inLoop('python: "1"', 'env: { A: "${secrets.x}" }')],
    ['under finally', `${withStep('run: ls')}\nfinally:\n  - { id: f, run: ls, env: { A: "\${secrets.x}" } }`],
  ])('%s', (_where, text) => {
    expect(refusalsOf(text)).toEqual([]);
  });

  test('and stays a reference in the definition', () => {
    const { steps } = readOne(withStep('run: ls', 'env: { TOKEN: "${secrets.github_token}" }'));
    expect(steps[0]?.env).toEqual([{ name: 'TOKEN', value: '${secrets.github_token}' }]);
  });
});

const HINT = 'Add to the step that uses it: env: { X: "${secrets.x}" }.';

describe('a secret is refused, with where it may stand', () => {
  test.each([
    ['a condition', withStep('noop: true', 'when: "secrets.x == \'a\'"'), '5:12 unknown-name'],
    [
      'a condition on the way to a step',
      'id: a\nsteps:\n  - { id: x, noop: true }\n  - { id: y, noop: true, needs: { x: "secrets.x == 1" } }',
      '4:39 unknown-name',
    ],
    ['what is published', withStep('publish: { signal: s, params: { p: "${secrets.x}" } }'), '4:41 unknown-name'],
    ['what a workflow is given', withStep('workflow: { id: b, params: { p: "${secrets.x}" } }'), '4:38 unknown-name'],
    ['a parameter', withHead('params: { p: "${secrets.x}" }'), '2:15 unknown-name'],
    [
      'an expression of a parameter',
      withHead('params: { p: { type: string, expression: "secrets.x" } }'),
      '2:43 unknown-name',
    ],
    [
      'the parameters of a cron trigger',
      withHead('params: { p: a }', 'triggers:', '  - { cron: "@daily", params: { p: "${secrets.x}" } }'),
      '4:37 unknown-name',
    ],
    [
      'the parameters of a signal trigger',
      withHead('params: { p: a }', 'triggers:', '  - { signal: s, params: { p: "${secrets.x}" } }'),
      '4:32 unknown-name',
    ],
    [
      'what a foreach goes through',
      withStep('foreach: { a: secrets.x }', 'steps: [{ id: y, noop: true }]'),
      '4:19 unknown-name',
    ],
    [
      'the condition of a while',
      withStep('while: secrets.x == 1', 'values: { i: 0 }', 'steps: [{ id: y, noop: true }]'),
      '4:12 unknown-name',
    ],
  ])('in %s', (_where, text, place) => {
    const [refusal] = refusalsOf(text);
    expect(placesOf(text)).toEqual([place]);
    expect(refusal?.message).toMatch(
      /^A secret may only stand in the `env` of a step or in the headers of its request: /u,
    );
    expect(refusal?.hint).toContain(HINT);
  });

  test('in a script, with the line to write', () => {
    const [refusal] = refusalsOf(withStep('run: curl -u "${secrets.api_key}" example.com'));
    expect(refusal?.hint).toBe(
      'Add to the step: env: { API_KEY: "${secrets.api_key}" } – and write "$API_KEY" in the script.',
    );
  });

  test('in the env of a step that runs no program', () => {
    expect(placesOf(withStep('noop: true', 'env: { A: "${secrets.x}" }'))).toEqual(['5:5 no-effect']);
  });
});

describe('the name of a secret', () => {
  test.each([
    ['${secrets}', '`secrets` by itself is no value: write secrets.<name>.'],
    ["${secrets['a-b']}", '"a-b" cannot be the name of a secret.'],
    ["${secrets['1']}", '"1" cannot be the name of a secret.'],
    ["${secrets['../x']}", '"../x" cannot be the name of a secret.'],
    ['${secrets.a.b}', '`secrets.a` is a text, which has no "b".'],
  ])('is not that of %s', (text, message) => {
    const [refusal] = refusalsOf(withStep('run: ls', `env: { A: "${text}" }`));
    expect(refusal?.message.split('\n')[0]).toBe(message);
  });

  test('is known to follow `secrets`, which is told to who forgets an s', () => {
    const [refusal] = refusalsOf(withStep('run: ls', 'env: { A: "${secret.x}" }'));
    expect(refusal?.place?.suggestion).toBe('secrets');
  });
});
