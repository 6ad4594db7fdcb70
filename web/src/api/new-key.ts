// An idempotency key: a click that is sent twice, because its answer got lost, does its work once.

/** A key that nobody else has. crypto.randomUUID is missing where a page comes over plain http from another machine. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `page-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
