// Reads definition files and the files that they name: what `apply` uploads and `validate` checks. All problems come at once.

import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, posix, relative, resolve, sep } from 'node:path';
import { documentKind } from '../../core/definition/document-kind.ts';
import { notebookRefusals } from '../../core/definition/notebook-file.ts';
import { readDefinitions } from '../../core/definition/read.ts';
import { type Refusal } from '../../core/refusal.ts';
import { wrongUse } from '../cli-error.ts';
import { type SourceDocument, splitDocuments, type UploadedFile } from './documents.ts';
import { type DocumentKind, type LoadedDocument } from './document-kind.ts';
import { OTHER_DOCUMENTS } from './other-documents.ts';
import { type CheckCron, type Session } from '../session.ts';
import { problemOfRefusal, type SourceProblem } from './source-problem.ts';

/** One workflow, ready to go up. */
export interface LoadedWorkflow extends SourceDocument {
  /** The definition file as the user named it. */
  readonly file: string;
  readonly workflowId: string;
  readonly uploads: readonly UploadedFile[];
}

/** Everything that was read, and everything that is wrong with it. */
export interface LoadedDefinitions {
  readonly workflows: readonly LoadedWorkflow[];
  /** What is no workflow, such as templates; it goes up before them. */
  readonly others: readonly LoadedDocument[];
  readonly problems: readonly SourceProblem[];
  /** Whole texts, by the name of the file. */
  readonly texts: ReadonlyMap<string, string>;
}

const MOST_BYTES = 8 * 1024 * 1024;

/** Where relative paths are read, and what the definitions' reader cannot know by itself. */
type Reading = Pick<Session, 'io' | 'checkCron'>;

/** Reads all files; a file that is not there is wrong use. */
export function loadDefinitions(files: readonly string[], { io, checkCron }: Reading): LoadedDefinitions {
  const workflows: LoadedWorkflow[] = [];
  const others: LoadedDocument[] = [];
  const problems: SourceProblem[] = [];
  const texts = new Map<string, string>();
  for (const file of new Set(files)) {
    const path = resolve(io.folder, file);
    const text = readText(path, file);
    texts.set(file, text);
    for (const document of splitDocuments(text)) {
      const loaded = loadDocument(document, { file, home: dirname(path), checkCron });
      workflows.push(...loaded.workflows);
      others.push(...loaded.others);
      problems.push(...loaded.problems);
    }
  }
  return { workflows, others, problems: [...problems, ...doubles(workflows)], texts };
}

function loadDocument(
  document: SourceDocument,
  { file, home, checkCron }: { readonly file: string; readonly home: string; readonly checkCron: CheckCron },
): Omit<LoadedDefinitions, 'texts'> {
  const kind = documentKind(document.text);
  const other = OTHER_DOCUMENTS.get(kind);
  if (other !== undefined) return loadOther(document, { kind, file, home, other });
  const read = readDefinitions(document.text, { checkCron });
  const refused = (refusals: readonly Refusal[]): readonly SourceProblem[] =>
    refusals.map((refusal) => problemOfRefusal(refusal, file, document.linesBefore));
  if (!read.ok) return { workflows: [], others: [], problems: refused(read.failure) };
  const workflows: LoadedWorkflow[] = [];
  const problems: SourceProblem[] = [];
  for (const { definition, filesWanted } of read.value) {
    const { uploads, unfit } = readUploads(filesWanted, realpathSync(home), file);
    problems.push(...unfit, ...refused(notebookRefusals(definition, document.text, textIn(uploads))));
    workflows.push({ ...document, file, workflowId: definition.id, uploads });
  }
  const again = readDefinitions(document.text, {
    checkCron,
    fileNames: filesNear(
      read.value.flatMap((one) => one.filesWanted),
      home,
    ),
  });
  return { workflows, others: [], problems: [...problems, ...(again.ok ? [] : refused(again.failure))] };
}

/** What is not UTF-8 is no text: it stands for one that nothing can be made of. */
function textIn(uploads: readonly UploadedFile[]): (path: string) => string | undefined {
  return (path) => {
    const upload = uploads.find((one) => one.path === path);
    if (upload === undefined) return undefined;
    return 'text' in upload ? upload.text : '';
  };
}

function loadOther(
  document: SourceDocument,
  place: { readonly kind: string; readonly file: string; readonly home: string; readonly other: DocumentKind },
): Omit<LoadedDefinitions, 'texts'> {
  const { kind, file, home, other } = place;
  const { id, filesWanted, refusals } = other.read(document.text);
  const { uploads, unfit } = readUploads(filesWanted, realpathSync(home), file);
  const problems = refusals.map((refusal) => problemOfRefusal(refusal, file, document.linesBefore));
  return { workflows: [], others: [{ ...document, kind, file, id, uploads }], problems: [...problems, ...unfit] };
}

/** The wanted files that are there, and all others in their folders, of which one may have been meant. */
function filesNear(wanted: readonly string[], home: string): readonly string[] {
  const folders = new Set(wanted.map((path) => posix.dirname(path)));
  return Array.from(folders).flatMap((folder) => {
    try {
      const entries = readdirSync(resolve(home, folder), { withFileTypes: true });
      return entries.filter((entry) => !entry.isDirectory()).map((entry) => posix.join(folder, entry.name));
    } catch {
      return [];
    }
  });
}

function doubles(workflows: readonly LoadedWorkflow[]): readonly SourceProblem[] {
  return workflows.flatMap(({ workflowId, file, linesBefore }, index) => {
    const earlier = workflows.slice(0, index).find((other) => other.workflowId === workflowId);
    if (earlier === undefined) return [];
    const message = `There are two workflows "${workflowId}": the other one begins in ${earlier.file} at line ${String(earlier.linesBefore + 1)}.`;
    return [{ file, line: linesBefore + 1, rule: 'duplicate-workflow', message, hint: 'Give one of them another id.' }];
  });
}

function readUploads(
  wanted: readonly string[],
  home: string,
  file: string,
): { readonly uploads: readonly UploadedFile[]; readonly unfit: readonly SourceProblem[] } {
  const uploads: UploadedFile[] = [];
  const unfit: SourceProblem[] = [];
  for (const path of wanted) {
    const content = readInside(home, path);
    if (typeof content === 'string')
      unfit.push({ file, rule: 'unreadable-file', message: `The definition names ${path}, ${content}.` });
    else if (content !== undefined) uploads.push({ path, ...encode(content) });
  }
  return { uploads, unfit };
}

/** The content of a file below the folder, nothing if it is missing, or why it cannot go up. A link may not lead out of the folder. */
function readInside(home: string, path: string): Buffer | string | undefined {
  try {
    const real = realpathSync(resolve(home, path));
    const way = relative(home, real);
    if (way === '..' || way.startsWith(`..${sep}`)) return 'which leads out of the folder of the definition';
    const content = readFileSync(real);
    if (content.length <= MOST_BYTES) return content;
    const cure = path.endsWith('.ipynb') ? ': clear its outputs in Jupyter and save it' : '';
    return `which has ${String(content.length)} bytes, more than the ${String(MOST_BYTES)} that may go up${cure}`;
  } catch (error) {
    return isMissing(error)
      ? undefined
      : `which cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function encode(content: Buffer): { readonly text: string } | { readonly base64: string } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content) };
  } catch {
    return { base64: content.toString('base64') };
  }
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error))
      throw wrongUse(
        `There is no file ${shown}.`,
        'Name the file that holds the definition, such as penguins.downbeat.yaml.',
      );
    throw wrongUse(`${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
