// The executable schema: the published SDL with our resolvers and scalars put in. Every resolver must have a field in the SDL,
// and every root field a resolver; anything else is a mistake that stops the server at its start.

import {
  buildASTSchema,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
  parse,
} from 'graphql';
import { type Context } from './context.ts';
import { resolvers, scalars } from './resolver-map.ts';

type AnyResolver = GraphQLFieldResolver<unknown, Context>;

/** How a field is resolved, or for a subscription watched. */
type FieldPlan = AnyResolver | { readonly subscribe: AnyResolver };

/** Makes the schema from the text of schema.graphql. */
export function createSchema(schemaText: string): GraphQLSchema {
  const schema = buildASTSchema(parse(schemaText));
  for (const scalar of scalars) {
    const declared = schema.getType(scalar.name);
    if (!isScalarType(declared)) throw new Error(`schema.graphql has no scalar ${scalar.name}`);
    Object.assign(declared, {
      serialize: scalar.serialize,
      parseValue: scalar.parseValue,
      parseLiteral: scalar.parseLiteral,
    });
  }
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`schema.graphql has no type ${typeName}, but there are resolvers for it`);
    attach(type, fields as Readonly<Record<string, FieldPlan>>);
  }
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    requireResolvers(root);
  return schema;
}

function attach(type: GraphQLObjectType, plans: Readonly<Record<string, FieldPlan>>): void {
  const fields = type.getFields();
  for (const [name, plan] of Object.entries(plans)) {
    const field = fields[name];
    if (field === undefined)
      throw new Error(`schema.graphql has no field ${type.name}.${name}, but there is a resolver for it`);
    if (typeof plan === 'function') field.resolve = plan as GraphQLFieldResolver<unknown, unknown>;
    else field.subscribe = plan.subscribe as GraphQLFieldResolver<unknown, unknown>;
  }
}

function requireResolvers(root: GraphQLObjectType | null | undefined): void {
  for (const field of Object.values(root?.getFields() ?? {})) {
    if (field.resolve === undefined && field.subscribe === undefined)
      throw new Error(`No resolver for ${root?.name ?? ''}.${field.name} of schema.graphql`);
  }
}
