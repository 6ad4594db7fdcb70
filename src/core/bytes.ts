// How many bytes a plain value takes in the store, about: never fewer than it does, whether it is kept as BSON or, where its
// names or characters are awkward, as JSON text. So what is within a bound by this count is within it in the store.

/** An upper estimate of a value's bytes in the store. What is undefined takes none. */
export function bytesOf(value: unknown): number {
  if (typeof value === 'string') return 5 + textBytes(value);
  if (typeof value === 'number') return numberBytes(value);
  if (typeof value === 'boolean') return 5;
  if (typeof value !== 'object') return 0;
  if (value === null) return 4;
  return 5 + (Array.isArray(value) ? itemBytes(value) : fieldBytes(value));
}

/** A whole number of 32 bits is short in both forms; JSON may need 24 characters for any other. */
function numberBytes(value: number): number {
  if ((value | 0) !== value) return 24;
  return value > -1_000 && value < 10_000 ? 6 : 12;
}

/** BSON writes an item's place beside it. */
function itemBytes(items: readonly unknown[]): number {
  let bytes = 0;
  for (let place = 0; place < items.length; place++) {
    bytes += (place < 10 ? 3 : place < 1_000 ? 5 : 9) + bytesOf(items[place]);
  }
  return bytes;
}

function fieldBytes(object: object): number {
  let bytes = 0;
  for (const name in object) {
    const value = (object as Readonly<Record<string, unknown>>)[name];
    if (value !== undefined) bytes += 4 + textBytes(name) + bytesOf(value);
  }
  return bytes;
}

/** A number of bytes in words. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function textBytes(text: string): number {
  let bytes = text.length;
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    // JSON text writes \u0000, \" and \\; UTF-8 has up to three bytes a unit. Half a surrogate pair is written \ud800.
    if (unit < 0x20) bytes += 5;
    else if (unit > 0x7f)
      bytes += unit < 0x800 ? 1 : unit >= 0xd800 && unit <= 0xdfff ? surrogateBytes(text, place) : 2;
    else if (unit === 0x22 || unit === 0x5c) bytes += 1;
  }
  return bytes;
}

/** What a half of a surrogate pair adds to its one: with its other half four bytes, alone six, and the text's mark. */
function surrogateBytes(text: string, place: number): number {
  const isHigh = text.charCodeAt(place) < 0xdc00;
  const other = text.charCodeAt(isHigh ? place + 1 : place - 1);
  const isPair = isHigh ? other >= 0xdc00 && other <= 0xdfff : other >= 0xd800 && other <= 0xdbff;
  return isPair ? 1 : 30;
}
