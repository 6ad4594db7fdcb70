// What clients were told holds: what was acknowledged is there, what was refused is not, a key made one thing (I1, I3), and
// nothing was acknowledged before it was durable.

import { type Within } from '../../src/core/run/restart-from.ts';
import { type Wish } from './clients.ts';
import { type FoldedRun } from './folded.ts';
import { type History, type PlacedEvent, placeText } from './history.ts';

/** Says where the log and what clients were told differ. */
export function checkClients(history: History, runs: readonly FoldedRun[], wishes: readonly Wish[]): readonly string[] {
  const signals = [...history.events.values()].flat().filter(({ event }) => event.type === 'SignalPublished');
  return wishes.flatMap((wish) => {
    switch (wish.type) {
      case 'start':
        return checkMade(
          wish,
          runs
            .filter((run) => run.attempt === 1 && run.startedBy.kind !== 'FORK' && run.tag === tagOf(wish))
            .map(({ id, createdIn }) => ({ id, in: createdIn })),
        );
      case 'publish':
        return checkMade(
          wish,
          signals
            .filter(({ event }) => tagOfSignal(event) === tagOf(wish))
            .map((signal) => ({ id: signal.entity, in: signal.in })),
        );
      case 'stop':
        return checkStopped(history, runs, wish);
      case 'restart':
        return checkRestarted(history, runs, wish);
      case 'apply':
        return checkOccurred(history, wish, 'workflow', 'VersionApplied');
      case 'delete-workflow':
        return checkOccurred(history, wish, 'workflow', 'WorkflowDeleted');
      case 'pause':
        return checkOccurred(history, wish, 'workflow', 'TriggersPaused');
      case 'run restart':
      case 'run restart-incomplete':
      case 'run restart-step':
        return checkRestarted(history, runs, wish);
      case 'run fork':
      case 'run fork-step':
        return checkForked(runs, wish);
      case 'run stop':
        return checkStopped(history, runs, wish);
      case 'run kill':
      case 'run pause':
      case 'run skip':
        return checkSteered(history, wish, wish.type);
      case 'backfill':
      case 'hold-backfill':
      case 'pool':
      case 'delete-pool':
      case 'contract':
      case 'refused':
      case 'unblock':
      case 'run resume':
      case 'run retry':
      case 'run break':
      case 'run unbreak':
      case 'run resume-step':
      case 'resume':
        return [];
    }
  });
}

function checkMade(
  wish: Wish,
  made: readonly { readonly id: string; readonly in: PlacedEvent['in'] }[],
): readonly string[] {
  const name = `${wish.id} (${wish.type} ${wish.target}${wish.key === undefined ? '' : ', with a key'})`;
  const wrong: string[] = [];
  if (wish.key !== undefined && isDoubled(made)) wrong.push(`I3: ${name} made ${made.map(({ id }) => id).join(' ')}`);
  if (made.length > wish.sent)
    wrong.push(`I3: ${name} was sent ${String(wish.sent)} times and made ${made.map(({ id }) => id).join(' ')}`);
  if (wish.result === 'FAIL' && made.length > 0)
    wrong.push(`I1: ${name} was refused (${wish.refusal}) and made ${made.map(({ id }) => id).join(' ')}`);
  if (wish.result !== 'OK') return wrong;
  const [named] = wish.named;
  const found = made.find(({ id }) => id === named);
  if (found === undefined) wrong.push(`I1: ${name} was answered with ${String(named)}, which is not there`);
  else if (found.in.appliedAt > wish.endedAt)
    wrong.push(`I1: ${name} was answered before ${placeText(found.in)} was durable`);
  return wrong;
}

/** A key makes one thing, as long as the log is kept. */
function isDoubled(made: readonly { readonly in: PlacedEvent['in'] }[]): boolean {
  return made.some(({ in: { appliedAt } }, place) => place > 0 && appliedAt <= (made[place - 1]?.in.cutAt ?? Infinity));
}

function checkStopped({ events }: History, runs: readonly FoldedRun[], wish: Wish): readonly string[] {
  if (wish.result !== 'OK') return [];
  const run = runs.find(({ id }) => id === wish.named[0]);
  const stop = events.get(wish.named[0] ?? '')?.find(({ event }) => event.type === 'RunEnding');
  if (run === undefined || stop === undefined)
    return [`I13: ${wish.id} was told that ${wish.target} is stopped, and it is not`];
  return stop.in.appliedAt > wish.endedAt
    ? [`I13: ${wish.id} was told so before ${placeText(stop.in)} was durable`]
    : [];
}

