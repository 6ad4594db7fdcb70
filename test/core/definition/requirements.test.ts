// The packages of Python steps: one list for what means the same, and nothing that would make pip do other things.

import { expect, test } from 'vitest';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { placesOf, withStep } from './text.ts';

const read = (text: string): unknown => {
  const result = readDefinitions(withStep('python: print(1)', `requirements: ${text}`));
  return result.ok
    ? result.value[0]?.definition.steps[0]?.work
    : result.failure.map(({ message, hint }) => [message, hint]);
};

test('what means the same is the same list', () => {
  const work = {
    kind: 'python',
    program: { code: 'print(1)' },
    requirements: ['numpy<3,>=2', 'scikit-learn[extra]', 'zope-x'],
  };
  expect(read('[ "numpy >= 2, < 3", Zope.X, "scikit_learn[extra]" ]')).toEqual(work);
  expect(read('[zope-x, "scikit-learn[extra]", "numpy<3,>=2"]')).toEqual(work);
  expect(read('pandas')).toMatchObject({ requirements: ['pandas'] });
  expect(read('[]')).toEqual({ kind: 'python', program: { code: 'print(1)' } });
});

test.each([
  ['["--index-url=x"]', 'options of pip are not taken here'],
  ['["pandas @ https://example.org/p.whl"]', 'packages are named, not fetched from an address'],
  ['["git+https://example.org/p"]', 'packages are named, not fetched from an address'],
  ['["./local"]', 'packages are named, not taken from a path'],
  ['requirements.txt', 'it looks like a file of requirements'],
  ['["pandas=2"]', 'one = is no comparison'],
  ['["pandas; python_version<\'3\'"]', 'conditions behind a semicolon are not taken'],
  ['["two words"]', 'that is no name of a package'],
  ['[pandas, "Pandas>2"]', 'is named twice'],
])('%s is refused: %s', (text, why) => {
  expect(JSON.stringify(read(text))).toContain(why);
});

test('requirements have no effect on what is no Python step', () => {
  expect(placesOf(withStep('run: ls', 'requirements: [pandas]'))).toEqual(['5:5 no-effect']);
});
