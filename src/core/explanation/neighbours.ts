// The workflows that hang together with one: who runs it and whom it runs, who hears what it publishes and whom it hears.
// Seen from definitions: what a script publishes while it runs, or a program sends from outside, nobody can know.

import {
  type AbsenceTrigger,
  type Definition,
  type ExpectationTrigger,
  type JoinTrigger,
  type SignalTrigger,
  type SignalWait,
  type StepDefinition,
  type WorkflowWork,
} from '../definition/model.ts';
import { stepLists } from '../definition/step-lists.ts';
import { type Json } from '../json.ts';

/** A step that runs a workflow. */
export interface Call {
  readonly caller: string;
  readonly step: string;
  readonly work: WorkflowWork;
}

/** A signal that a step publishes. */
export interface Publication {
  readonly publisher: string;
  readonly step: string;
  readonly signal: string;
}

/** A trigger that hears a signal. */
export interface Hearing {
  readonly listener: string;
  readonly trigger: SignalTrigger | AbsenceTrigger | ExpectationTrigger | JoinTrigger;
}

/** A step that waits for a signal. */
export interface Waiting {
  readonly waiter: string;
  readonly step: string;
  readonly wait: SignalWait;
}

/** The signals that steps of a workflow wait for; names that are filled in at run time are as the definition has them. */
export function waitingsOf(definition: Definition): readonly Waiting[] {
  return allSteps(definition).flatMap(({ id, waits = [] }) =>
    waits.map((wait) => ({ waiter: definition.id, step: id, wait })),
  );
}

/** The steps of a workflow that run another, loops and `finally` included. */
export function callsOf(definition: Definition): readonly Call[] {
  return allSteps(definition).flatMap(({ id, work }) =>
    work.kind === 'workflow' ? [{ caller: definition.id, step: id, work }] : [],
  );
}

/** The signals that steps of a workflow publish. */
export function publicationsOf(definition: Definition): readonly Publication[] {
  return allSteps(definition).flatMap(({ id, work }) =>
    work.kind === 'publish' ? [{ publisher: definition.id, step: id, signal: work.signal }] : [],
  );
}

/** The triggers of a workflow that hear signals. */
export function hearingsOf(definition: Definition): readonly Hearing[] {
  return definition.triggers.flatMap((trigger) =>
    'signal' in trigger || 'slots' in trigger ? [{ listener: definition.id, trigger }] : [],
  );
}

/** Why a call would be refused once the workflow is the new one: what it gives is not known, or what is wanted is not given. */
export function callFault({ work }: Call, before: Definition | undefined, after: Definition): string | undefined {
  if (work.version !== undefined || work.inherits !== undefined) return undefined;
  const given = work.params.map(({ name }) => name);
  const known = (definition: Definition | undefined, name: string): boolean =>
    definition?.params.some((param) => param.name === name) === true;
  const unknown = given.find((name) => !known(after, name) && known(before, name));
  if (unknown !== undefined) return `it gives "${unknown}", which is no parameter any more`;
  const missing = after.params.find((param) => isWanted(param) && !given.includes(param.name));
  return missing === undefined ? undefined : `it does not give "${missing.name}", which has no value of its own`;
}

function isWanted(param: {
  readonly value?: Json;
  readonly expression?: string;
  readonly members?: readonly unknown[];
}): boolean {
  return param.value === undefined && param.expression === undefined && param.members === undefined;
}

function allSteps(definition: Definition): readonly StepDefinition[] {
  return stepLists(definition).flatMap(({ steps }) => steps);
}
