// Steps that run another workflow: `workflow: other`, or a map with a version and parameters.

import { type WorkflowWork } from '../model.ts';
import { CALL_KEYS } from '../schema.ts';
import { readFields, textAt } from './fields.ts';
import { readNamedValues } from './json-values.ts';
import { readCount, readFlag, readText } from './scalars.ts';
import { type Spot, doubt, report } from './spot.ts';

const LAST_VERSION = 2_147_483_647;

/** Reads which workflow to run, and how. */
export function readWorkflowCall(spot: Spot): WorkflowWork | undefined {
  if (spot.node.kind !== 'map') {
    const workflowId = readText(spot);
    return workflowId === undefined ? undefined : { kind: 'workflow', workflowId, params: [] };
  }
  const fields = readFields(spot, { what: '`workflow`', keys: CALL_KEYS });
  if (fields === undefined) return undefined;
  if (!fields.has('id')) {
    report(spot, 'missing-key', '`workflow` needs the `id` of the workflow to run.', {
      hint: 'Write workflow: { id: other-workflow }',
    });
    doubt(spot.reading, [...spot.path, 'id']);
  }
  const version = fields.get('version');
  const number = version && readCount(version, 1, LAST_VERSION);
  const asynchronous = fields.get('async');
  const isAsync = asynchronous !== undefined && readFlag(asynchronous) === true;
  const params = fields.get('params');
  return {
    kind: 'workflow',
    workflowId: textAt(fields, 'id') ?? '',
    ...(number === undefined ? {} : { version: number }),
    ...(isAsync ? { async: true } : {}),
    params: params === undefined ? [] : readNamedValues(params),
  };
}
