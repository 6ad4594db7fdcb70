// An imported definition in Maestro's YAML language. What comes out has been read again and is the same definition, but for what
// the language has no words for: that stands in the text as comments, and among the notes.

import { type Refusal } from '../../../refusal.ts';
import { type Result, failed, success } from '../../../result.ts';
import { canonicalJson } from '../../canonical.ts';
import { type Definition } from '../../model.ts';
import { yamlText } from '../../native/yaml-text.ts';
import { readDefinitions } from '../../read.ts';
import { dslTree } from './dsl.ts';
import { toMaestroJson } from './to-maestro-json.ts';
import { notesOn, unsayableIn, withoutUnsayable } from './unsayable.ts';

/** A definition's text, and in sentences what it does not say. */
export interface MaestroText {
  readonly yaml: string;
  readonly notes: readonly string[];
}

/** Writes a definition in Maestro's YAML language; one that would become another is refused. */
export function toMaestroYaml(definition: Definition): Result<MaestroText, Refusal> {
  const sayable = withoutUnsayable(definition);
  const json = toMaestroJson(sayable);
  if (!json.ok) return json;
  const notes = notesOn(definition);
  const yaml = yamlText(
    dslTree(json.value),
    [],
    notes.map((message) => ({ path: [], message })),
  );
  const read = readDefinitions(yaml);
  const again = read.ok ? read.value[0]?.definition : undefined;
  if (again !== undefined && canonicalJson(again) === canonicalJson(sayable)) return success({ yaml, notes });
  return failed(notInYaml(definition, unsayableIn(sayable)));
}

function notInYaml({ id }: Definition, reasons: readonly string[]): Refusal {
  const why = reasons.length === 0 ? 'the text would not be read as the same workflow again' : reasons.join('; ');
  return {
    code: 'BAD_INPUT',
    message: `The workflow "${id}" cannot be written in Maestro's YAML language: ${why}.`,
    path: [],
    hint: "Maestro's JSON has words for all of it.",
  };
}
