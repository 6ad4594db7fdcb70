// Numbers of things in words.

/** "1 step", "3 steps", "no steps". */
export function countText(count: number, noun: string, nouns = `${noun}s`): string {
  if (count === 0) return `no ${nouns}`;
  return `${count.toLocaleString('en')} ${count === 1 ? noun : nouns}`;
}

/** Bytes as "812 B", "4.2 KB", "1.3 MB". */
export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${String(bytes)} B`;
  if (bytes < 1_000_000) return `${oneDigit(bytes / 1_000)} KB`;
  if (bytes < 1_000_000_000) return `${oneDigit(bytes / 1_000_000)} MB`;
  return `${oneDigit(bytes / 1_000_000_000)} GB`;
}

function oneDigit(number: number): string {
  return number >= 100 ? String(Math.round(number)) : number.toFixed(1);
}
