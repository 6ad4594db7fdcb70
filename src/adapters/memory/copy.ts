// Copies plain values at the border, so that nobody shares what can change. JSON's rules: a field that is undefined is absent.

/** A deep copy of a plain JSON value. */
export function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
