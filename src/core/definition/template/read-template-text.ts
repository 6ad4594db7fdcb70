// A template's text on its own, without a server: what can be told from it, and the files that must go up with it.

import { type Refusal } from '../../refusal.ts';
import { placed, refusalOf } from '../problem.ts';
import { type MapNode } from '../source/node.ts';
import { parseSource } from '../source/parse-source.ts';
import { readTemplate } from './read-template.ts';

/** What the text of one template says. */
export interface TemplateText {
  readonly id: string;
  readonly filesWanted: readonly string[];
  readonly refusals: readonly Refusal[];
}

/** Reads the text of one template; what it inherits is not known, so nothing is said about that. */
export function readTemplateText(text: string): TemplateText {
  const [document] = parseSource(text);
  const root = document?.root;
  if (document === undefined || root === undefined || document.problems.length > 0) {
    const problems = document?.problems ?? [];
    return {
      id: '',
      filesWanted: [],
      refusals: problems.map((problem) => refusalOf(placed(problem, root ?? NOWHERE))),
    };
  }
  const { read, problems } = readTemplate(root, { version: 1 });
  return { id: read?.template.id ?? '', filesWanted: read?.filesWanted ?? [], refusals: problems.map(refusalOf) };
}

const NOWHERE: MapNode = { kind: 'map', at: { line: 1, column: 1 }, entries: new Map() };
