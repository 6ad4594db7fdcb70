// A published signal, and what the triggers made of it, as the schema shows them.

import { nameOf } from '../../core/ids.ts';
import { type SignalState, type TriggerVerdict } from '../../core/signal/signal.ts';
import { clauseText } from '../../core/trigger/match.ts';
import { type Signal, type SignalMatch } from '../generated/schema.ts';
import { objectOf } from './object.ts';
import { runOfEntity } from './public-id.ts';

/** What the fields of `Signal` are resolved from. */
export interface SignalSource extends Omit<Signal, '__typename'> {
  readonly __typename: 'Signal';
}

/** A signal from its state. */
export function signalOf(state: SignalState): SignalSource {
  const { id, name, sequence, params, payload, occurredAt, publishedAt, publishedBy, awaited, verdicts } = state;
  return {
    __typename: 'Signal',
    id,
    name,
    sequence,
    params: objectOf(params),
    payload,
    occurredAt,
    publishedAt,
    publishedBy,
    matches: verdicts.map(matchOf),
    settled: awaited.length === 0,
  };
}

function matchOf(verdict: TriggerVerdict): SignalMatch {
  const name = nameOf(verdict.trigger);
  return {
    triggerId: verdict.trigger,
    workflowId: name.slice(0, name.indexOf('/')),
    verdict: verdict.verdict,
    runId: verdict.verdict === 'STARTED' ? runOfEntity(verdict.run) : null,
    text: verdictText(verdict),
  };
}

function verdictText(verdict: TriggerVerdict): string {
  switch (verdict.verdict) {
    case 'STARTED':
      return `It started ${runOfEntity(verdict.run)}.`;
    case 'UNMET':
      return `It wants ${clauseText(verdict.clause)}, and ${verdict.clause.param} was ${JSON.stringify(verdict.actual)}.`;
    case 'PAUSED':
      return "The workflow's triggers are paused.";
    case 'REFUSED':
      return `It matched, but no run could be made: ${verdict.message}`;
  }
}
