// Refusals of the engine as the errors of a payload: data, with the facts that their kind adds.

import { type Refusal } from '../../core/refusal.ts';
import {
  type ActionNotAllowed,
  type DefinitionError,
  type InputError,
  type RunAction,
  type VersionConflict,
} from '../generated/schema.ts';

/** Any error of a payload; `__typename` tells which. */
export type PayloadError =
  | (InputError & { readonly __typename: 'InputError' })
  | (DefinitionError & { readonly __typename: 'DefinitionError' })
  | (VersionConflict & { readonly __typename: 'VersionConflict' })
  | (ActionNotAllowed & { readonly __typename: 'ActionNotAllowed' });

const RUN_ACTIONS: readonly string[] = [
  'STOP',
  'KILL',
  'PAUSE',
  'RESUME',
  'RESTART',
  'FORK',
] satisfies readonly RunAction[];

/** The error of a payload for a refusal. */
export function userErrorOf(refusal: Refusal): PayloadError {
  const { code, message, path, hint, place, currentVersion, status, allowed } = refusal;
  const common = { code, message, path, hint, docs: docsOf(code) };
  if (place !== undefined) return { __typename: 'DefinitionError', ...common, ...place };
  if (code === 'VERSION_CONFLICT' && currentVersion !== undefined) {
    return { __typename: 'VersionConflict', ...common, currentVersion };
  }
  if (code === 'ACTION_NOT_ALLOWED' && status !== undefined) {
    return { __typename: 'ActionNotAllowed', ...common, status, allowed: (allowed ?? []).filter(isRunAction) };
  }
  return { __typename: 'InputError', ...common };
}

/** Where a code is explained. */
export function docsOf(code: string): string {
  return `docs/errors.md#${code.toLowerCase().replaceAll('_', '-')}`;
}

function isRunAction(word: string): word is RunAction {
  return RUN_ACTIONS.includes(word);
}
