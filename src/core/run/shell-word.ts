// Texts as words of a line that `sh` reads: whatever a text holds, the shell takes it as it is, as one word.

/** Quotes a text for `sh`; a NUL character, which no program can be handed, must not be in it. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
