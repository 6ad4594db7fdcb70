// `notebook:` as it is read, and what is told of the file itself before anything runs.

import { expect, test } from 'vitest';
import { outlineOf } from '../../../src/core/definition/drawing.ts';
import { type Definition } from '../../../src/core/definition/model.ts';
import { notebookFault, notebookRefusals } from '../../../src/core/definition/notebook-file.ts';
import { toNativeYaml } from '../../../src/core/definition/native/to-native-yaml.ts';
import { readDefinitions } from '../../../src/core/definition/read.ts';
import { notebookText } from '../../support/notebooks.ts';

const flow = (...step: readonly string[]): string =>
  ['id: flow', 'steps:', '  - id: report', ...step.map((line) => `    ${line}`), ''].join('\n');

function read(source: string): { readonly definition: Definition; readonly files: readonly string[] } {
  const [only] = readDefinitions(source).ok ? unwrapped(source) : [];
  if (only === undefined) throw new Error(JSON.stringify(readDefinitions(source)));
  return only;
}

function unwrapped(source: string): readonly { readonly definition: Definition; readonly files: readonly string[] }[] {
  const all = readDefinitions(source);
  return all.ok ? all.value.map(({ definition, filesWanted }) => ({ definition, files: filesWanted })) : [];
}

function refusal(source: string): readonly [place: string, message: string, hint: string | undefined] {
  const all = readDefinitions(source);
  const [first] = all.ok ? [] : all.failure;
  const { line = 0, column = 0, rule = '' } = first?.place ?? {};
  return [`${String(line)}:${String(column)} ${rule}`, first?.message ?? '', first?.hint];
}

test('a notebook step has its file, which goes up with the version, and its packages', () => {
  const source = flow(
    'notebook: ./deep//report.ipynb',
    'requirements: [pandas==2.2.3, Numpy]',
    'outputs: { rows: long }',
  );
  const { definition, files } = read(source);
  expect(definition.steps[0]).toMatchObject({
    work: { kind: 'notebook', program: { file: 'deep/report.ipynb' }, requirements: ['numpy', 'pandas==2.2.3'] },
    outputs: [{ name: 'rows', type: 'long' }],
  });
  expect(files).toEqual(['deep/report.ipynb']);
  expect(read(flow('notebook: a.ipynb')).definition.steps[0]?.work).toEqual({
    kind: 'notebook',
    program: { file: 'a.ipynb' },
  });
});

test('it is drawn and written out in the words that it is defined with', () => {
  const { definition } = read(flow('notebook: report.ipynb', 'requirements: pandas'));
  expect(outlineOf(definition)).toContain('└─ report  notebook report.ipynb');
  const { definition: again } = read(toNativeYaml(definition, 'schema.json').yaml);
  expect(again).toEqual(definition);
});

test.each([
  [
    'notebook: report.py',
    '4:15 wrong-type',
    'takes a file that ends in .ipynb, and "report.py" does not',
    'python: report.py?',
  ],
  ['notebook: ""', '4:15 wrong-type', 'is empty', 'notebook: report.ipynb'],
  ['notebook: [a.ipynb]', '4:15 wrong-type', 'must be', undefined],
  ['notebook: ../a.ipynb', '4:15 bad-path', 'files stay within the folder', undefined],
  ['notebook: "*.ipynb"', '4:15 bad-path', 'files are named one by one', undefined],
])('%s is refused at its place', (line, place, message, hint) => {
  const [at, said, advice] = refusal(flow(line));
  expect(at).toBe(place);
  expect(said).toContain(message);
  if (hint !== undefined) expect(advice).toContain(hint);
});

test('other words for it are understood', () => {
  expect(refusal(flow('noop: true', 'ipynb: a.ipynb'))).toEqual([
    '5:5 unknown-key',
    '`ipynb` is not a key of a step.',
    'Did you mean "notebook"?',
  ]);
});

test('a step has a program or a notebook, never both', () => {
  expect(refusal(flow('notebook: a.ipynb', 'python: print(1)'))[0]).toContain('two-kinds');
});

test.each([
  ['{"cells": [', 'is no notebook: it is not JSON.'],
  ['{\n<<<<<<< HEAD\n "cells": []', 'it is not JSON: line 2 is the mark of a merge conflict.'],
  ['', 'it is not JSON.'],
  ['[]', 'it has no list of cells'],
  ['{"cells": {}}', 'it has no list of cells'],
  ['{"worksheets": []}', 'of a format that was given up in 2014'],
  [notebookText([], { kernelspec: { name: 'ir', language: 'R' } }), 'is written in R, and notebook steps run Python.'],
  [notebookText([], { language_info: { name: 'julia' } }), 'is written in julia'],
])('a file with %s is told', (text, message) => {
  expect(notebookFault('report.ipynb', text)?.message).toContain(message);
});

test.each([
  notebookText(['1']),
  notebookText([], {}),
  notebookText([], { kernelspec: { name: 'python3' } }),
  '{"cells":[]}',
])('a Python notebook of any kernel is fine', (text) => {
  expect(notebookFault('report.ipynb', text)).toBeUndefined();
});

test('what is wrong with a file is told at the step that names it, also inside a loop', () => {
  const source = `id: flow
steps:
  - { id: known, noop: true }
  - id: each
    foreach: { island: [biscoe, dream] }
    steps:
      - id: report
        notebook: report.ipynb
      - id: other
        notebook: not-here.ipynb
`;
  const { definition } = read(source);
  const refusals = notebookRefusals(definition, source, (path) => (path === 'report.ipynb' ? '{}' : undefined));
  expect(refusals).toMatchObject([
    {
      code: 'BAD_DEFINITION',
      path: ['steps', '1', 'steps', '0', 'notebook'],
      place: { line: 8, column: 19, rule: 'bad-notebook' },
    },
  ]);
});
