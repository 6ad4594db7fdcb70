// The texts in which a secret may be printed as it is or in another writing: each of its lines, base64 at each of the three
// places where it can begin in something longer, and hex. What is escaped or percent-encoded is found by `readings.ts`.

/** A text that gives a secret away. */
export interface Form {
  readonly text: string;
  /** How many characters before it, and behind it, also hold some bits of the secret, if they are of base64. */
  readonly before: number;
  readonly after: number;
}

/** What is shorter could not be hidden without hiding half of what a step prints. */
export const SHORTEST_SECRET = 4;

/** All forms of a value; none if no line of it is long enough. */
export function formsOf(value: string): readonly Form[] {
  const lines = value
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_SECRET);
  if (lines.length === 0) return [];
  const forms = new Map<string, Form>();
  for (const text of lines) forms.set(text, { text, before: 0, after: 0 });
  for (const text of new Set([value.trim(), ...lines])) {
    for (const form of encoded(Buffer.from(text))) if (!forms.has(form.text)) forms.set(form.text, form);
  }
  return [...forms.values()];
}

function encoded(bytes: Buffer): readonly Form[] {
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '');
    // Three bytes make four characters: those at the edges also depend on the bytes beside.
    const before = offset === 0 ? 0 : offset + 1;
    const after = (bytes.length + offset) % 3 === 0 ? 0 : 1;
    const text = whole.slice(before, whole.length - after);
    return [text, text.replaceAll('+', '-').replaceAll('/', '_')].map((one) => ({ text: one, before, after }));
  });
  return [...base64, { text: hex, before: 0, after: 0 }, { text: hex.toUpperCase(), before: 0, after: 0 }];
}
