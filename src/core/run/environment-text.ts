// The value of an environment variable as an executor is handed it: everything is filled in but secrets.

/** A text; with secrets in it, its parts in turn. */
export type EnvironmentText = string | readonly (string | SecretReference)[];

/** Stands for the value of a secret, which the core never has. */
export interface SecretReference {
  readonly secret: string;
}
