// A published signal, and what the triggers made of it, as the schema shows them.

import { type EntityId, nameOf } from '../../core/ids.ts';
import { type SignalState, type TriggerVerdict } from '../../core/signal/signal.ts';
import { moment, spanText } from '../../core/explanation/sentences.ts';
import { untilText } from '../../core/trigger/describe-fold.ts';
import { missingText } from '../../core/trigger/describe-join.ts';
import { clauseText } from '../../core/signal/match.ts';
import { type Signal, type SignalMatch } from '../generated/schema.ts';
import { objectOf } from './object.ts';
import { runOfEntity } from './public-id.ts';

/** What the fields of `Signal` are resolved from. */
export interface SignalSource extends Omit<Signal, '__typename'> {
  readonly __typename: 'Signal';
}

/** A signal from its state. */
export function signalOf(state: SignalState): SignalSource {
  const { id, name, sequence, params, payload, occurredAt, publishedAt, publishedBy, awaited, verdicts, taken } = state;
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
    takenBy: taken?.steps.map(publicStep) ?? [],
    takenCount: taken?.count ?? 0,
    settled: awaited.length === 0,
  };
}

/** A step that took the signal, by its public id; inside, a run's id always names its attempt. */
function publicStep(step: string): string {
  const cut = step.lastIndexOf('/');
  const run = `run:${step.slice('step:'.length, cut)}` as EntityId;
  return `step:${runOfEntity(run).slice('run:'.length)}${step.slice(cut)}`;
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
    case 'HEARD':
      return verdict.lateBy === undefined
        ? 'It was heard; a run starts only when none comes for too long.'
        : `It was heard, and was missed before: it is ${spanText(verdict.lateBy)} late.`;
    case 'PENDING':
      return verdict.fold === undefined
        ? `It waits for ${missingText(verdict.missing)}.`
        : `It waits ${untilText(verdict.fold, moment)}.`;
    case 'REJECTED':
      return `It was not taken: ${verdict.message}`;
    case 'REFUSED':
      return `It matched, but no run could be made: ${verdict.message}`;
  }
}
