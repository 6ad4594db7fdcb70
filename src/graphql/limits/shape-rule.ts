// A validation rule: depth, aliases, root fields and directives of a document. Introspection is not counted, since the
// standard introspection query is deeper than anything sensible.

import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type ValidationContext,
  visit,
} from 'graphql';
import { measureSelections } from './fragments.ts';
import { grouped, LIMITS, tooMuch } from './limits.ts';

/** Reports everything about a document's shape that is beyond its limits. */
export function shapeRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document): void {
      checkDepth(document, context);
      checkRootFields(document, context);
      checkCounts(document, context);
    },
  };
}

/** With introspection off: refuses what reads the schema. */
export function noIntrospectionRule(context: ValidationContext): ASTVisitor {
  return {
    Field(field): void {
      if (isIntrospection(field)) context.reportError(introspectionIsOff(field));
    },
  };
}

/** Whether a field asks about the schema rather than about data. */
export function isIntrospection(field: FieldNode): boolean {
  return field.name.value === '__schema' || field.name.value === '__type';
}

function introspectionIsOff(field: FieldNode): GraphQLError {
  const message = `${field.name.value} is not answered: introspection is off on this server.`;
  return new GraphQLError(message, { nodes: field, extensions: { code: 'FORBIDDEN' } });
}

function checkDepth(document: DocumentNode, context: ValidationContext): void {
  const depthOf = measureSelections(document, (field, within) => (isIntrospection(field) ? 0 : 1 + within()), Math.max);
  for (const operation of operationsOf(document)) {
    const depth = depthOf(operation.selectionSet);
    if (depth <= LIMITS.depth) continue;
    const message = `The query is too deep: depth ${grouped(depth)} exceeds ${String(LIMITS.depth)}.`;
    context.reportError(tooMuch('QUERY_TOO_DEEP', message));
  }
}

function checkRootFields(document: DocumentNode, context: ValidationContext): void {
  const countOf = measureSelections(
    document,
    () => 1,
    (one, other) => one + other,
  );
  for (const operation of operationsOf(document)) {
    const count = countOf(operation.selectionSet);
    if (count <= LIMITS.rootFields) continue;
    const message = `The operation has ${grouped(count)} fields at its root; ${String(LIMITS.rootFields)} are allowed.`;
    context.reportError(tooMuch('QUERY_TOO_COMPLEX', message));
  }
}

function checkCounts(document: DocumentNode, context: ValidationContext): void {
  let aliases = 0;
  let directives = 0;
  visit(document, {
    Field(field): void {
      if (field.alias !== undefined) aliases++;
    },
    Directive(): void {
      directives++;
    },
  });
  const counts = [
    { what: 'aliases', count: aliases, most: LIMITS.aliases },
    { what: 'directives', count: directives, most: LIMITS.directives },
  ];
  for (const { what, count, most } of counts) {
    if (count <= most) continue;
    const message = `The document has ${grouped(count)} ${what}; ${String(most)} are allowed.`;
    context.reportError(tooMuch('QUERY_TOO_COMPLEX', message));
  }
}

function operationsOf(document: DocumentNode): readonly OperationDefinitionNode[] {
  return document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}
