// Joins a definition with the files that go up with it.

import { nearest } from '../expression/nearest.ts';
import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { type Definition, type FileReference } from './model.ts';
import { type ReadDefinition } from './read.ts';
import { stepLists, stepsIn } from './step-lists.ts';

/** Puts in the files that the definition wants, and no others; those that are missing are refused by name and step. */
export function withFiles(
  read: ReadDefinition,
  files: readonly FileReference[],
): Result<Definition, readonly Refusal[]> {
  const { definition, filesWanted } = read;
  const given = new Map(files.map((file) => [file.path, file]));
  const missing = filesWanted.filter((path) => !given.has(path));
  if (missing.length > 0) return failed(missing.map((path) => missingFile(definition, path, [...given.keys()])));
  return success({ ...definition, files: filesWanted.flatMap((path) => given.get(path) ?? []) });
}

function missingFile(definition: Definition, path: string, given: readonly string[]): Refusal {
  const { id } = definition;
  const placed = stepLists(definition)
    .flatMap(stepsIn)
    .find(({ step: { work } }) => 'program' in work && 'file' in work.program && work.program.file === path);
  const who = placed === undefined ? `The workflow "${id}"` : `The step "${placed.step.id}" of "${id}"`;
  const near = nearest(path, given);
  return {
    code: 'BAD_DEFINITION',
    message: `${who} names the file "${path}", which did not come with the definition.`,
    path: placed === undefined ? ['files'] : [...placed.path, placed.step.work.kind],
    hint: near === undefined ? 'Paths are relative to the folder of the definition.' : `Did you mean "${near}"?`,
  };
}
