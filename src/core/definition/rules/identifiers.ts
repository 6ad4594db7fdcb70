// Names follow the rules for their kind: one problem for each rule that a name breaks.

import { nameFaults, referenceIdFaults, workflowIdFaults } from '../identifiers.ts';
import { slotsKey } from '../joins.ts';
import { type Clause, type Definition, type JoinTrigger, type SignalFold, type Work } from '../model.ts';
import { type Problem } from '../problem.ts';
import { isFolding } from '../signal-fold.ts';
import { type PlacedStep } from '../step-lists.ts';
import { type Subject } from '../subject.ts';

interface Named {
  readonly what: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly faults: (name: string) => readonly string[];
  readonly onKey?: true;
}

/** Checks the names of the workflow, its parameters, triggers, labels, steps, outputs, loops and signals. */
export function identifiers({ definition, steps, isDoubtful }: Subject): readonly Problem[] {
  const named: readonly Named[] = [
    { what: 'the id of a workflow', name: definition.id, path: ['id'], faults: workflowIdFaults },
    ...keys('a parameter', definition.params, ['params']),
    ...definition.labels.map(({ name }) => label(name)),
    ...namesInTriggers(definition),
    ...steps.flatMap(namesInStep),
  ];
  return named
    .filter(({ path }) => !isDoubtful(...path))
    .flatMap(({ what, name, path, faults, onKey }) =>
      faults(name).map((fault) => ({
        rule: 'bad-identifier',
        message: `"${shown(name)}" cannot be ${what}: ${fault}.`,
        path,
        ...(onKey === undefined ? {} : { onKey }),
      })),
    );
}

function keys(what: string, entries: readonly { readonly name: string }[], path: readonly string[]): readonly Named[] {
  return entries.map(({ name }) => ({
    what: `the name of ${what}`,
    name,
    path: [...path, name],
    faults: referenceIdFaults,
    onKey: true,
  }));
}

function label(name: string): Named {
  return { what: 'the name of a label', name, path: ['labels', name], faults: nameFaults, onKey: true };
}

function namesInTriggers({ triggers }: Definition): readonly Named[] {
  return triggers.flatMap((trigger, index): readonly Named[] => {
    const path = ['triggers', String(index)];
    const own: Named = {
      what: 'the name of a trigger',
      name: trigger.name,
      path: [...path, 'name'],
      faults: referenceIdFaults,
    };
    if ('slots' in trigger) return [own, ...namesInJoin(trigger, path)];
    if (!('signal' in trigger)) return [own];
    return [
      own,
      signal(trigger.signal, [...path, trigger.kind === 'expected' ? 'expect' : 'signal']),
      ...demanded(trigger.where, [...path, 'where']),
      ...(isFolding(trigger) ? groupNames(trigger.fold, path) : []),
      ...('keys' in trigger ? demanded(trigger.keys, [...path, 'for']) : []),
      ...('announce' in trigger ? [signal(trigger.announce, [...path, 'announce'])] : []),
    ];
  });
}

function namesInJoin(trigger: JoinTrigger, path: readonly string[]): readonly Named[] {
  return trigger.slots.flatMap((slot, index): readonly Named[] => {
    const place = [...path, slotsKey(trigger), String(index)];
    const as = { what: 'the name of a signal in a join', name: slot.as, path: [...place, 'as'], faults: memberFaults };
    const on = slot.joinOn.map((name) => ({
      what: "the name of a signal's parameter",
      name,
      path: [...place, 'joinOn'],
      faults: referenceIdFaults,
    }));
    return [signal(slot.signal, [...place, 'signal']), as, ...on, ...demanded(slot.where, [...place, 'where'])];
  });
}

function groupNames({ kind, by }: SignalFold, path: readonly string[]): readonly Named[] {
  const what = "the name of a signal's parameter";
  return by.map((name) => ({ what, name, path: [...path, kind, 'by'], faults: referenceIdFaults }));
}

/** Several demands on one parameter name it once. */
function demanded(where: readonly Pick<Clause, 'param'>[], path: readonly string[]): readonly Named[] {
  const names = [...new Set(where.map(({ param }) => param))];
  return keys(
    "a signal's parameter",
    names.map((name) => ({ name })),
    path,
  );
}

/** It stands between dots, so it can have none. */
function memberFaults(name: string): readonly string[] {
  const dotted = name.includes('.') ? ['it must not contain a dot'] : [];
  return [...referenceIdFaults(name), ...dotted];
}

function namesInStep({ step, path }: PlacedStep): readonly Named[] {
  const id: Named = { what: 'the id of a step', name: step.id, path: [...path, 'id'], faults: referenceIdFaults };
  return [
    id,
    ...keys('an output', step.outputs, [...path, 'outputs']),
    ...namesInWork(step.work, path),
    ...namesInWaits(step, path),
  ];
}

function namesInWork(work: Work, path: readonly string[]): readonly Named[] {
  switch (work.kind) {
    case 'publish': {
      const params = keys("a signal's parameter", work.params, [...path, 'publish', 'params']);
      return [signal(work.signal, [...path, 'publish', 'signal']), ...params];
    }
    case 'foreach':
      return keys("a loop's value", work.over, [...path, 'foreach']);
    case 'while':
      return keys("a loop's value", work.values, [...path, 'values']);
    case 'workflow': {
      const id = { what: 'the id of a workflow', name: work.workflowId, path: [...path, 'workflow', 'id'] };
      return [
        { ...id, faults: workflowIdFaults },
        ...keys('a parameter', work.params, [...path, 'workflow', 'params']),
      ];
    }
    case 'noop':
    case 'wait':
    case 'sleep':
    case 'shell':
    case 'python':
    case 'node':
    case 'notebook':
    case 'http':
    case 'kubernetes':
      return [];
  }
}

function namesInWaits({ work, waits = [] }: PlacedStep['step'], path: readonly string[]): readonly Named[] {
  if (work.kind !== 'wait') return [];
  return waits.flatMap((wait, place) => {
    const list = wait.as === undefined ? [] : ['all', String(place)];
    const own = [...path, 'wait', ...list];
    const as = wait.as === undefined || wait.as === '' ? [] : [{ name: wait.as }];
    return [
      signal(wait.signal, [...own, 'signal']),
      ...keys(
        "a signal's parameter",
        wait.match.map(({ param }) => ({ name: param })),
        [...own, 'match'],
      ),
      ...keys('an output', as, [...own, 'as']),
    ];
  });
}

function signal(name: string, path: readonly string[]): Named {
  return { what: 'the name of a signal', name, path, faults: signalFaults };
}

function signalFaults(name: string): readonly string[] {
  const template = name.includes('${') ? ['the name of a signal is fixed, so ${…} is not filled in'] : [];
  return [...nameFaults(name), ...template];
}

const LONGEST_SHOWN = 60;

function shown(name: string): string {
  return name.length > LONGEST_SHOWN ? `${name.slice(0, LONGEST_SHOWN)}…` : name;
}
