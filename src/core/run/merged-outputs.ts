// What a step printed of its own MAP parameters, laid over what they were (maestro-behaviour §3.9): members that it did not print stay
// as they are, and members whose mode is not MUTABLE may not be printed with another value.

import { type ParamDeclaration, type StepDefinition } from '../definition/model.ts';
import { type Failure } from '../failure.ts';
import { type Entry, type Json } from '../json.ts';
import { forbiddenMember } from '../params/member-modes.ts';
import { mergeSettings, type ResolvedParam } from '../params/merge.ts';
import { type AttemptReport } from './report.ts';

type Told = AttemptReport['result'];

/** The report of an attempt of an imported pod with its maps whole; one that changes what it may not has failed. */
export function withMergedOutputs(
  step: StepDefinition | undefined,
  params: readonly ResolvedParam[] | undefined,
  result: Told,
): Told {
  if (result.outcome !== 'succeeded' || step?.work.kind !== 'kubernetes' || params === undefined) return result;
  const outputs: Entry[] = [];
  for (const { name, value } of result.outputs) {
    const before = params.find((param) => param.name === name);
    const declared = step.params?.find((param) => param.name === name);
    const failure = declared && before && forbiddenIn(step.id, declared, { before: before.value, over: value });
    if (failure !== undefined) return { outcome: 'failed', failure };
    outputs.push({ name, value: before === undefined ? value : merged(before, value) });
  }
  return { ...result, outputs };
}

function merged({ type, value }: ResolvedParam, over: Json): Json {
  const setting = mergeSettings(type, { kind: 'literal', json: value }, { kind: 'literal', json: over });
  return setting.kind === 'literal' ? setting.json : over;
}

function forbiddenIn(
  id: string,
  { name, members, mode = 'mutable' }: ParamDeclaration,
  { before, over }: { readonly before: Json; readonly over: Json },
): Failure | undefined {
  const held = { kind: 'literal', json: before } as const;
  const found = forbiddenMember(members ?? [], { held, over, mode, source: 'OUTPUT_PARAMETER' });
  if (found === undefined) return undefined;
  return {
    kind: 'USER',
    code: 'BAD_OUTPUT',
    message: `Step "${id}" printed "${[name, ...found.path].join('.')}", whose mode is ${found.mode.toUpperCase()}: only what is MUTABLE may be set by a step.`,
    hint: 'Leave it out of what the step prints, or declare another mode.',
    retryable: false,
  };
}
