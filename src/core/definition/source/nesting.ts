// How deep a text is nested, found on the parser's flat tokens without recursion. It must be known before the tree is
// composed: composing recurses, and a text of a few hundred thousand brackets would end the process.

import { type CST } from 'yaml';

/** How deep a definition may be nested. */
export const DEEPEST_NESTING = 64;

/** The offset at which the tokens are nested too deep, or nothing when they are not. */
export function tooDeepAt(tokens: readonly CST.Token[]): number | undefined {
  const open = tokens.flatMap((token) => (token.type === 'document' ? collected(token.value, 1) : []));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > DEEPEST_NESTING) return next.token.offset;
    const { token, depth } = next;
    if (!('items' in token)) continue;
    for (const item of token.items) {
      if ('key' in item) open.push(...collected(item.key ?? undefined, depth + 1));
      open.push(...collected(item.value, depth + 1));
    }
  }
  return undefined;
}

function collected(
  token: CST.Token | undefined,
  depth: number,
): readonly { readonly token: CST.Token; readonly depth: number }[] {
  return token === undefined ? [] : [{ token, depth }];
}
