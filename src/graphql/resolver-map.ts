// All resolvers by type and field, and all scalars: an index of the schema.

import { type GraphQLScalarType } from 'graphql';
import { type Resolvers } from './generated/resolvers.ts';
import { activateVersion } from './resolvers/Mutation/activateVersion.ts';
import { applyBulk } from './resolvers/Mutation/applyBulk.ts';
import { applyBackfill } from './resolvers/Mutation/applyBackfill.ts';
import { applyPool } from './resolvers/Mutation/applyPool.ts';
import { deletePool } from './resolvers/Mutation/deletePool.ts';
import { pool } from './resolvers/Query/pool.ts';
import { pools } from './resolvers/Query/pools.ts';
import { Permit } from './resolvers/types/Permit.ts';
import { Pool } from './resolvers/types/Pool.ts';
import { applyTemplate } from './resolvers/Mutation/applyTemplate.ts';
import { applyWorkflow } from './resolvers/Mutation/applyWorkflow.ts';
import { clearBreakpoint } from './resolvers/Mutation/clearBreakpoint.ts';
import { deleteWorkflow } from './resolvers/Mutation/deleteWorkflow.ts';
import { forkRun } from './resolvers/Mutation/forkRun.ts';
import { cancelBackfill } from './resolvers/Mutation/cancelBackfill.ts';
import { killRun } from './resolvers/Mutation/killRun.ts';
import { pauseBackfill } from './resolvers/Mutation/pauseBackfill.ts';
import { pauseRun } from './resolvers/Mutation/pauseRun.ts';
import { pauseTriggers } from './resolvers/Mutation/pauseTriggers.ts';
import { planBackfill } from './resolvers/Mutation/planBackfill.ts';
import { applySignalType } from './resolvers/Mutation/applySignalType.ts';
import { republishSignal } from './resolvers/Mutation/republishSignal.ts';
import { dismissSignal } from './resolvers/Mutation/dismissSignal.ts';
import { publishSignal } from './resolvers/Mutation/publishSignal.ts';
import { publishSignals } from './resolvers/Mutation/publishSignals.ts';
import { rebuildLists } from './resolvers/Mutation/rebuildLists.ts';
import { release } from './resolvers/Mutation/release.ts';
import { resetTrigger } from './resolvers/Mutation/resetTrigger.ts';
import { restartRun } from './resolvers/Mutation/restartRun.ts';
import { resumeBackfill } from './resolvers/Mutation/resumeBackfill.ts';
import { resumeRun } from './resolvers/Mutation/resumeRun.ts';
import { resumeTriggers } from './resolvers/Mutation/resumeTriggers.ts';
import { resumeStep } from './resolvers/Mutation/resumeStep.ts';
import { retryBackfill } from './resolvers/Mutation/retryBackfill.ts';
import { retryStep } from './resolvers/Mutation/retryStep.ts';
import { setBreakpoint } from './resolvers/Mutation/setBreakpoint.ts';
import { bypassSignals } from './resolvers/Mutation/bypassSignals.ts';
import { skipStep } from './resolvers/Mutation/skipStep.ts';
import { startRun } from './resolvers/Mutation/startRun.ts';
import { stopRun } from './resolvers/Mutation/stopRun.ts';
import { unblockWorkflow } from './resolvers/Mutation/unblockWorkflow.ts';
import { updateWorkflow } from './resolvers/Mutation/updateWorkflow.ts';
import { validateWorkflow } from './resolvers/Mutation/validateWorkflow.ts';
import { audit } from './resolvers/Query/audit.ts';
import { compareRuns } from './resolvers/Query/compareRuns.ts';
import { backfill } from './resolvers/Query/backfill.ts';
import { backfills } from './resolvers/Query/backfills.ts';
import { describeSchedule } from './resolvers/Query/describeSchedule.ts';
import { explain } from './resolvers/Query/explain.ts';
import { node } from './resolvers/Query/node.ts';
import { planTemplate } from './resolvers/Query/planTemplate.ts';
import { plan } from './resolvers/Query/plan.ts';
import { planSignalType } from './resolvers/Query/planSignalType.ts';
import { previewBulk } from './resolvers/Query/previewBulk.ts';
import { run } from './resolvers/Query/run.ts';
import { runs } from './resolvers/Query/runs.ts';
import { server } from './resolvers/Query/server.ts';
import { signalType } from './resolvers/Query/signalType.ts';
import { signals } from './resolvers/Query/signals.ts';
import { step } from './resolvers/Query/step.ts';
import { template } from './resolvers/Query/template.ts';
import { templates } from './resolvers/Query/templates.ts';
import { whatIf } from './resolvers/Query/whatIf.ts';
import { workflow } from './resolvers/Query/workflow.ts';
import { workflows } from './resolvers/Query/workflows.ts';
import { backfillChanges } from './resolvers/Subscription/backfillChanges.ts';
import { changes } from './resolvers/Subscription/changes.ts';
import { runChanges } from './resolvers/Subscription/runChanges.ts';
import { signalChanges } from './resolvers/Subscription/signalChanges.ts';
import { stepLogs } from './resolvers/Subscription/stepLogs.ts';
import { workflowChanges } from './resolvers/Subscription/workflowChanges.ts';
import { AuditConnection } from './resolvers/types/AuditConnection.ts';
import { Backfill } from './resolvers/types/Backfill.ts';
import { BackfillConnection } from './resolvers/types/BackfillConnection.ts';
import { Change } from './resolvers/types/Change.ts';
import { FlattenedConnection } from './resolvers/types/FlattenedConnection.ts';
import { FlattenedCount } from './resolvers/types/FlattenedCount.ts';
import { FlattenedSummary } from './resolvers/types/FlattenedSummary.ts';
import { Iteration } from './resolvers/types/Iteration.ts';
import { Run } from './resolvers/types/Run.ts';
import { RunCause } from './resolvers/types/RunCause.ts';
import { RunConnection } from './resolvers/types/RunConnection.ts';
import { ScheduleDescription } from './resolvers/types/ScheduleDescription.ts';
import { SignalConnection } from './resolvers/types/SignalConnection.ts';
import { SignalType } from './resolvers/types/SignalType.ts';
import { Step } from './resolvers/types/Step.ts';
import { Template } from './resolvers/types/Template.ts';
import { TemplateConnection } from './resolvers/types/TemplateConnection.ts';
import { Trigger } from './resolvers/types/Trigger.ts';
import { WhatIf } from './resolvers/types/WhatIf.ts';
import { Workflow } from './resolvers/types/Workflow.ts';
import { WorkflowChange } from './resolvers/types/WorkflowChange.ts';
import { WorkflowConnection } from './resolvers/types/WorkflowConnection.ts';
import { WorkflowDefinition } from './resolvers/types/WorkflowDefinition.ts';
import { WorkflowVersion } from './resolvers/types/WorkflowVersion.ts';
import { changeCursor } from './scalars/change-cursor.ts';
import { dateTime } from './scalars/date-time.ts';
import { json } from './scalars/json.ts';

