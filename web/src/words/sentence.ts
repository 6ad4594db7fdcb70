// The beginning of a sentence.

/** The text with a capital letter in front: for words of Downbeat, never for a name that somebody gave. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
