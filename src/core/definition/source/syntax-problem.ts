// What the YAML parser complains about, said so that a person who never read the YAML specification can mend it.
// The usual traps are told by the line they stand on.

import { type YAMLError } from 'yaml';
import { type Problem } from '../problem.ts';
import { type Position } from './node.ts';

type Fault = Pick<YAMLError, 'code' | 'message'>;

interface Advice {
  readonly rule: string;
  readonly message: string;
  readonly hint?: string;
  readonly suggestion?: string;
}

/** Makes a problem of the parser's error at a place; `line` is the whole line of the text there. */
export function syntaxProblem(fault: Fault, at: Position, line: string): Problem {
  const advice = trap(fault, line) ?? adviceByCode(fault);
  const star = advice.rule === 'unquoted-star' ? line.indexOf('*') + 1 : at.column;
  return { path: [], at: { line: at.line, column: star }, ...advice };
}

const STARRED = /^(\s*(?:-\s+)?(?:\{\s*)?[\w.-]+:\s+)(\*\S*(?:\s+[^\s#]+)*)/u;
const COMPARISON = /:\s+(>=?|<=?|!=?|==?)\s*[^\s,}]+/u;

/** The traps that have a message of their own, the more special first. */
function trap(fault: Fault, line: string): Advice | undefined {
  if (fault.code === 'TAB_AS_INDENT') return TAB;
  if (/^\s*-?\s*(?:\{\s*)?cron:\s+\*/u.test(line)) return starInCron(line);
  if (fault.code === 'TAG_RESOLVE_FAILED' || isAboutBlockMark(fault)) return comparisonTrap(line) ?? tagTrap(fault);
  if (/[[{,:]\s*\$\{/u.test(line) && /[[{]\s*\S/u.test(line)) return TEMPLATE_IN_BRACES;
  if (/:\s+(?:"[^"]*"|'[^']*')\s*[^\s#,}\]]/u.test(line) && fault.code === 'UNEXPECTED_TOKEN') return AFTER_QUOTE;
  return undefined;
}

const TAB: Advice = {
  rule: 'tab',
  message: 'This line is indented with a tab, which YAML does not allow.',
  hint: 'Indent with spaces; most editors have a setting for it.',
};

const TEMPLATE_IN_BRACES: Advice = {
  rule: 'yaml-syntax',
  message: 'A `${…}` inside { } or [ ] needs quotes, because its braces mean something to YAML.',
  hint: 'Write it as "${name}".',
};

const AFTER_QUOTE: Advice = {
  rule: 'yaml-syntax',
  message: 'Something follows the closing quote of this value.',
  hint: 'A value that begins with a quote ends at the next one. Put the whole value into the other kind of quotes, as \'"a" == b\'.',
};

function starInCron(line: string): Advice {
  const cron = STARRED.exec(line)?.[2]?.trim();
  return {
    rule: 'unquoted-star',
    message: 'A cron text that begins with * needs quotes, because a bare * means an alias to YAML.',
    ...(cron === undefined ? {} : { hint: `Write cron: "${cron}"`, suggestion: `"${cron}"` }),
  };
}

/** Says that a text which begins with * needs quotes. */
export function unquotedStar(text: string): Advice {
  return {
    rule: 'unquoted-star',
    message: `"*${text}" begins with *, which means an alias to YAML, and there is no anchor &${text}.`,
    hint: `If it is a text, write "*${text}" in quotes.`,
    suggestion: `"*${text}"`,
  };
}

function isAboutBlockMark(fault: Fault): boolean {
  return fault.message.includes('Block scalar header') || fault.message.includes('block scalar indicator');
}

function comparisonTrap(line: string): Advice | undefined {
  const comparison = COMPARISON.exec(line)?.[0].replace(/^:\s+/u, '').trim();
  if (comparison === undefined) return undefined;
  return {
    rule: 'unquoted-operator',
    message: 'A value that begins with > or ! needs quotes, because the sign means something else to YAML.',
    hint: `Write "${comparison}" in quotes.`,
    suggestion: `"${comparison}"`,
  };
}

function tagTrap(fault: Fault): Advice | undefined {
  if (fault.code !== 'TAG_RESOLVE_FAILED') return undefined;
  return {
    rule: 'yaml-tag',
    message: `${fault.message}: definitions use no YAML tags.`,
    hint: 'Put a text that begins with ! into quotes.',
  };
}

function adviceByCode(fault: Fault): Advice {
  const known = ADVICE.get(fault.code);
  return known ?? { rule: 'yaml-syntax', message: `This is not YAML: ${fault.message.replace(/\.$/u, '')}.` };
}

const ADVICE: ReadonlyMap<string, Advice> = new Map([
  [
    'BLOCK_AS_IMPLICIT_KEY',
    {
      rule: 'yaml-syntax',
      message: 'There is a second ": " on this line, which begins a map inside the value.',
      hint: 'Put the value into quotes, or write it below with | as a block.',
    },
  ],
  [
    'MULTILINE_IMPLICIT_KEY',
    {
      rule: 'yaml-syntax',
      message: 'This line has no colon, so it runs together with the key on the next one.',
      hint: 'Write `key: value`, or put a text of several lines into a block with |.',
    },
  ],
  [
    'BAD_SCALAR_START',
    {
      rule: 'yaml-syntax',
      message: 'A value cannot begin with this sign unless it is in quotes.',
      hint: 'Put the value into quotes.',
    },
  ],
  [
    'BAD_DQ_ESCAPE',
    {
      rule: 'yaml-syntax',
      message: 'Inside double quotes a backslash begins an escape, and this one is unknown.',
      hint: 'Write \\\\ for a backslash, or use single quotes.',
    },
  ],
  [
    'BAD_INDENT',
    {
      rule: 'yaml-syntax',
      message: 'The indentation does not fit what is around it, or a bracket is not closed.',
      hint: 'Keys of one map begin in one column; every { and [ needs its } and ].',
    },
  ],
  [
    'RESOURCE_EXHAUSTION',
    {
      rule: 'too-deep',
      message: 'The definition is nested too deep.',
      hint: 'Nothing in a definition needs more than a few levels.',
    },
  ],
]);
