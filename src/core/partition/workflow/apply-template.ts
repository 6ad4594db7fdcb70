// A new version of a template. It changes no workflow: those that use it keep what they are until they are applied again.

import { type EntityId, templateEntity } from '../../ids.ts';
import { type Refusal } from '../../refusal.ts';
import { type Result, failed, success } from '../../result.ts';
import { type CommandBody, type Outcome } from '../command.ts';
import { type Turn } from '../turn.ts';

/** How many versions a template may have: its state holds them all. */
const MOST_VERSIONS = 10_000;

/** Takes an `ApplyTemplate` command. The content of the newest version again is no new version. */
export function applyTemplate(
  turn: Turn,
  { templateId, source, expectedVersion, name, description }: Extract<CommandBody, { type: 'ApplyTemplate' }>,
  actor: string,
): Result<Extract<Outcome, { type: 'TemplateApplied' }>, readonly Refusal[]> {
  const id = templateEntity(templateId);
  const reason = turn.quarantine(id);
  if (reason !== undefined) return failed([setAside(id, reason)]);
  const versions = turn.read('template', id)?.versions ?? [];
  const newest = versions.length;
  if (expectedVersion !== undefined && expectedVersion !== newest)
    return failed([conflict(templateId, expectedVersion, newest)]);
  const changed = versions.at(-1)?.source !== source;
  if (!changed) return success({ type: 'TemplateApplied', templateId, version: newest, changed });
  if (newest >= MOST_VERSIONS) return failed([tooMany(templateId)]);
  turn.emit(id, {
    type: 'TemplateApplied',
    templateId,
    version: newest + 1,
    source,
    by: actor,
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
  });
  return success({ type: 'TemplateApplied', templateId, version: newest + 1, changed });
}

function conflict(templateId: string, expected: number, newest: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    message: `The newest version of the template "${templateId}" is ${String(newest)}, not ${String(expected)}.`,
    path: ['expectedVersion'],
    hint: 'Look at what changed, then apply again with the current version as `expectedVersion`.',
    currentVersion: newest,
  };
}

function setAside(id: EntityId, reason: string): Refusal {
  return {
    code: 'ACTION_NOT_ALLOWED',
    message: `${id} was set aside after an error of Downbeat: ${reason}`,
    path: ['id'],
    status: 'SET_ASIDE',
    allowed: [],
  };
}

function tooMany(templateId: string): Refusal {
  return {
    code: 'LIMIT_EXCEEDED',
    message: `The template "${templateId}" has ${String(MOST_VERSIONS)} versions, which is the most.`,
    path: ['id'],
    hint: 'Give the template another id.',
  };
}
