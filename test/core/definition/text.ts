// Texts of definitions for the tests of this folder, and their refusals in a form that fits on one line.

import { type Definition } from '../../../src/core/definition/model.ts';
import { type ReadDefinition, type ReadOptions, readDefinitions } from '../../../src/core/definition/read.ts';
import { type Refusal } from '../../../src/core/refusal.ts';
import { invariant } from '../../../src/core/result.ts';

/** Reads a text that must be fine. */
export function readAll(text: string, options?: ReadOptions): readonly ReadDefinition[] {
  const read = readDefinitions(text, options);
  invariant(read.ok, read.ok ? '' : JSON.stringify(read.failure, null, 2));
  return read.value;
}

/** Reads a text that must be one definition. */
export function readOne(text: string): Definition {
  const [only] = readAll(text);
  invariant(only !== undefined, 'there is no definition');
  return only.definition;
}

/** Reads a text that must be refused. */
export function refusalsOf(text: string, options?: ReadOptions): readonly Refusal[] {
  const read = readDefinitions(text, options);
  return read.ok ? [] : read.failure;
}

/** `line:column rule` of every refusal. */
export function placesOf(text: string, options?: ReadOptions): readonly string[] {
  return refusalsOf(text, options).map(({ place }) =>
    place === undefined ? 'nowhere' : `${String(place.line)}:${String(place.column)} ${place.rule}`,
  );
}

/** A workflow of one step with these lines before its steps. */
export function withHead(...lines: readonly string[]): string {
  return ['id: a', ...lines, 'steps:', '  - { id: x, noop: true }'].join('\n');
}

/** A workflow of one step `x` that has these lines. */
export function withStep(...lines: readonly string[]): string {
  return ['id: a', 'steps:', '  - id: x', ...lines.map((line) => `    ${line}`)].join('\n');
}

/** A loop with these lines in its only step `y`. */
export function inLoop(...lines: readonly string[]): string {
  return withStep('foreach: { a: [x] }', 'steps:', '  - id: y', ...lines.map((line) => `    ${line}`));
}
