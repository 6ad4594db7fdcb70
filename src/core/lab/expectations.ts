// What a story expects, compared with what is: a sentence for each thing that is otherwise.

import { bodyOf } from '../definition/body.ts';
import { graphOf } from '../definition/graph.ts';
import { count } from '../explanation/sentences.ts';
import { queueEntity, signalTypeEntity } from '../ids.ts';
import { type Entry, type Json, entryOf } from '../json.ts';
import { sameJson } from '../params/same-json.ts';
import { type QueueState } from '../queue/queue.ts';
import { firstCause, type RunState } from '../run/state.ts';
import { type SignalTypeState } from '../signal/signal.ts';
import { runNamed } from './named-run.ts';
import { type Expected, type ExpectedRun, shown } from './story.ts';
import { type World } from './world.ts';

/** The sentences; none if all is as expected. */
export function expectationFaults(world: World, expected: Expected): readonly string[] {
  return [
    ...expected.runs.flatMap(({ name, value }) => differing('run', name, value, runCount(world, name))),
    ...expected.signals.flatMap(({ name, value }) => differing('publication', name, value, signalCount(world, name))),
    ...(expected.run === undefined ? [] : runFaults(world, expected.run)),
  ];
}

function differing(what: string, name: string, wanted: number, there: number): readonly string[] {
  if (wanted === there) return [];
  return [
    `There should be ${count(wanted, what)} of ${name}, and there ${there === 1 ? 'is' : 'are'} ${String(there)}.`,
  ];
}

function runCount(world: World, workflowId: string): number {
  return (world.entity(workflowId, queueEntity(workflowId)) as QueueState | undefined)?.last ?? 0;
}

function signalCount(world: World, name: string): number {
  return (world.entity(name, signalTypeEntity(name)) as SignalTypeState | undefined)?.sequence ?? 0;
}

function runFaults(world: World, expected: ExpectedRun): readonly string[] {
  const run = runNamed(world, expected.run);
  if (run === undefined) return [`There is no run ${expected.run}.`];
  const says = (what: string, wanted: Json | undefined, found: Json | undefined): readonly string[] =>
    wanted === undefined || sameJson(wanted, found ?? null)
      ? []
      : [`${expected.run}: ${what} should be ${shown(wanted)}, and is ${shown(found)}.`];
  return [
    ...says('its status', expected.status, run.status),
    ...says('the time it is for', time(expected.scheduledFor), time(run.scheduledFor)),
    ...says('what started it', expected.startedBy, starterOf(run, expected.startedBy)),
    ...expected.params.flatMap(({ name, value }) =>
      says(`its parameter ${name}`, value, run.params.find((param) => param.name === name)?.value),
    ),
    ...stepFaults(world, run, expected, says),
  ];
}

function stepFaults(
  world: World,
  run: RunState,
  expected: ExpectedRun,
  says: (what: string, wanted: Json | undefined, found: Json | undefined) => readonly string[],
): readonly string[] {
  const definition = world.definition(run.definition);
  if (definition === undefined) return [];
  const steps = graphOf(bodyOf(definition, run.path)).indexes;
  const stateOf = (id: string): RunState['steps'][number] | undefined => run.steps[steps.get(id) ?? -1];
  const unknown = (id: string): string =>
    `${expected.run} has no step "${id}": its steps are ${[...steps.keys()].join(', ')}.`;
  return [
    ...expected.steps.flatMap(({ name, value }) =>
      stateOf(name) === undefined ? [unknown(name)] : says(`its step ${name}`, value, stateOf(name)?.status),
    ),
    ...expected.outputs.flatMap(({ name: id, value }: Entry<readonly Entry[]>) =>
      stateOf(id) === undefined
        ? [unknown(id)]
        : value.flatMap(({ name, value: wanted }) =>
            says(`the output ${id}.${name}`, wanted, entryOf(stateOf(id)?.outputs ?? [], name)),
          ),
    ),
  ];
}

function time(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}

/** The trigger or the signal, whichever is asked for; the word for it where it was neither. */
function starterOf({ cause }: RunState, wanted: string | undefined): string {
  const first = firstCause(cause);
  const names = [
    ...('trigger' in first ? [first.trigger] : []),
    ...(first.kind === 'SIGNAL' || first.kind === 'ABSENCE' ? [first.name] : []),
    first.kind.toLowerCase(),
  ];
  return names.find((name) => name === wanted) ?? names[0] ?? '';
}
