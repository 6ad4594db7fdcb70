// The types of members, indexes and methods in the static check.

import { type Checker, report, reportType } from './checker.ts';
import { type Span, faultAt } from './fault.ts';
import { type Callable, problemOf, returnType } from './library/callable.ts';
import { methodNames, methodOf } from './library/methods.ts';
import { indexProblem, memberSuggestion, missingMember } from './members.ts';
import { nearest } from './nearest.ts';
import { type Link } from './syntax.ts';
import { type Type, elementOf, kindOfType } from './types.ts';

/** Checks what a link contains, and tells the types of its arguments. */
export function inferInside(link: Link, checker: Checker): readonly Type[] {
  if (link.kind === 'member') return [];
  return (link.kind === 'index' ? [link.index] : link.arguments).map((node) => checker.infer(node, checker));
}

/** Tells the type at the end of a chain of links. */
export function follow(start: Type, links: readonly Link[], checker: Checker): Type {
  let type = start;
  for (const link of links) type = followLink(type, link, checker);
  return type;
}

function followLink(type: Type, link: Link, checker: Checker): Type {
  switch (link.kind) {
    case 'member':
      return followMember(type, link.name, link, checker);
    case 'index':
      return followIndex(type, inferInside(link, checker)[0] ?? 'unknown', link, checker);
    case 'method':
      return followMethod([type, ...inferInside(link, checker)], link.name, link, checker);
  }
}

function followMember(type: Type, name: string, span: Span, checker: Checker): Type {
  const kind = kindOfType(type);
  if (kind === 'unknown' || kind === 'map') return elementOf(type);
  if (kind === 'array' && name === 'length') return 'long';
  const missing = missingMember(kind, name);
  const suggestion = memberSuggestion(kind, name, methodNames(kind));
  return report(checker, faultAt(missing.code, missing.message, span, suggestion));
}

function followIndex(type: Type, index: Type, span: Span, checker: Checker): Type {
  const kind = kindOfType(type);
  if (kind === 'unknown' || (index === 'unknown' && (kind === 'array' || kind === 'map'))) return elementOf(type);
  const isRight = (kind === 'array' && index === 'long') || (kind === 'map' && index === 'string');
  return isRight ? elementOf(type) : reportType(checker, indexProblem(kind, index), span);
}

function followMethod(types: readonly Type[], name: string, span: Span, checker: Checker): Type {
  const kind = kindOfType(types[0] ?? 'unknown');
  if (kind === 'unknown') return followUnknownMethod(name, span, checker);
  const method: Callable | undefined = methodOf(kind, name);
  if (method === undefined) {
    const missing = missingMember(kind, name);
    return report(checker, faultAt(missing.code, missing.message, span, nearest(name, methodNames(kind))));
  }
  const problem = problemOf(method, types.map(kindOfType), 1);
  return problem === undefined ? returnType(method, types) : reportType(checker, `${name} ${problem}.`, span);
}

function followUnknownMethod(name: string, span: Span, checker: Checker): Type {
  if (methodNames().includes(name)) return 'unknown';
  const missing = missingMember('value', name);
  const message = missing.code === 'EXPRESSION_NAME' ? `No value has a method ${name}.` : missing.message;
  return report(checker, faultAt(missing.code, message, span, nearest(name, methodNames())));
}
