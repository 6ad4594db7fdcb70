// From text to definitions: native YAML or JSON, or Maestro's, several documents separated by `---`. Either every document is a valid
// definition, or everything that is wrong is told at once, each with its line, column and what to write instead.

import { type Refusal } from '../refusal.ts';
import { type Result, failed, success } from '../result.ts';
import { readMaestro } from './maestro/read-maestro.ts';
import { maestroShape } from './maestro/shape.ts';
import { type Definition, type FileReference } from './model.ts';
import { type PlacedProblem, type Problem, placed, refusalOf } from './problem.ts';
import { type Reading } from './reading/spot.ts';
import { readWorkflow } from './reading/workflow.ts';
import { type SourceNode } from './source/node.ts';
import { type SourceDocument, parseSource } from './source/parse-source.ts';
import { stepLists, stepsIn } from './step-lists.ts';
import { type Expanded, type KnownTemplates, expandTemplates } from './template/expand.ts';
import { originAt, originText } from './template/read-template.ts';
import { validate } from './validate.ts';

/** What the reader cannot know by itself. */
export interface ReadOptions {
  /** The files that came along; when given, files that are named but did not come are refused. */
  readonly fileNames?: readonly string[];
  /** Asks whether a cron text and a time zone mean something; answers a sentence when they do not. */
  readonly checkCron?: (cron: string, timezone: string) => string | undefined;
  /** The templates that steps may use; without them, steps that use templates stay open and are not checked. */
  readonly templates?: KnownTemplates;
}

/** A definition, and the files that must go up with it: `withFiles` puts them in. */
export interface ReadDefinition {
  readonly definition: Definition;
  /** Sorted paths: those under `files:`, and those of Python and Node.js programs. */
  readonly filesWanted: readonly string[];
  /** The templates that steps use, as they are written. */
  readonly templatesWanted: readonly string[];
  /** The files that came along with templates. */
  readonly templateFiles: readonly FileReference[];
}

/** Refusals of one text beyond this number are not told one by one. */
const MOST_REFUSALS = 100;

interface Attempt {
  readonly read?: ReadDefinition;
  readonly root?: SourceNode;
  readonly problems: readonly PlacedProblem[];
}

/** Reads all definitions of a text. */
export function readDefinitions(
  text: string,
  options: ReadOptions = {},
): Result<readonly ReadDefinition[], readonly Refusal[]> {
  const attempts = parseSource(text).map((document) => readDocument(document, options));
  const definitions = attempts.flatMap(({ read }) => (read === undefined ? [] : [read]));
  const problems = [...attempts.flatMap((attempt) => attempt.problems), ...repeatedIds(attempts)];
  return problems.length > 0 ? failed(told(problems)) : success(definitions);
}

function readDocument(document: SourceDocument, options: ReadOptions): Attempt {
  const { root } = document;
  if (root === undefined) return { problems: inOrder(document.problems, NOWHERE) };
  const reading: Reading = {
    problems: [...document.problems],
    doubtful: new Set(document.problems.map(({ path }) => JSON.stringify(path))),
    filesWanted: new Map(),
    ...(options.checkCron === undefined ? {} : { checkCron: options.checkCron }),
  };
  if (maestroShape(root) === undefined) return readNative(reading, root, options);
  return readImported(reading, root, options);
}

/** Maestro's own rules are checked while its documents are read. */
function readImported(reading: Reading, root: SourceNode, options: ReadOptions): Attempt {
  const imported = readMaestro({ reading, node: root, path: [] }, options.templates);
  if (imported === undefined) return { problems: inOrder(reading.problems, root) };
  const { definition, wanted, request, origins } = imported;
  const problems = [...reading.problems, ...missingFiles(definition, reading, options.fileNames)].map((problem) =>
    withOrigin(problem, { root: request, origins }),
  );
  const read = { definition, filesWanted: filesOf(reading), templatesWanted: wanted, templateFiles: [] };
  return { read, root, problems: inOrder(problems, root) };
}

function readNative(reading: Reading, document: SourceNode, options: ReadOptions): Attempt {
  const expanded = expandTemplates(document, reading, options.templates);
  const { root, files, wanted } = expanded;
  // What is wrong with the text itself comes first, what is wrong inside a template comes behind it.
  const ofText = reading.problems.length;
  const told = (problems: readonly Problem[]): readonly PlacedProblem[] =>
    inOrder(
      problems.map((problem, index) => (index < ofText ? problem : withOrigin(problem, expanded))),
      root,
    );
  const definition = readWorkflow({ reading: { ...reading, templates: expanded.uses }, node: root, path: [] });
  if (definition === undefined) return { problems: told(reading.problems) };
  const given = options.fileNames && [...options.fileNames, ...files.map(({ path }) => path)];
  const broken = validate(definition, reading.doubtful);
  const problems = [...reading.problems, ...broken, ...missingFiles(definition, reading, given)];
  const read = { definition, filesWanted: filesOf(reading), templatesWanted: wanted, templateFiles: files };
  return { read, root, problems: told(problems) };
}

function filesOf({ filesWanted }: Reading): readonly string[] {
  return [...filesWanted.keys()].sort();
}

/** What is wrong inside a template is told at the step that uses it, with the template's own line. */
function withOrigin(problem: Problem, { root, origins }: Pick<Expanded, 'root' | 'origins'>): Problem {
  const origin = originAt(root, problem.path, origins);
  return origin === undefined ? problem : { ...problem, message: `${problem.message} (${originText(origin)})` };
}

const NOWHERE: SourceNode = { kind: 'map', at: { line: 1, column: 1 }, entries: new Map() };

/** Top to bottom, as a person goes through the text. */
function inOrder(problems: readonly Problem[], root: SourceNode): readonly PlacedProblem[] {
  return problems
    .map((problem) => placed(problem, root))
    .sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
}

function missingFiles(
  definition: Definition,
  { filesWanted }: Reading,
  given: readonly string[] | undefined,
): readonly Problem[] {
  if (given === undefined) return [];
  const here = new Set(given);
  const ids = new Map(
    stepLists(definition)
      .flatMap(stepsIn)
      .map(({ path, step }) => [JSON.stringify(path), step.id]),
  );
  return Array.from(filesWanted)
    .filter(([file]) => !here.has(file))
    .map(([file, path]) => {
      const step = ids.get(JSON.stringify(path.slice(0, -1)));
      const who = step === undefined ? 'The workflow' : `The step "${step}"`;
      return {
        rule: 'missing-file',
        message: `${who} names the file "${file}", which did not come with the definition.`,
        hint: 'Paths are relative to the folder of the definition.',
        meant: { word: file, among: given },
        path,
      };
    });
}

function repeatedIds(attempts: readonly Attempt[]): readonly PlacedProblem[] {
  const seen = new Set<string>();
  return attempts.flatMap(({ read, root }) => {
    const id = read?.definition.id ?? '';
    const isNew = id === '' || !seen.has(id);
    seen.add(id);
    if (isNew || root === undefined) return [];
    const message = `Two documents of this text define the workflow "${id}".`;
    return [
      placed({ rule: 'duplicate-workflow', message, hint: 'Give one of them another `id`.', path: ['id'] }, root),
    ];
  });
}

function told(problems: readonly PlacedProblem[]): readonly Refusal[] {
  const refusals = problems.slice(0, MOST_REFUSALS).map(refusalOf);
  if (problems.length <= MOST_REFUSALS) return refusals;
  const message = `There are more problems than these ${String(MOST_REFUSALS)}; mend these first.`;
  return [...refusals, { code: 'BAD_DEFINITION', message, path: [] }];
}
