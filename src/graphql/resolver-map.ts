// All resolvers by type and field, and all scalars: an index of the schema.

import { type GraphQLScalarType } from 'graphql';
import { type Resolvers } from './generated/resolvers.ts';
import { activateVersion } from './resolvers/Mutation/activateVersion.ts';
import { applyWorkflow } from './resolvers/Mutation/applyWorkflow.ts';
import { killRun } from './resolvers/Mutation/killRun.ts';
import { pauseRun } from './resolvers/Mutation/pauseRun.ts';
import { pauseTriggers } from './resolvers/Mutation/pauseTriggers.ts';
import { publishSignal } from './resolvers/Mutation/publishSignal.ts';
import { publishSignals } from './resolvers/Mutation/publishSignals.ts';
import { rebuildLists } from './resolvers/Mutation/rebuildLists.ts';
import { release } from './resolvers/Mutation/release.ts';
import { restartRun } from './resolvers/Mutation/restartRun.ts';
import { resumeRun } from './resolvers/Mutation/resumeRun.ts';
import { resumeTriggers } from './resolvers/Mutation/resumeTriggers.ts';
import { retryStep } from './resolvers/Mutation/retryStep.ts';
import { skipStep } from './resolvers/Mutation/skipStep.ts';
import { startRun } from './resolvers/Mutation/startRun.ts';
import { stopRun } from './resolvers/Mutation/stopRun.ts';
import { unblockWorkflow } from './resolvers/Mutation/unblockWorkflow.ts';
import { validateWorkflow } from './resolvers/Mutation/validateWorkflow.ts';
import { describeSchedule } from './resolvers/Query/describeSchedule.ts';
import { explain } from './resolvers/Query/explain.ts';
import { node } from './resolvers/Query/node.ts';
import { plan } from './resolvers/Query/plan.ts';
import { run } from './resolvers/Query/run.ts';
import { runs } from './resolvers/Query/runs.ts';
import { server } from './resolvers/Query/server.ts';
import { signalType } from './resolvers/Query/signalType.ts';
import { signals } from './resolvers/Query/signals.ts';
import { step } from './resolvers/Query/step.ts';
import { workflow } from './resolvers/Query/workflow.ts';
import { workflows } from './resolvers/Query/workflows.ts';
import { changes } from './resolvers/Subscription/changes.ts';
import { runChanges } from './resolvers/Subscription/runChanges.ts';
import { signalChanges } from './resolvers/Subscription/signalChanges.ts';
import { stepLogs } from './resolvers/Subscription/stepLogs.ts';
import { workflowChanges } from './resolvers/Subscription/workflowChanges.ts';
import { Change } from './resolvers/types/Change.ts';
import { Iteration } from './resolvers/types/Iteration.ts';
import { Run } from './resolvers/types/Run.ts';
import { RunConnection } from './resolvers/types/RunConnection.ts';
import { ScheduleDescription } from './resolvers/types/ScheduleDescription.ts';
import { SignalConnection } from './resolvers/types/SignalConnection.ts';
import { Step } from './resolvers/types/Step.ts';
import { Trigger } from './resolvers/types/Trigger.ts';
import { Workflow } from './resolvers/types/Workflow.ts';
import { WorkflowChange } from './resolvers/types/WorkflowChange.ts';
import { WorkflowConnection } from './resolvers/types/WorkflowConnection.ts';
import { WorkflowVersion } from './resolvers/types/WorkflowVersion.ts';
import { changeCursor } from './scalars/change-cursor.ts';
import { dateTime } from './scalars/date-time.ts';
import { json } from './scalars/json.ts';

/** The scalars of the schema. */
export const scalars: readonly GraphQLScalarType[] = [changeCursor, dateTime, json] as readonly GraphQLScalarType[];

/** The resolvers of the schema; fields without one are properties of their parent. */
export const resolvers: Resolvers = {
  Query: {
    describeSchedule,
    explain,
    node,
    plan,
    run,
    runs,
    server,
    signalType,
    signals,
    step,
    workflow,
    workflows,
  },
  Mutation: {
    activateVersion,
    applyWorkflow,
    killRun,
    pauseRun,
    pauseTriggers,
    rebuildLists,
    release,
    publishSignal,
    publishSignals,
    restartRun,
    resumeRun,
    resumeTriggers,
    retryStep,
    skipStep,
    startRun,
    stopRun,
    unblockWorkflow,
    validateWorkflow,
  },
  Subscription: {
    changes,
    runChanges,
    signalChanges,
    stepLogs,
    workflowChanges,
  },
  Change,
  Iteration,
  Run,
  RunConnection,
  ScheduleDescription,
  SignalConnection,
  Step,
  Trigger,
  Workflow,
  WorkflowChange,
  WorkflowConnection,
  WorkflowVersion,
};
