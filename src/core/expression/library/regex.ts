// Regular expressions: only through re2js, whose matching takes time linear in the text, never through JavaScript's.
// Owns: Java's rules for split and for $1 in replacements, and the charging of fuel for every search.

import { type Matcher, RE2JS } from 're2js';
import { type Budget, LONGEST_ARRAY, fail, spend, spendElements, spendText } from '../budget.ts';

const LONGEST_PATTERN = 1000;
const LARGEST_PROGRAM = 5000;
const CACHE_SIZE = 200;
const STEPS_A_PATTERN_CHARACTER = 100;
const INSTRUCTIONS_A_STEP = 100;

/** A compiled regular expression with what searching costs. */
export interface Pattern {
  readonly regex: RE2JS;
  readonly source: string;
  readonly size: number;
  /** Whether a search never reads much beyond the match it finds. */
  readonly isFrugal: boolean;
}

/** Patterns of single characters and classes, of which at most the last repeats. */
const FRUGAL =
  /^(?:[^\\.[\]{}()*+?^$|]|\\[^A-Za-z0-9]|\\[dDsSwWtnrf]|\.|\[\^?(?:[^\\[\]]|\\[^A-Za-z0-9]|\\[dDsSwWtnrf])+\])*[*+]?$/;

const cache = new Map<string, Pattern>();

/** Compiles a pattern in Java's common syntax; look-around and back-references, which take exponential time, fail. */
export function compiled(source: string, budget: Budget): Pattern {
  const known = cache.get(source);
  spend(budget, source.length * STEPS_A_PATTERN_CHARACTER);
  if (known !== undefined) return known;
  if (source.length > LONGEST_PATTERN) tooLarge(budget);
  const regex = compile(source, budget);
  const size = regex.programSize();
  if (size > LARGEST_PROGRAM) tooLarge(budget);
  const pattern = { regex, source, size, isFrugal: FRUGAL.test(source) };
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(source, pattern);
  return pattern;
}

function tooLarge(budget: Budget): never {
  return fail(budget, 'EXPRESSION_LIMIT', 'The regular expression is too large.');
}

function compile(source: string, budget: Budget): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown syntax';
    const hint = 'Patterns are in RE2 syntax: no look-around, no back-references.';
    return fail(budget, 'EXPRESSION_FAILED', `The regular expression cannot be used: ${reason}. ${hint}`);
  }
}

/** Visits the matches from left to right until the visitor answers false. */
function visitMatches(pattern: Pattern, text: string, budget: Budget, visit: (matcher: Matcher) => boolean): void {
  const matcher = pattern.regex.matcher(text);
  let before = 0;
  for (;;) {
    const reach = pattern.isFrugal ? 0 : text.length - before;
    spend(budget, 2 + Math.ceil((reach * pattern.size) / INSTRUCTIONS_A_STEP));
    const isFound = matcher.find();
    const end = isFound ? matcher.end() : text.length;
    spend(budget, Math.ceil(((end - before) * pattern.size) / INSTRUCTIONS_A_STEP));
    if (!isFound || !visit(matcher)) return;
    before = end;
  }
}

/** Java's `split`: a limit of 0 drops trailing empty parts, a positive one bounds their number, else all are kept. */
export function splitAtMatches(pattern: Pattern, text: string, limit: number, budget: Budget): readonly string[] {
  const parts: string[] = [];
  let last = 0;
  visitMatches(pattern, text, budget, (matcher) => {
    if (matcher.end() === 0) return true;
    if (parts.length === limit - 1 || parts.length > LONGEST_ARRAY) return false;
    parts.push(text.slice(last, matcher.start()));
    last = matcher.end();
    return true;
  });
  if (parts.length === 0) return [text];
  parts.push(text.slice(last));
  while (limit === 0 && parts.at(-1) === '') parts.pop();
  spendElements(budget, parts.length);
  spendText(budget, text.length);
  return parts;
}

/** Java's `replaceAll`: in the replacement, `$1` and `${name}` stand for groups, and `\` takes the next as it is. */
export function replaceMatches(pattern: Pattern, text: string, replacement: string, budget: Budget): string {
  const pieces = readReplacement(replacement, pattern, budget);
  const result: string[] = [];
  let last = 0;
  visitMatches(pattern, text, budget, (matcher) => {
    result.push(text.slice(last, matcher.start()));
    last = matcher.end();
    spend(budget, pieces.length);
    for (const piece of pieces) {
      const part = typeof piece === 'string' ? piece : (matcher.group(piece.group) ?? '');
      spendText(budget, part.length);
      result.push(part);
    }
    return true;
  });
  result.push(text.slice(last));
  spendText(budget, text.length);
  return result.join('');
}

interface GroupPiece {
  readonly group: number | string;
}

const PIECE = /\\([\s\S])|\$\{([A-Za-z][A-Za-z0-9]*)\}|\$([0-9]+)|([^\\$]+)/y;

function readReplacement(replacement: string, pattern: Pattern, budget: Budget): readonly (string | GroupPiece)[] {
  const pieces: (string | GroupPiece)[] = [];
  let at = 0;
  while (at < replacement.length) {
    PIECE.lastIndex = at;
    const match = PIECE.exec(replacement) ?? badReplacement(replacement, budget);
    const [whole, quoted, name, digits, plain] = match;
    if (digits !== undefined) {
      const number = groupNumber(digits, pattern.regex.groupCount(), budget);
      pieces.push({ group: Number(number) });
      at += 1 + number.length;
    } else {
      pieces.push(name === undefined ? (quoted ?? plain ?? '') : namedGroup(name, pattern, budget));
      at += whole.length;
    }
  }
  return pieces;
}

/** Takes as many digits as make the number of a group that there is; the others are plain text, as in Java. */
function groupNumber(digits: string, groups: number, budget: Budget): string {
  if (Number(digits.charAt(0)) > groups) {
    return fail(budget, 'EXPRESSION_FAILED', `The regular expression has no group ${digits.charAt(0)}.`);
  }
  let length = 1;
  while (length < digits.length && Number(digits.slice(0, length + 1)) <= groups) length += 1;
  return digits.slice(0, length);
}

function badReplacement(replacement: string, budget: Budget): never {
  const message = `The replacement ${JSON.stringify(replacement)} has a lone $ or \\; write \\$ or \\\\ for the character.`;
  return fail(budget, 'EXPRESSION_FAILED', message);
}

function namedGroup(name: string, pattern: Pattern, budget: Budget): GroupPiece {
  if (Object.hasOwn(pattern.regex.namedGroups(), name)) return { group: name };
  return fail(budget, 'EXPRESSION_FAILED', `The regular expression has no group named ${name}.`);
}
