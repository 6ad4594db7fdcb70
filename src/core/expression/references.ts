// The names of a program: which are its own variables, and which refer to something outside, that has to exist and be
// known before it can be evaluated. Variables belong to the whole program. One that has a value for sure where it is
// read is `local`; one that may have none yet is `maybe`, and then the name outside is read; the others are outside.

import { type DeclaredType } from './declared.ts';
import { type Span } from './fault.ts';
import { type Block, type Declaration, type If, type Loop, type Statement } from './statements.ts';
import { type Assignment, type Link, type Name, type Node, type Path } from './syntax.ts';

/** A root name with the constant member chain that follows: `steps['a-b'].rows` is `['steps', 'a-b', 'rows']`. */
export interface Reference extends Span {
  readonly path: readonly string[];
}

/** A variable of a program. */
export interface Local {
  readonly name: string;
  /** Its place among the variables. */
  readonly slot: number;
  /** The type that all its declarations agree on. */
  readonly type?: DeclaredType;
  /** How many assignments and declarations with a value it has. */
  readonly assignments: number;
}

/** What `namesOf` finds out about a program. */
export interface ProgramNames {
  /** Every place where a name outside is referred to, in the order of the text. */
  readonly references: readonly Reference[];
  readonly locals: ReadonlyMap<string, Local>;
  /** The places where a variable is read; names that are not in it are outside. */
  readonly bindings: ReadonlyMap<Name, 'local' | 'maybe'>;
  /** Whether the program changes elements of arrays or maps, so that it must work on copies. */
  readonly isChanging: boolean;
}

interface Draft {
  declared: readonly DeclaredType[];
  assignments: number;
}

interface Walk {
  readonly references: Reference[];
  readonly drafts: Map<string, Draft>;
  readonly bindings: Map<Name, 'local' | 'maybe'>;
  /** Names read in loops, which an assignment further down may come before in the next round. */
  readonly inLoops: Name[];
  loops: number;
  isChanging: boolean;
  /** The variables that have a value for sure; undefined where nothing is ever evaluated. */
  assigned: ReadonlySet<string> | undefined;
}

/** Finds out about all names of a program. */
export function namesOf(program: Block): ProgramNames {
  const walk: Walk = {
    references: [],
    drafts: new Map(),
    bindings: new Map(),
    inLoops: [],
    loops: 0,
    isChanging: false,
    assigned: new Set(),
  };
  visitStatement(program, walk);
  for (const node of walk.inLoops) if (walk.drafts.has(node.name)) walk.bindings.set(node, 'maybe');
  const { references, bindings, isChanging } = walk;
  const locals = new Map(Array.from(walk.drafts, ([name, draft], slot) => [name, localOf(name, slot, draft)] as const));
  return { references, bindings, locals, isChanging };
}

