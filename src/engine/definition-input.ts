// A definition as it comes in.

/** A definition's text or JSON, and the files it names. */
export interface DefinitionInput {
  /** YAML or JSON. */
  readonly source: string;
  readonly files: readonly { readonly path: string; readonly content: Uint8Array }[];
}
