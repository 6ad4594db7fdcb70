// What applying a definition would touch beside the workflow itself: the runs that go on, the triggers, and its neighbours.

import { type DefinitionChange } from '../definition/compare.ts';
import { type Definition, type TriggerDefinition } from '../definition/model.ts';
import { triggerEntity, workflowEntity } from '../ids.ts';
import { type Refusal } from '../refusal.ts';
import { type Instant } from '../time.ts';
import { isTimed } from '../definition/is-timed.ts';
import { fireAfter } from '../trigger/fire-times.ts';
import { signalsOf, tallyOf, type TriggerState } from '../trigger/trigger.ts';
import { type Reason } from './explanation.ts';
import {
  type Call,
  callFault,
  callsOf,
  type Hearing,
  hearingsOf,
  type Publication,
  publicationsOf,
  type Waiting,
  waitingsOf,
} from './neighbours.ts';
import { count, list, moment } from './sentences.ts';

/** One thing that would be touched, or that stands in the way. */
export type PlanEffect = Omit<Reason, 'code'> & { readonly code: PlanEffectCode };

/** The kinds of effect, the gravest first. `ORPHANS`: nothing here publishes any more what another workflow hears. */
export type PlanEffectCode =
  'REFUSED' | 'RUNS' | 'TRIGGER' | 'PAUSED' | 'BREAKS' | 'MISSING' | 'ORPHANS' | 'DOWNSTREAM' | 'UPSTREAM';

/** What is known of a workflow and its neighbours when it is planned. */
export interface PlanFacts {
  /** What starts use now; undefined for a workflow that is new or has no active version. */
  readonly before?: Definition;
  readonly after: Definition;
  readonly changes: readonly DefinitionChange[];
  /** Why it could not be activated now. */
  readonly refusal?: Refusal;
  /** Its runs that are not over, by version. */
  readonly runs: readonly { readonly version: number; readonly going: number; readonly waiting: number }[];
  readonly triggers: readonly TriggerState[];
  readonly triggersPaused: boolean;
  /** The active definitions of other workflows. */
  readonly others: readonly Definition[];
  readonly now: Instant;
}

/** Everything that would be touched, with what stands in the way first. */
export function explainPlan(facts: PlanFacts): readonly PlanEffect[] {
  return [
    ...refused(facts),
    ...runs(facts),
    ...triggers(facts),
    ...broken(facts),
    ...downstream(facts),
    ...upstream(facts),
  ];
}

function refused({ refusal, after }: PlanFacts): readonly PlanEffect[] {
  if (refusal === undefined) return [];
  const { message, hint } = refusal;
  const unblock = hint === undefined ? {} : { unblock: hint };
  return [
    { code: 'REFUSED', text: `It would be refused now: ${message}`, ...unblock, subject: workflowEntity(after.id) },
  ];
}

function runs({ runs: unfinished, changes }: PlanFacts): readonly PlanEffect[] {
  if (changes.length === 0) return [];
  return unfinished.map(({ version, going, waiting }) => {
    const parts = [
      ...(going === 0 ? [] : [`${count(going, 'run')} ${going === 1 ? 'is' : 'are'} going on`]),
      ...(waiting === 0 ? [] : [`${count(waiting, 'run')} ${waiting === 1 ? 'waits' : 'wait'} in the queue`]),
    ];
    const they = going + waiting === 1 ? 'it keeps' : 'they keep';
    return { code: 'RUNS', text: `${list(parts)} with version ${String(version)}: ${they} it to the end.` };
  });
}

function triggers(facts: PlanFacts): readonly PlanEffect[] {
  const { after, changes, triggersPaused } = facts;
  const touched = changes.filter(({ subject }) => subject === 'trigger');
  const told = touched.map((change): PlanEffect => {
    const subject = triggerEntity(after.id, change.name);
    const trigger = after.triggers.find(({ name }) => name === change.name);
    return trigger === undefined
      ? { code: 'TRIGGER', text: `The trigger ${change.name} stops.`, subject }
      : { code: 'TRIGGER', subject, ...triggerReason(trigger, change, facts) };
  });
  if (!triggersPaused || after.triggers.length === 0) return told;
  return [
    ...told,
    {
      code: 'PAUSED',
      text: 'Its triggers are paused, and stay so.',
      unblock: `Let them go on: downbeat resume ${after.id}.`,
      subject: workflowEntity(after.id),
    },
  ];
}

function triggerReason(
  trigger: TriggerDefinition,
  { keepsPlace, kind }: DefinitionChange,
  { triggers: armed, now }: PlanFacts,
): Pick<PlanEffect, 'text' | 'until'> {
  const begins = kind === 'ADDED' ? 'begins' : 'begins anew';
  const state = armed.find(({ name }) => name === trigger.name);
  if (!isTimed(trigger)) {
    const heard = list(signalsOf(trigger).map((name) => `"${name}"`));
    return keepsPlace === true
      ? { text: `The trigger ${trigger.name} goes on hearing ${heard} and misses none.${kept(state)}` }
      : {
          text: `The trigger ${trigger.name} ${begins}: it hears the ${heard} published from then on.${dropped(state)}`,
        };
  }
  const next = keepsPlace === true ? state?.nextFire : fireAfter(trigger, now);
  if (next === undefined) return { text: `The trigger ${trigger.name} fires no more: no time is still to come.` };
  return keepsPlace === true
    ? { text: `The trigger ${trigger.name} keeps its next time: ${moment(next)}.`, until: next }
    : { text: `The trigger ${trigger.name} ${begins}: it fires first at ${moment(next)}.`, until: next };
}

