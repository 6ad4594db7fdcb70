// Steps of the type Http (maestro-behaviour §2.7): the request is their parameter `http`, and `state_expr` says what the answer
// means. That one is an expression over the answer, so it is no parameter that could be worked out before.

import { IMPORTED_ANSWER_OUTPUTS, type HttpWork } from '../http-work.ts';
import { type OutputDeclaration, type Work } from '../model.ts';
import { report } from '../reading/spot.ts';
import { type OneStep } from './one-step.ts';
import { paramOf } from './params.ts';

/** The parameter that says what the answer means. */
export const STATE_PARAM = 'state_expr';
const REQUEST_PARAM = 'http';
const STATES = ['DONE', 'USER_ERROR', 'PLATFORM_ERROR', 'FATAL_ERROR', 'TIMED_OUT'];

/** Reads what a step of this type has beyond others. */
export function httpOf(step: OneStep): HttpWork {
  const { spot, fields, paramSpots } = step;
  // Of a job template that is not known here the rest may come.
  const isOpen = fields.has('sub_type') && spot.reading.templates?.has(spot.node) !== true;
  if (!isOpen) checkRequest(step);
  const state = stateOf(paramSpots);
  return { kind: 'http', ...(state === undefined ? {} : { state }) };
}

function checkRequest({ spot, params, paramSpots }: OneStep): void {
  const place = paramSpots.get(REQUEST_PARAM);
  if (place === undefined) {
    report(spot, 'missing-key', 'A step of the type Http needs the parameter `http`, a MAP with `url`.', {
      hint: 'Write "http": {"type": "MAP", "value": {"url": {"type": "STRING", "value": "https://example.org"}}}.',
    });
    return;
  }
  const request = params.find(({ name }) => name === REQUEST_PARAM);
  // What could not be read has been told.
  if (request === undefined) return;
  if (request.type !== 'map') report(place, 'wrong-type', 'The parameter `http` must be a MAP.');
  else if (request.members?.every(({ name }) => name !== 'url') === true) {
    report(place, 'missing-key', 'The parameter `http` has no member `url`.');
  }
}

/** The outputs that steps of this kind give. */
export function answerOf(work: Work | undefined): readonly OutputDeclaration[] {
  return work?.kind === 'http' ? IMPORTED_ANSWER_OUTPUTS : [];
}

function stateOf(paramSpots: OneStep['paramSpots']): string | undefined {
  const spot = paramSpots.get(STATE_PARAM);
  const param = spot && paramOf(STATE_PARAM, spot);
  if (spot === undefined || param === undefined) return undefined;
  if (param.expression !== undefined) return param.expression;
  const word = STATES.find((state) => state === param.value);
  if (word !== undefined) return `"${word}"`;
  report(spot, 'wrong-type', `\`${STATE_PARAM}\` must be an expression that gives one of ${STATES.join(', ')}.`, {
    hint: 'Write "expression": "status_code == 200 ? \'DONE\' : \'USER_ERROR\'" in place of `value`.',
  });
  return undefined;
}
