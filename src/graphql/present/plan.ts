// What applying a definition would come to, as the schema shows it.

import { type ChangeSubject, type DefinitionChange } from '../../core/definition/compare.ts';
import { type Refusal } from '../../core/refusal.ts';
import { type WorkflowPlan } from '../../engine/engine.ts';
import { type Plan, type PlanChange, type PlanSubject } from '../generated/schema.ts';
import { type PayloadError, userErrorOf } from './user-error.ts';

/** What the fields of `Plan` are resolved from. */
export interface PlanSource extends Omit<Plan, 'errors'> {
  readonly errors: readonly PayloadError[];
}

const SUBJECTS: Readonly<Record<ChangeSubject, PlanSubject>> = {
  workflow: 'WORKFLOW',
  param: 'PARAM',
  trigger: 'TRIGGER',
  step: 'STEP',
  file: 'FILE',
};

/** A plan, or everything that is wrong with the definition. */
export function planOf(
  answer:
    { readonly ok: true; readonly value: WorkflowPlan } | { readonly ok: false; readonly refusals: readonly Refusal[] },
): PlanSource {
  if (!answer.ok) return { isKnown: false, changes: [], effects: [], errors: answer.refusals.map(userErrorOf) };
  const { changes, ...plan } = answer.value;
  return { ...plan, changes: changes.map(changeOf), errors: [] };
}

/** One thing that a new version changes. */
export function changeOf({ kind, subject, name, details, keepsPlace }: DefinitionChange): PlanChange {
  return { kind, subject: SUBJECTS[subject], name, details, keepsPlace };
}