function kept(state: TriggerState | undefined): string {
  const pending = state === undefined ? 0 : tallyOf(state).pending;
  return pending === 0 ? '' : ` What waits for it (${count(pending, 'signal')}) goes on waiting.`;
}

function dropped(state: TriggerState | undefined): string {
  const pending = state === undefined ? 0 : tallyOf(state).pending;
  return pending === 0 ? '' : ` What waits for it now (${count(pending, 'signal')}) expires.`;
}

/** Callers that would be refused from now on, and calls that lead nowhere. */
function broken({ before, after, others }: PlanFacts): readonly PlanEffect[] {
  const callers = others.flatMap(callsOf).filter(({ work }) => work.workflowId === after.id);
  const faults = callers.flatMap((call): readonly PlanEffect[] => {
    const fault = callFault(call, before, after);
    if (fault === undefined) return [];
    return [
      {
        code: 'BREAKS',
        text: `The step ${call.step} of ${call.caller} runs it and will fail: ${fault}.`,
        unblock: `Change ${call.caller} too.`,
        subject: workflowEntity(call.caller),
      },
    ];
  });
  const known = new Set([after.id, ...others.map(({ id }) => id)]);
  const leadNowhere = callsOf(after).filter(({ work }) => !known.has(work.workflowId));
  return [
    ...faults,
    ...leadNowhere.map(({ step, work }): PlanEffect => ({
      code: 'MISSING',
      text: `The step ${step} runs "${work.workflowId}", which has no active version.`,
      unblock: 'Apply it before the step begins.',
      subject: workflowEntity(work.workflowId),
    })),
  ];
}

function downstream({ before, after, others }: PlanFacts): readonly PlanEffect[] {
  const hearings = [...others, after].flatMap(hearingsOf);
  const published = publicationsOf(after);
  const gone = (before === undefined ? [] : publicationsOf(before)).filter(
    ({ signal }) => !published.some((other) => other.signal === signal),
  );
  const started = callsOf(after).filter(({ work }) => others.some(({ id }) => id === work.workflowId));
  const waitings = [...others, after].flatMap(waitingsOf);
  return [
    ...gone.flatMap((publication) => hearings.flatMap((hearing) => heard(publication, hearing, 'ORPHANS'))),
    ...gone.flatMap((publication) => waitings.flatMap((waiting) => awaited(publication, waiting, 'ORPHANS'))),
    ...published.flatMap((publication) => hearings.flatMap((hearing) => heard(publication, hearing, 'DOWNSTREAM'))),
    ...published.flatMap((publication) => waitings.flatMap((waiting) => awaited(publication, waiting, 'DOWNSTREAM'))),
    ...started.map((call) => called(call, 'DOWNSTREAM')),
  ];
}

function upstream({ after, others }: PlanFacts): readonly PlanEffect[] {
  const hearings = hearingsOf(after);
  const waitings = waitingsOf(after);
  const calls = others.flatMap(callsOf).filter(({ work }) => work.workflowId === after.id);
  return [
    ...others
      .flatMap(publicationsOf)
      .flatMap((publication) => [
        ...hearings.flatMap((hearing) => heard(publication, hearing, 'UPSTREAM')),
        ...waitings.flatMap((waiting) => awaited(publication, waiting, 'UPSTREAM')),
      ]),
    ...calls.map((call) => called(call, 'UPSTREAM')),
  ];
}

function heard(
  { publisher, step, signal }: Publication,
  { listener, trigger }: Hearing,
  code: 'ORPHANS' | 'DOWNSTREAM' | 'UPSTREAM',
): readonly PlanEffect[] {
  if (!signalsOf(trigger).includes(signal)) return [];
  const subject = code === 'UPSTREAM' ? workflowEntity(publisher) : triggerEntity(listener, trigger.name);
  if (code !== 'ORPHANS') {
    const text = `The step ${step} of ${publisher} publishes "${signal}", which ${listener} hears (${trigger.name}).`;
    return [{ code, text, subject }];
  }
  const text = `The step ${step} published "${signal}", which ${listener} hears (${trigger.name}); now no step here does.`;
  return [{ code, text, unblock: `Publish it from elsewhere, or change ${listener} too.`, subject }];
}

function awaited(
  { publisher, step, signal }: Publication,
  { waiter, step: waitingStep, wait }: Waiting,
  code: 'ORPHANS' | 'DOWNSTREAM' | 'UPSTREAM',
): readonly PlanEffect[] {
  if (wait.signal !== signal) return [];
  const subject = workflowEntity(code === 'UPSTREAM' ? publisher : waiter);
  if (code !== 'ORPHANS') {
    const text = `The step ${step} of ${publisher} publishes "${signal}", which the step ${waitingStep} of ${waiter} waits for.`;
    return [{ code, text, subject }];
  }
  const text = `The step ${step} published "${signal}", which the step ${waitingStep} of ${waiter} waits for; now no step here does.`;
  return [{ code, text, unblock: `Publish it from elsewhere, or change ${waiter} too.`, subject }];
}

function called({ caller, step, work }: Call, code: 'DOWNSTREAM' | 'UPSTREAM'): PlanEffect {
  const at = work.version === undefined ? '' : ` (version ${String(work.version)})`;
  const other = code === 'UPSTREAM' ? caller : work.workflowId;
  return { code, text: `The step ${step} of ${caller} runs ${work.workflowId}${at}.`, subject: workflowEntity(other) };
}
