// `validate`: says everything that is wrong with definitions, without a server.

import { loadDefinitions } from '../documents/definition-files.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { print, printJson, type Session } from '../session.ts';
import { refuse } from './apply.ts';

/** Checks files. */
export function validate(session: Session, files: readonly string[]): ExitCode {
  const { workflows, others, problems, texts } = loadDefinitions(files, session);
  if (problems.length > 0) return refuse(session, problems, texts);
  if (session.json)
    printJson(session, {
      problems: [],
      workflows: workflows.map(({ workflowId, file, uploads }) => ({
        workflowId,
        file,
        files: uploads.map(({ path }) => path),
      })),
      others: others.map(({ kind, id, file, uploads }) => ({ kind, id, file, files: uploads.map(({ path }) => path) })),
    });
  else
    print(
      session,
      ...others.map(({ kind, id, file }) => `${session.paint('green', '✓')} ${kind} ${id} in ${file} is fine`),
      ...workflows.map(({ workflowId, file }) => `${session.paint('green', '✓')} ${workflowId} in ${file} is fine`),
    );
  return FINE;
}
