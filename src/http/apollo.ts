// Apollo Server with our limits and our errors. It answers queries and mutations over HTTP; subscriptions go beside it.

import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type GraphQLError } from 'graphql';
import { type Context } from '../graphql/context.ts';
import { causeOf, formatError } from '../graphql/errors/format-error.ts';
import { checkCost } from '../graphql/limits/cost.ts';
import { extraRules, parseErrorOf, parseOptions, type Published } from '../graphql/limits/prepare-operation.ts';
import { type Logger } from '../ports/logger.ts';

/** Makes the server; it must be started before it can answer. */
export function createApollo({ schema, introspection }: Published, logger: Logger): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    // Our own rule refuses introspection, on every transport with the same words.
    introspection: true,
    parseOptions,
    validationRules: [...extraRules(introspection)],
    validationOptions: { hideSuggestions: !introspection },
    csrfPrevention: true,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: apolloLogger(logger),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      // Answers are never cached, so the wrapping of every resolver that caching wants is saved.
      ApolloServerPluginCacheControlDisabled(),
      // Nothing is sent anywhere, whatever variables for it the environment may have.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      costAndErrors,
    ],
  });
}

const costAndErrors: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, request }) => {
      if (operation === undefined) return;
      const tooCostly = checkCost({ schema, document, operation, variables: request.variables ?? {} });
      if (tooCostly !== undefined) throw tooCostly;
    },
    willSendResponse: async ({ errors, response, contextValue }) => {
      if (errors === undefined || response.body.kind !== 'single') return;
      response.body.singleResult.errors = errors.map((error) => formatError(parsedAgain(error), contextValue));
    },
  }),
};

/** Apollo wraps what the parser throws; our words for it are those of the other transports. */
function parsedAgain(error: GraphQLError): GraphQLError {
  return error.extensions['code'] === 'GRAPHQL_PARSE_FAILED' ? parseErrorOf(causeOf(error)) : error;
}

function apolloLogger(logger: Logger): Record<'debug' | 'info' | 'warn' | 'error', (message?: unknown) => void> {
  const warn = (message?: unknown): void => {
    logger.warn('Apollo Server says something', { message: String(message) });
  };
  return { debug: () => undefined, info: () => undefined, warn, error: warn };
}
