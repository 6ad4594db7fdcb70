// `export`: a workflow as a text that can be applied again, or a run as a record for somebody who has no access to this server.

import { CliError, wrongUse } from '../cli-error.ts';
import { printableLine } from '../display/printable.ts';
import { type ExitCode, FINE } from '../exit-code.ts';
import { EXPORT_WORKFLOW, type ExportedVersionView, type TextView } from '../operations/export-operations.ts';
import { globalId, shortId } from '../server/global-id.ts';
import { nearestWorkflow } from '../server/nearest-workflow.ts';
import { print, printJson, say, type Session } from '../session.ts';
import { exportRun } from './export-run.ts';

/** What `export` may be told. */
export interface ExportOptions {
  /** For a workflow: one of `EXPORT_FORMATS`. */
  readonly as?: string;
  /** For a workflow: the version, else the active one. */
  readonly workflowVersion?: number;
  /** For a run: the folder that its record, files and logs are written into. */
  readonly output?: string;
}

/** Exports what is named. */
export async function exportIt(session: Session, what: string, options: ExportOptions): Promise<ExitCode> {
  const id = globalId(what);
  if (id.startsWith('run:')) {
    if (options.as !== undefined || options.workflowVersion !== undefined)
      throw wrongUse('--as and --workflow-version belong to workflows, and this is a run.', 'Leave them out.');
    return exportRun(session, id, options.output);
  }
  if (!id.startsWith('workflow:'))
    throw wrongUse(
      `"${what}" is neither a workflow nor a run.`,
      'Write a workflow such as penguins, or a run such as penguins/12.',
    );
  if (options.output !== undefined)
    throw wrongUse(
      '--output belongs to runs, and this is a workflow.',
      `Write into a file: downbeat export ${what} > ${shortId(id)}.downbeat.yaml`,
    );
  return exportWorkflow(session, id, options);
}

const FORMATS: Readonly<Record<string, (version: ExportedVersionView) => TextView | null>> = {
  yaml: ({ yaml }) => yaml,
  json: ({ nativeJson }) => nativeJson,
  'maestro-yaml': ({ maestroYaml }) => maestroYaml,
  'maestro-json': ({ maestroJson }) =>
    maestroJson === null ? null : { text: `${JSON.stringify(maestroJson, null, 2)}\n`, notes: [] },
};

/** The formats in which a workflow can be exported. */
export const EXPORT_FORMATS: readonly string[] = Object.keys(FORMATS);

async function exportWorkflow(session: Session, id: string, options: ExportOptions): Promise<ExitCode> {
  const { as = 'yaml', workflowVersion } = options;
  const answer = await session.client.query(EXPORT_WORKFLOW, {
    id,
    schemaUrl: new URL('/schema/workflow.json', session.client.endpoint.url).href,
    ...(workflowVersion === undefined ? {} : { version: workflowVersion }),
  });
  const { workflow } = answer;
  if (workflow === null) throw noSuchWorkflow(shortId(id), await nearestWorkflow(session, shortId(id)));
  const { workflowId, definition, versionCount } = workflow;
  if (definition === null) throw noSuchVersion(workflowId, workflowVersion, versionCount);
  const written = FORMATS[as]?.(definition) ?? null;
  if (written === null) throw notInFormat(workflowId, as, definition);
  if (session.json) printJson(session, { workflowId, version: definition.version, as, ...written });
  else {
    print(session, written.text.replace(/\n$/u, ''));
    for (const note of written.notes) say(session, `note: ${printableLine(note)}`);
  }
  return FINE;
}

function noSuchWorkflow(name: string, near: string | undefined): CliError {
  return new CliError('NOT_FOUND', `There is no workflow "${name}".`, {
    hint: near === undefined ? 'See which there are: downbeat workflows' : `Did you mean ${near}?`,
  });
}

function noSuchVersion(workflowId: string, version: number | undefined, versionCount: number): CliError {
  const last = String(versionCount);
  if (version === undefined)
    return new CliError('NOT_FOUND', `"${workflowId}" has no active version.`, {
      hint: `Name one: downbeat export ${workflowId} --workflow-version ${last}`,
    });
  return new CliError('NOT_FOUND', `"${workflowId}" has no version ${String(version)}.`, {
    hint: versionCount === 1 ? 'Its only version is 1.' : `Its versions are 1 to ${last}.`,
  });
}

function notInFormat(workflowId: string, as: string, { maestroJson, whyNoMaestroYaml }: ExportedVersionView): CliError {
  if (maestroJson === null)
    return new CliError(
      'NOT_EXPORTABLE',
      `"${workflowId}" was not imported from Maestro, or says what Maestro has no words for.`,
      {
        hint: `Its expressions would mean something else there. In our own format: downbeat export ${workflowId} --as yaml`,
      },
    );
  return new CliError(
    'NOT_EXPORTABLE',
    whyNoMaestroYaml ?? `Maestro's YAML language has no words for everything that "${workflowId}" says.`,
    { hint: `Maestro's JSON has: downbeat export ${workflowId} --as ${as.replace('yaml', 'json')}` },
  );
}
