// `graph`: a workflow as a drawing, from its file without a server, or the active version of one that was applied.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { mermaidOf, outlineOf } from '../../core/definition/drawing.ts';
import { type Definition } from '../../core/definition/model.ts';
import { readDefinitions } from '../../core/definition/read.ts';
import { CliError, wrongUse } from '../cli-error.ts';
import { loadDefinitions } from '../documents/definition-files.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { globalId } from '../server/global-id.ts';
import { WORKFLOW_DEFINITION } from '../operations/definition-operations.ts';
import { printableLine } from '../display/printable.ts';
import { print, printJson, type Session } from '../session.ts';
import { refuse } from './apply.ts';

/** What `graph` may be told. */
export interface GraphOptions {
  readonly format: string;
}

const DRAWINGS: ReadonlyMap<string, (definition: Definition) => readonly string[]> = new Map([
  ['text', outlineOf],
  ['mermaid', mermaidOf],
]);

/** Draws every workflow of a file, or one of the server's. */
export async function graph(session: Session, what: string, { format }: GraphOptions): Promise<ExitCode> {
  const draw = DRAWINGS.get(format);
  if (draw === undefined) throw wrongUse(`There is no format ${format}.`, 'There are text and mermaid.');
  const isFile = /\.(?:ya?ml|json)$/iu.test(what) || existsSync(resolve(session.io.folder, what));
  const definitions = isFile ? definitionsIn(session, what) : [await definitionOf(session, what)];
  if (typeof definitions === 'number') return definitions;
  if (session.json) {
    printJson(session, {
      format,
      graphs: definitions.map((one) => ({ workflowId: one.id, graph: draw(one).join('\n') })),
    });
    return FINE;
  }
  definitions.forEach((definition, index) => {
    print(session, ...(index === 0 ? [] : ['']), ...draw(definition).map(printableLine));
  });
  return FINE;
}

function definitionsIn(session: Session, file: string): readonly Definition[] | ExitCode {
  const { workflows, problems, texts } = loadDefinitions([file], session);
  if (problems.length > 0) return refuse(session, problems, texts);
  return workflows.flatMap(({ text }) => {
    const read = readDefinitions(text);
    return read.ok ? read.value.map(({ definition }) => definition) : [];
  });
}

async function definitionOf({ client }: Session, workflow: string): Promise<Definition> {
  const answer = await client.query(WORKFLOW_DEFINITION, { id: globalId(workflow) });
  const definition = answer.workflow?.definition?.json;
  if (definition !== undefined) return definition as Definition;
  throw new CliError(
    'NOT_FOUND',
    answer.workflow === null ? `There is no workflow "${workflow}".` : `"${workflow}" has no active version.`,
    { hint: 'Name a workflow that was applied, or the file of a definition.' },
  );
}
