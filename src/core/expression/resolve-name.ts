// Names in the static check: variables of the program, names outside, and what to suggest for one that there is not.

import { type Checker, report, typeOfLocal } from './checker.ts';
import { type Span, faultAt } from './fault.ts';
import { FUNCTIONS } from './library/functions.ts';
import { missingMember, missingName } from './members.ts';
import { nearest } from './nearest.ts';
import { constantKey } from './references.ts';
import { type Link, type Name } from './syntax.ts';
import { type Type } from './types.ts';

/** What a name and the links after it stand for. */
export interface Resolved {
  /** Undefined when there is no such name, which is then reported. */
  readonly type: Type | undefined;
  /** How many of the links belong to the name. */
  readonly used: number;
}

/** Finds the longest part of a path that is a name. */
export function resolve(target: Name, links: readonly Link[], checker: Checker): Resolved {
  const binding = checker.program.bindings.get(target);
  const local = checker.program.locals.get(target.name);
  if (binding === 'local' && local !== undefined) return { type: typeOfLocal(local, checker), used: 0 };
  return binding === 'maybe' ? resolveMaybe(target, checker) : resolveOutside(target, links, checker);
}

/** A variable that may have no value yet stands for the name outside, if there is one. */
function resolveMaybe(target: Name, checker: Checker): Resolved {
  if (checker.names.undefinedNames === 'null' || checker.names.typeOf([target.name]) !== undefined) {
    return { type: 'unknown', used: 0 };
  }
  const message = `${target.name} may have no value yet here; give it one before, as in ${target.name} = 0;`;
  report(checker, faultAt('EXPRESSION_NAME', message, target));
  return { type: undefined, used: 0 };
}

function resolveOutside(target: Name, links: readonly Link[], checker: Checker): Resolved {
  let path: readonly string[] = [target.name];
  let type = checker.names.typeOf(path);
  let used = 0;
  if (type === undefined && checker.names.undefinedNames === 'null') return { type: 'unknown', used };
  if (type === undefined) reportUnknownRoot(target, checker);
  for (const [position, link] of links.entries()) {
    const key = constantKey(target, link, position);
    if (type !== 'unknown' || key === undefined) break;
    type = checker.names.typeOf([...path, key]);
    if (type === undefined) reportUnknownMember(path, key, { from: target.from, to: link.to }, checker);
    path = [...path, key];
    used += 1;
  }
  return { type, used };
}

function reportUnknownRoot({ name, from, to }: Name, checker: Checker): void {
  const missing = missingName(name);
  const near = nearest(name, [...checker.names.candidates([]), ...FUNCTIONS.keys()]);
  report(checker, faultAt(missing.code, missing.message, { from, to }, near));
}

const MOST_LISTED = 10;

function reportUnknownMember(path: readonly string[], key: string, span: Span, checker: Checker): void {
  const missing = missingMember('map', key);
  const known = checker.names.candidates(path);
  const listed = known.length > 0 && known.length <= MOST_LISTED ? ` It has ${known.join(', ')}.` : '';
  const isForbidden = missing.code === 'EXPRESSION_FORBIDDEN';
  const message = isForbidden ? missing.message : `There is no ${key} in ${pathText(path)}.${listed}`;
  // `steps.a-b` reads as a subtraction: what was meant is the name with the dash.
  const near = known.find((name) => name.startsWith(`${key}-`)) ?? nearest(key, known);
  report(checker, faultAt(missing.code, message, span, near === undefined ? near : pathText([...path, near])));
}

/** Writes a path as an author would: `steps['a-b'].rows`. */
function pathText(path: readonly string[]): string {
  const [root = '', ...keys] = path;
  return root + keys.map((key) => (/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `['${key}']`)).join('');
}