function localOf(name: string, slot: number, { declared, assignments }: Draft): Local {
  const [type, ...others] = declared;
  const isAgreed = others.every((other) => other.item === type?.item && other.isArray === type.isArray);
  return type === undefined || !isAgreed ? { name, slot, assignments } : { name, slot, assignments, type };
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

function visitStatement(statement: Statement, walk: Walk): void {
  switch (statement.kind) {
    case 'block':
      for (const inner of statement.statements) visitStatement(inner, walk);
      return;
    case 'evaluation':
      visit(statement.node, walk);
      return;
    case 'declaration':
      visitDeclaration(statement, walk);
      return;
    case 'if':
      visitIf(statement, walk);
      return;
    case 'loop':
      visitLoop(statement, walk);
      return;
    case 'return':
    case 'throw':
      visit(statement.value, walk);
      walk.assigned = undefined;
      return;
    case 'break':
    case 'continue':
      walk.assigned = undefined;
      return;
  }
}

function visitDeclaration({ type, variables }: Declaration, walk: Walk): void {
  for (const { name, value } of variables) {
    if (value !== undefined) visit(value, walk);
    const draft = assign(name, walk);
    draft.declared = [...draft.declared, type];
  }
}

function assign(name: string, walk: Walk): Draft {
  const draft = walk.drafts.get(name) ?? { declared: [], assignments: 0 };
  draft.assignments += 1;
  walk.drafts.set(name, draft);
  if (walk.assigned?.has(name) === false) walk.assigned = new Set([...walk.assigned, name]);
  return draft;
}

function visitIf({ condition, yes, no }: If, walk: Walk): void {
  visit(condition, walk);
  const before = walk.assigned;
  visitStatement(yes, walk);
  const afterYes = walk.assigned;
  walk.assigned = before;
  if (no !== undefined) visitStatement(no, walk);
  const afterNo = walk.assigned;
  if (afterYes === undefined || afterNo === undefined) walk.assigned = afterYes ?? afterNo;
  else walk.assigned = new Set([...afterYes].filter((name) => afterNo.has(name)));
}

function visitLoop({ init, condition, update, body }: Loop, walk: Walk): void {
  if (init !== undefined) visitStatement(init, walk);
  walk.loops += 1;
  if (condition !== undefined) visit(condition, walk);
  const before = walk.assigned;
  visitStatement(body, walk);
  // A `continue` may have skipped any part of the body, so the update knows no more than the beginning.
  walk.assigned = before;
  if (update !== undefined) visit(update, walk);
  walk.assigned = before;
  walk.loops -= 1;
}

function visit(node: Node, walk: Walk): void {
  switch (node.kind) {
    case 'literal':
      return;
    case 'name':
      visitName(node, [], walk);
      return;
    case 'path':
      visitPath(node, walk);
      return;
    case 'call':
      visitAll(node.arguments, walk);
      return;
    case 'array':
      visitAll([...(node.length === undefined ? [] : [node.length]), ...(node.items ?? [])], walk);
      return;
    case 'assignment':
      visitAssignment(node, walk);
      return;
    case 'operation':
      visitAll([node.first, ...node.rest.map((operand) => operand.node)], walk);
      return;
    case 'logic':
      visitAll(node.operands, walk);
      return;
    case 'unary':
      visit(node.operand, walk);
      return;
    case 'conditional':
      visitAll([node.condition, node.yes, node.no], walk);
      return;
  }
}

function visitAll(nodes: readonly Node[], walk: Walk): void {
  for (const node of nodes) visit(node, walk);
}

function visitAssignment({ target, operator, value }: Assignment, walk: Walk): void {
  if (target.kind === 'path') {
    walk.isChanging = true;
    visit(target, walk);
    visit(value, walk);
    return;
  }
  if (operator !== undefined) visit(target, walk);
  visit(value, walk);
  assign(target.name, walk);
}

/** Reads a name, and tells how many of the links belong to it. */
function visitName(target: Name, links: readonly Link[], walk: Walk): number {
  const isUnreachable = walk.assigned === undefined && walk.drafts.has(target.name);
  if (isUnreachable || walk.assigned?.has(target.name) === true) {
    walk.bindings.set(target, 'local');
    return 0;
  }
  const keys = constantChain(target, links);
  if (walk.drafts.has(target.name)) walk.bindings.set(target, 'maybe');
  else if (walk.loops > 0) walk.inLoops.push(target);
  const to = links[keys.length - 1]?.to ?? target.to;
  walk.references.push({ path: [target.name, ...keys], from: target.from, to });
  return keys.length;
}

function visitPath({ target, links }: Path, walk: Walk): void {
  let used = 0;
  if (target.kind === 'name') used = visitName(target, links, walk);
  else visit(target, walk);
  for (const link of links.slice(used)) {
    if (link.kind === 'index') visit(link.index, walk);
    if (link.kind !== 'method') continue;
    if (link.name === 'put') walk.isChanging = true;
    visitAll(link.arguments, walk);
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
