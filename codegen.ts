// schema.graphql → the types of the schema and of its resolvers. The output is committed; `npm run codegen:check` fails
// when the two differ. Enums are string unions, spelled in TypeScript as in the schema.

import { type CodegenConfig } from '@graphql-codegen/cli';

const types = {
  enumsAsTypes: true,
  useTypeImports: true,
  strictScalars: true,
  immutableTypes: true,
  maybeValue: 'T | null | undefined',
  inputMaybeValue: 'T | null | undefined',
  // Instants and cursors are the engine's own inside, text only outside: src/graphql/scalars.
  scalars: {
    ID: 'string',
    DateTime: '../../core/time.ts#Instant',
    JSON: '../../core/json.ts#Json',
    ChangeCursor: '../../core/partition/cursor.ts#Cursor',
  },
};

const config: CodegenConfig = {
  schema: './schema.graphql',
  importExtension: '.ts',
  generates: {
    // Two files, since what resolvers are given is made of the schema's own types.
    'src/graphql/generated/schema.ts': { plugins: ['typescript'], config: types },
    'src/graphql/generated/resolvers.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        ...types,
        contextType: '../context.ts#Context',
        // What a resolver is given for a type of the schema; types that are not listed are plain objects.
        mappers: {
          Backfill: '../present/backfill.ts#BackfillSource',
          BackfillConnection: '../present/backfill.ts#BackfillConnectionSource',
          AuditConnection: '../present/connection.ts#AuditConnectionSource',
          Change: '../present/change.ts#ChangeSource',
          FlattenedConnection: '../present/flattened.ts#FlattenedSource',
          FlattenedCount: '../present/flattened.ts#FlattenedCountSource',
          FlattenedSummary: '../present/flattened.ts#FlattenedSummarySource',
          Iteration: '../present/iteration.ts#IterationSource',
          Permit: '../present/pool.ts#PermitSource',
          Pool: '../present/pool.ts#PoolSource',
          Run: '../present/run.ts#RunSource',
          RunCause: '../present/run-cause.ts#RunCauseSource',
          RunConnection: '../present/connection.ts#RunConnectionSource',
          ScheduleDescription: '../present/schedule.ts#ScheduleSource',
          Signal: '../present/signal.ts#SignalSource',
          RefusedPublicationConnection: '../present/signal-type.ts#RefusedPage',
          SignalType: '../present/signal-type.ts#SignalTypeSource',
          SignalChange: '../present/change.ts#SignalChangeSource',
          SignalConnection: '../present/connection.ts#SignalConnectionSource',
          Step: '../present/step.ts#StepSource',
          Template: '../present/template.ts#TemplateSource',
          TemplateConnection: '../present/connection.ts#TemplateConnectionSource',
          Trigger: '../present/trigger.ts#TriggerSource',
          WhatIf: '../present/what-if.ts#WhatIfSource',
          Workflow: '../present/workflow.ts#WorkflowSource',
          WorkflowChange: '../present/change.ts#WorkflowChangeSource',
          WorkflowDefinition: '../present/workflow.ts#DefinitionSource',
          WorkflowConnection: '../present/connection.ts#WorkflowConnectionSource',
          WorkflowVersion: '../present/workflow.ts#VersionSource',
        },
      },
    },
  },
};

export default config;
