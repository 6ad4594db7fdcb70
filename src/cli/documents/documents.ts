// The documents of a definition file: each goes to the server with its own text, and problems go back to their place in the file.

/** A file that goes up with a definition, as GraphQL takes it. */
export type UploadedFile = { readonly path: string } & ({ readonly text: string } | { readonly base64: string });

/** One document of a file. */
export interface SourceDocument {
  /** Its own text. */
  readonly text: string;
  /** How many lines of the file stand before it. */
  readonly linesBefore: number;
}

/**
 * Splits a text at its `---` lines. YAML lets no value hold such a line at its beginning, so this needs no parser; what stands
 * before the first one and is only comments and blank lines belongs to the document behind it.
 */
export function splitDocuments(text: string): readonly SourceDocument[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (/^---(?:\s|$)/u.test(line) ? [index] : []));
  const first = starts[0];
  if (first === undefined || text.trimStart().startsWith('{')) return [{ text, linesBefore: 0 }];
  const heads = hasContent(lines.slice(0, first)) ? [0, ...starts] : [0, ...starts.slice(1)];
  return heads
    .map((start, index) => ({ text: lines.slice(start, heads[index + 1]).join('\n'), linesBefore: start }))
    .filter((document, index) => index === 0 || hasContent(document.text.split('\n')));
}

/** Whether there is more than comments, marks and directives. */
function hasContent(lines: readonly string[]): boolean {
  return lines.some((line) => !/^(?:---\s*|\.\.\.\s*|%.*|\s*)(?:#.*)?\r?$/u.test(line));
}
