// Steps that run another workflow: `workflow: other`, or a map with a version and parameters.

import { type WorkflowWork } from '../model.ts';
import { CALL_KEYS } from '../schema.ts';
import { readFields, textAt } from './fields.ts';
import { readNamedValues } from './json-values.ts';
import { readCount, readFlag, readText, readWord } from './scalars.ts';
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
  const wanted = version && readVersion(version);
  const asynchronous = fields.get('async');
  const isAsync = asynchronous !== undefined && readFlag(asynchronous) === true;
  const params = fields.get('params');
  return {
    kind: 'workflow',
    workflowId: textAt(fields, 'id') ?? '',
    ...(wanted === undefined ? {} : { version: wanted }),
    ...(isAsync ? { async: true } : {}),
    params: params === undefined ? [] : readNamedValues(params),
  };
}

/** The active version is what an absent one means too. */
function readVersion(spot: Spot): WorkflowWork['version'] {
  if (spot.node.kind !== 'scalar' || typeof spot.node.value !== 'string') return readCount(spot, 1, LAST_VERSION);
  const word = readWord(spot, ['active', 'latest', 'default']);
  return word === 'active' ? undefined : word;
}
