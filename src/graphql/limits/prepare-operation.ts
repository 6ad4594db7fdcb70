// From text to an operation that may be executed: parsed, validated and within its limits. WebSocket and SSE use it as it is;
// over HTTP Apollo Server takes the same steps with the same rules.

import {
  type DocumentNode,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
  type ValidationRule,
} from 'graphql';
import { checkCost } from './cost.ts';
import { grouped, LIMITS, tooMuch } from './limits.ts';
import { noIntrospectionRule, shapeRule } from './shape-rule.ts';

/** What a client sent. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A schema, and whether its clients may read it. */
export interface Published {
  readonly schema: GraphQLSchema;
  readonly introspection: boolean;
}

/** Options of the parser: it gives up on a document that is too large before anything else looks at it. */
export const parseOptions = { maxTokens: LIMITS.tokens } as const;

/** The rules beyond those of the specification. */
export function extraRules(introspection: boolean): readonly ValidationRule[] {
  return introspection ? [shapeRule] : [shapeRule, noIntrospectionRule];
}

/** The operation, ready to be executed, or everything that is wrong with it. */
export function prepareOperation(
  { schema, introspection }: Published,
  { query, operationName, variables }: OperationRequest,
): { readonly args: ExecutionArgs } | { readonly errors: readonly GraphQLError[] } {
  const document = parseDocument(query);
  if (document instanceof GraphQLError) return { errors: [document] };
  const rules = [...specifiedRules, ...extraRules(introspection)];
  const errors = validate(schema, document, rules, { hideSuggestions: !introspection });
  if (errors.length > 0) return { errors: errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) };
  const operation = getOperationAST(document, operationName);
  if (operation === null || operation === undefined) {
    const message = 'The document has no such operation, or several and no operationName.';
    return { errors: [new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } })] };
  }
  const tooCostly = checkCost({ schema, document, operation, variables: variables ?? {} });
  if (tooCostly !== undefined) return { errors: [tooCostly] };
  return { args: { schema, document, operationName, variableValues: variables } };
}

/** What the parser said, in our words: the token limit and the end of the stack are limits like the others. */
export function parseErrorOf(error: unknown): GraphQLError {
  if (error instanceof RangeError) {
    return new GraphQLError('The query is nested too deeply to be read.', {
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    });
  }
  if (!(error instanceof GraphQLError)) throw error;
  if (/ more tha[tn] \d+ tokens/.test(error.message)) {
    return tooMuch('QUERY_TOO_LARGE', `The query is too large: it has more than ${grouped(LIMITS.tokens)} tokens.`);
  }
  return withCode(error, 'GRAPHQL_PARSE_FAILED');
}

function parseDocument(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, parseOptions);
  } catch (error) {
    return parseErrorOf(error);
  }
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: { code, ...error.extensions },
  });
}
