// Statuses as people read them: a sign, a word and a colour, so that none of the three is needed to understand.

import { type Colour } from './style.ts';

/** How a status is shown. */
export interface StatusLook {
  readonly sign: string;
  readonly word: string;
  readonly colour: Colour;
}

const LOOKS: ReadonlyMap<string, StatusLook> = new Map([
  ['QUEUED', { sign: '○', word: 'queued', colour: 'yellow' }],
  ['PAUSED', { sign: '‖', word: 'paused', colour: 'yellow' }],
  ['WAITING', { sign: '○', word: 'waiting', colour: 'dim' }],
  ['NOT_CREATED', { sign: '○', word: 'waiting', colour: 'dim' }],
  ['WAITING_FOR_SIGNALS', { sign: '○', word: 'waits for a signal', colour: 'yellow' }],
  ['WAITING_FOR_PERMITS', { sign: '○', word: 'waits for a permit', colour: 'yellow' }],
  ['STARTING', { sign: '●', word: 'starting', colour: 'blue' }],
  ['RUNNING', { sign: '●', word: 'running', colour: 'blue' }],
  ['RETRY_PENDING', { sign: '↻', word: 'failed, will be tried again', colour: 'yellow' }],
  ['SUCCEEDED', { sign: '✓', word: 'succeeded', colour: 'green' }],
  ['COMPLETED_WITH_ERROR', { sign: '✓', word: 'failed, and the run goes on', colour: 'yellow' }],
  ['SKIPPED', { sign: '–', word: 'skipped', colour: 'dim' }],
  ['UNSATISFIED', { sign: '–', word: 'left out', colour: 'dim' }],
  ['FAILED', { sign: '✗', word: 'failed', colour: 'red' }],
  ['STOPPED', { sign: '■', word: 'stopped', colour: 'yellow' }],
  ['TIMED_OUT', { sign: '✗', word: 'timed out', colour: 'red' }],
]);

/** How a status looks; one that this version does not know is shown by its own name, with the sign of its phase. */
export function lookOf(status: string, phase?: string): StatusLook {
  const known = LOOKS.get(status);
  if (known !== undefined) return known;
  const { sign, colour } = LOOKS.get(phase ?? '') ?? { sign: '○', colour: 'dim' };
  return { sign, colour, word: status.toLowerCase().replaceAll('_', ' ') };
}
