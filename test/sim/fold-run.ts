// A run or an iteration as its events tell it, folded by obvious code; and everything that an event may not do (I2, I4, I5,
// I12, I13). What its steps may do is in fold-step.ts.

import { type Definition, type StepDefinition } from '../../src/core/definition/model.ts';
import { type Entry } from '../../src/core/json.ts';
import { type RunEvent } from '../../src/core/run/events.ts';
import { checkDue, freshStep, isComplete, takeStep } from './fold-step.ts';
import { type FoldedRun } from './folded.ts';
import { type PlacedCommit, type PlacedEvent, placeText } from './history.ts';

/** Folds the events of one run. */
export function foldRun(
  id: string,
  events: readonly PlacedEvent[],
  definitions: ReadonlyMap<string, Definition>,
): FoldedRun | string {
  const [first] = events;
  if (first?.event.type !== 'RunCreated') return `I2: ${id} does not begin with RunCreated`;
  const {
    workflowId,
    number,
    attempt,
    path,
    params,
    cause,
    definition: hash,
    scheduledFor,
    stepCount,
    only,
  } = first.event;
  const definition = definitions.get(hash);
  if (definition === undefined) return `${id} runs a definition that nobody applied`;
  const { main, final } = listAt(definition, path);
  const origin = cause.kind === 'RESTART' ? cause.of : cause;
  const run: FoldedRun = {
    id,
    workflowId,
    number,
    attempt,
    path,
    tag: tagIn(params),
    params,
    startedBy: cause,
    cause:
      cause.kind === 'RESTART'
        ? 'RESTART'
        : origin.kind === 'SIGNAL'
          ? origin.folded === undefined
            ? `${origin.signal} ${workflowId}/${origin.trigger}`
            : 'FOLD'
          : origin.kind,
    scheduledFor,
    defined: [...main, ...final],
    main: main.length,
    only,
    steps: Array.from({ length: stepCount }, freshStep),
    dispatches: [],
    kept: new Set(),
    succeeded: [],
    createdIn: first.in,
    restarts: [],
    ends: [],
    status: path === undefined || first.event.waits === true ? 'QUEUED' : 'RUNNING',
    isEnding: false,
    isKilled: false,
    finishing: undefined,
    isSuperseded: false,
    timeoutAt: undefined,
    startedIn: undefined,
    endedIn: undefined,
    wrong: [],
  };
  if (stepCount !== run.defined.length) run.wrong.push(`${id} has ${String(stepCount)} steps`);
  for (const { event, in: placed } of events.slice(1)) take(run, event as RunEvent, placed);
  return run;
}

function tagIn(params: readonly Entry[]): string {
  const tag = params.find(({ name }) => name === 'tag')?.value;
  return typeof tag === 'string' ? tag : '';
}

/** The steps that stand together: of the workflow, or of the loop that a path leads into. */
function listAt(
  { steps, finally: last = [] }: Definition,
  path: string | undefined,
): { readonly main: readonly StepDefinition[]; readonly final: readonly StepDefinition[] } {
  if (path === undefined) return { main: steps, final: last };
  let list = [...steps, ...last];
  for (const segment of path.split('/')) {
    const work = list.find(({ id }) => id === segment.slice(0, segment.indexOf('[')))?.work;
    list = work?.kind === 'foreach' || work?.kind === 'while' ? [...work.steps] : [];
  }
  return { main: list, final: [] };
}

function take(run: FoldedRun, event: RunEvent, placed: PlacedCommit): void {
  const wrong = (what: string): void => void run.wrong.push(`${what}: ${run.id} ${event.type} in ${placeText(placed)}`);
  if (run.endedIn !== undefined && event.type !== 'RunSuperseded' && event.type !== 'RunReopened')
    wrong('I2 after its end');
  if ('step' in event) {
    const step = run.steps[event.step];
    const defined = run.defined[event.step];
    if (step === undefined || defined === undefined) wrong('there is no such step');
    else takeStep(run, step, { event, placed, defined, wrong });
    return;
  }
  takeOwn(run, event, { placed, wrong });
}

