// Small shapes that several parts of a definition share.

import { z } from 'zod';

/** The ten types of parameters and outputs. */
export const VALUE_TYPES = [
  'string',
  'long',
  'double',
  'boolean',
  'string_map',
  'string_array',
  'long_array',
  'double_array',
  'boolean_array',
  'map',
] as const;

/** `10%`: so many of a hundred. */
export const PERCENT = /^(100|[1-9]?\d)%$/u;

/** A length of time. */
export const duration = z
  .union([z.number().nonnegative(), z.string().regex(/^\s*(\d+(\.\d+)?\s*(ms|s|m|h|d)\s*)+$|^\s*\d+(\.\d+)?\s*$/u)])
  .describe('A length of time: 500ms, 10s, 5m, 6h, 2d, or several together as 1h 30m. A plain number is seconds.');
/** A limit that a parameter gives when the run needs it. */
export const given = z.string().regex(/\$\{/).describe('What parameters of the run give: ${limit}, or ${minutes}m.');
/** The type of a parameter or an output. */
export const valueType = z.enum(VALUE_TYPES).describe('One of the ten types.');
/** A value that becomes a text. */
export const scalarText = z.union([z.string(), z.number(), z.boolean()]);
/** Any value but nothing. */
export const anyValue = z.json().refine((value) => value !== null);
/** Values by names of the user. */
export const names = z.record(z.string(), anyValue);
/** One path or several. */
export const files = z.union([z.string(), z.array(z.string())]);
/** How many more tries. */
export const count = z.int().min(0).max(99);
