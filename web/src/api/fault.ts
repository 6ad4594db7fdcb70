// Why a query got no answer, in words, and whether asking again can help. What callers can cure comes as data instead.

/** A query that was not answered. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}

/** The stable code in a list of GraphQL errors; undefined when it is no such list (a broken connection, say). */
export function codeOf(errors: unknown): string | undefined {
  if (!Array.isArray(errors)) return undefined;
  const [first] = errors as readonly unknown[];
  if (!isRecord(first)) return undefined;
  const extensions = first['extensions'];
  const code = isRecord(extensions) ? extensions['code'] : undefined;
  return typeof code === 'string' ? code : 'INTERNAL';
}

/** Whether it is the connection, not the question, that is wrong. */
export function isPassing({ code }: Fault): boolean {
  return ['UNREACHABLE', 'UNAVAILABLE', 'STORE_UNAVAILABLE', 'OVERLOADED', 'NOT_YET'].includes(code);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