function checkRestarted({ events }: History, runs: readonly FoldedRun[], wish: Wish): readonly string[] {
  if (wish.result !== 'OK') return [];
  const run = runs.find(({ id }) => id === wish.named[0]);
  const own = (events.get(run?.id ?? '') ?? []).filter(({ in: { appliedAt } }) => appliedAt <= wish.endedAt);
  const isKnown = own.some(({ event }) => beginsInside(event));
  if (isKnown || run?.path !== undefined)
    return isKnown ? [] : [`I1: ${wish.id} was told that ${String(run?.id)} begins again, and it does not`];
  return checkNewAttempt(runs, run, wish);
}

function checkNewAttempt(runs: readonly FoldedRun[], run: FoldedRun | undefined, wish: Wish): readonly string[] {
  if (run === undefined || run.attempt < 2)
    return [`I1: ${wish.id} was answered with ${String(wish.named[0])}, which is no restart`];
  const before = runs.find(
    ({ workflowId, number, attempt }) =>
      workflowId === run.workflowId && number === run.number && attempt === run.attempt - 1,
  );
  return before?.isSuperseded === true ? [] : [`I2: ${run.id} was restarted from a run that does not know of it`];
}

/** In a run that goes on, or in a loop that does, something that had ended begins again. */
function beginsInside(event: PlacedEvent['event']): boolean {
  return event.type === 'RunReopened' || (event.type === 'StepRetried' && event.within !== undefined);
}

function checkForked(runs: readonly FoldedRun[], wish: Wish): readonly string[] {
  if (wish.result !== 'OK') return [];
  const run = runs.find(({ id }) => id === wish.named[0]);
  if (run?.startedBy.kind !== 'FORK')
    return [`I1: ${wish.id} was answered with ${String(wish.named[0])}, which is no fork`];
  return run.createdIn.appliedAt > wish.endedAt ? [`I1: ${wish.id} was answered before ${run.id} was durable`] : [];
}

/** What was said to be done with a run, the run knows of. */
function checkSteered({ events }: History, wish: Wish, type: keyof typeof signs): readonly string[] {
  if (wish.result !== 'OK') return [];
  const found = events
    .get(wish.named[0] ?? '')
    ?.some(({ event, in: { appliedAt } }) => signs[type](event) && appliedAt <= wish.endedAt);
  return found === true ? [] : [`I1: ${wish.id} was told that ${wish.type} ${wish.target} is done, and it is not`];
}

const signs = {
  'run kill': (event: PlacedEvent['event']) => event.type === 'RunEnding' && event.killed === true,
  'run pause': (event: PlacedEvent['event']) => event.type === 'RunPaused',
  'run skip': (event: PlacedEvent['event']) =>
    event.type === 'StepSkipped' ||
    (event.type === 'AttemptCancelling' && event.why === 'SKIP') ||
    skipsInside(withinOf(event)),
};

/** What of a step begins again by an event. */
function withinOf(event: PlacedEvent['event']): Within | undefined {
  if (event.type === 'StepRetried') return event.within;
  if (event.type === 'RunReopened') return event.within?.within;
  const from = event.type === 'RunCreated' && event.cause.kind === 'RESTART' ? event.cause.from : undefined;
  return from?.kind === 'STEP' ? from.within : undefined;
}

/** Whether, somewhere inside, the step at which it begins is left out. */
function skipsInside(within: Within | undefined): boolean {
  if (within === undefined) return false;
  return within.skip === true || (within.from?.kind === 'STEP' && skipsInside(within.from.within));
}

function checkOccurred(
  { events }: History,
  wish: Wish,
  kind: string,
  type: PlacedEvent['event']['type'],
): readonly string[] {
  if (wish.result !== 'OK') return [];
  const found = events
    .get(`${kind}:${wish.target}`)
    ?.some(({ event, in: { appliedAt } }) => event.type === type && appliedAt <= wish.endedAt);
  return found === true ? [] : [`I1: ${wish.id} was told that ${wish.type} ${wish.target} is done, and it is not`];
}

function tagOf({ target }: Wish): string {
  return target.slice(target.indexOf(' ') + 1);
}

function tagOfSignal(event: PlacedEvent['event']): unknown {
  return event.type === 'SignalPublished' ? event.params.find(({ name }) => name === 'tag')?.value : undefined;
}
