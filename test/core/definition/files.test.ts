// Definitions are joined with the files that go up with them.

import { expect, test } from 'vitest';

import { withFiles } from '../../../src/core/definition/files.ts';
import { type FileReference } from '../../../src/core/definition/model.ts';
import { invariant } from '../../../src/core/result.ts';
import { readAll, withStep } from './text.ts';

const [READ] = readAll(`files: [data.csv]\n${withStep('python: scripts/clean.py')}`);
const file = (path: string): FileReference => ({ path, hash: `hash of ${path}`, size: 1 });

test('the wanted files go in sorted, others stay out', () => {
  invariant(READ !== undefined, 'the definition reads');
  const joined = withFiles(READ, [file('other.txt'), file('scripts/clean.py'), file('data.csv')]);
  expect(joined.ok && joined.value.files.map(({ path }) => path)).toEqual(['data.csv', 'scripts/clean.py']);
});

test('a file of a step inside a loop or under finally is wanted like any other', () => {
  const [read] = readAll(
    `finally: [{ id: t, node: tidy.mjs }]\n${withStep('foreach: { a: [1] }', 'steps: [{ id: y, python: a.py }]')}`,
  );
  invariant(read !== undefined, 'the definition reads');
  expect(read.filesWanted).toEqual(['a.py', 'tidy.mjs']);
  const joined = withFiles(read, []);
  expect(!joined.ok && joined.failure.map(({ message, path }) => ({ message, path }))).toEqual([
    {
      message: 'The step "y" of "a" names the file "a.py", which did not come with the definition.',
      path: ['steps', '0', 'steps', '0', 'python'],
    },
    {
      message: 'The step "t" of "a" names the file "tidy.mjs", which did not come with the definition.',
      path: ['finally', '0', 'node'],
    },
  ]);
});

test('a missing file is refused with the step that names it', () => {
  invariant(READ !== undefined, 'the definition reads');
  const joined = withFiles(READ, [file('scripts/clear.py')]);
  expect(!joined.ok && joined.failure).toEqual([
    {
      code: 'BAD_DEFINITION',
      message: 'The workflow "a" names the file "data.csv", which did not come with the definition.',
      path: ['files'],
      hint: 'Paths are relative to the folder of the definition.',
    },
    {
      code: 'BAD_DEFINITION',
      message: 'The step "x" of "a" names the file "scripts/clean.py", which did not come with the definition.',
      path: ['steps', '0', 'python'],
      hint: 'Did you mean "scripts/clear.py"?',
    },
  ]);
});
