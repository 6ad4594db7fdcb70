// Whether the parameters of a plan fit its workflow, said before anything is started.

import { type Refusal } from '../../refusal.ts';
import { runEntity, workflowEntity } from '../../ids.ts';
import { resolveParams } from '../../params/resolve-params.ts';
import { versionOf } from '../../workflow/workflow.ts';
import { paramsOfLine } from './advance-backfill.ts';
import { type WholePlan } from './backfill-command.ts';
import { declaredFor } from '../run/open-params.ts';
import { startOccasion } from '../run/param-occasion.ts';
import { type Turn } from '../turn.ts';

/** So many lines are tried: all of them would take longer than a turn may. */
const MOST_TRIED = 50;

/** What is wrong with the first line whose run could not be made; the rest is found when its turn comes. */
export function lineProblems(turn: Turn, workflowId: string, { plan, lines }: WholePlan): readonly Refusal[] {
  const workflow = turn.read('workflow', workflowEntity(workflowId));
  const version = workflow === undefined ? undefined : versionOf(workflow, plan.version);
  const definition = version === undefined ? undefined : turn.definition(version.definition);
  if (definition === undefined) return [];
  for (const [index, line] of lines.slice(0, MOST_TRIED).entries()) {
    const given = paramsOfLine(plan, line);
    const place = { workflowId, number: 1, attempt: 1 };
    const cause = { kind: 'BACKFILL', backfill: runEntity(place), line: index } as const;
    const occasion = startOccasion(turn, definition, { ...place, cause, scheduledFor: line.scheduledFor });
    const params = resolveParams(declaredFor(definition, given), given, occasion);
    if (!params.ok) return params.failure;
  }
  return [];
}
