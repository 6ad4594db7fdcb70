// A GraphQL document together with the types of what it takes and answers.

/** A document; its types are there for the compiler only. */
export interface Operation<Data, Variables> {
  readonly text: string;
  readonly data?: Data;
  readonly variables?: Variables;
}
