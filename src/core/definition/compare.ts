// What a new version of a workflow changes, in plain words: by steps, triggers, parameters and files, not by lines of text. What
// only stands in another order, or is only written in another way, is no change.

import {
  type FileReference,
  type Definition,
  type ParamDeclaration,
  type StepDefinition,
  type TriggerDefinition,
} from './model.ts';
import { differences, shown } from './differences.ts';
import { headView, paramView, stepView, triggerView } from './plain-view.ts';
import { type Json, type JsonObject } from '../json.ts';
import { type StepList, stepLists, stepsIn } from './step-lists.ts';

/** What a change is about. */
export type ChangeSubject = 'workflow' | 'param' | 'trigger' | 'step' | 'file';

/** One thing that a new version changes. */
export interface DefinitionChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED';
  readonly subject: ChangeSubject;
  /** The step's id, the trigger's or parameter's name, the file's path, the workflow's id. */
  readonly name: string;
  /** What is there now, or what is different: a line each. */
  readonly details: readonly string[];
  /** For triggers: whether it goes on where it was. Absent for those that go. */
  readonly keepsPlace?: boolean;
}

/** What comparing cannot know by itself. */
export interface CompareOptions {
  /** Whether a trigger goes on where it was, with its next time or its place among the signals. */
  readonly keepsPlace: (before: TriggerDefinition, after: TriggerDefinition) => boolean;
}

/** Every change, from the head to the files; all of it is new where there is nothing before. */
export function compareDefinitions(
  before: Definition | undefined,
  after: Definition,
  { keepsPlace }: CompareOptions,
): readonly DefinitionChange[] {
  const triggers = { before: byName(before?.triggers), after: byName(after.triggers) };
  return [
    ...headChanges(before, after),
    ...changes('param', { before: byName(before?.params), after: byName(after.params) }, PARAM),
    ...changes('trigger', triggers, TRIGGER).map((change): DefinitionChange => {
      const [had, has] = [triggers.before.get(change.name), triggers.after.get(change.name)];
      if (has === undefined) return change;
      return { ...change, keepsPlace: had !== undefined && keepsPlace(had, has) };
    }),
    ...changes('step', { before: stepsOf(before), after: stepsOf(after) }, STEP),
    ...changes('file', { before: filesOf(before), after: filesOf(after) }, FILE),
  ];
}

interface Words<T> {
  /** The thing in a line, for one that is new. */
  readonly text: (thing: T) => string;
  /** The thing as JSON, for what is different in it. */
  readonly view: (thing: T) => JsonObject;
}

interface PlacedStep {
  readonly step: StepDefinition;
  readonly place: string;
}

interface UsedFile {
  readonly file: FileReference;
  readonly users: readonly string[];
}

const PARAM: Words<ParamDeclaration> = {
  text: (param) => {
    const given = param.value === undefined ? param.expression : shown(param.value);
    return given === undefined ? `${param.type}, to be given at each start` : `${param.type}, ${given}`;
  },
  view: paramView,
};

const TRIGGER: Words<TriggerDefinition> = { text: (trigger) => membersText(triggerView(trigger)), view: triggerView };

const STEP: Words<PlacedStep> = {
  text: ({ step, place }) => {
    const { retry: _, ...view } = stepView(step);
    return `${place === '' ? '' : `${place}; `}${membersText(view)}`;
  },
  view: ({ step, place }) => ({ ...stepView(step), stands: place === '' ? 'on its own' : place }),
};

const FILE: Words<UsedFile> = {
  text: ({ file, users }) => `${String(file.size)} bytes${usersText(users)}`,
  view: ({ file: { hash } }) => ({ hash }),
};

function headChanges(before: Definition | undefined, after: Definition): readonly DefinitionChange[] {
  if (before === undefined) {
    return [{ kind: 'ADDED', subject: 'workflow', name: after.id, details: [membersText(headView(after))] }];
  }
  const details = differences('', headView(before), headView(after));
  return details.length === 0 ? [] : [{ kind: 'CHANGED', subject: 'workflow', name: after.id, details }];
}

function changes<T>(
  subject: ChangeSubject,
  { before, after }: { readonly before: ReadonlyMap<string, T>; readonly after: ReadonlyMap<string, T> },
  words: Words<T>,
): readonly DefinitionChange[] {
  const names = [...after.keys(), ...[...before.keys()].filter((name) => !after.has(name))];
  return names.flatMap((name): readonly DefinitionChange[] => {
    const [old, now] = [before.get(name), after.get(name)];
    if (now === undefined) return [{ kind: 'REMOVED', subject, name, details: [] }];
    if (old === undefined) return [{ kind: 'ADDED', subject, name, details: [words.text(now)] }];
    const details = detailsOf(words, old, now);
    return details.length === 0 ? [] : [{ kind: 'CHANGED', subject, name, details }];
  });
}

/** Nobody reads hashes: of a file it is only said that it is another one. */
function detailsOf<T>(words: Words<T>, before: T, after: T): readonly string[] {
  const [old, now] = [words.view(before), words.view(after)];
  if (!('hash' in now)) return differences('', old, now);
  if (old['hash'] === now['hash']) return [];
  return [`${words.text(before).replace(/;.*$/u, '')} → ${words.text(after)}`];
}

function byName<T extends { readonly name: string }>(things: readonly T[] = []): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.name, thing]));
}

function stepsOf(definition: Definition | undefined): ReadonlyMap<string, PlacedStep> {
  const lists = definition === undefined ? [] : stepLists(definition);
  return new Map(
    lists.flatMap((list) => stepsIn(list).map(({ step }) => [step.id, { step, place: placeOf(list) }] as const)),
  );
}

function placeOf({ path, loop }: StepList): string {
  if (loop !== undefined) return `inside ${loop.step.id}`;
  return path[0] === 'finally' ? 'under finally' : '';
}

function filesOf(definition: Definition | undefined): ReadonlyMap<string, UsedFile> {
  if (definition === undefined) return new Map();
  const steps = stepLists(definition).flatMap(({ steps: list }) => list);
  return new Map(
    definition.files.map((file) => {
      const users = steps.filter(
        ({ work }) => 'program' in work && 'file' in work.program && work.program.file === file.path,
      );
      return [file.path, { file, users: users.map(({ id }) => id) }];
    }),
  );
}

function usersText(users: readonly string[]): string {
  return users.length === 0 ? '' : `; the program of ${users.join(', ')}`;
}

/** `run: echo hi; needs: clean`. */
function membersText(members: JsonObject): string {
  return Object.entries(members)
    .map(([name, value]: [string, Json]) => `${name}: ${shown(value)}`)
    .join('; ');
}
