// Any JSON value, bounded in size and depth before anything else looks at it.

import { type ConstValueNode, GraphQLScalarType, Kind, type ObjectValueNode, type ValueNode } from 'graphql';
import { type Json } from '../../core/json.ts';
import { badInput } from '../errors/bad-input.ts';

const DEEPEST = 64;
const LONGEST = 1_000_000;

/** The scalar `JSON`. */
export const json = new GraphQLScalarType<Json, Json>({
  name: 'JSON',
  serialize: (value) => value as Json,
  parseValue: bounded,
  parseLiteral: (node, variables) => bounded(fromLiteral(node, variables ?? {})),
});

/** Refuses what is too large, too deep, or no JSON. The size is an estimate from below of its text. */
function bounded(value: unknown): Json {
  let length = 0;
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw badInput(`The JSON is nested more than ${String(DEEPEST)} levels deep.`);
    const next: unknown[] = [];
    for (const member of level) {
      length += sizeOf(member);
      if (length > LONGEST) throw badInput(`The JSON is larger than ${String(LONGEST)} characters.`);
      pushMembers(member, next);
    }
    level = next;
  }
  return value as Json;
}

function sizeOf(member: unknown): number {
  if (typeof member === 'string') return member.length + 2;
  if (Array.isArray(member)) return member.length + 1;
  if (typeof member !== 'object' || member === null) return 1;
  return Object.keys(member).reduce((sum, key) => sum + key.length + 3, 2);
}

/** One by one: spreading a large array into arguments would overflow the stack. */
function pushMembers(member: unknown, into: unknown[]): void {
  if (typeof member !== 'object' || member === null) return;
  for (const inner of Object.values(member)) into.push(inner);
}

function fromLiteral(node: ValueNode | ConstValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return finite(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
      return node.value;
    case Kind.LIST:
      return node.values.map((item) => fromLiteral(item, variables));
    case Kind.OBJECT:
      return fromObject(node, variables);
    case Kind.VARIABLE:
      return variables[node.name.value] ?? null;
    case Kind.ENUM:
      throw badInput(`The JSON has the bare word ${node.value}; write "${node.value}" for a text.`);
  }
}

/** `fromEntries` defines its keys, so that a key `__proto__` stays a key. */
function fromObject(node: ObjectValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(node.fields.map((field) => [field.name.value, fromLiteral(field.value, variables)]));
}

function finite(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number)) throw badInput(`The JSON has the number ${text.slice(0, 40)}, which is too large.`);
  return number;
}
