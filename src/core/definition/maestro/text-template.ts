// Texts of literals: `$name` and `${name}` with `$$` for a dollar sign there (maestro-behaviour §3.5), `${name}` with
// `$${` here. What is imported is exported as a text that means the same.

import { DOLLAR, parseTemplate } from '../../expression/template.ts';
import { REFERENCE_ID } from '../identifiers.ts';

const MARK = /\$\$|\$([a-zA-Z][_a-zA-Z0-9]*)|\$\{([a-zA-Z][-_./a-zA-Z0-9]*)\}/gu;
const PLAIN_NAME = /^[a-zA-Z_]\w*$/u;
const RESERVED_NAME = /^(?:true|false|null|params)$/u;

/** Tells whether a text has anything in it that is filled in or escaped. */
export function hasMarks(text: string): boolean {
  return text.search(MARK) !== -1;
}

/** Writes a text of theirs as a template of ours. */
export function templateFrom(text: string): string {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    const [mark, short, long] = match;
    segments.push({ text: text.slice(end, match.index) });
    segments.push(mark === '$$' ? { text: '$' } : { name: short ?? long ?? '' });
    end = match.index + mark.length;
  }
  segments.push({ text: text.slice(end) });
  return templateOf(merged(segments));
}

/** Writes a template of ours as a text of theirs; undefined if it names something that they do not have. */
export function textFrom(template: string): string | undefined {
  const parsed = parseTemplate(template);
  if (!parsed.ok) return undefined;
  const parts = parsed.value.segments.map((segment) => {
    if (typeof segment === 'string') return segment.replaceAll('$', () => '$$');
    const name = nameOf(segment.path);
    return name === undefined ? undefined : `\${${name}}`;
  });
  return parts.includes(undefined) ? undefined : parts.join('');
}

type Segment = { readonly text: string } | { readonly name: string };

function merged(segments: readonly Segment[]): readonly Segment[] {
  const result: Segment[] = [];
  for (const segment of segments) {
    const last = result.at(-1);
    if ('text' in segment && last !== undefined && 'text' in last) {
      result.splice(-1, 1, { text: last.text + segment.text });
    } else result.push(segment);
  }
  return result;
}

function templateOf(segments: readonly Segment[]): string {
  return segments
    .map((segment, index) => {
      if ('name' in segment) return reference(segment.name);
      const escaped = segment.text.replaceAll('${', () => '$${');
      const isBeforeName = index < segments.length - 1;
      return isBeforeName ? escaped.replace(/\$+$/u, (dollars) => DOLLAR.repeat(dollars.length)) : escaped;
    })
    .join('');
}

function reference(name: string): string {
  return PLAIN_NAME.test(name) && !RESERVED_NAME.test(name) ? `\${${name}}` : `\${params['${name}']}`;
}

function nameOf([root, member, ...more]: readonly string[]): string | undefined {
  if (root === undefined || more.length > 0) return undefined;
  const name = root === 'params' && member !== undefined ? member : member === undefined ? root : undefined;
  return name !== undefined && (REFERENCE_ID.test(name) || name.includes('/')) ? name : undefined;
}
