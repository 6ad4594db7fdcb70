// Fills the parameters of a template into its step. A text that is `${name}` alone becomes the value as it is, of any type; in a
// longer text the value's text takes its place; in an expression its literal. The programs of steps are never filled in: values
// come to them as environment. What is filled in stands, for messages, on the line of the step that uses the template.

import { type Problem } from '../problem.ts';
import { type MapEntry, type MapNode, type Position, type ScalarNode, type SourceNode } from '../source/node.ts';
import { type Template, type TemplateOrigin } from './template.ts';

/** What a template is filled in with. */
export interface Filling {
  /** Where the step stands that uses it. */
  readonly at: Position;
  /** Values by parameter; for others the template's own values hold. */
  readonly given: ReadonlyMap<string, SourceNode>;
  /** Whether it is only tried: what has no value then is left open, and nodes stay where they are. */
  readonly isSample?: true;
}

/** The step, where its nodes come from, and what could not be filled in. */
export interface Filled {
  readonly step: MapNode;
  readonly origins: ReadonlyMap<SourceNode, TemplateOrigin>;
  readonly problems: readonly Problem[];
}

/** How a text stands in the step. */
type Place = 'text' | 'program' | 'expression';

interface Work {
  readonly template: Template;
  readonly filling: Filling;
  readonly values: ReadonlyMap<string, SourceNode>;
  readonly origins: Map<SourceNode, TemplateOrigin>;
  readonly problems: Problem[];
}

/** Keys whose text is a program. */
const PROGRAMS: ReadonlySet<string> = new Set(['run', 'python', 'node']);
/** Keys whose texts are expressions, with those below them. */
const EXPRESSIONS: ReadonlySet<string> = new Set(['when', 'while', 'foreach', 'needs', 'expect']);

/** Fills the template in. */
export function fillIn(template: Template, filling: Filling): Filled {
  const own = template.params.flatMap(({ name, fallback }) =>
    fallback === undefined ? [] : [[name, fallback] as const],
  );
  const values = new Map<string, SourceNode>([...own, ...filling.given]);
  const work: Work = { template, filling, values, origins: new Map(), problems: [] };
  const step = mapOf(work, template.step, 'text');
  return { step, origins: work.origins, problems: work.problems };
}

function mapOf(work: Work, node: MapNode, place: Place): MapNode {
  const entries = Array.from(node.entries, ([key, { keyAt, value }]): [string, MapEntry] => [
    key,
    { keyAt: placeOf(work, keyAt), value: filled(work, value, placeUnder(key, place)) },
  ]);
  return moved(work, node, { ...node, entries: new Map(entries) });
}

function placeUnder(key: string, place: Place): Place {
  if (place !== 'text') return place;
  if (PROGRAMS.has(key)) return 'program';
  return EXPRESSIONS.has(key) ? 'expression' : 'text';
}

function filled(work: Work, node: SourceNode, place: Place): SourceNode {
  if (node.kind === 'map') return mapOf(work, node, place);
  if (node.kind === 'list')
    return moved(work, node, { ...node, items: node.items.map((item) => filled(work, item, place)) });
  if (typeof node.value !== 'string') return moved(work, node, node);
  return scalarOf(work, node, place);
}

const ALONE = /^\s*\$\{\s*([\w.-]+)\s*\}\s*$/u;
const ANY = /\$\$\{|\$\{\s*([\w.-]+)\s*\}/gu;

function scalarOf(work: Work, node: ScalarNode, place: Place): SourceNode {
  const text = String(node.value);
  const alone = ALONE.exec(text)?.[1];
  if (alone !== undefined && isParam(work, alone)) return whole(work, node, alone, place);
  if (place === 'program') return moved(work, node, node);
  const replaced = text.replace(ANY, (match, name: string | undefined) => {
    if (name === undefined || !isParam(work, name)) return match;
    const value = work.values.get(name);
    // Only tried: the template's parameters are those of a workflow, and an expression names them as they are.
    if (value === undefined) return place === 'expression' ? name : match;
    return textOf(work, node, { name, value, place }) ?? match;
  });
  if (replaced === text) return moved(work, node, node);
  const { content: _, ...plain } = node;
  return moved(work, node, { ...plain, value: replaced, source: replaced, plain: false });
}

const TOLD = { isTold: true } as const;

/** The value itself, where a text is nothing but the name. */
function whole(work: Work, node: ScalarNode, name: string, place: Place): SourceNode {
  const value = work.values.get(name);
  if (value === undefined && place === 'expression') return moved(work, node, { ...node, value: name, source: name });
  if (value === undefined) return moved(work, node, { ...node, ...TOLD });
  if (place === 'expression' && value.kind === 'scalar' && typeof value.value === 'string') {
    const text = textOf(work, node, { name, value, place }) ?? '';
    return moved(work, node, { ...value, value: text, source: text, plain: false });
  }
  // What the step itself gives stands on its own line; what the template gives, on that of the step.
  return work.filling.given.has(name) ? value : moved(work, node, value);
}

interface Piece {
  readonly name: string;
  readonly value: SourceNode;
  readonly place: Place;
}

function textOf(work: Work, node: ScalarNode, { name, value, place }: Piece): string | undefined {
  if (value.kind !== 'scalar' || value.value === null) {
    const message = `The parameter "${name}" is a ${value.kind === 'scalar' ? 'missing value' : value.kind}, and inside a longer text only single values can stand.`;
    work.problems.push({ rule: 'wrong-type', message, path: [], at: placeOf(work, node.at) });
    return undefined;
  }
  if (typeof value.value !== 'string') return value.source;
  if (place !== 'expression') return value.value;
  return ALONE.exec(value.value)?.[1] ?? JSON.stringify(value.value);
}

function isParam({ template }: Work, name: string): boolean {
  return template.params.some((param) => param.name === name);
}

function placeOf({ filling }: Work, at: Position): Position {
  return filling.isSample === true ? at : filling.at;
}

/** A node of the step, where the message about it is to point, with its origin. */
function moved<N extends SourceNode>(work: Work, from: SourceNode, node: N): N {
  const at = placeOf(work, from.at);
  const { content, ...rest } = node as N & ScalarNode;
  const keepsContent = work.filling.isSample === true && content !== undefined;
  const made = { ...rest, at, ...(keepsContent ? { content } : {}) } as unknown as N;
  const origin = work.template.origins.get(from);
  if (origin !== undefined) work.origins.set(made, origin);
  return made;
}
