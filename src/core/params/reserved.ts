// Names that no start may give, since they mean something to the machinery (maestro-behaviour §3.6).

const WORDS = ['maestro', 'scheduler', 'util', 'params'];

const RESERVED: ReadonlySet<string> = new Set([
  ...WORDS.flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()]),
  'AUTH_BLOB',
  'AUTH_DATA',
  'AUTH_ACTING_ON_BEHALF_OF_BLOB',
  'AUTH_TRIGGERING_ON_BEHALF_OF_BLOB',
  'AUTHORIZED_MANAGERS',
]);

/** Tells whether a name is kept for the machinery. */
export function isReservedParam(name: string): boolean {
  return RESERVED.has(name);
}
