// The type of a value by how it is written.

import { inferType } from '../../params/infer-type.ts';
import { type SourceNode } from '../source/node.ts';
import { sampleOf } from './json-values.ts';

/** The type that a value has if nobody says one; `string` where there is none to be seen. */
export function inferredTypeOf(node: SourceNode | undefined): string {
  return (node === undefined ? undefined : inferType(sampleOf(node))) ?? 'string';
}
