// Public ids, in their global form (`run:penguins/12`) and, where the type is known, in the short one (`penguins/12`).

import { type EntityId, parseRunName } from '../../core/ids.ts';
import { type RunTarget } from '../../core/partition/command.ts';
import { type Result, failed, success } from '../../core/result.ts';

/** What an id can name. */
export type PublicKind = 'workflow' | 'template' | 'run' | 'step' | 'trigger' | 'signal' | 'backfill';

/** A step of a run. */
export interface StepTarget {
  readonly run: RunTarget;
  readonly stepId: string;
}

const LONGEST = 1_000;
const EXAMPLES: Readonly<Record<PublicKind, string>> = {
  workflow: 'workflow:penguins',
  template: 'template:train-model',
  run: 'run:penguins/12',
  step: 'step:penguins/12/train',
  trigger: 'trigger:penguins/cron',
  signal: 'signal:01JD8Z3V6Q5T7X9B2C4E6G8H0K',
  backfill: 'backfill:penguins/3',
};

/** What a global id names, in the engine's terms. */
export type PublicId =
  | { readonly kind: 'workflow'; readonly workflowId: string }
  | { readonly kind: 'template'; readonly templateId: string }
  | { readonly kind: 'run'; readonly run: RunTarget }
  | ({ readonly kind: 'step' } & StepTarget)
  | { readonly kind: 'trigger' | 'signal' | 'backfill'; readonly entity: EntityId };

/** Reads a global id of any kind. The failure is a sentence. */
export function parsePublicId(id: string): Result<PublicId, string> {
  const kind = kindOfPublicId(id);
  switch (kind) {
    case 'workflow':
      return mapped(parseWorkflowId(id), (workflowId) => ({ kind, workflowId }));
    case 'template':
      return mapped(parseTemplateId(id), (templateId) => ({ kind, templateId }));
    case 'run':
      return mapped(parseRunId(id), (run) => ({ kind, run }));
    case 'step':
      return mapped(parseStepId(id), (target) => ({ kind, ...target }));
    case 'trigger':
      return mapped(parseTriggerId(id), (entity) => ({ kind, entity }));
    case 'backfill':
      return mapped(parseBackfillId(id), (entity) => ({ kind, entity }));
    case 'signal':
      return mapped(parseSignalId(id), (entity) => ({ kind, entity }));
    case undefined:
      return failed(`${shown(id)} is not a global id; they look like ${Object.values(EXAMPLES).join(', ')}.`);
  }
}

/** Reads `workflow:penguins` or `penguins`. The failure is a sentence. */
export function parseWorkflowId(id: string): Result<string, string> {
  const name = nameIn('workflow', id);
  return name !== undefined && !name.includes('/') ? success(name) : wrong('workflow', id);
}

/** Reads `template:train-model` or `train-model`. The failure is a sentence. */
export function parseTemplateId(id: string): Result<string, string> {
  const name = nameIn('template', id);
  return name !== undefined && !name.includes('/') ? success(name) : wrong('template', id);
}

/** Reads `run:penguins/12`, `penguins/12`, either with an attempt, or an iteration `penguins/12/each[2]`. The failure is a sentence. */
export function parseRunId(id: string): Result<RunTarget, string> {
  const parsed = parseRunName(nameIn('run', id) ?? '');
  return parsed === undefined ? wrong('run', id) : success(targetOf(parsed));
}

/** Reads `step:penguins/12/train`, `penguins/12/train` or, in a loop, `penguins/12/each[2]/train`. The failure is a sentence. */
export function parseStepId(id: string): Result<StepTarget, string> {
  const name = nameIn('step', id) ?? '';
  const cut = Math.max(0, name.lastIndexOf('/'));
  const run = parseRunName(name.slice(0, cut));
  const stepId = name.slice(cut + 1);
  if (run === undefined || stepId === '') return wrong('step', id);
  return success({ run: targetOf(run), stepId });
}

/** Reads `trigger:penguins/cron` or `penguins/cron`. The failure is a sentence. */
export function parseTriggerId(id: string): Result<EntityId, string> {
  const name = nameIn('trigger', id);
  return name !== undefined && /^[^/]+\/./.test(name) ? success(`trigger:${name}` as EntityId) : wrong('trigger', id);
}

/** Reads `signal:01JD…` or `01JD…`. The failure is a sentence. */
export function parseSignalId(id: string): Result<EntityId, string> {
  const name = nameIn('signal', id);
  return name !== undefined && !name.includes('/') ? success(`signal:${name}` as EntityId) : wrong('signal', id);
}

/** Reads `backfill:penguins/3` or `penguins/3`. The failure is a sentence. */
export function parseBackfillId(id: string): Result<EntityId, string> {
  const name = nameIn('backfill', id);
  return name !== undefined && /^[^/]+\/[1-9][0-9]{0,14}$/.test(name)
    ? success(`backfill:${name}` as EntityId)
    : wrong('backfill', id);
}

function nameIn(kind: PublicKind, id: string): string | undefined {
  const name = id.startsWith(`${kind}:`) ? id.slice(kind.length + 1) : id;
  // No id has a colon or a control character within; a global id of another kind has a colon.
  const isPlain = name.length > 0 && name.length <= LONGEST && !/[\u0000-\u001f\u007f]/.test(name);
  return isPlain && (kind === 'trigger' || kind === 'step' || !name.includes(':')) && !isOtherKind(kind, id)
    ? name
    : undefined;
}

function isOtherKind(kind: PublicKind, id: string): boolean {
  const named = kindOfPublicId(id);
  return named !== undefined && named !== kind;
}

function kindOfPublicId(id: string): PublicKind | undefined {
  const kind = id.slice(0, Math.max(0, id.indexOf(':')));
  return Object.hasOwn(EXAMPLES, kind) ? (kind as PublicKind) : undefined;
}

function mapped<T>(result: Result<T, string>, map: (value: T) => PublicId): Result<PublicId, string> {
  return result.ok ? success(map(result.value)) : result;
}

function wrong(kind: PublicKind, id: string): Result<never, string> {
  return failed(`${shown(id)} is not the id of a ${kind}; one looks like ${EXAMPLES[kind]}.`);
}

function shown(id: string): string {
  return JSON.stringify(id.length > 80 ? `${id.slice(0, 80)}…` : id);
}

function targetOf(parsed: NonNullable<ReturnType<typeof parseRunName>>): RunTarget {
  const { attempt, ...place } = parsed;
  return { ...place, ...(attempt === undefined ? {} : { attempt }) };
}