function takeOwn(
  run: FoldedRun,
  event: Exclude<RunEvent, { readonly step: number }>,
  { placed, wrong }: { readonly placed: PlacedCommit; readonly wrong: (what: string) => void },
): void {
  switch (event.type) {
    case 'RunCreated':
      wrong('I2 created twice');
      return;
    case 'RunStarted':
      if (run.status !== 'QUEUED' || run.startedIn !== undefined) wrong('I2 started twice');
      run.status = 'RUNNING';
      run.startedIn = placed;
      if (run.path !== undefined) run.restarts.push(placed);
      run.timeoutAt = event.timeoutAt;
      return;
    case 'RunPaused':
      if (run.status !== 'RUNNING') wrong('paused while it does not run');
      run.status = 'PAUSED';
      return;
    case 'RunResumed':
      if (run.status !== 'PAUSED') wrong('resumed while it is not paused');
      run.status = 'RUNNING';
      return;
    case 'RunEnding':
    case 'RunFinishing':
    case 'RunEnded':
      takeEnd(run, event, { placed, wrong });
      return;
    case 'RunSuperseded':
      if (run.endedIn === undefined) wrong('restarted before its end');
      run.isSuperseded = true;
      return;
    case 'RunReopened':
      if (run.path === undefined || run.endedIn === undefined) wrong('I2 begins again and is no iteration that ended');
      takeReturn(run, event);
  }
}

/** An iteration is as if it had not begun, but for the steps that it keeps, and for the numbers of attempts. */
function takeReturn(run: FoldedRun, event: Extract<RunEvent, { readonly type: 'RunReopened' }>): void {
  run.status = 'QUEUED';
  run.startedIn = undefined;
  run.endedIn = undefined;
  run.isEnding = false;
  run.isKilled = false;
  run.only = event.only;
  for (const index of event.anew) {
    const step = run.steps[index];
    if (step !== undefined) Object.assign(step, { ...freshStep(), attempts: step.attempts });
  }
}

function takeEnd(
  run: FoldedRun,
  event: Extract<RunEvent, { readonly type: 'RunEnding' | 'RunFinishing' | 'RunEnded' }>,
  { placed, wrong }: { readonly placed: PlacedCommit; readonly wrong: (what: string) => void },
): void {
  if (event.type === 'RunEnding') {
    if (event.status === 'TIMED_OUT') checkDue(wrong, run.timeoutAt, placed);
    if (run.finishing !== undefined && event.killed !== true) wrong('I13 all but `finally` is over');
    run.isEnding = true;
    run.isKilled ||= event.killed === true;
    return;
  }
  checkEnd(run, event.status, wrong);
  if (event.type === 'RunFinishing') {
    if (run.isKilled) wrong('I13 after the kill');
    run.finishing = event.status;
    run.status = 'RUNNING';
    run.timeoutAt = undefined;
    return;
  }
  if (leftOut(run)) wrong('its steps under `finally` were left out');
  if (run.finishing !== undefined && run.finishing !== event.status) wrong('I2 `finally` changed how it ended');
  run.status = event.status;
  run.endedIn = placed;
  run.ends.push({ in: placed, status: event.status });
}

/** Whether what stands under `finally` has not even begun, as only a kill allows. */
function leftOut({ finishing, isKilled, startedIn, main, defined }: FoldedRun): boolean {
  return finishing === undefined && !isKilled && startedIn !== undefined && main < defined.length;
}

/** What must hold when all is over, or all but what stands under `finally`. */
function checkEnd(run: FoldedRun, end: string, wrong: (what: string) => void): void {
  if (run.steps.some(({ status }) => ['PAUSED', 'RUNNING', 'RETRY_PENDING', 'WAITING_FOR_PERMITS'].includes(status)))
    wrong('I2 a step goes on');
  const main = run.steps.slice(0, run.main);
  const isWhole = run.only === undefined && end === 'SUCCEEDED';
  if (isWhole && main.some((step) => !isComplete(step))) wrong('I2 not all is done');
  if (end === 'SUCCEEDED' && main.some(({ status }) => bad.includes(status))) wrong('I2 not all went well');
  if (run.isEnding) return;
  const statusOf = (id: string): string => main[run.defined.findIndex((step) => step.id === id)]?.status ?? '';
  const left = main.findIndex(
    ({ status }, index) =>
      status === 'NOT_CREATED' &&
      run.only?.includes(index) !== false &&
      run.defined[index]?.needs.every(({ step }) => isComplete({ status: statusOf(step) })),
  );
  if (left !== -1 && run.startedIn !== undefined) wrong(`I2 ${run.defined[left]?.id ?? ''} could begin`);
}

const bad: readonly string[] = ['FAILED', 'TIMED_OUT', 'STOPPED'];
