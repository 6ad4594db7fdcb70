// Text to trees: one parser for YAML 1.2 and JSON, every problem with its line and column, and bounds that hold before
// the work is done: length, nesting, number of documents, and what aliases may expand to.

import { Composer, type Document, LineCounter, Parser, type YAMLError } from 'yaml';

import { type Problem } from '../problem.ts';
import { treeOf } from './build-tree.ts';
import { tooDeepAt, DEEPEST_NESTING } from './nesting.ts';
import { type Position, type SourceNode, type SourceText } from './node.ts';
import { syntaxProblem } from './syntax-problem.ts';

const LONGEST_TEXT = 1_000_000;

const MOST_DOCUMENTS = 100;
const LONGEST_LINE = 1000;

/** One document of the text. `root` is absent when its syntax is so wrong that nothing can be said about its content. */
export interface SourceDocument {
  readonly root?: SourceNode;
  readonly problems: readonly Problem[];
}

/** Parses every document of the text. Empty ones are left out; a text without any gives one problem. */
export function parseSource(text: string): readonly SourceDocument[] {
  if (text.length > LONGEST_TEXT) return [refused(tooLong(text.length))];
  const lines = new LineCounter();
  const source: SourceText = { text, positionAt: (offset) => positionIn(lines, offset) };
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const deep = tooDeepAt(tokens);
  if (deep !== undefined) return [refused(tooDeep(source.positionAt(deep)))];
  if (tokens.filter((token) => token.type === 'document').length > MOST_DOCUMENTS) return [refused(tooMany())];
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    // Comparing each key with all others takes minutes on a long map; duplicates are found while the tree is built.
    uniqueKeys: false,
    intAsBigInt: true,
    prettyErrors: false,
    logLevel: 'silent',
    lineCounter: lines,
  });
  const documents = [...composer.compose(tokens, true, text.length)].flatMap((document) =>
    documentOf(document, source),
  );
  return documents.length > 0 ? documents : [refused(empty())];
}

function documentOf(document: Document.Parsed, source: SourceText): readonly SourceDocument[] {
  const faults = [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0]);
  if (faults.length > 0) return [{ problems: syntaxProblems(faults, source) }];
  if (document.contents === null) return [];
  const tree = treeOf(document.contents, source);
  const isEmpty = tree.root.kind === 'scalar' && tree.root.value === null && tree.problems.length === 0;
  return isEmpty ? [] : [tree];
}

/** One mistake often makes the parser complain several times on a line: the first says enough. */
function syntaxProblems(faults: readonly YAMLError[], source: SourceText): readonly Problem[] {
  const byLine = new Map<number, Problem>();
  for (const fault of faults) {
    const offset = startOf(fault, source.text);
    const at = source.positionAt(offset);
    if (!byLine.has(at.line)) byLine.set(at.line, syntaxProblem(fault, at, lineAt(source.text, offset)));
  }
  return [...byLine.values()];
}

/** The parser reports a tab one character early, at the end of the line before. */
function startOf(fault: YAMLError, text: string): number {
  const [offset] = fault.pos;
  return fault.code === 'TAB_AS_INDENT' && text[offset] === '\n' ? offset + 1 : Math.min(offset, text.length);
}

/** The line at an offset, as far as a person would read it. */
function lineAt(text: string, offset: number): string {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, Math.min(end === -1 ? text.length : end, start + LONGEST_LINE));
}

function positionIn(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return line === 0 ? { line: 1, column: 1 } : { line, column: col };
}

function refused(problem: Problem): SourceDocument {
  return { problems: [problem] };
}

const START: Position = { line: 1, column: 1 };

function tooLong(length: number): Problem {
  return {
    rule: 'too-long',
    message: `The text has ${String(length)} characters; a definition may have ${String(LONGEST_TEXT)}.`,
    hint: 'Put long programs into files of their own and name them, as in `python: scripts/clean.py`.',
    path: [],
    at: START,
  };
}

function tooDeep(at: Position): Problem {
  return {
    rule: 'too-deep',
    message: `The definition is nested more than ${String(DEEPEST_NESTING)} deep here.`,
    path: [],
    at,
  };
}

function tooMany(): Problem {
  return {
    rule: 'too-many-documents',
    message: `The text has more than ${String(MOST_DOCUMENTS)} documents.`,
    hint: 'Apply them in several files.',
    path: [],
    at: START,
  };
}

function empty(): Problem {
  return {
    rule: 'empty',
    message: 'There is no definition in this text.',
    hint: 'A smallest one is: { id: hello, steps: [{ id: greet, run: "echo hello" }] }',
    path: [],
    at: START,
  };
}
