// Text to UTF-8 and back, without `TextEncoder`: the core and the engine must run where there is none.

/** The UTF-8 bytes of a well-formed text. */
export function encodeUtf8(text: string): Uint8Array {
  const encoded = encodeURIComponent(text);
  const bytes: number[] = [];
  for (let place = 0; place < encoded.length; place++) {
    if (encoded[place] === '%') {
      bytes.push(Number.parseInt(encoded.slice(place + 1, place + 3), 16));
      place += 2;
    } else bytes.push(encoded.charCodeAt(place));
  }
  return Uint8Array.from(bytes);
}

/** The text of valid UTF-8 bytes. */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (const byte of bytes)
    parts.push(byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`);
  return decodeURIComponent(parts.join(''));
}
