// Finds all forms of all secrets in one pass over a text, however many there are: what a text costs depends on its length.

import { type Form } from './secret-forms.ts';

/** A form, and the secret that it gives away. */
export interface NamedForm extends Form {
  readonly name: string;
}

/** A part of a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What was found, and where. */
export interface Finding extends Span {
  readonly form: NamedForm;
}

/** Forms that can be looked for. */
export interface FormIndex {
  add(form: NamedForm): void;
  has(text: string): boolean;
  readonly size: () => number;
  /** Every form in the text. With `torn` also what is left of one that was torn at an end of that part of the text. */
  findings(text: string, torn?: Span): readonly Finding[];
}

const SHORTEST_PIECE = 8;
const SHORTEST_TORN = 2 * SHORTEST_PIECE;
/** A key is made of so many characters, each shifted until it has left the key. */
const KEY_LENGTH = 4;
const SHIFT = 4;
const KEYS = 0x10000;
const FIRST = 1;
const LAST = 2;

/** Makes an index without any forms. */
export function createFormIndex(): FormIndex {
  const forms = new Map<string, NamedForm>();
  const marks = new Uint8Array(KEYS);
  const byFirst = new Map<number, NamedForm[]>();
  const byLast = new Map<number, NamedForm[]>();
  return {
    add: (form) => {
      forms.set(form.text, form);
      const first = keyOf(form.text.slice(0, KEY_LENGTH));
      marks[first] = (marks[first] ?? 0) | FIRST;
      byFirst.set(first, [...(byFirst.get(first) ?? []), form]);
      if (form.text.length < SHORTEST_TORN) return;
      const last = keyOf(form.text.slice(-KEY_LENGTH));
      marks[last] = (marks[last] ?? 0) | LAST;
      byLast.set(last, [...(byLast.get(last) ?? []), form]);
    },
    has: (text) => forms.has(text),
    size: () => forms.size,
    findings: (text, torn) => {
      const found: Finding[] = torn === undefined ? [] : middles(text, torn, forms.values());
      let key = 0;
      for (let at = 0; at < text.length; at += 1) {
        key = ((key << SHIFT) ^ text.charCodeAt(at)) & (KEYS - 1);
        const mark = marks[key] ?? 0;
        if (mark === 0 || at + 1 < KEY_LENGTH) continue;
        if ((mark & FIRST) !== 0) begin(text, at + 1 - KEY_LENGTH, { forms: byFirst.get(key) ?? [], torn, found });
        if ((mark & LAST) !== 0 && torn !== undefined) end(text, at + 1, { forms: byLast.get(key) ?? [], torn, found });
      }
      return found;
    },
  };
}

function keyOf(text: string): number {
  let key = 0;
  for (let at = 0; at < text.length; at += 1) key = ((key << SHIFT) ^ text.charCodeAt(at)) & (KEYS - 1);
  return key;
}

interface Candidates {
  readonly forms: readonly NamedForm[];
  readonly torn: Span | undefined;
  readonly found: Finding[];
}

/** Forms that begin here, whole or up to where the text is torn. */
function begin(text: string, from: number, { forms, torn, found }: Candidates): void {
  for (const form of forms) {
    if (text.startsWith(form.text, from)) found.push({ form, from, to: from + form.text.length });
    else if (torn !== undefined && isPiece(form, torn.to - from) && form.text.startsWith(text.slice(from, torn.to))) {
      found.push({ form, from, to: torn.to });
    }
  }
}

/** Forms that end here and began before the text. */
function end(text: string, to: number, { forms, torn, found }: Candidates & { readonly torn: Span }): void {
  for (const form of forms) {
    if (isPiece(form, to - torn.from) && form.text.endsWith(text.slice(torn.from, to))) {
      found.push({ form, from: torn.from, to });
    }
  }
}

/** Forms that began before the text and end behind it. */
function middles(text: string, { from, to }: Span, forms: Iterable<NamedForm>): Finding[] {
  const found: Finding[] = [];
  if (to - from < SHORTEST_PIECE) return found;
  const piece = text.slice(from, to);
  for (const form of forms) {
    if (isPiece(form, piece.length) && form.text.includes(piece)) found.push({ form, from, to });
  }
  return found;
}

function isPiece({ text }: NamedForm, length: number): boolean {
  return text.length >= SHORTEST_TORN && length >= SHORTEST_PIECE && length < text.length;
}
