// Instants: text in ISO 8601 outside, milliseconds inside. A text without a zone is refused, since it means another time elsewhere.

import { GraphQLScalarType, Kind } from 'graphql';
import { type Instant } from '../../core/time.ts';
import { badInput } from '../errors/bad-input.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The scalar `DateTime`. */
export const dateTime = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  serialize: (value) => new Date(Number(value)).toISOString(),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
});

/** Reads an instant, or a day as its beginning in UTC. */
export function parseInstant(value: unknown): Instant {
  const isText = typeof value === 'string' && (DATE.test(value) || DATE_TIME.test(value));
  const instant = isText ? Date.parse(value) : Number.NaN;
  if (!Number.isFinite(instant)) {
    throw badInput('A DateTime is ISO 8601 with a zone, such as 2026-11-22T06:00:00Z, or a day, such as 2026-11-22.');
  }
  return instant;
}
