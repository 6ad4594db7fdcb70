// The id of a refused publication: `refused:measurements.ready/01JD…`.

import { failed, success } from '../../core/result.ts';
import { type RefusedTarget } from '../../engine/contract-cases.ts';
import { type Read } from './both.ts';

/** Reads the id, with its type before it or without. */
export function parseRefusedId(text: string): Read<RefusedTarget> {
  const [, name, id] = /^(?:refused:)?(.{1,200})\/([0-9A-Z]{26})$/u.exec(text) ?? [];
  if (name !== undefined && id !== undefined) return success({ name, id });
  const message = `"${text.slice(0, 60)}" is no id of a refused publication, which looks like refused:measurements.ready/01JD….`;
  return failed([{ code: 'BAD_INPUT', message, path: ['id'], hint: 'Ids are under `quarantine` of the signalType.' }]);
}
