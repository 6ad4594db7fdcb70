// The names that an expression refers to: what has to exist, and be known, before it can be evaluated.

import { type Span } from './fault.ts';
import { type Link, type Node, type Path } from './syntax.ts';

/** A root name with the constant member chain that follows: `steps['a-b'].rows` is `['steps', 'a-b', 'rows']`. */
export interface Reference extends Span {
  readonly path: readonly string[];
}

/** Lists every place where the tree refers to a name, in the order of the text. */
export function referencesOf(root: Node): readonly Reference[] {
  const found: Reference[] = [];
  visit(root, found);
  return found;
}

/** The key that a link looks up, when the text fixes it: `.rows`, `['rows']`, or `.get('rows')` of `params`. */
export function constantKey(target: Node, link: Link, position: number): string | undefined {
  if (link.kind === 'member') return link.name;
  if (link.kind === 'index') return constantText(link.index);
  const isLookup = target.kind === 'name' && target.name === 'params' && link.name === 'get' && position === 0;
  return isLookup && link.arguments.length === 1 ? constantText(link.arguments[0]) : undefined;
}

function constantText(node: Node | undefined): string | undefined {
  return node?.kind === 'literal' && typeof node.value === 'string' ? node.value : undefined;
}

function visit(node: Node, found: Reference[]): void {
  switch (node.kind) {
    case 'literal':
      return;
    case 'name':
      found.push({ path: [node.name], from: node.from, to: node.to });
      return;
    case 'path':
      visitPath(node, found);
      return;
    case 'call':
      visitAll(node.arguments, found);
      return;
    case 'operation':
      visitAll([node.first, ...node.rest.map((operand) => operand.node)], found);
      return;
    case 'logic':
      visitAll(node.operands, found);
      return;
    case 'unary':
      visit(node.operand, found);
      return;
    case 'conditional':
      visitAll([node.condition, node.yes, node.no], found);
      return;
  }
}

function visitAll(nodes: readonly Node[], found: Reference[]): void {
  for (const node of nodes) visit(node, found);
}

function visitPath({ target, links }: Path, found: Reference[]): void {
  let rest = links;
  if (target.kind === 'name') {
    const keys = constantChain(target, links);
    rest = links.slice(keys.length);
    found.push({ path: [target.name, ...keys], from: target.from, to: links[keys.length - 1]?.to ?? target.to });
  } else {
    visit(target, found);
  }
  for (const link of rest) {
    if (link.kind === 'index') visit(link.index, found);
    if (link.kind === 'method') visitAll(link.arguments, found);
  }
}

function constantChain(target: Node, links: readonly Link[]): readonly string[] {
  const keys: string[] = [];
  for (const [position, link] of links.entries()) {
    const key = constantKey(target, link, position);
    if (key === undefined) break;
    keys.push(key);
  }
  return keys;
}
