// Workflows that run one another: a step's attempt asks once and is answered once, has one run at most, hears of its end once,
// and ends as that run did.

import { type Message } from '../../src/core/partition/message.ts';
import { firstCause, type ParentStep } from '../../src/core/run/state.ts';
import { type FoldedRun } from './folded.ts';
import { type History, pair, type PlacedCommit, type PlacedMessage, placeText } from './history.ts';

/** Says what is wrong between runs and the runs that their steps started. */
export function checkChildren(history: History, runs: readonly FoldedRun[]): readonly string[] {
  const messages = [...history.sent.values()].flat();
  return [
    ...checkRequests(history, messages, runs),
    ...checkEnds(history, messages, runs),
    ...runs.flatMap((run) => checkParent(history, run)),
  ];
}

type Of<T extends Message['type']> = PlacedMessage & { readonly message: Extract<Message, { type: T }> };

function ofType<T extends Message['type']>(messages: readonly PlacedMessage[], type: T): readonly Of<T>[] {
  return messages.filter((sent): sent is Of<T> => sent.message.type === type);
}

/** Every request has its step, one answer, and one run if it was accepted. */
function checkRequests(
  { events }: History,
  messages: readonly PlacedMessage[],
  runs: readonly FoldedRun[],
): readonly string[] {
  const asked = byStep(ofType(messages, 'StartChild'));
  const accepted = byStep(ofType(messages, 'ChildAccepted'));
  const refused = byStep(ofType(messages, 'ChildRefused'));
  const byId = new Map(runs.map((run) => [run.id, run]));
  const made = grouped(runs, (run) => requestedBy(run, byId) ?? '');
  const wrong = [...asked].flatMap(([step, requests]) => {
    const promised = (accepted.get(step) ?? []).map(({ message }) => message.run);
    const children = (made.get(step) ?? []).map(({ id }) => id);
    const answers = promised.length + (refused.get(step) ?? []).length;
    return [
      ...(requests.length > 1 ? [`${step} asked for ${String(requests.length)} runs`] : []),
      ...(answers === 1 ? [] : [`${step} was answered ${String(answers)} times`]),
      ...(children.join(' ') === promised.join(' ')
        ? []
        : [`I6: ${step} was promised ${promised.join(' ')} and got ${children.join(' ')}`]),
      ...(requests.every((request) => isKnown(events, request))
        ? []
        : [`${step} asked for a run, and its own does not know of it`]),
    ];
  });
  const unasked = [...made.keys()].filter((step) => step !== '' && !asked.has(step));
  return [...wrong, ...unasked.map((step) => `${step} got a run and asked for none`)];
}

/** Whether the run that asks wrote down in the same commit that it does. */
function isKnown(events: History['events'], { message: { parent }, in: placed }: Of<'StartChild'>): boolean {
  const own = events.get(parent.run) ?? [];
  return own.some(({ event, in: other }) => event.type === 'ChildRequested' && other === placed);
}

/** A run tells its end once, in the commit in which it ends; and again only to a step that tells it to stop. */
function checkEnds(
  history: History,
  messages: readonly PlacedMessage[],
  runs: readonly FoldedRun[],
): readonly string[] {
  const told = grouped(ofType(messages, 'ChildEnded'), ({ message }) => message.run as string);
  return runs.flatMap((run) => {
    const parent = parentOf(run);
    const ends = told.get(run.id) ?? [];
    if (run.endedIn === undefined) return ends.map(() => `${run.id} said that it has ended, and it has not`);
    const own = ends.filter((sent) => sent.in === run.endedIn);
    const wrong =
      own.length === (parent === undefined ? 0 : 1) ? [] : [`${run.id} told its end ${String(own.length)} times`];
    for (const { in: placed, message } of ends) {
      const isAsked = takenIn(history, placed)?.type === 'StopChild';
      if (placed !== run.endedIn && !isAsked) wrong.push(`${run.id} told its end again in ${placeText(placed)}`);
      if (message.status !== run.status) wrong.push(`${run.id} is ${run.status} and said that it is ${message.status}`);
    }
    return wrong;
  });
}

/**
 * A step that runs another workflow succeeds by the end of its run and of this attempt alone, or by its beginning if it is
 * async; and the run is told when the step is to end.
 */
function checkParent(history: History, run: FoldedRun): readonly string[] {
  const attempts = new Map<number, number>();
  const children = new Map<number, string>();
  return (history.events.get(run.id) ?? []).flatMap(({ event, in: placed }) => {
    if (event.type === 'ChildRequested') {
      attempts.set(event.step, event.attempt);
      children.delete(event.step);
    } else if (event.type === 'ChildCreated') children.set(event.step, event.run);
    else if (event.type === 'AttemptCancelling') {
      const child = children.get(event.step);
      if (child !== undefined && !stops(placed, child)) return [`${child} was not told in ${placeText(placed)} to end`];
    } else if (event.type === 'StepSucceeded') {
      return checkSuccess(history, run, { step: event.step, attempt: attempts.get(event.step), placed });
    }
    return [];
  });
}

function checkSuccess(
  history: History,
  run: FoldedRun,
  {
    step,
    attempt,
    placed,
  }: { readonly step: number; readonly attempt: number | undefined; readonly placed: PlacedCommit },
): readonly string[] {
  const work = run.defined[step]?.work;
  if (work?.kind !== 'workflow') return [];
  const message = takenIn(history, placed);
  const isEnd = message?.type === 'ChildEnded' && (work.async === true || message.status === 'SUCCEEDED');
  const isBeginning = message?.type === 'ChildAccepted' && work.async === true;
  if ((isEnd || isBeginning) && isSame(message.parent, { run: run.id, step, attempt })) return [];
  return [`step ${String(step)} of ${run.id} succeeded in ${placeText(placed)}, and its run did not`];
}

function isSame(
  parent: ParentStep,
  { run, step, attempt }: { readonly run: string; readonly step: number; readonly attempt: number | undefined },
): boolean {
  return parent.run === run && parent.step === step && parent.attempt === attempt;
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function stops({ commit }: PlacedCommit, run: string): boolean {
  return commit.out.some(({ message }) => message.type === 'StopChild' && message.run === run);
}

/** The message that a commit takes. */
function takenIn({ sent }: History, { partition, commit }: PlacedCommit): Message | undefined {
  const place = commit.in;
  if (place === undefined) return undefined;
  return sent.get(pair(place.from, partition))?.[place.sequence - 1]?.message;
}

function byStep<T extends { readonly message: { readonly parent: ParentStep } }>(
  messages: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  return grouped(messages, ({ message }) => nameOf(message.parent));
}

/** The attempt of a step that asked for a run, or for this attempt of it. */
function requestedBy(run: FoldedRun, runs: ReadonlyMap<string, FoldedRun>): string | undefined {
  const parent = parentOf(run);
  if (parent === undefined) return undefined;
  const before = runs.get(`run:${run.workflowId}/${String(run.number)}.${String(run.attempt - 1)}`);
  const earlier = before && parentOf(before);
  // Who starts it again by itself changes nothing of who had asked for it.
  const isAlone = run.startedBy.kind === 'RESTART' && earlier !== undefined && nameOf(earlier) === nameOf(parent);
  return isAlone ? undefined : nameOf(parent);
}

function parentOf({ startedBy }: FoldedRun): ParentStep | undefined {
  const first = firstCause(startedBy);
  return first.kind === 'WORKFLOW' ? first.parent : undefined;
}

function nameOf({ run, stepId, attempt }: ParentStep): string {
  return `${run} step ${stepId} (${String(attempt)})`;
}
