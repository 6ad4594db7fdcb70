// What users may call things: workflows, steps and parameters, signals and labels (maestro-behaviour §1.7).
// Each check answers with one sentence for every rule that is broken, so that all of them can be mended at once.

/** The form of a workflow's id. */
export const WORKFLOW_ID = /^[_a-zA-Z0-9][.\-_a-zA-Z0-9]*$/u;

/** The form of a step's id and of a parameter's name. */
export const REFERENCE_ID = /^[_a-zA-Z][.\-_a-zA-Z0-9]*$/u;

const NAME = /^[\w .,:@&='(){}$+[\]\-/\\]+$/u;
const LONGEST_ID = 128;
const LONGEST_NAME = 256;

/** What is wrong with a workflow's id. */
export function workflowIdFaults(id: string): readonly string[] {
  const form = 'it must consist of letters, digits, dots, dashes and underscores, and begin with none of . and -';
  return [
    ...formFaults(id, { form, pattern: WORKFLOW_ID, longest: LONGEST_ID }),
    ...prefixFaults(id),
    ...suffixFaults(id),
  ];
}

/** What is wrong with a step's id, a parameter's name or an output's name. */
export function referenceIdFaults(id: string): readonly string[] {
  const form =
    'it must consist of letters, digits, dots, dashes and underscores, and begin with a letter or underscore';
  const separator = id.includes('__') ? ['it must not contain two underscores in a row'] : [];
  return [...formFaults(id, { form, pattern: REFERENCE_ID, longest: LONGEST_ID }), ...separator, ...prefixFaults(id)];
}

/** What is wrong with the name of a signal or label. */
export function nameFaults(name: string): readonly string[] {
  const form = "it may have letters, digits, spaces and . , : @ & = ' ( ) { } $ + [ ] - / \\ _ only";
  const blank = name !== '' && name.trim() === '' ? ['it must not be blank'] : [];
  return [
    ...formFaults(name, { form, pattern: NAME, longest: LONGEST_NAME }),
    ...blank,
    ...prefixFaults(name),
    ...suffixFaults(name),
  ];
}

interface Form {
  readonly form: string;
  readonly pattern: RegExp;
  readonly longest: number;
}

function formFaults(text: string, { form, pattern, longest }: Form): readonly string[] {
  if (text === '') return ['it must not be empty'];
  const length =
    text.length > longest ? [`it has ${String(text.length)} characters, and ${String(longest)} is the most`] : [];
  return pattern.test(text) ? length : [...length, form];
}

function prefixFaults(text: string): readonly string[] {
  const isReserved = text.toLowerCase().startsWith('maestro_');
  return isReserved ? ['it must not begin with "maestro_", which is reserved'] : [];
}

function suffixFaults(text: string): readonly string[] {
  const isReserved = text.toLowerCase().endsWith('_maestro');
  return isReserved ? ['it must not end with "_maestro", which is reserved'] : [];
}
