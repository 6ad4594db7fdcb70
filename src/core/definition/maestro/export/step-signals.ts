// The signals of a step as Maestro writes them.

import { type JsonObject } from '../../../json.ts';
import { type StepDefinition, type WaitMatch } from '../../model.ts';
import { textFrom } from '../text-template.ts';
import { carriedJson } from './carried.ts';
import { paramsJson } from './params.ts';

/** Writes what a step waits for and what it publishes. */
export function stepSignalsJson({ waits = [], announces = [] }: StepDefinition): JsonObject {
  const dependencies = waits.map(({ signal, match }) => ({
    name: textFrom(signal) ?? signal,
    ...(match.length === 0
      ? {}
      : { match_params: Object.fromEntries(match.map((one) => [one.param, matchJson(one)])) }),
  }));
  const outputs = announces.map(({ signal, params, carried = [] }) => ({
    name: textFrom(signal) ?? signal,
    ...(params.length === 0 ? {} : { params: paramsJson(params) }),
    ...carriedJson(carried, ''),
  }));
  return {
    ...(dependencies.length === 0 ? {} : { signal_dependencies: dependencies }),
    ...(outputs.length === 0 ? {} : { signal_outputs: outputs }),
  };
}

function matchJson({ param, operator, value, expression, type = 'string' }: WaitMatch): JsonObject {
  const content = { ...(value === undefined ? {} : { value }), ...(expression === undefined ? {} : { expression }) };
  const { [param]: written = {} } = paramsJson([{ name: param, type, ...content }]);
  return { param: written, operator: operator === '==' ? '=' : operator };
}
