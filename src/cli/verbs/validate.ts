// `validate`: says everything that is wrong with definitions, without a server.

import { loadDefinitions } from '../definition-files.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { print, printJson, type Session } from '../session.ts';
import { refuse } from './apply.ts';

/** Checks files. */
export function validate(session: Session, files: readonly string[]): ExitCode {
  const { workflows, problems, texts } = loadDefinitions(files, session);
  if (problems.length > 0) return refuse(session, problems, texts);
  if (session.json)
    printJson(session, {
      problems: [],
      workflows: workflows.map(({ workflowId, file, uploads }) => ({
        workflowId,
        file,
        files: uploads.map(({ path }) => path),
      })),
    });
  else
    print(
      session,
      ...workflows.map(({ workflowId, file }) => `${session.paint('green', '✓')} ${workflowId} in ${file} is fine`),
    );
  return FINE;
}
