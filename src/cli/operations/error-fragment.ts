// What is asked of every problem that the caller can cure.

/** Everything of a problem that the caller can cure. */
export const ERROR = `fragment ErrorFields on UserError { code message path hint docs ... on DefinitionError { line column rule suggestion } }`;
