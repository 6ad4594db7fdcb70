// The fields of an input that were given: GraphQL's null is the same as not saying anything.

/** An object without its fields that are null or undefined. */
export type Given<T> = { readonly [Name in keyof T]?: Exclude<T[Name], null | undefined> };

/** The fields that were given. */
export function givenOf<T extends object>(input: T): Given<T> {
  const entries = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as Given<T>;
}
