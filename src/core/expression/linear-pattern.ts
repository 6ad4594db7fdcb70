// Patterns that texts are held against outside of expressions: RE2 syntax, whose matching takes time linear in the text.

import { RE2JS } from 're2js';

/** How long a pattern may be. */
export const LONGEST_LINEAR_PATTERN = 200;

const LARGEST_PROGRAM = 2_000;
const MOST_KEPT = 200;
const kept = new Map<string, RE2JS | undefined>();

/** Whether the pattern is found anywhere in the text; undefined if it is no pattern or too large. */
export function findsPattern(source: string, text: string): boolean | undefined {
  return compiled(source)?.matcher(text).find();
}

/** Whether this is a pattern. */
export function isLinearPattern(source: string): boolean {
  return compiled(source) !== undefined;
}

function compiled(source: string): RE2JS | undefined {
  if (!kept.has(source)) {
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(source, compile(source));
  }
  return kept.get(source);
}

function compile(source: string): RE2JS | undefined {
  if (source.length > LONGEST_LINEAR_PATTERN) return undefined;
  try {
    const pattern = RE2JS.compile(source);
    return pattern.programSize() > LARGEST_PROGRAM ? undefined : pattern;
  } catch {
    return undefined;
  }
}
