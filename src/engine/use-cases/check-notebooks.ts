// The notebooks that come with a definition, looked at before it is applied.

import { type Definition } from '../../core/definition/model.ts';
import { notebookRefusals } from '../../core/definition/notebook-file.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type DefinitionInput } from '../definition-input.ts';

const CHUNK = 8_192;

/** What is wrong with the notebooks among the files that came. */
export function notebooksOf(definition: Definition, { source, files }: DefinitionInput): readonly Refusal[] {
  return notebookRefusals(definition, source, (path) => {
    const file = files.find((one) => one.path === path);
    return file === undefined ? undefined : characters(file.content);
  });
}

/** Each byte as one character, which is quick, and enough to see the shape of JSON. */
function characters(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += CHUNK)
    parts.push(String.fromCharCode(...bytes.subarray(from, from + CHUNK)));
  return parts.join('');
}
