// What an operation may cost at the most: one for each object that it can answer with. A list counts its page size (or a
// default), its members count within it. Texts and numbers cost nothing, unless they come in pages.

import {
  type DocumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { fragmentsOf } from './fragments.ts';
import { grouped, LIMITS, tooMuch } from './limits.ts';
import { isIntrospection } from './shape-rule.ts';

/** An operation with its variables. */
export interface Costly {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A page's items and how much one costs; lines of a log are read together. */
const WEIGHTS: Readonly<Record<string, number>> = { first: 1, last: 1, lines: 0.1 };
const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 1_000;

/** The error for an operation that costs too much; undefined if it does not. */
export function checkCost(costly: Costly): GraphQLError | undefined {
  const root = costly.schema.getRootType(costly.operation.operation);
  const cost = root === undefined || root === null ? 0 : measure(costly, root.name);
  if (cost <= LIMITS.cost) return undefined;
  return tooMuch(
    'QUERY_TOO_COMPLEX',
    `The query may answer with ${grouped(Math.ceil(cost))} objects; ${grouped(LIMITS.cost)} are allowed. Ask for smaller pages, or for less within them.`,
  );
}

function measure(costly: Costly, rootType: string): number {
  const fragments = fragmentsOf(costly.document);
  const known = new Map<string, number>();
  const ofSelections = (selections: SelectionSetNode | undefined, type: string): number => {
    let total = 0;
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FIELD) total += ofField(selection, type);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) total += ofFragment(selection.name.value);
      else total += ofSelections(selection.selectionSet, selection.typeCondition?.name.value ?? type);
    }
    return total;
  };
  const ofFragment = (name: string): number => {
    const fragment = fragments.get(name);
    if (fragment === undefined) return 0;
    const cost = known.get(name) ?? ofSelections(fragment.selectionSet, fragment.typeCondition.name.value);
    known.set(name, cost);
    return cost;
  };
  const ofField = (field: FieldNode, type: string): number => {
    const answer = isIntrospection(field) ? undefined : typeOfField(costly.schema, type, field);
    if (answer === undefined) return 0;
    if (!isCompositeType(getNamedType(answer)))
      return pagesOf(costly, type, field).length === 0 ? 0 : sizeOf(costly, type, field);
    return sizeOf(costly, type, field) * (1 + ofSelections(field.selectionSet, getNamedType(answer).name));
  };
  return ofSelections(costly.operation.selectionSet, rootType);
}

function typeOfField(schema: GraphQLSchema, type: string, field: FieldNode): GraphQLOutputType | undefined {
  return fieldsOf(schema, type)[field.name.value]?.type;
}

function fieldsOf(
  schema: GraphQLSchema,
  type: string,
): ReturnType<Extract<ReturnType<GraphQLSchema['getQueryType']>, object>['getFields']> {
  const named = schema.getType(type);
  return isObjectType(named) || isInterfaceType(named) ? named.getFields() : {};
}

/** What the items of a field cost at the most: as many as its arguments say, or their defaults. Nonsense is left to the resolver. */
function sizeOf(costly: Costly, type: string, field: FieldNode): number {
  const declared = pagesOf(costly, type, field);
  for (const arg of declared) {
    const given = numberIn(field.arguments?.find((node) => node.name.value === arg.name)?.value, costly);
    if (given !== undefined) return Math.min(Math.max(given, 1), LARGEST_SIZE) * (WEIGHTS[arg.name] ?? 1);
  }
  const [first] = declared;
  if (first === undefined) return 1;
  return (typeof first.defaultValue === 'number' ? first.defaultValue : DEFAULT_SIZE) * (WEIGHTS[first.name] ?? 1);
}

/** The arguments that say how many items a field answers with. */
function pagesOf({ schema }: Costly, type: string, field: FieldNode): readonly GraphQLArgument[] {
  return fieldsOf(schema, type)[field.name.value]?.args.filter((arg) => Object.hasOwn(WEIGHTS, arg.name)) ?? [];
}

function numberIn(node: ValueNode | undefined, { variables, operation }: Costly): number | undefined {
  if (node?.kind === Kind.INT) return Number(node.value);
  if (node?.kind !== Kind.VARIABLE) return undefined;
  const name = node.name.value;
  const preset = operation.variableDefinitions?.find(
    (definition) => definition.variable.name.value === name,
  )?.defaultValue;
  const value = variables[name] ?? (preset?.kind === Kind.INT ? Number(preset.value) : undefined);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