/** The scalars of the schema. */
export const scalars: readonly GraphQLScalarType[] = [changeCursor, dateTime, json] as readonly GraphQLScalarType[];

/** The resolvers of the schema; fields without one are properties of their parent. */
export const resolvers: Resolvers = {
  Query: {
    previewBulk,
    compareRuns,
    audit,
    backfill,
    backfills,
    describeSchedule,
    explain,
    node,
    plan,
    planSignalType,
    planTemplate,
    pool,
    pools,
    run,
    runs,
    server,
    signalType,
    signals,
    step,
    template,
    templates,
    whatIf,
    workflow,
    workflows,
  },
  Mutation: {
    applyPool,
    deletePool,
    updateWorkflow,
    deleteWorkflow,
    applyBulk,
    activateVersion,
    applyBackfill,
    applyTemplate,
    applyWorkflow,
    clearBreakpoint,
    forkRun,
    cancelBackfill,
    killRun,
    pauseBackfill,
    pauseRun,
    planBackfill,
    pauseTriggers,
    resetTrigger,
    rebuildLists,
    release,
    applySignalType,
    republishSignal,
    dismissSignal,
    publishSignal,
    publishSignals,
    restartRun,
    resumeBackfill,
    resumeRun,
    resumeStep,
    resumeTriggers,
    retryBackfill,
    retryStep,
    setBreakpoint,
    skipStep,
    bypassSignals,
    startRun,
    stopRun,
    unblockWorkflow,
    validateWorkflow,
  },
  Subscription: {
    backfillChanges,
    changes,
    runChanges,
    signalChanges,
    stepLogs,
    workflowChanges,
  },
  AuditConnection,
  Backfill,
  BackfillConnection,
  Change,
  FlattenedConnection,
  FlattenedCount,
  FlattenedSummary,
  Iteration,
  Permit,
  Pool,
  Run,
  RunCause,
  RunConnection,
  ScheduleDescription,
  SignalConnection,
  SignalType,
  Step,
  Template,
  TemplateConnection,
  Trigger,
  WhatIf,
  Workflow,
  WorkflowChange,
  WorkflowConnection,
  WorkflowDefinition,
  WorkflowVersion,
};
