// What a step that runs a notebook does.

/** Runs a Jupyter notebook in Python from top to bottom. */
export interface NotebookWork {
  readonly kind: 'notebook';
  /** The path of a file that goes up with the version; it ends in `.ipynb`. */
  readonly program: { readonly file: string };
  /** Packages with their versions, sorted, at least one. Absent: those of the Python of the server. */
  readonly requirements?: readonly string[];
}
