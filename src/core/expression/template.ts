// Texts with `${name}` in them. A name is a dotted path such as `signal.island` or `steps['a-b'].rows`, never an
// expression; `$${` stands for `${`; any other `$` is itself, and `${'$'}` is one that stands before a `${`. One pass
// only: what is filled in is not read again.

import { type Result, failed, success } from '../result.ts';
import { type ExpressionFault, type Span, faultAt, raise, settle } from './fault.ts';
import { type Reference } from './references.ts';
import { text } from './text.ts';
import { type Token, readToken } from './tokens.ts';
import { type Value } from './value.ts';

/** A parsed template: literal text and names in turn. */
export interface Template {
  readonly segments: readonly (string | Reference)[];
  readonly names: readonly Reference[];
}

/** Finds the value of a name; undefined when there is no such name. */
export type Lookup = (path: readonly string[]) => Value | undefined;

/** A dollar sign that may stand right before a `${`. */
export const DOLLAR = "${'$'}";

/** How many characters a rendered template may have. */
const LONGEST_TEXT = 8_000_000;

/** Reads a text with `${name}` in it. */
export function parseTemplate(source: string): Result<Template, ExpressionFault> {
  return settle(() => {
    const segments: (string | Reference)[] = [];
    let at = 0;
    while (at < source.length) {
      const dollar = nextMarker(source, at);
      if (dollar > at) segments.push(source.slice(at, dollar));
      if (dollar === source.length) break;
      if (source.startsWith(DOLLAR, dollar)) {
        segments.push('$');
        at = dollar + DOLLAR.length;
        continue;
      }
      const name = source.startsWith('$${', dollar) ? undefined : readName(source, dollar);
      segments.push(name ?? '${');
      at = name?.to ?? dollar + 3;
    }
    return { segments, names: segments.filter((segment) => typeof segment !== 'string') };
  });
}

/** Fills in the names and answers with the text. */
export function render(template: Template, lookup: Lookup): Result<string, ExpressionFault> {
  const parts = renderParts<never>(template, lookup, () => undefined);
  return parts.ok ? success(parts.value.join('')) : parts;
}

/** Like `render`, but what `keep` gives for a name stands in its place, between the texts. */
export function renderParts<Kept>(
  template: Template,
  lookup: Lookup,
  keep: (path: readonly string[]) => Kept | undefined,
): Result<readonly (string | Kept)[], ExpressionFault> {
  const parts: (string | Kept)[] = [];
  let length = 0;
  for (const segment of template.segments) {
    const kept = typeof segment === 'string' ? undefined : keep(segment.path);
    if (kept !== undefined) {
      parts.push(kept);
      continue;
    }
    const part = typeof segment === 'string' ? success(segment) : shown(segment, lookup);
    if (!part.ok) return part;
    length += part.value.length;
    if (length > LONGEST_TEXT) return tooLong(typeof segment === 'string' ? { from: 0, to: 0 } : segment);
    parts.push(part.value);
  }
  return success(parts);
}

/** Like `render`, but a template that is exactly one `${name}` answers with the value as it is, with its type. */
export function renderValue(template: Template, lookup: Lookup): Result<Value, ExpressionFault> {
  const [only] = template.segments;
  if (template.segments.length !== 1 || only === undefined || typeof only === 'string') return render(template, lookup);
  return find(only, lookup);
}

function nextMarker(source: string, from: number): number {
  for (let at = source.indexOf('$', from); at !== -1; at = source.indexOf('$', at + 1)) {
    if (source.startsWith('${', at) || source.startsWith('$${', at)) return at;
  }
  return source.length;
}

function find(name: Reference, lookup: Lookup): Result<Value, ExpressionFault> {
  const value = lookup(name.path);
  if (value !== undefined) return success(value);
  return failed(faultAt('EXPRESSION_NAME', `There is no name ${name.path.join('.')} here.`, name));
}

function shown(name: Reference, lookup: Lookup): Result<string, ExpressionFault> {
  const found = find(name, lookup);
  return found.ok ? success(text(found.value)) : found;
}

function tooLong(span: Span): Result<never, ExpressionFault> {
  const message = `With this name filled in, the text is longer than ${String(LONGEST_TEXT)} characters.`;
  return failed(faultAt('EXPRESSION_LIMIT', message, span));
}

/** Reads `${path}` at the offset; the reference spans all of it, marker and brace included. */
function readName(source: string, from: number): Reference {
  const root = readToken(source, from + 2);
  if (root.kind !== 'name') return refuse(source, from, root);
  const path = [root.text];
  let token = readToken(source, root.to);
  while (token.kind !== 'symbol' || token.text !== '}') {
    const key = readKey(source, token) ?? refuse(source, from, token);
    path.push(key.text);
    token = readToken(source, key.to);
  }
  return { path, from, to: token.to };
}

interface Key {
  readonly text: string;
  readonly to: number;
}

function readKey(source: string, token: Token): Key | undefined {
  if (token.kind !== 'symbol' || (token.text !== '.' && token.text !== '[')) return undefined;
  const key = readToken(source, token.to);
  if (token.text === '.') return key.kind === 'name' ? key : undefined;
  if (typeof key.value !== 'string') return undefined;
  const close = readToken(source, key.to);
  return close.text === ']' ? { text: key.value, to: close.to } : undefined;
}

function refuse(source: string, from: number, token: Token): never {
  const close = source.indexOf('}', from);
  if (token.kind === 'end' || close === -1) {
    const message = 'This ${ is not closed; write ${name}, or $${ for the characters themselves.';
    return raise(faultAt('EXPRESSION_SYNTAX', message, { from, to: from + 2 }, '$${'));
  }
  const span = { from, to: close + 1 };
  const dashed = /^\$\{\s*([A-Za-z_]\w*)\.([\w-]+)((?:\.\w+)*)\s*\}$/.exec(source.slice(from, close + 1));
  if (dashed !== null) {
    const suggestion = `\${${dashed[1] ?? ''}['${dashed[2] ?? ''}']${dashed[3] ?? ''}}`;
    const message = 'A name with a dash is written in brackets and quotes.';
    return raise(faultAt('EXPRESSION_SYNTAX', message, span, suggestion));
  }
  const message = '${…} takes a name such as signal.island, not an expression; compute it in a parameter first.';
  return raise(faultAt('EXPRESSION_SYNTAX', message, span));
}
