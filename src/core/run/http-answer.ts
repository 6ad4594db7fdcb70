// What the answer to a request means for its step, where the definition says so itself: `expect`, or Maestro's `state_expr`.

import { type HttpWork } from '../definition/http-work.ts';
import { type OutputDeclaration, type StepDefinition } from '../definition/model.ts';
import { text } from '../expression/text.ts';
import { type Value } from '../expression/value.ts';
import { type Failure } from '../failure.ts';
import { type Entry } from '../json.ts';
import { fromJson } from '../params/value.ts';
import { evaluateIn, expressionFailure } from './evaluation.ts';
import { type Level } from './level.ts';
import { type AttemptReport } from './report.ts';
import { atStep } from './steps-port.ts';

type Judged = AttemptReport['result'];

/** The report of an attempt; an answer that is not what the step wants has failed. */
export function judged(level: Level, index: number, step: StepDefinition | undefined, result: Judged): Judged {
  if (result.outcome !== 'succeeded' || step?.work.kind !== 'http') return result;
  const answer = valuesOf(step.outputs, result.outputs);
  const place = atStep(level, index);
  const failure =
    step.work.request === undefined
      ? importedFault(place, step.id, { work: step.work, answer })
      : (expectedFault(place, step.id, { work: step.work, answer }) ?? missingFault(step, result.outputs));
  return failure === undefined ? result : { outcome: 'failed', failure };
}

interface Answer {
  readonly work: HttpWork;
  readonly answer: ReadonlyMap<string, Value>;
}

/** What the answer did not bring is null. */
function valuesOf(declared: readonly OutputDeclaration[], outputs: readonly Entry[]): ReadonlyMap<string, Value> {
  return new Map(
    declared.map(({ name, type }) => {
      const output = outputs.find((candidate) => candidate.name === name);
      const value = output === undefined ? undefined : fromJson(type, output.value);
      return [name, value?.ok === true ? value.value : null];
    }),
  );
}

function expectedFault(level: Level, id: string, { work: { expect }, answer }: Answer): Failure | undefined {
  if (expect === undefined) return undefined;
  const holds = evaluateIn(level, expect, answer);
  if (!holds.ok) return expressionFailure(id, holds.failure);
  if (holds.value === true) return undefined;
  return {
    kind: 'USER',
    code: 'HTTP_UNEXPECTED',
    message: `Step "${id}" expects ${expect}, and the answer is another: ${shownAnswer(answer.get('status'), answer.get('body'))}.`,
    hint: 'If it may be so later, `retry: { user: 10, backoff: 10s }` asks again; else change `expect` or the request.',
    retryable: true,
  };
}

function missingFault({ id, outputs: declared }: StepDefinition, outputs: readonly Entry[]): Failure | undefined {
  const missing = declared.find(({ name }) => name !== 'body' && outputs.every((output) => output.name !== name));
  if (missing === undefined) return undefined;
  return {
    kind: 'USER',
    code: 'MISSING_OUTPUT',
    message: `Step "${id}" declares the output "${missing.name}" (${missing.type}), and the answer did not bring it.`,
    hint: 'Such outputs are fields of a JSON object: look at the log of the step, and at what the address answers.',
    retryable: true,
  };
}

function importedFault(level: Level, id: string, { work: { state }, answer }: Answer): Failure | undefined {
  const status = answer.get('status_code');
  const given = state === undefined ? undefined : evaluateIn(level, state, answer);
  if (given?.ok === false) return expressionFailure(id, given.failure);
  const word = given === undefined ? wordFor(status) : text(given.value);
  if (word === 'DONE') return undefined;
  const meaning = MEANINGS.get(word);
  if (meaning === undefined) {
    return {
      kind: 'USER',
      code: 'HTTP_STATE',
      message: `\`state_expr\` of step "${id}" gave "${word}", which is none of DONE, ${[...MEANINGS.keys()].join(', ')}.`,
      hint: 'Correct it and apply the workflow again, then start a new run: a restart keeps the version.',
      retryable: false,
    };
  }
  return {
    ...meaning,
    code: 'HTTP_STATUS',
    message: `The answer to step "${id}" means ${word}: ${shownAnswer(status, answer.get('response_body'))}.`,
    hint: 'Look at the log of the step, and at what the address answers.',
  };
}

const MEANINGS: ReadonlyMap<string, Pick<Failure, 'kind' | 'retryable'>> = new Map([
  ['USER_ERROR', { kind: 'USER', retryable: true }],
  ['PLATFORM_ERROR', { kind: 'PLATFORM', retryable: true }],
  ['FATAL_ERROR', { kind: 'USER', retryable: false }],
  ['TIMED_OUT', { kind: 'TIMEOUT', retryable: true }],
]);

function wordFor(status: Value | undefined): string {
  const code = typeof status === 'bigint' ? Number(status) : 0;
  if (code >= 200 && code < 300) return 'DONE';
  return code >= 400 && code < 500 ? 'FATAL_ERROR' : 'USER_ERROR';
}

const LONGEST_SHOWN = 200;

function shownAnswer(status: Value | undefined, body: Value | undefined): string {
  const words = typeof body === 'string' ? body.trim().replace(/\s+/gu, ' ') : '';
  const shown = words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)}…` : words;
  return `status ${text(status ?? null)}${shown === '' ? '' : `, ${shown}`}`;
}
