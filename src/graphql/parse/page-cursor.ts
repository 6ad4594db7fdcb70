// Page cursors: the place of one item in one list under one filter. Opaque outside, and refused anywhere else.

import { badInput } from '../errors/bad-input.ts';

/** A place in a list: behind the item with this id, sorted by `at`. */
export interface ListPlace {
  readonly at: number;
  readonly id: string;
}

const MARK = 'page.';

/** Whether a text looks like a page cursor, wherever it came from. */
export function isPageCursor(text: string): boolean {
  return text.startsWith(MARK);
}

/** Writes the place of an item in a list; `list` names the list with its filter and order. */
export function encodePageCursor(list: string, place: ListPlace): string {
  return MARK + Buffer.from(JSON.stringify([fingerprint(list, place), place.at, place.id])).toString('base64url');
}

/** Reads a place in a list; refuses cursors of other lists, other filters, and what was never a cursor. */
export function decodePageCursor(list: string, text: string): ListPlace {
  const place = isPageCursor(text) ? readPlace(text.slice(MARK.length)) : undefined;
  if (place === undefined || !isOf(list, place)) {
    throw badInput(
      'The cursor is not valid for this query.',
      'Take `endCursor` or `startCursor` of a page of the same list with the same filter and order.',
    );
  }
  return { at: place.at, id: place.id };
}

function readPlace(text: string): (ListPlace & { readonly print: number }) | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (!Array.isArray(parts) || parts.length !== 3) return undefined;
    const [print, at, id] = parts as readonly unknown[];
    if (typeof print !== 'number' || typeof at !== 'number' || typeof id !== 'string') return undefined;
    return { print, at, id };
  } catch {
    return undefined;
  }
}

function isOf(list: string, place: ListPlace & { readonly print: number }): boolean {
  return place.print === fingerprint(list, place);
}

/** FNV-1a over list and place: finds cursors that were mixed up or mistyped. There is nothing here to protect. */
function fingerprint(list: string, place: ListPlace): number {
  const text = `${list}|${String(place.at)}|${place.id}`;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
