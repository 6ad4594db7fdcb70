// Steps that run another workflow (maestro-behaviour §2.10). Which one, and which version, are parameters of the step.

import { type ParamDeclaration, type WorkflowWork } from '../model.ts';
import { workflowIdFaults } from '../identifiers.ts';
import { type Fields } from '../reading/fields.ts';
import { readFlag } from '../reading/scalars.ts';
import { type Spot, report } from '../reading/spot.ts';
import { checkName } from './fields.ts';
import { type OneStep, inside } from './one-step.ts';

/** Reads a subworkflow step. */
export function subworkflowOf(step: OneStep): WorkflowWork {
  const { fields, params, paramSpots } = step;
  inside(step, []);
  const version = versionOf(params, paramSpots.get('subworkflow_version'));
  const isAsync = flagOf(fields, 'sync') === false;
  return {
    kind: 'workflow',
    workflowId: idOf(step),
    ...(version === undefined ? {} : { version }),
    ...(isAsync ? { async: true } : {}),
    params: [],
    inherits: flagOf(fields, 'explicit_params') === true ? 'step' : 'all',
  };
}

function flagOf(fields: Fields, key: string): boolean | undefined {
  const spot = fields.get(key);
  return spot && readFlag(spot);
}

/** What is known of the id before the run: the id itself, or what gives it. */
function idOf({ spot, params, paramSpots }: OneStep): string {
  const place = paramSpots.get('subworkflow_id');
  if (place === undefined) report(spot, 'missing-key', 'A subworkflow needs `params.subworkflow_id`.');
  const param = params.find(({ name }) => name === 'subworkflow_id');
  const plain = param && plainText(param);
  if (plain !== undefined && place !== undefined) checkName(place, 'the id of a workflow', plain, workflowIdFaults);
  return plain ?? param?.expression ?? textOfTemplate(param);
}

function plainText({ value }: ParamDeclaration): string | undefined {
  return typeof value === 'string' && !value.includes('${') ? value : undefined;
}

function textOfTemplate(param: ParamDeclaration | undefined): string {
  return typeof param?.value === 'string' ? param.value : '';
}

function versionOf(params: readonly ParamDeclaration[], spot: Spot | undefined): WorkflowWork['version'] {
  const param = params.find(({ name }) => name === 'subworkflow_version');
  const value = param?.value;
  if (spot === undefined || (typeof value !== 'string' && typeof value !== 'number')) return undefined;
  const text = String(value);
  if (text.includes('${')) return undefined;
  if (/^[1-9]\d{0,8}$/u.test(text)) return Number(text);
  const word = text.toLowerCase();
  if (word === 'latest' || word === 'default') return word;
  if (word !== 'active') {
    const message = `A version is "active", "latest", "default" or a whole number from 1 on, and this is "${text}".`;
    report(spot, 'bad-version', message);
  }
  return undefined;
}
